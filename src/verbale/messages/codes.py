"""The table of the codes. A code is stable, and one that was given up is never used again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from verbale.messages.tables import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = ("code", "severity", "about", "rule", "source", "example", "since")


@dataclass(frozen=True, slots=True)
class Code:
    """A code. ``severity`` is the usual one: blocks, warns or notes.

    ``about`` is ``file`` (is it safe, readable, nothing hidden), ``text`` (what it says, or
    does not say) or ``act`` (what was asked of the program). ``rule`` is one line of English,
    ``source`` says whose rule it is, ``example`` shows one case, ``since`` is the version that
    brought it.
    """

    code: str
    severity: str
    about: str
    rule: str
    source: str
    example: str
    since: str


@cache
def codes() -> Mapping[str, Code]:
    """Every code, in the order of the table."""
    return MappingProxyType({row[0]: Code(*row) for row in rows("codes", _COLUMNS)})


def rule(code: str, lang: str) -> tuple[str, str]:
    """The rule and the example of *code* in *lang*; in English where ``rules.tsv`` has none.

    Raises `KeyError` for a code in no table.
    """
    known = codes()[code]
    return _rules().get((code, lang), (known.rule, known.example))


def source(code: str, lang: str) -> str:
    """Whose rule *code* is, in *lang*; in English where ``sources.tsv`` has no row.

    Raises `KeyError` for a code in no table.
    """
    named = codes()[code].source
    return _sources().get((named, lang), named)


@cache
def _sources() -> Mapping[tuple[str, str], str]:
    table = rows("sources", ("source", "lang", "text"))
    return MappingProxyType({(named, lang): text for named, lang, text in table})


@cache
def _rules() -> Mapping[tuple[str, str], tuple[str, str]]:
    return MappingProxyType(
        {
            (code, lang): (text, example)
            for code, lang, text, example in rows("rules", ("code", "lang", "rule", "example"))
        }
    )
