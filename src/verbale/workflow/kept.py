"""What the register keeps as JSON, as values again."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

from verbale.model.language import Language
from verbale.model.masthead import (
    AgendaItem,
    AgendaStatus,
    Column,
    Distribution,
    Masthead,
    Session,
    SessionKind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def masthead_of(text: str) -> Masthead:
    """The masthead of the JSON that `verbale.workflow.shapes.masthead_shape` gives.

    Symbols and the job number are left out: each document has its own.
    """
    said: Mapping[str, Any] = json.loads(text)
    return Masthead(
        organ=said.get("organ"),
        body=said.get("body"),
        distribution=_maybe(Distribution, said.get("distribution")),
        date=_day(said.get("masthead_date")),
        language=_maybe(Language, said.get("language")),
        original=tuple(Language(code) for code in said.get("originals") or ()),
        title=said.get("title") or "",
        columns=tuple(
            Column(body=each["body"], **_sitting(each)) for each in said.get("columns") or ()
        ),
        **_sitting(said),
    )


def _sitting(said: Mapping[str, Any]) -> dict[str, Any]:
    """The session and the items of the masthead or of one of its columns."""
    return {
        "session": _session(said.get("session")),
        "items": tuple(_item(each) for each in said.get("agenda_items") or ()),
        "agenda": AgendaStatus(said.get("agenda") or AgendaStatus.ADOPTED),
    }


def _maybe(kind: Any, value: str | None) -> Any:  # noqa: ANN401 - of the kind that is given
    return None if value is None else kind(value)


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _session(said: Mapping[str, Any] | None) -> Session | None:
    if said is None:
        return None
    return Session(
        number=said.get("number"),
        year=said.get("year"),
        kind=SessionKind(said.get("kind") or SessionKind.REGULAR),
        resumed=bool(said.get("resumed")),
        start=_day(said.get("start")),
        end=_day(said.get("end")),
    )


def _item(said: Mapping[str, Any]) -> AgendaItem:
    item = AgendaItem.parse(str(said["item"]))
    return AgendaItem(item.number, item.sub, said.get("title") or "")
