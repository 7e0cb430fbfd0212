"""The blocks of one part of a DOCX, from its paragraphs and tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verbale.model.document import (
    Cell,
    Footnote,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from verbale.model.language import UND, Language
from verbale.model.walk import block_text
from verbale.readers import _docx_inlines as inlines
from verbale.readers._docx_arrange import Item, arrange
from verbale.readers._docx_package import W, is_on, value
from verbale.readers._docx_runs import MC, Runs
from verbale.readers._docx_styles import is_shaded, numbered, outline
from verbale.text import docx_names as names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from verbale.model.document import Block
    from verbale.readers._docx_numbering import Label, Numbering
    from verbale.readers._docx_runs import Piece
    from verbale.readers._docx_styles import ParagraphStyle

_THROUGH: Final = frozenset({W + tag for tag in ("smartTag", "customXml", "ins", "moveTo")})
_GONE: Final = frozenset({W + "del", W + "moveFrom"})
_NOTHING: Final = ("", "0")


class Flow:
    """Reads blocks of one part. ``language`` is what our own paragraphs are in by default."""

    def __init__(self, runs: Runs, numbering: Numbering, counts: dict[Language, int]) -> None:
        self.runs = runs
        self.numbering = numbering
        self.counts = counts
        self.language = UND
        self.lines: list[Item] = []
        self._bookmarks: set[str] = set()
        self._own = runs.own
        self._shaded = 0
        self._pending: list[Piece] = []
        self._sections = 0

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """The blocks inside an element."""
        return arrange(list(self.items(container)), own=self._own)

    def items(self, container: etree._Element) -> Iterator[Item]:
        """The items inside an element, in order."""
        for child in container:
            tag = child.tag
            if tag == W + "p":
                yield from self._paragraph(child)
            elif tag == W + "tbl":
                yield Item(self._table(child))
            elif tag == W + "sdt":
                yield from self._control(child)
            elif tag in _THROUGH:
                if tag != W + "smartTag" and tag != W + "customXml":
                    self.runs.see("docx-tracked-changes")
                yield from self.items(child)
            elif tag in _GONE:
                self.runs.see("docx-tracked-changes")
            elif tag == MC + "AlternateContent":
                chosen = child.find(MC + "Choice")
                chosen = child.find(MC + "Fallback") if chosen is None else chosen
                if chosen is not None:
                    yield from self.items(chosen)
            elif tag == W + "altChunk":
                raise self.runs.docx.package.error(
                    "another file is inserted into it and not merged",
                    "Open the file in a word processor, save it and send that.",
                )
            elif tag == W + "bookmarkStart":
                yield from self._part(child)

    def _part(self, bookmark: etree._Element) -> Iterator[Item]:
        """The part of ours that begins at a bookmark. Word moves it into the next paragraph."""
        name = bookmark.get(W + "name") or ""
        part = names.read_part(name) if self._own else None
        # LibreOffice writes a bookmark twice when it goes over several sections.
        if part is not None and name not in self._bookmarks:
            self._bookmarks.add(name)
            self.language = Language(part.language)
            yield Item(part=part)

    # Paragraphs

    def _paragraph(self, element: etree._Element) -> Iterator[Item]:
        for each in element.findall(W + "bookmarkStart"):
            yield from self._part(each)
        runs = self.runs
        runs.paragraph += 1
        ppr = element.find(W + "pPr")
        style_id = value(ppr, "pStyle")
        style = runs.styles.paragraph(style_id)
        level = style.level if ppr is None else outline(ppr, style.level)
        numbering = style.numbering if ppr is None else numbered(ppr, style.numbering)
        shaded = bool(self._shaded) or style.shaded or is_shaded(ppr)
        plain = self._own or level > 0
        pieces = runs.read(element, style_id, plain=plain, shaded=shaded)
        boxes, runs.boxes = runs.boxes, []
        if self._pending:
            pieces = [*self._pending, *pieces]
            self._pending = []
        if _mark_deleted(ppr):
            runs.see("docx-tracked-changes")
            self._pending = pieces
        else:
            label = None
            if numbering[0] not in _NOTHING:
                label = self.numbering.label(*numbering)
            make = self._own_paragraph if self._own else self._other_paragraph
            yield from make(element, style, level, label, pieces)
        for box in boxes:
            yield from self.items(box)
        section = ppr.find(W + "sectPr") if ppr is not None else None
        if section is not None:
            self._sections += 1
            runs.notes.section(section, first=self._sections == 1)

    def _other_paragraph(
        self,
        element: etree._Element,
        style: ParagraphStyle,
        level: int,
        label: Label | None,
        pieces: list[Piece],
    ) -> Iterator[Item]:
        pieces = inlines.trim(pieces)
        if not inlines.has_content(pieces):
            if _has_border(element) and not pieces:
                yield Item(Rule(self.runs.place))
            elif pieces:
                yield Item(None, pieces=tuple(pieces))
            return
        counts: dict[Language, int] = {}
        inlines.letters(pieces, counts)
        for language, number in counts.items():
            self.counts[language] = self.counts.get(language, 0) + number
        main = max(counts, key=lambda key: counts[key]) if counts else None
        content = inlines.build(pieces, main)
        name = "" if style.default else style.name
        printed = label.text if label else ""
        if level:
            name = "" if name.lower() == f"heading {level}" else name
            block: Block = Heading(
                level, content, "", main, printed, name, place=self.runs.place
            )
            yield Item(block)
            return
        block = Paragraph(content, "", main, "", name, place=self.runs.place)
        yield Item(block, label, pieces=tuple(pieces))

    def _own_paragraph(
        self,
        element: etree._Element,
        style: ParagraphStyle,
        level: int,
        label: Label | None,
        pieces: list[Piece],
    ) -> Iterator[Item]:
        order = self._take_order(element)
        name = names.our_name(style.name)
        if name == names.STAMP:
            yield Item(Paragraph(inlines.build_own(pieces, self.language)), style=name)
            return
        if name == names.FILLER and not inlines.has_text(pieces):
            return
        if name == names.RULE and not inlines.has_content(pieces):
            yield Item(Rule(self.runs.place))
            return
        mark = element.find(f"{W}pPr/{W}rPr")
        look = self.runs.styles.look(None, mark, plain=True)
        language = inlines.given(look, "")
        if label is not None:
            typed, pieces = inlines.take_list_label(pieces)
            label = replace_label(label, typed)
        number, pieces = inlines.take_number(pieces)
        main = language or self.language
        kind = names.style_kind(name)
        structural = name in (names.QUOTE, names.CAPTION, names.LABEL_LINE, names.FILLER)
        if structural:
            kind = names.Kind()
        content = inlines.build_own(pieces, main)
        place = self.runs.place
        block: Block
        level = kind.level or (level if not kind.role and not kind.style else 0)
        if level:
            block = Heading(level, content, kind.role, language, number, kind.style, place)
        else:
            block = Paragraph(content, kind.role, language, number, kind.style, place)
        item = Item(
            block, label, order=order, style=name if structural else "", pieces=tuple(pieces)
        )
        self.lines.append(item)
        yield item

    @staticmethod
    def _take_order(element: etree._Element) -> int | None:
        for each in element.findall(W + "bookmarkStart"):
            order = names.read_order(each.get(W + "name") or "")
            if order is not None:
                return order
        return None

    # Our own controls around blocks

    def _control(self, element: etree._Element) -> Iterator[Item]:
        content = element.find(W + "sdtContent")
        if content is None:
            return
        tag = (
            names.Tag.read(value(element.find(W + "sdtPr"), "tag") or "") if self._own else None
        )
        if tag is None:
            yield from self.items(content)
        elif tag.kind == "quote":
            yield Item(Quote(self.blocks(content), self.runs.place))
        elif tag.kind == "list":
            inner = content.findall(f"{W}sdt/{W}sdtContent")
            items = [self._labelled(each) for each in inner]
            yield Item(List(tuple(items), "o" in tag.values, self.runs.place))
        elif tag.kind == "loose":
            index = tag.values.get("i", "")
            order = int(index) if index.isdigit() else None
            yield Item(note=self._loose(content, tag), order=order)
        else:
            yield from self.items(content)

    def _loose(self, element: etree._Element, tag: names.Tag) -> Footnote:
        """A footnote that nothing refers to: it stands at the end of its part."""
        code = tag.values.get("l", "")
        before = self.language
        self.language = Language(code) if code else before
        item = self._labelled(element)
        self.language = before
        language = Language(code) if code else None
        return Footnote(tag.values.get("n", ""), item.label, item.blocks, language)

    def _labelled(self, content: etree._Element) -> ListItem:
        """Blocks whose first line is their label."""
        items = list(self.items(content))
        label = ""
        first = items[0].block if items and items[0].style == names.LABEL_LINE else None
        if first is not None:
            label = block_text(first)
            del items[0]
        return ListItem(arrange(items, own=True), label)

    # Tables

    def _table(self, element: etree._Element) -> Table:
        properties = element.find(W + "tblPr")
        shaded = is_shaded(properties) or self.runs.styles.is_shaded_table(
            value(properties, "tblStyle")
        )
        self._shaded += shaded
        place = self.runs.place
        reader = _TableReader(self)
        for row in _rows(element):
            reader.row(row)
        self._shaded -= shaded
        return Table(reader.rows(), reader.header_rows, place=place)

    def cell(self, element: etree._Element) -> tuple[Block, ...]:
        """The blocks of a cell."""
        shaded = is_shaded(element.find(W + "tcPr"))
        self._shaded += shaded
        found = self.blocks(element)
        self._shaded -= shaded
        return found

    def see(self, code: str) -> None:
        """Count something that a reader of the page does not see."""
        self.runs.see(code)

    @property
    def own(self) -> bool:
        """Whether the document is one of ours."""
        return self._own


def replace_label(label: Label, typed: str) -> Label:
    """The label with the text typed for it, where one was."""
    return replace(label, text=typed) if typed else label


class _TableReader:
    """Puts cells that go over several rows together again."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._rows: list[list[Cell]] = []
        self._open: dict[int, tuple[int, int]] = {}
        self._heads = 0
        self._in_head = True

    @property
    def header_rows(self) -> int:
        """How many rows at the top repeat on each page."""
        return self._heads

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that were read."""
        return tuple(tuple(row) for row in self._rows)

    def row(self, element: etree._Element) -> None:
        """Read one row."""
        properties = element.find(W + "trPr")
        if properties is not None:
            if properties.find(W + "del") is not None:
                self._flow.see("docx-tracked-changes")
                return
            if properties.find(W + "ins") is not None:
                self._flow.see("docx-tracked-changes")
        head = properties is not None and is_on(properties.find(W + "tblHeader"))
        self._in_head = self._in_head and head
        self._heads += self._in_head
        cells: list[Cell] = []
        self._rows.append(cells)
        column = 0
        before = value(properties, "gridBefore") or ""
        if before.isdigit() and int(before):
            cells.append(Cell((), columns=int(before)))
            column += int(before)
        for each in _cells(element):
            column += self._cell(each, cells, column)

    def _cell(self, element: etree._Element, cells: list[Cell], column: int) -> int:
        properties = element.find(W + "tcPr")
        span = value(properties, "gridSpan") or "1"
        columns = max(int(span), 1) if span.isdigit() else 1
        merge = properties.find(W + "vMerge") if properties is not None else None
        if merge is not None and merge.get(W + "val", "continue") == "continue":
            at = self._open.get(column)
            if at is not None:
                row, index = at
                cell = self._rows[row][index]
                self._rows[row][index] = replace(cell, rows=cell.rows + 1)
                if self._flow.cell(element) and not self._flow.own:
                    self._flow.see("hidden-text")
                return columns
        for covered in range(column, column + columns):
            self._open.pop(covered, None)
        if merge is not None:
            self._open[column] = (len(self._rows) - 1, len(cells))
        header = self._in_head
        if self._flow.own:
            form = properties.find(W + "cnfStyle") if properties is not None else None
            header = form is not None and "1" in (form.get(W + "val") or "")
        cells.append(Cell(self._flow.cell(element), header, columns))
        return columns


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _children(table, W + "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _children(row, W + "tc")


def _children(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The children of a kind, also those inside controls."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _children(child, wanted)


def _mark_deleted(ppr: etree._Element | None) -> bool:
    """Whether the end of the paragraph was deleted: it goes on in the next one."""
    rpr = ppr.find(W + "rPr") if ppr is not None else None
    return rpr is not None and (
        rpr.find(W + "del") is not None or rpr.find(W + "moveFrom") is not None
    )


def _has_border(element: etree._Element) -> bool:
    borders = element.find(f"{W}pPr/{W}pBdr")
    return borders is not None and any(
        each.get(W + "val") not in (None, "none", "nil") for each in borders
    )
