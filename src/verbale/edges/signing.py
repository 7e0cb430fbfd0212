"""Where acts meet keys: what is composed is signed, and what was done is published.

`acting` opens a registry for a command that acts. It unlocks the keys first, so that a wrong
passphrase is said before anything is done, and publishes the log's new head afterwards.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.edges.clock import SystemClock
from verbale.edges.keys import (
    check_validity,
    has_keys,
    make_keys,
    rotate_keys,
    signing_keys,
    unlock,
)
from verbale.edges.log_files import must_continue, publish
from verbale.errors import RegistryError, VerbaleError
from verbale.messages import word
from verbale.proof.pdf_signing import prepare, sign
from verbale.proof.plain_json import written
from verbale.proof.statements import sign_bytes

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from verbale.edges.home import Home
    from verbale.edges.keys import KeyRing
    from verbale.institutions import Institution
    from verbale.model.finding import Finding
    from verbale.registry.store import Clock, Store
    from verbale.writers.base import Typesetter

_FIELD = "signature-field"
MANIFEST, MARK = "manifest.json", "manifest.json.sig"


@dataclass(frozen=True, slots=True)
class SigningTypesetter:
    """A typesetter whose pages come signed; the bytes before signing are the same each time.

    What was signed once is given back, not signed anew: ``HOME/signed`` has, under the SHA-256
    of the bytes before signing, that of the signed ones, which are in the objects.
    """

    typesetter: Typesetter
    ring: KeyRing
    clock: Clock
    home: Home

    def __call__(self, template: str, data: str, *, moment: datetime.date) -> bytes:
        """Set the page and sign it."""
        page = self.typesetter(template, data, moment=moment)
        prepared = prepare(page, lambda lang: word(_FIELD, lang))
        return self._kept(prepared) or self._signed(prepared)

    def _kept(self, prepared: bytes) -> bytes | None:
        try:
            return self.home.objects.get(signed_at(self.home.path, prepared).read_text("ascii"))
        except (OSError, ValueError, RegistryError):
            return None

    def _signed(self, prepared: bytes) -> bytes:
        made = sign(prepared, self.ring.signer, self.clock.now())
        path = signed_at(self.home.path, prepared)
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.home.objects.put(made), "ascii")
        return made


def signed_at(home: Path, prepared: bytes) -> Path:
    """Where a registry says what *prepared* became when it was signed."""
    return home / "signed" / hashlib.sha256(prepared).hexdigest()


@dataclass(frozen=True, slots=True)
class Registrar:
    """An open registry at work: its store, and its keys if it has any."""

    home: Home
    store: Store
    ring: KeyRing | None
    clock: Clock

    def typesetter(self) -> Typesetter:
        """The typesetter whose PDFs are signed, where there are keys."""
        from verbale.edges.typeset import Typesetter as Pages  # noqa: PLC0415 - loads fonts

        pages = Pages()
        if self.ring is None:
            return pages
        return SigningTypesetter(pages, self.ring, self.clock, self.home)


def marked(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """*files* with the signature on their manifest, where the registry has keys."""
    from verbale.edges.home import home_path  # noqa: PLC0415 - it calls this

    home = home_path()
    if MANIFEST not in files or MARK in files or not has_keys(home):
        return files
    return {**files, MARK: mark(files[MANIFEST], unlock(home))}


def mark(manifest: bytes, ring: KeyRing) -> bytes:
    """The signature on a manifest, with the public keys of the registry. Same bytes, same."""
    values = sign_bytes(MANIFEST, manifest, ring.log)
    return written({**values, "registry": ring.public.plain()})


@contextmanager
def acting(home: Home) -> Iterator[Registrar]:
    """Open *home* for an act; publish the log and close it, however the act ended.

    Raises, before anything is done, `ProofError` when the keys cannot be used, and
    `RegistryError` when the log was cut or changed since its last head.
    """
    clock = SystemClock()
    ring = signing_keys(home.path)
    if ring is not None:
        check_validity(ring, clock.now())
    store = home.store()
    try:
        must_continue(store)
        try:
            yield Registrar(home, store, ring, clock)
        finally:
            # Also when it ended ill: part of it may have been done, and stands.
            if ring is not None:
                _publish(home.path, store, ring, clock)
    finally:
        store.close()


def _publish(home: Path, store: Store, ring: KeyRing, clock: Clock) -> None:
    try:
        publish(home, store, ring, clock.now())
    except (VerbaleError, OSError) as bad:
        # The act stands; the next one, or `verbale log head`, publishes what it left.
        logging.getLogger("verbale").warning("the log's head is not published: %s", bad)


def first_keys(
    rules: Institution, findings: list[Finding], target: Path
) -> Callable[[Path], None]:
    """What `create_home` calls to give a registry its keys and the first leaf of its log.

    *findings* receives what is to be said; *target* is where the registry will be.
    """

    def prepare_keys(made: Path) -> None:
        from dataclasses import replace  # noqa: PLC0415 - beside its only use

        from verbale.edges.home import open_home  # noqa: PLC0415 - it calls this

        said = _make(made, rules)
        with acting(open_home(made)):
            pass  # publishing states the key in the log
        for each in said:
            file = str(target / (made / each.values["file"]).relative_to(made))
            findings.append(replace(each, values={"file": file}))

    return prepare_keys


def new_keys(home: Home, rules: Institution) -> tuple[str, list[Finding]]:
    """Make new signing keys for a registry, or its first; the new key's name.

    What was signed before stays verifiable: every public key is kept, and in the log.
    Raises `ProofError`.
    """
    findings: list[Finding] = []
    if has_keys(home.path):
        with closing(home.store()) as store:
            must_continue(store)
        rotate_keys(home.path, now=SystemClock().now())
    else:
        findings = _make(home.path, rules)
    with acting(home) as at:
        return unlock(at.home.path).log.id, findings


def _make(path: Path, rules: Institution) -> list[Finding]:
    own = rules.name if rules.has_identity else ""
    name = f"Verbale registry {rules.name}" if own else "Verbale specimen registry"
    return make_keys(path, name, organization=own, now=SystemClock().now())
