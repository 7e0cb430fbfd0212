"""A note verbale speaks in the third person, greets and takes its leave; a letter addresses."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, Stretch, beginning
from verbale.model.communication import Kind
from verbale.model.document import Quote
from verbale.model.finding import NOWHERE, Finding, Severity
from verbale.model.walk import nested
from verbale.text.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"
_PRACTICE = "United Nations practice, seen on issued documents"
_QUOTES = re.compile('[“«„][^”»]{0,4000}[”»]|"[^"]{0,2000}"')


def first_person(case: Case) -> Iterator[Finding]:
    """A note verbale is in the third person."""
    if case.recognition.communication.kind is not Kind.NOTE_VERBALE:
        return
    for stretch in _message(case):
        found = _first_person(stretch.part.language.code)
        match = found.search(_QUOTES.sub(_blank, stretch.text)) if found else None
        if match is not None:
            yield Finding(
                "note-first-person",
                Severity.WARNS,
                case.spot(stretch, match.start(), match.end()),
                {"words": stretch.text[match.start() : match.end()]},
            )
            return


def greeting(case: Case) -> Iterator[Finding]:
    """A note verbale begins with compliments."""
    if _lacks(case, "move.salutation", Kind.NOTE_VERBALE):
        yield _finding("note-greeting-missing", case)


def courtesy(case: Case) -> Iterator[Finding]:
    """A note verbale ends with the renewed assurance of consideration."""
    if _lacks(case, "move.closing", Kind.NOTE_VERBALE):
        yield _finding("note-courtesy-missing", case)


def address(case: Case) -> Iterator[Finding]:
    """A letter opens with a form of address."""
    if _lacks(case, "move.letter", Kind.LETTER, Kind.IDENTICAL_LETTERS):
        yield _finding("letter-address-missing", case)


def _lacks(case: Case, key: str, *kinds: Kind) -> bool:
    """Whether a communication of one of *kinds* has no wording of the set phrase *key*.

    Nothing is said of a document that was circulated, which leaves courtesies out, nor in a
    language for which the tables have no such phrase.
    """
    message, communication = case.message, case.recognition.communication
    if message is None or case.recognition.masthead or communication.kind not in kinds:
        return False
    lang = message.language.code
    if not case.institution.phrases.get(key, {}).get(lang):
        return False
    lines = (line.text for stretch in _message(case) for line in stretch.located.lines())
    return not any(case.book.find(key, lang, line) for line in lines)


def _finding(code: str, case: Case) -> Finding:
    place = beginning(case.message) if case.message else NOWHERE
    return Finding(code, Severity.NOTES, place)


def _message(case: Case) -> Iterator[Stretch]:
    """The message's own words: what it sets off as a quotation is another's."""
    message = case.message
    if message is None:
        return
    quoted = {
        id(inner)
        for block in nested(message.blocks)
        if isinstance(block, Quote)
        for inner in nested(block.blocks)
    }
    for stretch in case.stretches:
        if stretch.part is message and id(stretch.block) not in quoted:
            yield stretch


def _blank(quoted: re.Match[str]) -> str:
    return " " * len(quoted[0])


@cache
def _first_person(lang: str) -> re.Pattern[str] | None:
    """Words that only one who speaks of himself uses, from ``first_person.tsv``."""
    rows = table_rows(Path(__file__).with_name("first_person.tsv"))
    words = [row[1].replace(" ", r"\s+") for row in rows if row[0] == lang]
    either = f"(?:{'|'.join(words)})"
    # Chinese has no blanks between words.
    whole = either if lang == "zh" else rf"(?<!\w){either}(?!\w)"
    return re.compile(whole, re.IGNORECASE) if words else None


CHECKS = (
    Check("note-first-person", source=_MANUAL, run=first_person),
    Check("note-greeting-missing", source=_PRACTICE, run=greeting),
    Check("note-courtesy-missing", source=_PRACTICE, run=courtesy),
    Check("letter-address-missing", source=_PRACTICE, run=address),
)
