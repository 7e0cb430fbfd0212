"""Lines that scanning or typing has damaged: what they were taken for, and how surely.

Nothing is repaired in silence: what comes from here has a confidence below 1 and says what it
was taken for. Kinds of damage: ``RNGLISH``, ``DPatr.``, ``S/23402/Md.l`` in 470 PDFs of
1989-2018.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from verbale.errors import SymbolError
from verbale.languages import rules
from verbale.model.language import Language
from verbale.model.masthead import Distribution
from verbale.model.symbol_reading import read_symbol
from verbale.recognise.cover_lines import UNREAD, Reading
from verbale.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.recognise.cover_lines import LineReader

_LONGEST = 60
_LEAST = 4
#: How like a set line a damaged one must be, 0 to 1: two letters in twelve may be wrong.
_LIKENESS = 0.8
_SURE = 0.95
#: How like a short word: one letter in three may be wrong.
_NEAR = 0.6
_SHORT_WORD = 2
_YEAR_ONE, _LAST_YEAR = 1945, 2100
# Figures that scanning makes of letters and the other way, in places where only one can stand.
_FIGURES = str.maketrans("OoQDlI|!iZSBsg", "00001111125859")
_SYMBOL = re.compile(r"[\w$&]\s?[/1lI|]\s?\S{4,24}\Z")
_ORGANS = str.maketrans(
    {"s": "S", "8": "S", "6": "S", "5": "S", "$": "S", "&": "S", "a": "A", "4": "A"}
)
_SUFFIX = re.compile(r"/(?P<kind>[A-Za-z]{2,5})[.,](?P<number>\w{1,2})\Z")
# A letter that a kind of suffix keeps however it is damaged: "Md", "ABd", "Cocr", "Rav".
_KEEPS = (("v", "Rev"), ("d", "Add"), ("o", "Corr"), ("r", "Corr"))
_DAY = re.compile(
    r"(?P<day>[\dOolI|]{1,2})[., ]+(?P<month>[^\W\d]{3,10})[., ]+(?P<year>[\dOolI|]{4})\Z"
)


def mend(text: str, lang: str, reader: LineReader) -> Reading:
    """What a short line that no phrase fits is most likely; `UNREAD` when nothing is near."""
    text = text.strip()
    if not _LEAST <= len(text) <= _LONGEST:
        return UNREAD
    for reading in (*_symbol(text), *_date(text, lang, reader), *_set_line(text, lang, reader)):
        return reading
    return UNREAD


def _symbol(text: str) -> Iterator[Reading]:
    if not _SYMBOL.match(text) or sum(char.isdigit() for char in text) < _LEAST:
        return
    organ, rest = text[0].translate(_ORGANS), text[1:].lstrip()
    if organ not in "AES":
        return
    # The slash behind the organ is often read as a figure one: "8123999" is S/23999.
    rest = rest.lstrip("/1lI|") if rest[0] != "/" else rest[1:].strip()
    suffix = _SUFFIX.search(rest)
    tail = ""
    if suffix is not None:
        letters = suffix["kind"].lower()
        kind = next((name for letter, name in _KEEPS if letter in letters), "")
        number = suffix["number"].translate(_FIGURES)
        if not kind or not number.isdigit():
            return
        rest, tail = rest[: suffix.start()], f"/{kind}.{number}"
    taken = f"{organ}/{rest.translate(_FIGURES)}{tail}"
    try:
        found = read_symbol(taken)
    except SymbolError:
        return
    yield Reading("symbol", found.symbols, confidence=0.5, taken=found.text)


def _date(text: str, lang: str, reader: LineReader) -> Iterator[Reading]:
    match = _DAY.match(text)
    if match is None:
        return
    latin = reader.latin(lang)
    names = _months(latin)
    month = _near(match["month"].lower(), names)
    day = match["day"].translate(_FIGURES)
    year = match["year"].translate(_FIGURES)
    if not month or not _YEAR_ONE <= int(year) <= _LAST_YEAR:
        return
    taken = f"{int(day)} {month} {year}"
    for value, end in rules(latin).read_date(taken, 0):
        if end == len(taken):
            yield Reading("date", value, confidence=0.6, taken=taken)
            return


def _months(lang: str) -> tuple[str, ...]:
    import datetime  # noqa: PLC0415 - only damaged dates need it

    days = (datetime.date(2000, month, 2) for month in range(1, 13))
    return tuple(
        next(w for w in rules(lang).date(d).split() if len(w) > _SHORT_WORD and w.isalpha())
        for d in days
    )


def _near(word: str, known: tuple[str, ...]) -> str:
    """The one of *known* that *word* is nearest to; empty when none is near."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=_NEAR)), "")


def _set_line(text: str, lang: str, reader: LineReader) -> Iterator[Reading]:
    table = _table(lang, reader)
    folded = fold(text).text.lower()
    # The languages of the original: the label alone says that it is that line.
    latin = reader.latin(lang)
    label = folded.partition(":")[0]
    near = get_close_matches(folded, table, n=1, cutoff=_LIKENESS)
    if near:
        role, value = table[near[0]]
        likeness = SequenceMatcher(None, folded, near[0]).ratio()
        confidence = 0.9 if likeness >= _SURE else 0.7
        yield Reading(role, value, confidence=confidence, taken=near[0])
    elif folded.endswith(":") and label == _label(latin, reader):
        yield Reading("original", (), confidence=0.5, taken=folded)


def _label(lang: str, reader: LineReader) -> str:
    template = reader.book.template("original", lang).text
    return fold(template).text.lower().partition(":")[0].strip()


def _table(lang: str, reader: LineReader) -> dict[str, tuple[str, object]]:
    """The set lines of a masthead in one language, in normal form, with what they say."""
    kept = reader.set_lines
    if lang not in kept:
        book = reader.book
        latin = reader.latin(lang)
        table: dict[str, tuple[str, object]] = {}

        def add(key: str, language: str, role: str, value: object, name: str = "") -> None:
            for cell in book.institution.phrases.get(key, {}).get(language, ()):
                text = cell.text.replace("{languages}", name)
                table.setdefault(fold(text).text.lower(), (role, value))

        add("publisher", lang, "publisher", value=True)
        for category in Distribution:
            add(f"distribution.{category}", latin, "distribution", category)
        for code in book.institution.languages:
            name = rules(latin).language_names[code]
            add("original", latin, "original", (Language(code),), name)
        for code, body in book.institution.bodies.items():
            add(f"body.{code}", lang, "body" if body.parent else "organ", code)
        kept[lang] = table
    return kept[lang]
