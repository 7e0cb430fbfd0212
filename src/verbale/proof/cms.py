"""The CMS message of a signature: who signed what, and whether the key really did.

Sources: RFC 5652 (SignedData), RFC 4055 (RSA-PSS), RFC 5280 (certificates).
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
_MAY_SIGN = frozenset({"digital_signature", "non_repudiation"})


class OtherKindError(ValueError):
    """A signature of a kind that is not checked here; nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who a certificate says signed, from when to when it holds, and the time claimed.

    ``certificate`` is the SHA-256 of its DER; instants are ISO 8601, empty where none is given.
    ``usable``: the certificate is one for signing documents.
    """

    certificate: str
    name: str
    organization: str
    not_before: str
    not_after: str
    at: str
    usable: bool

    def held_at(self, moment: str) -> bool:
        """Whether the certificate held at *moment* (ISO 8601, aware)."""
        start, end, at = (
            datetime.datetime.fromisoformat(each)
            for each in (self.not_before, self.not_after, moment)
        )
        return start <= at <= end


@dataclass(frozen=True, slots=True)
class Cms:
    """A SignedData with one signer: what it is over, and the certificates that came with it."""

    signing: Signing
    algorithm: str
    padding: str
    digest: bytes
    attributes: bytes
    signature: bytes
    certificates: tuple[bytes, ...]

    @classmethod
    def read(cls, data: bytes) -> Cms:
        """Read DER; what follows it must be zeros.

        Raises `OtherKindError` for a kind that is not checked here, `ValueError`, `TypeError`,
        `KeyError` and whatever else the parser may raise for what is no SignedData.
        """
        # The last two name kinds of attributes that signing needs, and are heard only before
        # the first message is read.
        from asn1crypto import cms, pdf, tsp  # noqa: F401, PLC0415 - 60 ms

        info = cms.ContentInfo.load(data)
        if data[len(info.dump()) :].strip(b"\0"):
            raise ValueError("something follows the signature")
        signed = info["content"]
        (signer,) = signed["signer_infos"]
        algorithm = signer["digest_algorithm"]["algorithm"].native
        if algorithm not in _DIGESTS:
            raise OtherKindError(algorithm)
        said = signer["signed_attrs"]
        attributes = {each["type"].native: each["values"][0] for each in said}
        sid = signer["sid"].chosen
        certificates = [each.chosen for each in signed["certificates"]]
        called = (sid["serial_number"].native, sid["issuer"])
        mine = next(e for e in certificates if (e.serial_number, e.issuer) == called)
        others = [each for each in certificates if each is not mine]
        when = attributes.get("signing_time")
        return cls(
            _signing(mine, when.native.isoformat() if when is not None else ""),
            algorithm,
            "pss" if signer["signature_algorithm"].signature_algo == "rsassa_pss" else "pkcs1",
            attributes["message_digest"].native if attributes else b"",
            # The signature is over the attributes as a SET; in the message they are tagged [0].
            said.untag().dump() if attributes else b"",
            signer["signature"].native,
            tuple(each.dump() for each in (mine, *others)),
        )

    def is_of(self, content: bytes) -> bool:
        """Whether the signer's key signed *content*."""
        if not self.attributes:
            return self._is_signed(content)
        same = self.digest == hashlib.new(self.algorithm, content).digest()
        return same and self._is_signed(self.attributes)

    def is_whole(self) -> bool:
        """Whether each certificate is as it was made: one that came with it vouches for it."""
        from cryptography import x509  # noqa: PLC0415 - 50 ms

        chain = [x509.load_der_x509_certificate(each) for each in self.certificates]
        return all(any(_vouches(by, each) for by in chain) for each in chain)

    def _is_signed(self, text: bytes) -> bool:
        from cryptography import x509  # noqa: PLC0415 - 50 ms
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa  # noqa: PLC0415

        key = x509.load_der_x509_certificate(self.certificates[0]).public_key()
        hashed: Any = getattr(hashes, self.algorithm.upper())()
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self.signature, text, ec.ECDSA(hashed))
            elif isinstance(key, rsa.RSAPublicKey) and self.padding == "pss":
                way = padding.PSS(padding.MGF1(hashed), padding.PSS.AUTO)
                key.verify(self.signature, text, way, hashed)
            elif isinstance(key, rsa.RSAPublicKey):
                key.verify(self.signature, text, padding.PKCS1v15(), hashed)
            else:
                raise OtherKindError(type(key).__name__)
        except InvalidSignature:
            return False
        return True


def _signing(certificate: Any, at: str) -> Signing:  # noqa: ANN401 - asn1crypto has no types
    names = certificate.subject.native
    usage = certificate.key_usage_value
    authority = certificate.basic_constraints_value
    return Signing(
        hashlib.sha256(certificate.dump()).hexdigest(),
        str(names.get("common_name", "")),
        str(names.get("organization_name", "")),
        certificate.not_valid_before.isoformat(),
        certificate.not_valid_after.isoformat(),
        at,
        usable=(usage is None or bool(_MAY_SIGN & usage.native))
        and not (authority is not None and authority["ca"].native),
    )


def _vouches(by: Certificate, certificate: Certificate) -> bool:
    """Whether *by* signed *certificate*."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

    try:
        certificate.verify_directly_issued_by(by)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
