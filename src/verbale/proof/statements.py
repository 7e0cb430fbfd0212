"""What a registry states and signs: heads of its log, manifests, its keys, proofs of entries.

Each is JSON of one spelling with a ``format`` of its own; ``docs/decisions/0013-proof.md``
lists them. Readers raise `ProofError` with what is wrong, and change nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from verbale.errors import ProofError
from verbale.proof import merkle
from verbale.proof.signing_keys import key_id, one_spelling, signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.proof.signing_keys import SigningKey

HEAD, SIGNATURE, KEYS, PROOF = (
    "verbale-head/1",
    "verbale-signature/1",
    "verbale-keys/1",
    "verbale-proof/1",
)
_HEX = re.compile(r"(?:[0-9a-f]{2})+")


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
        _format(values, HEAD)
        size = values.get("size")
        if not isinstance(size, int) or size < 0:
            raise ProofError("a log head without a size", remedy=_AGAIN)
        names = ("log", "root", "at", "key", "signature")
        log, root, at, key, signature = (_text(values, name) for name in names)
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


@dataclass(frozen=True, slots=True)
class Keys:
    """The public keys a registry ever had. ``name`` is how it calls itself.

    ``public``: log keys by id, the oldest first; ``certificates``: of its PDF signers and their
    authority, as DER, by the SHA-256 of it.
    """

    name: str
    public: Mapping[str, bytes]
    certificates: Mapping[str, bytes]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The keys of parsed JSON; ids are computed, not believed. Raises `ProofError`."""
        import hashlib  # noqa: PLC0415 - beside its only use

        _format(values, KEYS)
        public = [unhex(str(each)) for each in values.get("keys", ())]
        certificates = [unhex(str(each)) for each in values.get("certificates", ())]
        return cls(
            _text(values, "name"),
            {key_id(each): each for each in public},
            {hashlib.sha256(each).hexdigest(): each for each in certificates},
        )

    @property
    def log(self) -> str:
        """The name of the log: the id of the first key."""
        return next(iter(self.public), "")

    def plain(self) -> dict[str, Any]:
        """Their JSON."""
        return {
            "format": KEYS,
            "name": self.name,
            "keys": [each.hex() for each in self.public.values()],
            "certificates": [each.hex() for each in self.certificates.values()],
        }


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
    _format(values, SIGNATURE)
    name, key = _text(values, "key"), keys.public.get(_text(values, "key"))
    if key is None:
        raise ProofError(
            f"signed by the key {name[:16]}, which is none of this registry's",
            remedy="Ask the registry for its public keys, and compare.",
        )
    if not signed_by(key, SIGNATURE, data, unhex(_text(values, "signature"))):
        raise ProofError(f"{_text(values, 'of')} is not as it was signed", remedy=_AGAIN)
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
    _format(values, PROOF)
    try:
        head = Head.of(values["head"])
        leaves = [
            Proven(int(each["index"]), str(each["leaf"]), tuple(map(str, each["path"])))
            for each in values["leaves"]
        ]
    except (KeyError, TypeError, ValueError) as bad:
        raise ProofError("the proof is not whole", remedy=_AGAIN) from bad
    if not head.is_signed_by(keys):
        raise ProofError(
            f"the log head of {head.at} is not signed by a key of this registry",
            remedy="Ask the registry for its public keys, and compare.",
        )
    for each in leaves:
        if not each.holds(head):
            raise ProofError(f"leaf {each.index} is not in the log of this head", remedy=_AGAIN)
    return head, leaves


def parsed(data: bytes, name: str) -> dict[str, Any]:
    """A JSON object. Raises `ProofError` naming the file."""
    try:
        values = json.loads(data)
    except ValueError as bad:
        raise ProofError(f"{name} is not JSON", remedy=_AGAIN) from bad
    if not isinstance(values, dict):
        raise ProofError(f"{name} is not a JSON object", remedy=_AGAIN)
    return values


def unhex(text: str) -> bytes:
    """Bytes of lower-case hexadecimal, as it is written here. Raises `ProofError`."""
    if not _HEX.fullmatch(text):
        raise ProofError(f"not hexadecimal: {text[:20]!r}", remedy=_AGAIN)
    return bytes.fromhex(text)


def written(values: Mapping[str, Any]) -> bytes:
    """JSON for a file: a line each, in UTF-8."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


_AGAIN = "Fetch it again from the registry; if it stays so, tell the registry."


def _format(values: Mapping[str, Any], expected: str) -> None:
    if values.get("format") != expected:
        raise ProofError(
            f"expected {expected}, not {values.get('format')!r}",
            remedy="Use the version of Verbale that wrote it, or a later one.",
        )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise ProofError(f"{name!r} is missing", remedy=_AGAIN)
    return value
