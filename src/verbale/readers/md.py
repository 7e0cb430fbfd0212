"""Markdown with the light markup of `verbale.text.markup`.

Headings (``#``), lists (``-``, ``1.``), quotations (``>``), tables (``|``), rules (``---``),
links and footnotes (``[^1]``, or the house's ``*``) are read; raw HTML and pictures are left
out. A backslash keeps ``[`` and ``<``, and a sign at the head of a line, from being markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from verbale.model.document import (
    Cell,
    Document,
    Heading,
    List,
    ListItem,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Rule,
    Span,
    Table,
)
from verbale.model.finding import Finding, Place, Severity
from verbale.model.walk import plain
from verbale.readers._decoding import decode
from verbale.readers._markdown import (
    Blocks,
    HeadingLine,
    Items,
    QuoteLines,
    Rows,
    RuleLine,
    lines_of,
)
from verbale.readers._paragraphs import Chunk, Lifted, inlines, lift_notes
from verbale.readers.base import Reader, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.model.document import Block, Inline
    from verbale.readers._markdown import Found, Line
    from verbale.readers._paragraphs import Ref

_TAG = re.compile(
    r"(?<!\\)<(?:(?P<comment>!--)|/?(?P<tag>[a-z][a-z0-9-]*)(?:\s[^<>]*)?/?>)", re.IGNORECASE
)
# What is left out with all that stands in it.
_CLOSED = {
    "comment": re.compile("-->"),
    **{
        name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
        for name in ("script", "style", "iframe", "object", "svg")
    },
}
_LINK = re.compile(
    r"(?P<picture>!?)(?<!\\)\[(?P<text>[^\[\]\n]{0,500})\]\((?P<to>[^()\s]{1,2000})\)"
)
_ESCAPE = re.compile(r"\\(?=[<\[])")
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\\]+\Z", re.IGNORECASE)


def read_md(data: bytes, *, name: str) -> Reading:
    """Read Markdown as one part of kind body; offsets count in `Reading.text`."""
    text = decode(data, name=name)
    return _Markdown(text, name).reading()


class _Markdown:
    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._name = name
        self._findings: list[Finding] = []
        self._told: set[tuple[str, str]] = set()
        self._left: dict[int, list[Chunk]] = {}
        self._links: dict[int, list[tuple[int, int, str]]] = {}
        self._lifted = Lifted([])

    def reading(self) -> Reading:
        blocks_of = Blocks(self._source)
        found = blocks_of.read(lines_of(self._source))
        if blocks_of.deepest:
            values = {"file": self._name, "depth": str(blocks_of.deepest)}
            place = Place(self._name)
            self._findings.append(Finding("file-nested-deep", Severity.WARNS, place, values))
        chunks = [chunk for block in found for chunk in _chunks(block)]
        self._links = {id(chunk): self._cut_out(chunk) for chunk in chunks}
        self._lifted = lift_notes(self._source, chunks, name=self._name, escaped=True)
        rest = iter(self._lifted.chunks)
        piece = next(rest, None)
        for chunk in chunks:
            mine = self._left.setdefault(id(chunk), [])
            while piece is not None and piece.start < chunk.end:
                mine.append(piece)
                piece = next(rest, None)
        blocks = tuple(b for each in found for b in self._block(each))
        notes = tuple(note for note, _ in self._lifted.notes)
        body = Part(PartKind.BODY, blocks, footnotes=notes)
        findings = (*self._lifted.findings, *self._findings)
        ordered = tuple(sorted(findings, key=lambda finding: finding.place.start or 0))
        return Reading(Document((body,)), ordered, self._source)

    def _cut_out(self, chunk: Chunk) -> list[tuple[int, int, str]]:
        """Make holes of raw HTML and addresses; give the stretches that are links."""
        holes = list(chunk.holes)
        holes += [e.span() for e in _ESCAPE.finditer(self._source, chunk.start, chunk.end)]
        links = []
        for start, end, element in _raw_html(self._source, chunk.start, chunk.end):
            holes.append((start, end))
            self._tell("html-script-dropped", start, end, chunk.line, element)
        for link in _LINK.finditer(self._source, chunk.start, chunk.end):
            holes += [(link.start(), link.start("text")), (link.end("text"), link.end())]
            if not link["picture"] and _SAFE.match(link["to"]):
                links.append((*link.span("text"), link["to"]))
                continue
            code = "html-outside-dropped" if link["picture"] else "html-script-dropped"
            self._tell(code, *link.span(), chunk.line, "img" if link["picture"] else "a")
        chunk.holes = _apart(holes)
        return links

    def _tell(self, code: str, start: int, end: int, line: int, element: str) -> None:
        """Say once for each element what is left out."""
        if (code, element) not in self._told:
            self._told.add((code, element))
            place = Place(self._name, start, end, line)
            self._findings.append(Finding(code, Severity.WARNS, place, {"element": element}))

    def _block(self, found: Found) -> Iterator[Block]:
        match found:
            case Chunk():
                for piece in self._left[id(found)]:
                    content = self._content(piece, self._links[id(found)])
                    if plain(content, marks=True).strip():
                        yield Paragraph(content, place=piece.place(self._name))
            case HeadingLine(level=level, chunk=chunk):
                yield Heading(level, self._inside(chunk), place=chunk.place(self._name))
            case RuleLine(line=line):
                yield Rule(self._place(line))
            case QuoteLines(blocks=inner, line=line):
                blocks = tuple(b for each in inner for b in self._block(each))
                yield Quote(blocks, self._place(line))
            case Items(items=items, ordered=ordered, line=line):
                made = tuple(
                    ListItem(tuple(b for each in inner for b in self._block(each)), label)
                    for label, inner in items
                )
                yield List(made, ordered, self._place(line))
            case Rows(rows=rows, line=line):
                cells = tuple(
                    tuple(self._cell(cell, header=number == 0) for cell in row)
                    for number, row in enumerate(rows)
                )
                yield Table(cells, 1, place=self._place(line))

    def _place(self, line: Line) -> Place:
        return Place(self._name, line.start, line.end, line.number, line.column)

    def _cell(self, chunk: Chunk, *, header: bool) -> Cell:
        content = self._inside(chunk)
        place = chunk.place(self._name)
        return Cell((Paragraph(content, place=place),) if content else (), header)

    def _inside(self, chunk: Chunk) -> tuple[Inline, ...]:
        links = self._links[id(chunk)]
        return tuple(i for p in self._left[id(chunk)] for i in self._content(p, links))

    def _content(self, chunk: Chunk, links: list[tuple[int, int, str]]) -> tuple[Inline, ...]:
        """The inlines of a chunk, those of a link gathered in a span."""
        out: list[Inline] = []
        waiting = list(links)
        inside: list[Inline] = []
        for inline in inlines(self._source, chunk, name=self._name, refs=self._refs(chunk)):
            start = inline.place.start or 0
            while waiting and start >= waiting[0][1]:
                out += self._span(inside, waiting.pop(0))
                inside = []
            (inside if waiting and start >= waiting[0][0] else out).append(inline)
        if inside:
            out += self._span(inside, waiting[0])
        return tuple(out)

    def _span(self, inside: list[Inline], link: tuple[int, int, str]) -> list[Inline]:
        start, end, to = link
        place = Place(self._name, start, end)
        return [Span(tuple(inside), link=to, place=place)] if inside else []

    def _refs(self, chunk: Chunk) -> list[Ref]:
        refs = self._lifted.refs
        first = bisect_left(refs, chunk.start, key=lambda ref: ref.start)
        last = bisect_left(refs, chunk.end, key=lambda ref: ref.start)
        return refs[first:last]


def _apart(holes: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The holes in order, those that touch or overlap as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(holes):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _raw_html(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where raw HTML begins and ends, and the element's name; one pass, whatever is open."""
    unclosed: set[str] = set()
    at = start
    while (found := _TAG.search(source, at, end)) is not None:
        name = "comment" if found["comment"] else found["tag"].lower()
        begin, at = found.span()
        if name in _CLOSED and name not in unclosed and source[begin + 1] != "/":
            close = _CLOSED[name].search(source, at, end)
            if close is None:
                unclosed.add(name)
            else:
                at = close.end()
        if name != "comment" or name not in unclosed:
            yield begin, at, name


def _chunks(found: Found) -> Iterator[Chunk]:
    match found:
        case Chunk():
            yield found
        case HeadingLine(chunk=chunk):
            yield chunk
        case QuoteLines(blocks=inner):
            for block in inner:
                yield from _chunks(block)
        case Items(items=items):
            for _, inner in items:
                for block in inner:
                    yield from _chunks(block)
        case Rows(rows=rows):
            for row in rows:
                yield from row
        case RuleLine():
            pass


READER = Reader(format="md", suffixes=(".md", ".markdown"), read=read_md)
