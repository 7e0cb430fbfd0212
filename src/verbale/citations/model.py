"""What a citation is: what was seen in the text, and what it was found to mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is cited. The values are those of ``verbale cite``."""

    SYMBOL = "symbol"
    RESOLUTION = "resolution"
    DECISION = "decision"
    STATEMENT = "statement"
    REPORT = "report"
    MEETING = "meeting"
    TREATY = "treaty"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """The place in what is cited.

    ``kind`` is paragraph, article, annex, chapter, section or part; ``number`` is as printed
    (``6``, ``2 (a)``, ``II``), empty where the text gives none ("annex").
    """

    kind: str
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A body that the words around name: how (``how``) and which (``body``).

    ``how`` is ``adjacent`` (beside noun or number), ``listed`` (earlier in the list), ``own``
    ("its"), ``near`` (in the same sentence), ``paragraph`` (full name of "the Council").
    """

    body: str
    how: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What a family saw in the text; what it means is decided afterwards.

    ``symbol`` is given where the text prints it whole. Else ``form`` is a form of
    ``numbering.tsv``, ``number`` the number without letters (``70/1``, ``S-10/2``, ``822``),
    ``letter`` its letters, ``session`` a Roman session (``XV``, ``S-IV``) and ``year`` the year
    in brackets. ``dated`` is the year of a date beside it, 0 where there is none. ``named``
    is the evidence for a body. ``key`` names a treaty or a thing inside the document.
    """

    start: int
    end: int
    kind: Kind
    symbol: str = ""
    form: str = ""
    number: str = ""
    letter: str = ""
    session: str = ""
    year: int = 0
    dated: int = 0
    named: tuple[Named, ...] = ()
    pinpoints: tuple[Pinpoint, ...] = ()
    joint: str = ""
    key: str = ""

    def at(self, start: int, end: int, pinpoints: tuple[Pinpoint, ...]) -> Mention:
        """The same mention with other bounds and places.

        Written out: `dataclasses.replace` takes five times as long, for each citation.
        """
        return Mention(
            start,
            end,
            self.kind,
            self.symbol,
            self.form,
            self.number,
            self.letter,
            self.session,
            self.year,
            self.dated,
            self.named,
            pinpoints,
            self.joint,
            self.key,
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A symbol that may be meant, with its weight and the reasons for it."""

    symbol: str
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention and what it means; offsets count in the text as given.

    ``symbol`` is canonical, ``None`` where nothing says which document is meant or where it has
    no symbol (a treaty). ``confidence`` runs from 0 to 1. ``reason`` says in a word why:
    ``printed``, ``named``, ``date``, ``list``, ``own``, ``near``, ``number``, ``date-differs``
    and ``year-differs`` (number and date do not fit), ``ambiguous``, ``unknown``.
    """

    start: int
    end: int
    text: str
    kind: Kind
    symbol: str | None
    candidates: tuple[Candidate, ...]
    confidence: float
    reason: str
    mention: Mention

    @property
    def pinpoints(self) -> tuple[Pinpoint, ...]:
        """The places in what is cited."""
        return self.mention.pinpoints
