"""What a check is, what it is given, and how checks are run."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from verbale.citations.resolve import find_citations
from verbale.model.communication import Kind
from verbale.model.document import Heading, Paragraph, Part, PartKind
from verbale.model.finding import NOWHERE, Finding, Place, Severity
from verbale.model.located import LineEnds, Located
from verbale.model.walk import blocks, nested, parts
from verbale.phrasebook import reading_book

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from verbale.citations.model import Citation
    from verbale.institutions.model import Institution
    from verbale.model.document import Document, Footnote
    from verbale.model.recognition import Recognition
    from verbale.phrasebook import Phrasebook

_SENT = frozenset({Kind.NOTE_VERBALE, Kind.LETTER, Kind.IDENTICAL_LETTERS})
_MESSAGES = frozenset({PartKind.NOTE, PartKind.LETTER})
_STARRED = re.compile(r"^\s*\*+\s*\S", re.MULTILINE)
_DIGIT = re.compile(r"[0-9\u0660-\u0669]")
_GRAVITY = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.NOTES: 2}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph or heading and its text. ``note`` is the footnote it is in, if in one."""

    part: Part
    block: Paragraph | Heading
    located: Located
    note: Footnote | None = None

    @property
    def text(self) -> str:
        """Its text, as printed but for footnote marks."""
        return self.located.text


@dataclass(frozen=True)  # no slots: what many checks look at is made once and kept
class Case:
    """What a check looks at.

    ``findings`` are those of the reader and of recognition. ``today`` is the civil date at the
    duty station, the day of submission of a raw communication; ``None`` where the day does not
    matter. ``circulating`` says that a number will be given if nothing blocks. ``source`` is
    the text as given, for lines and columns; empty for formats that are not text.
    """

    recognition: Recognition
    institution: Institution
    findings: tuple[Finding, ...] = ()
    today: datetime.date | None = None
    circulating: bool = False
    source: str = ""

    @cached_property
    def book(self) -> Phrasebook:
        """The institution's set phrases, for reading."""
        return reading_book(self.institution)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every paragraph and heading in reading order, footnotes behind their part."""
        return tuple(_stretches(self.recognition.document))

    @cached_property
    def citations(self) -> tuple[tuple[Stretch, int, Citation], ...]:
        """What each part but the masthead cites: the paragraph, the offset in it, and what."""
        masthead = self.recognition.masthead
        own = str(masthead.symbols[0]) if masthead and masthead.symbols else ""
        rows: dict[int, list[Stretch]] = {}
        for each in self.stretches:
            if each.part.kind is not PartKind.MASTHEAD and _DIGIT.search(each.text):
                rows.setdefault(id(each.part), []).append(each)
        return tuple(found for row in rows.values() for found in _cited(row, own))

    @cached_property
    def _ends(self) -> LineEnds | None:
        return LineEnds(self.source) if self.source else None

    def name_of(self, key: str) -> str:
        """How the document's language names what *key* stands for, else its code.

        *key* is one of the tables: ``AZ.short``, ``addressee.SG``.
        """
        lang = self.recognition.document.language.code
        for table in (self.institution.phrases, self.institution.states):
            cells = table.get(key, {}).get(lang, ())
            if cells:
                return cells[-1].text if table is self.institution.states else cells[0].text
        return key.removeprefix("addressee.").removesuffix(".short")

    def spot(self, stretch: Stretch, start: int, end: int) -> Place:
        """The place of the characters of a stretch between two offsets in its text."""
        return stretch.located.place(start, end, self._ends)

    @property
    def is_sent(self) -> bool:
        """Whether it is a letter or a note, which somebody sends and asks to circulate."""
        return self.recognition.communication.kind in _SENT or self.message is not None

    @property
    def kind(self) -> str:
        """The kind that limits are set for: ``communication``, ``report`` or ``other``."""
        if self.is_sent:
            return "communication"
        report = self.recognition.communication.kind is Kind.REPORT
        return "report" if report else "other"

    @property
    def message(self) -> Part | None:
        """The letter or note itself, without its annexes."""
        return next((p for p in parts(self.recognition.document) if p.kind in _MESSAGES), None)

    @property
    def head(self) -> Part | None:
        """The masthead as a part."""
        every = parts(self.recognition.document)
        return next((p for p in every if p.kind is PartKind.MASTHEAD), None)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Codes of the bodies a document of which it is, or is asked to be; each once."""
        asked = [each.body for each in self.recognition.communication.requests if each.body]
        masthead = self.recognition.masthead
        if not asked and masthead is not None and masthead.body:
            asked = [masthead.body]
        return tuple(dict.fromkeys(asked))

    @property
    def submitted(self) -> datetime.date | None:
        """The day of submission: as the masthead prints it, else today."""
        masthead = self.recognition.masthead
        return masthead.date if masthead is not None else self.today

    def place(self, *paths: str, near: Part | None = None) -> Place:
        """The place of the first of *paths* that has one, else where *near* begins."""
        for path in paths:
            found = self.recognition.places.get(path)
            if found is not None:
                return found
        return beginning(near) if near is not None else NOWHERE


class Run(Protocol):
    """Looks at a case and yields what it finds; changes nothing, reads nothing else."""

    def __call__(self, case: Case, /) -> Iterable[Finding]:
        """Yield what is wrong, nothing where all is well."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. ``source`` says whose rule it is, in the words of the table of codes."""

    code: str
    source: str
    run: Run


def _stretches(document: Document) -> Iterator[Stretch]:
    for part in parts(document):
        for block in nested(part.blocks):
            if isinstance(block, Paragraph | Heading):
                yield Stretch(part, block, Located.of(block.content, block.place))
        for note in part.footnotes:
            for block in nested(note.blocks):
                if isinstance(block, Paragraph | Heading):
                    yield Stretch(part, block, Located.of(block.content, block.place), note)


def _cited(row: Sequence[Stretch], own: str) -> Iterator[tuple[Stretch, int, Citation]]:
    """Citations in paragraphs of one part, read together: one names the body for the next."""
    starts = list(accumulate((len(each.text) + 2 for each in row[:-1]), initial=0))
    text = "\n\n".join(each.text for each in row)
    for citation in find_citations(text, row[0].part.language.code, symbol=own):
        at = bisect_right(starts, citation.start) - 1
        yield row[at], citation.start - starts[at], citation


def explains_asterisk(case: Case) -> bool:
    """Whether an asterisk has a note, be it only a line at the foot of the page."""
    noted = any("*" in note.mark for note in case.recognition.notes)
    return noted or any(_STARRED.search(each.text) for each in case.stretches)


def beginning(part: Part) -> Place:
    """Where a part begins: the place of its first block that has one."""
    return next((b.place for b in blocks(part) if b.place != NOWHERE), NOWHERE)


def run_checks(case: Case, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Run *checks*; the findings come in the order of `in_order`, whatever the order of checks.

    What the reader has said already, with the same code and values, is not said again.
    """
    said = [(each.code, dict(each.values)) for each in case.findings]
    return in_order(
        finding
        for check in checks
        for finding in check.run(case)
        if (finding.code, dict(finding.values)) not in said
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, the gravest first, then by place, then by code."""
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[int, tuple[str, str, int, int, int, int], str, str]:
    place = finding.place
    values = "\n".join(f"{slot}={value}" for slot, value in sorted(finding.values.items()))
    return _GRAVITY[finding.severity], (
        place.file,
        place.part,
        place.page or 0,
        place.paragraph or 0,
        place.line or 0,
        place.start or place.column or 0,
    ), finding.code, values  # fmt: skip


def annexes(case: Case) -> tuple[Part, ...]:
    """The annexes, in reading order."""
    every = parts(case.recognition.document)
    return tuple(part for part in every if part.kind is PartKind.ANNEX)
