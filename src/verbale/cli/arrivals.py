"""Commands for what comes in or is announced: ``receive``, ``reserve``."""

from __future__ import annotations

from pathlib import Path

import click

from verbale.cli.common import as_json, bytes_of, messages_in, say, say_findings
from verbale.cli.desk import (
    actor_option,
    desk,
    key_option,
    reason_option,
    say_entry,
)
from verbale.workflow import acts, shapes
from verbale.workflow.orders import Destination


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@key_option
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
@click.option("--session", default="", help="43; S-30 and ES-11 if special; else the year.")
@click.option("--also", multiple=True, help="A second body, for a joint document: S, CL:6.")
@click.option("--kind", default="communication", show_default=True, help="The series' kind.")
@reason_option(required=False)
@actor_option
@as_json
def reserve(
    body: str,
    session: str,
    also: tuple[str, ...],
    kind: str,
    reason: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Reserve the next symbol of a series of BODY for what is announced."""
    bodies = [Destination.parse(each) for each in (f"{body}:{session}", *also)]
    with desk(actor) as at:
        entry = acts.reserve_number(at, bodies, kind=kind, reason=reason)
    say_entry(entry, "reserve", as_json=as_json)
    return 0
