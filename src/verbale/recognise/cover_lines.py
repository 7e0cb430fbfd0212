"""One line of a cover page: which field it is, by the phrases of the institution.

What reads a line knows nothing of its neighbours; `verbale.recognise.cover` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verbale.errors import SymbolError
from verbale.languages import rules
from verbale.model.language import Language
from verbale.model.masthead import AgendaStatus, Distribution, JobNumber, Session, SessionKind
from verbale.model.symbol_reading import read_symbol
from verbale.phrasebook import Line
from verbale.text.jobs import find_job_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.phrasebook import Match, Phrasebook

#: Lines are kept with what they were read as: most mastheads of a run share most lines.
_MOST_KEPT = 8192
_LONGEST = 400
#: Roles that a set phrase ``line.ROLE.KIND`` of the tables can have, and ``title.KIND``.
PHRASE_ROLES = (
    "type", "proponent", "group", "resolution", "adoption", "title", "source", "number",
)  # fmt: skip
_SESSIONS = (
    ("session.emergency", SessionKind.EMERGENCY),
    ("session.special", SessionKind.SPECIAL),
    ("session.regular", SessionKind.REGULAR),
    ("session.year", SessionKind.REGULAR),
    ("session.council-year", SessionKind.COUNCIL_YEAR),
)
_AGENDAS = (
    ("agenda.item", AgendaStatus.ADOPTED),
    ("agenda.items", AgendaStatus.ADOPTED),
    ("agenda.items.many", AgendaStatus.ADOPTED),
    ("agenda.item.provisional", AgendaStatus.PROVISIONAL),
    ("agenda.items.provisional", AgendaStatus.PROVISIONAL),
    ("agenda.items.provisional.many", AgendaStatus.PROVISIONAL),
    ("agenda.item.preliminary", AgendaStatus.PRELIMINARY),
    ("agenda.items.preliminary", AgendaStatus.PRELIMINARY),
    ("agenda.items.preliminary.many", AgendaStatus.PRELIMINARY),
)
# One word with a slash in it that begins with an organ's capitals; a letter or bracket behind.
_LIKE_SYMBOL = re.compile(
    r"[A-Z][A-Z.]{0,9}/[A-Z0-9/().*\-\u2010\u2011]*\S*"
    r"(?: ?\([^)]*\)| [A-Z](?:-[A-Z])?)?(?: and [A-Z]/\S+)?\**\Z"
)

# A letter that scanning makes of a figure, at the end of a number: "S/1995/73O".
_DAMAGED = re.compile(r"[0-9][OIl](?:/|\Z)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line says. ``key`` is the phrase it was read with, ``values`` its slots.

    ``confidence`` is below 1 where the line was not read as it stands; ``taken`` is then what
    it was taken for.
    """

    role: str = ""
    value: Any = None
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 1.0
    taken: str = ""


UNREAD = Reading()


class LineReader:
    """Reads lines in any language of an institution; keeps what it has read."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book
        #: The set lines of each language, for damaged ones; made when the first is met.
        self.set_lines: dict[str, dict[str, tuple[str, object]]] = {}
        self._kept: dict[tuple[str, str], Reading] = {}
        self._anchors: dict[str, list[tuple[tuple[str, ...], tuple[str, str, str]]]] = {}
        prefixes = tuple((f"line.{role}.", role) for role in PHRASE_ROLES)
        self._phrases = tuple(
            (key, role, key.removeprefix(prefix).partition(".")[0])
            for prefix, role in (*prefixes, ("title.", "title"))
            for key in book.keys(prefix)
        )

    def read(self, text: str, lang: str) -> Reading:
        """The field that *text* is in *lang*; `UNREAD` when no phrase fits."""
        known = self._kept.get((lang, text))
        if known is None:
            known = self._read(text, lang)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[lang, text] = known
        return known

    def latin(self, lang: str) -> str:
        """The language of the distribution, date and language lines of a version."""
        return self.book.institution.masthead_lines_in.get(lang, lang)

    def _read(self, text: str, lang: str) -> Reading:
        if not text or len(text) > _LONGEST:
            return UNREAD
        line = Line(text)
        for readings in (
            symbol_line(line.text.strip()),
            self._job(text),
            self._upper(line, lang),
            self._lower(line, lang),
            self._set_phrases(line, lang),
        ):
            for reading in readings:
                return reading
        return UNREAD

    def _job(self, text: str) -> Iterator[Reading]:
        job = find_job_number(text)
        if job is not None and job[1] == 0 and job[2] >= len(text) - 1:
            yield Reading("job-number", JobNumber(*job[0]))

    def _upper(self, line: Line, lang: str) -> Iterator[Reading]:
        """Publisher, distribution, date, languages, organ and body."""
        book = self.book
        if book.read("publisher", lang, line):
            yield Reading("publisher", value=True, key="publisher")
        latin = self.latin(lang)
        for language in dict.fromkeys((latin, lang)):
            for category in Distribution:
                if book.read(f"distribution.{category}", language, line):
                    yield Reading("distribution", category, f"distribution.{category}")
            found = book.read("date.masthead", language, line)
            if found:
                yield _of("date", "date", found)
            found = book.read("original", language, line)
            if found:
                yield _of("original", "languages", found)
            for code, name in rules(language).language_names.items():
                if name.lower() == line.lower.strip():
                    yield Reading("language", Language(code))
        for code, body in book.institution.bodies.items():
            if book.read(f"body.{code}", lang, line):
                yield Reading("body" if body.parent else "organ", code, f"body.{code}")

    def _lower(self, line: Line, lang: str) -> Iterator[Reading]:
        """Session and agenda item."""
        for key, kind in _SESSIONS:
            found = self.book.read(key, lang, line)
            if found:
                number, year = found.value("ordinal"), found.value("year")
                yield Reading("session", Session(number, year, kind), key, _values(found))
        found = self.book.read("session.dates", lang, line)
        if found:
            yield _of("session-dates", "range", found)
        for key, status in _AGENDAS:
            found = self.book.read(key, lang, line)
            if found:
                values = {**_values(found), "status": status}
                yield Reading("agenda-item", found.value("items"), key, values)

    def _fitting(self, line: Line, lang: str) -> Iterator[tuple[str, str, str]]:
        """The set phrases of which the line has a piece: few of many."""
        if lang not in self._anchors:
            anchors = [(self.book.anchors(phrase[0], lang), phrase) for phrase in self._phrases]
            self._anchors[lang] = [(pieces, phrase) for pieces, phrase in anchors if pieces]
        lower = line.lower
        for pieces, phrase in self._anchors[lang]:
            for piece in pieces:
                if piece in lower:
                    yield phrase
                    break

    def _set_phrases(self, line: Line, lang: str) -> Iterator[Reading]:
        for key, role, kind in self._fitting(line, lang):
            found = self.book.read(key, lang, line)
            if found:
                yield Reading(role, kind, key, _values(found))


def _of(role: str, slot: str, found: Match) -> Reading:
    return Reading(role, found.value(slot), found.key, _values(found))


def _values(found: Match) -> dict[str, Any]:
    return {bound.name: bound.value for bound in found.bound if bound.name != "fn"}


def symbol_line(text: str) -> Iterator[Reading]:
    """A line that is a symbol or a joint one, in any spelling that needs no guess."""
    if _LIKE_SYMBOL.match(text) and not _DAMAGED.search(text):
        try:
            found = read_symbol(text)
        except SymbolError:
            return
        hard = set(found.repairs) - {"blanks", "hyphens", "invisible"}
        yield Reading(
            "symbol",
            found.symbols,
            confidence=0.9 if hard else 1.0,
            taken=found.text if hard else "",
        )
