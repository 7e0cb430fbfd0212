"""Annexes are numbered one after the other, hold something, and say how they are reproduced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.annexes import wordings
from verbale.checks.base import Case, Check, annexes, beginning
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND
from verbale.model.walk import block_text, part_text
from verbale.phrasebook import Line
from verbale.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = 40
_MANUAL = "United Nations Editorial Manual, Communications"


def numbering(case: Case) -> Iterator[Finding]:
    """Several annexes are numbered I, II, III: none is left out and none comes twice."""
    numbered = [part for part in annexes(case) if part.number]
    for expected, part in enumerate(numbered, start=1):
        if part.number != expected:
            yield Finding(
                "annex-numbering",
                Severity.WARNS,
                beginning(part),
                {"found": str(part.number), "expected": str(expected)},
            )
            return


def unnumbered(case: Case) -> Iterator[Finding]:
    """Where there are several annexes, each has its number."""
    every = annexes(case)
    without = [part for part in every if not part.number]
    if len(every) > 1 and without:
        yield Finding(
            "annex-unnumbered",
            Severity.WARNS,
            beginning(without[0]),
            {"count": str(len(every))},
        )


def empty(case: Case) -> Iterator[Finding]:
    """Under the heading of an annex stands the annex."""
    for part in annexes(case):
        heading_only = len(part.blocks) <= 1 and not part.parts
        if heading_only or not part_text(part).strip():
            yield Finding("annex-empty", Severity.WARNS, beginning(part))


def reference(case: Case) -> Iterator[Finding]:
    """An annex that the text sends to by its number is there."""
    message = case.message
    numbers = [part.number for part in annexes(case)]
    if message is None or not numbers:
        return
    last = max(*numbers, len(numbers))
    lang = message.language.code
    for stretch in case.stretches:
        if stretch.part is not message or stretch.note is not None:
            continue
        for match in case.book.find_all("see-annex", lang, Line(stretch.text)):
            number = match.value("annex")
            if number is not None and int(number) > last:
                yield Finding(
                    "annex-reference-unknown",
                    Severity.WARNS,
                    case.spot(stretch, *match.span),
                    {"number": str(number), "count": str(len(numbers))},
                )


def received(case: Case) -> Iterator[Finding]:
    """A footnote says of an annex in another language that it is reproduced as received."""
    message = case.message
    if case.recognition.masthead is None or message is None or message.language == UND:
        return
    marked = any(_is_as_received(case, note.text) for note in case.recognition.notes)
    for part in annexes(case):
        if part.language not in (UND, message.language) and not marked:
            yield Finding(
                "as-received-note-missing",
                Severity.WARNS,
                beginning(part),
                {"lang": str(part.language), "text_lang": str(message.language)},
            )
            return


def misplaced(case: Case) -> Iterator[Finding]:
    """The mark of “reproduced as received” stands at the word annex."""
    message = case.message
    if message is None:
        return
    # The request may be in the language of the version, and the rest still in the original's.
    words = [w for lang in case.institution.languages for w in wordings(lang, "mentions")]
    received = {
        note.id: note
        for note in message.footnotes
        if _is_as_received(case, " ".join(block_text(block) for block in note.blocks))
    }
    for stretch in case.stretches if words and received else ():
        for at, note in stretch.located.refs if stretch.part is message else ():
            # "the annex thereto*", "its annexes I and II*": a word or two may stand between.
            before = fold(stretch.text[max(0, at - _BEFORE) : at]).text.casefold()
            if note in received and not any(word in before for word in words):
                yield Finding(
                    "as-received-mark-misplaced",
                    Severity.NOTES,
                    case.spot(stretch, max(0, at - 1), at),
                    {"word": " ".join(before.split()[-2:])},
                )


def _is_as_received(case: Case, text: str) -> bool:
    line = Line(text)
    return any(
        case.book.read("footnote.as-received", lang, line)
        for lang in case.institution.languages
    )


CHECKS = (
    Check("annex-numbering", source=_MANUAL, run=numbering),
    Check("annex-unnumbered", source=_MANUAL, run=unnumbered),
    Check("annex-empty", source=_MANUAL, run=empty),
    Check("annex-reference-unknown", source=_MANUAL, run=reference),
    Check("as-received-note-missing", source=_MANUAL, run=received),
    Check("as-received-mark-misplaced", source=_MANUAL, run=misplaced),
)
