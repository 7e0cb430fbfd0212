"""What every store keeps as its log, and that it keeps it in the act's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from verbale.proof import merkle
from verbale.registry.acts.register import register
from verbale.registry.acts.void import void
from verbale.registry.log import EVENT, STATEMENT
from verbale.registry.record import event_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.registry.arrival import Submission
    from verbale.registry.store import Store

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}


def test_every_event_is_a_leaf_and_the_nodes_above_prove_it(
    store: Store, note: Callable[..., Submission], who: dict[str, Any]
) -> None:
    with store.transaction() as tx:
        tx.state('{"key":"first"}')
    for text in "abcde":
        register(store, **SERIES, submission=note(text), **who)
    void(store, "A/HRC/43/G/3", reason="given by mistake", **who)
    leaves = store.leaves(0)
    assert [leaf.index for leaf in leaves] == list(range(store.log_size()))
    assert (leaves[0].kind, leaves[0].line) == (STATEMENT, '{"key":"first"}')
    assert store.statements() == ('{"key":"first"}',)
    lines = [leaf.line for leaf in leaves if leaf.kind == EVENT]
    assert lines == [event_line(event) for event in store.events_after(0)]
    hashes = [merkle.leaf_hash(leaf.line.encode()) for leaf in leaves]
    assert list(store.leaf_hashes(0)) == hashes
    assert store.leaf_hashes(2, limit=2) == tuple(hashes[2:4])
    size = store.log_size()
    top = merkle.root(size, merkle.of_levels(merkle.levels(hashes)))
    assert merkle.root(size, store.node) == top
    for leaf in store.leaves_of("A/HRC/43/G/3"):
        path = merkle.inclusion(leaf.index, size, store.node)
        assert merkle.includes(hashes[leaf.index], leaf.index, size, path, top)
    assert list(store.faults()) == []


def test_an_act_that_fails_leaves_nothing_in_the_log(
    store: Store, note: Callable[..., Submission], who: dict[str, Any]
) -> None:
    register(store, **SERIES, submission=note("a"), **who)
    size, top = store.log_size(), merkle.root(store.log_size(), store.node)
    with pytest.raises(RuntimeError):
        _fails(store, size + 1)
    assert (store.log_size(), store.heads()) == (size, ())
    assert merkle.root(size, store.node) == top
    with store.transaction() as tx:
        tx.keep_head(size, '{"size":1}')
    assert store.heads() == ((size, '{"size":1}'),)


def _fails(store: Store, size: int) -> None:
    with store.transaction() as tx:
        tx.state("{}")
        tx.keep_head(size, "{}")
        raise RuntimeError
