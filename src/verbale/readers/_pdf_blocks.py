"""Paragraphs of lines to blocks of the tree: runs, headings, numbers, words joined again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from verbale.model.document import (
    Cell,
    Footnote,
    Heading,
    List,
    ListItem,
    Mark,
    NoteRef,
    Paragraph,
    Table,
    Text,
)
from verbale.model.finding import Place
from verbale.model.walk import join_text
from verbale.readers._pdf_flow import MARKER
from verbale.readers._pdf_lines import blank_between, hard_blank, plain_letters
from verbale.readers._pdf_notes import is_raised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from verbale.model.document import Block, Inline
    from verbale.readers._pdf_flow import Measures
    from verbale.readers._pdf_glyphs import Fragment
    from verbale.readers._pdf_lines import Cells, Line
    from verbale.readers._pdf_notes import Note, Notes

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_HYPHENS: Final = "-\u2010"
_SOFT: Final = "\u00ad"
_BULLET = re.compile(r"[•●▪◦‣·■□\uf0b7]")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_LONGEST_HEADING: Final = 400
_LARGER: Final = 1.12


@dataclass(slots=True)
class Joins:
    """What is known of the words of a document, to join those that a line's end parts.

    A hyphen is taken off only where the whole word is seen elsewhere and the word with the
    hyphen is not; ``kept`` are the words where that could not be told.
    """

    seen: Counter[str] = field(default_factory=Counter)
    kept: list[tuple[str, Line]] = field(default_factory=list)

    @classmethod
    def of(cls, paragraphs: Iterable[Sequence[Line]]) -> Joins:
        """Count the words inside the lines."""
        seen: Counter[str] = Counter()
        for lines in paragraphs:
            for line in lines:
                words = _WORD.findall(line.text)
                # The last word of a line may be half of one.
                whole = words[:-1] if line.text.endswith(tuple(_HYPHENS)) else words
                seen.update(word.casefold() for word in whole)
        return cls(seen)

    def join(self, before: str, after: str, line: Line) -> str:
        """The text *before* as it goes on with *after* in the next line, blank included."""
        if not before:
            return before
        last = before[-1]
        if last == _SOFT:
            return before[:-1]
        if last in _HYPHENS and not before[:-1].endswith((" ", *_HYPHENS)):
            return self._hyphen(before, after, line)
        if last in "/–—" and before[-2:-1] != " ":
            return before
        if _HAN.match(last) and _HAN.match(after):
            return before
        return before + " "

    def _hyphen(self, before: str, after: str, line: Line) -> str:
        head = _WORD.search(before[:-1][::-1])
        tail = _WORD.match(after)
        if head is None or tail is None or head.start() or not tail[0][0].islower():
            return before
        first = head[0][::-1]
        whole = (first.rpartition("-")[2] + tail[0]).casefold()
        parted = f"{first}-{tail[0]}".casefold()
        if self.seen[whole] and not self.seen[parted]:
            return before[:-1]
        if not self.seen[parted]:
            self.kept.append((f"{first}-{tail[0]}", line))
        return before


class Blocks:
    """Makes blocks of paragraphs; ``name`` is the file's, for places."""

    def __init__(self, name: str, usual: Measures, notes: Notes, joins: Joins) -> None:
        self._name = name
        self._usual = usual
        self._notes = notes
        self._joins = joins
        self._levels: list[tuple[float, bool]] = []

    def blocks(self, paragraphs: Sequence[list[Line]]) -> tuple[Block, ...]:
        """The blocks in order; neighbouring items of bullets are one list."""
        heads = [lines for lines in paragraphs if self._is_heading(lines)]
        looks = {self._look(lines) for lines in heads}
        self._levels = sorted(looks, reverse=True)
        most_bold = sum(map(_letters, heads)) > 0.5 * sum(map(_letters, paragraphs))
        out: list[Block] = []
        for lines in paragraphs:
            if lines[0].cells:
                out.append(self._table(lines[0]))
                continue
            bullet = _BULLET.fullmatch(lines[0].fragments[0].text)
            if bullet and len(lines[0].fragments) > 1:
                lines[0].drop_first()
                item = ListItem((self._paragraph(lines),))
                last = out[-1] if out else None
                if isinstance(last, List):
                    out[-1] = replace(last, items=(*last.items, item))
                else:
                    out.append(List((item,), place=self._place(lines)))
            elif not most_bold and self._is_heading(lines):
                out.append(self._heading(lines))
            else:
                out.append(self._paragraph(lines))
        return tuple(out)

    def footnote(self, note: Note) -> Footnote:
        """A footnote of one paragraph."""
        place = self._place(note.lines)
        paragraph = Paragraph(self._content(note.lines), place=place)
        return Footnote(note.id, note.mark, (paragraph,), place=place)

    def _table(self, line: Line) -> Table:
        """A table as it is tagged; its first rows are its head if all their cells are."""
        rows: dict[int, list[Cells]] = {}
        for cells in line.cells:
            rows.setdefault(cells.spot.row, []).append(cells)
        out: list[tuple[Cell, ...]] = []
        heads = 0
        for row in (rows[number] for number in sorted(rows)):
            row.sort(key=lambda cells: cells.spot.cell)
            if len(out) == heads and all(cells.spot.header for cells in row):
                heads += 1
            out.append(tuple(map(self._cell, row)))
        return Table(tuple(out), header_rows=heads, place=self._place([line]))

    def _cell(self, cells: Cells) -> Cell:
        spot = cells.spot
        groups: list[list[Line]] = []
        for each in cells.lines:
            if groups and (each.tag is None or groups[-1][-1].tag == each.tag):
                groups[-1].append(each)
            else:
                groups.append([each])
        blocks = tuple(map(self._plain, groups))
        return Cell(blocks, header=spot.header, columns=spot.columns, rows=spot.rows)

    def _is_heading(self, lines: list[Line]) -> bool:
        if lines[0].cells:
            return False
        if sum(len(line.text) for line in lines) > _LONGEST_HEADING or lines[0].tabs[1:]:
            return False
        letters = "".join(line.text for line in lines)
        if not any(char.isalpha() for char in letters):
            return False
        if letters.endswith((".", ";", ",")) and lines[0].size <= _LARGER * self._usual.size:
            return False
        bold = all(line.bold for line in lines)
        return bold or lines[0].size > _LARGER * self._usual.size

    def _look(self, lines: list[Line]) -> tuple[float, bool]:
        return round(lines[0].size), lines[0].bold

    def _heading(self, lines: list[Line]) -> Heading:
        level = min(self._levels.index(self._look(lines)) + 1, 6)
        number, lines = self._number(lines)
        content = self._content(lines, plain=Mark.STRONG)
        return Heading(level, content, number=number, place=self._place(lines))

    def _paragraph(self, lines: list[Line]) -> Paragraph:
        number, lines = self._number(lines)
        return Paragraph(self._content(lines), number=number, place=self._place(lines))

    def _plain(self, lines: list[Line]) -> Paragraph:
        return Paragraph(self._content(lines), place=self._place(lines))

    def _number(self, lines: list[Line]) -> tuple[str, list[Line]]:
        """The number that a paragraph begins with, parted from its text by a wide gap."""
        first = lines[0]
        marker = first.fragments[0].text
        if first.tabs[:1] == [1] and MARKER.match(marker):
            first.drop_first()
            return marker, lines
        return "", lines

    def _place(self, lines: Sequence[Line]) -> Place:
        page = lines[0].page
        mine = [line for line in lines if line.page == page]
        box = (
            min(line.left for line in mine),
            min(line.bottom for line in mine),
            max(line.right for line in mine),
            max(line.top for line in mine),
        )
        return Place(self._name, page=page, box=_rounded(box))

    def _content(self, lines: Sequence[Line], plain: Mark | None = None) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for at, line in enumerate(lines):
            if at and out:
                self._join(out, line, lines[at - 1])
            out += self._runs(line, plain)
        return join_text(out)

    def _join(self, out: list[Inline], line: Line, before: Line) -> None:
        """Let the last run go on in the next line."""
        last = out[-1]
        after = plain_letters(line.fragments[0].text)
        if isinstance(last, Text):
            # A blank that is drawn behind a hyphen belongs to the text: "troop- and police".
            drawn = bool(line.fragments[0].blank) and last.text[-1:] in {*_HYPHENS, *"/–—"}
            text = last.text + " " if drawn else self._joins.join(last.text, after, before)
            out[-1] = Text(text, last.marks, last.place)
        else:
            out.append(Text(" "))

    def _runs(self, line: Line, plain: Mark | None) -> Iterator[Inline]:
        before: Fragment | None = None
        shared: frozenset[Mark] = frozenset()
        tabs = set(line.tabs)
        for at, each in enumerate(line.fragments):
            blank = before is not None and blank_between(before, each, rtl=line.rtl)
            gap = "\t" if at in tabs else hard_blank(each) if blank else ""
            before = each
            notes = self._notes.at.get(id(each), [])
            text = plain_letters(each.text)
            box = _rounded((each.left, each.bottom, each.right, each.top))
            place = Place(self._name, page=line.page, box=box)
            marks = _marks(each, line) - {plain}
            if not notes:
                if gap and marks != shared:
                    yield Text(gap, shared & marks)
                    gap = ""
                shared = marks
                yield Text(gap + text, marks, place)
                continue
            yield from _references(gap, text, notes, marks, place)


def _references(
    gap: str, text: str, notes: Sequence[Note], marks: frozenset[Mark], place: Place
) -> Iterator[Inline]:
    """A fragment that is one mark or several with commas, or ends in one."""
    by_mark = {note.mark: note for note in notes}
    stem = text if len(notes) == 1 else ""
    stem = stem.removesuffix(notes[0].mark)
    if stem and "," not in stem:
        yield Text(gap + stem, marks, place)
        yield NoteRef(notes[0].id, notes[0].mark, place)
        return
    if gap:
        yield Text(gap)
    for at, mark in enumerate(text.split(",")):
        if at:
            yield Text(",", marks, place)
        note = by_mark.get(mark)
        yield NoteRef(note.id, mark, place) if note else Text(mark, marks, place)


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _marks(fragment: Fragment, line: Line) -> frozenset[Mark]:
    marks = set()
    if is_raised(fragment, line):
        marks.add(Mark.SUPERSCRIPT)
    if fragment.look.bold:
        marks.add(Mark.STRONG)
    if fragment.look.italic:
        marks.add(Mark.EMPHASIS)
    return frozenset(marks)


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, bottom, right, top = (round(each, 1) for each in box)
    return left, bottom, right, top
