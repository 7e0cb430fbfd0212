"""Commands on a registry: ``init``, ``circulate``, ``show``, ``history``, ``doctor``."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from verbale import institutions
from verbale.cli.common import (
    as_json,
    bytes_of,
    in_institution,
    messages_in,
    say,
    say_findings,
)
from verbale.errors import UsageError
from verbale.model.masthead import SessionKind
from verbale.registry.calendar import session_name
from verbale.workflow import circulating, shapes
from verbale.workflow.acts import which
from verbale.workflow.calendar import agenda_items
from verbale.workflow.orders import Destination, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verbale.edges.home import Home
    from verbale.institutions import Institution
    from verbale.model.finding import Finding
    from verbale.registry.entry import Entry, Event, Relation
    from verbale.workflow.circulating import Circulation


@click.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@in_institution
@as_json
def init(directory: Path | None, institution: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Make a registry in DIRECTORY, else VERBALE_HOME, else ./registry."""
    findings: list[Finding] = []
    home = _new_home(directory, institution or "un", findings)
    if as_json:
        said = [shapes.finding_shape(each, "en") for each in findings]
        say({"home": str(home.path), "institution": home.institution, "findings": said})
    else:
        click.echo(f"A registry for {home.institution} is ready in {home.path}.")
        say_findings(findings, "en")
    return 0


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
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("OUT"),
    show_default=True,
    help="Where the document's folder goes.",
)
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


def _new_home(path: Path | None, institution: str, findings: list[Finding]) -> Home:
    """Make a registry with its keys; *findings* receives what is to be said of it."""
    from verbale.edges.home import create_home, home_path  # noqa: PLC0415
    from verbale.edges.signing import first_keys  # noqa: PLC0415

    rules = institutions.load(institution)
    prepare = first_keys(rules, findings, home_path(path))
    return create_home(path, institution, prepare=prepare)


def _home(institution: str | None, findings: list[Finding]) -> Home:
    """The registry named by the environment; one is made where there is none yet."""
    from verbale.edges.home import FILE, home_path, open_home  # noqa: PLC0415

    path = home_path()
    if not (path / FILE).exists():
        return _new_home(path, institution or "un", findings)
    home = open_home(path)
    if institution and institution != home.institution:
        raise UsageError(
            f"the registry at {path} is for {home.institution!r}, not {institution!r}",
            remedy="Make one for it: VERBALE_HOME=another verbale init --institution …",
        )
    return home


def today_at(rules: Institution, body: str) -> datetime.date:
    """The civil date at the duty station of the body."""
    known = rules.bodies.get(body)
    station = (
        rules.stations.get(known.station) if known else next(iter(rules.stations.values()))
    )
    zone = ZoneInfo(station.zone if station else "UTC")
    return datetime.datetime.now(zone).date()


def put_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a document's folder whole: beside the old one first, then in its place.

    Where the registry has keys, the signature on the manifest goes with it.
    """
    from verbale.edges.signing import marked  # noqa: PLC0415

    files = marked(files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".verbale-", dir=folder.parent) as made:
        new = Path(made) / folder.name
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():
            folder.rename(Path(made) / "before")
        new.rename(folder)


def _report(done: Circulation, folder: Path | None, *, as_json: bool, lang: str) -> None:
    names = sorted(str(folder / name) for name in done.files) if folder else []
    symbol = done.entry.symbol if done.entry else None
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
        click.echo(f"{symbol}  {state}")
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


@click.command()
@click.argument("symbol")
@as_json
def show(symbol: str, as_json: bool) -> int:  # noqa: FBT001
    """Show what the registry has under SYMBOL. Exit 2 when it was never given."""
    store = _store()
    try:
        entry: Entry = store.get(which(symbol))
        related: tuple[Relation, ...] = store.related(which(symbol))
        items = agenda_items(store, entry)
    finally:
        store.close()
    shape = {**_entry_shape(entry, related), "agenda_items": items}
    if as_json:
        say(shape)
    else:
        for key, value in shape.items():
            if value not in (None, [], {}, ""):
                click.echo(f"{key}: {value}")
    return 0


@click.command()
@click.argument("symbol")
@as_json
def cited_by(symbol: str, as_json: bool) -> int:  # noqa: FBT001
    """List the documents of this registry that cite SYMBOL, whoever issued it."""
    from verbale.model.symbol_reading import read_symbol  # noqa: PLC0415

    cited = read_symbol(symbol).text
    store = _store()
    try:
        entries = store.citing(cited)
    finally:
        store.close()
    if as_json:
        say({"symbol": symbol, "cited_by": [entry.name for entry in entries]})
    else:
        for entry in entries:
            click.echo(entry.name)
    return 0


@click.command()
@click.argument("symbol")
@as_json
def history(symbol: str, as_json: bool) -> int:  # noqa: FBT001
    """List every event of SYMBOL: when, what, who, why."""
    store = _store()
    try:
        events = store.events(which(symbol))
    finally:
        store.close()
    if as_json:
        say({"symbol": symbol, "events": [_event_shape(event) for event in events]})
    else:
        for event in events:
            reason = f"  ({event.reason})" if event.reason else ""
            click.echo(f"{event.at:%Y-%m-%d %H:%M:%S}Z  {event.act}  {event.actor}{reason}")
    return 0


@click.command()
@as_json
def doctor(as_json: bool) -> int:  # noqa: FBT001
    """Print each setting in force and where it came from."""
    from verbale.edges.home import open_home  # noqa: PLC0415

    home = open_home()
    rows = [
        {"setting": each.name, "value": each.shown, "source": each.source}
        for each in home.settings.values()
    ]
    if as_json:
        say({"home": str(home.path), "settings": rows})
    else:
        click.echo(f"registry: {home.path}")
        for row in rows:
            click.echo(f"{row['setting']} = {row['value']!r}  ({row['source']})")
    return 0


def _store() -> Any:  # noqa: ANN401 - the store is another package's
    from verbale.edges.home import open_home  # noqa: PLC0415

    return open_home().store()


def _entry_shape(entry: Entry, related: Iterable[Relation]) -> dict[str, Any]:
    return {
        "symbol": entry.printed or None,
        "state": entry.state.value,
        "receipt": entry.receipt,
        "received_at": entry.received_at.isoformat(),
        "published_at": entry.published_at.isoformat() if entry.published_at else None,
        "versions": {each.language: each.state.value for each in entry.versions},
        "received": [
            {"name": f.name, "sha256": f.sha256, "size": f.size} for f in entry.received
        ],
        "files": [{"name": f.name, "sha256": f.sha256, "size": f.size} for f in entry.current],
        "relations": [{"kind": r.kind, "symbol": r.symbol} for r in related],
        "concerns": list(entry.concerns),
        "parts": list(entry.parts),
        "notes": [{"kind": n.kind, "date": n.date.isoformat()} for n in entry.notes],
        "restricted": entry.restricted,
        "embargo_until": entry.embargo_until.isoformat() if entry.embargo_until else None,
        "overridden": [
            {"code": kept.finding.code, "by": kept.override.actor, "why": kept.override.reason}
            for kept in entry.findings
            if kept.override is not None
        ],
        "inputs": dict(entry.inputs),
    }


def _event_shape(event: Event) -> dict[str, Any]:
    return {
        "number": event.number,
        "act": event.act,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "reason": event.reason or None,
        "values": dict(event.values),
    }
