"""What documents are to one another, and how the other side says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.entry import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Each kind, and what the other document is by it.
INVERSE = {
    "reply-to": "replied-by",
    "corrects": "corrected-by",
    "adds-to": "added-to-by",
    "revises": "revised-by",
    "cites": "cited-by",
}


def both_ways(
    own: Iterable[Relation], others: Iterable[tuple[str, str]]
) -> tuple[Relation, ...]:
    """Own relations, then those of others, ``(their kind, their symbol)``, turned round."""
    turned = (Relation(INVERSE.get(kind, kind), symbol) for kind, symbol in others)
    return (*own, *turned)
