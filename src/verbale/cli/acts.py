"""Acts of the secretariat on what is registered: ``void``, ``reissue``, ``corrigendum``.

Each takes a symbol in any spelling, or ``receipt 12``; says who does it (``--actor``, else the
user's name) and why (``--reason``); and leaves an event that `verbale history` shows.
"""

from __future__ import annotations

import datetime
import getpass
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale import institutions
from verbale.cli.common import as_json, bytes_of, messages_in, say, say_findings
from verbale.errors import UsageError
from verbale.registry.acts.derestrict import derestrict as derestrict_act
from verbale.registry.acts.embargo import embargo as embargo_act
from verbale.registry.acts.reply_to import reply_to as reply_to_act
from verbale.registry.acts.restrict import restrict as restrict_act
from verbale.registry.acts.void import void as void_act
from verbale.registry.acts.withdraw import withdraw as withdraw_act
from verbale.workflow import acts, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from verbale.model.finding import Finding
    from verbale.registry.entry import Entry
    from verbale.workflow.acts import Desk, Done

actor_option = click.option(
    "--actor", envvar="VERBALE_ACTOR", default=None, help="Who does it; else the user's name."
)
_key = click.option("--key", default="", help="The sender's key: once used, the same receipt.")
_out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("OUT"),
    show_default=True,
    help="Where the document's folder goes.",
)


def _reason(*, required: bool) -> Callable[[Any], Any]:
    return click.option("--reason", default="", required=required, help="Why; it stays.")


def actor_name(actor: str | None) -> str:
    """Who acts: as said, else the name of the user who runs the program."""
    if actor:
        return actor
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def desk(actor: str | None) -> Iterator[Desk]:
    """The registry's parts for one act; its store is closed afterwards."""
    from verbale.cli.registry import today_at  # noqa: PLC0415 - beside the commands it is for
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    home = open_home()
    rules = institutions.load(home.institution)
    with acting(home) as at:
        yield acts.Desk(
            at.store,
            home.objects,
            rules,
            at.typesetter(),
            at.clock,
            actor_name(actor),
            today_at(rules, ""),
        )


def _simple(
    name: str, act: Callable[..., Entry], said: str, *, owes_reason: bool
) -> click.Command:
    """A command for an act that takes a symbol and a reason."""

    @click.command(name, help=said)
    @click.argument("symbol")
    @_reason(required=owes_reason)
    @actor_option
    @as_json
    def command(symbol: str, reason: str, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
        with desk(actor) as at:
            entry = act(
                at.store, acts.which(symbol), reason=reason, actor=at.actor, clock=at.clock
            )
        say_entry(entry, name, as_json=as_json)
        return 0

    return command


void = _simple(
    "void", void_act, "Make SYMBOL void: given, never issued, never given again.",
    owes_reason=True,
)  # fmt: skip
withdraw = _simple(
    "withdraw", withdraw_act, "Withdraw SYMBOL: it is no longer shown; the register keeps it.",
    owes_reason=True,
)  # fmt: skip
restrict = _simple(
    "restrict", restrict_act, "Restrict SYMBOL: shown only to those with the right.",
    owes_reason=True,
)  # fmt: skip
derestrict = _simple(
    "derestrict", derestrict_act, "Lift the restriction of SYMBOL.", owes_reason=False
)


@click.command()
@click.argument("symbol")
@click.argument("until", required=False)
@click.option("--lift", is_flag=True, help="Lift the embargo.")
@_reason(required=False)
@actor_option
@as_json
def embargo(
    symbol: str,
    until: str | None,
    lift: bool,  # noqa: FBT001
    reason: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Hold SYMBOL back UNTIL an hour with its zone, such as 2020-05-06T09:00+02:00."""
    if (until is None) is not lift:
        raise UsageError(
            "an embargo needs an hour, or --lift", remedy="Such as 2020-05-06T09:00+02:00."
        )
    try:
        ends = datetime.datetime.fromisoformat(until) if until else None
    except ValueError as bad:
        raise UsageError(
            f"not an hour: {until}", remedy="Such as 2020-05-06T09:00+02:00."
        ) from bad
    with desk(actor) as at:
        called = acts.which(symbol)
        entry = embargo_act(
            at.store, called, ends, reason=reason, actor=at.actor, clock=at.clock
        )
    say_entry(entry, "embargo", as_json=as_json)
    return 0


@click.command("override")
@click.argument("symbol")
@click.argument("code")
@_reason(required=True)
@actor_option
@as_json
def override(symbol: str, code: str, reason: str, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Let the findings CODE of SYMBOL pass; version-missing passes the gate of issuing."""
    with desk(actor) as at:
        entry = acts.override_finding(at, acts.which(symbol), code, reason=reason)
    say_entry(entry, "override", as_json=as_json)
    return 0


@click.command("reply-to")
@click.argument("symbol")
@click.argument("answered")
@actor_option
@as_json
def reply_to(symbol: str, answered: str, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Say that SYMBOL replies to ANSWERED; `verbale show` tells it on both sides."""
    with desk(actor) as at:
        called, target = acts.which(symbol), acts.which(answered)
        entry = reply_to_act(at.store, called, str(target), actor=at.actor, clock=at.clock)
    say_entry(entry, "reply-to", as_json=as_json)
    return 0


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_key
@actor_option
@as_json
@messages_in
def receive(
    files: tuple[Path, ...],
    key: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Receive FILES, the communication first, and give a receipt; no symbol yet."""
    given = [bytes_of(path) for path in files]
    with desk(actor) as at:
        receipt = acts.receive_files(at, given, key=key)
    if as_json:
        say({
            "receipt": receipt.number,
            "at": receipt.at.isoformat(),
            "files": [
                {"name": each.name, "sha256": each.sha256, "size": each.size}
                for each in receipt.files
            ],
            "findings": [shapes.finding_shape(each, lang) for each in receipt.findings],
        })  # fmt: skip
        return 0
    click.echo(f"receipt {receipt.number}  {receipt.at:%Y-%m-%d %H:%M:%S}Z")
    for each in receipt.files:
        click.echo(f"  {each.sha256}  {each.name}")
    say_findings(receipt.findings, lang)
    return 0


@click.command()
@click.argument("body")
@click.option("--session", default="", help="The session's number; a year where it is by year.")
@click.option("--kind", default="communication", show_default=True, help="The series' kind.")
@_reason(required=False)
@actor_option
@as_json
def reserve(
    body: str,
    session: str,
    kind: str,
    reason: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Reserve the next symbol of a series of BODY for what is announced."""
    with desk(actor) as at:
        entry = acts.reserve_number(at, body, session=session, kind=kind, reason=reason)
    say_entry(entry, "reserve", as_json=as_json)
    return 0


@click.command()
@click.argument("symbol")
@_reason(required=True)
@_out
@actor_option
@as_json
@messages_in
def reissue(
    symbol: str,
    reason: str,
    out: Path,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Issue SYMBOL again for technical reasons: an asterisk, a dated note, the same date."""
    with desk(actor) as at:
        done = acts.reissue_again(at, acts.which(symbol), reason=reason)
    return _say_done(done, out, as_json=as_json, lang=lang)


def _amendment(name: str, said: str) -> click.Command:
    """A command that registers a file under an issued document."""
    is_corrigendum = name == "corrigendum"

    @click.command(name, help=said)
    @click.argument("symbol")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--languages", default="", hidden=not is_corrigendum, help="Such as fr,es.")
    @click.option("--parts", default="", hidden=not is_corrigendum, help="Such as annex.")
    @_key
    @_out
    @actor_option
    @as_json
    @messages_in
    def command(  # noqa: PLR0913, PLR0917 - options of one command
        symbol: str,
        file: Path,
        languages: str,
        parts: str,
        key: str,
        out: Path,
        actor: str | None,
        as_json: bool,  # noqa: FBT001
        lang: str,
    ) -> int:
        if (languages or parts) and not is_corrigendum:
            raise UsageError(
                f"{name} concerns the whole document",
                remedy="Leave out --languages and --parts.",
            )
        with desk(actor) as at:
            done = acts.amend_with(
                at,
                name,
                acts.which(symbol),
                bytes_of(file),
                languages=_words(languages),
                parts=_words(parts),
                key=key,
            )
        return _say_done(done, out, as_json=as_json, lang=lang)

    return command


corrigendum = _amendment(
    "corrigendum", "Correct SYMBOL with FILE, in some languages and parts or in all."
)
addendum = _amendment("addendum", "Add FILE to SYMBOL.")
revision = _amendment("revision", "Replace the text of SYMBOL with FILE.")


@click.command()
@as_json
def upgrade(as_json: bool) -> int:  # noqa: FBT001
    """Bring the registry to this version's shape; make a backup first."""
    from verbale.edges.home import open_home  # noqa: PLC0415

    home = open_home()
    steps = home.upgrade()
    if as_json:
        say({"home": str(home.path), "steps": list(steps)})
    else:
        click.echo("\n".join(steps) or "It has this version's shape already.")
    return 0


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def say_entry(entry: Entry, act: str, *, as_json: bool) -> None:
    """What an act left."""
    if as_json:
        say({"act": act, **entry_line(entry)})
        return
    click.echo(f"{entry.name}  {entry.state}")


def entry_line(entry: Entry) -> dict[str, Any]:
    """An entry in short."""
    until = entry.embargo_until
    return {
        "symbol": entry.printed or None,
        "symbols": list(entry.symbols),
        "receipt": entry.receipt,
        "state": entry.state.value,
        "restricted": entry.restricted,
        "embargo_until": until.isoformat() if until else None,
    }


def _say_done(done: Done, out: Path, *, as_json: bool, lang: str) -> int:
    from verbale.cli.registry import put_folder  # noqa: PLC0415 - beside the command it is for

    folder = out / done.folder
    put_folder(folder, done.files)
    names = sorted(str(folder / name) for name in done.files)
    findings: list[Finding] = [f for f in done.findings if f.code != "phrase-candidate"]
    if as_json:
        found = [shapes.finding_shape(each, lang) for each in done.findings]
        say({**entry_line(done.entry), "files": names, "findings": found})
        return 0
    click.echo(f"{done.entry.name}  {done.entry.state}")
    say_findings(findings, lang)
    click.echo(f"The versions lie in {folder}.")
    return 0
