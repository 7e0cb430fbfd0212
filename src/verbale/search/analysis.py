"""Text to the terms that are compared, each with its place in the original.

A word is told by its script: Arabic letters get a light stem of ours, one Han character is one
term (a Chinese query is a phrase of them), Cyrillic and Latin words are folded and stemmed. The
stem of a Latin word depends on the language of the passage it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from verbale.search import arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Stemmers of the languages written with Latin letters.
LATIN = {"en": "english", "fr": "french", "es": "spanish"}
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
_WORD = re.compile(rf"[{_HAN}]|(?:(?![{_HAN}_])[\w{_MARKS}])+")
_HAN_SIGN = re.compile(f"[{_HAN}]")
_ARABIC = re.compile("[\u0620-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
#: Longer words are cut: nobody looks for them by their end.
LONGEST = 64


class Term(NamedTuple):
    """A term and where the word it comes from stands in the text."""

    term: str
    start: int
    end: int


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, one Han character each a word."""
    return _WORD.finditer(text)


def terms(text: str, language: str) -> Iterator[Term]:
    """The terms of *text*, a passage in *language*, in order."""
    for match in _WORD.finditer(text):
        term = stem(match[0], language)
        if term:
            yield Term(term, match.start(), match.end())


def found(text: str) -> list[str]:
    """The words of a text without their places, which takes a tenth of the time."""
    return _WORD.findall(text)


def run(text: str, language: str) -> str:
    """The terms of *text* with blanks between them, for an index that splits at blanks."""
    return " ".join(filter(None, [stem(word, language) for word in _WORD.findall(text)]))


def distinct(held: Iterable[str]) -> str:
    """Every spelling of the words *held* once, with blanks between them."""
    return " ".join(sorted({each for word in set(held) for each in spellings(word)}))


@lru_cache(400_000)
def stem(word: str, language: str) -> str:
    """The term of one word in a passage in *language*; the same term means the same word."""
    folded = fold(word)
    if not folded:
        return ""
    if _ARABIC.search(folded):
        return arabic.stem(folded)
    if _CYRILLIC.search(folded):
        return _stemmer("russian")(folded)
    if language in LATIN and folded.isascii() and folded.isalpha():
        return _stemmer(LATIN[language])(folded)
    return folded


@lru_cache(400_000)
def spellings(word: str) -> tuple[str, ...]:
    """How *word* is kept for those who know its beginning or nearly how it is spelt.

    Whole, not stemmed; an Arabic word also without its article. None for a Han character.
    """
    folded = fold(word)
    if not folded or _HAN_SIGN.match(folded):
        return ()
    if _ARABIC.search(folded):
        return tuple(dict.fromkeys((arabic.normal(folded), arabic.stem(folded))))
    return (folded,)


@lru_cache(100_000)
def fold(word: str) -> str:
    """One spelling: small letters, no accents, one form of digits and widths, ё as е."""
    plain = unicodedata.normalize("NFKD", word[:LONGEST]).casefold()
    # й is a letter, not an и with an accent.
    plain = plain.replace("и\u0306", "й")
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "".join(_digit(sign) for sign in kept.replace("œ", "oe").replace("æ", "ae"))


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer  # noqa: PLC0415 - 10 MB

    analyzer = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(name)).build()

    def stemmed(word: str) -> str:
        made = analyzer.analyze(word)
        return made[0] if made else word

    return stemmed
