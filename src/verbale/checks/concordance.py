"""Language versions of one document: the same paragraphs, symbols, dates, figures and notes.

Versions are compared by what no translator changes. What nearly all versions have and one has
not is said of that one; where versions fall into camps nothing is said, because one language
may rightly write in words what another writes in figures.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verbale.languages import rules
from verbale.languages.figures import figures
from verbale.model.document import Heading, NoteRef, Paragraph, PartKind, Table
from verbale.model.finding import Finding, Place, Severity
from verbale.model.walk import block_text, blocks, inlines, parts
from verbale.text.folding import fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from verbale.model.document import Document

#: Fewer versions than this cannot outvote one.
_QUORUM = 3
#: Smaller numbers are written in words by one language and in figures by another.
_LEAST_FIGURE = 100
# A symbol, or the number of a resolution in its session, which is the same in every language.
_SYMBOL = re.compile(
    r"(?<![A-Za-z0-9/.-])[A-Z][A-Z.]*[0-9]*(?:/[A-Za-z0-9.()-]*[A-Za-z0-9])+"
    r"|(?<![A-Za-z0-9/.-])(?:E?S- ?)?[0-9]{1,4}/[0-9]{1,4}(?![0-9/])"
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9.])[0-9]{3,4} ?\((?:19|20)[0-9]{2}\)")
# Emergency and other special sessions as Arabic writes them.
_ARABIC_SESSIONS = ((re.compile("د ?إ ?ط ?- ?"), "ES-"), (re.compile("د ?إ ?- ?"), "S-"))
# A number with a word for its size: "43.1 million" is "4,310万" in Chinese.
_SCALED = re.compile(
    r"[0-9][0-9.,\u066b ]*(?:万|亿|mill|bill|thousand|mil |مليون|ملايين|بليون|بلايين|مليار"
    r"|млн|млрд|тыс|миллион|миллиард|триллион|trill)",
    re.IGNORECASE,
)
# "12 and 13 June": the day in front of a date that shares its month; in Chinese the one behind.
_DAY_BEFORE = re.compile(r"(?<![0-9])([0-9]{1,2})(?:er)?(?: and | et | y | и | و ?|, )$")
_DAY_BEHIND = re.compile(r"[和及、]([0-9]{1,2})日")
_DATE_STARTS = re.compile(r"(?<![0-9])[0-9]|(?<![^\W\d_])[A-Z][a-z]{2,8} [0-9]")
_NUMBERED = re.compile(r"([0-9]{1,3})(?:[.)]|\s?-)\s")
# Years stand in names that one language spells otherwise ("COVID-19", "2019冠状病毒病").
_YEARS = range(1800, 2101)


@dataclass(slots=True)
class _Facts:
    """What one version says that every version must."""

    paragraphs: int = 0
    notes: int = 0
    symbols: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)


def concordance(versions: Mapping[str, Document]) -> Iterator[Finding]:
    """Say in what a language version differs from the others, in order of language.

    *versions* are the versions of one document by language code. Of fewer than three nothing
    is said: it could not be told which is right.
    """
    if len(versions) < _QUORUM:
        return
    facts = {lang: _facts(document, lang) for lang, document in sorted(versions.items())}
    yield from _counts(
        "concordance-paragraphs", {lang: f.paragraphs for lang, f in facts.items()}
    )
    yield from _counts("concordance-notes", {lang: f.notes for lang, f in facts.items()})
    yield from _sets("concordance-symbol", {lang: f.symbols for lang, f in facts.items()})
    yield from _sets("concordance-date", {lang: f.dates for lang, f in facts.items()})
    yield from _sets("concordance-figure", {lang: f.figures for lang, f in facts.items()})


def _counts(code: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    """The one version whose count is not that of all the others."""
    usual, votes = Counter(counts.values()).most_common(1)[0]
    if votes != len(counts) - 1:
        return
    for lang, count in counts.items():
        if count != usual:
            yield _finding(code, lang, str(count), str(usual))


def _sets(code: str, sets: Mapping[str, set[str]]) -> Iterator[Finding]:
    """What one version alone lacks, and what it alone has in its stead."""
    held = Counter(value for values in sets.values() for value in values)
    everyone = len(sets)
    for lang, values in sets.items():
        missing = sorted(
            v for v, votes in held.items() if votes == everyone - 1 and v not in values
        )
        alone = sorted(value for value in values if held[value] == 1)
        if code == "concordance-figure" and not alone:
            continue  # a language may write any number in words
        if missing or (alone and _only_here(lang, alone, sets)):
            yield _finding(code, lang, ", ".join(alone), ", ".join(missing))


def _only_here(lang: str, alone: Iterable[str], sets: Mapping[str, set[str]]) -> bool:
    """Whether the others agree among themselves, so that what is alone is the odd one."""
    others = [values for other, values in sets.items() if other != lang]
    return bool(alone) and all(values == others[0] for values in others)


def _finding(code: str, lang: str, found: str, expected: str) -> Finding:
    values = {"lang": lang, "found": found or "-", "expected": expected or "-"}
    return Finding(code, Severity.WARNS, Place(part=lang), values)


def _facts(document: Document, lang: str) -> _Facts:
    facts = _Facts()
    for part in parts(document):
        for block in blocks(part):
            if not isinstance(block, Paragraph | Heading | Table):
                continue
            text = fold(block_text(block)).text
            if part.kind is not PartKind.MASTHEAD and text.strip():
                facts.paragraphs += isinstance(block, Paragraph) and _is_numbered(block, text)
            content = block.caption if isinstance(block, Table) else block.content
            facts.notes += sum(isinstance(each, NoteRef) for each in inlines(content))
            _read(text, lang, facts, masthead=part.kind is PartKind.MASTHEAD)
        for note in part.footnotes:
            for inner in note.blocks:
                _read(fold(block_text(inner)).text, lang, facts, masthead=False)
    return facts


def _is_numbered(block: Paragraph, text: str) -> bool:
    # "2022/8." is the number of the resolution, not of a paragraph.
    return block.number.rstrip(".)- ").isdigit() or bool(_NUMBERED.match(text.strip()))


def _read(text: str, lang: str, facts: _Facts, *, masthead: bool) -> None:
    """Take dates, then symbols, then figures out of a text, so that none is read twice."""
    # The date line of a masthead stays in English in some languages, and so do names of cases.
    for language in dict.fromkeys((lang, "en")):
        days, text = _dates(text, language)
        facts.dates |= {day.isoformat() for day in days}
    if masthead:
        return
    if lang == "ar":
        for written, prefix in _ARABIC_SESSIONS:
            text = written.sub(prefix, text)
    for match in (*_SYMBOL.finditer(text), *_NUMBER.finditer(text)):
        facts.symbols.add(_normal(match.group()))
    text = _SCALED.sub(" ", _NUMBER.sub(" ", _SYMBOL.sub(" ", text)))
    facts.figures |= {number for number in figures(text, lang) if _counts_as_figure(number)}


def _counts_as_figure(number: str) -> bool:
    return float(number) >= _LEAST_FIGURE and float(number) not in _YEARS


def _dates(text: str, lang: str) -> tuple[list[datetime.date], str]:
    """The dates of a text, and the text with blanks in their stead."""
    found: list[datetime.date] = []
    rest: list[str] = []
    done = 0
    for start in _DATE_STARTS.finditer(text):
        at = start.start()
        if at < done:
            continue
        span = next(rules(lang).read_date_range(text, at), None)
        day = next(rules(lang).read_date(text, at), None)
        if span is not None:
            found += span[0]
            end = span[1]
        elif day is not None:
            found.append(day[0])
            found += _neighbours(text, at, day)
            end = day[1]
        else:
            continue
        rest += (text[done:at], " ")
        done = end
    rest.append(text[done:])
    return found, "".join(rest)


def _neighbours(text: str, at: int, day: tuple[datetime.date, int]) -> Iterator[datetime.date]:
    """Other days that share the month of the date at *at*."""
    beside = (_DAY_BEFORE.search(text[max(0, at - 9) : at]), _DAY_BEHIND.match(text, day[1]))
    for match in beside:
        if match is not None:
            with suppress(ValueError):  # no such day in the month: it was a number of something
                yield day[0].replace(day=int(match[1]))


def _normal(symbol: str) -> str:
    """A symbol or number as all versions have it."""
    return symbol.replace(" ", "")
