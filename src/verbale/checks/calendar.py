"""Dates in a text are days that there are, and fall on the day of the week they are said to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.languages import rules
from verbale.model.finding import Finding, Severity
from verbale.text.folding import fold
from verbale.text.tables import table_rows

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

_CALENDAR = "The calendar"
_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# Days that a month may not have; any other number before a month's name is no day at all.
_LAST_DAYS = ("29", "30", "31")
_NEAR = 12
_YEAR = len("2020")


def impossible(case: Case) -> Iterator[Finding]:
    """A date names a day that its month has."""
    for stretch in case.stretches:
        lang = stretch.part.language.code
        text = fold(stretch.text)
        if lang not in _LANGUAGES or not any(day in text.text for day in _LAST_DAYS):
            continue
        for match in _days(lang).finditer(text.text):
            # The same words with the second of the month are a date: only the day is wrong.
            day = match["day"]
            start, end = match.start("day"), match.end("day")
            first = f"{text.text[:start]}2{text.text[end:]}"
            if _reads(lang, text.text, match.start()) or not _reads(lang, first, match.start()):
                continue
            stop = _end(lang, first, match.start()) + len(day) - 1
            at = text.origin(match.start(), stop)
            yield Finding(
                "date-impossible",
                Severity.WARNS,
                case.spot(stretch, *at),
                {"date": stretch.text[at[0] : at[1]]},
            )


def weekday(case: Case) -> Iterator[Finding]:
    """A day of the week beside a date is the one that the calendar has."""
    for stretch in case.stretches:
        lang = stretch.part.language.code
        names = _weekdays().get(lang)
        if not names:
            continue
        text = fold(stretch.text)
        for name, start, end, day in _with_weekday(text.text, lang):
            true = names[day.weekday()]
            if fold(true).text.casefold() != name.casefold():
                at = text.origin(start, end)
                yield Finding(
                    "weekday-differs",
                    Severity.WARNS,
                    case.spot(stretch, *at),
                    {"date": stretch.text[at[0] : at[1]], "expected": true},
                )


def _with_weekday(text: str, lang: str) -> Iterator[tuple[str, int, int, datetime.date]]:
    """Days of the week beside a date: the name, the bounds of both, and the date."""
    for match in _names(lang).finditer(text):
        if lang == "zh":  # the date comes first
            start = max(text.rfind("年", 0, match.start()) - _YEAR, 0)
            for day, end in rules(lang).read_date(text, start):
                if text[end : match.start()].strip(" (") == "":
                    yield match.group(), start, match.end(), day
            continue
        at = match.end() + _joint(text[match.end() : match.end() + _NEAR])
        for day, end in rules(lang).read_date(text, at):
            yield match.group(), match.start(), end, day
            break


def _reads(lang: str, text: str, at: int) -> bool:
    return any(True for _ in rules(lang).read_date(text, at))


def _end(lang: str, text: str, at: int) -> int:
    return max(end for _, end in rules(lang).read_date(text, at))


def _joint(behind: str) -> int:
    """How many characters stand between a day of the week and its date."""
    return len(behind) - len(re.sub(r"^[\s,،]*(?:le |el |den )?", "", behind))


@cache
def _days(lang: str) -> re.Pattern[str]:
    """Where a date with a late day may begin; Chinese writes the day last."""
    if lang == "zh":
        return re.compile(r"(?<!\d)\d{4} ?年 ?\d{1,2} ?月 ?(?P<day>29|30|31) ?日")
    return re.compile(r"(?<![\d./,-])(?P<day>29|30|31)(?= )")


@cache
def _weekdays() -> dict[str, list[str]]:
    rows = table_rows(Path(__file__).with_name("weekdays.tsv"))
    return {lang: names for lang, *names in rows}


@cache
def _names(lang: str) -> re.Pattern[str]:
    names = "|".join(re.escape(fold(name).text) for name in _weekdays()[lang])
    if lang == "zh":
        return re.compile(names)
    return re.compile(rf"(?<!\w)(?:{names})(?=[\s,،\d])", re.IGNORECASE)


CHECKS = (
    Check("date-impossible", source=_CALENDAR, run=impossible),
    Check("weekday-differs", source=_CALENDAR, run=weekday),
)
