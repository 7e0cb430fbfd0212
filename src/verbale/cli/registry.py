"""Commands on a registry: ``init``, ``circulate``, ``show``, ``history``, ``doctor``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale.cli.common import as_json, print_fields, say, say_findings, with_tables
from verbale.cli.desk import new_home
from verbale.errors import RegistryError
from verbale.workflow import shapes
from verbale.workflow.acts import which
from verbale.workflow.calendar import agenda_items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.model.finding import Finding
    from verbale.registry.entry import Entry, Event, Relation


@click.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@with_tables
@as_json
def init(directory: Path | None, institution: str, as_json: bool) -> int:  # noqa: FBT001
    """Make a registry in DIRECTORY, else VERBALE_HOME, else ./registry."""
    findings: list[Finding] = []
    home = new_home(directory, institution, findings)
    if as_json:
        said = [shapes.finding_shape(each, "en") for each in findings]
        say({"home": str(home.path), "institution": home.institution, "findings": said})
    else:
        click.echo(f"A registry for {home.institution} is ready in {home.path}.")
        say_findings(findings, "en")
    return 0


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
        print_fields(_in_short(shape), indent="")
    return 0


def _in_short(shape: dict[str, Any]) -> dict[str, Any]:
    """What a person reads of an entry: no hash of a table or of a composed file."""
    inputs = {k: v for k, v in shape["inputs"].items() if not k.startswith("table:")}
    made = len(shape["files"])
    files = f"{made} composed; --json lists them with their SHA-256" if made else None
    restricted = "yes" if shape["restricted"] else None
    return {**shape, "inputs": inputs, "files": files, "restricted": restricted}


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
    """Print each setting in force and where it came from, the limits, and what boxes files.

    Exit 2: there is no registry here; limits and box are told all the same.
    """
    from verbale.edges.box.boxes import Boxes  # noqa: PLC0415
    from verbale.edges.box.lockdown import EVERY  # noqa: PLC0415
    from verbale.edges.box.settings import limit_rows, limits_in_force  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415

    limits, sources = limits_in_force()
    shut = Boxes(limits, copy_self=True).doors()
    found: dict[str, Any] = {
        "limits": limit_rows(limits, sources),
        "box": [{"lock": each, "in_force": each in shut} for each in EVERY],
    }
    try:
        home = open_home()
    except RegistryError as missing:
        _say_doctor(found, as_json=as_json)
        click.echo(str(missing), err=True)
        return 2
    rows = [
        {"setting": each.name, "value": each.shown, "source": each.source}
        for each in home.settings.values()
    ]
    _say_doctor({"home": str(home.path), "settings": rows, **found}, as_json=as_json)
    return 0


def _say_doctor(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        say(found)
        return
    if "home" in found:
        click.echo(f"registry: {found['home']}")
        for row in found["settings"]:
            click.echo(f"{row['setting']} = {row['value']!r}  ({row['source']})")
    click.echo("limits on files from outside:")
    for row in found["limits"]:
        click.echo(f"  {row['limit']} = {row['value']}  ({row['source']})")
    click.echo("locks on the box in which files are read:")
    for row in found["box"]:
        state = "in force" if row["in_force"] else "NOT in force on this machine"
        click.echo(f"  {row['lock']}: {state}")


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
