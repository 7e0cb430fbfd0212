"""Blocks of Akoma Ntoso: paragraphs with their numbers, headings, lists, tables, quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verbale.model.akoma_ntoso import field_of, is_ordered, lift
from verbale.model.document import (
    Cell,
    Footnote,
    Heading,
    List,
    ListItem,
    Mark,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from verbale.model.walk import plain
from verbale.readers._akn_inlines import Lines, language_of, local, own, text_of
from verbale.readers._akn_names import HIERARCHY, HOLDERS, INLINES, KNOWN, QUOTED, STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from verbale.model.document import Block, Inline
    from verbale.model.finding import Finding, Place

_ITEMS = frozenset({"list", "sublist", "blockList", "ul", "ol"})
_LINES = frozenset({"p", "num", "listIntroduction", "listWrapUp", "from", "tocItem", "caption"})
_LIST_TEXT = frozenset({"intro", "wrapUp", "listIntroduction", "listWrapUp"})
_SPAN = re.compile(r"[0-9]{1,4}")
_NO_MARKS: frozenset[Mark] = frozenset()


@dataclass(slots=True)
class _Notes:
    """The footnotes of a part in the order of their marks, and the order they had before."""

    found: list[Footnote | None] = field(default_factory=list)
    order: list[int] = field(default_factory=list)

    def all(self) -> tuple[Footnote, ...]:
        notes = [note for note in self.found if note is not None]
        if len(self.order) == len(notes):
            pairs = sorted(zip(self.order, notes, strict=True), key=_first)
            notes = [note for _, note in pairs]
        return tuple(notes)


def _first(pair: tuple[int, Footnote]) -> int:
    return pair[0]


class Blocks:
    """Reads the blocks of a file, part after part."""

    def __init__(self, name: str, *, exact: bool) -> None:
        self._exact = exact
        self._lines = Lines(name, self.footnote, exact=exact)
        self._notes = _Notes()
        self._ids: set[str] = set()

    @property
    def findings(self) -> list[Finding]:
        """What was not understood so far."""
        return self._lines.findings

    def place(self, element: _Element) -> Place:
        """Where an element begins."""
        return self._lines.place(element)

    def take_notes(self) -> tuple[Footnote, ...]:
        """The footnotes met since the last time."""
        notes = self._notes.all()
        self._notes = _Notes()
        return notes

    def within(self, element: _Element, *, level: int = 1, role: str = "") -> list[Block]:
        """The blocks in an element. *role* is that of its lines which say none themselves."""
        out: list[Block] = []
        loose: list[Inline] = []

        def close() -> None:
            content = self._lines.tidy(loose)
            if content:
                out.append(Paragraph(content, role, place=self.place(element)))
            loose.clear()

        if (element.text or "").strip():
            loose.append(Text(element.text or ""))
        for child in element:
            name = local(child)
            if name in STRUCTURE or (name not in KNOWN and _holds_blocks(child)):
                close()
                out += self.block(child, level=level, role=role)
            else:
                loose += self._lines.one(child, _NO_MARKS)
            if (child.tail or "").strip():
                loose.append(Text(child.tail or ""))
        close()
        return out

    def block(self, element: _Element, *, level: int, role: str) -> list[Block]:
        """One element among blocks as the blocks it is."""
        name = local(element)
        if is_filler(element):
            return []
        if name in _LINES:
            return self._p(element, role)
        if name in _ITEMS and not _is_loose(element):
            return self._list(element, level)
        if name in HIERARCHY and not _is_loose(element):
            return self._numbered(element, level)
        match name:
            case "block":
                return self._named(element, role)
            case "table" if _is_table(element):
                return [self._table(element)]
            case "heading" | "crossHeading":
                return [self._heading(element, level)]
            case "subheading":
                return [self._heading(element, level + 1)]
            case "formula":
                role = "formula"
            case "container" | "recitals" | "citations" if _in_preamble(element):
                role = "recital"
            case _ if name not in HOLDERS:
                self._lines.unknown(element)
            case _:
                pass
        return self.within(element, level=level, role=role)

    def _p(self, element: _Element, role: str) -> list[Block]:
        if any(local(child) in QUOTED for child in element):
            return self._quoted(element, role)
        content = self._lines.line(element)
        if own(element, "none") == "notes" and all(isinstance(x, NoteRef) for x in content):
            return []  # footnotes without a mark: they are in the notes of the part now
        paragraph = self._paragraph(element, content, role)
        return [paragraph] if self._exact or paragraph.content or paragraph.number else []

    def _paragraph(
        self, element: _Element, content: tuple[Inline, ...], role: str
    ) -> Paragraph:
        said, number = "", ""
        if own(element, "plain") is None:
            said, number, content = lift(content if self._exact else _joined(content))
        style = element.get("class") or ""
        known = field_of(said)
        if known and style == known.line:
            style = own(element, "style") or ""
        return Paragraph(
            content, said or role, language_of(element), number, style, self.place(element)
        )

    def _quoted(self, element: _Element, role: str) -> list[Block]:
        """A line with quotations set off in it: what stands between them are lines."""
        out: list[Block] = []
        loose: list[Inline] = [Text(element.text or "")]
        for child in [*element, None]:
            if child is not None and local(child) not in QUOTED:
                loose += self._lines.one(child, _NO_MARKS)
                loose.append(Text(child.tail or ""))
                continue
            content = self._lines.tidy(loose)
            if content:
                out.append(self._paragraph(element, content, role))
            if child is not None:
                out.append(Quote(tuple(self.within(child)), self.place(child)))
                loose = [Text(child.tail or "")]
        return out

    def _named(self, element: _Element, role: str) -> list[Block]:
        """An element ``block``, whose name says what it is."""
        name = element.get("name", "")
        if name == "rule" and not len(element) and not (element.text or "").strip():
            return [Rule(self.place(element))]
        if name == "quote" and len(element) == 1 and local(element[0]) in QUOTED:
            return [Quote(tuple(self.within(element[0])), self.place(element))]
        return self._p(element, role or "-".join(name.split()))

    def _heading(self, element: _Element, level: int) -> Heading:
        content = self._lines.line(element)
        role = ""
        if own(element, "plain") is None:
            said, number, inner = lift(content)
            if not number:
                role, content = said, inner
        return Heading(level, content, role, language_of(element), place=self.place(element))

    def _numbered(self, element: _Element, level: int) -> list[Block]:
        """A place with a number: headings, lines (the first has the number), inner places."""
        label = ""
        marks: tuple[Inline, ...] = ()
        style = element.get("class") or ""
        said = own(element, "level")
        depth = int(said) if said and said.isascii() and said.isdigit() else level
        out: list[Block] = []
        number_at = 0
        for child in element:
            name = local(child)
            if name == "num":
                number_at = len(out)
                label, marks = self._label(child)
            else:
                out += self.block(child, level=depth + (name in HIERARCHY), role="")
        first = out[number_at] if number_at < len(out) else None
        if isinstance(first, (Heading, Paragraph)) and not first.number:
            out[number_at] = replace(
                first,
                number=label,
                style=first.style or style,
                content=(*marks, *first.content),
            )
        elif label or marks:
            line = Paragraph(marks, "", None, label, style, self.place(element))
            out.insert(number_at, line)
        return out

    def _label(self, element: _Element) -> tuple[str, tuple[Inline, ...]]:
        """The number printed, and the marks of footnotes in it."""
        content = self._lines.line(element)
        return plain(content), tuple(each for each in content if isinstance(each, NoteRef))

    def _list(self, element: _Element, level: int) -> list[Block]:
        before: list[Block] = []
        items: list[ListItem] = []
        after: list[Block] = []
        for child in element:
            name = local(child)
            if is_filler(child):
                continue
            if name in _LIST_TEXT:
                (after if items else before).extend(self._list_text(child, level))
            elif name in ("heading", "subheading", "num"):
                before += self.block(child, level=level, role="")
            else:
                items.append(self._item(child, level))
        said = own(element, "ordered")
        ordered = is_ordered(items) if said is None else said == "true"
        if local(element) == "ol":
            ordered = True
        if items or self._exact:
            before.append(List(tuple(items), ordered, self.place(element)))
        return before + after

    def _list_text(self, element: _Element, level: int) -> list[Block]:
        if local(element).startswith("list"):
            return self._p(element, "")
        return self.within(element, level=level)

    def _item(self, element: _Element, level: int) -> ListItem:
        label = ""
        marks: tuple[Inline, ...] = ()
        blocks: list[Block] = []
        if local(element) == "li" or _is_loose(element):
            return ListItem(tuple(self.within(element, level=level)), element.get("value", ""))
        for child in element:
            if local(child) == "num" and not label:
                label, marks = self._label(child)
            else:
                blocks += self.block(child, level=level, role="")
        if marks:
            blocks.insert(0, Paragraph(marks, place=self.place(element)))
        return ListItem(tuple(blocks), label)

    def _table(self, element: _Element) -> Table:
        caption: tuple[Inline, ...] = ()
        rows: list[tuple[Cell, ...]] = []
        for child in element:
            if local(child) == "caption":
                caption = self._lines.line(child)
            elif not is_filler(child):
                rows.append(tuple(self._cell(each) for each in child if not is_filler(each)))
        said = own(element, "header-rows")
        if said is not None and said.isascii() and said.isdigit():
            head = int(said)
        else:
            head = 0
            while head < len(rows) and rows[head] and all(cell.header for cell in rows[head]):
                head += 1
        return Table(tuple(rows), head, caption, self.place(element))

    def _cell(self, element: _Element) -> Cell:
        return Cell(
            tuple(self.within(element)),
            local(element) == "th",
            _count(element.get("colspan")),
            _count(element.get("rowspan")),
        )

    def footnote(self, element: _Element) -> NoteRef:
        """Read a footnote into the notes of the part; its mark."""
        notes = self._notes
        at = len(notes.found)
        notes.found.append(None)
        ident = own(element, "id") or element.get("eId") or f"note_{len(self._ids) + 1}"
        if not self._exact:
            while ident in self._ids:
                ident += "_"
        self._ids.add(ident)
        order = own(element, "at")
        if order is not None and order.isascii() and order.isdigit():
            notes.order.append(int(order))
        mark = element.get("marker", "")
        said = own(element, "mark")
        notes.found[at] = Footnote(
            ident,
            mark if said is None else said,
            tuple(self.within(element)),
            language_of(element),
            self.place(element),
        )
        return NoteRef(ident, mark, self.place(element))


def is_filler(element: _Element) -> bool:
    """Whether an element stands there only because the schema asks for one."""
    return (
        own(element, "none") is not None
        and not text_of(element).strip()
        and next(element.iter("{*}img", "{*}authorialNote"), None) is None
    )


def _is_loose(element: _Element) -> bool:
    """Whether text stands in an element that should only hold others."""
    if (element.text or "").strip():
        return True
    return any((child.tail or "").strip() or local(child) in INLINES for child in element)


def _is_table(element: _Element) -> bool:
    """Whether all of a table can be read as one."""
    rows = [child for child in element if local(child) != "caption"]
    return not any(map(_is_loose, [element, *rows])) and all(
        local(row) == "tr" and all(local(cell) in ("td", "th") for cell in row) for row in rows
    )


def _in_preamble(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "preamble"


def _holds_blocks(element: _Element) -> bool:
    return any(local(child) in STRUCTURE for child in element)


def _joined(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """Content without the blanks between two fields of a line that is nothing but fields."""
    whole = tuple(content)
    fields = tuple(
        each for each in whole if not (isinstance(each, Text) and not each.text.strip())
    )
    if len(fields) < len(whole) and lift(fields)[1]:
        return fields
    return whole


def _count(said: str | None) -> int:
    """How many columns or rows a cell spans."""
    return int(said) if said and _SPAN.fullmatch(said) else 1
