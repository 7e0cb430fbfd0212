"""Heads, signatures and proofs: what holds, what does not, and who says so independently."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verbale.errors import ProofError
from verbale.proof import merkle
from verbale.proof.public_keys import Keys, endorsement
from verbale.proof.signing_keys import SigningKey
from verbale.proof.statements import (
    HEAD,
    Head,
    Proven,
    check_bytes,
    check_growth,
    check_proof,
    growth_of,
    proof_of,
    sign_bytes,
)

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
OURS, OTHER = (
    SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([each] * 32))) for each in (1, 2)
)
KEYS = Keys("Lakes", {OURS.id: OURS.public}, {})
LINES = [f'{{"act":"register","number":{n},"record":"{n:064x}"}}' for n in range(1, 12)]
NODES = merkle.of_levels(merkle.levels(merkle.leaf_hash(each.encode()) for each in LINES))
TOP = Head.signed(OURS.id, 11, merkle.root(11, NODES), "2026-11-23T10:00:00Z", OURS)
LEAVES = [
    Proven(n, LINES[n], tuple(each.hex() for each in merkle.inclusion(n, 11, NODES)))
    for n in (2, 7)
]


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("checker", ROOT / "tools" / "check_proof.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_head_is_signed_by_its_key_and_by_no_other() -> None:
    assert TOP.is_signed_by(KEYS)
    assert Head.of(TOP.plain()) == TOP
    assert not TOP.is_signed_by(Keys("Lakes", {OTHER.id: OTHER.public}, {}))
    for changed in (
        replace(TOP, size=10),
        replace(TOP, at="2026-11-23T10:00:01Z"),
        replace(TOP, log=OTHER.id),
        replace(TOP, root=TOP.root[::-1]),
    ):
        assert not changed.is_signed_by(KEYS)


def test_a_proof_is_checked_by_us_and_by_the_independent_checker(checker: ModuleType) -> None:
    proof = proof_of("CL/C/12/G/1", TOP, LEAVES, KEYS)
    head, leaves = check_proof(proof, KEYS)
    assert (head, leaves) == (TOP, LEAVES)
    assert checker.check_proof(proof, checker.keys_of(KEYS.plain(), None))[0] == TOP.plain()


def test_a_proof_with_a_changed_leaf_or_a_foreign_key_is_refused_by_both(
    checker: ModuleType,
) -> None:
    changed = replace(LEAVES[0], leaf=LINES[2].replace("register", "withdraw"))
    forged = proof_of("CL/C/12/G/1", TOP, [changed], KEYS)
    with pytest.raises(ProofError, match="leaf 2 is not in the log"):
        check_proof(forged, KEYS)
    with pytest.raises(checker.Wrong, match="leaf 2"):
        checker.check_proof(forged, KEYS.public)
    stranger = Head.signed(OURS.id, 11, merkle.root(11, NODES), TOP.at, OTHER)
    foreign = proof_of("CL/C/12/G/1", stranger, LEAVES, KEYS)
    with pytest.raises(ProofError, match="not signed by a key of this registry"):
        check_proof(foreign, KEYS)
    with pytest.raises(checker.Wrong, match="not one of the keys"):
        checker.check_proof(foreign, KEYS.public)


def test_a_signature_on_a_head_is_none_on_a_file() -> None:
    data = b"manifest"
    mark = sign_bytes("manifest.json", data, OURS)
    assert check_bytes(mark, data, KEYS) == OURS.id
    with pytest.raises(ProofError, match=r"manifest\.json is not as it was signed"):
        check_bytes(mark, data + b" ", KEYS)
    crossed = {**mark, "signature": OURS.sign(HEAD, data).hex()}
    with pytest.raises(ProofError, match="not as it was signed"):
        check_bytes(crossed, data, KEYS)


def test_the_checker_verifies_ed25519_as_the_library_does(checker: ModuleType) -> None:
    for seed in range(20):
        key = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([seed + 3] * 32)))
        message = bytes(range(seed))
        made = key.sign(HEAD, message)
        said = HEAD.encode() + b"\n" + message
        assert checker.is_signature(key.public, said, made)
        for at in (0, 31, 32, 63):
            flipped = bytearray(made)
            flipped[at] ^= 1
            assert not checker.is_signature(key.public, said, bytes(flipped))
        assert not checker.is_signature(key.public, said + b" ", made)
        assert not checker.is_signature(OURS.public, said, made)


def test_what_is_no_proof_is_said_to_be_none() -> None:
    for values in ({}, {"format": "verbale-proof/1"}, {"format": "verbale-proof/2"}):
        with pytest.raises(ProofError):
            check_proof(values, KEYS)


def test_a_log_that_grew_is_proven_to_us_and_to_the_independent_checker(
    checker: ModuleType,
) -> None:
    old = Head.signed(OURS.id, 6, merkle.root(6, NODES), "2026-11-22T10:00:00Z", OURS)
    grown = growth_of(old, TOP, merkle.consistency(6, 11, NODES), KEYS)
    assert check_growth(grown, KEYS) == (old, TOP)
    assert checker.check_growth(grown, KEYS.public)[0] == TOP.plain()
    other = Head.signed(OURS.id, 6, merkle.root(5, NODES), "2026-11-22T10:00:00Z", OURS)
    forged = growth_of(other, TOP, merkle.consistency(6, 11, NODES), KEYS)
    with pytest.raises(ProofError, match="is not the beginning"):
        check_growth(forged, KEYS)
    with pytest.raises(checker.Wrong, match="is not the beginning"):
        checker.check_growth(forged, KEYS.public)


def test_a_key_leads_to_the_next_and_to_no_other(checker: ModuleType) -> None:
    third = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([3] * 32)))
    steps = tuple(
        endorsement({"act": "key", "at": "2026-11-23T10:00:00Z", "key": new.public.hex()}, by)
        for by, new in ((OURS, OTHER), (OTHER, third))
    )
    every = {key.id: key.public for key in (OURS, OTHER, third)}
    keys = Keys("Lakes", every, {}, steps)
    assert Keys.of(keys.plain()) == keys
    assert set(keys.following({OURS.id: OURS.public}).public) == set(every)
    assert set(keys.following({third.id: third.public}).public) == {third.id}
    assert set(checker.keys_of(keys.plain(), OURS.id)) == set(every)
    # A list that was given a stranger's key, or a step that another signed, leads nowhere.
    forged = {**steps[1], "key": bytes(32).hex()}
    for bad in (
        forged,
        {**steps[1], "by": OURS.id},
        {"by": OTHER.id},
        {**steps[1], "key": "x"},
    ):
        false = Keys("Lakes", every, {}, (steps[0], bad))
        led = set(false.following({OURS.id: OURS.public}).public)
        assert led == {OURS.id, OTHER.id}
    known = Keys("Lakes", {OURS.id: OURS.public}, {})
    assert set(known.joined(keys).public) == set(every)
    assert known.joined(Keys("Lakes", {third.id: third.public}, {"a": b""})) == known
