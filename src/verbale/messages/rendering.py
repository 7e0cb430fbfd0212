"""From a code and its values to words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from verbale.messages.tables import rows
from verbale.text.scripts import isolate, script_counts, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Languages with a table, in the order in which lists of the trade give them.
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_FALLBACK = "en"
_SLOT = re.compile(r"\{([a-z_]+)\}")
# Values of these slots are language codes: the reader is told the language's name.
_IS_LANGUAGE = re.compile(r"(?:^|_)lang\Z")
# Values of these slots are keys of labels, with commas: the reader is told them in words.
_ARE_WORDS = re.compile(r"_words\Z")
_COMMAS = {"ar": "، ", "zh": "、"}


@dataclass(frozen=True, slots=True)
class Words:
    """What to tell the reader: one plain sentence, and what to do about it."""

    message: str
    remedy: str


def render(code: str, values: Mapping[str, str], lang: str) -> Words:
    """The words of *code* in *lang*, its slots filled from *values*.

    A value that is missing leaves its slot to be seen, ``{mark}``; characters of a value that
    are not seen are spelled out. A code that stands in no table (another package's, or a later
    version's) is shown with its values. A language without a table reads English.
    """
    here = lang if lang in LANGUAGES else _FALLBACK
    found = _words(here).get(code)
    if found is None:
        said = ", ".join(f"{slot}: {visible(value)}" for slot, value in values.items())
        return Words(f"{code} ({said})" if said else code, "")
    return Words(_fill(found.message, values, here), _fill(found.remedy, values, here))


def word(key: str, lang: str) -> str:
    """A word around findings: ``blocks``, ``refuse``, ``remedy``. Raises `KeyError`."""
    return _labels()[key, lang if lang in LANGUAGES else _FALLBACK]


def language_name(code: str, lang: str) -> str:
    """What a language is called in *lang*; its code where no table names it."""
    return _languages().get((code, lang), code)


def _fill(text: str, values: Mapping[str, str], lang: str) -> str:
    def put(slot: re.Match[str]) -> str:
        value = values.get(slot[1])
        if value is None:
            return slot[0]
        if _IS_LANGUAGE.search(slot[1]):
            value = _languages().get((value, lang), value)
        elif _ARE_WORDS.search(slot[1]):
            keys = value.split(",")
            words = [_labels().get((key, lang), key) for key in keys]
            value = _COMMAS.get(lang, ", ").join(words)
        value = visible(value)
        # Without an isolate a date or a symbol is shown in the wrong order inside Arabic text.
        return isolate(value) if lang == "ar" and not script_counts(value)["Arabic"] else value

    return _SLOT.sub(put, text)


@cache
def _words(lang: str) -> Mapping[str, Words]:
    fields: dict[str, dict[str, str]] = {}
    for code, field, text in rows(lang, ("code", "field", "text")):
        fields.setdefault(code, {})[field] = text
    return MappingProxyType({code: Words(**each) for code, each in fields.items()})


@cache
def _languages() -> Mapping[tuple[str, str], str]:
    return MappingProxyType(
        {(code, lang): text for code, lang, text in rows("languages", ("code", "lang", "text"))}
    )


@cache
def _labels() -> Mapping[tuple[str, str], str]:
    return MappingProxyType(
        {(key, lang): text for key, lang, text in rows("labels", ("key", "lang", "text"))}
    )
