"""The reading side of a register: it hands out only what a role may see.

Everything that is public is asked for here: pages, search, feeds, the API. An entry that the
access table (`verbale.registry.access`) hides is as absent as one that never was, in what is
found, listed, counted and related.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from verbale import catalogue
from verbale.errors import NotRegisteredError, SymbolError
from verbale.messages import word
from verbale.model.symbol_reading import read_symbol
from verbale.proof.merkle import leaf_hash
from verbale.registry.access import Action, Role, may
from verbale.registry.states import FALLEN, State
from verbale.registry.store import instant
from verbale.workflow.cards import Card, card_of, folded
from verbale.workflow.folder import TREE

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from verbale.model.document import Document
    from verbale.registry.calendar import PlannedSession
    from verbale.registry.entry import Entry, Event, FileRecord
    from verbale.registry.store import Clock, Objects, Store

_Key = TypeVar("_Key")
#: Seconds between two looks at the register: acts show within this time.
FRESH = 0.25
#: Trees kept at hand, by their hash.
_TREES = 256
#: Acts that readers are told of, where they may see the entry.
TOLD = frozenset({"issue", "reissue", "supersede", "withdraw", "void", "translate"})
#: What of the values of an act they are told.
_TOLD_OF = frozenset({"language"})


@dataclass(frozen=True)
class Shelf:
    """What may be seen at one moment. ``number`` is the log's size, ``cards`` newest first.

    ``fallen`` are void and withdrawn numbers. ``key`` changes whenever anything here does.
    """

    number: int
    opened: int
    cards: tuple[Card, ...]
    fallen: tuple[Card, ...]
    by_symbol: Mapping[str, Card] = field(repr=False)
    by_receipt: Mapping[int, Card] = field(repr=False)

    @property
    def key(self) -> str:
        """A name for this moment: a cached page made at another one is stale."""
        return f"{self.number}-{self.opened}"

    @cached_property
    def bodies(self) -> Mapping[str, tuple[Card, ...]]:
        """Cards by body, newest first."""
        return _grouped(self.cards, lambda card: tuple(place[0] for place in card.places))

    @cached_property
    def sessions(self) -> Mapping[tuple[str, str], tuple[Card, ...]]:
        """Cards by body and session."""
        return _grouped(self.cards, lambda card: tuple(place[:2] for place in card.places))

    @cached_property
    def items(self) -> Mapping[tuple[str, str, str], tuple[Card, ...]]:
        """Cards by body, session and agenda item as cited."""
        return _grouped(
            self.cards,
            lambda card: tuple(
                (body, session, item) for body, session, items in card.places for item in items
            ),
        )

    @cached_property
    def states(self) -> Mapping[str, tuple[Card, ...]]:
        """Cards by the code of the sending State."""
        return _grouped(self.cards, lambda card: card.states)

    @cached_property
    def dates(self) -> Mapping[datetime.date, tuple[Card, ...]]:
        """Cards by the date of the masthead."""
        return _grouped(self.cards, lambda card: (card.date,) if card.date else ())

    def find(self, text: str) -> Card | None:
        """The card of a symbol in any spelling; ``None`` if it may not be seen or never was."""
        text = text.strip("/")
        found = self.by_symbol.get(folded(text))
        if found is not None:
            return found
        try:
            return self.by_symbol.get(folded(read_symbol(text).text))
        except SymbolError:
            return None


def _grouped(
    cards: Sequence[Card], keys: Callable[[Card], Sequence[_Key]]
) -> dict[_Key, tuple[Card, ...]]:
    groups: dict[_Key, list[Card]] = {}
    for card in cards:
        for key in keys(card):
            groups.setdefault(key, []).append(card)
    return {key: tuple(held) for key, held in groups.items()}


@dataclass(frozen=True, slots=True)
class Related:
    """A document of the family: ``kind`` of `verbale.registry.relations`."""

    kind: str
    card: Card


class Title(NamedTuple):
    """What a document is called, and in what language; empty where it has no name."""

    text: str
    language: str


class PublicRegister:
    """A register as *role* may see it; safe to be asked by many threads.

    Errors of the store (`RegistryError`) are its caller's to say.
    """

    def __init__(
        self,
        store: Store,
        objects: Objects,
        clock: Clock,
        role: Role = Role.PUBLIC,
        *,
        fresh: float = FRESH,
    ) -> None:
        self.store = store
        self.objects = objects
        self.clock = clock
        self.role = role
        self._fresh = fresh
        self._turn = threading.Lock()
        self._cards: dict[int, Card] = {}
        self._event = 0
        self._next: datetime.datetime | None = None
        self._shelf: Shelf | None = None
        self._looked = 0.0
        self._tree = lru_cache(_TREES)(self._read_tree)
        # Of a moment: every act makes the log longer. A page asks for its entry nine times.
        self._entry = lru_cache(_TREES)(lambda receipt, _number: self.store.get(receipt))
        self._related = lru_cache(_TREES)(lambda receipt, _number: self.store.related(receipt))

    def now(self) -> datetime.datetime:
        """The present instant."""
        return instant(self.clock)

    def shelf(self) -> Shelf:
        """What may be seen now; looked up anew at most every `FRESH` seconds."""
        held = self._shelf
        if held is not None and time.monotonic() - self._looked < self._fresh:
            return held
        with self._turn:
            held = self._shelf
            if held is not None and time.monotonic() - self._looked < self._fresh:
                return held
            now, number = self.now(), self.store.log_size()
            due = self._next is not None and self._next <= now
            if held is None or number != held.number or due:
                self._catch_up()
                held = self._shelf = self._laid_out(number, now)
            self._looked = time.monotonic()
            return held

    def find(self, text: str) -> Card | None:
        """The card of a symbol in any spelling; ``None`` if it may not be seen or never was."""
        return self.shelf().find(text)

    def entry(self, card: Card, action: Action = Action.READ) -> Entry:
        """The entry as it is now. Raises `NotRegisteredError` if it may not be seen."""
        entry = self._entry(card.receipt, self.shelf().number)
        if not may(self.role, action, entry, self.now()):
            raise NotRegisteredError(f"{card.symbol} is not here")
        return entry

    def document(self, card: Card, lang: str) -> Document:
        """The tree of one version. Raises `NotRegisteredError` if there is none."""
        for language, sha256 in card.trees:
            if language == lang:
                return self._tree(sha256)
        raise NotRegisteredError(f"{card.symbol} has no version in {lang}")

    def title(self, card: Card, wanted: Sequence[str]) -> Title:
        """The title for a reader of the languages *wanted*, best first, and its language.

        A corrigendum, addendum or revision without a title of its own bears that of what it
        corrects, adds to or revises, with what it is behind it, where that may be seen. Raises
        `RegistryError` if the text cannot be read.
        """
        lang = best_version(card, wanted)
        own = " ".join(self.document(card, lang).title.split()) if lang else ""
        if own:
            return Title(own, lang)
        for kind, symbol in card.amends:
            parent = self.find(symbol)
            # It was there before what amends it: the way up ends.
            if (
                parent is not None
                and parent.receipt < card.receipt
                and self._may(Action.READ, parent, self.now())
            ):
                text, lang = self.title(parent, (*wanted, *card.languages))
                if text:
                    return Title(word(f"title-{kind}", lang).format(title=text), lang)
        return Title("", lang)

    def file(self, card: Card, lang: str, format: str) -> tuple[FileRecord, bytes]:  # noqa: A002
        """A version in a format. Raises `NotRegisteredError` if there is none."""
        for record in self.entry(card).current:
            if record.language == lang and record.format == format:
                return record, self.objects.get(record.sha256)
        raise NotRegisteredError(f"{card.symbol} has no {format} in {lang}")

    def originals(self, card: Card) -> tuple[FileRecord, ...]:
        """The records of the files as received, none for those who may not have them."""
        try:
            return self.entry(card, Action.ORIGINALS).received
        except NotRegisteredError:
            return ()

    def family(self, card: Card) -> tuple[Related, ...]:
        """Addenda, corrigenda, revisions and replies, both ways, citations aside."""
        shelf = self.shelf()
        return tuple(
            Related(relation.kind, other)
            for relation in self._related(card.receipt, shelf.number)
            if relation.kind not in {"cites", "cited-by"}
            and (other := shelf.by_symbol.get(folded(relation.symbol))) is not None
        )

    def cites(self, card: Card) -> tuple[tuple[str, Card | None], ...]:
        """The symbols it cites, and the card of each that may be seen here."""
        shelf = self.shelf()
        return tuple(
            (relation.symbol, shelf.by_symbol.get(folded(relation.symbol)))
            for relation in self.entry(card).relations
            if relation.kind == "cites"
        )

    def cited_by(self, card: Card) -> tuple[Card, ...]:
        """The cards of what cites it."""
        shelf = self.shelf()
        found = [
            shelf.by_receipt.get(entry.receipt)
            for symbol in card.symbols
            for entry in self.store.citing(symbol)
        ]
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def history(self, card: Card) -> tuple[Event, ...]:
        """The acts that readers are told of, oldest first, without those who did them.

        Of what an act says beside, the language of a translation is told and nothing else.
        """
        self.entry(card, Action.KNOW)
        told = []
        for event in self.store.events(card.receipt):
            if event.act not in TOLD:
                continue
            if event.act == "translate" and (
                card.published_at is None or event.at < card.published_at
            ):
                continue
            if event.act == "supersede" and card.state is not State.SUPERSEDED:
                continue
            out = card.published_at is not None
            reason = event.reason if out else ""
            values = {key: event.values[key] for key in _TOLD_OF & event.values.keys()}
            told.append(replace(event, actor="", reason=reason, values=values))
        return tuple(told)

    def proof(self, card: Card) -> tuple[int, str] | None:
        """Where the log says how it was left: the leaf's number from 0, and its hash."""
        leaves = self.store.leaves_of(self.entry(card).receipt)
        return (leaves[-1].index, leaf_hash(leaves[-1].line.encode()).hex()) if leaves else None

    def calendar(self, body: str = "") -> tuple[PlannedSession, ...]:
        """The sessions of *body*, or of all; calendars are public."""
        return self.store.calendar(body)

    def _read_tree(self, sha256: str) -> Document:
        data = self.objects.get(sha256)
        return catalogue.reader(TREE).read(data, name=f"{sha256}.json").document

    def _catch_up(self) -> None:
        """Make the cards of all entries that had an event since the last time."""
        changed: dict[int, Event] = {}
        while page := self.store.events_after(self._event):
            self._event = page[-1].number
            changed |= {event.receipt: event for event in page}
        if not self._cards:
            entries: Iterator[Entry] = self.store.entries()
        else:
            entries = (self.store.get(receipt) for receipt in changed)
        for entry in entries:
            self._cards[entry.receipt] = card_of(entry, changed.get(entry.receipt))

    def _laid_out(self, number: int, now: datetime.datetime) -> Shelf:
        embargoes = [
            card.embargo_until
            for card in self._cards.values()
            if card.embargo_until is not None
        ]
        self._next = min((until for until in embargoes if until > now), default=None)
        opened = sum(until <= now for until in embargoes)
        listed = [card for card in self._cards.values() if self._may(Action.LIST, card, now)]
        held = {card.receipt for card in listed}
        known = [
            card
            for card in self._cards.values()
            if card.receipt not in held and self._may(Action.KNOW, card, now)
        ]
        # That a text is superseded would tell of a revision that may not be seen yet.
        revised = {
            symbol
            for card in (*listed, *known)
            for kind, symbol in card.amends
            if kind == "revises"
        }
        listed = [
            replace(card, state=State.ISSUED)
            if card.state is State.SUPERSEDED and revised.isdisjoint(card.symbols)
            else card
            for card in listed
        ]
        listed.sort(key=lambda card: (card.appeared_at, card.receipt))
        seen = {card.receipt: card for card in (*listed, *known)}
        by_symbol = {key: card for card in seen.values() for key in card.keys}
        return Shelf(
            number=number,
            opened=opened,
            cards=tuple(reversed(listed)),
            fallen=tuple(card for card in known if card.state in FALLEN and card.symbols),
            by_symbol=by_symbol,
            by_receipt=seen,
        )

    def _may(self, action: Action, card: Card, now: datetime.datetime) -> bool:
        return may(self.role, action, card, now)


def best_version(card: Card, wanted: Sequence[str]) -> str:
    """The language version for a reader of the languages *wanted*, best first.

    One of these that is complete, else one that waits for passages, else the original or any.
    """
    for pool in (card.complete, card.languages):
        for lang in wanted:
            if lang in pool:
                return lang
    for pool in (card.complete, card.languages):
        for lang in (card.original, "en"):
            if lang in pool:
                return lang
        if pool:
            return pool[0]
    return ""
