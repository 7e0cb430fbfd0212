"""The blocks of Markdown: lines in, blocks of chunks out, nothing inline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from verbale.readers._paragraphs import Chunk

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_ITEM = re.compile(r"([-+]|\d{1,9}[.)])([ \t]+)(?=\S)")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_CELL_END = re.compile(r"(?<!\\)\|")
# What Markdown would take for a block is text after a backslash.
_ESCAPED_HEAD = re.compile(r"(?:\d{1,9})?(\\)(?=[#>|_+.)-])")
DEEPEST = 20


class Line(NamedTuple):
    """A line's text in the source, without what the blocks around it put before it."""

    start: int
    end: int
    number: int
    column: int


@dataclass(slots=True)
class HeadingLine:
    """``# text``."""

    level: int
    chunk: Chunk


@dataclass(slots=True)
class RuleLine:
    """``---``."""

    line: Line


@dataclass(slots=True)
class QuoteLines:
    """Lines after ``>``."""

    blocks: list[Found]
    line: Line


@dataclass(slots=True)
class Items:
    """A list: label (empty for a bullet) and blocks of each item."""

    items: list[tuple[str, list[Found]]]
    ordered: bool
    line: Line


@dataclass(slots=True)
class Rows:
    """A table: its first row is the head."""

    rows: list[list[Chunk]]
    line: Line


Found: TypeAlias = "Chunk | HeadingLine | RuleLine | QuoteLines | Items | Rows"


def lines_of(source: str) -> list[Line]:
    """The lines of a text, blanks at their ends left out."""
    out = []
    at = 0
    for number, line in enumerate(source.split("\n"), start=1):
        text = line.strip()
        begin = at + (line.index(text) if text else 0)
        out.append(Line(begin, begin + len(text), number, begin - at + 1))
        at += len(line) + 1
    return out


class Blocks:
    """Reads the blocks of *source*; quotations and lists deeper than twenty stay text.

    ``deepest`` is how deep a quotation would have gone, 0 where none went deeper than that.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self.deepest = 0

    def read(self, lines: list[Line], depth: int = 0) -> list[Found]:
        """The blocks of these lines."""
        out: list[Found] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            text = self._source[line.start : line.end]
            if not text:
                at += 1
            elif (heading := _HEADING.match(text)) is not None:
                out.append(HeadingLine(len(heading[1]), self._part(line, *heading.span(2))))
                at += 1
            elif _RULE.match(text):
                out.append(RuleLine(line))
                at += 1
            elif text[0] == ">" and depth < DEEPEST:
                at = self._quote(lines, at, depth, out)
            elif _ITEM.match(text) and depth < DEEPEST:
                at = self._list(lines, at, depth, out)
            elif self._is_table(lines, at):
                at = self._table(lines, at, out)
            else:
                if depth == DEEPEST and text[0] == ">":
                    marks = len(text) - len(text.lstrip("> "))
                    self.deepest = max(self.deepest, depth + marks)
                at = self._paragraph(lines, at, depth, out)
        return out

    def _text(self, line: Line) -> str:
        return self._source[line.start : line.end]

    def _part(self, line: Line, begin: int, end: int) -> Chunk:
        start = line.start + begin
        return Chunk(start, line.start + end, line.number, line.column + begin)

    def _cut(self, line: Line, count: int) -> Line:
        """The line without its first *count* characters and the blanks after them."""
        text = self._source[line.start + count : line.end].lstrip()
        start = line.end - len(text)
        return Line(start, line.end, line.number, line.column + start - line.start)

    def _paragraph(self, lines: list[Line], at: int, depth: int, out: list[Found]) -> int:
        first = at
        at += 1
        while at < len(lines) and not self._interrupts(lines, at, depth):
            at += 1
        holes = []
        for number, line in enumerate(lines[first:at]):
            begin = self._source.rfind("\n", 0, line.start) + 1
            if number and begin < line.start:
                holes.append((begin, line.start))
            escape = _ESCAPED_HEAD.match(self._source, line.start, line.end)
            if escape is not None:
                holes.append(escape.span(1))
        head, last = lines[first], lines[at - 1]
        out.append(Chunk(head.start, last.end, head.number, head.column, holes=tuple(holes)))
        return at

    def _interrupts(self, lines: list[Line], at: int, depth: int) -> bool:
        text = self._text(lines[at])
        if not text or _HEADING.match(text) or _RULE.match(text):
            return True
        nested = depth < DEEPEST
        return nested and (text[0] == ">" or _ITEM.match(text) is not None)

    def _quote(self, lines: list[Line], at: int, depth: int, out: list[Found]) -> int:
        first = at
        inner = []
        while at < len(lines) and self._text(lines[at]).startswith(">"):
            inner.append(self._cut(lines[at], 1))
            at += 1
        out.append(QuoteLines(self.read(inner, depth + 1), lines[first]))
        return at

    def _list(self, lines: list[Line], at: int, depth: int, out: list[Found]) -> int:
        """Items go on as long as lines are indented under them or begin a like item."""
        first = lines[at]
        ordered = self._text(first)[0].isdigit()
        items: list[tuple[str, list[Found]]] = []
        while at < len(lines):
            head = _ITEM.match(self._text(lines[at]))
            indented = lines[at].column >= first.column
            if head is None or head[1][0].isdigit() != ordered or not indented:
                break
            inside = lines[at].column + len(head[0])
            inner = [self._cut(lines[at], head.end())]
            at += 1
            while at < len(lines) and self._belongs(lines, at, inside):
                inner.append(lines[at])
                at += 1
            items.append((head[1] if ordered else "", self.read(inner, depth + 1)))
            after = at
            while after < len(lines) and not self._text(lines[after]):
                after += 1
            at = after
        out.append(Items(items, ordered, first))
        return at

    def _belongs(self, lines: list[Line], at: int, inside: int) -> bool:
        """Whether a line is part of an item whose text begins in column *inside*."""
        if self._text(lines[at]):
            before = self._text(lines[at - 1])
            fresh = self._interrupts(lines, at, 0)
            return lines[at].column >= inside or (bool(before) and not fresh)
        after = at
        while after < len(lines) and not self._text(lines[after]):
            after += 1
        return after < len(lines) and lines[after].column >= inside

    def _is_table(self, lines: list[Line], at: int) -> bool:
        if at + 1 >= len(lines) or "|" not in self._text(lines[at]):
            return False
        below = self._text(lines[at + 1])
        return "|" in below and _DELIMITER.match(below) is not None

    def _table(self, lines: list[Line], at: int, out: list[Found]) -> int:
        first = lines[at]
        rows = [self._row(first)]
        at += 2
        while at < len(lines) and "|" in self._text(lines[at]):
            rows.append(self._row(lines[at]))
            at += 1
        out.append(Rows(rows, first))
        return at

    def _row(self, line: Line) -> list[Chunk]:
        begin, end = line.start, line.end
        if self._source[begin] == "|":
            begin += 1
        if self._source.endswith("|", begin, end) and self._source[end - 2] != "\\":
            end -= 1
        cells = []
        edges = [found.start() for found in _CELL_END.finditer(self._source, begin, end)]
        for edge in [*edges, end]:
            text = self._source[begin:edge]
            start = begin + len(text) - len(text.lstrip())
            stop = max(start, begin + len(text.rstrip()))
            bars = re.finditer(r"\\(?=\|)", text)
            holes = tuple((begin + bar.start(), begin + bar.end()) for bar in bars)
            column = line.column + start - line.start
            cells.append(Chunk(start, stop, line.number, column, holes=holes))
            begin = edge + 1
        return cells
