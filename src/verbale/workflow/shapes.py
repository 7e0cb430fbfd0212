"""The shapes of the JSON answers: a promise to users, more keys may be added.

``None`` stands where nothing was found, never a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.messages import codes, render
from verbale.model.document import PartKind
from verbale.model.language import UND

if TYPE_CHECKING:
    from verbale.model.communication import Communication, Request, Sender
    from verbale.model.document import Document, Part
    from verbale.model.finding import Finding, Place
    from verbale.model.language import Language
    from verbale.model.masthead import AgendaItem, Masthead, Session
    from verbale.model.recognition import AnnexFacts, Recognition

Shape = dict[str, Any]


def recognition_shape(found: Recognition, lang: str = "en") -> Shape:
    """The answer of ``verbale recognise``."""
    return {
        "document": document_shape(found),
        "communication": communication_shape(found.communication),
        "parts": _parts(found),
        "footnotes": [
            {
                "mark": note.mark,
                "text": note.text,
                "anchor": note.anchor or None,
                "place": place_shape(note.place),
            }
            for note in found.notes
        ],
        "places": {path: place_shape(place) for path, place in found.places.items()},
        "findings": [finding_shape(finding, lang) for finding in found.findings],
    }


def document_shape(found: Recognition) -> Shape:
    """What the masthead says; for a raw communication only its language is known."""
    language = _code(found.document.language)
    if found.masthead is None:
        shape: Shape = dict.fromkeys(
            ("symbol", "job_number", "organ", "body", "distribution", "language", "original")
        )
        shape |= dict.fromkeys(("masthead_date", "session"))
        return shape | {
            "language": language,
            "agenda_items": [],
            "columns": [],
            "title": found.document.title or None,
        }
    return masthead_shape(found.masthead, found.document)


def masthead_shape(masthead: Masthead, document: Document) -> Shape:
    """A masthead's values under the names of the promise."""
    return {
        "symbol": "-".join(map(str, masthead.symbols)) or None,
        "job_number": str(masthead.job_number) if masthead.job_number else None,
        "organ": masthead.organ,
        "body": masthead.body,
        "distribution": masthead.distribution.value if masthead.distribution else None,
        "language": _code(document.language) or _code(masthead.language),
        "original": masthead.original[0].code if masthead.original else None,
        "originals": [language.code for language in masthead.original],
        "masthead_date": masthead.date.isoformat() if masthead.date else None,
        "session": session_shape(masthead.session),
        "agenda_items": [_item(item) for item in masthead.items],
        "agenda": masthead.agenda.value if masthead.items else None,
        "title": masthead.title or None,
        "columns": [
            {
                "body": each.body,
                "session": session_shape(each.session),
                "agenda_items": [_item(item) for item in each.items],
                "agenda": each.agenda.value if each.items else None,
            }
            for each in masthead.columns
        ],
    }


def session_shape(session: Session | None) -> Shape | None:
    """A session by number or year, with its dates where they are printed."""
    if session is None:
        return None
    shape: Shape = {
        "number": session.number,
        "start": session.start.isoformat() if session.start else None,
        "end": session.end.isoformat() if session.end else None,
        "kind": session.kind.value,
    }
    if session.year is not None:
        shape["year"] = session.year
    return shape


def _item(item: AgendaItem) -> Shape:
    return {"item": str(item), "title": item.title or None}


def communication_shape(communication: Communication) -> Shape:
    """Who speaks, to whom, when, what is handed over and asked."""
    return {
        "kind": communication.kind.value if communication.kind else None,
        "date": communication.date.isoformat() if communication.date else None,
        "senders": [_sender(sender) for sender in communication.senders],
        "addressees": list(communication.addressees),
        "transmits": communication.transmits or None,
        "in_reply_to": communication.in_reply_to or None,
        "requests": [_request(request) for request in communication.requests],
        "submitted_in": _code(communication.submitted_in),
        "signatories": list(communication.signatories),
    }


def _sender(sender: Sender) -> Shape:
    return {
        "state": sender.state,
        "mission": sender.office.value if sender.office else None,
        "station": sender.station,
        "text": sender.text or None,
    }


def _request(request: Request) -> Shape:
    return {
        "body": request.body,
        "session": request.session,
        "items": [str(item) for item in request.items],
    }


def _parts(found: Recognition) -> list[Shape]:
    facts = iter(found.annexes)
    shapes = []
    for part in found.document.parts:
        shape = part_shape(part)
        if part.kind is PartKind.ANNEX:
            shape |= annex_shape(part, next(facts, None))
        shapes.append(shape)
        shapes += [part_shape(inner) for inner in part.parts]
    return [shape for shape in shapes if shape["kind"] != PartKind.MASTHEAD.value]


def part_shape(part: Part) -> Shape:
    """A part's kind and language."""
    return {"kind": part.kind.value, "language": _code(part.language)}


def annex_shape(part: Part, facts: AnnexFacts | None) -> Shape:
    """What an annex says of itself."""
    return {
        "number": part.number or None,
        "as_received": part.as_received,
        "heading": (facts.heading or None) if facts else None,
        "title": (facts.title or None) if facts else None,
        "issuer": (facts.issuer or None) if facts else None,
    }


def finding_shape(finding: Finding, lang: str = "en") -> Shape:
    """A finding with its words in a language."""
    words = render(finding.code, finding.values, lang)
    known = codes().get(finding.code)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": place_shape(finding.place),
        "values": dict(finding.values),
        "message": words.message,
        "remedy": words.remedy,
        "source": finding.source or (known.source if known else None),
    }


def place_shape(place: Place) -> Shape | None:
    """A place with what is known of it; ``None`` when nothing is."""
    known = {
        "file": place.file or None,
        "part": place.part or None,
        "paragraph": place.paragraph,
        "page": place.page,
        "box": list(place.box) if place.box else None,
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
    }
    shape = {key: value for key, value in known.items() if value is not None}
    return shape or None


def _code(language: Language | None) -> str | None:
    return None if language is None or language == UND else language.code
