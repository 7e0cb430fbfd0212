"""Ed25519: the registry's own signature on log heads, manifests and announcements of keys.

What is signed begins with a line that says what it is, so that a signature on one kind of
statement is never one on another. A key is called by the SHA-256 of its 32 public bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key in memory; it shows nothing of itself."""

    _key: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"SigningKey({self.id[:16]})"

    @property
    def public(self) -> bytes:
        """Its 32 public bytes."""
        return self._key.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """What it is called."""
        return key_id(self.public)

    def sign(self, kind: str, statement: bytes) -> bytes:
        """64 bytes over *statement* as one of *kind*."""
        return self._key.sign(said(kind, statement))


def key_id(public: bytes) -> str:
    """The SHA-256 of the public bytes, in hexadecimal."""
    return hashlib.sha256(public).hexdigest()


def said(kind: str, statement: bytes) -> bytes:
    """What is signed: the kind on a line of its own, then the statement."""
    return kind.encode("ascii") + b"\n" + statement


def signed_by(public: bytes, kind: str, statement: bytes, signature: bytes) -> bool:
    """Whether *signature* is one of *public* on *statement* as one of *kind*."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 50 ms
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said(kind, statement))
    except (InvalidSignature, ValueError):
        return False
    return True


def one_spelling(values: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: equal values, equal bytes."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
