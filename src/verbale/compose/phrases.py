"""Written phrases as inlines of the tree, and pieces of a tree by offset."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.document import Break, Mark, NoteRef, Span, Text
from verbale.phrasebook.template import FOOTNOTE
from verbale.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.model.document import Inline


def phrase(text: str, *, note: NoteRef | None = None) -> tuple[Inline, ...]:
    """The inlines of a phrase as the phrasebook wrote it; *note* goes where its mark stands."""
    out: list[Inline] = []
    for run in markup.parse(text):
        marks = frozenset(Mark(name) for name in run.marks)
        for number, piece in enumerate(run.text.split(FOOTNOTE)):
            if number and note is not None:
                out.append(note)
            if piece:
                out.append(Text(piece, marks))
    return tuple(out)


def capital(text: str) -> str:
    """The phrase with a capital first letter, as a line or a sentence begins."""
    return text[:1].upper() + text[1:]


def cut(content: Iterable[Inline], start: int, end: int) -> tuple[Inline, ...]:
    """The inlines between two offsets into their plain text; a mark follows its word."""
    out: list[Inline] = []
    at = 0
    for inline in content:
        match inline:
            case Text(text=text):
                piece = text[max(start - at, 0) : max(end - at, 0)]
                if piece:
                    out.append(replace(inline, text=piece))
                at += len(text)
            case Break():
                if start <= at < end:
                    out.append(inline)
                at += 1
            case Span(content=inner):
                piece_of = cut(inner, start - at, end - at)
                if piece_of:
                    out.append(replace(inline, content=piece_of))
                at += _length(inner)
            case _:
                if start < at <= end:
                    out.append(inline)
    return tuple(out)


def _length(content: Iterable[Inline]) -> int:
    total = 0
    for inline in content:
        match inline:
            case Text(text=text):
                total += len(text)
            case Break():
                total += 1
            case Span(content=inner):
                total += _length(inner)
            case _:
                pass
    return total
