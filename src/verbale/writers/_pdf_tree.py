"""The document tree as the JSON that ``pdf_template.typ`` reads.

Every node is an object with ``k``, its kind. A node that changes the language carries
``voice``: ``lang``, ``dir`` and ``scale``, the size of its letters beside those around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from verbale.model.document import (
    Break,
    Footnote,
    Heading,
    Image,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from verbale.model.language import UND, Direction, Language
from verbale.model.walk import plain
from verbale.writers._pdf_grid import grid_rows
from verbale.writers._pdf_runs import (
    Spaces,
    cut,
    has_rtl_letters,
    has_signs,
    has_upright_script,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from verbale.model.document import Block, Cell, Inline, Part

Node = dict[str, Any]

_FORMATS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_LINKS = ("https://", "http://", "mailto:")
#: Amiri is drawn smaller than Noto Serif at the same size.
_SIZES: Final = {"ar": 1.2, "fa": 1.2, "ur": 1.2}
_SHORT_SPAN = 32
_PLAIN: Final = {"voice": None, "awaiting": False, "label": "", "setting": ""}
_LRI, _RLI, _PDI = "\u2066", "\u2067", "\u2069"


@dataclass(frozen=True, slots=True)
class Voice:
    """The language and direction in which something is read."""

    language: Language = UND
    direction: Direction = "ltr"

    @property
    def size(self) -> float:
        """How large its letters are set, 1 for Latin."""
        return _SIZES.get(self.language.code, 1.0)

    def node(self, outer: Voice) -> Node | None:
        """What changes inside *outer*, ``None`` if nothing does."""
        if self == outer:
            return None
        scale = round(self.size / outer.size, 4)
        return {"lang": self.language.code, "dir": self.direction, "scale": scale}


def voice_of(language: Language, text: str) -> Voice:
    """The voice of *text*; Latin letters alone run from left to right in any language."""
    letters = [char for char in text if char.isalpha()]
    rtl = language.direction == "rtl"
    if letters and rtl:
        rtl = any(map(has_rtl_letters, letters))
    elif letters and language == UND:
        rtl = has_rtl_letters(letters[0])
    return Voice(language, "rtl" if rtl else "ltr")


class TreeNodes:
    """Turns blocks into nodes; one for each document, as notes and headings are counted."""

    def __init__(self, labels: Mapping[str, str], *, pictures: bool) -> None:
        self._labels = labels
        self._pictures = pictures
        self._notes: dict[str, Footnote] = {}
        self._set: set[str] = set()
        self._level = 0
        self._awaiting = False
        self._tables = 0

    def part(self, part: Part, outer: Voice) -> Node:
        """A part with the notes that have no anchor at its end, and its inner parts."""
        voice = Voice(part.language, part.language.direction)
        self.know(part)
        nodes = [*self.blocks(part.blocks, voice), *self.loose(part, voice)]
        inner = [self.part(each, voice) for each in part.parts]
        return {
            "k": "part",
            "kind": part.kind.value,
            "voice": voice.node(outer),
            "blocks": nodes,
            "parts": inner,
        }

    def know(self, part: Part) -> None:
        """Know the notes of a part before its blocks are turned."""
        self._notes.update({note.id: note for note in part.footnotes})

    def loose(self, part: Part, voice: Voice) -> list[Node]:
        """The notes of a part that nothing refers to; called after its blocks are turned."""
        return [
            {"k": "loose", "mark": note.mark, **self._note(note, voice)}
            for note in part.footnotes
            if note.id not in self._set
        ]

    def blocks(self, blocks: Iterable[Block], voice: Voice) -> list[Node]:
        """Blocks in their order; what says nothing is left out."""
        nodes = []
        for block in blocks:
            node = self.block(block, voice)
            if node is not None:
                nodes.append(node)
        return nodes

    def block(self, block: Block, outer: Voice) -> Node | None:
        """One block, ``None`` if there is nothing in it."""
        match block:
            case Paragraph():
                return self._paragraph(block, outer)
            case Heading():
                return self._heading(block, block.level, outer)
            case List(items=items):
                labels = [item.label for item in items] if any(i.label for i in items) else None
                inner = [self.blocks(item.blocks, outer) for item in items]
                return {"k": "list", "labels": labels, "items": inner} if items else None
            case Quote(blocks=inner):
                return {"k": "quote", "blocks": self.blocks(inner, outer)}
            case Table():
                return self._table(block, outer)
            case Rule():
                return {"k": "rule"}

    def _paragraph(self, block: Paragraph, outer: Voice) -> Node | None:
        if not block.content and not block.number:
            return None
        if block.role == "title" and not self._tables and has_signs(plain(block.content)):
            return self._heading(Heading(1, block.content, "title", block.language), 1, outer)
        voice = _block_voice(block, outer)
        awaiting = _wholly_awaiting(block.content)
        first = awaiting and not self._awaiting
        self._awaiting = awaiting
        return {
            "k": "par",
            "role": block.role,
            "voice": voice.node(outer),
            "number": block.number,
            "awaiting": awaiting,
            "label": self._labels.get("awaiting", "") if first else "",
            "content": self.inlines(block.content, voice, told=awaiting),
        }

    def _heading(self, block: Heading, level: int, outer: Voice) -> Node | None:
        if self._tables or not has_signs(plain(block.content)):
            # PDF/UA-1 knows no heading without words, and a cell that breaks over pages can not
            # hold one: it is set as a paragraph in bold.
            spoken = Paragraph(block.content, "bold", block.language, block.number)
            return self._paragraph(spoken, outer)
        voice = _block_voice(block, outer)
        self._awaiting = False
        # A reader by ear steps from level to level: PDF/UA-1 lets none be skipped.
        self._level = max(1, min(level, self._level + 1))
        awaiting = _wholly_awaiting(block.content)
        return {
            "k": "heading",
            "role": block.role,
            "voice": voice.node(outer),
            "level": self._level,
            "look": level,
            "number": block.number,
            "awaiting": awaiting,
            "label": self._labels.get("awaiting", "") if awaiting else "",
            "content": self.inlines(block.content, voice, told=awaiting),
        }

    def _table(self, block: Table, outer: Voice) -> Node | None:
        rows = grid_rows(block)
        if not rows:
            return None
        head = min(block.header_rows, len(rows))
        self._tables += 1
        cells = [[self._cell(cell, outer) for cell in row] for row in rows]
        self._tables -= 1
        return {
            "k": "table",
            "columns": sum(cell.columns for cell in rows[0]),
            # The copy of a heading on a further page is an artifact: it can hold no link.
            "repeat": not self._tables and not _has_links(cells[:head]),
            "head": [cell for row in cells[:head] for cell in row],
            "body": [cell for row in cells[head:] for cell in row],
            "caption": self.inlines(block.caption, outer) if block.caption else None,
        }

    def _cell(self, cell: Cell, outer: Voice) -> Node:
        return {
            "blocks": self.blocks(cell.blocks, outer),
            "header": cell.header,
            "columns": cell.columns,
            "rows": cell.rows,
        }

    def inlines(
        self, content: Iterable[Inline], voice: Voice, *, told: bool = False
    ) -> list[Node]:
        """The inlines of one paragraph; *told* where the paragraph itself says it awaits."""
        return list(self._inlines(content, voice, Spaces(), told=told))

    def _inlines(
        self, content: Iterable[Inline], voice: Voice, spaces: Spaces, *, told: bool
    ) -> Iterator[Node]:
        for inline in content:
            match inline:
                case Text(text=text, marks=marks):
                    yield from _text(spaces.take(text), marks, voice)
                case Break():
                    spaces.line()
                    yield {"k": "break"}
                case NoteRef():
                    spaces.mark()
                    yield self._reference(inline, voice)
                case Image():
                    spaces.mark()
                    yield self._image(inline)
                case Span():
                    yield self._span(inline, voice, spaces, told=told)

    def _span(self, span: Span, outer: Voice, spaces: Spaces, *, told: bool) -> Node:
        voice = voice_of(span.language, plain((span,))) if span.language else outer
        inner = list(self._inlines(span.content, voice, spaces, told=told or span.awaiting))
        link = span.link if span.link.startswith(_LINKS) else ""
        if link and not all(map(_may_be_linked, inner)):
            inner = [_linked(node, link) for node in inner]
            link = ""
        setting = ""
        if voice.direction != outer.direction:
            if len(plain((span,))) <= _SHORT_SPAN and all(n["k"] == "text" for n in inner):
                setting = "whole"
            elif len(inner) > 1:
                # Each piece would be an isolate of its own, and they would change places.
                opening = _LRI if voice.direction == "ltr" else _RLI
                inner = [_run(opening), *inner, _run(_PDI)]
        tell = span.awaiting and not told
        return {
            "k": "span",
            "voice": voice.node(outer),
            "link": link,
            "awaiting": tell,
            "label": self._labels.get("awaiting", "") if tell else "",
            "setting": setting,
            "content": inner,
        }

    def _reference(self, reference: NoteRef, voice: Voice) -> Node:
        note = self._notes.get(reference.note)
        if note is None:
            return {"k": "mark", "mark": reference.mark}
        if note.id in self._set:
            return {"k": "again", "mark": reference.mark, "id": f"note-{note.id}"}
        self._set.add(note.id)
        return {"k": "note", "mark": reference.mark, **self._note(note, voice)}

    def _note(self, note: Footnote, outer: Voice) -> Node:
        language = note.language or outer.language
        voice = Voice(language, language.direction)
        blocks = self.blocks(note.blocks, voice)
        return {"id": f"note-{note.id}", "voice": voice.node(outer), "blocks": blocks}

    def _image(self, image: Image) -> Node:
        alt = image.alt or self._labels.get("image", image.media_type)
        form = _FORMATS.get(image.media_type)
        if form is None or not self._pictures:
            return {"k": "frame", "alt": alt}
        return {"k": "image", "data": list(image.data), "format": form, "alt": alt}


def _block_voice(block: Paragraph | Heading, outer: Voice) -> Voice:
    """Its own language, else that of all its spans, else the one around it."""
    language = block.language
    if language is None:
        said = {
            inline.language if isinstance(inline, Span) else None
            for inline in block.content
            if not (isinstance(inline, Text) and not inline.text.strip())
        }
        language = said.pop() if len(said) == 1 else None
    return voice_of(language or outer.language, plain(block.content))


def _wholly_awaiting(content: tuple[Inline, ...]) -> bool:
    said = [each for each in content if not (isinstance(each, Text) and not each.text.strip())]
    return bool(said) and all(isinstance(each, Span) and each.awaiting for each in said)


def _text(text: str, marks: frozenset[Mark], voice: Voice) -> Iterator[Node]:
    for piece, setting in cut(text, rtl=voice.direction == "rtl"):
        names = sorted(mark.value for mark in marks)
        if Mark.EMPHASIS in marks and has_upright_script(piece):
            names.append("heavy")
        yield {"k": "text", "v": piece, "m": names, "s": setting}


def _may_be_linked(node: Node) -> bool:
    """Whether a link may stand around it: it holds neither a link nor the mark of a note."""
    if node["k"] == "span":
        return not node["link"] and all(map(_may_be_linked, node["content"]))
    return node["k"] not in {"note", "again"}


def _linked(node: Node, link: str) -> Node:
    """The node with a link around it, or around what in it may be linked."""
    if _may_be_linked(node):
        return {"k": "span", **_PLAIN, "link": link, "content": [node]}
    if node["k"] == "span" and not node["link"]:
        return {**node, "content": [_linked(each, link) for each in node["content"]]}
    return node


def _run(text: str) -> Node:
    return {"k": "text", "v": text, "m": [], "s": ""}


def _has_links(nodes: object) -> bool:
    if isinstance(nodes, list):
        return any(map(_has_links, nodes))
    if isinstance(nodes, dict):
        linked = bool(nodes.get("link")) or nodes.get("k") in {"note", "again"}
        return linked or any(map(_has_links, nodes.values()))
    return False


def first_text(part: Part) -> str:
    """The first words of a part, for a document that has no title."""
    for block in part.blocks:
        if isinstance(block, Paragraph | Heading):
            text = " ".join(plain(block.content).split())
            if text:
                return text
    return ""
