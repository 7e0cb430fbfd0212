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
from verbale.model.masthead import AgendaStatus, Column, SessionKind

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
    for organ in _organs(values, book):
        yield "organ", write(f"body.{organ}")
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
    for number, column in enumerate(_columns(values)):
        # Each column of a joint masthead begins with its body, a principal organ's too.
        if column.body and (values.columns or column.body != values.organ):
            yield "body", write(f"body.{column.body}")
        own_writer = _Writer(book, lang, column.body)
        if column.session:
            yield from _session(column.session, own_writer)
        if column.items:
            note = _note(number)
            yield "agenda-item", own_writer(_agenda_key(column), note, items=column.items)
            yield from _agenda_titles(column, values.language, lang, book)


def _columns(values: Masthead) -> tuple[Column, ...]:
    """What the masthead says of each body, the first one's first."""
    first = Column(values.body or "", values.session, values.items, values.agenda)
    return (first, *values.columns)


def _organs(values: Masthead, book: Phrasebook) -> dict[str, None]:
    """The organs in order, each once: two bodies of a joint document may be of one."""
    known = book.institution.bodies
    further = (known[each.body].organ for each in values.columns)
    return dict.fromkeys(organ for organ in (values.organ, *further) if organ)


def _note(number: int) -> NoteRef:
    """The note on the agenda of column *number*, from 0: ``*``, ``**``."""
    return NoteRef(f"agenda{number + 1 if number else ''}", "*" * (number + 1))


class _Writer:
    """Writes phrases of one language for one body as inlines, each with a capital."""

    def __init__(self, book: Phrasebook, lang: str, body: str | None) -> None:
        self._book = book
        self._lang = lang
        self._body = body

    def __call__(
        self,
        key: str,
        note: NoteRef | None = None,
        **values: Any,  # noqa: ANN401 - slots' values
    ) -> tuple[Inline, ...]:
        facts: Mapping[str, Any] = {**values, "fn": note is not None}
        text = self._book.write(key, self._lang, facts, body=self._body).text
        return phrase(rules(self._lang).typeset(capital(text)), note=note)


def _session(session: Session, write: _Writer) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    if session.year is not None and session.number is None:
        yield "session", write("session.year", year=session.year)
    elif session.number is not None:
        key = "council-year" if session.kind is SessionKind.COUNCIL_YEAR else session.kind
        yield "session", write(f"session.{key}", ordinal=session.number)
    if session.start and session.end:
        yield "session-dates", write("session.dates", range=(session.start, session.end))


def _agenda_key(values: Column) -> str:
    many = len(values.items)
    plural = "items" if many > 1 else "item"
    if values.agenda is AgendaStatus.ADOPTED:
        return f"agenda.{plural}.many" if many > _TWO else f"agenda.{plural}"
    return f"agenda.{plural}.{values.agenda}"


def _agenda_titles(
    values: Column, own: Language | None, lang: str, book: Phrasebook
) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    agenda = book.institution.agenda(values.body) or {}
    for item in values.items:
        cell = agenda.get(str(item), {}).get(lang)
        if cell is not None:
            book.printed[cell.key, lang] = cell
            yield "agenda-title", phrase(cell.text)
        elif item.title and own == Language(lang):
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
    notes = tuple(_agenda_notes(values, book))
    return Part(PartKind.MASTHEAD, tuple(lines), Language(lang), notes)


def _agenda_notes(values: Masthead, book: Phrasebook) -> Iterator[Footnote]:
    """Where each agenda stands that is not adopted yet."""
    for number, column in enumerate(_columns(values)):
        known = book.institution.bodies.get(column.body)
        if not column.items or column.agenda is AgendaStatus.ADOPTED or known is None:
            continue
        if known.agenda_symbol:
            note = _note(number)
            text = (Paragraph((Text(f"{known.agenda_symbol}."),)),)
            yield Footnote(note.note, note.mark, text)
