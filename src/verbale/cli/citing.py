"""The commands ``cite`` and ``quotes``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale.cli.common import as_json, bytes_of, file_argument, say
from verbale.errors import UsageError
from verbale.workflow import citing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from verbale.citations.model import Citation
    from verbale.citations.quotations import Quotation

_COLOURS = {
    "exact": "green",
    "typography": "green",
    "altered": "yellow",
    "not-found": "yellow",
    "not-held": "cyan",
    "unattributed": "cyan",
}


@click.command()
@file_argument()
@click.option("--jsonl", is_flag=True, help="Lines of JSON in, one answer a line out.")
@click.option("--symbol", default="", metavar="SYMBOL", help="The citing document's own.")
@click.option("--text-language", default="", metavar="CODE", help="Told from the text if none.")
@as_json
def cite(
    file: Path,
    symbol: str,
    text_language: str,
    jsonl: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """List what FILE cites: where, what it says, and the symbol that is meant.

    With --jsonl, FILE (or standard input) has one object a line, {"id", "lang", "text",
    "symbol"}, the symbol being the citing document's own. Exit 0: done; 2: not readable, or a
    line that is no such object.
    """
    if jsonl:
        return _cite_lines(file)
    name, data = bytes_of(file)
    text, own = citing.text_of(data, name=name)
    del data  # a text may be large
    found = citing.cite(text, lang=text_language, symbol=symbol or own)
    if as_json:
        _say_all(name, found)
        return 0
    for each in found:
        click.echo(_line(each))
    return 0


def _say_all(name: str, found: Iterator[Citation]) -> None:
    """One object on one line, written as it is found: a long text has many citations."""
    click.echo(f'{{"id": {json.dumps(name, ensure_ascii=False)}, "citations": [', nl=False)
    for count, each in enumerate(found):
        shape = json.dumps(citing.citation_shape(each), ensure_ascii=False)
        click.echo(f"{', ' if count else ''}{shape}", nl=False)
    click.echo("]}")


def _cite_lines(file: Path) -> int:
    code = 0
    if str(file) == "-":
        source = sys.stdin.buffer
    else:
        bytes_of(file)  # says in words what is wrong with the file
        source = file.open("rb")
    with source:
        for line in source:
            if line.strip():
                answer = citing.cite_line(line.decode("utf-8", errors="replace"))
                code = 2 if "error" in answer else code
                say(answer)
    return code


def _line(citation: Citation) -> str:
    text = " ".join(citation.text.split())
    meant = citation.symbol or " or ".join(c.symbol for c in citation.candidates) or "-"
    colour = "green" if citation.symbol else "yellow"
    return (
        f"{citation.start}-{citation.end}\t{citation.kind.value}\t{text}\t"
        f"{click.style(meant, fg=colour)}\t{citation.reason}"
    )


@click.command()
@file_argument()
@click.option(
    "--against",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of texts that may be quoted.",
)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report.")
@as_json
def quotes(
    file: Path,
    against: Path,
    html: Path | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Compare what FILE quotes with the texts in DIR: exact, altered, not found, unattributed.

    The symbol of each text comes from its heading or masthead, else from its name. Dates beside
    citations are compared too. Exit 0: done; 2: not readable.
    """
    name, data = bytes_of(file)
    quoted = citing.quotes(data, name=name, against=_files(against))
    if html is not None:
        from verbale.workflow._citing_page import report  # noqa: PLC0415 - seldom asked for

        html.write_text(report(quoted), encoding="utf-8")
    if as_json:
        say(citing.quoted_shape(quoted))
        return 0
    for each in quoted.quotations:
        _say_quotation(each)
    for wrong in quoted.dates:
        head = click.style("date", fg="yellow")
        click.echo(f"{wrong.start}-{wrong.end}\t{head}\t{wrong.text}")
        click.echo(f"    {wrong.citation.symbol} is of {wrong.true.isoformat()}")
        click.echo(f"    {wrong.held.name}: {wrong.source}")
    return 0


def _files(folder: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file under *folder*, in the order of its name; nothing is read yet.

    Raises `UsageError` when it is no folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder", remedy="Name a folder of readable files.")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes


def _say_quotation(quotation: Quotation) -> None:
    passage = quotation.passage
    verdict = click.style(quotation.verdict, fg=_COLOURS[quotation.verdict])
    text = " ".join(passage.text.split())
    click.echo(f"{passage.start}-{passage.end}\t{verdict}\t{text}")
    if quotation.citation is not None:
        held = f" ({quotation.held.name})" if quotation.held else ""
        click.echo(f"    {quotation.citation.symbol}{held}")
    for change in quotation.changes:
        quoted = click.style(f"+{change.quoted}", fg="red") if change.quoted else ""
        source = click.style(f"-{change.source}", fg="green") if change.source else ""
        click.echo(f"    {change.kind}: {' '.join(filter(None, (quoted, source)))}")
