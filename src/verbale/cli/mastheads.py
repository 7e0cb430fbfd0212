"""The command ``masthead``: ``parse`` and ``compose``, one JSON line for each line given."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale.cli.common import as_json
from verbale.errors import UsageError
from verbale.workflow.mastheads import Mastheads

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
_institution = click.option(
    "--institution", "-i", default="un", help="Whose mastheads: un, lakes, a folder."
)


@click.group()
def masthead() -> None:
    """Read and write mastheads: JSON lines on standard input, JSON lines out, in order."""


@masthead.command()
@_institution
@as_json
def parse(institution: str, as_json: bool) -> int:  # noqa: FBT001 - click gives it by name
    """Read {"lines": [...], "lang"?}; give language, fields and values of each cover page."""
    del as_json  # the answer is always JSON
    mastheads = Mastheads(institution)
    for number, given in _objects():
        lines = given.get("lines")
        if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
            raise _wrong(number, 'no "lines", a list of texts')
        lang = given.get("lang")
        if lang is not None and lang not in mastheads.languages:
            raise _wrong(number, f"no language of mastheads: {lang!r}")
        _say(mastheads.parse(lines, lang))
    return 0


@masthead.command()
@click.option("--lang", type=click.Choice(_LANGUAGES), required=True, help="The language.")
@click.option(
    "--agenda",
    type=click.Path(path_type=Path),
    default=None,
    help="A table of agenda titles: columns key lang text source review from.",
)
@_institution
@as_json
def compose(lang: str, agenda: Path | None, institution: str, as_json: bool) -> int:  # noqa: FBT001
    """Read the values that `parse` gives under "masthead"; give the lines in a language."""
    del as_json
    mastheads = Mastheads(institution, agenda)
    for number, given in _objects():
        try:
            lines = mastheads.compose(given, lang)
        except UsageError as error:
            raise _wrong(number, error.message) from error
        _say({"lines": lines})
    return 0


def _objects() -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects on standard input with their line numbers; blank lines are passed over."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except json.JSONDecodeError as bad:
            raise _wrong(number, f"not JSON ({bad.msg})") from bad
        if not isinstance(given, dict):
            raise _wrong(number, "not a JSON object")
        yield number, given


def _wrong(number: int, what: str) -> UsageError:
    return UsageError(
        f"standard input, line {number}: {what}",
        remedy="Give one JSON object a line, as `verbale masthead --help` says.",
    )


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
