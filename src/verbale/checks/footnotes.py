"""A footnote's mark and its text belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.document import Block, Heading, NoteRef, Paragraph, Table
from verbale.model.finding import Finding, Severity
from verbale.model.walk import blocks, inlines, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.model.document import Footnote

_MANUAL = "United Nations Editorial Manual, Footnotes"


def without_text(case: Case) -> Iterator[Finding]:
    """Every footnote mark has a footnote."""
    known = {note.id for note in _footnotes(case)}
    for reference in _references(case):
        if reference.note not in known:
            yield Finding(
                code="footnote-without-text",
                severity=Severity.WARNS,
                place=reference.place,
                values={"mark": reference.mark},
            )


def without_anchor(case: Case) -> Iterator[Finding]:
    """Every footnote hangs on a mark in the text."""
    used = {reference.note for reference in _references(case)}
    for note in _footnotes(case):
        if note.id not in used:
            yield Finding(
                code="footnote-without-anchor",
                severity=Severity.WARNS,
                place=note.place,
                values={"mark": note.mark},
            )


def order(case: Case) -> Iterator[Finding]:
    """Footnotes with figures count on, in the order of the text."""
    last = None
    for reference in _references(case):
        if not reference.mark.isascii() or not reference.mark.isdecimal():
            continue
        number = int(reference.mark)
        # The first may stand in a head that was not read: the row begins where it begins.
        if last is not None and number > last + 1:
            yield Finding(
                code="footnote-order",
                severity=Severity.WARNS,
                place=reference.place,
                values={"mark": reference.mark, "expected": str(last + 1)},
            )
            return
        # A mark may stand twice, and an annex may begin to count anew.
        last = 1 if number == 1 else max(last or 0, number)


def doubled(case: Case) -> Iterator[Finding]:
    """Two footnotes of a part do not share a mark."""
    for part in parts(case.recognition.document):
        seen: dict[str, Footnote] = {}
        for note in part.footnotes:
            first = seen.setdefault(note.mark, note)
            if first is not note and note.mark.isdecimal() and first.blocks != note.blocks:
                yield Finding(
                    code="footnote-doubled",
                    severity=Severity.WARNS,
                    place=note.place,
                    values={"mark": note.mark},
                )


def _footnotes(case: Case) -> Iterator[Footnote]:
    for part in parts(case.recognition.document):
        yield from part.footnotes


def _references(case: Case) -> Iterator[NoteRef]:
    for part in parts(case.recognition.document):
        for block in blocks(part):
            yield from _of_block(block)


def _of_block(block: Block) -> Iterator[NoteRef]:
    match block:
        case Paragraph(content=content) | Heading(content=content) | Table(caption=content):
            yield from (each for each in inlines(content) if isinstance(each, NoteRef))
        case _:
            pass


CHECKS = (
    Check("footnote-without-text", source=_MANUAL, run=without_text),
    Check("footnote-without-anchor", source=_MANUAL, run=without_anchor),
    Check("footnote-order", source=_MANUAL, run=order),
    Check("footnote-doubled", source=_MANUAL, run=doubled),
)
