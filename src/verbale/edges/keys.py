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
import os
import resource
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.edges.certificates import SIGNER_YEARS, certificate_of, new_authority, subject
from verbale.errors import ProofError
from verbale.model.finding import Finding, Severity
from verbale.proof.pdf_signing import Signer
from verbale.proof.plain_json import parsed, written
from verbale.proof.public_keys import Keys, endorsement
from verbale.proof.signing_keys import SigningKey

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

FOLDER, PUBLIC, CURRENT, PASSPHRASE = "keys", "public.json", "current.json", "passphrase"
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
    """Whether a registry has keys to sign with."""
    return (home / FOLDER / CURRENT).is_file()


def known_keys(home: Path) -> Keys | None:
    """Every public key of a registry; ``None`` if it never had one."""
    return public_keys(home) if (home / FOLDER / PUBLIC).is_file() else None


def signing_keys(home: Path) -> KeyRing | None:
    """The keys that sign now; ``None`` for a registry that never had any.

    Raises `ProofError` when it had keys and they are not here, as after a restore without them.
    """
    if has_keys(home):
        return unlock(home)
    if known_keys(home) is None:
        return None
    raise ProofError(
        f"the private keys of this registry are not in {home / FOLDER}",
        remedy="Put them back from where they are kept, or make new: `verbale log rotate`.",
    )


def make_keys(
    home: Path, name: str, *, now: datetime.datetime, organization: str = ""
) -> list[Finding]:
    """Make the first keys of a registry; what is to be said of it.

    *name* is how the registry calls itself in them; *organization* is only that of a registry
    with a name and identity of its own. A registry whose private keys were lost gets new ones
    too: its public keys stay, and nothing endorses the new one.
    """
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    held = public_keys(home) if (folder / PUBLIC).is_file() else Keys(name, {}, {})
    secret, findings = _passphrase(folder, make=True)
    authority = new_authority(f"{name}: authority", organization, now)
    _renew(folder, secret, authority, _New(name, organization, now), held, None)
    return findings


def rotate_keys(home: Path, *, now: datetime.datetime) -> None:
    """Make new signing keys, endorsed by the key before.

    Every public key stays in ``public.json``, so that what was signed stays verifiable. Raises
    `ProofError`, with nothing changed, when the old ones cannot be unlocked.
    """
    before = unlock(home)
    folder = home / FOLDER
    secret = _passphrase(folder)[0]
    names = _current(folder)
    held = _load(folder / names["authority"], secret)
    certificate = _certificate_in(folder / names["authority"])
    if now + datetime.timedelta(days=365 * SIGNER_YEARS) > certificate.not_valid_after_utc:
        # An authority that ends before its signer does would leave it unverifiable.
        name = f"{before.public.name}: authority"
        held, certificate = new_authority(name, names["organization"], now)
    new = _New(before.public.name, names["organization"], now)
    _renew(folder, secret, (held, certificate), new, before.public, before.log)


def unlock(home: Path) -> KeyRing:
    """The keys that sign now. Raises `ProofError` for a wrong passphrase or a damaged key.

    From here on this process leaves no core dump: it would hold the keys.
    """
    folder = home / FOLDER
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
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
    ring = KeyRing(SigningKey(log), Signer(der, chain), public_keys(home))
    known = ring.public.certificates
    if (
        ring.log.id not in ring.public.public
        or hashlib.sha256(chain[0]).hexdigest() not in known
    ):
        raise ProofError(
            f"the key {ring.log.id[:16]} in {folder} is none of this registry's",
            remedy=f"Put the keys that {folder / PUBLIC} names back from where they are kept.",
        )
    return ring


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
    held: Keys,
    before: SigningKey | None,
) -> None:
    """Make and keep new signing keys, endorsed by the key *before*."""
    from cryptography.hazmat.primitives import serialization as how  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415

    log = SigningKey(raw := ed25519.Ed25519PrivateKey.generate())
    signer = ec.generate_private_key(ec.SECP256R1())
    # The number of the key is in its name, so that two certificates never look alike.
    name = f"{new.name} ({log.id[:8]})"
    mine = certificate_of(
        subject(name, new.organization), signer.public_key(), authority, new.now
    )
    ders = [each.public_bytes(how.Encoding.DER) for each in (mine, authority[1])]
    statement = {"act": "key", "at": f"{new.now:%Y-%m-%dT%H:%M:%SZ}", "key": log.public.hex()}
    endorsed = [] if before is None else [endorsement(statement, before)]
    public = Keys(
        held.name,
        {**held.public, log.id: log.public},
        {**held.certificates, **{hashlib.sha256(each).hexdigest(): each for each in ders}},
        (*held.endorsed, *endorsed),
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


def _passphrase(folder: Path, *, make: bool = False) -> tuple[bytes, list[Finding]]:
    """The passphrase; with *make*, one is made where none is given."""
    given = os.environ.get("VERBALE_PASSPHRASE")
    named = os.environ.get("VERBALE_PASSPHRASE_FILE")
    if given:
        return given.encode("utf-8"), []
    path = Path(named) if named else folder / PASSPHRASE
    if make and not named and not path.exists():
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
    "known_keys",
    "make_keys",
    "public_keys",
    "rotate_keys",
    "signing_keys",
    "unlock",
]
