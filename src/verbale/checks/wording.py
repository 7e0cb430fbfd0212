"""Slips that a text shows by itself: gaps left for later, damaged letters, doubled words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, Stretch
from verbale.model.document import PartKind
from verbale.model.finding import Finding, Severity
from verbale.text.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENT = "Verbale: what was not understood or not there is said"
_MANUAL = "United Nations Editorial Manual, Editorial style"
_UNICODE = "Unicode Technical Standard 39, Security mechanisms"
# UTF-8 read as Windows-1252: two or more such pairs never stand in a text that is whole.
# What every placeholder begins with or holds: most paragraphs have none of it.
_MAY_WAIT = re.compile(r"[\[{<«?_]|T\.?B\.?[CD]|[Xx]{2}|[Ll]orem|Click", re.ASCII)
_MISREAD = re.compile(
    "[\u00c2\u00c3\u00d0\u00d1\u00d8\u00d9][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00e2\u20ac[\u2122\u0153\u009d\u201c\u201d\u02dc]"
)
_LEAST_MISREAD = 2
_REPLACED = "\ufffd"
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Letters of Cyrillic and Greek that look like the Latin ones of symbols.
_LOOK_ALIKES = re.compile(
    "(?<![^\\W_])(?=[A-Z.]*[\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0391\u0395\u03a1\u03a4])"
    "[A-Z\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0391\u0395\u03a1\u03a4]{1,4}"
    "/(?:[A-Z]{1,5}[./]|[0-9]{2,4}/)[A-Z0-9./]*[0-9]"
)
_BRACKETS = {
    ")": "(",
    "]": "[",
    "»": "«",
    "”": "“",
    "）": "（",
    "」": "「",
    "』": "『",
    "》": "《",
}
_MARK = re.compile(f"[{re.escape(''.join(_BRACKETS))}{re.escape(''.join(_BRACKETS.values()))}]")
_LABEL_LENGTH = 8
_OPENING = frozenset(_BRACKETS.values())
_LABEL = re.compile(
    r"(?:[0-9]{1,3}[°º]?|(?:^|[\s(;,:–—-])(?:[^\W\d_]{1,2}|[ivxlc]{1,5}))\s?$", re.IGNORECASE
)


def placeholder(case: Case) -> Iterator[Finding]:
    """Nothing in a text waits to be filled in."""
    for stretch in case.stretches:
        maybe = _MAY_WAIT.search(stretch.text)
        match = _placeholders().search(stretch.text) if maybe else None
        if match is not None:
            yield Finding(
                "placeholder-left",
                Severity.WARNS,
                case.spot(stretch, match.start(), match.end()),
                {"text": match.group()[:60]},
            )


def misread(case: Case) -> Iterator[Finding]:
    """Letters are those that were written, not the bytes of another encoding."""
    found = [
        (stretch, match)
        for stretch in case.stretches
        if stretch.part.language.code in ("en", "fr", "es", "und")
        for match in _MISREAD.finditer(stretch.text)
    ]
    if len(found) >= _LEAST_MISREAD:
        stretch, match = found[0]
        yield Finding(
            "text-misread",
            Severity.WARNS,
            case.spot(stretch, match.start(), match.end()),
            {"text": match.group(), "count": str(len(found))},
        )


def lost(case: Case) -> Iterator[Finding]:
    """No letter was lost on the way."""
    found = [stretch for stretch in case.stretches if _REPLACED in stretch.text]
    if found:
        at = found[0].text.index(_REPLACED)
        yield Finding(
            "characters-lost",
            Severity.WARNS,
            case.spot(found[0], at, at + 1),
            {"count": str(sum(each.text.count(_REPLACED) for each in found))},
        )


def mixed(case: Case) -> Iterator[Finding]:
    """A word is written in the letters of one script."""
    for stretch in case.stretches:
        if not (_LATIN.search(stretch.text) and _CYRILLIC.search(stretch.text)):
            continue
        for match in _WORD.finditer(stretch.text):
            word = match.group()
            if _LATIN.search(word) and _CYRILLIC.search(word):
                yield Finding(
                    "letters-mixed",
                    Severity.WARNS,
                    case.spot(stretch, match.start(), match.end()),
                    {"word": word},
                )
                break


def look_alike(case: Case) -> Iterator[Finding]:
    """The letters of a symbol are Latin, in every language."""
    for stretch in case.stretches:
        if stretch.text.isascii() or "/" not in stretch.text:
            continue
        for match in _LOOK_ALIKES.finditer(stretch.text):
            yield Finding(
                "symbol-look-alike",
                Severity.WARNS,
                case.spot(stretch, match.start(), match.end()),
                {"text": match.group()},
            )


def doubled(case: Case) -> Iterator[Finding]:
    """A small word does not stand twice in a row."""
    for stretch in case.stretches:
        pattern = _small_words().get(stretch.part.language.code)
        match = pattern.search(stretch.text) if pattern else None
        if match is not None:
            yield Finding(
                "word-doubled",
                Severity.NOTES,
                case.spot(stretch, match.start(), match.end()),
                {"word": match[1]},
            )


def brackets(case: Case) -> Iterator[Finding]:
    """What closes was opened: brackets and quotation marks come in pairs."""
    for stretch in case.stretches:
        if stretch.part.kind is PartKind.MASTHEAD:
            continue
        at = _unopened(stretch)
        if at is not None:
            yield Finding(
                "bracket-unopened",
                Severity.NOTES,
                case.spot(stretch, at, at + 1),
                {"mark": stretch.text[at]},
            )


def _unopened(stretch: Stretch) -> int | None:
    """The first bracket or mark that closes and that nothing opened, ``None`` for none.

    What is opened and not closed is no slip: each paragraph of a long quotation begins with
    the mark. An item's letter has one bracket: ``a)``.
    """
    opened: list[str] = []
    labels = 0
    for found in _MARK.finditer(stretch.text):
        at, char = found.start(), found[0]
        if char in _OPENING:
            opened.append(char)
        elif char in _BRACKETS:
            label = _LABEL.search(stretch.text[max(0, at - _LABEL_LENGTH) : at]) is not None
            if _BRACKETS[char] in opened:
                opened.remove(_BRACKETS[char])
                labels += label
            elif label or char not in ")]）":
                continue
            elif labels:  # "(par. 3 g))": the letter took the bracket of the whole
                labels -= 1
            else:
                return at
    return None


@cache
def _placeholders() -> re.Pattern[str]:
    """What is left for later, from ``placeholders.tsv``."""
    rows = table_rows(Path(__file__).with_name("placeholders.tsv"))
    return re.compile("|".join(pattern for pattern, _ in list(rows)[1:]))


@cache
def _small_words() -> dict[str, re.Pattern[str]]:
    """Words that never stand twice in a row, by language, from ``small_words.tsv``."""
    rows = table_rows(Path(__file__).with_name("small_words.tsv"))
    return {
        lang: re.compile(rf"(?<![\w-])({'|'.join(words.split())})[ \n\u00a0]+\1(?![\w'’-])")
        for lang, words in list(rows)[1:]
    }


CHECKS = (
    Check("placeholder-left", source=_SENT, run=placeholder),
    Check("text-misread", source=_SENT, run=misread),
    Check("characters-lost", source=_SENT, run=lost),
    Check("letters-mixed", source=_UNICODE, run=mixed),
    Check(
        "symbol-look-alike",
        source=_UNICODE,
        run=look_alike,
    ),
    Check("word-doubled", source=_MANUAL, run=doubled),
    Check("bracket-unopened", source=_MANUAL, run=brackets),
)
