"""Annexes and the text they belong to speak of each other."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, annexes, beginning
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND
from verbale.model.walk import block_text, nested, part_text
from verbale.text.folding import fold
from verbale.text.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"
_REFERS, _MENTIONS = "refers", "mentions"


def missing(case: Case) -> Iterator[Finding]:
    """A text that sends the reader to its annex has one."""
    message = case.message
    if message is None or annexes(case):
        return
    referring = wordings(message.language.code, _REFERS)
    for block in nested(message.blocks):
        text = fold(block_text(block)).text.casefold()
        found = next((each for each in referring if each in text), None)
        if found is not None:
            yield Finding(
                code="annex-missing",
                severity=Severity.BLOCKS,
                place=block.place,
                values={"words": found.strip(" (")},
            )
            return


def not_announced(case: Case) -> Iterator[Finding]:
    """A text with an annex mentions it."""
    message = case.message
    attached = annexes(case)
    if message is None or not attached:
        return
    lang = message.language.code
    speaking = wordings(lang, _REFERS) + wordings(lang, _MENTIONS)
    text = "\n".join(fold(block_text(block)).text for block in message.blocks).casefold()
    if speaking and not any(each in text for each in speaking):
        yield Finding(
            code="annex-not-announced",
            severity=Severity.WARNS,
            place=beginning(attached[0]),
            values={"count": str(len(attached))},
        )


_ENOUGH_WORDS = 20


def language(case: Case) -> Iterator[Finding]:
    """An annex is submitted in one of the institution's languages."""
    for annex in annexes(case):
        known = annex.language.code in case.institution.languages
        # A few words may be in any language; a text that no official one fits is in another.
        short = annex.language == UND and len(part_text(annex).split()) < _ENOUGH_WORDS
        if not known and not short:
            yield Finding(
                code="annex-language-unofficial",
                severity=Severity.BLOCKS,
                place=beginning(annex),
                values={"lang": str(annex.language)},
            )


@cache
def wordings(lang: str, kind: str) -> tuple[str, ...]:
    """How a language refers to (or at least mentions) an annex, folded for comparing."""
    rows = table_rows(Path(__file__).with_name("annex_words.tsv"))
    return tuple(fold(row[2]).text.casefold() for row in rows if row[:2] == [lang, kind])


CHECKS = (
    Check("annex-missing", source=_MANUAL, run=missing),
    Check("annex-not-announced", source=_MANUAL, run=not_announced),
    Check("annex-language-unofficial", source=_MANUAL, run=language),
)
