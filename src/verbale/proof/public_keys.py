"""The public keys a registry ever had, and how one leads to the next.

A new key is *endorsed* by the one before it: a statement that names it, signed by the old key.
Whoever knows one key of a registry can so follow it to every later one, and to no other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from verbale.errors import ProofError
from verbale.proof.plain_json import AGAIN, expect_format, text_of, unhex
from verbale.proof.signing_keys import key_id, one_spelling, signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.proof.signing_keys import SigningKey

KEYS, NEW_KEY = "verbale-keys/1", "verbale-key/1"
#: What an endorsement signs: everything of it but who signed.
_SIGNED_BY = frozenset({"by", "signature"})


@dataclass(frozen=True, slots=True)
class Keys:
    """The public keys of a registry. ``name`` is how it calls itself.

    ``public``: log keys by id, the oldest first; ``certificates``: of its PDF signers and their
    authority, as DER, by the SHA-256 of it; ``endorsed``: the statements by which one key names
    the next.
    """

    name: str
    public: Mapping[str, bytes]
    certificates: Mapping[str, bytes]
    endorsed: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The keys of parsed JSON; ids are computed, not believed. Raises `ProofError`."""
        expect_format(values, KEYS)
        try:
            public = [unhex(str(each)) for each in values.get("keys", ())]
            certificates = [unhex(str(each)) for each in values.get("certificates", ())]
            endorsed = tuple(dict(each) for each in values.get("endorsed", ()))
        except (TypeError, ValueError) as bad:
            raise ProofError("the list of keys is not whole", remedy=AGAIN) from bad
        return cls(
            text_of(values, "name"),
            {key_id(each): each for each in public},
            {hashlib.sha256(each).hexdigest(): each for each in certificates},
            endorsed,
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
            "endorsed": [dict(each) for each in self.endorsed],
        }

    def following(self, known: Mapping[str, bytes]) -> Self:
        """These keys as far as *known* ones lead: only what they endorse, step by step.

        Certificates stay: what vouches for one is the statement that names the signed file.
        """
        led = {name: self.public[name] for name in known if name in self.public}
        for each in self.endorsed:
            by = led.get(str(each.get("by")))
            if by is not None and _is_endorsement(each, by):
                new = unhex(str(each["key"]))
                led[key_id(new)] = new
        return replace(self, public={n: key for n, key in self.public.items() if n in led})

    def joined(self, other: Keys) -> Self:
        """These keys and those of *other* that they lead to."""
        more = other.following(self.public)
        return replace(
            self,
            public={**self.public, **more.public},
            certificates={**self.certificates, **more.certificates} if more.public else
            self.certificates,
        )  # fmt: skip


def endorsement(statement: Mapping[str, Any], by: SigningKey) -> dict[str, Any]:
    """*statement*, which names a new key, signed by the key before it."""
    signature = by.sign(NEW_KEY, one_spelling(statement)).hex()
    return {**statement, "by": by.id, "signature": signature}


def _is_endorsement(values: Mapping[str, Any], by: bytes) -> bool:
    said = {name: value for name, value in values.items() if name not in _SIGNED_BY}
    try:
        signature = unhex(str(values["signature"]))
        unhex(str(values["key"]))
    except (KeyError, ProofError):
        return False
    return signed_by(by, NEW_KEY, one_spelling(said), signature)
