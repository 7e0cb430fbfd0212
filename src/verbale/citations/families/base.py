"""What a family of citations is, and the page that it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from verbale.citations.flat import Flat, lower

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.citations.model import Mention


@dataclass(slots=True)
class Page:
    """A piece of text being read, from left to right.

    ``text`` is plain (see `verbale.citations.flat`) and ``low`` the same in small letters, with
    the same offsets. ``done`` is the offset up to which everything is accounted for,
    ``used`` that up to which words belong to the citation before them. Mentions found so far
    stand in ``found``, with offsets into ``text``. ``root`` is what the own symbol of the
    page's document begins with, empty where it is not known.
    """

    flat: Flat
    lang: str
    root: str = ""
    found: list[Mention] = field(default_factory=list)
    done: int = 0
    used: int = 0
    _low: str | None = None

    @property
    def text(self) -> str:
        """The plain text."""
        return self.flat.text

    @property
    def low(self) -> str:
        """The plain text in small letters; made when first asked for."""
        if self._low is None:
            self._low = lower(self.flat.text)
        return self._low


class AtDigits(Protocol):
    """Reads what stands around a run of digits."""

    def __call__(self, page: Page, at: int) -> Iterable[Mention]:
        """What the digits at *at* belong to, or nothing when it is none of this family's."""


class Throughout(Protocol):
    """Finds what is a family's anywhere on a page."""

    def __call__(self, page: Page) -> Iterable[Mention]:
        """Everything of this family on *page*."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of citations.

    ``at_digits`` is asked at every run of digits that no family before it has taken, in the
    order of ``order``; ``throughout`` once a page. What they give has offsets into the page.
    """

    name: str
    order: int
    at_digits: AtDigits | None = None
    throughout: Throughout | None = None
