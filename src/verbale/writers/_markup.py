"""Inlines as the light markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.model.document import Break, Image, Mark, NoteRef, Span, Text
from verbale.model.walk import parts
from verbale.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.model.document import Block, Document, Footnote, Inline

_RAISED = frozenset({Mark.SUPERSCRIPT})
# What Markdown would take for raw HTML, a link or a footnote's label.
_LOOKS_LIKE = re.compile(r"<(?=[a-zA-Z/!])|\[(?=\^|[^\[\]\n]*\]\()")
_LINK = re.compile(r"(?:https?://|mailto:)[^()\s\\]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speller:
    """Spells inlines. ``awaiting`` is the word put before text that awaits translation.

    In Markdown links and numbered footnotes have a form of their own. ``careful`` keeps
    asterisks of the text from being taken for footnote marks.
    """

    awaiting: str = ""
    markdown: bool = False
    careful: bool = False

    def spell(self, content: Iterable[Inline]) -> str:
        """The inlines of one paragraph."""
        return markup.print_runs(self._runs(content), careful=self.careful)

    def note_mark(self, mark: str) -> str:
        """A footnote mark at the head of its note."""
        if self.markdown:
            return f"[^{mark}]:" if _is_label(mark) else f"\\{mark}"
        return markup.print_runs(self._anchor(mark))

    def _runs(self, content: Iterable[Inline]) -> Iterator[markup.Run]:
        for inline in content:
            match inline:
                case Text(text=text, marks=marks):
                    if self.markdown:
                        text = _LOOKS_LIKE.sub(r"\\\g<0>", text)
                    yield markup.Run(text, marks)
                case Break():
                    yield markup.Run("\n")
                case NoteRef(mark=mark):
                    yield from self._anchor(mark)
                case Image(alt=alt):
                    # A picture cannot stand in plain text: what it shows is said instead.
                    yield markup.Run(f"[{alt}]" if alt else "")
                case Span(content=inner):
                    if inline.awaiting and self.awaiting:
                        yield markup.Run(f"[{self.awaiting}] ")
                    is_link = self.markdown and _LINK.match(inline.link) is not None
                    if is_link:
                        yield markup.Run("[", raw=True)
                    yield from self._runs(inner)
                    if is_link:
                        yield markup.Run(f"]({inline.link})", raw=True)

    def _anchor(self, mark: str) -> Iterator[markup.Run]:
        """A footnote mark at its anchor: signs as they are, figures and letters raised."""
        if not _is_label(mark):
            yield markup.Run(mark, raw=True)
        elif self.markdown:
            yield markup.Run(f"[^{mark}]", raw=True)
        else:
            yield markup.Run(mark, _RAISED)


def speller_for(document: Document, awaiting: str, *, markdown: bool = False) -> Speller:
    """The speller of a document: careful where notes stand elsewhere than they were read."""
    notes = [note for part in parts(document) for note in part.footnotes]
    careful = any(note.place.start is None or note.place.part for note in notes)
    return Speller(awaiting, markdown, careful)


def stood_before(note: Footnote, block: Block) -> bool:
    """Whether the note was read from the same text, before the block."""
    here, there = block.place, note.place
    return (
        here.start is not None
        and there.start is not None
        and here.file == there.file
        and not here.part
        and there.start < here.start
    )


def _is_label(mark: str) -> bool:
    return any(char.isalnum() for char in mark)
