"""What a registry states and signs: heads of its log, manifests, proofs of entries, of growth.

Each is JSON of one spelling with a ``format`` of its own; ``docs/explanation/proof.md`` lists
them. Readers raise `ProofError` with what is wrong, and change nothing.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from verbale.errors import ProofError
from verbale.proof import merkle
from verbale.proof.plain_json import AGAIN, expect_format, text_of, unhex
from verbale.proof.signing_keys import one_spelling, signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.proof.public_keys import Keys
    from verbale.proof.signing_keys import SigningKey

HEAD, SIGNATURE, PROOF, GROWTH = (
    "verbale-head/1",
    "verbale-signature/1",
    "verbale-proof/1",
    "verbale-growth/1",
)
_CLOCKS_DIFFER = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a log, signed: its *size* in leaves and *root*, at an instant (UTC text).

    ``log`` names the log by its first key, which stays its name when keys change.
    """

    log: str
    size: int
    root: str
    at: str
    key: str
    signature: str = ""

    @classmethod
    def signed(cls, log: str, size: int, root: bytes, at: str, key: SigningKey) -> Self:
        """Sign a head."""
        bare = cls(log, size, root.hex(), at, key.id)
        signature = key.sign(HEAD, bare._statement()).hex()
        return cls(log, size, root.hex(), at, key.id, signature)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The head of parsed JSON. Raises `ProofError`."""
        expect_format(values, HEAD)
        size = values.get("size")
        if not isinstance(size, int) or size < 0:
            raise ProofError("a log head without a size", remedy=AGAIN)
        names = ("log", "root", "at", "key", "signature")
        log, root, at, key, signature = (text_of(values, name) for name in names)
        return cls(log, size, root, at, key, signature)

    def _statement(self) -> bytes:
        return one_spelling(
            {
                "log": self.log,
                "size": self.size,
                "root": self.root,
                "at": self.at,
                "key": self.key,
            }
        )

    def plain(self) -> dict[str, Any]:
        """Its JSON."""
        values: dict[str, Any] = json.loads(self._statement())
        return {"format": HEAD, **values, "signature": self.signature}

    def is_signed_by(self, keys: Keys) -> bool:
        """Whether one of *keys* signed it."""
        public = keys.public.get(self.key)
        return public is not None and signed_by(
            public, HEAD, self._statement(), unhex(self.signature)
        )

    def is_from_the_future(self, now: datetime.datetime) -> bool:
        """Whether it says that it was signed after *now*, more than clocks may differ."""
        try:
            at = datetime.datetime.fromisoformat(self.at)
        except ValueError as bad:
            raise ProofError(f"a log head of no time: {self.at!r}", remedy=AGAIN) from bad
        return at.replace(tzinfo=at.tzinfo or datetime.UTC) > now + _CLOCKS_DIFFER

    def must_be_signed_by(self, keys: Keys) -> None:
        """Raise `ProofError` unless one of *keys* signed it."""
        if not self.is_signed_by(keys):
            raise ProofError(
                f"the log head of {self.at} is not signed by a key of this registry",
                remedy="Ask the registry for its public keys, and compare.",
            )


def sign_bytes(name: str, data: bytes, key: SigningKey) -> dict[str, Any]:
    """The JSON of a detached signature on the file *name*."""
    return {
        "format": SIGNATURE,
        "of": name,
        "key": key.id,
        "signature": key.sign(SIGNATURE, data).hex(),
    }


def check_bytes(values: Mapping[str, Any], data: bytes, keys: Keys) -> str:
    """The key's id of a detached signature on *data*. Raises `ProofError`."""
    expect_format(values, SIGNATURE)
    name, key = text_of(values, "key"), keys.public.get(text_of(values, "key"))
    if key is None:
        raise ProofError(
            f"signed by the key {name[:16]}, which is none of this registry's",
            remedy="Ask the registry for its public keys, and compare.",
        )
    if not signed_by(key, SIGNATURE, data, unhex(text_of(values, "signature"))):
        raise ProofError(f"{text_of(values, 'of')} is not as it was signed", remedy=AGAIN)
    return name


@dataclass(frozen=True, slots=True)
class Proven:
    """One leaf of the log and its way to the head."""

    index: int
    leaf: str
    path: tuple[str, ...]

    def holds(self, head: Head) -> bool:
        """Whether the leaf is in the log that *head* is of."""
        hashed = merkle.leaf_hash(self.leaf.encode("utf-8"))
        path = [unhex(each) for each in self.path]
        return merkle.includes(hashed, self.index, head.size, path, unhex(head.root))


def proof_of(subject: str, head: Head, leaves: Sequence[Proven], keys: Keys) -> dict[str, Any]:
    """The JSON of a proof: the head, and leaves of the log that are in it."""
    return {
        "format": PROOF,
        "subject": subject,
        "head": head.plain(),
        "leaves": [
            {"index": each.index, "leaf": each.leaf, "path": list(each.path)} for each in leaves
        ],
        "keys": keys.plain(),
    }


def check_proof(values: Mapping[str, Any], keys: Keys) -> tuple[Head, list[Proven]]:
    """The head and leaves of a proof, all of them checked. Raises `ProofError`."""
    expect_format(values, PROOF)
    try:
        head = Head.of(values["head"])
        leaves = [
            Proven(int(each["index"]), str(each["leaf"]), tuple(map(str, each["path"])))
            for each in values["leaves"]
        ]
    except (KeyError, TypeError, ValueError) as bad:
        raise ProofError("the proof is not whole", remedy=AGAIN) from bad
    head.must_be_signed_by(keys)
    for each in leaves:
        if not each.holds(head):
            raise ProofError(f"leaf {each.index} is not in the log of this head", remedy=AGAIN)
    return head, leaves


def growth_of(old: Head, new: Head, path: Sequence[bytes], keys: Keys) -> dict[str, Any]:
    """The JSON of a proof that the log of *old* is the beginning of that of *new*."""
    return {
        "format": GROWTH,
        "old": old.plain(),
        "head": new.plain(),
        "path": [each.hex() for each in path],
        "keys": keys.plain(),
    }


def check_growth(values: Mapping[str, Any], keys: Keys) -> tuple[Head, Head]:
    """The old and the new head of a proof of growth, checked. Raises `ProofError`."""
    expect_format(values, GROWTH)
    try:
        old, new = Head.of(values["old"]), Head.of(values["head"])
        path = [unhex(str(each)) for each in values["path"]]
    except (KeyError, TypeError, AttributeError) as bad:
        raise ProofError("the proof of growth is not whole", remedy=AGAIN) from bad
    for head in (old, new):
        head.must_be_signed_by(keys)
    if old.log != new.log:
        raise ProofError("the two heads are of two logs", remedy=AGAIN)
    roots = unhex(old.root), unhex(new.root)
    if not merkle.extends(old.size, new.size, path, *roots):
        raise ProofError(
            f"the log of {old.at} ({old.size} leaves) is not the beginning of that of {new.at}",
            remedy="Keep both heads and tell the registry: its log was rolled back or changed.",
        )
    return old, new
