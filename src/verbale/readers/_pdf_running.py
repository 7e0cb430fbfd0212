"""Lines that run along the edges of pages: symbol, page number, job number, bar code.

They are no part of the text. They are taken out of its flow and kept as properties.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from verbale.text.jobs import find_job_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.readers._pdf_lines import Line

#: How far from an edge such lines stand, as a share of the page's height.
_EDGE: Final = 0.13
_MOST_LINES: Final = 5
_MOST_LETTERS: Final = 90
_SHORT: Final = 30
#: The share of the pages on which a line must stand to be a running one.
_OFTEN: Final = 0.3
_SAME_HEIGHT: Final = 8.0
_PAGE_NUMBER = re.compile(
    r"(?:[-–—(]\s?)?(?:(?:page|p\.|página|стр\.|страница|第|الصفحة)\s?)?"
    r"(?:\d{1,4}|[ivxlc]{1,6})(?:\s?(?:/|of|de|sur|из|من)\s?\d{1,4})?\s?(?:页)?(?:[-–—)])?",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]{0,9}(?:/[A-Za-z0-9.()-]{1,12}){1,6}\*{0,3}")
_GOES_ON = re.compile(r"/?\s?(?:\.\s?\.\s?\.|…)\s?/?")
_BAR_CODE = re.compile(r"\*\s?\d{6,10}\s?\*")
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")


@dataclass(slots=True)
class Running:
    """What was taken out: heads, feet, and the lines at the foot of the first page."""

    heads: list[Line] = field(default_factory=list)
    feet: list[Line] = field(default_factory=list)
    first: list[Line] = field(default_factory=list)
    job: str = ""

    @property
    def count(self) -> int:
        """How many lines were taken out."""
        return len(self.heads) + len(self.feet) + len(self.first)

    def properties(self) -> Iterator[tuple[str, str]]:
        """The job number, and what the lines say, each once with its figures as printed."""
        if self.job:
            yield "job-number", self.job
        said: dict[tuple[str, str], tuple[str, str]] = {}
        for name, lines in (
            ("first-footer", self.first),
            ("running-header", self.heads),
            ("running-footer", self.feet),
        ):
            for line in lines:
                text = line.text
                said.setdefault((name, _FIGURES.sub("#", text)), (name, text))
        yield from said.values()


def take_running(pages: Sequence[tuple[float, list[Line]]]) -> tuple[list[list[Line]], Running]:
    """The lines of each page without those that run along its edges, and those.

    *pages* are the height of each page and its lines in reading order.
    """
    running = Running()
    shapes = _repeated(pages)
    often = max(2, round(_OFTEN * len(pages)))
    kept: list[list[Line]] = []
    for number, (height, lines) in enumerate(pages):
        feet = _run(_edge(lines, height, top=False), number, shapes, often, top=False)
        heads = _run(_edge(lines, height, top=True), number, shapes, often, top=True)
        out = {id(line) for line in (*heads, *feet)}
        kept.append([line for line in lines if id(line) not in out])
        running.heads += heads
        if number:
            running.feet += feet[::-1]
        else:
            running.first += feet[::-1]
        for line in feet:
            found = find_job_number(line.text)
            if found and not running.job:
                running.job = line.text[found[1] : found[2]]
    return kept, running


def _edge(lines: list[Line], height: float, *, top: bool) -> list[Line]:
    """The lines near an edge of the page, the outermost first."""
    limit = height * (1 - _EDGE if top else _EDGE)
    near = [line for line in lines if (line.base > limit if top else line.base < limit)]
    return sorted(near, key=lambda line: -line.base if top else line.base)[:_MOST_LINES]


def _shape(line: Line) -> str:
    return _FIGURES.sub("#", line.text.casefold())


def _repeated(pages: Sequence[tuple[float, list[Line]]]) -> Counter[tuple[bool, str]]:
    """How many pages say a line at an edge, figures aside, where it stands at one height."""
    heights: dict[tuple[bool, str], list[float]] = {}
    for height, lines in pages:
        for top in (True, False):
            for line in _edge(lines, height, top=top):
                if len(line.text) <= _MOST_LETTERS:
                    at = height - line.base if top else line.base
                    heights.setdefault((top, _shape(line)), []).append(at)
    found: Counter[tuple[bool, str]] = Counter()
    for key, where in heights.items():
        found[key] = max(sum(abs(one - each) < _SAME_HEIGHT for one in where) for each in where)
    return found


def _run(
    edge: list[Line],
    number: int,
    shapes: Counter[tuple[bool, str]],
    often: int,
    *,
    top: bool,
) -> list[Line]:
    """The outermost lines as far as the last that is surely a running one."""
    if top and not number:
        return []  # the head of the first page is the masthead

    def runs(line: Line) -> bool:
        repeated = number and shapes[top, _shape(line)] >= often
        return bool(repeated) or _is_running(line.text, number, top=top)

    last = -1
    for at, line in enumerate(edge):
        if len(line.text) > _MOST_LETTERS or line.cells:
            break
        if runs(line):
            last = at
    # A line between two running ones is one too if it is short: the language under a symbol.
    return [line for line in edge[: last + 1] if runs(line) or len(line.text) < _SHORT]


def is_symbol(text: str) -> bool:
    """Whether a line is a document symbol and nothing else."""
    return _SYMBOL.fullmatch(text) is not None


def _is_running(text: str, number: int, *, top: bool) -> bool:
    if not top:
        if _GOES_ON.fullmatch(text) or _BAR_CODE.search(text):
            return True
        if find_job_number(text) and len(text) < _MOST_LETTERS / 2:
            return True
    if _PAGE_NUMBER.fullmatch(text):
        return True
    return bool(number and top and is_symbol(text))
