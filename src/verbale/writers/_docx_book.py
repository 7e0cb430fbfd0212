"""What the parts of one DOCX share while they are written: styles, notes, numbers, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verbale.model.language import UND, Language
from verbale.text.docx_names import MARK, note_bookmark
from verbale.writers._docx_package import Media, PartFile
from verbale.writers._docx_styles import Styles
from verbale.writers._docx_xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verbale.model.document import Footnote, NoteRef


@dataclass(slots=True)
class Book:
    """The state of one file in the making."""

    labels: Mapping[str, str]
    language: Language = UND
    styles: Styles = field(default_factory=Styles)
    media: Media = field(default_factory=Media)
    body: PartFile = field(default_factory=lambda: PartFile("document.xml"))
    notes: PartFile = field(default_factory=lambda: PartFile("footnotes.xml"))
    numbering: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    _open: dict[str, tuple[int, Footnote]] = field(default_factory=dict)
    _marks: dict[str, str | None] = field(default_factory=dict)
    _auto: int = 0
    _notes: int = 0
    _ids: int = 0

    def next_id(self) -> int:
        """A number that no bookmark or picture of the file has yet."""
        self._ids += 1
        return self._ids

    def bookmark(self, name: str) -> tuple[str, str]:
        """The start and the end of a bookmark."""
        number = self.next_id()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    # Footnotes

    def open_part(self, footnotes: Iterable[Footnote]) -> None:
        """The footnotes that marks may refer to from now on."""
        self._open = {}
        for note in footnotes:
            self._notes += 1
            self._open[note.id] = (self._notes, note)

    def may_anchor(self, refs: Iterable[NoteRef]) -> bool:
        """Whether each of these marks would be the first of its note in its part."""
        ids = [ref.note for ref in refs]
        return len(set(ids)) == len(ids) and all(
            note in self._open and note not in self._marks for note in ids
        )

    def anchor(self, ref: NoteRef) -> str | None:
        """The reference of the first mark of a note; ``None`` for any further one.

        A note whose mark is the next number is counted by the word processor, as an editor
        expects; any other keeps the mark that it has.
        """
        if not self.may_anchor([ref]):
            return None
        number, note = self._open[ref.note]
        if ref.mark == note.mark == str(self._auto + 1):
            self._auto += 1
            self._marks[ref.note] = None
            return f'<w:footnoteReference w:id="{number}"/>'
        self._marks[ref.note] = note.mark
        return (
            f'<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/>'
            f'<w:t xml:space="preserve">{escape(ref.mark)}</w:t>'
        )

    def anchored(self) -> list[tuple[int, Footnote]]:
        """The footnotes of the part whose marks were met, with their numbers."""
        return [
            (number, note) for number, note in self._open.values() if note.id in self._marks
        ]

    def loose(self) -> list[Footnote]:
        """The footnotes of the part that no mark refers to."""
        return [note for _, note in self._open.values() if note.id not in self._marks]

    def note_head(self, note: Footnote) -> str:
        """The mark that a footnote begins with, and the bookmark with its id."""
        language = note.language.code if note.language else ""
        start, end = self.bookmark(note_bookmark(note.id, language))
        style = f'<w:rPr><w:rStyle w:val="{self.styles.character(MARK)}"/></w:rPr>'
        mark = self._marks[note.id]
        inside = (
            "<w:footnoteRef/>"
            if mark is None
            else f'<w:t xml:space="preserve">{escape(mark)}</w:t>'
        )
        blank = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        return f"{start}<w:r>{style}{inside}</w:r>{end}{blank}"
