"""Dates and spans of days: one grammar, filled in by each language.

A date is day, month, year in the order of the language; a span leaves out the month or year
that its two ends share.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Span = tuple[datetime.date, datetime.date]

#: A year of four figures; older documents than 1800 are not dated in these forms.
YEAR = r"(?:1[89]|20)[0-9][0-9](?!\d)"


def real_day(year: int, month: int, day: int) -> datetime.date | None:
    """The day, or ``None`` where the calendar has none, as on 31 June."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def check_span(first: datetime.date, last: datetime.date) -> None:
    """Raise `ValueError` for a span that ends before it begins."""
    if last < first:
        raise ValueError(f"a span of days cannot end on {last} when it begins on {first}")


@dataclass(frozen=True, slots=True)
class DateGrammar:
    """Compiled patterns with the groups ``d1 m1 y1 d2 m2 y2`` and ``tail``.

    A date uses ``d2 m2 y2``. ``tail`` is a last word (``года``) that may be left to the phrase:
    then both ends are given. ``month`` and ``number`` turn the groups' text into numbers.
    """

    dates: tuple[re.Pattern[str], ...]
    spans: tuple[re.Pattern[str], ...]
    month: Callable[[str], int]
    number: Callable[[str], int] = int

    def read_date(self, text: str, at: int) -> Iterator[tuple[datetime.date, int]]:
        """Yield the dates that begin at *at*, longest first."""
        for pattern in self.dates:
            match = pattern.match(text, at)
            if match is None:
                continue
            group = match.groupdict()
            day = self._day(group["d2"], group["m2"], group["y2"])
            if day is not None:
                for end in _ends(match):
                    yield day, end
                return

    def read_span(self, text: str, at: int) -> Iterator[tuple[Span, int]]:
        """Yield the spans that begin at *at*, longest first."""
        for pattern in self.spans:
            match = pattern.match(text, at)
            if match is None:
                continue
            group = match.groupdict()
            month1, month2 = group["m1"] or group["m2"], group["m2"] or group["m1"]
            year1, year2 = group["y1"] or group["y2"], group["y2"] or group["y1"]
            first = self._day(group["d1"], month1, year1)
            last = self._day(group["d2"], month2, year2)
            if first is not None and last is not None and first <= last:
                for end in _ends(match):
                    yield (first, last), end
                return

    def _day(self, day: str, month: str, year: str) -> datetime.date | None:
        return real_day(self.number(year), self.month(month), self.number(day))


def _ends(match: re.Match[str]) -> Iterator[int]:
    yield match.end()
    if match["tail"]:
        yield match.start("tail")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language with the order day, month, year writes them, as parts of a pattern.

    ``day`` holds one group for the figures, ``of`` stands between day and month, ``to_year``
    between month and year, ``to`` between the ends of a span, ``opening`` before a date,
    ``span_opening`` before a span. ``same`` maps letters that count as one, ``spell`` makes the
    pattern of a month's name, ``number`` reads what ``day`` holds.
    """

    months: Mapping[str, int]
    day: str = r"(\d{1,2})"
    of: str = " "
    to_year: str = " "
    to: str = " ?- ?"
    opening: str = ""
    span_opening: str = ""
    tail: str = ""
    month_first: bool = False
    same: Mapping[int, int] | None = None
    spell: Callable[[str], str] = re.escape
    number: Callable[[str], int] = int

    def grammar(self) -> DateGrammar:
        """Compile the patterns."""
        same = dict(self.same or {})
        table = {name.lower().translate(same): value for name, value in self.months.items()}

        def month(name: str) -> int:
            key = name.lower().translate(same)
            return table[key] if key in table else table[re.sub(" ?/ ?", "/", key)]

        dates = [f"(?:{self.opening})?{self._whole(2)}{self._tail}"]
        spans = [self._span]
        if self.month_first:
            dates.append(f"{self._month(2)} {self._day(2)},? {self._year(2)}{self._tail}")
            spans.append(self._month_first_span)
        return DateGrammar(
            tuple(_compile(pattern) for pattern in dates),
            tuple(_compile(pattern) for pattern in spans),
            month,
            self.number,
        )

    def _day(self, which: int) -> str:
        return self.day.replace("(", f"(?P<d{which}>", 1)

    def _month(self, which: int) -> str:
        names = sorted(self.months, key=len, reverse=True)
        return f"(?P<m{which}>{'|'.join(self.spell(name) for name in names)})"

    @staticmethod
    def _year(which: int) -> str:
        return f"(?P<y{which}>{YEAR})"

    @property
    def _tail(self) -> str:
        return f"(?P<tail>{self.tail})?" if self.tail else "(?P<tail>)"

    def _whole(self, which: int) -> str:
        return (
            f"{self._day(which)}(?:{self.of}){self._month(which)}"
            f"(?:{self.to_year}){self._year(which)}"
        )

    @property
    def _span(self) -> str:
        # Machine-made files print the two ends of a session with a blank between them, or none;
        # that is clear enough where the first end has its month.
        first_month = f"(?:{self.of}){self._month(1)}"
        first_year = f"(?:(?:{self.to_year}){self._year(1)}(?:{self.tail})?)?"
        return (
            f"(?:{self.span_opening})?{self._day(1)}"
            f"(?:{first_month}{first_year}(?:{self.to}| ?)|(?:{self.to}))"
            f"{self._whole(2)}{self._tail}"
        )

    @property
    def _month_first_span(self) -> str:
        return (
            f"(?:{self.span_opening})?{self._month(1)} {self._day(1)}(?:,? {self._year(1)})?"
            f"(?:{self.to})(?:{self._month(2)} )?{self._day(2)},? {self._year(2)}{self._tail}"
        )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){pattern}", re.IGNORECASE)
