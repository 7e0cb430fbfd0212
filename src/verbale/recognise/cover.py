"""The lines of a cover page to its values: in which language, which line says what.

The language is that in which most lines can be read. Lines that a layout set apart are read as
one ("Distr." over "GENERAL"), a line that holds two fields as two; what no phrase fits is an
agenda title behind an agenda line, a title at the end, a damaged line, or unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from verbale.model.cover import ORDER, Cover, Page, SetPhrase
from verbale.model.masthead import AgendaItem, AgendaStatus, Session, SessionKind
from verbale.phrasebook.cover_order import usual_order
from verbale.recognise.cover_lines import PHRASE_ROLES, UNREAD, LineReader, Reading
from verbale.recognise.damage import mend
from verbale.text.folding import squeeze
from verbale.text.scripts import script_counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.model.symbol import Symbol
    from verbale.phrasebook import Phrasebook

_SCRIPTS = {"Arabic": ("ar",), "Han": ("zh",), "Cyrillic": ("ru",), "Latin": ("en", "fr", "es")}
#: A masthead is no longer, and a gap of as many unread lines ends it.
_MOST_LINES = 40
_GAP = 4
#: Damaged lines are looked for among so many.
_HEAD = 14
_SHORT = 45
#: So many characters tell the script.
_SAMPLE = 400
_MOST_WORDS = 14
_LONGEST_TITLE = 300
#: Roles that a layout prints over two lines, or beside another on one.
_SPLIT = frozenset({"publisher", "distribution", "original", "organ", "body"})
_ALONE = frozenset({"publisher", "symbol", "distribution", "date", "original", "language"})
#: Lines that Arabic, Chinese and Russian pages have in English.
_LATIN = frozenset({"distribution", "date", "original"})
_ORGAN_LETTERS = re.compile(r" [A-Z]{1,3}$")
#: What an agenda title may be taken for: a committee's name, the report of one.
_LIKE_TITLES = frozenset({"title", "proponent"})
# Behind these roles the agenda title has ended.
_AFTER_TITLE = frozenset(PHRASE_ROLES)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line, or what of it is one field, with what it says; ``at`` is the line's index."""

    at: int
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class CoverReading:
    """A cover page as read: its language, its lines in order, its values."""

    language: str
    lines: tuple[CoverLine, ...]
    cover: Cover

    def of(self, role: str) -> Iterator[CoverLine]:
        """The lines of a role."""
        return (line for line in self.lines if line.reading.role == role)


class CoverReader:
    """Reads cover pages with the phrases of one institution."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book
        self.reader = LineReader(book)

    def read(self, lines: Sequence[str], lang: str | None = None) -> CoverReading:
        """Read the lines of a cover page; *lang* is found when it is not given."""
        texts = [text.strip() for text in lines[:_MOST_LINES]]
        lang = lang or self._language(texts)
        found = self._pieces(texts, lang)
        found = _named(self._mended(found, lang))
        cover = _cover(found)
        page = self._page(found, cover, lang)
        if page:
            cover = replace(cover, pages={lang: page})
        return CoverReading(lang, tuple(found), cover)

    def _language(self, texts: Sequence[str]) -> str:
        counts = script_counts("\n".join(texts[:16])[:_SAMPLE])
        known = self.book.institution.languages
        script = next((s for s in ("Arabic", "Han", "Cyrillic") if counts[s] > _GAP), "Latin")
        candidates = [code for code in known if code in _SCRIPTS[script]] or list(known)
        if len(candidates) == 1:
            return candidates[0]
        scores = {
            code: sum(1 for text in texts[:16] if self.reader.read(text, code).role)
            for code in candidates
        }
        return max(candidates, key=lambda code: scores[code])

    def _pieces(self, texts: Sequence[str], lang: str) -> list[CoverLine]:
        """The lines read one by one, put together or taken apart where that makes a field."""
        read = self.reader.read
        found: list[CoverLine] = []
        at = 0
        while at < len(texts):
            text = texts[at]
            reading = read(text, lang)
            following = texts[at + 1] if at + 1 < len(texts) else ""
            if not reading.role and text:
                joined = self._joined(text, following, lang)
                if joined is not None:
                    found.append(CoverLine(at, joined[0], joined[1]))
                    at += 2
                    continue
                bare = read(_ORGAN_LETTERS.sub("", text), lang)
                halves = (
                    [(text, bare)] if bare.role == "publisher" else self._halves(text, lang)
                )
                if halves:
                    found += (CoverLine(at, half, each) for half, each in halves)
                    at += 1
                    continue
            if text:
                found.append(CoverLine(at, text, reading))
            at += 1
        return found

    def _joined(self, text: str, following: str, lang: str) -> tuple[str, Reading] | None:
        """Two short lines that are one: "Distr." over "GENERAL", "UNITED" over "NATIONS S"."""
        if not following or len(text) > _SHORT or len(following) > _SHORT:
            return None
        if self.reader.read(following, lang).role:
            return None
        whole = f"{text} {following}"
        for joined in (whole, _ORGAN_LETTERS.sub("", whole)):
            reading = self.reader.read(joined, lang)
            if reading.role in _SPLIT:
                return joined, reading
        return None

    def _halves(self, text: str, lang: str) -> list[tuple[str, Reading]]:
        """One line that holds two fields side by side: an organ and the distribution."""
        words = text.split(" ")
        if not 1 < len(words) <= _MOST_WORDS:
            return []
        for cut in range(1, len(words)):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            one = self.reader.read(left, lang)
            if not one.role:
                continue
            two = self.reader.read(right, lang)
            if two.role and (one.role in _SPLIT or one.role == two.role == "session"):
                return [(left, one), (right, two)]
        return []

    def _mended(self, found: list[CoverLine], lang: str) -> list[CoverLine]:
        """The same lines, damaged ones of the head read as what they are most likely."""
        have = _roles(found)
        out: list[CoverLine] = []
        skip = False
        for index, line in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else line
            if skip:
                skip = False
            elif line.reading.role or index >= _HEAD or "agenda-item" in _roles(out):
                out.append(line)
            else:
                whole = f"{line.text} {following.text}" if not following.reading.role else ""
                text, mended = self._mend((line.text, whole), lang, have)
                have.add(mended.role)
                out.append(CoverLine(line.at, text, mended) if mended.role else line)
                skip = bool(mended.role) and text == whole
        return out

    def _mend(self, texts: tuple[str, ...], lang: str, have: set[str]) -> tuple[str, Reading]:
        """The first of *texts* that is likely a line the page does not have yet."""
        for text in texts:
            mended = mend(text, lang, self.reader)
            if mended.role and mended.role not in have:
                return text, mended
        return texts[0], UNREAD

    def _page(self, found: Sequence[CoverLine], cover: Cover, lang: str) -> Page:
        """What of the page is not as this language's usual page would be."""
        texts: dict[str, tuple[str, ...]] = {}
        wordings: dict[str, int] = {}
        for line in found:
            reading = line.reading
            if reading.role in ("agenda-title", "job-number"):
                texts[reading.role] = (*texts.get(reading.role, ()), line.text)
            elif reading.role in _AFTER_TITLE and not reading.key:
                texts[reading.role] = (line.text,)
            elif reading.key and reading.confidence == 1:
                number = self._wording(line, cover, lang)
                if number:
                    wordings[reading.role] = number
        if _same_lines(texts.get("agenda-title", ()), self._titles(cover, lang)):
            del texts["agenda-title"]
        order = tuple(
            dict.fromkeys(each.reading.role for each in found if each.reading.role in ORDER)
        )
        if order == tuple(
            r for r in usual_order(cover, lang, self.book) if r in order or r == "language"
        ):
            order = ()
        return Page(order, wordings, texts)

    def _wording(self, line: CoverLine, cover: Cover, lang: str) -> int:
        """The number of the wording that gives the line as it stands; 0 is the usual one."""
        key = line.reading.key.partition("@")[0]
        if line.reading.role in _LATIN:
            lang = self.reader.latin(lang)
        cells = self.book.wordings(key, lang, cover.owner)
        if len(cells) < 2:  # noqa: PLR2004 - one wording needs no number
            return 0
        here = spelling(line.text)
        for number in range(len(cells)):
            try:
                text = self.book.write(
                    key, lang, line.reading.values, body=cover.owner, wording=number
                ).text
            except KeyError:
                continue
            if spelling(text) == here:
                return number
        return 0

    def _titles(self, cover: Cover, lang: str) -> tuple[str, ...]:
        agenda = self.book.institution.agenda(cover.owner or "") or {}
        cells = [agenda.get(str(item), {}).get(lang) for item in cover.items]
        return tuple(cell.text for cell in cells if cell)


def spelling(text: str) -> str:
    """A line for comparing to the letter: the kind of white space alone does not matter."""
    return squeeze(text.replace("\u200f", "").replace("\u200e", ""))


def _same_lines(lines: Sequence[str], others: Sequence[str]) -> bool:
    return (
        bool(lines)
        and len(lines) == len(others)
        and all(spelling(one) == spelling(two) for one, two in zip(lines, others, strict=True))
    )


def _roles(found: Sequence[CoverLine]) -> set[str]:
    return {line.reading.role for line in found}


def _end(found: Sequence[CoverLine]) -> int:
    """How many of the lines belong to the masthead: a gap of unread lines ends it."""
    end, gap = 0, 0
    for index, line in enumerate(found):
        if line.reading.role:
            end, gap = index + 1, 0
            continue
        gap += 1
        if gap > _GAP and end:
            break
    return end


def _named(found: list[CoverLine]) -> list[CoverLine]:
    """The masthead's lines, named where their neighbours explain them; the rest is cut off."""
    end = _end(found)
    item = next(
        (i for i, line in enumerate(found[:end]) if line.reading.role == "agenda-item"), None
    )
    out = list(found[:end])
    if item is not None:
        stop = item + 1
        while stop < len(found) and _untitled(found, item, stop):
            stop += 1
        if stop >= len(found) or found[stop].reading.role not in _AFTER_TITLE:
            stop = _title_end(found, item, stop)
        for index in range(item + 1, stop):
            named = replace(found[index], reading=Reading("agenda-title"))
            if index < len(out):
                out[index] = named
            else:
                out.append(named)
    if len(out) < len(found) and _bracketed(found[len(out)]):
        out.append(found[len(out)])
    for index, line in enumerate(out):
        if _bracketed(line):
            out[index] = replace(line, reading=Reading("source"))
    follower = len(out)
    have = _roles(out)
    has_title = bool(have & {"title", "resolution", "group"})
    if not has_title and 0 < follower < len(found) and have >= _STRONG:
        line = found[follower]
        if len(line.text) <= _LONGEST_TITLE and not line.text.endswith((".", "。", ";")):
            out.append(replace(line, reading=Reading("title")))
    return out


#: A page without these has no masthead, and what follows no title.
_STRONG = frozenset({"symbol", "date"})


def _bracketed(line: CoverLine) -> bool:
    """Whether a line that no phrase fits is in brackets, as only the line of the source is."""
    return not line.reading.role and line.text.startswith("[") and line.text.endswith("]")


def _untitled(found: Sequence[CoverLine], item: int, at: int) -> bool:
    """Whether a line is no field of its own: unread, or a title that the real one follows.

    "Report of the Economic and Social Council" is the title of a report, and of an item.
    """
    role = found[at].reading.role
    later = (line.reading.role for line in found[at + 1 : at + 3])
    return not role or (at == item + 1 and role in _LIKE_TITLES and "title" in later)


def _title_end(found: Sequence[CoverLine], item: int, stop: int) -> int:
    """Where an agenda title ends that nothing known follows: a line an item, or capitals."""
    items = found[item].reading.value or ()
    end = min(item + 1 + max(1, len(items)), stop)
    while end < stop and found[end].text.isupper() and found[end - 1].text.isupper():
        end += 1
    return end


def _cover(found: Sequence[CoverLine]) -> Cover:
    first: dict[str, Reading] = {}
    organs: list[str] = []
    symbols: list[Symbol] = []
    sessions: list[Session] = []
    for line in found:
        reading = line.reading
        first.setdefault(reading.role, reading)
        if reading.role == "organ" and reading.value not in organs:
            organs.append(reading.value)
        elif reading.role == "symbol":
            symbols += (each for each in reading.value if each not in symbols)
        elif reading.role == "session" and reading.value.kind not in (s.kind for s in sessions):
            sessions.append(reading.value)

    def value(role: str, default: Any = None) -> Any:  # noqa: ANN401 - any field
        return first.get(role, UNREAD).value if role in first else default

    dates = value("session-dates")
    if dates and sessions:
        sessions[0] = replace(sessions[0], start=dates[0], end=dates[1])
    elif dates:
        sessions.append(Session(kind=SessionKind.REGULAR, start=dates[0], end=dates[1]))
    items: tuple[AgendaItem, ...] = value("agenda-item", ())
    status = first["agenda-item"].values.get("status") if "agenda-item" in first else None
    return Cover(
        publisher="publisher" in first,
        symbols=tuple(symbols),
        organs=tuple(organs),
        body=value("body"),
        distribution=value("distribution"),
        date=value("date"),
        original=value("original", ()),
        sessions=tuple(sessions),
        items=items,
        agenda=status or AgendaStatus.ADOPTED,
        phrases=tuple(
            SetPhrase(role, first[role].value, first[role].values)
            for role in PHRASE_ROLES
            if role in first and first[role].key
        ),
    )
