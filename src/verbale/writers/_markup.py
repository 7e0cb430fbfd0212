"""Inlines as the light markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.model.document import Break, Image, Mark, NoteRef, Span, Text
from verbale.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.model.document import Inline

_RAISED = frozenset({Mark.SUPERSCRIPT})


def spell(content: Iterable[Inline], *, awaiting: str = "") -> str:
    """The inlines of one paragraph; *awaiting* is the word put before untranslated text."""
    return markup.print_runs(runs(content, awaiting=awaiting))


def runs(content: Iterable[Inline], *, awaiting: str = "") -> Iterator[markup.Run]:
    """The runs to print. A picture is there by its description, in square brackets."""
    for inline in content:
        match inline:
            case Text(text=text, marks=marks):
                yield markup.Run(text, marks)
            case Break():
                yield markup.Run("\n")
            case NoteRef(mark=mark):
                yield from anchor(mark)
            case Image(alt=alt):
                yield markup.Run(f"[{alt}]" if alt else "")
            case Span(content=inner):
                if inline.awaiting and awaiting:
                    yield markup.Run(f"[{awaiting}] ")
                yield from runs(inner, awaiting=awaiting)


def anchor(mark: str) -> Iterator[markup.Run]:
    """A footnote mark at its anchor: signs as they are, figures and letters raised."""
    if any(char.isalnum() for char in mark):
        yield markup.Run(mark, _RAISED)
    else:
        yield markup.Run(mark, raw=True)


def note_mark(mark: str) -> str:
    """A footnote mark at the head of its note."""
    return markup.print_runs(anchor(mark))
