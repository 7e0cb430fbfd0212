"""The blocks of one part of an ODT."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from verbale.model.document import (
    Break,
    Cell,
    Footnote,
    Heading,
    Image,
    ListItem,
    NoteRef,
    Paragraph,
    Table,
    Text,
)
from verbale.model.finding import Place
from verbale.readers import _docx_inlines as inlines
from verbale.readers._docx_runs import Atom, Group
from verbale.readers._odt_lists import as_blocks, item_label, number_label
from verbale.readers._odt_styles import DC, DRAW, OFFICE, STYLE, SVG, TABLE, TEXT, XLINK
from verbale.readers._office import UNSIGNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from verbale.model.document import Block
    from verbale.model.language import Language
    from verbale.readers._docx_runs import Piece
    from verbale.readers._docx_styles import Look
    from verbale.readers._odt_styles import Styles
    from verbale.readers._office import Sightings

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS: Final = 1000
_MOST_COPIES: Final = 100
_SKIPPED: Final = frozenset(
    {
        TEXT + "tracked-changes",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        TEXT + "index-title-template",
        TEXT + "table-of-content-source",
        OFFICE + "forms",
        OFFICE + "annotation-end",
        TABLE + "covered-table-cell",
        STYLE + "region-left",
    }
)
_PAGE_FIELDS: Final = frozenset({TEXT + "page-number", TEXT + "page-count"})
_Names = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Inside:
    """What a paragraph's pieces stand in: styles from the outside in, and the last letter."""

    names: _Names
    plain: bool
    out: list[Piece] = field(default_factory=list)
    blank: bool = True


@dataclass(slots=True)
class Flow:
    """Reads the blocks of one part, in order."""

    styles: Styles
    sightings: Sightings
    part: str
    name: str
    picture: Callable[[str], tuple[bytes, str] | None]
    counts: dict[Language, int]
    furniture: bool = False
    paragraph: int = 0
    footnotes: list[Footnote] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)
    _shaded: int = 0
    _lists: dict[str, list[int]] = field(default_factory=dict)
    _headings: list[int] = field(default_factory=lambda: [0] * 11)

    @property
    def place(self) -> Place:
        """Where the paragraph stands that is being read."""
        return Place(file=self.name, part=self.part, paragraph=self.paragraph)

    def see(self, code: str) -> None:
        """Count something that a reader of the page does not see."""
        self.sightings.note(code, self.part, self.paragraph)

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """The blocks inside an element."""
        return tuple(self._blocks(container))

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container:
            tag = str(child.tag)
            if tag in _SKIPPED:
                continue
            if tag in (TEXT + "p", TEXT + "h"):
                yield from self._paragraph(child)
            elif tag == TEXT + "list":
                yield from self._list(child, "", 1)
            elif tag == TABLE + "table":
                yield self._table(child)
            elif tag == TEXT + "section" and self._is_hidden(child):
                self.see("hidden-text")
            elif tag == OFFICE + "annotation":
                self.see(_comment(child))
            elif tag == DRAW + "frame" or tag.startswith(DRAW):
                yield from self._loose_frame(child)
            else:
                yield from self._blocks(child)

    @staticmethod
    def _is_hidden(section: etree._Element) -> bool:
        return section.get(TEXT + "display") in ("none", "condition") and (
            section.get(TEXT + "is-hidden") != "false"
        )

    def _loose_frame(self, element: etree._Element) -> Iterator[Block]:
        """A frame that hangs on the page and not on a paragraph."""
        inside = _Inside((), plain=False)
        self._frame(element, inside)
        if inside.out:
            yield Paragraph(inlines.build(inside.out, None), place=self.place)
        yield from self._boxed()

    def _boxed(self) -> Iterator[Block]:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self._blocks(box)

    # Paragraphs

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        self.paragraph += 1
        if element.find(TEXT + "hidden-paragraph") is not None and self._is_off(element):
            self.see("hidden-text")
            return
        style = element.get(TEXT + "style-name") or ""
        level = self._level(element, style)
        inside = _Inside((("paragraph", style),), plain=level > 0)
        shaded = self.styles.is_shaded("paragraph", style)
        self._shaded += shaded
        self._children(element, inside)
        self._shaded -= shaded
        _trim(inside.out)
        if inlines.has_content(inside.out):
            yield self._block(inside.out, level, style, element)
        yield from self._boxed()

    @staticmethod
    def _is_off(element: etree._Element) -> bool:
        return any(
            each.get(TEXT + "is-hidden") != "false"
            for each in element.iterfind(TEXT + "hidden-paragraph")
        )

    def _level(self, element: etree._Element, style: str) -> int:
        text = element.get(TEXT + "outline-level") if element.tag == TEXT + "h" else ""
        if element.tag == TEXT + "h":
            return int(text) if text and text.isdigit() and int(text) else 1
        found = self.styles.attribute("paragraph", style, STYLE + "default-outline-level")
        return int(found) if found.isdigit() else 0

    def _block(
        self, pieces: list[Piece], level: int, style: str, element: etree._Element
    ) -> Block:
        counts: dict[Language, int] = {}
        inlines.letters(pieces, counts)
        for language, number in counts.items():
            self.counts[language] = self.counts.get(language, 0) + number
        main = max(counts, key=lambda key: counts[key]) if counts else None
        content = inlines.build(pieces, main)
        name = self.styles.named("paragraph", style)
        if not level:
            name = "" if name in ("Standard", "Default Paragraph Style") else name
            return Paragraph(content, "", main, "", name, self.place)
        name = "" if name == f"Heading {level}" else name
        is_header = element.get(TEXT + "is-list-header") == "true"
        printed = "" if is_header else self._heading_number(level)
        return Heading(level, content, "", main, printed, name, self.place)

    def _heading_number(self, level: int) -> str:
        this = self.styles.heading_level(level)
        if this is None or level >= len(self._headings):
            return ""
        self._headings[level] = (self._headings[level] or this.start - 1) + 1
        self._headings[level + 1 :] = [0] * (len(self._headings) - level - 1)
        return number_label(this, level, self._headings, self.styles.heading_level)

    def _children(self, element: etree._Element, inside: _Inside) -> None:
        self._letters(element.text, inside)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, inside)
            self._letters(child.tail, inside)

    def _child(self, child: etree._Element, inside: _Inside) -> None:  # noqa: PLR0912
        tag = child.tag
        if tag == TEXT + "span":
            style = child.get(TEXT + "style-name") or ""
            shaded = self.styles.is_shaded("text", style)
            self._shaded += shaded
            outer, inside.names = inside.names, (*inside.names, ("text", style))
            self._children(child, inside)
            inside.names = outer
            self._shaded -= shaded
        elif tag == TEXT + "a":
            self._link(child, inside)
        elif tag == TEXT + "s":
            given = child.get(TEXT + "c") or "1"
            number = int(given) if given.isdigit() else 1
            self._emit(" " * min(number, _MOST_BLANKS), inside)
        elif tag == TEXT + "tab":
            self._emit("\t", inside)
        elif tag == TEXT + "line-break":
            inside.out.append(Atom(Break(self.place), self._look(inside)))
            inside.blank = True
        elif tag == TEXT + "note":
            self._note(child, inside)
        elif tag == OFFICE + "annotation":
            self.see(_comment(child))
        elif tag in (TEXT + "change", TEXT + "change-start"):
            self.see("docx-tracked-changes")
        elif tag in (TEXT + "hidden-text", TEXT + "conditional-text"):
            self._conditional(child, inside)
        elif tag == TEXT + "ruby":
            for base in child.iterfind(TEXT + "ruby-base"):
                self._children(base, inside)
        elif tag.startswith(DRAW):
            self._frame(child, inside)
        elif tag not in _SKIPPED and not (tag in _PAGE_FIELDS and self.furniture):
            self._children(child, inside)

    def _conditional(self, child: etree._Element, inside: _Inside) -> None:
        """Text that shows only under a condition: what shows now is in the element."""
        if child.tag == TEXT + "conditional-text":
            self._children(child, inside)
        elif child.get(TEXT + "is-hidden") == "false":
            self._emit(child.get(TEXT + "string-value") or "", inside)
        else:
            self.see("hidden-text")

    def _look(self, inside: _Inside) -> Look:
        return self.styles.look(inside.names, plain=inside.plain)

    def _letters(self, text: str | None, inside: _Inside) -> None:
        """Letters of the file: blanks are one, none where a line begins (ODF 1.3, 6.1.2)."""
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if inside.blank:
            text = text.lstrip(" ")
        self._emit(text, inside)

    def _emit(self, text: str, inside: _Inside) -> None:
        if not text:
            return
        look = self._look(inside)
        if look.hidden or (look.white and not self._shaded):
            if text.strip():
                self.see("hidden-text")
            return
        inside.blank = text.endswith(" ")
        inside.out.append(Atom(Text(text, look.marks, self.place), look))

    def _link(self, element: etree._Element, inside: _Inside) -> None:
        outer, inside.out = inside.out, []
        self._children(element, inside)
        pieces, inside.out = inside.out, outer
        address = element.get(XLINK + "href") or ""
        if address and pieces:
            inside.out.append(Group(link=address, atoms=pieces))
        else:
            inside.out += pieces

    def _note(self, element: etree._Element, inside: _Inside) -> None:
        citation = element.find(TEXT + "note-citation")
        body = element.find(TEXT + "note-body")
        mark = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
        note = f"n{len(self.footnotes) + 1}"
        place = self.place
        boxes, self._boxes = self._boxes, []
        self.footnotes.append(Footnote(note, mark, (), place=place))
        blocks = _without_first_blank(self.blocks(body)) if body is not None else ()
        self._boxes = boxes
        at = int(note[1:]) - 1
        self.footnotes[at] = Footnote(note, mark, blocks, place=place)
        inside.out.append(Atom(NoteRef(note, mark, place), self._look(inside)))
        inside.blank = False

    # Frames

    def _frame(self, element: etree._Element, inside: _Inside) -> None:
        words = element.find(SVG + "desc")
        words = element.find(SVG + "title") if words is None else words
        alt = "".join(map(str, words.itertext())).strip() if words is not None else ""
        holds_object = False
        pictured = False
        for child in element:
            if child.tag == DRAW + "text-box":
                self._boxes.append(child)
            elif child.tag in (DRAW + "object", DRAW + "object-ole", DRAW + "plugin"):
                self.see("embedded-object")
                holds_object = True
            elif child.tag == DRAW + "image" and not pictured:
                # Several images in a frame are one picture in several formats.
                pictured = self._image(child, alt, inside, of_object=holds_object)
            elif child.tag in (TEXT + "p", TEXT + "list"):
                self._boxes.append(element)
                break
            elif str(child.tag).startswith(DRAW):
                self._frame(child, inside)

    def _image(
        self, element: etree._Element, alt: str, inside: _Inside, *, of_object: bool
    ) -> bool:
        address = element.get(XLINK + "href") or ""
        if not address:
            return False
        found = self.picture(address)
        if found is None:
            if not of_object:
                self.see("outside-reference")
            return False
        data, media_type = found
        image = Image(data, media_type, alt, self.place)
        inside.out.append(Atom(image, self._look(inside)))
        return True

    # Lists

    def _list(self, element: etree._Element, style: str, level: int) -> list[Block]:
        style = element.get(TEXT + "style-name") or style
        this = self.styles.list_level(style, level)
        counts = self._lists.setdefault(style, [0] * 11)
        goes_on = (
            element.get(TEXT + "continue-numbering") == "true"
            or element.get(TEXT + "continue-list") is not None
        )
        if not goes_on and level < len(counts):
            counts[level:] = [0] * (len(counts) - level)
        items: list[ListItem] = []
        for child in element:
            if child.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            label = ""
            if child.tag == TEXT + "list-item" and this is not None and level < len(counts):
                label = item_label(
                    child, this, level, counts, partial(self.styles.list_level, style)
                )
            blocks: list[Block] = []
            for inner in child:
                if inner.tag == TEXT + "list":
                    blocks += self._list(inner, style, level + 1)
                elif isinstance(inner.tag, str):
                    blocks += self._one(inner)
            if blocks:
                items.append(ListItem(tuple(blocks), label))
        ordered = this is not None and this.form not in ("", "bullet")
        return as_blocks(items, ordered=ordered, top=level == 1)

    def _one(self, element: etree._Element) -> tuple[Block, ...]:
        if element.tag in (TEXT + "p", TEXT + "h"):
            return tuple(self._paragraph(element))
        return self.blocks(element)

    # Tables

    def _table(self, element: etree._Element) -> Table:
        place = self.place
        rows: list[tuple[Cell, ...]] = []
        heads = 0
        for row, head in _rows(element, head=False):
            cells: list[Cell] = []
            for cell in row:
                if cell.tag != TABLE + "table-cell":
                    continue
                cells += self._cell(cell, head=head)
            copies = _number(row, TABLE + "number-rows-repeated")
            rows += [tuple(cells)] * min(copies, _MOST_COPIES if any(cells) else 1)
            heads += head
        return Table(tuple(rows), heads, place=place)

    def _cell(self, element: etree._Element, *, head: bool) -> list[Cell]:
        style = element.get(TABLE + "style-name") or ""
        shaded = self.styles.is_shaded("table-cell", style)
        self._shaded += shaded
        blocks = self.blocks(element)
        self._shaded -= shaded
        cell = Cell(
            blocks,
            head,
            _number(element, TABLE + "number-columns-spanned"),
            _number(element, TABLE + "number-rows-spanned"),
        )
        return [cell] * min(_number(element, TABLE + "number-columns-repeated"), _MOST_COPIES)


def _number(element: etree._Element, name: str) -> int:
    text = element.get(name) or ""
    return max(int(text), 1) if text.isdigit() else 1


def _rows(element: etree._Element, *, head: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in element:
        if child.tag == TABLE + "table-row":
            yield child, head
        elif child.tag == TABLE + "table-header-rows":
            yield from _rows(child, head=True)
        elif child.tag in (TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(child, head=head)


def _without_first_blank(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A note's text without the blank that parts it from its mark."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not first.content:
        return blocks
    letters = first.content[0]
    if not isinstance(letters, Text):
        return blocks
    text = letters.text.lstrip(" \t\u00a0")
    start = (replace(letters, text=text),) if text else ()
    return (replace(first, content=(*start, *first.content[1:])), *blocks[1:])


def _trim(pieces: list[Piece]) -> None:
    """Take the blank off the end of a paragraph: there it is none (ODF 1.3, 6.1.2)."""
    if pieces and isinstance(pieces[-1], Atom) and isinstance(pieces[-1].inline, Text):
        inline = pieces[-1].inline
        pieces[-1] = replace(pieces[-1], inline=replace(inline, text=inline.text.rstrip(" ")))


def _comment(annotation: etree._Element) -> str:
    """What a comment is: a reviewer's, or one that nobody signed, made by a program."""
    return "docx-comments" if annotation.findtext(DC + "creator") else UNSIGNED
