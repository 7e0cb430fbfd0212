"""The command ``circulate``: the main job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale import institutions
from verbale.cli.common import as_json, bytes_of, in_institution, messages_in, say, say_findings
from verbale.cli.desk import (
    actor_name,
    actor_option,
    key_option,
    new_home,
    out_option,
    put_folder,
    today_at,
)
from verbale.errors import UsageError
from verbale.model.masthead import SessionKind
from verbale.registry.calendar import session_name
from verbale.workflow import circulating, shapes
from verbale.workflow.acts import which
from verbale.workflow.orders import Destination, Order

if TYPE_CHECKING:
    import datetime

    from verbale.edges.home import Home
    from verbale.model.finding import Finding
    from verbale.workflow.circulating import Circulation


@click.command()
@click.argument("note", type=click.Path(path_type=Path))
@click.option(
    "--annex",
    "annexes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="May be repeated.",
)
@click.option("--body", default="", help="The body it is for, such as A/HRC.")
@click.option("--session", default="", help="The session: 43; S-30 and ES-11 if special.")
@click.option(
    "--also",
    multiple=True,
    help="A second body, for a joint document: S, CL:6, A:75:4 with session and item.",
)
@click.option("--item", default="", help="The agenda item, such as 4, '58 (a)' or '4, 7'.")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="The masthead date, if not today."
)
@click.option("--symbol", "reserved", default="", help="The symbol reserved for it.")
@key_option
@actor_option
@out_option
@click.option("--dry-run", is_flag=True, help="Register and write nothing.")
@in_institution
@as_json
@messages_in
def circulate(  # noqa: PLR0913, PLR0917 - options of one command
    note: Path,
    annexes: tuple[Path, ...],
    body: str,
    also: tuple[str, ...],
    session: str,
    item: str,
    date: datetime.datetime | None,
    reserved: str,
    key: str,
    actor: str | None,
    out: Path,
    dry_run: bool,  # noqa: FBT001
    institution: str | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Check, register, number and compose NOTE; issue it when the gate is met.

    Exit 0: registered; 1: a finding blocks and nothing was registered; 2: unusable.
    """
    from verbale.edges.signing import acting, marked  # noqa: PLC0415
    from verbale.edges.xliff import Xliff  # noqa: PLC0415

    files = [bytes_of(path) for path in (note, *annexes)]
    number, kind = session_name(session) if session else (None, SessionKind.REGULAR)
    made: list[Finding] = []
    home = _home(institution, made)
    rules = institutions.load(institution or home.institution)
    order = Order(
        note=files[0],
        annexes=tuple(files[1:]),
        body=body,
        session=number,
        kind=kind,
        also=tuple(Destination.parse(each) for each in also),
        item=item,
        reserved=str(which(reserved)) if reserved else "",
        key=key,
        actor=actor_name(actor),
        date=date.date() if date else None,
        today=today_at(rules, body),
        public_url=home.settings["public_url"].value,
    )
    with acting(home) as at:
        done = circulating.circulate(
            order,
            institution=rules,
            store=at.store,
            objects=home.objects,
            typesetter=at.typesetter(),
            clock=at.clock,
            exchange=Xliff(),
            dry_run=dry_run,
        )
    done = replace(done, files=marked(done.files), findings=(*done.findings, *made))
    folder = out / done.folder if done.files else None
    if folder is not None:
        put_folder(folder, done.files)
    _report(done, folder, as_json=as_json, lang=lang)
    return 1 if done.blocked else 0


def _home(institution: str | None, findings: list[Finding]) -> Home:
    """The registry named by the environment; one is made where there is none yet."""
    from verbale.edges.home import FILE, home_path, open_home  # noqa: PLC0415

    path = home_path()
    if not (path / FILE).exists():
        return new_home(path, institution or "un", findings)
    home = open_home(path)
    if institution and institution != home.institution:
        raise UsageError(
            f"the registry at {path} is for {home.institution!r}, not {institution!r}",
            remedy="Make one for it: VERBALE_HOME=another verbale init --institution …",
        )
    return home


def _report(done: Circulation, folder: Path | None, *, as_json: bool, lang: str) -> None:
    names = sorted(str(folder / name) for name in done.files) if folder else []
    symbol = done.entry.symbol if done.entry else None
    printed = done.entry.printed if done.entry else None
    state = done.entry.state.value if done.entry else None
    if as_json:
        findings = [shapes.finding_shape(each, lang) for each in done.findings]
        say({"symbol": symbol, "state": state, "files": names, "findings": findings})
        return
    if done.blocked:
        click.echo("Not circulated; nothing was registered.", err=True)
        say_findings([f for f in done.findings if f.severity.value != "notes"], lang, err=True)
        return
    if symbol is None:
        click.echo("Nothing blocks; nothing was registered (--dry-run).")
    else:
        click.echo(f"{printed}  {state}")
    told = [f for f in done.findings if f.code != "phrase-candidate"]
    say_findings(told, lang)
    candidates = len(done.findings) - len(told)
    if candidates:
        click.echo(
            f"{candidates} wordings are candidates, not yet reviewed (--json lists them)."
        )
    if folder is not None:
        click.echo(f"\nThe versions lie in {folder}:")
        for name in names:
            click.echo(f"  {Path(name).relative_to(folder)}")
