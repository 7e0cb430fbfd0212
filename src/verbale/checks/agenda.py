"""A document of a body with an agenda is issued under an item of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.institutions.model import Review
from verbale.model.finding import Finding, Severity
from verbale.model.masthead import AgendaItem
from verbale.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.model.finding import Place


def missing(case: Case) -> Iterator[Finding]:
    """Where documents are issued under items, the text or the masthead names one.

    It blocks only where a number is about to be given: an older document may lack the line.
    """
    masthead = case.recognition.masthead
    if masthead is not None and masthead.items:
        return
    for index, request in enumerate(case.recognition.communication.requests):
        if request.items:
            continue
        place = case.place(f"/communication/requests/{index}", near=case.message)
        yield from _required(case, request.body, place)
    if not case.recognition.communication.requests and masthead is not None:
        yield from _required(case, masthead.body, case.place("/document", near=case.head))


def unknown(case: Case) -> Iterator[Finding]:
    """An item that is named stands in the agenda of that body."""
    seen = set()
    for body, item, place in _named(case):
        agenda = case.institution.agenda(body)
        if agenda is None or _stands(item, agenda) or (body, str(item)) in seen:
            continue
        seen.add((body, str(item)))
        yield Finding(
            code="agenda-item-unknown",
            severity=Severity.WARNS,
            place=place,
            values={"item": str(item), "body": body},
        )


def title(case: Case) -> Iterator[Finding]:
    """A masthead prints the title of its item as the agenda has it."""
    masthead = case.recognition.masthead
    lang = case.recognition.document.language.code
    if masthead is None or masthead.body is None or len(masthead.items) != 1:
        return
    agenda = case.institution.agenda(masthead.body) or {}
    cell = agenda.get(str(masthead.items[0]), {}).get(lang)
    printed = masthead.items[0].title
    # A title that nobody has confirmed yet is no measure for one that was printed.
    if cell is None or cell.review is Review.CANDIDATE or not printed:
        return
    # What is read behind the title is the title of the document, run on.
    if not _folded(printed).startswith(_folded(cell.text)):
        yield Finding(
            code="agenda-title-differs",
            severity=Severity.WARNS,
            place=case.place("/document/agenda_items/0/title", near=case.head),
            values={"item": str(masthead.items[0]), "found": printed, "expected": cell.text},
        )


def _folded(text: str) -> str:
    return "".join(fold(text).text.casefold().split()).strip(".*")


def _required(case: Case, body: str | None, place: Place) -> Iterator[Finding]:
    known = case.institution.bodies.get(body or "")
    if known is not None and known.requires_item:
        yield Finding(
            code="agenda-item-missing",
            severity=Severity.BLOCKS if case.circulating else Severity.WARNS,
            place=place,
            values={"body": known.code},
        )


def _named(case: Case) -> Iterator[tuple[str, AgendaItem, Place]]:
    masthead = case.recognition.masthead
    if masthead is not None and masthead.body:
        for index, item in enumerate(masthead.items):
            path = f"/document/agenda_items/{index}"
            yield masthead.body, item, case.place(path, near=case.head)
    for index, request in enumerate(case.recognition.communication.requests):
        place = case.place(f"/communication/requests/{index}", near=case.message)
        for item in request.items:
            if request.body:
                yield request.body, item, place


def _stands(item: AgendaItem, agenda: Mapping[str, object]) -> bool:
    """Whether the item is listed, or one above it whose sub-items the table leaves out."""
    if str(item) in agenda:
        return True
    above = str(AgendaItem(item.number))
    return above in agenda and not any(key.startswith(f"{above} (") for key in agenda)


CHECKS = (
    Check(
        "agenda-item-missing",
        source="United Nations Editorial Manual, Communications",
        run=missing,
    ),
    Check("agenda-item-unknown", source="The agenda of the body", run=unknown),
    Check("agenda-title-differs", source="The agenda of the body", run=title),
)
