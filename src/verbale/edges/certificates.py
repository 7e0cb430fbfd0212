"""The registry's own certificates: an authority for 25 years, signers of PDFs for 5.

Sources: RFC 5280; ETSI EN 319 412-2 (what the use of a signer's key is called).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

SIGNER_YEARS, AUTHORITY_YEARS = 5, 25


def new_authority(
    name: str, organization: str, now: datetime.datetime
) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    """A key that vouches for signers, and the certificate in which it says so."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    return key, certificate_of(subject(name, organization), key.public_key(), (key, None), now)


def subject(name: str, organization: str) -> x509.Name:
    """How a certificate names whom it is of."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    said = [x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]
    if organization:
        said.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]))
    return x509.Name(said)


def certificate_of(
    subject: x509.Name,
    public: Any,  # noqa: ANN401 - a public key
    authority: tuple[EllipticCurvePrivateKey, x509.Certificate | None],
    now: datetime.datetime,
) -> x509.Certificate:
    """A certificate for *public* of an *authority*; of itself where that has no certificate."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415

    key, issuer = authority
    own = issuer is None
    years = AUTHORITY_YEARS if own else SIGNER_YEARS
    usage = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    usage |= {"key_cert_sign": own, "digital_signature": not own, "content_commitment": not own}
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=365 * years))
        .add_extension(
            x509.BasicConstraints(ca=own, path_length=0 if own else None), critical=True
        )
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
    )
    return made.sign(key, hashes.SHA256())
