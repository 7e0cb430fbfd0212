"""Commands on the calendar: ``session add|resume|list`` and ``agenda import|show``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale import institutions
from verbale.cli.common import as_json, bytes_of, say
from verbale.cli.desk import actor_name, actor_option
from verbale.model.masthead import AgendaStatus, SessionKind
from verbale.registry.calendar import (
    PREFIXES,
    Agenda,
    PlannedSession,
    add_session,
    named,
    resume_session,
    session_name,
    set_agenda,
)
from verbale.workflow.calendar import agenda_lines, check_body

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from verbale.institutions import Institution
    from verbale.registry.store import Store

_DAY = click.DateTime(["%Y-%m-%d"])
_reason = click.option("--reason", default="", help="Why; it stays in the record.")
_KINDS = [SessionKind.REGULAR.value, *(kind.value for kind in PREFIXES)]


@contextmanager
def _calendar() -> Iterator[tuple[Store, Institution]]:
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    home = open_home()
    with acting(home) as at:
        yield at.store, institutions.load(home.institution)


@click.group()
def session() -> None:
    """The sessions of a body: regular, special, emergency, resumed."""


@session.command("add")
@click.argument("body")
@click.argument("number")
@click.option("--start", type=_DAY, required=True, help="The first day.")
@click.option("--end", type=_DAY, required=True, help="The last day.")
@click.option("--kind", type=click.Choice(_KINDS), help="Else by the name: S-30, ES-11.")
@_reason
@actor_option
@as_json
def session_add(
    body: str,
    number: str,
    start: datetime.datetime,
    end: datetime.datetime,
    kind: str | None,
    reason: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Put session NUMBER of BODY into the calendar."""
    from verbale.edges.clock import SystemClock  # noqa: PLC0415

    count, named_kind = session_name(number)
    with _calendar() as (store, rules):
        made = add_session(
            store,
            PlannedSession(
                body=check_body(rules, body),
                number=count,
                kind=SessionKind(kind) if kind else named_kind,
                start=start.date(),
                end=end.date(),
            ),
            reason=reason,
            actor=actor_name(actor),
            clock=SystemClock(),
        )
    _say_session(made, as_json=as_json)
    return 0


@session.command("resume")
@click.argument("body")
@click.argument("number")
@click.option("--start", type=_DAY, required=True, help="The first day of the resumed session.")
@click.option("--end", type=_DAY, required=True, help="The last day of it.")
@actor_option
@as_json
def session_resume(
    body: str,
    number: str,
    start: datetime.datetime,
    end: datetime.datetime,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Add the dates of a resumed session."""
    from verbale.edges.clock import SystemClock  # noqa: PLC0415

    with _calendar() as (store, rules):
        made = resume_session(
            store,
            check_body(rules, body),
            number,
            (start.date(), end.date()),
            actor=actor_name(actor),
            clock=SystemClock(),
        )
    _say_session(made, as_json=as_json)
    return 0


@session.command("list")
@click.argument("body", default="")
@as_json
def session_list(body: str, as_json: bool) -> int:  # noqa: FBT001
    """List the sessions in the calendar, of BODY or of all."""
    with _calendar() as (store, rules):
        held = store.calendar(check_body(rules, body) if body else "")
    if as_json:
        say({"sessions": [_shape(each) for each in held]})
        return 0
    for each in held:
        _say_session(each, as_json=False)
    return 0


@click.group()
def agenda() -> None:
    """The agendas of a session: preliminary, provisional, adopted."""


@agenda.command("import")
@click.argument("body")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--status",
    type=click.Choice([status.value for status in AgendaStatus]),
    required=True,
    help="Which form of the agenda it is.",
)
@click.option("--symbol", default="", help="The document it stands in.")
@click.option("--title-language", default="en", show_default=True, help="Of the column title.")
@_reason
@actor_option
@as_json
def agenda_import(  # noqa: PLR0913, PLR0917 - options of one command
    body: str,
    number: str,
    file: Path,
    status: str,
    symbol: str,
    title_language: str,
    reason: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Import an agenda from a CSV FILE with the columns item, title, formerly.

    `formerly` is an item's number in the form before; an equal title says it too.
    """
    from verbale.edges.clock import SystemClock  # noqa: PLC0415

    name, data = bytes_of(file)
    lines = agenda_lines(data, name=name, lang=title_language)
    with _calendar() as (store, rules):
        made = set_agenda(
            store,
            check_body(rules, body),
            number,
            Agenda(AgendaStatus(status), lines, symbol),
            reason=reason,
            actor=actor_name(actor),
            clock=SystemClock(),
        )
    _say_agenda(made, AgendaStatus(status), as_json=as_json)
    return 0


@agenda.command("show")
@click.argument("body")
@click.argument("number")
@as_json
def agenda_show(body: str, number: str, as_json: bool) -> int:  # noqa: FBT001
    """Show the agenda in force of session NUMBER of BODY, with the numbers of before."""
    with _calendar() as (store, rules):
        code = check_body(rules, body)
        held = named(store.calendar(code), code, number)
    _say_agenda(held, held.agenda.status if held.agenda else None, as_json=as_json)
    return 0


def _shape(held: PlannedSession) -> dict[str, Any]:
    return {
        "body": held.body,
        "session": held.name,
        "kind": held.kind.value,
        "start": held.start.isoformat(),
        "end": held.end.isoformat(),
        "resumed": [[first.isoformat(), last.isoformat()] for first, last in held.resumed],
        "agenda": held.agenda.status.value if held.agenda else None,
    }


def _say_session(held: PlannedSession, *, as_json: bool) -> None:
    shape = _shape(held)
    if as_json:
        say(shape)
        return
    resumed = "".join(f"; resumed {first} to {last}" for first, last in shape["resumed"])
    form = f"; {shape['agenda']} agenda" if shape["agenda"] else ""
    click.echo(f"{held.body}  {held.name}  {shape['start']} to {shape['end']}{resumed}{form}")


def _say_agenda(held: PlannedSession, status: AgendaStatus | None, *, as_json: bool) -> None:
    form = next((each for each in held.agendas if each.status is status), None)
    lines = form.lines if form else ()
    if as_json:
        items = [
            {"item": each.item, "titles": dict(each.titles), "formerly": each.formerly or None}
            for each in lines
        ]
        symbol = form.symbol or None if form else None
        say({**_shape(held), "agenda": status, "symbol": symbol, "items": items})
        return
    click.echo(f"{held.body}  {held.name}  {status or 'no'} agenda, {len(lines)} items")
    for each in lines:
        was = f"  (formerly {each.formerly})" if each.formerly not in {"", each.item} else ""
        click.echo(f"{each.item:>8}  {next(iter(each.titles.values()), '')}{was}")
