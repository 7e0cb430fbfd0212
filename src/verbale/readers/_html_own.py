"""Our own HTML back to the tree it was written from.

A page may borrow our name, so every element has to be one that our writer makes, and what is
passed over has to say what the tree says: otherwise the page could show what the tree does not.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from verbale.model.document import (
    Break,
    Cell,
    Document,
    Footnote,
    Heading,
    Image,
    List,
    ListItem,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Rule,
    Span,
    Stamp,
    Table,
    Text,
)
from verbale.model.language import UND, Language
from verbale.readers._html_element import all_text, attributes_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from verbale.model.document import Block, Inline
    from verbale.model.finding import Place

_MARKS = {
    "em": Mark.EMPHASIS,
    "strong": Mark.STRONG,
    "u": Mark.UNDERLINE,
    "s": Mark.STRIKE,
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
}
_PARTS = frozenset({"header", "article", "section"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_MARKS: frozenset[Mark] = frozenset()
_DEEPEST = 200
_LONGEST_LABEL = 120


class NotOursError(Exception):
    """The page is not one that our writer made."""


def read_own(root: _Element, *, name: str) -> Document:
    """The tree of a page of ours. Raises `NotOursError` at the first thing that is not."""
    for element in root.iter():
        if "style" in element.attrib or "hidden" in element.attrib:
            raise NotOursError("an attribute that hides")
    return _Own(name).document(root)


def _text(element: _Element) -> str:
    return element.text or ""


def _need(value: object) -> None:
    if not value:
        raise NotOursError


class _Own:
    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0

    def document(self, root: _Element) -> Document:
        head, body = root.find("head"), root.find("body")
        if head is None or body is None:
            raise NotOursError("no head or body")
        said = {
            meta.get("name"): meta.get("content", "") for meta in head.iterfind("meta[@name]")
        }
        properties = tuple(
            (meta.get("data-name", ""), meta.get("content", ""))
            for meta in head.iterfind("meta[@name='verbale.property']")
        )
        symbol, title = said.get("dcterms.identifier", ""), said.get("dcterms.title", "")
        stamp_text = ""
        parts: tuple[Part, ...] = ()
        for child in body:
            _need(not (child.tail or "").strip())
            if child.tag == "main":
                parts = tuple(self._main(child, title or symbol))
            elif child.get("data-stamp") is not None:
                stamp_text = _text(child)
                _need(len(child) == 0)
            elif child.get("class") == "watermark":
                _need(_text(child) == stamp_text and len(child) == 0)
            else:
                _need(child.get("class") == "skip" and len(child) == 0)
                _need(len(_text(child)) <= _LONGEST_LABEL)
        return Document(
            parts,
            self._language(root) or UND,
            tuple(Stamp(word) for word in root.get("data-stamps", "").split()),
            stamp_text,
            symbol,
            title,
            properties,
        )

    def _main(self, main: _Element, title: str) -> Iterator[Part]:
        _need(not _text(main).strip())
        for child in main:
            _need(not (child.tail or "").strip())
            if child.get("class") == "aside":
                _need(_text(child) == title and len(child) == 0)
            else:
                yield self._part(child)

    def _language(self, element: _Element) -> Language | None:
        code = element.get("lang")
        return None if code is None else Language(code) if code else UND

    def _part(self, element: _Element) -> Part:
        _need(element.tag in _PARTS)
        blocks: list[Block] = []
        notes: tuple[Footnote, ...] = ()
        parts: list[Part] = []
        _need(not _text(element).strip())
        for child in element:
            _need(not (child.tail or "").strip())
            if child.tag == "aside":
                notes = tuple(self._footnote(note) for note in child.iterfind("ol/li"))
                _need(len(child) == 1 and len(child[0]) == len(notes))
            elif child.tag in _PARTS:
                parts.append(self._part(child))
            else:
                blocks.append(self._block(child))
        return Part(
            PartKind(element.get("data-kind", "")),
            tuple(blocks),
            self._language(element) or UND,
            notes,
            tuple(parts),
            int(element.get("data-number", "0")),
            element.get("data-as-received") is not None,
        )

    def _place(self, element: _Element) -> Place:
        return place_of(element, name=self._name)

    def _footnote(self, element: _Element) -> Footnote:
        _need(len(element) == 2)  # noqa: PLR2004 - the mark and the text
        mark, content = element
        _need(_text(mark) == element.get("data-mark") and len(mark) == 0)
        return Footnote(
            element.get("data-note", ""),
            element.get("data-mark", ""),
            self._blocks(content),
            self._language(element),
            self._place(element),
        )

    def _blocks(self, element: _Element) -> tuple[Block, ...]:
        _need(not _text(element).strip())
        out = []
        for child in element:
            _need(not (child.tail or "").strip())
            out.append(self._block(child))
        return tuple(out)

    def _block(self, element: _Element) -> Block:
        self._depth += 1
        _need(self._depth < _DEEPEST)
        try:
            match element.tag:
                case "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                    return self._line(element)
                case "ol" | "ul":
                    items = tuple(self._item(item) for item in element)
                    return List(items, element.tag == "ol", self._place(element))
                case "blockquote":
                    return Quote(self._blocks(element), self._place(element))
                case "hr":
                    return Rule(self._place(element))
                case "div" if element.get("class") == "wide" and len(element) == 1:
                    return self._table(element[0])
                case _:
                    raise NotOursError(str(element.tag))
        finally:
            self._depth -= 1

    def _line(self, element: _Element) -> Paragraph | Heading:
        number = element.get("data-number", "")
        inside = element[0] if len(element) and element[0].tag == "bdi" else element
        _need(inside is element or (len(element) == 1 and not element.text and not inside.tail))
        content = tuple(self._inlines(inside, _NO_MARKS, number))
        role, style = element.get("data-role", ""), element.get("data-style", "")
        language, place = self._language(element), self._place(element)
        level = element.get("data-level")
        if level is not None:
            return Heading(int(level), content, role, language, number, style, place)
        _need(element.tag == "p" or role == "title")
        return Paragraph(content, role, language, number, style, place)

    def _item(self, element: _Element) -> ListItem:
        label = element.get("data-label", "")
        _need(element.tag == "li")
        if not label:
            return ListItem(self._blocks(element))
        _need(len(element) == 2 and _text(element[0]) == label)  # noqa: PLR2004
        return ListItem(self._blocks(element[1]), label)

    def _table(self, element: _Element) -> Table:
        _need(element.tag == "table")
        caption: tuple[Inline, ...] = ()
        rows: list[tuple[Cell, ...]] = []
        head = 0
        for group in element:
            if group.tag == "caption":
                caption = tuple(self._inlines(group, _NO_MARKS))
                continue
            _need(group.tag in {"thead", "tbody"})
            rows += [tuple(self._cell(cell) for cell in row) for row in group]
            head += len(group) if group.tag == "thead" else 0
        header_rows = int(element.get("data-header-rows", head))
        return Table(tuple(rows), header_rows, caption, self._place(element))

    def _cell(self, element: _Element) -> Cell:
        _need(element.tag in {"td", "th"})
        return Cell(
            self._blocks(element),
            element.tag == "th",
            int(element.get("colspan", "1")),
            int(element.get("rowspan", "1")),
        )

    def _inlines(
        self, element: _Element, marks: frozenset[Mark], number: str = ""
    ) -> Iterator[Inline]:
        """The content of a line; *number* is the aid it must begin with, if any."""
        self._depth += 1
        _need(self._depth < _DEEPEST)
        place = self._place(element)
        if element.text:
            _need(not number)
            yield Text(element.text, marks, place)
        for child in element:
            tail = child.tail or ""
            if number:
                _need(child.get("class") == "number" and _text(child) == number)
                _need(tail.startswith(" ") and len(child) == 0)
                tail, number = tail[1:], ""
            elif isinstance(child.tag, str):
                yield from self._inline(child, marks)
            if tail:
                yield Text(tail, marks, place)
        _need(not number)
        self._depth -= 1

    def _inline(self, child: _Element, marks: frozenset[Mark]) -> Iterator[Inline]:
        place = self._place(child)
        given = attributes_of(child)
        if "data-ref" in given:
            mark = given.get("data-mark", "")
            _need(all_text(child) == mark)
            yield NoteRef(given["data-ref"], mark, place)
        elif child.tag in _MARKS:
            yield from self._inlines(child, marks | {_MARKS[str(child.tag)]})
        elif "data-mark" in given:
            yield from self._inlines(child, marks | {Mark(given["data-mark"])})
        elif "data-span" in given:
            yield Span(
                tuple(self._inlines(child, _NO_MARKS)),
                self._language(child),
                given.get("href", given.get("data-link", "")),
                "data-awaiting" in given,
                given.get("data-role", ""),
                place,
            )
        elif child.tag == "br":
            yield Break(place)
        elif child.tag == "img":
            yield self._image(child)
        else:
            parent = child.getparent()
            _need(
                parent is not None and "data-awaiting" in parent.attrib and parent[0] is child
            )
            _need(given.get("class") == "label" and len(_text(child)) <= _LONGEST_LABEL)

    def _image(self, element: _Element) -> Image:
        source = element.get("src", "")
        if source:
            media_type, _, data = source.removeprefix("data:").partition(";base64,")
        else:
            media_type, data = element.get("data-type", ""), element.get("data-base64", "")
        try:
            decoded = base64.b64decode(data, validate=True)
        except binascii.Error as bad:
            raise NotOursError("a picture that is not base64") from bad
        return Image(decoded, media_type, element.get("alt", ""), self._place(element))
