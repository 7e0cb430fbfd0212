"""A cover page as JSON and back: codes, ISO dates, numbers; the same whatever the language."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from verbale.errors import GrammarError, UsageError
from verbale.model.communication import Office, Sender
from verbale.model.cover import Cover, Page, SetPhrase
from verbale.model.language import Language
from verbale.model.masthead import AgendaItem, AgendaStatus, Distribution, Session, SessionKind
from verbale.model.symbol import Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Keys that hold a set phrase, and the roles of pages: as JSON writes them.
_PHRASES = (
    "type", "proponent", "group", "resolution", "adoption", "title", "source", "number",
)  # fmt: skip


def cover_shape(cover: Cover) -> dict[str, Any]:
    """The values that are there; ``text`` and ``page`` hold what is of one language only."""
    shape: dict[str, Any] = {}
    if cover.publisher:
        shape["publisher"] = True
    if cover.organs:
        shape["organ"] = cover.organs[0]
    if len(cover.organs) > 1:
        shape["organs"] = list(cover.organs)
    if cover.body:
        shape["body"] = cover.body
    if cover.symbols:
        shape["symbols"] = [str(symbol) for symbol in cover.symbols]
    if cover.distribution:
        shape["distribution"] = cover.distribution.value
    if cover.date:
        shape["date"] = cover.date.isoformat()
    if cover.original:
        shape["original"] = [language.code for language in cover.original]
    if cover.sessions:
        shape["session"] = _session_shape(cover.sessions[0])
    if len(cover.sessions) > 1:
        shape["sessions"] = [_session_shape(session) for session in cover.sessions]
    if cover.items:
        shape["agenda"] = {
            "status": cover.agenda.value,
            "items": [str(item) for item in cover.items],
        }
    for phrase in cover.phrases:
        values = {name: _shape(value) for name, value in phrase.values.items()}
        shape[phrase.role] = {"kind": phrase.kind, **values}
    texts = {
        lang: {role: list(lines) for role, lines in page.texts.items()}
        for lang, page in cover.pages.items()
        if page.texts
    }
    pages = {lang: _page_shape(page) for lang, page in cover.pages.items()}
    pages = {lang: page for lang, page in pages.items() if page}
    return shape | ({"text": texts} if texts else {}) | ({"page": pages} if pages else {})


def _session_shape(session: Session) -> dict[str, Any]:
    shape: dict[str, Any] = {"kind": session.kind.value}
    if session.number is not None:
        shape["number"] = session.number
    if session.year is not None:
        shape["year"] = session.year
    if session.start and session.end:
        shape |= {"start": session.start.isoformat(), "end": session.end.isoformat()}
    return shape


def _page_shape(page: Page) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    if page.order:
        shape["order"] = list(page.order)
    if page.wordings:
        shape["wordings"] = dict(page.wordings)
    return shape


def _shape(value: Any) -> Any:  # noqa: ANN401 - a slot's value has any type
    match value:
        case datetime.date():
            return value.isoformat()
        case tuple():
            return [_shape(each) for each in value]
        case Symbol() | Language() | AgendaItem():
            return str(value)
        case Sender():
            facts = {"state": value.state, "office": value.office, "station": value.station}
            return {name: str(fact) for name, fact in facts.items() if fact is not None}
        case _:
            return value


def cover_of(shape: Mapping[str, Any]) -> Cover:
    """The inverse of `cover_shape`. Raises `UsageError` naming what it cannot take."""
    try:
        return _cover(shape)
    except (GrammarError, ValueError, TypeError, KeyError, AttributeError) as bad:
        raise UsageError(
            f"this is no masthead: {bad}",
            remedy='Give the object under "masthead" as `verbale masthead parse` prints it.',
        ) from bad


def _cover(shape: Mapping[str, Any]) -> Cover:
    agenda = shape.get("agenda") or {}
    organs = shape.get("organs") or ([shape["organ"]] if shape.get("organ") else [])
    sessions = shape.get("sessions") or ([shape["session"]] if shape.get("session") else [])
    day = shape.get("date")
    distribution = shape.get("distribution")
    return Cover(
        publisher=bool(shape.get("publisher")),
        symbols=tuple(Symbol.parse(text) for text in shape.get("symbols") or ()),
        organs=tuple(organs),
        body=shape.get("body"),
        distribution=Distribution(distribution) if distribution else None,
        date=datetime.date.fromisoformat(day) if day else None,
        original=tuple(Language(code) for code in shape.get("original") or ()),
        sessions=tuple(_session(each) for each in sessions),
        items=tuple(AgendaItem.parse(text) for text in agenda.get("items") or ()),
        agenda=AgendaStatus(agenda.get("status") or AgendaStatus.ADOPTED),
        phrases=tuple(_phrase(role, shape[role]) for role in _PHRASES if shape.get(role)),
        pages=_pages(shape),
    )


def _session(shape: Mapping[str, Any]) -> Session:
    start, end = shape.get("start"), shape.get("end")
    return Session(
        number=shape.get("number"),
        year=shape.get("year"),
        kind=SessionKind(shape.get("kind") or SessionKind.REGULAR),
        start=datetime.date.fromisoformat(start) if start else None,
        end=datetime.date.fromisoformat(end) if end else None,
    )


def _phrase(role: str, shape: Mapping[str, Any]) -> SetPhrase:
    values = {name: _value(name, value) for name, value in shape.items() if name != "kind"}
    return SetPhrase(role, shape["kind"], values)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - a slot's value has any type
    match name:
        case "date":
            return datetime.date.fromisoformat(value)
        case "symbols":
            return tuple(Symbol.parse(text) for text in value)
        case "languages":
            return tuple(Language(code) for code in value)
        case "items":
            return tuple(AgendaItem.parse(text) for text in value)
        case "sender":
            return _sender(value)
        case "senders":
            return tuple(_sender(each) for each in value)
        case "paragraphs" | "addressees" | "states":
            return tuple(value)
        case _:
            return value


def _sender(shape: Mapping[str, Any]) -> Sender:
    office = shape.get("office")
    return Sender(shape.get("state"), Office(office) if office else None, shape.get("station"))


def _pages(shape: Mapping[str, Any]) -> dict[str, Page]:
    texts, pages = shape.get("text") or {}, shape.get("page") or {}
    return {
        lang: Page(
            tuple(pages.get(lang, {}).get("order") or ()),
            dict(pages.get(lang, {}).get("wordings") or {}),
            {role: tuple(lines) for role, lines in (texts.get(lang) or {}).items()},
        )
        for lang in dict.fromkeys((*texts, *pages))
    }
