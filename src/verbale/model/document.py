"""The document tree: Document > Part > Block > Inline. A language belongs to a part.

Text is kept byte for byte as it was read. Two trees are equal when they say the same;
where a node stood in its source (``place``) does not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from verbale.model.finding import NOWHERE, Place
from verbale.model.language import UND, Direction, Language


class Mark(StrEnum):
    """What is done to the letters of a run. The values are the names used in every format."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    SMALL_CAPS = "small-caps"


@dataclass(frozen=True, slots=True)
class Text:
    """A run of letters under the same marks."""

    text: str
    marks: frozenset[Mark] = frozenset()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that belongs to the text."""

    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A footnote's mark at its anchor. ``note`` is the id of a `Footnote` of the same part."""

    note: str
    mark: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. ``data`` are its bytes as received; ``alt`` is what it shows, in words."""

    data: bytes
    media_type: str
    alt: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Inlines that share a language other than their paragraph's, a link, or a state.

    ``awaiting`` is set on text that stays in the language of submission until translated.
    ``role`` names what the span is (a field of the masthead, a word of the trade), else empty.
    """

    content: tuple[Inline, ...]
    language: Language | None = None
    link: str = ""
    awaiting: bool = False
    role: str = ""
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def direction(self) -> Direction | None:
        """Its language's direction, ``None`` where it has the paragraph's."""
        return self.language.direction if self.language else None


Inline: TypeAlias = "Text | Break | NoteRef | Image | Span"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or one line of a masthead.

    ``role`` says what it is: a masthead line (``organ``, ``session``, …), ``title``,
    ``signature``, ``closing``; empty for plain text. ``style`` keeps a format's own style name.
    """

    content: tuple[Inline, ...]
    role: str = ""
    language: Language | None = None
    number: str = ""
    style: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` counts from 1."""

    level: int
    content: tuple[Inline, ...]
    role: str = ""
    language: Language | None = None
    number: str = ""
    style: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; ``label`` is its number or bullet as printed, empty for a plain bullet."""

    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list. Labels are text and belong to what was received."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set off from the text."""

    blocks: tuple[Block, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    blocks: tuple[Block, ...]
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first ``header_rows`` rows repeat on each page."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    caption: tuple[Inline, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""

    place: Place = field(default=NOWHERE, compare=False)


Block: TypeAlias = "Paragraph | Heading | List | Quote | Table | Rule"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: ``id`` is unique in the document, ``mark`` is what is printed."""

    id: str
    mark: str
    blocks: tuple[Block, ...]
    language: Language | None = None
    place: Place = field(default=NOWHERE, compare=False)


class PartKind(StrEnum):
    """What a part of a document is."""

    MASTHEAD = "masthead"
    NOTE = "note"
    LETTER = "letter"
    BODY = "body"
    ANNEX = "annex"
    ENCLOSURE = "enclosure"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its own language. ``number`` is the annex's number, 0 for a single annex.

    ``as_received`` parts are reproduced to the letter, heading included, in every version.
    """

    kind: PartKind
    blocks: tuple[Block, ...]
    language: Language = UND
    footnotes: tuple[Footnote, ...] = ()
    parts: tuple[Part, ...] = ()
    number: int = 0
    as_received: bool = False

    @property
    def direction(self) -> Direction:
        """Its language's direction."""
        return self.language.direction


class Stamp(StrEnum):
    """A word that must stand on every page and at the head of every format."""

    SPECIMEN = "specimen"
    REPRODUCTION = "reproduction"


@dataclass(frozen=True, slots=True)
class Document:
    """One language version as a tree. ``language`` is ``und`` before recognition.

    ``stamps``, and ``stamp_text``, their words in the version's language, say what it is not.
    ``properties`` are what a format's own metadata says: name and value, in a fixed order.
    """

    parts: tuple[Part, ...]
    language: Language = UND
    stamps: tuple[Stamp, ...] = ()
    stamp_text: str = ""
    symbol: str = ""
    title: str = ""
    properties: tuple[tuple[str, str], ...] = ()
