"""Commands for translations: ``translate export``, ``import``, ``memory``; and ``issue``."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale import institutions
from verbale.cli.common import (
    as_json,
    bytes_of,
    messages_in,
    say,
    say_findings,
    with_tables,
)
from verbale.cli.desk import actor_name, actor_option, out_option, put_folder
from verbale.model.symbol import Symbol
from verbale.workflow import shapes, translating
from verbale.workflow.acts import which
from verbale.workflow.issuing import Registry
from verbale.workflow.orders import Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.edges.signing import Registrar
    from verbale.model.finding import Finding
    from verbale.registry.entry import Entry


@click.group()
def translate() -> None:
    """Files for translators (XLIFF 2.1), and their translations back."""


@translate.command("export")
@click.argument("what", metavar="SYMBOL|FILE")
@click.option("--to", "lang", required=True, help="The language of the version, such as fr.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; else its usual name.")
@with_tables
@as_json
def export(
    what: str,
    lang: str,
    out: Path | None,
    institution: str,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Write the XLIFF file of one version: set phrases filled in, free text empty.

    SYMBOL is a registered document; FILE a communication that is not registered yet.
    """
    from verbale.edges.xliff import Xliff  # noqa: PLC0415

    lang = lang.lower()
    if Path(what).is_file():
        name = bytes_of(Path(what))
        rules = institutions.load(institution)
        today = datetime.datetime.now(datetime.UTC).date()
        work = translating.for_translator_of(Order(name, today=today), rules, lang)
        stem = Path(what).stem
    else:
        symbol = Symbol.parse(what)
        stem = symbol.file_stem
        with _registry() as (registry, _):
            work = translating.for_translator(registry, str(symbol), lang)
    path = out or Path(f"{stem}-{lang.upper()}{Xliff.suffix}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(Xliff().write(work))
    free = sum(segment.free for unit in work.units for segment in unit.segments)
    if as_json:
        say({"original": work.original, "language": lang, "file": str(path), "free": free})
    else:
        click.echo(f"{path}: {free} passages to translate from {work.source} into {lang}.")
    return 0


@translate.command("import")
@click.argument("symbol")
@click.argument("file", type=click.Path(path_type=Path))
@out_option
@actor_option
@as_json
@messages_in
def bring_in(
    symbol: str,
    file: Path,
    out: Path,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Take a translation of SYMBOL in: check it, complete its version, issue after the last.

    Exit 0: taken in; 1: a finding blocks and nothing was taken in; 2: unusable. Where numbers,
    symbols or dates differ from the source, the document waits for `verbale issue`.
    """
    from verbale.edges.xliff import Xliff  # noqa: PLC0415

    with _registry() as (registry, at):
        done = translating.take_in(
            registry,
            which(symbol),
            bytes_of(file),
            exchange=Xliff(),
            typesetter=at.typesetter(),
            actor=actor_name(actor),
            clock=at.clock,
        )
        folder = _put(registry, done.entry, out) if done.taken else None
    _report(done.entry, folder, done.findings, as_json=as_json, lang=lang)
    if folder is None and not as_json:
        click.echo("Not taken in; nothing was changed.", err=True)
    return 0 if done.taken else 1


@translate.command()
@click.option("--to", type=click.Choice(["tmx"]), default="tmx", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="The file; else its usual name.")
@with_tables
@as_json
def memory(to: str, out: Path | None, institution: str, as_json: bool) -> int:  # noqa: FBT001
    """Write the approved wordings of an institution for the memories of translators' tools."""
    from verbale.edges.tmx import write_tmx  # noqa: PLC0415

    rules = institutions.load(institution)
    data, count = write_tmx(rules)
    path = out or Path(f"{Path(rules.name).name}.{to}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if as_json:
        say({"institution": rules.name, "file": str(path), "wordings": count})
    else:
        click.echo(f"{path}: {count} approved wordings.")
    return 0


@click.command()
@click.argument("symbol")
@out_option
@actor_option
@as_json
def issue(symbol: str, out: Path, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Issue SYMBOL when its versions are complete, as the institution's rule asks.

    Exit 2 when a version still waits, or a finding blocks.
    """
    with _registry() as (registry, at):
        entry = translating.issue_document(
            registry, which(symbol), actor=actor_name(actor), clock=at.clock
        )
        folder = _put(registry, entry, out)
    _report(entry, folder, (), as_json=as_json, lang="en")
    return 0


@contextmanager
def _registry() -> Iterator[tuple[Registry, Registrar]]:
    """The registry of the environment, closed at the end, and what is at work in it."""
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    home = open_home()
    with acting(home) as at:
        rules = institutions.load(home.institution)
        yield Registry(at.store, home.objects, rules), at


def _put(registry: Registry, entry: Entry, out: Path) -> Path:
    """Write the document's folder anew and give its path."""
    from verbale.edges.xliff import Xliff  # noqa: PLC0415

    name, files = translating.folder_of(registry, entry, Xliff())
    put_folder(out / name, files)
    return out / name


def _report(
    entry: Entry,
    folder: Path | None,
    findings: Sequence[Finding],
    *,
    as_json: bool,
    lang: str,
) -> None:
    if as_json:
        say(
            {
                "symbol": entry.symbol,
                "state": entry.state.value,
                "versions": {each.language: each.state.value for each in entry.versions},
                "folder": str(folder) if folder else None,
                "findings": [shapes.finding_shape(each, lang) for each in findings],
            }
        )
        return
    click.echo(f"{entry.symbol}  {entry.state.value}")
    for each in entry.versions:
        click.echo(f"  {each.language}  {each.state.value}")
    say_findings(findings, lang, err=folder is None)
    if folder is not None:
        click.echo(f"The versions lie in {folder}.")
