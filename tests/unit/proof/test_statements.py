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
from verbale.proof.public_keys import Keys
from verbale.proof.signing_keys import SigningKey
from verbale.proof.statements import (
    HEAD,
    Head,
    Proven,
    check_bytes,
    check_proof,
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
