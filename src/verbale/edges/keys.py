"""The registry's keys on disk: ``HOME/keys``.

::

    keys/public.json         every public key and certificate this registry ever had
    keys/log-ab12….pem       the Ed25519 key of log and manifests, under the passphrase
    keys/signer-cd34….pem    the EC P-256 key of PDF signatures, and its certificate
    keys/authority-ef56….pem the registry's own authority, which vouches for signers
    keys/current.json        which of them sign now
    keys/passphrase          only where none was given: readable by its owner alone

The passphrase is ``VERBALE_PASSPHRASE``, else the first line of the file that
``VERBALE_PASSPHRASE_FILE`` names, else that file; it is never an option and never asked for.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.errors import ProofError
from verbale.model.finding import Finding, Severity
from verbale.proof.pdf_signing import Signer
from verbale.proof.signing_keys import SigningKey
from verbale.proof.statements import Keys, parsed, written

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

FOLDER, PUBLIC, CURRENT, PASSPHRASE = "keys", "public.json", "current.json", "passphrase"
_SIGNER_YEARS, _AUTHORITY_YEARS = 5, 25
_VARIABLES = "VERBALE_PASSPHRASE or VERBALE_PASSPHRASE_FILE"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys that sign now, unlocked; nothing of them is ever shown."""

    log: SigningKey
    signer: Signer
    public: Keys

    def __repr__(self) -> str:
        return f"KeyRing({self.public.name!r})"


def has_keys(home: Path) -> bool:
    """Whether a registry has keys."""
    return (home / FOLDER / CURRENT).is_file()


def make_keys(
    home: Path, name: str, *, now: datetime.datetime, organization: str = ""
) -> tuple[dict[str, Any], list[Finding]]:
    """Make the first keys of a registry; the statement for its log, and what is to be said.

    *name* is how the registry calls itself in them; *organization* is only that of a registry
    with a name and identity of its own.
    """
    folder = home / FOLDER
    folder.mkdir(mode=0o700)
    secret, findings = _passphrase(folder, make=True)
    authority = _new_authority(f"{name}: authority", organization, now)
    statement = _renew(folder, secret, authority, _New(name, organization, now), None)
    return statement, findings


def rotate_keys(home: Path, *, now: datetime.datetime) -> tuple[dict[str, Any], KeyRing]:
    """Make new signing keys; the statement for the log, and the keys as they were.

    Every public key stays in ``public.json``, so that what was signed stays verifiable. The
    statement is signed by the key before it. Raises `ProofError`.
    """
    before = unlock(home)
    folder = home / FOLDER
    secret = _passphrase(folder)[0]
    names = _current(folder)
    held = _load(folder / names["authority"], secret)
    certificate = _certificate_in(folder / names["authority"])
    new = _New(before.public.name, names["organization"], now)
    statement = _renew(folder, secret, (held, certificate), new, before)
    return statement, before


def unlock(home: Path) -> KeyRing:
    """The keys that sign now. Raises `ProofError` for a wrong passphrase or a damaged key."""
    folder = home / FOLDER
    names = _current(folder)
    secret = _passphrase(folder)[0]
    from cryptography.hazmat.primitives import serialization as how  # noqa: PLC0415

    log = _load(folder / names["log"], secret)
    signer = _load(folder / names["signer"], secret)
    der = signer.private_bytes(how.Encoding.DER, how.PrivateFormat.PKCS8, how.NoEncryption())
    chain = tuple(
        _certificate_in(folder / names[each]).public_bytes(how.Encoding.DER)
        for each in ("signer", "authority")
    )
    return KeyRing(SigningKey(log), Signer(der, chain), public_keys(home))


def public_keys(home: Path) -> Keys:
    """Every public key and certificate a registry ever had. Raises `ProofError`."""
    path = home / FOLDER / PUBLIC
    try:
        return Keys.of(parsed(path.read_bytes(), str(path)))
    except OSError as bad:
        raise ProofError(
            f"{path}: {bad.strerror or bad}", remedy="Restore this file from a backup."
        ) from bad


def check_validity(ring: KeyRing, now: datetime.datetime) -> None:
    """Raise `ProofError` when the signer's certificate does not hold at *now*."""
    from cryptography import x509  # noqa: PLC0415 - 50 ms

    mine = x509.load_der_x509_certificate(ring.signer.certificates[0])
    if now > mine.not_valid_after_utc:
        raise ProofError(
            f"the signing certificate expired on {mine.not_valid_after_utc:%Y-%m-%d}",
            remedy="Make new keys: `verbale log rotate`. What was signed stays verifiable.",
        )
    if now < mine.not_valid_before_utc:
        raise ProofError(
            f"the signing certificate holds from {mine.not_valid_before_utc:%Y-%m-%d} only",
            remedy="Look at the computer's clock.",
        )


@dataclass(frozen=True, slots=True)
class _New:
    """What new keys are called, and from when they hold."""

    name: str
    organization: str
    now: datetime.datetime


def _renew(
    folder: Path,
    secret: bytes,
    authority: tuple[EllipticCurvePrivateKey, x509.Certificate],
    new: _New,
    before: KeyRing | None,
) -> dict[str, Any]:
    from cryptography.hazmat.primitives import serialization as how  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415

    log = SigningKey(raw := ed25519.Ed25519PrivateKey.generate())
    signer = ec.generate_private_key(ec.SECP256R1())
    # The number of the key is in its name, so that two certificates never look alike.
    name = f"{new.name} ({log.id[:8]})"
    mine = _certificate(
        _subject(name, new.organization), signer.public_key(), authority, new.now
    )
    ders = [each.public_bytes(how.Encoding.DER) for each in (mine, authority[1])]
    held = before.public if before else Keys(new.name, {}, {})
    public = Keys(
        held.name,
        {**held.public, log.id: log.public},
        {**held.certificates, **{hashlib.sha256(each).hexdigest(): each for each in ders}},
    )
    names: dict[str, Any] = {
        "log": f"log-{log.id[:12]}.pem",
        "signer": f"signer-{hashlib.sha256(ders[0]).hexdigest()[:12]}.pem",
        "authority": f"authority-{hashlib.sha256(ders[1]).hexdigest()[:12]}.pem",
    }
    keys: dict[str, tuple[Any, x509.Certificate | None]] = {
        "log": (raw, None),
        "signer": (signer, mine),
        "authority": authority,
    }
    for what, (key, certificate) in keys.items():
        pem = key.private_bytes(
            how.Encoding.PEM, how.PrivateFormat.PKCS8, how.BestAvailableEncryption(secret)
        )
        if certificate is not None:
            pem += certificate.public_bytes(how.Encoding.PEM)
        _keep(folder / names[what], pem)
    _keep(folder / PUBLIC, written(public.plain()), mode=0o644)
    _keep(folder / CURRENT, written({**names, "organization": new.organization}))
    statement: dict[str, Any] = {"act": "key", "at": f"{new.now:%Y-%m-%dT%H:%M:%SZ}"}
    statement |= {"key": log.public.hex(), "certificates": [each.hex() for each in ders]}
    if before is not None:
        vouched = json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()
        statement |= {
            "by": before.log.id,
            "signature": before.log.sign("verbale-key/1", vouched).hex(),
        }
    return statement


def _new_authority(
    name: str, organization: str, now: datetime.datetime
) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(_subject(name, organization), key.public_key(), (key, None), now)


def _subject(name: str, organization: str) -> x509.Name:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    said = [x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]
    if organization:
        said.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]))
    return x509.Name(said)


def _certificate(
    subject: x509.Name,
    public: Any,  # noqa: ANN401 - a public key
    authority: tuple[EllipticCurvePrivateKey, x509.Certificate | None],
    now: datetime.datetime,
) -> x509.Certificate:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415

    key, issuer = authority
    own = issuer is None
    years = _AUTHORITY_YEARS if own else _SIGNER_YEARS
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


def _passphrase(folder: Path, *, make: bool = False) -> tuple[bytes, list[Finding]]:
    """The passphrase; with *make*, one is made where none is given."""
    given = os.environ.get("VERBALE_PASSPHRASE")
    named = os.environ.get("VERBALE_PASSPHRASE_FILE")
    if given:
        return given.encode("utf-8"), []
    path = Path(named) if named else folder / PASSPHRASE
    if make and not named:
        _keep(path, (secrets.token_urlsafe(32) + "\n").encode("ascii"))
        shown = str(folder.parent / FOLDER / PASSPHRASE)
        said = Finding("key-made", Severity.NOTES, values={"file": shown})
        return path.read_bytes().splitlines()[0], [said]
    try:
        lines = path.read_bytes().splitlines()
    except OSError as bad:
        raise ProofError(
            f"no passphrase for the keys in {folder}: {path}: {bad.strerror or bad}",
            remedy=f"Give it by {_VARIABLES}.",
        ) from bad
    if not lines or not lines[0]:
        raise ProofError(f"{path} is empty", remedy=f"Give the passphrase by {_VARIABLES}.")
    return lines[0], []


def _current(folder: Path) -> dict[str, str]:
    try:
        values = parsed((folder / CURRENT).read_bytes(), str(folder / CURRENT))
        names = ("log", "signer", "authority", "organization")
        return {name: str(values[name]) for name in names}
    except OSError as bad:
        raise ProofError(
            f"this registry has no keys: {folder / CURRENT}: {bad.strerror or bad}",
            remedy="Restore its keys from a backup, or make some: `verbale log rotate`.",
        ) from bad
    except KeyError as bad:
        raise ProofError(
            f"{folder / CURRENT} names no {bad} key", remedy="Restore it from a backup."
        ) from bad


def _load(path: Path, secret: bytes) -> Any:  # noqa: ANN401 - a private key of either kind
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_private_key,
    )

    try:
        data = path.read_bytes()
        return load_pem_private_key(data, secret)
    except OSError as bad:
        raise ProofError(
            f"{path}: {bad.strerror or bad}", remedy="Restore this key from a backup."
        ) from bad
    except (ValueError, TypeError) as bad:
        damaged = b"BEGIN ENCRYPTED PRIVATE KEY" not in data
        said = (
            "is no key under a passphrase" if damaged else "does not open with this passphrase"
        )
        remedy = "Restore this key from a backup." if damaged else f"Correct {_VARIABLES}."
        raise ProofError(f"{path} {said}; nothing was changed", remedy=remedy) from bad


def _certificate_in(path: Path) -> x509.Certificate:
    from cryptography import x509  # noqa: PLC0415

    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError as bad:
        raise ProofError(
            f"{path} holds no certificate", remedy="Restore this key from a backup."
        ) from bad


def _keep(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file whole, never readable by others in between."""
    beside = path.with_name(f".{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


__all__ = [
    "FOLDER",
    "KeyRing",
    "check_validity",
    "has_keys",
    "make_keys",
    "public_keys",
    "rotate_keys",
    "unlock",
]
