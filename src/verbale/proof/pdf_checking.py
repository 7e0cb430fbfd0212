"""What the signatures in a PDF say, read from its bytes alone and believed only whole.

A general reader must weigh which later changes of a signed file are harmless. A registry need
not: its file has one signature, which covers every byte but its own. Whatever else there is, is
said to be wrong. So nothing of the file is parsed but the byte ranges and the CMS between them.
Sources: ISO 32000-1, 12.8.1; RFC 5652; ETSI EN 319 142-1.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_HEX = re.compile(rb"<[0-9A-Fa-f\s]*>")


class Coverage(StrEnum):
    """How much of the file a signature covers."""

    WHOLE = "whole"
    APPENDED = "appended"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature: who, what it covers, and whether what it covers is unchanged.

    ``certificate`` is the signer's, by SHA-256; ``name`` its subject; both empty when the
    signature itself is damaged. ``end`` is where the signed revision ends, in bytes.
    """

    coverage: Coverage
    intact: bool
    end: int
    certificate: str = ""
    name: str = ""
    organization: str = ""
    not_before: str = ""
    not_after: str = ""
    at: str = ""

    @property
    def good(self) -> bool:
        """Whether it covers the whole file, unchanged."""
        return self.intact and self.coverage is Coverage.WHOLE


def pdf_signatures(data: bytes) -> list[PdfSignature]:
    """Every signature in a file, in the order of their places. Never raises for bad bytes."""
    return [_signature(data, match) for match in _RANGE.finditer(data)]


def whole(signatures: list[PdfSignature]) -> PdfSignature | None:
    """The signature of a file that has one, good, over all of it; else ``None``."""
    return signatures[0] if len(signatures) == 1 and signatures[0].good else None


def _signature(data: bytes, match: re.Match[bytes]) -> PdfSignature:
    start, first, second, rest = (int(each) for each in match.groups())
    end = second + rest
    gap = data[first:second]
    fits = start == 0 and first < second and end <= len(data) and _HEX.fullmatch(gap)
    covers = Coverage.WHOLE if end == len(data) else Coverage.APPENDED
    try:
        cms = bytes.fromhex(gap.strip(b"<>").decode("ascii")) if fits else b""
        said = _Cms.read(cms)
        holds = said.holds()
    except Exception:  # noqa: BLE001 - hostile DER makes its parser fail in any way there is
        return PdfSignature(Coverage.BROKEN, intact=False, end=end)
    digest = hashlib.sha256(data[:first] + data[second:end]).digest()
    return PdfSignature(
        covers,
        said.digest == digest and holds,
        end,
        hashlib.sha256(said.certificate).hexdigest(),
        said.name,
        said.organization,
        said.not_before,
        said.not_after,
        said.at,
    )


@dataclass(frozen=True, slots=True)
class _Cms:
    """A CMS SignedData: the digest it states, and what is signed, by whom."""

    digest: bytes
    attributes: bytes
    signature: bytes
    certificate: bytes
    others: tuple[bytes, ...]
    name: str
    organization: str
    not_before: str
    not_after: str
    at: str

    @classmethod
    def read(cls, data: bytes) -> _Cms:
        """Read DER; what follows it must be zeros. Raises `ValueError` and its like."""
        from asn1crypto import cms  # noqa: PLC0415 - 60 ms

        info = cms.ContentInfo.load(data)
        if data[len(info.dump()) :].strip(b"\0"):
            raise ValueError("something follows the signature")
        signed = info["content"]
        (signer,) = signed["signer_infos"]
        certificates = [each.chosen for each in signed["certificates"]]
        said = signer["signed_attrs"]
        attributes = {each["type"].native: each["values"][0] for each in said}
        if signer["digest_algorithm"]["algorithm"].native != "sha256":
            raise ValueError("another digest than SHA-256")
        serial = signer["sid"].chosen["serial_number"].native
        issuer = signer["sid"].chosen["issuer"]
        mine = next(
            each for each in certificates
            if each.serial_number == serial and each.issuer == issuer
        )  # fmt: skip
        names = mine.subject.native
        # The signature is over the attributes as a SET; in the message they are tagged [0].
        text = said.untag().dump()
        when = attributes.get("signing_time")
        return cls(
            attributes["message_digest"].native,
            text,
            signer["signature"].native,
            mine.dump(),
            tuple(each.dump() for each in certificates if each is not mine),
            str(names.get("common_name", "")),
            str(names.get("organization_name", "")),
            mine.not_valid_before.isoformat(),
            mine.not_valid_after.isoformat(),
            when.native.isoformat() if when is not None else "",
        )

    def holds(self) -> bool:
        """Whether the certificate's key signed the attributes, and each certificate is whole.

        A certificate is whole when one that came with it vouches for it, or it for itself.
        """
        from cryptography import x509  # noqa: PLC0415 - 50 ms
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa  # noqa: PLC0415

        chain = [x509.load_der_x509_certificate(e) for e in (self.certificate, *self.others)]
        if not all(any(_vouches(by, each) for by in chain) for each in chain):
            return False
        key = chain[0].public_key()
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self.signature, self.attributes, ec.ECDSA(hashes.SHA256()))
            elif isinstance(key, rsa.RSAPublicKey):
                way = padding.PKCS1v15()
                key.verify(self.signature, self.attributes, way, hashes.SHA256())
            else:
                return False
        except InvalidSignature:
            return False
        return True


def _vouches(by: Certificate, certificate: Certificate) -> bool:
    """Whether *by* signed *certificate*."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

    try:
        certificate.verify_directly_issued_by(by)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def pdf_keywords(data: bytes) -> str:
    """The first keyword of a PDF, where Verbale writes the symbol; empty if there is none."""
    import io  # noqa: PLC0415 - beside its only use

    import pikepdf  # noqa: PLC0415 - heavy

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            said = str(pdf.docinfo.get("/Keywords", ""))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return ""
    return said.partition(",")[0].strip()
