"""A Merkle tree over leaves that are only ever added: roots, and proofs that fit on a page.

Leaf ``i`` hashes to ``SHA-256(0x00 || leaf)``, two neighbours to ``SHA-256(0x01 || left ||
right)``; the tree of *n* leaves splits at the largest power of two below *n*. Source: RFC 9162,
2.1 (the tree of RFC 6962).

Every complete subtree is kept as a node under its level and index: node ``(2, 3)`` covers the
leaves 12 to 15. The functions that build proofs take the nodes as a function, so that they read
a database or a list alike, some ``2 log2 n`` nodes for a proof.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    #: Gives the hash of the complete subtree at (level, index).
    Nodes: TypeAlias = Callable[[int, int], bytes]

#: The root of a log without leaves.
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def added(size: int, leaf: bytes, nodes: Nodes) -> list[tuple[int, int, bytes]]:
    """The nodes that a leaf of hash *leaf* completes in a log of *size*: level, index, hash."""
    made = [(0, size, leaf)]
    level, index, hashed = made[0]
    while index % 2:
        hashed = node_hash(nodes(level, index - 1), hashed)
        level, index = level + 1, index // 2
        made.append((level, index, hashed))
    return made


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the first *size* leaves."""
    return _range(0, size, nodes) if size else EMPTY


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """What shows that leaf *index* is among the first *size*, from the leaf upwards.

    Raises `ValueError` if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_range(middle, high, nodes))
            high = middle
        else:
            path.append(_range(low, middle, nodes))
            low = middle
    return path[::-1]


def consistency(old: int, size: int, nodes: Nodes) -> list[bytes]:
    """What shows that the first *old* leaves are the beginning of the first *size*.

    Raises `ValueError` unless ``0 < old <= size``.
    """
    if not 0 < old <= size:
        raise ValueError(f"a log of {size} never had {old} leaves")
    path: list[bytes] = []
    low, high = 0, size
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_range(middle, high, nodes))
            high = middle
        else:
            path.append(_range(low, middle, nodes))
            low = middle
    if low:
        path.append(_range(low, high, nodes))
    return path[::-1]


def includes(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> bool:
    """Whether *path* leads from leaf hash *leaf* to the root *expected*. RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, hashed = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            hashed = node_hash(step, hashed)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == expected


def extends(
    old: int, size: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the log of *size* begins with the one of *old*. RFC 9162, 2.1.4.2."""
    if old == size:
        return not path and old_root == new_root
    if not 0 < old < size or not path:
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    at, last = old - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def levels(leaves: Iterable[bytes]) -> list[list[bytes]]:
    """Every complete subtree over *leaves* (hashes): ``levels(...)[level][index]``."""
    made = [list(leaves)]
    while len(made[-1]) > 1:
        row = made[-1]
        pairs = zip(row[0::2], row[1::2], strict=False)
        made.append([node_hash(left, right) for left, right in pairs])
    return made


def of_levels(made: list[list[bytes]]) -> Nodes:
    """The nodes of `levels` as a function."""
    return lambda level, index: made[level][index]


def _split(size: int) -> int:
    """The largest power of two below *size*."""
    return 1 << ((size - 1).bit_length() - 1)


def _range(low: int, high: int, nodes: Nodes) -> bytes:
    """The root over the leaves from *low* to before *high*, as the tree splits them."""
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, low >> level)
    middle = low + _split(size)
    return node_hash(_range(low, middle, nodes), _range(middle, high, nodes))
