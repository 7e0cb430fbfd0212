"""The search over a register: what is indexed of each work, catching up, and asking.

The register's events are the outbox: the index remembers the number of the last one it has, in
the same commit as what that one changed, so that a crash loses nothing and doubles nothing.
Works whose embargo has ended since are renewed too, though nothing happened to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.errors import ConflictError, RegistryError, SymbolError
from verbale.model.language import UND
from verbale.model.symbol import Symbol
from verbale.model.walk import blocks, inlines, parts, plain
from verbale.registry.access import Action, may
from verbale.search.base import Passage, Piece, Reached, Searchable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.model.document import Block, Document
    from verbale.search.base import Found, Hit, Index, Request, Writing
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


@dataclass(frozen=True, slots=True)
class Outbox:
    """What happened since an index was current: the receipts of the works it is stale in.

    ``reached`` is how far it has come when it has taken them in.
    """

    changed: frozenset[int]
    reached: Reached


def outbox(register: PublicRegister, since: Reached | None) -> Outbox:
    """What an index that has come as far as *since* must take in.

    Raises `ConflictError` if *since* is of another history: the register was put back to what
    it was before, or is another one, and the index must be made anew.
    """
    now = register.now()
    number, record = 0, ""
    changed: set[int] = set()
    if since is not None and since.event:
        number, record = since.event, since.record
        before = register.store.events_after(number - 1, limit=1)
        if not before or before[0].record != record:
            raise ConflictError(
                "the search index is of another register than this, or of a later one",
                remedy="Make the index anew: `verbale reindex`.",
            )
    while page := register.store.events_after(number, limit=_PAGE):
        changed |= {event.receipt for event in page}
        number, record = page[-1].number, page[-1].record
    if since is not None:
        changed |= {
            card.receipt
            for card in register.shelf().cards
            if card.embargo_until is not None and since.at < card.embargo_until <= now
        }
    return Outbox(frozenset(changed), Reached(number, record, now))


def catch_up(register: PublicRegister, since: Reached | None, writing: Writing) -> Caught:
    """Bring an index that has come as far as *since* up to now.

    A work that cannot be read stays out until it can be, and keeps nothing else out.
    """
    box = outbox(register, since)
    listed = {card.receipt: card for card in register.shelf().cards}
    wanted = sorted(box.changed & set(listed))
    gone = sorted(box.changed - set(listed))
    put = 0
    for first in range(0, max(len(wanted), 1), BATCH):
        works = []
        for receipt in wanted[first : first + BATCH]:
            try:
                works.append(searchable(register, listed[receipt]))
            except RegistryError:
                gone.append(receipt)
        last = first + BATCH >= len(wanted)
        # Until the last batch is in, the index has not come further than it had.
        writing.keep(works, gone if last else (), box.reached if last else None)
        put += len(works)
    return Caught(put, len(gone), box.reached.event)


@dataclass
class Search:
    """The search as the site and the command line offer it: the index, by the register's leave.

    What the index has and must not be seen, because an act came after, is left out of hits,
    counts and facets alike.
    """

    register: PublicRegister
    index: Index
    _known: tuple[tuple[str, Reached] | None, frozenset[int]] = (None, frozenset())

    def find(self, request: Request) -> Found:
        """Find works. Raises `SearchIndexError` if there is no index that can be used."""
        stale = self._stale()
        found = self.index.search(replace(request, hidden=(*request.hidden, *stale)))
        hits = (
            hit if hit.title else self._named(hit, request.language)
            for hit in found.hits
            if self._listed(hit.receipt)
        )
        return replace(found, hits=tuple(hits))

    def complete(self, beginning: str, *, limit: int = 10) -> tuple[str, ...]:
        """Symbols that begin so, as they are printed, of works that may be seen."""
        found: dict[str, None] = {}
        for term in self.index.complete(beginning, limit=limit * 2):
            card = self.register.find(term)
            if card is not None and self._listed(card.receipt):
                found |= dict.fromkeys(s for s in card.symbols if s.casefold() == term)
        return tuple(found)[:limit]

    def _named(self, hit: Hit, language: str) -> Hit:
        """A hit without a title with the one that lists give it.

        It is no part of the index: what it is taken from may be restricted tomorrow.
        """
        card = self.register.shelf().by_receipt.get(hit.receipt)
        if card is None:
            return hit
        text, lang = self.register.title(card, (language, hit.language))
        return replace(hit, title=(Piece(text),) if text else (), title_language=lang)

    def _stale(self) -> frozenset[int]:
        """Works that are not listed any more, though the index may have them."""
        since, shelf = self.index.reached(), self.register.shelf()
        if since is None:
            return frozenset()
        key, stale = self._known
        if key != (shelf.key, since):
            changed = outbox(self.register, since).changed
            stale = frozenset(receipt for receipt in changed if not self._listed(receipt))
            self._known = (shelf.key, since), stale
        return stale

    def _listed(self, receipt: int) -> bool:
        card = self.register.shelf().by_receipt.get(receipt)
        return may(self.register.role, Action.LIST, card, self.register.now())
