"""The command ``symbol``: ``parse``, ``sort``, ``explain``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from verbale.cli.common import as_json, messages_in, say
from verbale.institutions.symbol_roots import symbol_roots
from verbale.workflow.symbols import explain_line, parse_line, sort_lines

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.group()
def symbol() -> None:
    """Parse, sort or explain document symbols, given as arguments or one a line."""


def _lines(given: tuple[str, ...]) -> Iterator[str]:
    if given:
        yield from given
        return
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        yield line.rstrip("\r\n")


@symbol.command()
@click.argument("symbols", nargs=-1)
@click.option("--institution", "-i", default="un", help="Whose symbols: un, lakes, a folder.")
@as_json
def parse(symbols: tuple[str, ...], institution: str, as_json: bool) -> int:  # noqa: FBT001
    """Answer one JSON line for each line given, in order. Exit 1 when one is no symbol."""
    del as_json  # the answer is always JSON
    roots = symbol_roots(institution)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    failed = False
    write = sys.stdout.write
    for line in _lines(symbols):
        answer = parse_line(line, roots)
        failed = failed or answer["symbol"] is None
        write(encode(answer) + "\n")
    return 1 if failed else 0


@symbol.command()
@click.argument("symbols", nargs=-1)
@as_json
def sort(symbols: tuple[str, ...], as_json: bool) -> int:  # noqa: FBT001
    """Print symbols in a librarian's order, one a line. Exit 2 when one is no symbol."""
    ordered = sort_lines(line for line in _lines(symbols) if line.strip())
    if as_json:
        say({"symbols": ordered})
    else:
        for each in ordered:
            click.echo(each)
    return 0


@symbol.command()
@click.argument("symbols", nargs=-1)
@as_json
@messages_in
def explain(symbols: tuple[str, ...], as_json: bool, lang: str) -> int:  # noqa: FBT001
    """Say in words what each piece of a symbol stands for. Exit 2 when one is no symbol."""
    for line in _lines(symbols):
        words = explain_line(line, lang)
        if as_json:
            pieces = [{"piece": piece, "means": means} for piece, means in words]
            say({"symbol": line, "pieces": pieces})
        else:
            click.echo(line)
            for piece, means in words:
                click.echo(f"  {piece}: {means}")
    return 0
