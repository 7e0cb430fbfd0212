"""Lines to paragraphs, by what the lines look like.

Their distance, their indents and numbers tell, and whether a line that is short had to be.

The surest sign is the last: if the first word of a line had room on the line before, somebody
ended that line on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from verbale.readers._pdf_lines import Line

#: The left and right edge of the text, by page and column.
Edges: TypeAlias = "dict[tuple[int, int], tuple[float, float]]"
#: What begins a paragraph: a number, a letter in brackets, a bullet.
MARKER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[.)]|\(?(?:[a-z]{1,2}|[ivxlc]{1,5}|\d{1,2})\)|[IVXLC]{1,6}\."
    r"|[A-Z]\.|[•●▪◦‣·■□]|[–—-]|\(?[а-я]\)|[أبجدهوزحطي]\s?[-–)]|\([أ-ي]{1,3}\)"
    r"|[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）|\d{1,3}[、．])$"
)
_SURE_MARKER = re.compile(r"\d{1,3}\.|\(?[a-z]\)|[•●▪◦]|[IVX]{1,5}\.")
_ENDED = re.compile(r"[.;:!?。；：！？؟؛]['\"”’»）)\d]{0,4}$")
_ROOMY: Final = 1.28
_CENTRED: Final = 0.04
_TITLE_WIDTH: Final = 0.2


@dataclass(slots=True)
class Measures:
    """What is usual in a document: the size of its letters, the distance of its lines."""

    size: float
    leading: float


def measures(lines: Iterable[Sequence[Line]]) -> Measures:
    """Measure the text itself, not its headings or notes: what most letters have."""
    pages = list(lines)
    weights = Counter[float]()
    for page in pages:
        for line in page:
            weights[round(line.size * 2) / 2] += len(line.text)
    size = weights.most_common(1)[0][0] if weights else 10.0
    gaps = [
        one.base - other.base
        for page in pages
        for one, other in pairwise(page)
        if one.column == other.column
        and abs(one.size - size) < 1
        and abs(other.size - size) < 1
        and 0.9 * size < one.base - other.base < 2.2 * size
    ]
    # The smallest distance that is common, not the mean of lines and paragraphs.
    common = Counter(round(gap * 2) / 2 for gap in gaps)
    usual = [gap for gap, times in common.items() if times >= 0.15 * len(gaps)]
    return Measures(size, min(usual) if usual else 1.2 * size)


def paragraphs(pages: Sequence[Sequence[Line]], usual: Measures) -> list[list[Line]]:
    """The lines of each paragraph, across columns and pages."""
    found: list[list[Line]] = []
    edges = {}
    for page in pages:
        for stanza in _stanzas(page, usual):
            right = max(line.right for line in stanza)
            left = min(line.left for line in stanza)
            for line in stanza:
                edges[id(line)] = (left, right, len(stanza))
    columns = _column_edges(pages)
    for page in pages:
        for line in page:
            if found and not _breaks(found[-1], line, usual, edges, columns):
                found[-1].append(line)
            else:
                found.append([line])
    return found


def _stanzas(page: Sequence[Line], usual: Measures) -> list[list[Line]]:
    """Lines that follow each other at their usual distance."""
    stanzas: list[list[Line]] = []
    for line in page:
        before = stanzas[-1][-1] if stanzas else None
        if before is not None and _near(before, line, usual):
            stanzas[-1].append(line)
        else:
            stanzas.append([line])
    return stanzas


def _near(before: Line, line: Line, usual: Measures) -> bool:
    if before.cells or line.cells:
        return False
    if before.page != line.page or before.column != line.column:
        return False
    gap = before.base - line.base
    scale = max(before.size, line.size) / usual.size
    return 0 < gap <= _ROOMY * usual.leading * max(scale, 0.8)


def _column_edges(pages: Sequence[Sequence[Line]]) -> Edges:
    """The left and right edge of the text, by page and column."""
    edges: Edges = {}
    everywhere = [line for page in pages for line in page]
    if not everywhere:
        return edges
    for page in pages:
        for column in {line.column for line in page}:
            mine = [line for line in page if line.column == column]
            wide = max(line.right - line.left for line in mine)
            full = [line for line in mine if line.right - line.left >= 0.6 * wide]
            left = min(line.left for line in full)
            right = max(line.right for line in full)
            edges[page[0].page, column] = (left, right)
    return edges


def _breaks(
    paragraph: list[Line],
    line: Line,
    usual: Measures,
    edges: dict[int, tuple[float, float, int]],
    columns: Edges,
) -> bool:
    """Whether *line* begins a new paragraph."""
    before = paragraph[-1]
    tag = before.fragments[-1].look.mcid
    if tag >= 0 and before.page == line.page and line.fragments[0].look.mcid == tag:
        return False
    if before.cells or line.cells or before.alone or line.alone:
        return True
    if before.page == line.page and before.tag is not None and line.tag is not None:
        return before.tag != line.tag
    if abs(before.size - line.size) > 0.09 * max(before.size, line.size):
        return True
    if _is_row(before) or _is_row(line) or before.rtl != line.rtl:
        return True
    heading = before.bold and line.bold and all(each.bold for each in paragraph)
    heading = heading or _is_centred_title(before, line, columns)
    same_place = before.page == line.page and before.column == line.column
    if same_place and not _near(before, line, usual):
        return True
    if starts_with_marker(line) and (_ENDED.search(before.text) or _sure(line)):
        return True
    if heading:
        return not same_place
    if before.bold != line.bold and _ended_early(before, line, edges, columns):
        return True
    if _ended_early(before, line, edges, columns):
        return True
    return same_place and _is_indented(paragraph, line)


def _is_centred_title(before: Line, line: Line, columns: Edges) -> bool:
    """Whether two lines in capitals stand in the middle, as titles once did."""
    left, right = columns.get((line.page, line.column), (line.left, line.right))
    middle, width = (left + right) / 2, right - left
    return all(
        each.text.isupper()
        and abs((each.left + each.right) / 2 - middle) < _CENTRED * width
        and each.right - each.left > _TITLE_WIDTH * width
        for each in (before, line)
    )


def _is_row(line: Line) -> bool:
    """Whether a line has cells: wide gaps that do not stand behind a number alone."""
    if not line.tabs:
        return False
    if line.tabs == [1]:
        return not MARKER.match(line.fragments[0].text)
    return True


def starts_with_marker(line: Line) -> bool:
    """Whether a line begins with a number or a bullet, parted from what follows."""
    if len(line.fragments) < 2:  # noqa: PLR2004
        return False
    return bool(MARKER.match(line.fragments[0].text))


def _sure(line: Line) -> bool:
    first = line.fragments[0]
    return bool(line.tabs[:1] == [1] or (_SURE_MARKER.fullmatch(first.text) and line.tabs))


def _ended_early(
    before: Line,
    line: Line,
    edges: dict[int, tuple[float, float, int]],
    columns: Edges,
) -> bool:
    """Whether the first word of *line* had room on the line before."""
    low, high, count = edges[id(before)]
    if count < 3 or before.page != line.page:  # noqa: PLR2004 - too few to show an edge
        wide = columns.get((before.page, before.column), (low, high))
        low, high = min(low, wide[0]), max(high, wide[1])
    word = _first_word(line)
    room = before.left - low if before.rtl else high - before.right
    return word + 0.5 * before.size < room


def _first_word(line: Line) -> float:
    """How wide the first word of a line is."""
    first = line.fragments[0]
    left, right = first.left, first.right
    for each in line.fragments[1:]:
        if each.spaced:
            break
        left, right = min(left, each.left), max(right, each.right)
    return right - left


def _is_indented(paragraph: list[Line], line: Line) -> bool:
    """Whether a line begins further in than it would if it went on."""
    before = paragraph[-1]
    step = before.right - line.right if line.rtl else line.left - before.left
    if step > 0.9 * line.size:
        # The lines of an item hang under its first word, behind its number.
        return len(paragraph) > 1 or not starts_with_marker(paragraph[0])
    if step < -0.9 * line.size:
        return len(paragraph) > 1
    return False
