"""Names of bodies, sessions, States and items in a reader's language, from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.institutions.model import Review
from verbale.languages import rules
from verbale.messages import language_name
from verbale.text import markup
from verbale_portal.words import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from verbale.institutions import Institution
    from verbale.institutions.model import Cell


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called in *lang*; a code stands for what the tables do not name."""

    institution: Institution
    lang: str

    @property
    def publisher(self) -> str:
        """The institution's name."""
        return self._phrase("publisher") or self.institution.name

    def body(self, code: str) -> str:
        """The name of a body."""
        return self._phrase(f"body.{code}") or code

    def distribution(self, category: str) -> str:
        """``Distr.: General``."""
        return self._phrase(f"distribution.{category}") or category

    def state(self, code: str) -> str:
        """The short name of a State."""
        cells = self.institution.states.get(f"{code}.short", {})
        return _printed(cells.get(self.lang, ())) or code

    def session(self, code: str) -> str:
        """``Session 12``."""
        return say("list.session", self.lang, session=code)

    def item(self, code: str) -> str:
        """``Item 4``."""
        return say("list.item", self.lang, item=code)

    def language(self, code: str) -> str:
        """A language's name in the reader's language."""
        return language_name(code, self.lang)

    def date(self, day: datetime.date) -> str:
        """A date as running text has it."""
        return _flat(rules(self.lang).date(day))

    def span(self, first: datetime.date, last: datetime.date) -> str:
        """A span of days."""
        return _flat(rules(self.lang).date_range(first, last))

    def item_title(self, body: str, item: str) -> str:
        """The title of an agenda item from the institution's tables; empty if unknown."""
        titles: Mapping[str, Mapping[str, Cell]] = self.institution.agenda(body) or {}
        cell = titles.get(item, {}).get(self.lang)
        return _flat(cell.text) if cell else ""

    def _phrase(self, key: str) -> str:
        return _printed(self.institution.phrases.get(key, {}).get(self.lang, ()))


def _printed(cells: Sequence[Cell]) -> str:
    """The newest wording that is printed."""
    texts = [cell.text for cell in cells if cell.review is not Review.READ]
    return _flat(texts[-1]) if texts else ""


def _flat(text: str) -> str:
    """A phrase of the tables without the marks of its letters."""
    return "".join(run.text for run in markup.parse(text))


def own_name(code: str) -> str:
    """A language's name in itself: ``Español``."""
    return rules(code).own_name
