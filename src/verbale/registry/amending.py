"""What addenda, corrigenda and revisions have in common: a number under a parent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.registry.arrival import arrive, standing
from verbale.registry.entry import Relation
from verbale.registry.moving import begin, move
from verbale.registry.numbering import give, under
from verbale.registry.states import after

if TYPE_CHECKING:
    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.moving import Deed
    from verbale.registry.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """``Corr``, ``Add`` or ``Rev``, and what it is to its parent.

    ``base`` are the symbols it is numbered under; ``languages`` and ``parts`` those concerned.
    """

    suffix: str
    kind: str
    base: tuple[str, ...]
    languages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def amend(
    tx: Transaction, parent: Entry, amendment: Amendment, submission: Submission, deed: Deed
) -> Entry:
    """Register *submission* under *parent* and record it with both.

    The same submission again gives the entry it made. Raises `NotAllowedError` if *parent* was
    never issued.
    """
    after("amend", parent.state, name=parent.name)
    numberings = [under(symbol, amendment.suffix) for symbol in amendment.base]
    known = standing(tx, submission, numberings[0].series)
    if known is not None:
        return known
    entry = arrive(tx, submission, deed.at, give(tx, numberings))
    entry = replace(
        entry,
        relations=(Relation(amendment.kind, parent.symbol), *entry.relations),
        concerns=amendment.languages,
        parts=amendment.parts,
    )
    values = {"symbols": " ".join(entry.symbols), "of": parent.symbol}
    made = begin(tx, entry, replace(deed, values=values))
    move(tx, parent, replace(deed, act="amend", values={"by": entry.symbol}))
    return made
