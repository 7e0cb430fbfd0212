"""The search over a register: what is indexed of each work, catching up, and asking.

The register's events are the outbox: the index remembers the number of the last one it has, in
the same commit as what that one changed, so that a crash loses nothing and doubles nothing.
Works whose embargo has ended since are renewed too, though nothing happened to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.errors import RegistryError, SymbolError
from verbale.model.language import UND
from verbale.model.symbol import Symbol
from verbale.model.walk import blocks, inlines, parts, plain
from verbale.registry.access import Action
from verbale.registry.record import instant_text
from verbale.search.base import Passage, Searchable

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from verbale.model.document import Block, Document
    from verbale.search.base import Found, Index, Request, Writing
    from verbale.workflow.cards import Card
    from verbale.workflow.public import PublicRegister

#: Works of one commit while an index is made.
BATCH = 500
_PAGE = 1000
_KINDS = {"Corr": "corrigendum", "Add": "addendum", "Rev": "revision"}


def searchable(register: PublicRegister, card: Card) -> Searchable:
    """What is indexed of a work. Raises `RegistryError` if its versions cannot be read."""
    numbers: dict[Passage, int] = {}
    versions: dict[str, tuple[int, ...]] = {}
    titles: dict[str, str] = {}
    for lang in card.languages:
        document = register.document(card, lang)
        titles[lang] = " ".join(document.title.split())
        versions[lang] = tuple(
            numbers.setdefault(each, len(numbers)) for each in passages(document)
        )
    return Searchable(
        receipt=card.receipt,
        symbols=card.symbols,
        date=card.date,
        titles=titles,
        passages=tuple(numbers),
        versions=versions,
        facets=facets(card, register.entry(card, Action.READ).concerns),
    )


def facets(card: Card, concerns: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """The values of each facet of a card; *concerns* are the languages it corrects alone."""
    kinds = [card.kind]
    for text in card.symbols:
        try:
            suffixes = Symbol.parse(text).suffixes
        except SymbolError:
            continue
        kinds += [_KINDS[suffix.kind] for suffix in suffixes[-1:] if suffix.kind in _KINDS]
    made = {
        "body": (card.body,),
        "session": (card.session,),
        "item": card.items,
        "state": card.states,
        "kind": tuple(dict.fromkeys(kinds)),
        "language": card.languages,
        "year": (str(card.date.year),) if card.date else (),
        "versions": ("partial",) if concerns else (),
    }
    return {name: tuple(filter(None, values)) for name, values in made.items()}


def passages(document: Document) -> Iterator[Passage]:
    """The text of a version, block by block, each in the language of its part."""
    for part in parts(document):
        own = part.language if part.language != UND else document.language
        for block in blocks(part):
            text = " ".join(_own_text(block).split())
            if text:
                language = getattr(block, "language", None) or own
                yield Passage(language.code, text)


def _own_text(block: Block) -> str:
    """The text of a block without that of the blocks in it, which come by themselves."""
    if hasattr(block, "content"):
        return plain(block.content)
    caption = getattr(block, "caption", ())
    return plain(tuple(inlines(caption))) if caption else ""


@dataclass(frozen=True, slots=True)
class Caught:
    """How a catching-up went: works put in, works taken out, the event it came to."""

    put: int
    gone: int
    event: int


def last_event(register: PublicRegister, since: int) -> tuple[int, set[int]]:
    """The number of the last event, and the receipts with events after *since*."""
    changed: set[int] = set()
    while page := register.store.events_after(since, limit=_PAGE):
        changed |= {event.receipt for event in page}
        since = page[-1].number
    return since, changed


def catch_up(
    register: PublicRegister, reached: int, at: datetime.datetime | None, writing: Writing
) -> Caught:
    """Bring an index that has reached event *reached*, at the instant *at*, up to now.

    A work that cannot be read stays out until it can be, and keeps nothing else out.
    """
    now = register.now()
    event, changed = last_event(register, max(reached, 0))
    shelf = register.shelf()
    listed = {card.receipt: card for card in shelf.cards}
    if at is not None:
        changed |= {
            card.receipt
            for card in shelf.cards
            if card.embargo_until is not None and at < card.embargo_until <= now
        }
    gone = sorted(changed - set(listed))
    wanted = sorted(changed & set(listed))
    put = 0
    stamp = instant_text(now)
    for first in range(0, max(len(wanted), 1), BATCH):
        batch = wanted[first : first + BATCH]
        works = []
        for receipt in batch:
            try:
                works.append(searchable(register, listed[receipt]))
            except RegistryError:
                gone.append(receipt)
        last = first + BATCH >= len(wanted)
        # Until the last batch is in, the index has not come further than it had.
        writing.keep(works, gone if last else (), event=event if last else reached, at=stamp)
        put += len(works)
    return Caught(put, len(gone), event)


def is_behind(register: PublicRegister, reached: int, at: datetime.datetime | None) -> bool:
    """Whether `catch_up` would have anything to do."""
    if register.store.events_after(max(reached, 0), limit=1):
        return True
    now = register.now()
    return at is not None and any(
        card.embargo_until is not None and at < card.embargo_until <= now
        for card in register.shelf().cards
    )


@dataclass
class Search:
    """The search as the site and the command line offer it: the index, by the register's leave.

    What the index has and the role must not see, because an act came after, is left out of
    hits, counts and facets alike.
    """

    register: PublicRegister
    index: Index
    _known: tuple[str, int, frozenset[int]] = ("", -2, frozenset())

    def find(self, request: Request) -> Found:
        """Find works. Raises `RegistryError` if there is no index."""
        return self.index.search(replace(request, hidden=(*request.hidden, *self._hidden())))

    def complete(self, beginning: str, *, limit: int = 10) -> tuple[str, ...]:
        """Symbols that begin so, as they are printed, of works that may be seen."""
        shelf = self.register.shelf()
        found = []
        for term in self.index.complete(beginning, limit=limit * 2):
            card = shelf.find(term)
            if card is not None:
                found += [each for each in card.symbols if each.casefold() == term]
        return tuple(dict.fromkeys(found))[:limit]

    def _hidden(self) -> frozenset[int]:
        shelf, reached = self.register.shelf(), self.index.reached()
        if self._known[:2] != (shelf.key, reached):
            listed = {card.receipt for card in shelf.cards}
            self._known = (shelf.key, reached, self.index.receipts() - listed)
        return self._known[2]
