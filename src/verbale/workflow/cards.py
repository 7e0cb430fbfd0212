"""The card of an entry: what lists need of it, small enough to hold all of them at hand."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verbale.registry.calendar import session_code
from verbale.registry.entry import VersionState
from verbale.workflow.kept import masthead_of

if TYPE_CHECKING:
    import datetime

    from verbale.model.masthead import Column, Masthead, Session
    from verbale.registry.entry import Entry, Event, Version
    from verbale.registry.states import State

#: What a document may be to the one that it was made for.
AMENDING = ("corrects", "adds-to", "revises")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One work as lists show it.

    ``date`` is that of the masthead, ``published_at`` the instant it was issued, ``changed_at``
    that of its last act, or of the end of its embargo where that is later. ``places`` are its
    bodies, each with its session and the agenda items as cited, several if it is joint;
    ``states`` the codes of the sending States, ``kind`` that of the communication, ``trees``
    language and SHA-256 of each version's tree, ``amends`` kind and symbol of what it corrects,
    adds to or revises, ``keys`` the symbols as `folded` for looking up.
    """

    receipt: int
    symbols: tuple[str, ...]
    printed: str
    state: State
    restricted: bool
    embargo_until: datetime.datetime | None
    published_at: datetime.datetime | None
    changed_at: datetime.datetime
    date: datetime.date | None
    places: tuple[tuple[str, str, tuple[str, ...]], ...]
    states: tuple[str, ...]
    kind: str
    original: str
    versions: tuple[Version, ...]
    trees: tuple[tuple[str, str], ...]
    amends: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()
    asterisks: int = 0

    @property
    def body(self) -> str:
        """The body, the first one of a joint document; empty where none is named."""
        return self.places[0][0]

    @property
    def session(self) -> str:
        """How the session of that body is called: ``43``, ``S-30``; empty outside sessions."""
        return self.places[0][1]

    @property
    def items(self) -> tuple[str, ...]:
        """The items of that body's agenda, as cited."""
        return self.places[0][2]

    def items_at(self, body: str, session: str) -> tuple[str, ...]:
        """The items as cited of the agenda of *body* at *session*."""
        held = (items for at, sitting, items in self.places if (at, sitting) == (body, session))
        return next(held, ())

    @property
    def appeared_at(self) -> datetime.datetime:
        """The instant from which readers had it."""
        out = self.published_at or self.changed_at
        return out if self.embargo_until is None else max(out, self.embargo_until)

    @property
    def symbol(self) -> str:
        """The symbol of the work, joint symbols together, without asterisks."""
        return "-".join(self.symbols)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there is a version in."""
        return tuple(lang for lang, _ in self.trees)

    @property
    def complete(self) -> tuple[str, ...]:
        """The languages whose version waits for no translation."""
        waits = {
            each.language
            for each in self.versions
            if each.state is VersionState.AWAITING_TRANSLATION
        }
        return tuple(lang for lang in self.languages if lang not in waits)


def card_of(entry: Entry, last: Event | None) -> Card:
    """The card of *entry*; *last* is its last event."""
    masthead = masthead_of(entry.masthead)
    said: dict[str, Any] = json.loads(entry.communication)
    changed = entry.received_at if last is None else last.at
    if entry.embargo_until is not None:
        changed = max(changed, entry.embargo_until)
    return Card(
        receipt=entry.receipt,
        symbols=entry.symbols,
        printed=entry.printed,
        state=entry.state,
        restricted=entry.restricted,
        embargo_until=entry.embargo_until,
        published_at=entry.published_at,
        changed_at=changed,
        date=masthead.date,
        places=tuple(
            (each.body or "", _called(each.session), tuple(str(item) for item in each.items))
            for each in _columns(masthead)
        ),
        states=tuple(
            dict.fromkeys(
                each["state"] for each in said.get("senders") or () if each.get("state")
            )
        ),
        kind=said.get("kind") or "",
        original=next((each.code for each in masthead.original), ""),
        versions=entry.versions,
        trees=tuple(
            (file.language, file.sha256) for file in entry.current if file.format == "json"
        ),
        amends=tuple(
            (each.kind, each.symbol) for each in entry.relations if each.kind in AMENDING
        ),
        keys=tuple(map(folded, dict.fromkeys((*entry.symbols, "-".join(entry.symbols))))),
        asterisks=entry.asterisks,
    )


def _columns(masthead: Masthead) -> tuple[Masthead | Column, ...]:
    return (masthead, *masthead.columns)


def _called(session: Session | None) -> str:
    return session_code(session) if session is not None else ""


def folded(text: str) -> str:
    """How a symbol is looked up: letter case, blanks and asterisks do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if not sign.isspace() and sign != "*")
