"""A recognition as plain dictionaries, and back: how one leaves the box it was made in.

Findings are left out: they have a form of their own where they cross.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from verbale.errors import SymbolError
from verbale.model.as_json import from_plain, place_from_plain, place_to_plain, to_plain
from verbale.model.communication import Communication, Kind, Office, Request, Sender
from verbale.model.finding import Place
from verbale.model.masthead import (
    AgendaItem,
    AgendaStatus,
    Column,
    Distribution,
    JobNumber,
    Masthead,
    Session,
    SessionKind,
)
from verbale.model.plain import (
    DATE,
    FLAG,
    LANGUAGE,
    TEXT,
    WHOLE,
    Plain,
    ShapeError,
    an_object,
    declare,
    many,
    maybe,
    node,
    one_word,
    read_fields,
    write_fields,
)
from verbale.model.plain import Kind as Form
from verbale.model.recognition import AnnexFacts, NoteFacts, Recognition
from verbale.model.symbol import Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping


def recognition_to_plain(found: Recognition) -> Plain:
    """All of a recognition but its findings."""
    return {
        "document": to_plain(found.document),
        "masthead": _MASTHEAD.write(found.masthead),
        "communication": write_fields(found.communication),
        "annexes": _ANNEXES.write(found.annexes),
        "notes": _NOTES.write(found.notes),
        "places": {path: place_to_plain(place) for path, place in found.places.items()},
    }


def recognition_from_plain(value: object) -> Recognition:
    """What `recognition_to_plain` wrote, without findings.

    Raises `ShapeError` at the first thing that differs.
    """
    said = an_object(value, "")
    communication = an_object(said.get("communication"), "/communication")
    return Recognition(
        document=from_plain(said.get("document")),
        masthead=_MASTHEAD.read(said.get("masthead"), "/masthead"),
        communication=cast(
            "Communication", read_fields(Communication, communication, "/communication")
        ),
        annexes=_ANNEXES.read(said.get("annexes"), "/annexes"),
        notes=_NOTES.read(said.get("notes"), "/notes"),
        places=_places(an_object(said.get("places"), "/places")),
    )


def _places(said: Mapping[str, object]) -> dict[str, Place]:
    return {TEXT.read(path, "/places"): place_from_plain(each) for path, each in said.items()}


def _symbol(value: object, pointer: str) -> Symbol:
    try:
        return Symbol.parse(TEXT.read(value, pointer))
    except SymbolError as bad:
        raise ShapeError(pointer, "a symbol in its canonical spelling") from bad


_SESSION = maybe(node(Session))
_ITEMS = many(node(AgendaItem))
_MASTHEAD = maybe(node(Masthead))
_ANNEXES = many(node(AnnexFacts))
_NOTES = many(node(NoteFacts))
_FIELDS: dict[type[Any], dict[str, Form]] = {
    Session: {
        "number": maybe(WHOLE),
        "year": maybe(WHOLE),
        "kind": one_word(SessionKind),
        "resumed": FLAG,
        "start": maybe(DATE),
        "end": maybe(DATE),
    },
    AgendaItem: {"number": WHOLE, "sub": many(TEXT), "title": TEXT},
    JobNumber: {"text": TEXT, "letter": TEXT},
    Column: {
        "body": TEXT,
        "session": _SESSION,
        "items": _ITEMS,
        "agenda": one_word(AgendaStatus),
    },
    Masthead: {
        "organ": maybe(TEXT),
        "body": maybe(TEXT),
        "symbols": many(Form(str, _symbol)),
        "distribution": maybe(one_word(Distribution)),
        "date": maybe(DATE),
        "language": maybe(LANGUAGE),
        "original": many(LANGUAGE),
        "session": _SESSION,
        "items": _ITEMS,
        "agenda": one_word(AgendaStatus),
        "title": TEXT,
        "job_number": maybe(node(JobNumber)),
        "columns": many(node(Column)),
    },
    Sender: {
        "state": maybe(TEXT),
        "office": maybe(one_word(Office)),
        "station": maybe(TEXT),
        "text": TEXT,
    },
    Request: {"body": maybe(TEXT), "session": maybe(WHOLE), "items": _ITEMS},
    Communication: {
        "kind": maybe(one_word(Kind)),
        "date": maybe(DATE),
        "senders": many(node(Sender)),
        "addressees": many(TEXT),
        "transmits": TEXT,
        "in_reply_to": TEXT,
        "requests": many(node(Request)),
        "submitted_in": maybe(LANGUAGE),
        "signatories": many(TEXT),
    },
    AnnexFacts: {"heading": TEXT, "title": TEXT, "issuer": TEXT},
    NoteFacts: {"mark": TEXT, "text": TEXT, "anchor": TEXT, "place": node(Place)},
}
for _class, _kinds in _FIELDS.items():
    declare(_class, _kinds)
