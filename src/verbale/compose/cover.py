"""A cover page in one language, from its normalised values: its lines from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.compose.phrases import capital
from verbale.languages import rules
from verbale.model.cover import Page
from verbale.model.masthead import AgendaStatus, SessionKind
from verbale.phrasebook.cover_order import usual_order
from verbale.phrasebook.template import FOOTNOTE
from verbale.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.institutions.model import Cell
    from verbale.model.cover import Cover
    from verbale.model.masthead import Session
    from verbale.phrasebook import Phrasebook

_TWO = 2
#: A line is data: what isolates a symbol inside Arabic is set where the page is made.
_NO_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
#: Lines that go on from another, or begin with a small letter by custom.
_AS_WRITTEN = frozenset({"adoption", "proponent"})
_MANY = ".many"
_BARE = ".bare"
_EMPTY = Page()


def cover_lines(
    cover: Cover,
    lang: str,
    book: Phrasebook,
    *,
    agenda: Mapping[str, Mapping[str, Cell]] | None = None,
) -> Iterator[tuple[str, str]]:
    """Each line with its role, in order.

    A value that is not there gives no line. An agenda title stands in *agenda*, else in the
    institution's table; one that neither has is printed only in the language it was read in.
    """
    page = cover.pages.get(lang, _EMPTY)
    writer = _Writer(cover, lang, book, page, agenda)
    for role in page.order or usual_order(cover, lang, book):
        for text in writer.lines(role):
            yield role, rules(lang).typeset(text).translate(_NO_ISOLATES)


class _Writer:
    """Writes the lines of one cover in one language, a role at a time."""

    def __init__(
        self,
        cover: Cover,
        lang: str,
        book: Phrasebook,
        page: Page,
        agenda: Mapping[str, Mapping[str, Cell]] | None,
    ) -> None:
        self._cover = cover
        self._lang = lang
        self._latin = book.institution.masthead_lines_in.get(lang, lang)
        self._book = book
        self._page = page
        self._agenda = agenda or book.institution.agenda(cover.owner or "") or {}

    def lines(self, role: str) -> Iterator[str]:
        """The lines of a role: none, one, or several."""
        free = self._page.texts.get(role)
        if free is not None:
            yield from free
            return
        make = {
            "publisher": self._publisher,
            "symbol": self._symbols,
            "organ": self._organs,
            "distribution": self._distribution,
            "date": self._date,
            "language": self._own_language,
            "original": self._original,
            "body": self._body,
            "session": self._sessions,
            "session-dates": self._session_dates,
            "agenda-item": self._items,
            "agenda-title": self._titles,
        }.get(role)
        yield from make() if make else self._set_phrase(role)

    def _write(self, key: str, role: str, lang: str, values: Mapping[str, Any]) -> str:
        wording = self._page.wordings.get(role)
        facts = {"fn": True, **values}
        text = self._book.write(key, lang, facts, body=self._cover.owner, wording=wording).text
        plain = _plain(text).replace(FOOTNOTE, "*")
        return plain if role in _AS_WRITTEN else capital(plain)

    def _publisher(self) -> Iterator[str]:
        if self._cover.publisher:
            yield self._write("publisher", "publisher", self._lang, {})

    def _symbols(self) -> Iterator[str]:
        if self._cover.symbols:
            yield "-".join(str(symbol) for symbol in self._cover.symbols)

    def _organs(self) -> Iterator[str]:
        for code in self._cover.organs:
            yield self._write(f"body.{code}", "organ", self._lang, {})

    def _distribution(self) -> Iterator[str]:
        if self._cover.distribution:
            key = f"distribution.{self._cover.distribution}"
            yield self._write(key, "distribution", self._latin, {})

    def _date(self) -> Iterator[str]:
        if self._cover.date:
            yield self._write("date.masthead", "date", self._latin, {"date": self._cover.date})

    def _own_language(self) -> Iterator[str]:
        yield capital(rules(self._latin).language_names[self._lang])

    def _original(self) -> Iterator[str]:
        if self._cover.original:
            values = {"languages": self._cover.original}
            yield self._write("original", "original", self._latin, values)

    def _body(self) -> Iterator[str]:
        if self._cover.body:
            yield self._write(f"body.{self._cover.body}", "body", self._lang, {})

    def _sessions(self) -> Iterator[str]:
        for session in self._cover.sessions:
            if session.year is not None and session.number is None:
                values: dict[str, Any] = {"year": session.year}
                yield self._write("session.year", "session", self._lang, values)
            elif session.number is not None:
                yield self._write(
                    _session_key(session), "session", self._lang, {"ordinal": session.number}
                )

    def _session_dates(self) -> Iterator[str]:
        for session in self._cover.sessions:
            if session.start and session.end:
                values = {"range": (session.start, session.end)}
                yield self._write("session.dates", "session-dates", self._lang, values)

    def _items(self) -> Iterator[str]:
        items = self._cover.items
        if items:
            yield self._write(self._item_key(), "agenda-item", self._lang, {"items": items})

    def _item_key(self) -> str:
        # Several sub-items of one item are one item: "Agenda item 72 (b) and (c)".
        many = len({item.number for item in self._cover.items})
        key = "agenda.items" if many > 1 else "agenda.item"
        if self._cover.agenda is not AgendaStatus.ADOPTED:
            key = f"{key}.{self._cover.agenda}"
        return (
            f"{key}.many" if many > _TWO and self._book.has(f"{key}.many", self._lang) else key
        )

    def _titles(self) -> Iterator[str]:
        for item in self._cover.items:
            cell = self._agenda.get(str(item), {}).get(self._lang)
            if cell is not None:
                self._book.printed[cell.key, self._lang] = cell
                yield cell.text

    def _set_phrase(self, role: str) -> Iterator[str]:
        phrase = self._cover.phrase(role)
        if phrase is None:
            return
        key = f"line.{role}.{phrase.kind}"
        if role == "title" and not self._book.has(key, self._lang, self._cover.owner):
            key = f"title.{phrase.kind}"
        paragraphs = phrase.values.get("paragraphs", ())
        if role == "source" and len(paragraphs) != 1:
            ending = _MANY if paragraphs else _BARE
            if self._book.has(key + ending, self._lang, self._cover.owner):
                key += ending
        if self._book.has(key, self._lang, self._cover.owner):
            try:
                yield self._write(key, role, self._lang, phrase.values)
            except KeyError:
                # A value that this language's tables have no word for: the line is left out.
                return


def _plain(text: str) -> str:
    """A phrase as a line of characters: ``43^{er}`` as ``43er``."""
    return "".join(run.text for run in markup.parse(text)) if "^" in text else text


def _session_key(session: Session) -> str:
    if session.kind is SessionKind.COUNCIL_YEAR:
        return "session.council-year"
    return f"session.{session.kind}"
