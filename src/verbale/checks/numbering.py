"""Numbered paragraphs count on, one by one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, Stretch
from verbale.model.document import Heading
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Paragraphs"
_NUMBER = re.compile(r"([0-9]{1,3})\.(?=\s)")
#: Fewer paragraphs than this make no row that could have a gap.
_ROW = 4
#: A gap wider than this is another row of numbers, such as those of articles.
_GAP = 2


def gaps(case: Case) -> Iterator[Finding]:
    """In a row of numbered paragraphs no number is left out and none comes twice."""
    for row in _rows(case):
        for (before, _), (number, stretch) in pairwise(row):
            if number == before + 1:
                continue
            yield Finding(
                "paragraph-numbering",
                Severity.WARNS,
                case.spot(stretch, 0, min(len(stretch.text), 40)),
                {"found": str(number), "expected": str(before + 1)},
            )


def _rows(case: Case) -> Iterator[list[tuple[int, Stretch]]]:
    """Rows of numbered paragraphs of one part, each from 1 on, long enough to be sure of."""
    row: list[tuple[int, Stretch]] = []
    for stretch in case.stretches:
        number = _number(stretch)
        if number is None:
            continue
        last = row[-1][0] if row else 0
        follows = row and row[-1][1].part is stretch.part and last <= number <= last + _GAP
        if not follows or (number == 1 and last == 1):
            if len(row) >= _ROW:
                yield row
            row = []
            if number != 1:
                continue
        row.append((number, stretch))
    if len(row) >= _ROW:
        yield row


def _number(stretch: Stretch) -> int | None:
    if stretch.note is not None or isinstance(stretch.block, Heading):
        return None
    printed = stretch.block.number or stretch.text
    match = _NUMBER.match(printed.lstrip() + " ")
    return int(match[1]) if match else None


CHECK = Check("paragraph-numbering", source=_MANUAL, run=gaps)
