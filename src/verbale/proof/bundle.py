"""A document's folder as evidence: a signed manifest, and what goes with it.

::

    manifest.json       symbol, state, every file with its SHA-256
    manifest.json.sig   the registry's signature on it, and its public keys
    record.json         the entry's record as the register keeps it          (export bundles)
    proof.json          the events of the entry, and that they are in the log (export bundles)
    faithful.json       which text of the originals stands in which version   (export bundles)

A chain without a gap: the file's hash is in the record, the record's in the last event, the
event in the log, the log in a signed head.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from verbale.errors import ProofError
from verbale.proof.statements import Keys, check_bytes, check_proof, parsed
from verbale.proof.verifier import Known, Reason, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MANIFEST, MARK, RECORD, PROOF = (
    "manifest.json",
    "manifest.json.sig",
    "record.json",
    "proof.json",
)
FAITHFUL, CHECKER, README, KEYS = (
    "faithful.json",
    "check_proof.py",
    "README.txt",
    "keys.json",
)
#: What is evidence, not a file of the document.
OWN = frozenset({MANIFEST, MARK, RECORD, PROOF, FAITHFUL, CHECKER, README, KEYS})

_STANDING = {
    "issued": Standing.ISSUED,
    "superseded": Standing.SUPERSEDED,
    "withdrawn": Standing.WITHDRAWN,
    "void": Standing.VOID,
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A manifest that a registry signed: evidence for the files it names."""

    symbol: str
    files: tuple[tuple[str, Known], ...]
    keys: Keys
    said: tuple[Reason, ...]

    @classmethod
    def of(cls, files: Mapping[str, bytes], trusted: Keys | None, pinned: str = "") -> Bundle:
        """Check the evidence among *files* (by their name in the folder).

        *trusted* are keys known from elsewhere; *pinned* is the name of one. Without either the
        keys that came with the folder are believed, and that is said with every verdict. Raises
        `ProofError` when something in the chain does not hold.
        """
        if MARK not in files:
            raise ProofError(
                f"{MARK} is missing: nothing says who made this folder",
                remedy="Fetch the whole folder again, or verify against the registry.",
            )
        mark = parsed(files[MARK], MARK)
        enclosed = Keys.of(mark.get("registry") or {})
        keys = _believed(enclosed, trusted, pinned)
        check_bytes(mark, files[MANIFEST], keys)
        manifest = parsed(files[MANIFEST], MANIFEST)
        said = []
        if trusted is None and not pinned:
            names = {"name": enclosed.name, "key": str(mark["key"])}
            said.append(Reason("proof-keys-unconfirmed", names))
        if PROOF in files:
            said += _logged(files, manifest, keys)
        return cls(str(manifest.get("symbol")), _known(manifest), keys, tuple(said))

    def find(self, sha256: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return [each for _, each in self.files if each.sha256 == sha256]

    def named(self, name: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return [each for _, each in self.files if each.name == name]

    def has(self, symbol: str) -> bool:
        """As `Evidence` says."""
        return symbol == self.symbol


def _believed(enclosed: Keys, trusted: Keys | None, pinned: str) -> Keys:
    if trusted is not None:
        return trusted
    if not pinned:
        return enclosed
    if pinned not in enclosed.public:
        raise ProofError(
            f"the folder is not signed with the key {pinned[:16]}",
            remedy="Compare it with the one the registry names, and fetch the folder again.",
        )
    # Certificates come with the folder; what vouches for them is the signature on the manifest,
    # which names the hashes of the PDFs they signed.
    return Keys(enclosed.name, {pinned: enclosed.public[pinned]}, enclosed.certificates)


def _known(manifest: Mapping[str, Any]) -> tuple[tuple[str, Known], ...]:
    symbol, state = str(manifest.get("symbol")), str(manifest.get("state"))
    standing = _STANDING.get(state, Standing.NOT_ISSUED)
    versions = manifest.get("versions") or {}
    by = str(manifest.get("superseded_by") or "")
    specimen = "specimen" in (manifest.get("stamps") or ())
    known = []
    for each in manifest["files"]:
        path = str(each["name"])
        folder, _, name = path.rpartition("/")
        language = language_of(name)
        known.append((
            path,
            Known(
                symbol,
                name,
                str(each["sha256"]),
                standing,
                language,
                received=folder == "received",
                by=by,
                specimen=specimen,
                waits=versions.get(language) == "awaiting-translation",
            ),
        ))  # fmt: skip
    return tuple(known)


def language_of(name: str) -> str:
    """``fr`` of ``CL_C_12_G_1-FR.pdf``; empty for another shape of name."""
    code = PurePosixPath(name).stem.rpartition("-")[2]
    return code.lower() if len(code) == 2 and code.isalpha() else ""  # noqa: PLR2004 - ISO 639-1


def _logged(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], keys: Keys
) -> list[Reason]:
    """Follow the chain from the files to the head of the log. Raises `ProofError`."""
    head, leaves = check_proof(parsed(files[PROOF], PROOF), keys)
    record = files.get(RECORD, b"")
    said = json.loads(leaves[-1].leaf) if leaves else {}
    if said.get("record") != hashlib.sha256(record).hexdigest():
        raise ProofError(f"{RECORD} is not as the log has it", remedy="Fetch the folder again.")
    entry = parsed(record, RECORD)
    held = {each["sha256"] for each in (*entry.get("received", ()), *entry.get("composed", ()))}
    for each in manifest["files"]:
        if each["sha256"] not in held and each.get("kind") != "made":
            raise ProofError(
                f"{each['name']} is in the manifest and not in the register",
                remedy="Fetch the folder again; if it stays so, tell the registry.",
            )
    return [Reason("proof-logged", {"size": str(head.size), "date": head.at[:10]})]
