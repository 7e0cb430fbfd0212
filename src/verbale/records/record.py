"""A public document as machines are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

#: Language codes as libraries write them. Source: MARC Code List for Languages.
MARC_LANGUAGES = {
    "ar": "ara",
    "zh": "chi",
    "en": "eng",
    "fr": "fre",
    "ru": "rus",
    "es": "spa",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file of it: ``address`` is absolute, ``size`` in bytes, ``sha256`` in hexadecimal."""

    language: str
    format: str
    address: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A body, session and agenda items it is a document of; ``items`` are number and title."""

    body: str
    body_name: str
    session: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work, told in the language *lang*.

    ``titles`` are by language, ``address`` is absolute and without a language, ``authors`` are
    the names of the sending States, ``date`` is that of the masthead. ``subjects`` are those
    an officer gave. A ``withdrawn`` work has its symbols and instants, and nothing else.
    """

    lang: str
    symbols: tuple[str, ...]
    printed: str
    address: str
    publisher: str
    changed_at: datetime.datetime
    published_at: datetime.datetime | None = None
    date: datetime.date | None = None
    titles: Mapping[str, str]
    authors: tuple[str, ...] = ()
    kind: str = ""
    distribution: str = ""
    original: str = ""
    languages: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    copies: tuple[Copy, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    subjects: tuple[str, ...] = ()
    job_numbers: Mapping[str, str]
    withdrawn: bool = False

    @property
    def symbol(self) -> str:
        """Its symbols together, without asterisks."""
        return "-".join(self.symbols)

    @property
    def title(self) -> str:
        """Its title in the record's language, else in another one, else its symbol."""
        named = (self.titles.get(each) for each in (self.lang, self.original, *self.titles))
        return next(filter(None, named), "") or self.printed

    @property
    def title_language(self) -> str:
        """The language of `title`; empty where that is the symbol."""
        order = (self.lang, self.original, *self.titles)
        return next((each for each in order if self.titles.get(each)), "")
