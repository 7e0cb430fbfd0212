"""The tree against the definition, and against the independent checker."""

from __future__ import annotations

import hashlib
import importlib.util
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.proof import merkle

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("checker", ROOT / "tools" / "check_proof.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(number).encode()) for number in range(count)]


def by_definition(hashes: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    left, right = by_definition(hashes[:split]), by_definition(hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_known_roots_of_the_transparency_test_vectors() -> None:
    # The eight leaves and roots used by the certificate-transparency reference code.
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    data.append("606162636465666768696a6b6c6d6e6f")
    hashes = [merkle.leaf_hash(bytes.fromhex(each)) for each in data]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    nodes = merkle.of_levels(merkle.levels(hashes))
    assert {size: merkle.root(size, nodes).hex() for size in roots} == roots


def test_a_log_grown_leaf_by_leaf_has_the_root_of_the_definition_at_every_size() -> None:
    held: dict[tuple[int, int], bytes] = {}
    hashes = leaves(130)

    def nodes(level: int, index: int) -> bytes:
        return held[level, index]

    for size, leaf in enumerate(hashes):
        made = merkle.added(size, leaf, nodes)
        held |= {(level, index): node for level, index, node in made}
        here = merkle.root(size + 1, nodes)
        assert here == by_definition(hashes[: size + 1])
    assert merkle.root(0, lambda *_: b"") == by_definition([])


def test_every_proof_of_small_logs_holds_and_a_changed_one_does_not(
    checker: ModuleType,
) -> None:
    hashes = leaves(40)
    nodes = merkle.of_levels(merkle.levels(hashes))
    for size in range(1, 41):
        top = merkle.root(size, nodes)
        assert checker.root_of(hashes[:size]) == top
        for index in range(size):
            path = merkle.inclusion(index, size, nodes)
            assert merkle.includes(hashes[index], index, size, path, top)
            assert checker.root_by_path(hashes[index], index, size, path) == top
            assert not merkle.includes(hashes[index], (index + 1) % size, size, path, top) or (
                size == 1
            )
            assert not merkle.includes(hashes[index], index, size, [*path, top], top)
        for old in range(1, size + 1):
            before = merkle.root(old, nodes)
            path = merkle.consistency(old, size, nodes)
            assert merkle.extends(old, size, path, before, top)
            assert not merkle.extends(old, size, path, top, before) or old == size


def test_a_thousand_proofs_agree_and_of_a_thousand_forged_none_is_taken(
    checker: ModuleType,
) -> None:
    rand = random.Random(8)  # noqa: S311 - repeatable
    hashes = leaves(3000)
    nodes = merkle.of_levels(merkle.levels(hashes))
    taken = 0
    for _ in range(1000):
        size = rand.randint(2, 3000)
        index = rand.randrange(size)
        top, path = merkle.root(size, nodes), merkle.inclusion(index, size, nodes)
        assert merkle.includes(hashes[index], index, size, path, top)
        assert checker.root_by_path(hashes[index], index, size, path) == top
        forged, leaf, at, of = list(path), hashes[index], index, size
        match rand.randrange(5):
            case 0:
                step = rand.randrange(len(forged))
                bit = 1 << rand.randrange(256)
                forged[step] = (int.from_bytes(forged[step], "big") ^ bit).to_bytes(32, "big")
            case 1:
                leaf = merkle.leaf_hash(b"another")
            case 2:
                forged = forged[:-1]
            case 3:
                forged.append(top)
            case _:
                at = (index + rand.randrange(1, size)) % size
        taken += merkle.includes(leaf, at, of, forged, top)
        taken += checker.root_by_path(leaf, at, of, forged) == top
    assert taken == 0


def test_asking_for_what_is_not_there_is_refused() -> None:
    nodes = merkle.of_levels(merkle.levels(leaves(3)))
    with pytest.raises(ValueError, match="no leaf 3 among 3"):
        merkle.inclusion(3, 3, nodes)
    with pytest.raises(ValueError, match="never had 4"):
        merkle.consistency(4, 3, nodes)
