"""A translation against its source: tags, numbers, symbols, dates, each as its language has it.

A sentence may spell a number that the other writes in figures, so that what differs there is
said and left to a person; a lost footnote or an empty sentence keeps the translation out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.compose.coding import normal, tags_in, text_of
from verbale.errors import SymbolError
from verbale.languages import rules
from verbale.languages.figures import figures
from verbale.model.document import Text
from verbale.model.finding import Finding, Place, Severity
from verbale.model.symbol import Symbol
from verbale.text.folding import fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Mapping

    from verbale.compose.coding import Coded
    from verbale.compose.translation import Bitext, Returned, Segment

_SYMBOL = re.compile(r"(?<![\w/.])[A-Z][A-Z0-9.-]*(?:/[A-Za-z0-9.()-]+)+")
# The month of a Chinese date without its year is a figure there and a word elsewhere.
_CHINESE_MONTH = re.compile(r"[0-9]{1,2}月")


def check(
    work: Bitext, returned: Returned, *, name: str, also: Collection[str] = ()
) -> Iterator[Finding]:
    """What is to be said of a file that came back for *work*, in the order of the text.

    *also* are other names of the same work, such as the hashes of what was received.
    """
    ours_too = returned.original in {work.original, *also}
    if not ours_too or returned.target != work.target.code:
        yield Finding(
            "translation-of-another",
            Severity.BLOCKS,
            Place(file=name),
            {
                "found": returned.original,
                "found_lang": returned.target,
                "expected": work.original,
                "lang": work.target.code,
            },
        )
        return
    ours = {(unit.id, segment.id): segment for unit in work.units for segment in unit.segments}
    if returned.original != work.original:
        # Sent out before there was a symbol: only free text is sure to be the same still.
        ours = {key: segment for key, segment in ours.items() if segment.free}
        there = {key: pair for key, pair in returned.segments.items() if key in ours}
        returned = replace(returned, segments=there)
    altered = list(_altered(ours, returned))
    for key in altered:
        place = Place(file=name, part="/".join(key))
        values = {"place": "/".join(key), "expected": work.original}
        yield Finding("translation-source-altered", Severity.BLOCKS, place, values)
    if altered:
        return
    for unit in work.units:
        for each in unit.segments:
            if (unit.id, each.id) not in ours:
                continue
            target = returned.segments[unit.id, each.id][1]
            place = Place(file=name, part=f"{unit.id}/{each.id}")
            if each.free:
                yield from _free(each, target, unit.language.code, work.target.code, place)
            elif normal(target) != normal(each.target):
                values = {"found": text_of(target), "expected": text_of(each.target)}
                yield Finding("translation-phrase-altered", Severity.NOTES, place, values)


def _altered(
    ours: Mapping[tuple[str, str], Segment], returned: Returned
) -> Iterator[tuple[str, str]]:
    for key, segment in ours.items():
        there = returned.segments.get(key)
        if there is None or normal(there[0]) != normal(segment.source):
            yield key
    yield from (key for key in returned.segments if key not in ours)


def _free(
    segment: Segment, target: Coded, source_lang: str, target_lang: str, place: Place
) -> Iterator[Finding]:
    source = text_of(segment.source)
    if not text_of(target).strip():
        values = {"text": _short(source)}
        yield Finding("translation-empty", Severity.BLOCKS, place, values)
        return
    yield from _tags(segment, target, place)
    before, after = _facts(source, source_lang), _facts(text_of(target), target_lang)
    for code, kind in (
        ("translation-symbol-differs", "symbols"),
        ("translation-date-differs", "dates"),
        ("translation-number-differs", "numbers"),
    ):
        left, right = before[kind], after[kind]
        if left != right:
            values = {"expected": _listed(left - right), "found": _listed(right - left)}
            yield Finding(code, Severity.WARNS, place, values)


def _tags(segment: Segment, target: Coded, place: Place) -> Iterator[Finding]:
    wanted, there = Counter(tags_in(segment.source)), Counter(tags_in(target))
    for tag in wanted - there:
        # Marks of letters may have no place in another script; a footnote always has one.
        severe = not isinstance(segment.tags[tag], Text)
        severity = Severity.BLOCKS if severe else Severity.WARNS
        yield Finding("translation-tag-missing", severity, place, {"tag": tag})
    for tag in there - wanted:
        yield Finding("translation-tag-unknown", Severity.BLOCKS, place, {"tag": tag})


def _facts(text: str, lang: str) -> dict[str, Counter[str]]:
    folded = fold(text).text
    symbols, rest = _symbols(folded)
    dates, rest = _dates(rest, lang)
    if lang == "zh":
        rest = _CHINESE_MONTH.sub(" ", rest)
    return {"symbols": symbols, "dates": dates, "numbers": figures(rest, lang)}


def _symbols(text: str) -> tuple[Counter[str], str]:
    """The symbols of a text, and the text without them."""
    found: Counter[str] = Counter()

    def take(match: re.Match[str]) -> str:
        spelt = match[0].rstrip(".-")
        if spelt.endswith(")") and spelt.count("(") < spelt.count(")"):
            spelt = spelt[:-1]
        try:
            found[str(Symbol.parse(spelt))] += 1
        except SymbolError:
            return match[0]
        return " "

    rest = _SYMBOL.sub(take, text)
    return found, rest


def _dates(text: str, lang: str) -> tuple[Counter[str], str]:
    """The dates of a text, ends of spans among them, and the text without them."""
    found: Counter[str] = Counter()
    kept: list[str] = []
    at = 0
    while at < len(text):
        days, end = _date_at(text, at, lang)
        if days:
            found.update(day.isoformat() for day in days)
            kept.append(" ")
            at = end
            continue
        kept.append(text[at])
        at += 1
    return found, "".join(kept)


def _date_at(text: str, at: int, lang: str) -> tuple[tuple[datetime.date, ...], int]:
    inside_word = at and text[at].isalnum() and text[at - 1].isalnum()
    if inside_word and lang != "zh":
        return (), at
    reader = rules(lang)
    for span, end in reader.read_date_range(text, at):
        return span, end
    for day, end in reader.read_date(text, at):
        return (day,), end
    return (), at


def _listed(values: Counter[str]) -> str:
    return ", ".join(sorted(values.elements())) or "—"


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
