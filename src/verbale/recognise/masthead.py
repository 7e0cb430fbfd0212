"""Masthead lines to fields: which line says what, in which language.

The language is that in which most lines can be read. A line is tried as each field it could be;
what no phrase fits is an agenda title after an agenda line, a title at the end, or unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from verbale.errors import SymbolError
from verbale.languages import rules
from verbale.model.document import Stamp
from verbale.model.language import Language
from verbale.model.masthead import (
    AgendaItem,
    AgendaStatus,
    Column,
    Distribution,
    JobNumber,
    Masthead,
    Session,
    SessionKind,
)
from verbale.model.symbol import parse_symbols
from verbale.phrasebook import Line, Match, Phrasebook
from verbale.text.folding import squeeze
from verbale.text.jobs import find_job_number
from verbale.text.scripts import script_counts

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from verbale.model.located import Located

#: Lines of one or two of these do not make a masthead: a letter has a date and a body too.
_STRONG = frozenset(
    {"distribution", "original", "session", "agenda-item", "symbol", "publisher"}
)
_ENOUGH = 3
_SCRIPTS = {"Arabic": ("ar",), "Han": ("zh",), "Cyrillic": ("ru",), "Latin": ("en", "fr", "es")}
_AGENDA_KEYS = (
    ("agenda.item", AgendaStatus.ADOPTED),
    ("agenda.items", AgendaStatus.ADOPTED),
    ("agenda.items.many", AgendaStatus.ADOPTED),
    ("agenda.item.provisional", AgendaStatus.PROVISIONAL),
    ("agenda.items.provisional", AgendaStatus.PROVISIONAL),
    ("agenda.item.preliminary", AgendaStatus.PRELIMINARY),
    ("agenda.items.preliminary", AgendaStatus.PRELIMINARY),
)
_SESSION_KEYS = (
    ("session.emergency", SessionKind.EMERGENCY),
    ("session.special", SessionKind.SPECIAL),
    ("session.regular", SessionKind.REGULAR),
    ("session.year", SessionKind.REGULAR),
    ("session.council-year", SessionKind.COUNCIL_YEAR),
)


# One word with a slash in it that begins with an organ's capitals: a symbol, or meant as one.
_LIKE_SYMBOL = re.compile(
    r"[A-Z][A-Z0-9]{0,6}/[A-Z0-9/().*\-\u2010\u2011]*\S*"
    r"(?: \([^)]*\)(?:/\S*)?)?(?: [A-Z])?\**\Z"
)


@dataclass(frozen=True, slots=True)
class LineField:
    """What one line says: its role, the value read, the bounds of the value in the line."""

    role: str
    value: Any = None
    extra: Any = None


@dataclass(slots=True)
class MastheadReading:
    """The lines of a masthead with their roles, one for each line, empty if unknown."""

    lang: str
    roles: list[LineField] = field(default_factory=list)

    def first(self, role: str) -> tuple[int, LineField] | None:
        """The first line of a role, with its index."""
        for index, each in enumerate(self.roles):
            if each.role == role:
                return index, each
        return None

    def value(self, role: str) -> Any | None:  # noqa: ANN401 - a field's value has any type
        """The value of the first line of a role."""
        found = self.first(role)
        return found[1].value if found else None


def read_masthead(lines: Sequence[Located], book: Phrasebook) -> MastheadReading | None:
    """Give each of the first lines of a document its role; ``None`` when it has no masthead.

    Stops at the first line that can be no part of a masthead: ``roles`` may be shorter than
    *lines*.
    """
    texts = [Line(line.text) for line in lines]
    best: MastheadReading | None = None
    best_score = 0
    for lang in _languages(lines, book):
        roles = [line_field(text, lang, book) for text in texts]
        score = sum(1 for role in roles if role.role)
        if score > best_score:
            best, best_score = MastheadReading(lang, roles), score
    if best is None or not _is_masthead(best.roles):
        return None
    _fill(best, lines, book)
    return best


def _languages(lines: Sequence[Located], book: Phrasebook) -> tuple[str, ...]:
    counts = script_counts("\n".join(line.text for line in lines[:12]))
    counts.pop("other")
    # Mastheads in ar, zh and ru have their Latin lines: any letters of those scripts decide.
    for script in ("Arabic", "Han", "Cyrillic"):
        if counts[script] > 3:  # noqa: PLR2004 - a stray letter is no language
            return tuple(c for c in book.institution.languages if c in _SCRIPTS[script])
    return tuple(c for c in book.institution.languages if c in _SCRIPTS["Latin"])


def _is_masthead(roles: list[LineField]) -> bool:
    region = roles[: _last(roles) + 1]
    named = {each.role for each in region if each.role}
    return len(named) >= _ENOUGH and len(named & _STRONG) >= 2  # noqa: PLR2004 - see _STRONG


def begins_masthead(line: Line, lang: str, book: Phrasebook) -> bool:
    """Whether a line is one that stands in mastheads only: the distribution or the original."""
    latin = book.institution.masthead_lines_in.get(lang, lang)
    keys = ("original", *(f"distribution.{category}" for category in Distribution))
    return any(book.read(key, latin, line) for key in keys)


def _last(roles: list[LineField]) -> int:
    """The last line that belongs to the masthead: a gap of more than three lines ends it."""
    last = -1
    for index, each in enumerate(roles):
        if each.role:
            if last >= 0 and index - last > 4:  # noqa: PLR2004 - an agenda title may be long
                break
            last = index
    return last


def line_field(line: Line, lang: str, book: Phrasebook) -> LineField:  # noqa: C901, PLR0912
    """What a single line says on its own; an empty role when no phrase fits."""
    text = line.text.strip()
    if not text or len(text) > 300:  # noqa: PLR2004 - no masthead line is as long
        return LineField("")
    for role, value in _plain_fields(text):
        return LineField(role, value)
    if book.read("publisher", lang, line):
        return LineField("publisher")
    stamps = _stamps(text, lang, book)
    if stamps:
        return LineField("stamp", stamps)
    latin = book.institution.masthead_lines_in.get(lang, lang)
    for language in dict.fromkeys((latin, lang)):
        for category in Distribution:
            if book.read(f"distribution.{category}", language, line):
                return LineField("distribution", category)
        found = book.read("original", language, line)
        if found:
            return LineField("original", found.value("languages"))
        found = book.read("date.masthead", language, line)
        if found:
            return LineField("date", found.value("date"))
        for code, name in rules(language).language_names.items():
            if name.lower() == text.lower():
                return LineField("language", Language(code))
    body = _body(line, lang, book)
    if body is not None:
        return LineField("body" if book.institution.bodies[body].parent else "organ", body)
    for key, kind in _SESSION_KEYS:
        found = book.read(key, lang, line)
        if found:
            return LineField("session", _session(key, kind, found))
    found = book.read("session.dates", lang, line)
    if found:
        return LineField("session-dates", found.value("range"))
    for key, status in _AGENDA_KEYS:
        found = book.read(key, lang, line)
        if found:
            return LineField("agenda-item", found.value("items"), status)
    return LineField("")


def _plain_fields(text: str) -> Iterator[tuple[str, Any]]:
    if _LIKE_SYMBOL.match(text):
        try:
            yield "symbol", parse_symbols(text)
        except SymbolError as error:
            yield "symbol-malformed", error
    job = find_job_number(text)
    if job is not None and job[2] - job[1] >= len(text) - 1:
        yield "job-number", JobNumber(*job[0])


def _stamps(text: str, lang: str, book: Phrasebook) -> tuple[Stamp, ...]:
    """``[Specimen · Reproduction]``: what stands at the head of the text form of a version."""
    if not (text.startswith("[") and text.endswith("]")):
        return ()
    words = text[1:-1].split(" · ")
    found = [s for word in words for s in Stamp if book.read(f"stamp.{s}", lang, word)]
    return tuple(found) if len(found) == len(words) else ()


def _body(line: Line, lang: str, book: Phrasebook) -> str | None:
    for code in book.institution.bodies:
        if book.read(f"body.{code}", lang, line):
            return code
    return None


def _session(key: str, kind: SessionKind, found: Match) -> Session:
    if key == "session.year":
        return Session(year=found.value("year"), kind=kind)
    return Session(number=found.value("ordinal"), kind=kind)


def _fill(reading: MastheadReading, lines: Sequence[Located], book: Phrasebook) -> None:
    """Cut the lines behind the masthead off and name those that their neighbours explain."""
    roles = reading.roles
    last = _last(roles)
    item = reading.first("agenda-item")
    end = last + 1
    if item is not None and item[0] == last:
        end = _agenda_title_end(item[0], lines, book, reading)
    del roles[max(end, last + 1) :]
    item_at = item[0] if item else len(roles)
    for index, each in enumerate(roles):
        if each.role:
            continue
        after_item = index > item_at and all(
            roles[k].role in ("", "agenda-title", "agenda-item") for k in range(item_at, index)
        )
        roles[index] = LineField("agenda-title" if after_item else "unknown")


def _agenda_title_end(
    item_at: int, lines: Sequence[Located], book: Phrasebook, reading: MastheadReading
) -> int:
    """The index behind the agenda title that follows the agenda line at *item_at*.

    The lines of the title are in one block, or one block each for several items; a block that
    is the document's own title or a paragraph of the note is not part of it.
    """
    start = item_at + 1
    if start >= len(lines):
        return start
    items: tuple[AgendaItem, ...] = reading.roles[item_at].value or ()
    end = start
    first = lines[start].block
    while end < len(lines) and lines[end].block == first:
        end += 1
    text = squeeze(" ".join(line.text for line in lines[start:end]))
    if is_title(text, reading.lang, book) or _is_sentence(text):
        return start
    titles = len(items)
    while titles > 1 and end < len(lines):
        text = squeeze(lines[end].text)
        if is_title(text, reading.lang, book) or _is_sentence(text):
            break
        end += 1
        titles -= 1
    return end


def is_title(text: str, lang: str, book: Phrasebook) -> bool:
    """Whether a line is the title of a communication in a set wording."""
    return any(book.read(key, lang, text) for key in book.keys("title."))


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "。")) and len(text) > 80  # noqa: PLR2004 - titles have no full stop


def to_masthead(
    reading: MastheadReading,
    *,
    title: str,
    agenda_title: str,
    job_number: JobNumber | None,
) -> Masthead:
    """The normalised values of a masthead from its lines."""
    session: Session | None = reading.value("session")
    dates: tuple[datetime.date, datetime.date] | None = reading.value("session-dates")
    if session is not None and dates is not None:
        session = Session(
            session.number, session.year, session.kind, session.resumed, dates[0], dates[1]
        )
    first, columns = _columns(reading)
    items: tuple[AgendaItem, ...] = reading.value("agenda-item") or ()
    if agenda_title and len(items) == 1:
        items = (AgendaItem(items[0].number, items[0].sub, agenda_title),)
    found = reading.first("agenda-item")
    body: str | None = first or reading.value("body")
    organ: str | None = reading.value("organ")
    own: Language | None = reading.value("language")
    return Masthead(
        organ=organ,
        body=body or organ,
        symbols=reading.value("symbol") or (),
        distribution=reading.value("distribution"),
        date=reading.value("date"),
        language=own or Language(reading.lang),
        original=reading.value("original") or (),
        session=session,
        items=items,
        agenda=found[1].extra if found else AgendaStatus.ADOPTED,
        title=title,
        job_number=job_number or reading.value("job-number"),
        columns=columns,
    )


def _columns(reading: MastheadReading) -> tuple[str, tuple[Column, ...]]:
    """The first body of a joint document, and what the masthead says of the further ones.

    Each column begins with its body; the organs at the head of the masthead begin none.
    """
    symbols = reading.value("symbol") or ()
    found: list[list[LineField]] = []
    for each in reading.roles if len(symbols) > 1 else ():
        if each.role in {"organ", "body"}:
            found.append([each])
        elif found and each.role in {"session", "session-dates", "agenda-item"}:
            found[-1].append(each)
    columns = [_column(lines[0].value, lines[1:]) for lines in found if len(lines) > 1]
    return (columns[0].body, tuple(columns[1:])) if len(columns) > 1 else ("", ())


def _column(body: str, lines: Sequence[LineField]) -> Column:
    said = {each.role: each for each in reversed(lines)}
    agenda = said.get("agenda-item")
    session: Session | None = said["session"].value if "session" in said else None
    if session is not None and "session-dates" in said:
        start, end = said["session-dates"].value
        session = replace(session, start=start, end=end)
    return Column(
        body,
        session,
        agenda.value if agenda else (),
        agenda.extra if agenda else AgendaStatus.ADOPTED,
    )
