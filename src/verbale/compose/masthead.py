"""The masthead in one language, from its normalised values.

Lines and their order are those of the cover pages of the institution; in Arabic, Chinese and
Russian the distribution, date and language lines stay in English (``masthead_lines_in``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.compose.phrases import capital, phrase
from verbale.languages import rules
from verbale.model.document import Footnote, NoteRef, Paragraph, Part, PartKind, Text
from verbale.model.language import Language
from verbale.model.masthead import AgendaStatus, SessionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.model.document import Inline
    from verbale.model.masthead import Masthead, Session
    from verbale.phrasebook import Phrasebook

_TWO = 2


def masthead_lines(
    values: Masthead, lang: str, book: Phrasebook
) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    """Each line with its role, in order, the title left out.

    A value that is not there gives no line; an item's title that no agenda has is left out.
    """
    latin = book.institution.masthead_lines_in.get(lang, lang)
    write = _Writer(book, lang, values.body)
    yield "publisher", write("publisher")
    if values.symbols:
        yield "symbol", phrase("-".join(str(symbol) for symbol in values.symbols))
    if values.organ:
        yield "organ", write(f"body.{values.organ}")
    other = _Writer(book, latin, values.body)
    if values.distribution:
        yield "distribution", other(f"distribution.{values.distribution}")
    if values.date:
        yield "date", other("date.masthead", date=values.date)
    if values.original:
        own = Language(lang)
        if own not in values.original:
            yield "language", phrase(capital(rules(latin).language_names[lang]))
        yield "original", other("original", languages=values.original)
    if values.body and values.body != values.organ:
        yield "body", write(f"body.{values.body}")
    if values.session:
        yield from _session(values.session, write)
    if values.items:
        yield "agenda-item", write(_agenda_key(values), items=values.items, fn=True)
        yield from _agenda_titles(values, lang, book)


class _Writer:
    """Writes phrases of one language for one body as inlines, each with a capital."""

    def __init__(self, book: Phrasebook, lang: str, body: str | None) -> None:
        self._book = book
        self._lang = lang
        self._body = body

    def __call__(self, key: str, **values: Any) -> tuple[Inline, ...]:  # noqa: ANN401 - slots' values
        fn = values.pop("fn", False)
        facts: Mapping[str, Any] = {**values, "fn": fn}
        text = self._book.write(key, self._lang, facts, body=self._body).text
        note = NoteRef("agenda", "*") if fn else None
        return phrase(rules(self._lang).typeset(capital(text)), note=note)


def _session(session: Session, write: _Writer) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    if session.year is not None and session.number is None:
        yield "session", write("session.year", year=session.year)
    elif session.number is not None:
        key = "council-year" if session.kind is SessionKind.COUNCIL_YEAR else session.kind
        yield "session", write(f"session.{key}", ordinal=session.number)
    if session.start and session.end:
        yield "session-dates", write("session.dates", range=(session.start, session.end))


def _agenda_key(values: Masthead) -> str:
    many = len(values.items)
    plural = "items" if many > 1 else "item"
    if values.agenda is AgendaStatus.ADOPTED:
        return f"agenda.{plural}.many" if many > _TWO else f"agenda.{plural}"
    return f"agenda.{plural}.{values.agenda}"


def _agenda_titles(
    values: Masthead, lang: str, book: Phrasebook
) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    agenda = book.institution.agenda(values.body or "") or {}
    for item in values.items:
        cell = agenda.get(str(item), {}).get(lang)
        if cell is not None:
            book.printed[cell.key, lang] = cell
            yield "agenda-title", phrase(cell.text)
        elif item.title and values.language == Language(lang):
            yield "agenda-title", phrase(item.title)


def masthead_part(
    values: Masthead, lang: str, book: Phrasebook, *, title: tuple[Inline, ...]
) -> Part:
    """The masthead and the title as a part of the tree."""
    lines = [
        Paragraph(content, role=role)
        for role, content in masthead_lines(values, lang, book)
        if content
    ]
    if title:
        lines.append(Paragraph(title, role="title"))
    known = book.institution.bodies.get(values.body or "")
    notes: tuple[Footnote, ...] = ()
    if values.items and values.agenda is not AgendaStatus.ADOPTED and known:
        symbol = known.agenda_symbol
        notes = (
            (Footnote("agenda", "*", (Paragraph((Text(f"{symbol}."),)),)),) if symbol else ()
        )
    return Part(PartKind.MASTHEAD, tuple(lines), Language(lang), notes)
