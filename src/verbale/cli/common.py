"""What the commands share: files in, JSON and findings out."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from verbale.model.finding import Finding

_HALVES = re.compile("[\ud800-\udfff]")

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
messages_in = click.option(
    "--lang",
    type=click.Choice(["ar", "zh", "en", "fr", "ru", "es"]),
    default="en",
    envvar="VERBALE_LANG",
    help="The language of messages.",
)
in_institution = click.option(
    "--institution",
    "-i",
    default=None,
    help="un, lakes, or a folder of tables; the registry's own by default.",
)
#: For commands that open no registry.
with_tables = click.option(
    "--institution",
    "-i",
    default="un",
    show_default=True,
    help="Whose tables: un, lakes, or a folder of tables.",
)


def file_argument(name: str = "file") -> Callable[[Any], Any]:
    """A file to read; ``-`` or nothing is standard input."""
    return click.argument(name, type=click.Path(path_type=Path), default="-", required=False)


def bytes_of(path: Path) -> tuple[str, bytes]:
    """The name and bytes of a file or of standard input.

    Raises `UnreadableFileError` when it is not there or is a folder.
    """
    if str(path) == "-":
        return "standard-input.txt", sys.stdin.buffer.read()
    try:
        return path.name, path.read_bytes()
    except OSError as bad:
        raise UnreadableFileError(
            str(path),
            f"cannot be read ({bad.strerror or bad})",
            remedy="Name a file that is there and that you may read.",
        ) from bad


def say(value: object) -> None:
    """One JSON object on one line."""
    text = json.dumps(value, ensure_ascii=False)
    # Half a character, as in a file name that is not UTF-8, can only be printed as an escape.
    click.echo(_HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", text))


def shown(name: str) -> str:
    """A name from outside as it may be printed: what would steer a terminal is spelled out."""
    from verbale.text.scripts import visible  # noqa: PLC0415

    return visible(name)


def say_findings(findings: Iterable[Finding], lang: str, *, err: bool = False) -> None:
    """One finding a line: place, severity, code, message; the remedy under it."""
    from verbale.messages import render, word  # noqa: PLC0415 - only where findings are printed

    colours = {"blocks": "red", "warns": "yellow", "notes": "cyan"}
    for finding in findings:
        words = render(finding.code, finding.values, lang)
        place = f"{shown(str(finding.place))}: " if str(finding.place) else ""
        grave = finding.severity.value
        severity = click.style(word(grave, lang), fg=colours[grave])
        click.echo(f"{place}{severity}: {finding.code}: {words.message}", err=err)
        if words.remedy and finding.severity.value != "notes":
            click.echo(f"    {words.remedy}", err=err)


def print_fields(fields: Mapping[str, Any], indent: str = "  ") -> None:
    """One field a line, those without a value left out."""
    for key, value in fields.items():
        if value not in (None, [], {}, ""):
            click.echo(f"{indent}{key}: {_plain(value)}")


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_plain(v)}" for k, v in value.items() if v not in (None, []))
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    return str(value)
