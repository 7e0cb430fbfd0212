"""The recogniser: a document in, everything understood of it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.communication import Communication, Kind
from verbale.model.document import Document, Heading, Paragraph, Part, PartKind
from verbale.model.finding import Finding, Place, Severity
from verbale.model.language import UND, Language
from verbale.model.located import LineEnds, Located, located
from verbale.model.masthead import JobNumber
from verbale.model.recognition import AnnexFacts, NoteFacts, Recognition
from verbale.model.walk import block_text
from verbale.model.walk import parts as all_parts
from verbale.phrasebook import Line, Phrasebook
from verbale.recognise.annexes import annex_facts, is_as_received, note_facts
from verbale.recognise.masthead import (
    MastheadReading,
    begins_masthead,
    is_title,
    read_masthead,
    to_masthead,
)
from verbale.recognise.moves import Moves
from verbale.recognise.roles import with_annex_roles, with_note_roles
from verbale.recognise.splitting import (
    Flat,
    annex_parts,
    block_lines,
    find_annexes,
    language_of,
    notes_of,
    split_lines,
    spoken_in,
)
from verbale.text.folding import squeeze
from verbale.text.jobs import find_job_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.model.document import Block
    from verbale.model.masthead import Masthead

#: A masthead never has more lines than this.
_MOST_LINES = 45
_LONGEST_TITLE = 600
_LONGEST_MASTHEAD_LINE = 60
_NO_END = 1 << 30
_PATHS = {
    "symbol": "/document/symbol",
    "job-number": "/document/job_number",
    "organ": "/document/organ",
    "body": "/document/body",
    "distribution": "/document/distribution",
    "language": "/document/language",
    "original": "/document/original",
    "date": "/document/masthead_date",
    "session": "/document/session",
    "session-dates": "/document/session/start",
    "agenda-item": "/document/agenda_items",
    "agenda-title": "/document/agenda_items/0/title",
}


def recognise(document: Document, book: Phrasebook, *, text: str = "") -> Recognition:
    """Understand a document with an institution's phrases.

    *text* is the source as given, for lines and columns; empty for formats that are not text.
    What is not understood stays in the tree as it is and is said in a finding.
    """
    return _Recogniser(document, book, text).run()


class _Recogniser:
    def __init__(self, document: Document, book: Phrasebook, text: str) -> None:
        self.document = document
        self.book = book
        self.ends = LineEnds(text) if text else None
        self.flat = Flat.of(document)
        self.places: dict[str, Place] = {}
        self.findings: list[Finding] = []

    def run(self) -> Recognition:
        blocks = self.flat.blocks
        lines = block_lines(blocks, _MOST_LINES)
        reading = read_masthead([line for _, line in lines], self.book)
        head_end = lines[len(reading.roles) - 1][0] + 1 if reading else 0
        title_at = self._title_at(head_end, reading)
        note_start = title_at + 1 if title_at is not None else head_end
        headings = find_annexes(blocks, note_start, self.book, self.flat.given)
        note_end = headings[0].index if headings else len(blocks)
        note_blocks = blocks[note_start:note_end]
        language = language_of(note_blocks) if note_blocks else UND
        if language == UND and reading:
            language = Language(reading.lang)
        if language.code not in self.book.institution.languages:
            spoken = spoken_in(note_blocks, self.book.institution.languages)
        else:
            spoken = language
        language = spoken if language == UND else language
        moves = self._moves(title_at, note_blocks, reading, spoken)
        title = squeeze(block_text(blocks[title_at])) if title_at is not None else ""
        masthead = self._masthead(reading, lines, title, title_at)
        annexes = annex_parts(blocks, self.flat.footnotes, headings)
        as_received = is_as_received(notes_of(note_blocks, self.flat.footnotes), self.book)
        annexes = [
            with_annex_roles(
                replace(part, as_received=as_received or part.language != language), self.book
            )
            for part in annexes
        ]
        if reading is None:
            date = self.places.get("/communication/date")
            note_blocks = with_note_roles(note_blocks, moves.lang, date, self.book)
        parts = self._parts(reading, title_at, head_end, note_blocks, language, moves.found)
        tree = replace(
            self.document,
            parts=(*parts, *annexes),
            language=Language(reading.lang) if reading else language,
            stamps=self.document.stamps or (reading.value("stamp") if reading else None) or (),
            title=title,
        )
        facts = self._annexes(tree)
        notes = self._notes(tree)
        self._findings(reading, lines, moves.found, head_end)
        self._languages(tree)
        communication = replace(moves.found, submitted_in=None if language == UND else language)
        return Recognition(
            document=tree,
            masthead=masthead,
            communication=communication,
            annexes=facts,
            notes=notes,
            places=self.places,
            findings=tuple(self.findings),
        )

    # The head

    def _title_at(self, head_end: int, reading: MastheadReading | None) -> int | None:
        """The block that is the title: in a set wording, or the short one behind a masthead."""
        blocks = self.flat.blocks
        langs = self.book.institution.languages
        first = [reading.lang] if reading else []
        for index in range(head_end, min(head_end + 6, len(blocks))):
            text = located(blocks[index])
            if text is None or len(text.text) > _LONGEST_TITLE:
                continue
            if any(is_title(text.text, lang, self.book) for lang in (*first, *langs)):
                return index
        if reading is None or head_end >= len(blocks):
            return None
        text = located(blocks[head_end])
        if text is None or not text.text.strip():
            return None
        short = len(text.text) <= _LONGEST_TITLE
        return head_end if short and not text.text.rstrip().endswith((".", "。", ":")) else None

    def _masthead(
        self,
        reading: MastheadReading | None,
        lines: Sequence[tuple[int, Located]],
        title: str,
        title_at: int | None,
    ) -> Masthead | None:
        if reading is None:
            return None
        agenda_title: list[str] = []
        for index, role in enumerate(reading.roles):
            line = lines[index][1]
            path = _PATHS.get(role.role)
            if path and path not in self.places:
                self.places[path] = line.whole(self.ends)
            if role.role == "agenda-title":
                agenda_title.append(line.text)
        if title_at is not None:
            text = located(self.flat.blocks[title_at])
            if text is not None:
                self.places["/document/title"] = text.whole(self.ends)
        return to_masthead(
            reading,
            title=title,
            agenda_title=squeeze(" ".join(agenda_title)),
            job_number=self._job_number(),
        )

    def _job_number(self) -> JobNumber | None:
        """A job number stands at the foot: alone in its paragraph, or in a footer."""
        for name, value in self.document.properties:
            found = find_job_number(value) if name == "job-number" else None
            if found:
                return JobNumber(*found[0])
        for block in self.flat.blocks:
            text = located(block)
            if text is None or len(text.text) > 60:  # noqa: PLR2004 - with its dates and bar code
                continue
            found = find_job_number(text.text)
            if found and found[1] == 0:
                self.places["/document/job_number"] = text.whole(self.ends)
                return JobNumber(*found[0])
        return None

    # The communication

    def _moves(
        self,
        title_at: int | None,
        note: Sequence[Block],
        reading: MastheadReading | None,
        language: Language,
    ) -> Moves:
        known = self.book.institution.languages
        lang = language.code if language.code in known else (reading.lang if reading else "en")
        moves = Moves(self.book, lang)
        if title_at is not None:
            title = located(self.flat.blocks[title_at])
            if title is not None:
                moves.read_title(title)
        paragraphs = [
            text for text in map(located, note) if text is not None and text.text.strip()
        ]
        moves.read_note(paragraphs)
        if reading and reading.lang != lang and not moves.found.requests:
            moves.lang = reading.lang
            moves.read_requests(paragraphs)
            moves.lang = lang
        for path, spot in moves.spots.items():
            self.places[path] = spot.text.place(spot.start, spot.end, self.ends)
        return moves

    # The parts

    def _parts(
        self,
        reading: MastheadReading | None,
        title_at: int | None,
        head_end: int,
        note: Sequence[Block],
        language: Language,
        found: Communication,
    ) -> list[Part]:
        parts: list[Part] = []
        if reading is not None:
            parts.append(self._head_part(reading, title_at, head_end))
        elif title_at is not None:
            title = _with_role(self.flat.blocks[title_at], "title")
            parts.append(Part(PartKind.MASTHEAD, (title,), language_of((title,))))
        if note:
            kind = (
                {
                    Kind.NOTE_VERBALE: PartKind.NOTE,
                    Kind.LETTER: PartKind.LETTER,
                    Kind.IDENTICAL_LETTERS: PartKind.LETTER,
                }.get(found.kind, PartKind.BODY)
                if found.kind
                else PartKind.BODY
            )
            footnotes = notes_of(note, self.flat.footnotes)
            parts.append(Part(kind, tuple(note), language, footnotes))
        return parts

    def _head_part(self, reading: MastheadReading, title_at: int | None, head_end: int) -> Part:
        """The masthead's lines as paragraphs with their roles, marks and places kept."""
        lines = [
            (line, block)
            for block in self.flat.blocks[:head_end]
            if isinstance(block, Paragraph | Heading)
            for line in split_lines(block.content)
        ]
        paragraphs: list[Block] = []
        for (content, block), role in zip(lines, reading.roles, strict=False):
            paragraphs.append(Paragraph(content, role=role.role, place=block.place))
        if title_at is not None:
            paragraphs += self.flat.blocks[head_end:title_at]
            paragraphs.append(_with_role(self.flat.blocks[title_at], "title"))
        language = Language(reading.lang)
        footnotes = notes_of(tuple(paragraphs), self.flat.footnotes)
        return Part(PartKind.MASTHEAD, tuple(paragraphs), language, footnotes)

    def _annexes(self, tree: Document) -> tuple[AnnexFacts, ...]:
        facts = []
        # The paths are those of the answer's parts: the masthead is not one of them.
        shown = [part for part in all_parts(tree) if part.kind is not PartKind.MASTHEAD]
        for index, part in enumerate(shown):
            if part.kind is not PartKind.ANNEX:
                continue
            found, spots = annex_facts(part, self.book)
            facts.append(found)
            for name, text in spots.items():
                self.places[f"/parts/{index}/{name}"] = text.whole(self.ends)
        return tuple(facts)

    def _notes(self, tree: Document) -> tuple[NoteFacts, ...]:
        notes = [note for part in all_parts(tree) for note in note_facts(part, self.ends)]
        for index, note in enumerate(notes):
            self.places[f"/footnotes/{index}"] = note.place
        return tuple(notes)

    # What could not be understood

    def _findings(
        self,
        reading: MastheadReading | None,
        lines: Sequence[tuple[int, Located]],
        found: Communication,
        head_end: int,
    ) -> None:
        if reading is None:
            self._say("masthead-missing", Severity.NOTES, Place())
        else:
            for (_, line), role in zip(lines, reading.roles, strict=False):
                if role.role == "unknown":
                    values = {"line": squeeze(line.text)[:80]}
                    place = line.whole(self.ends)
                    self._say("masthead-line-unknown", Severity.WARNS, place, values)
                elif role.role == "symbol-malformed":
                    values = {"text": line.text}
                    at = min(role.value.start, len(line.text))
                    place = line.place(at, len(line.text), self.ends)
                    self._say("symbol-malformed", Severity.BLOCKS, place, values)
            self._second_masthead(reading, head_end)
        if found.kind is None:
            severity = Severity.BLOCKS if reading is None else Severity.WARNS
            self._say("not-a-communication", severity, Place())

    def _second_masthead(self, reading: MastheadReading, head_end: int) -> None:
        """A file with two documents: a line of a masthead in the rest, with its company."""
        lines = [line for _, line in block_lines(self.flat.blocks[head_end:], _NO_END)]
        langs = dict.fromkeys((reading.lang, *self.book.institution.languages))
        for at, line in enumerate(lines):
            if len(line.text) > _LONGEST_MASTHEAD_LINE:
                continue
            folded = Line(line.text)
            if not any(begins_masthead(folded, lang, self.book) for lang in langs):
                continue
            window = lines[max(at - 6, 0) : at + 10]
            if read_masthead(window, self.book) is not None:
                self._say("masthead-two", Severity.BLOCKS, line.whole(self.ends))
                return

    def _languages(self, tree: Document) -> None:
        for part in all_parts(tree):
            if part.kind is PartKind.MASTHEAD or part.language != UND:
                continue
            first = located(part.blocks[0]) if part.blocks else None
            place = first.whole(self.ends) if first else Place()
            heading = squeeze(first.text)[:60] if first else ""
            self._say("part-language-unknown", Severity.WARNS, place, {"part": heading})

    def _say(
        self,
        code: str,
        severity: Severity,
        place: Place,
        values: dict[str, str] | None = None,
    ) -> None:
        self.findings.append(Finding(code, severity, place, values or {}))


def _with_role(block: Block, role: str) -> Block:
    if isinstance(block, Paragraph | Heading):
        return Paragraph(block.content, role=role, language=block.language, place=block.place)
    return block
