"""What is verified against: the registry here, keys that are known, a folder's manifest."""

from __future__ import annotations

import datetime
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.edges.folders import FOLDER, read_folders
from verbale.edges.home import FILE, home_path, open_home
from verbale.edges.keys import known_keys
from verbale.edges.log_files import published_faults
from verbale.errors import ProofError, UsageError
from verbale.proof.bundle import MANIFEST, MARK, Bundle
from verbale.proof.plain_json import parsed
from verbale.proof.public_keys import Keys
from verbale.proof.verdicts import Judged, Reason, Verdict
from verbale.readers.limits import shown
from verbale.workflow.auditing import audit_register, verify_everything
from verbale.workflow.evidence import RegisterEvidence
from verbale.workflow.verifying import BESIDE, verify_file, verify_folder, why_no_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from verbale.edges.home import Home
    from verbale.registry.store import Store

_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Verification:
    """What files are held against: an open registry or none, keys known from elsewhere, or one.

    ``keys`` is what a registry publishes as ``log/keys.json``; ``pin`` the name of one key.
    """

    home: Home | None = None
    store: Store | None = None
    keys: Keys | None = None
    pin: str = ""

    def paths(self, paths: tuple[Path, ...]) -> Iterator[Judged]:
        """The verdicts on files, folders and bundles."""
        for path in paths:
            if path.is_dir() or path.suffix.lower() == ".zip":
                yield from self._folders(path)
            elif path.stat().st_size > FOLDER:
                limit = {"file": path.name, "limit": shown("upload", FOLDER)}
                too_large = Reason("proof-unread"), Reason("file-too-large", limit)
                yield Judged(str(path), Verdict.UNKNOWN, too_large)
            else:
                yield self.file(path, path.read_bytes())

    def file(self, path: Path, data: bytes) -> Judged:
        """The verdict on one file, which may lie in a document's folder."""
        now = datetime.datetime.now(datetime.UTC)
        evidence = self._evidence(now)
        if evidence is not None:
            return verify_file(str(path), data, evidence, self._trusted(), now)
        files = _manifest_beside(path)
        if not files:
            return verify_file(str(path), data, None, self._trusted(), now)
        try:
            bundle = Bundle.of(files, self._trusted(), self.pin)
        except ProofError as bad:
            return Judged(str(path), *why_no_evidence(files, bad, self._trusted()))
        return verify_file(str(path), data, bundle, bundle.keys, now)

    def everything(self) -> Iterator[Judged]:
        """The verdict on every file that the registry keeps, then whatever does not agree."""
        now = datetime.datetime.now(datetime.UTC)
        evidence = self._evidence(now)
        if self.home is None or self.store is None or evidence is None:
            raise UsageError("there is no registry here", remedy="Name one with VERBALE_HOME.")
        yield from verify_everything(self.store, self.home.objects, evidence, now)
        faults = audit_register(self.store, self._trusted(), now)
        for found in (faults, published_faults(self.home.path, self.store, now)):
            for fault in found:
                why = Reason("proof-register-fault"), Reason(fault.code, fault.values)
                yield Judged(str(self.home.path), Verdict.ALTERED, why)

    def _folders(self, path: Path) -> Iterator[Judged]:
        now = datetime.datetime.now(datetime.UTC)
        evidence, trusted = self._evidence(now), self._trusted()
        for folder, files in read_folders(path):
            if not folder:
                for name, data in files.items():
                    yield verify_file(str(path / name), data, evidence, trusted, now)
                continue
            found = verify_folder(files, evidence, trusted=trusted, pin=self.pin, now=now)
            for each in found:
                yield Judged(str(path / folder / each.file), each.verdict, each.reasons)

    def _trusted(self) -> Keys | None:
        if self.keys is not None:
            return self.keys
        return known_keys(self.home.path) if self.home is not None else None

    def _evidence(self, now: datetime.datetime) -> RegisterEvidence | None:
        if self.home is None or self.store is None:
            return None
        specimen = not institutions.load(self.home.institution).has_identity
        return RegisterEvidence(self.store, self._trusted() or Keys("", {}, {}), specimen, now)


@contextmanager
def verification(
    *, offline: bool = False, keys: Path | None = None, pin: str = ""
) -> Iterator[Verification]:
    """Open what there is to verify against; close it afterwards.

    Unless *offline*, the registry that VERBALE_HOME names is asked, where there is one. Raises
    `ProofError` when the file *keys* holds none, `UsageError` when *pin* is no name of a key.
    """
    if pin and not _KEY.fullmatch(pin):
        raise UsageError(
            f"{pin!r} is no name of a key",
            remedy="Give its 64 hexadecimal digits, as in the registry's `log/head.json`.",
        )
    known = Keys.of(parsed(keys.read_bytes(), str(keys))) if keys is not None else None
    if offline or not (home_path() / FILE).exists():
        yield Verification(keys=known, pin=pin)
        return
    home = open_home()
    store = home.store()
    try:
        yield Verification(home, store, known, pin)
    finally:
        store.close()


def _manifest_beside(path: Path) -> dict[str, bytes]:
    """The evidence in the file's folder, or in the one above it; nothing if there is none."""
    for folder in (path.absolute().parent, path.absolute().parent.parent):
        if (folder / MANIFEST).is_file() and (folder / MARK).is_file():
            return {n: (folder / n).read_bytes() for n in BESIDE if (folder / n).is_file()}
    return {}
