"""What is searched, what is asked, what is found: the port and its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Mapping

#: The facets: what a search may be narrowed by, in the order of display.
FACETS = ("body", "session", "item", "state", "kind", "language", "year")
#: Fields a query may name beside the facets.
NAMED = ("symbol", "title", "versions")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of text and its language; ``und`` where that is not known."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """A work as it is indexed, once, whatever its languages.

    ``versions`` has for each language the numbers of its ``passages`` in order: an annex that
    every version reproduces is kept and counted once. ``facets`` maps a name of `FACETS`, or
    ``versions``, to its values.
    """

    receipt: int
    symbols: tuple[str, ...]
    date: datetime.date | None
    titles: Mapping[str, str]
    passages: tuple[Passage, ...]
    versions: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, tuple[str, ...]]


class Order(StrEnum):
    """How hits are ordered."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for. ``language`` is the reader's; ``facets`` narrow as the query does.

    ``page`` counts from 1, ``size`` is the hits a page. ``hidden`` are receipts never shown.
    """

    text: str = ""
    language: str = "en"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    page: int = 1
    size: int = 10
    hidden: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an extract; ``marked`` where it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A work found: the version to show first, and the others in which it was found.

    ``title`` and ``extract`` are the original letters of the version in ``language``; a title
    that was given to what has none is in ``title_language``.
    """

    receipt: int
    symbols: tuple[str, ...]
    language: str
    title: tuple[Piece, ...]
    title_language: str
    extract: tuple[Piece, ...]
    extract_language: str
    languages: tuple[str, ...]
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the query that was forgiven: a code of `Forgiven` and what it is about."""

    code: str
    about: str = ""


class Forgiven(StrEnum):
    """Why a query was not taken to the letter."""

    UNCLOSED = "unclosed-quotation"
    UNKNOWN_FIELD = "unknown-field"
    NOTHING_LEFT = "nothing-to-search"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: all works counted, the hits of one page, facets with their counts."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """How far in a register's history an index is.

    ``event`` is the number of the last event in it (0 before the first), ``record`` what that
    event says of its entry's record: another register's event of that number says another.
    ``at`` is the instant, UTC: what was to appear by itself until then has.
    """

    event: int
    record: str
    at: datetime.datetime


class Index(Protocol):
    """An index of works. Reading never waits for writing."""

    def is_there(self) -> bool:
        """Whether it can be asked; if not, everything below raises `SearchIndexError`."""
        ...

    def search(self, request: Request) -> Found:
        """Find works. No query is an error: what is not understood is forgiven, with a note."""
        ...

    def complete(self, beginning: str, *, limit: int = 10) -> tuple[str, ...]:
        """Symbols that begin so, however spelt, in order."""
        ...

    def reached(self) -> Reached | None:
        """How far it has come; ``None`` if nothing was ever put into it."""
        ...


class Writing(Protocol):
    """A change of an index: everything given in one `keep` is there after it, or nothing."""

    def keep(
        self, works: Iterable[Searchable], gone: Iterable[int], reached: Reached | None
    ) -> None:
        """Put *works* in the place of those of their receipts, take *gone* out, durably.

        The index has *reached* that far then; ``None`` while more is to come.
        """
        ...
