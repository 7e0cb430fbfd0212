"""Dates beside citations, against the date that the cited text itself prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale import languages
from verbale.citations.flat import flatten, lower
from verbale.citations.model import Citation, Kind
from verbale.languages.identify import identify

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping, Sequence

    from verbale.citations.quotations import Held

_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
_HEAD = 1500
_TITLE = 200
_BEFORE = 110
_BEHIND = 60
# The act is dated where a date and one of these stand before the number: "on 6 April 1993 the
# Council adopted resolution 822".
_ACT = re.compile(r"adopt|pass|adoptó|aprob|принял|приня|утверд|通过|اتخذ|اعتمد", re.IGNORECASE)
# "The report of the Secretary-General pursuant to resolution N of D": D may be the report's.
_REPORT = re.compile(
    r"\b(?:report|letter|note|statement|message|rapport|lettre|lettres|informe|carta|nota"
    r"|доклад|письм|записк)\w*|报告|信|照会|تقرير|رساله|مذكره"
)
_JOINED = re.compile(
    r"[\s,(]*(?:of|dated|on|adopted on|adopted|du|en date du|le|adoptée le|de|del|de fecha"
    r"|aprobada el|от|المؤرخ|المؤرخة)?[\s,]*"
)
_DIGITS = re.compile(r"[0-9]{1,4}")
_MAY_BEGIN = re.compile(r"[0-9]|(?<![^\W_])[^\W\d_]{3,9} [0-9]")
_SENTENCE = re.compile(r"[.;。；]\s")
_HEADING = re.compile(r"\n\s*\n.{0,60}(?:,\s*\n|\.\s*\n)\s*\n")
_DATED = (Kind.RESOLUTION, Kind.DECISION, Kind.STATEMENT)
_OTHER_DATE = 45


@dataclass(frozen=True, slots=True)
class WrongDate:
    """A date given for what is cited that is not the date it prints.

    ``source`` is the line of the held text that gives the true date.
    """

    start: int
    end: int
    text: str
    citation: Citation
    given: datetime.date
    true: datetime.date
    held: Held
    source: str


def wrong_dates(
    text: str, citations: Sequence[Citation], held: Mapping[str, Held], lang: str = ""
) -> Iterator[WrongDate]:
    """The dates in *text* beside citations that differ from those of the texts held."""
    last = 0
    for citation in citations:
        source = held.get(citation.symbol or "")
        # Where number and year do not fit, it is not sure which document is meant.
        sure = citation.reason != "year-differs"
        if source is not None and sure and citation.kind in _DATED:
            true = date_of(source.source.text)
            given = date_beside(text, citation, last, lang)
            if true is not None and given is not None and given[2] != true[0]:
                start, end, day = given
                yield WrongDate(
                    start, end, text[start:end], citation, day, true[0], source, true[1]
                )
        last = citation.end


def date_of(text: str) -> tuple[datetime.date, str] | None:
    """The date of adoption that a held text prints in its heading, and the words that say so.

    The first date of the heading: below the title, before the body begins.
    """
    head = text[:_HEAD]
    stop = _HEADING.search(head, _TITLE)
    flat = flatten(head[: stop.end()] if stop else head)
    lang = identify(text[:4000]).code
    for start, end, day in _dates(flat.text, 0, len(flat.text), lang):
        line = head.rfind("\n\n", 0, flat.origin(start))
        words = head[line + 1 if line >= 0 else 0 : flat.origin_end(end)]
        return day, " ".join(words.split())[-200:]
    return None


def date_beside(
    text: str, citation: Citation, last: int = 0, lang: str = ""
) -> tuple[int, int, datetime.date] | None:
    """The date that the text gives for *citation*, with its bounds; ``None`` for none.

    *last* is the end of the citation before it.
    """
    its = lang or identify(text[max(0, citation.start - 400) : citation.end + 400]).code
    if _REPORT.search(lower(text[max(last, citation.start - _BEFORE) : citation.start])):
        return None
    behind = flatten(text[citation.end : citation.end + _BEHIND + 40], citation.end)
    joined = _JOINED.match(behind.text)
    if joined is not None:
        for start, end, day in _dates(behind.text, joined.end(), joined.end() + 1, its):
            return behind.origin(start), behind.origin_end(end), day
    low = max(0, last, citation.start - _BEFORE)
    before = flatten(text[low : citation.start], low)
    found = list(_dates(before.text, 0, len(before.text), its))
    if not found or _SENTENCE.search(before.text, found[-1][1]):
        return None
    start, end, day = found[-1]
    between = before.text[end:]
    if _ACT.search(between) or (
        its == "zh" and len(between) <= _OTHER_DATE and "第" in between
    ):
        return before.origin(start), before.origin_end(end), day
    return None


def _dates(
    text: str, low: int, high: int, lang: str
) -> Iterator[tuple[int, int, datetime.date]]:
    """Dates that begin between *low* and *high*, in the language's forms or in English ones."""
    codes = [code for code in dict.fromkeys((lang, "en")) if code in _LANGUAGES]
    at = low
    while at < high:
        spot = _MAY_BEGIN.search(text, at)
        if spot is None or spot.start() >= high:
            return
        best = None
        for code in codes:
            for day, end in languages.rules(code).read_date(text, spot.start()):
                best = (spot.start(), end, day)
                break
            if best:
                break
        if best:
            yield best
            at = best[1]
        else:
            run = _DIGITS.match(text, spot.start())
            at = run.end() if run else spot.start() + 1
