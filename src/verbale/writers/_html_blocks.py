"""Parts and blocks as HTML elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.model.document import (
    Heading,
    List,
    NoteRef,
    Paragraph,
    PartKind,
    Quote,
    Rule,
    Table,
)
from verbale.model.language import UND
from verbale.model.walk import plain
from verbale.writers._html_inlines import attributes, escape, inline_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from verbale.model.document import Block, Cell, Document, Footnote, Inline, Part
    from verbale.model.language import Language

__all__ = ["Page", "attributes", "escape"]

_ELEMENT = {
    PartKind.MASTHEAD: "header",
    PartKind.NOTE: "article",
    PartKind.LETTER: "article",
    PartKind.BODY: "article",
}
_LOWEST = 6
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


class Page:
    """One page in the making: it gives out ids and knows which heading is the first.

    With *prefix* every id begins so, for a page that shows two documents.
    """

    def __init__(self, document: Document, labels: Mapping[str, str], prefix: str = "") -> None:
        self._document = document
        self._prefix = prefix
        self._labels = labels
        self._awaiting = ""
        if labels.get("awaiting"):
            given = attributes(
                ("class", "label"), *_language(document.language), ("data-aid", "")
            )
            self._awaiting = f"<span{given}>[{escape(labels['awaiting'])}] </span>"
        self._ids: set[str] = {"text"}
        self._notes: dict[str, str] = {}
        self._anchors: dict[str, int] = {}
        self._titled = False
        self._direction = document.language.direction

    def name_notes(self, parts: Iterable[Part]) -> None:
        """Give each footnote its id before anything points to it."""
        for part in parts:
            for note in part.footnotes:
                self._notes.setdefault(note.id, f"{self._prefix}note-{len(self._notes) + 1}")

    def document(self) -> Iterator[str]:
        """The elements of the parts. A page without a title line gets one for the ear alone."""
        if not self._has_title():
            self._titled = True
            title = self._document.title or self._document.symbol
            if title:
                yield f'<h1 class="aside" data-aid="">{escape(title)}</h1>'
        for part in self._document.parts:
            yield from self._part(part)

    def pieces(self, part: Part) -> Iterator[tuple[Block | Footnote, str]]:
        """Each block of a part, then each of its notes, as an element of its own."""
        self._titled, self._direction = True, part.direction
        for block in part.blocks:
            yield block, "".join(self._blocks((block,)))
        for note in part.footnotes:
            yield note, f"<ol>{''.join(self._footnote(note))}</ol>"

    def _has_title(self) -> bool:
        return any(
            isinstance(block, (Paragraph, Heading)) and block.role == "title"
            for part in self._document.parts
            for block in part.blocks
        )

    def _part(self, part: Part) -> Iterator[str]:
        name = _ELEMENT.get(part.kind, "section")
        identity = part.kind.value + (f"-{part.number}" if part.number else "")
        yield (
            f"<{name}"
            + attributes(
                ("id", self._fresh(self._prefix + identity)),
                ("class", part.kind.value),
                *_language(part.language),
                ("data-kind", part.kind.value),
                ("data-number", str(part.number) if part.number else None),
                ("data-as-received", "" if part.as_received else None),
            )
            + ">"
        )
        self._direction = part.direction
        yield from self._blocks(part.blocks)
        if part.footnotes:
            role = ("role", self._labels.get("role.notes"))
            label = attributes(role, ("aria-label", self._labels["notes"]))
            yield f'<aside class="footnotes"{label}>'
            yield "<ol>"
            for note in part.footnotes:
                yield from self._footnote(note)
            yield "</ol>"
            yield "</aside>"
        for inner in part.parts:
            yield from self._part(inner)
        yield f"</{name}>"

    def _fresh(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self._ids:
            count += 1
            name = f"{wanted}.{count}"
        self._ids.add(name)
        return name

    def _footnote(self, note: Footnote) -> Iterator[str]:
        name = self._notes[note.id]
        yield (
            "<li"
            + attributes(
                ("id", self._fresh(name)),
                *_language(note.language),
                ("data-note", note.id),
                ("data-mark", note.mark),
            )
            + ">"
        )
        back = f'href="#{name}-ref"' if self._anchors.get(note.id) else ""
        yield f'<a class="mark" {back} data-aid="">{escape(note.mark)}</a>'.replace("  ", " ")
        yield '<div class="content">'
        yield from self._blocks(note.blocks)
        yield "</div>"
        yield "</li>"

    def _blocks(self, these: Iterable[Block]) -> Iterator[str]:
        for block in these:
            match block:
                case Paragraph() | Heading():
                    yield self._line(block)
                case List():
                    yield from self._list(block)
                case Quote(blocks=inner):
                    yield "<blockquote>"
                    yield from self._blocks(inner)
                    yield "</blockquote>"
                case Table():
                    yield from self._table(block)
                case Rule():
                    yield "<hr/>"

    def _line(self, block: Paragraph | Heading) -> str:
        name, level = "p", None
        if isinstance(block, Heading):
            name = f"h{min(max(block.level, 1) + 1, _LOWEST)}"
            level = str(block.level)
        if block.role == "title" and not self._titled:
            self._titled = True
            name = "h1"
        number = ""
        if block.number:
            number = f'<span class="number" data-aid="">{escape(block.number)}</span> '
        role = _NOT_IN_A_NAME.sub("-", block.role)
        given = attributes(
            ("class", f"role-{role}" if role else None),
            *_language(block.language),
            ("data-level", level),
            ("data-role", block.role or None),
            ("data-number", block.number or None),
            ("data-style", block.style or None),
        )
        content = number + self._inlines(block.content)
        if self._runs_against(block):
            content = f'<bdi dir="ltr">{content}</bdi>'
        return f"<{name}{given}>{content}</{name}>"

    def _runs_against(self, block: Paragraph | Heading) -> bool:
        """Whether a line of a right-to-left text has only left-to-right letters.

        The distribution and date lines of Arabic mastheads are English: without an isolate
        "6 March 2026" is shown as "March 2026 6".
        """
        direction = block.language.direction if block.language else self._direction
        if direction == "ltr":
            return False
        text = plain(block.content)
        return _RIGHT_TO_LEFT.search(text) is None and any(char.isalpha() for char in text)

    def _inlines(self, content: Iterable[Inline]) -> str:
        return inline_html(content, anchor=self._anchor, awaiting=self._awaiting)

    def _anchor(self, ref: NoteRef) -> tuple[str, str]:
        """The id of a footnote mark and of its note, empty where there is no such note."""
        note = self._notes.get(ref.note, "")
        if not note:
            return "", ""
        count = self._anchors[ref.note] = self._anchors.get(ref.note, 0) + 1
        return self._fresh(f"{note}-ref" if count == 1 else f"{note}-ref-{count}"), note

    def _list(self, block: List) -> Iterator[str]:
        name = "ol" if block.ordered else "ul"
        yield f"<{name}>"
        for item in block.items:
            if not item.label:
                yield "<li>"
                yield from self._blocks(item.blocks)
                yield "</li>"
                continue
            label = escape(item.label)
            given = attributes(("class", "labelled"), ("data-label", item.label))
            yield f'<li{given}><span class="label" data-aid="">{label}</span>'
            yield '<div class="content">'
            yield from self._blocks(item.blocks)
            yield "</div></li>"
        yield f"</{name}>"

    def _table(self, block: Table) -> Iterator[str]:
        label = attributes(("aria-label", self._labels["table"]))
        yield f'<div class="wide" role="group" tabindex="0"{label}>'
        head = min(block.header_rows, len(block.rows))
        odd = str(block.header_rows) if block.header_rows != head else None
        yield f"<table{attributes(('data-header-rows', odd))}>"
        if block.caption:
            yield f"<caption>{self._inlines(block.caption)}</caption>"
        for name, rows in (("thead", block.rows[:head]), ("tbody", block.rows[head:])):
            if rows:
                yield f"<{name}>"
                for row in rows:
                    yield "<tr>"
                    for cell in row:
                        yield from self._cell(cell, in_head=name == "thead")
                    yield "</tr>"
                yield f"</{name}>"
        yield "</table>"
        yield "</div>"

    def _cell(self, cell: Cell, *, in_head: bool) -> Iterator[str]:
        name = "th" if cell.header else "td"
        scope = ("col" if in_head else "row") if cell.header else None
        yield (
            f"<{name}"
            + attributes(
                ("scope", scope),
                ("colspan", str(cell.columns) if cell.columns != 1 else None),
                ("rowspan", str(cell.rows) if cell.rows != 1 else None),
            )
            + ">"
        )
        yield from self._blocks(cell.blocks)
        yield f"</{name}>"


def _language(language: Language | None) -> Iterator[tuple[str, str | None]]:
    """``lang`` and ``dir``; an unknown language is said to be so, its letters decide."""
    if language is not None:
        yield "lang", "" if language == UND else language.code
        yield "dir", "auto" if language == UND else language.direction
