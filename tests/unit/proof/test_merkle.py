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


# The eight leaves, roots and proofs of the test vectors of Certificate Transparency's reference
# code (merkle_tree_test.cc), which other implementations of RFC 6962 use as well.
VECTORS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
INCLUSION = [
    (0, 1, []),
    (0, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (5, 8, [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]),
]  # fmt: skip
CONSISTENCY = [
    (1, 1, []),
    (1, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (6, 8, [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 5, [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]),
]  # fmt: skip


@pytest.fixture(scope="module")
def vectors() -> list[bytes]:
    return [merkle.leaf_hash(bytes.fromhex(each)) for each in VECTORS]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_the_known_proofs_of_inclusion(
    vectors: list[bytes], index: int, size: int, path: list[str]
) -> None:
    nodes = merkle.of_levels(merkle.levels(vectors))
    assert [each.hex() for each in merkle.inclusion(index, size, nodes)] == path


@pytest.mark.parametrize(("old", "size", "path"), CONSISTENCY)
def test_the_known_proofs_of_consistency(
    vectors: list[bytes], old: int, size: int, path: list[str]
) -> None:
    nodes = merkle.of_levels(merkle.levels(vectors))
    assert [each.hex() for each in merkle.consistency(old, size, nodes)] == path


def test_the_known_roots(vectors: list[bytes]) -> None:
    hashes = vectors
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
            assert checker.roots_by_path(old, size, path, before) == (before, top)
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
