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

import datetime
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from verbale.errors import ProofError
from verbale.proof.plain_json import AGAIN, parsed
from verbale.proof.public_keys import Keys
from verbale.proof.statements import check_bytes, check_proof
from verbale.proof.verdicts import Known, Reason, Standing

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
#: The kind of a file that goes with a document and is no version of it, nor an original.
MADE = "made"
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
    """A manifest that a registry signed: evidence for the files it names.

    ``files`` are those of the manifest by their path; ``earlier`` what the record has besides:
    files of issues before the last. ``vouched``: a key that is known from elsewhere signed.
    """

    symbol: str
    files: tuple[tuple[str, Known], ...]
    keys: Keys
    said: tuple[Reason, ...]
    earlier: tuple[Known, ...] = ()
    vouched: bool = False

    @classmethod
    def of(cls, files: Mapping[str, bytes], trusted: Keys | None, pinned: str = "") -> Bundle:
        """Check the evidence among *files* (by their name in the folder).

        *trusted* are keys known from elsewhere; *pinned* is the name of one. Later keys that
        these endorse are believed with them. Without either the keys that came with the folder
        are believed, and that is said with every verdict. Raises `ProofError` when something in
        the chain does not hold; `StrangerError` when another than the expected one signed.
        """
        for name in (MANIFEST, MARK):
            if name not in files:
                raise ProofError(
                    f"{name} is missing: nothing says who made this folder",
                    remedy="Fetch the whole folder again, or verify against the registry.",
                )
        mark = parsed(files[MARK], MARK)
        try:
            enclosed = Keys.of(mark["registry"])
            signed_with = str(mark["key"])
        except (KeyError, AttributeError) as bad:
            raise ProofError(f"{MARK} is not whole", remedy=AGAIN) from bad
        keys = _believed(enclosed, trusted, pinned)
        if signed_with not in keys.public:
            raise StrangerError(enclosed.name, signed_with)
        check_bytes(mark, files[MANIFEST], keys)
        try:
            return cls._read(files, keys, signed_with, confirmed=bool(trusted or pinned))
        except (KeyError, TypeError, ValueError, AttributeError) as bad:
            what = f"{type(bad).__name__}: {bad}"
            raise ProofError(f"the folder is not whole: {what}", remedy=AGAIN) from bad

    @classmethod
    def _read(
        cls, files: Mapping[str, bytes], keys: Keys, signed_with: str, *, confirmed: bool
    ) -> Bundle:
        manifest = parsed(files[MANIFEST], MANIFEST)
        said = []
        if not confirmed:
            names = {"name": keys.name, "key": signed_with}
            said.append(Reason("proof-keys-unconfirmed", names))
        earlier: tuple[Known, ...] = ()
        if PROOF in files:
            entry = _logged(files, manifest, keys, said)
            earlier = _earlier(str(manifest["symbol"]), entry)
        return cls(
            str(manifest["symbol"]), _known(manifest), keys, tuple(said), earlier, confirmed
        )

    def find(self, sha256: str) -> Sequence[Known]:
        """As `Evidence` says."""
        found = [each for _, each in self.files if each.sha256 == sha256]
        return found or [each for each in self.earlier if each.sha256 == sha256]

    def named(self, name: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return [each for _, each in self.files if each.name == name]

    def has(self, symbol: str) -> bool:
        """As `Evidence` says."""
        return symbol == self.symbol


class StrangerError(ProofError):
    """A folder that somebody else signed than the registry that was named."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__(
            f"signed by {name} with the key {key[:16]}, which is not one of those you know",
            remedy="Compare it with the one the registry names, and fetch the folder again.",
        )
        self.name = name
        self.key = key


def _believed(enclosed: Keys, trusted: Keys | None, pinned: str) -> Keys:
    if trusted is not None:
        return trusted.joined(enclosed)
    if pinned:
        known = {pinned: enclosed.public[pinned]} if pinned in enclosed.public else {}
        return enclosed.following(known)
    return enclosed


def _known(manifest: Mapping[str, Any]) -> tuple[tuple[str, Known], ...]:
    symbol, state = str(manifest["symbol"]), str(manifest["state"])
    versions = manifest.get("versions") or {}
    until = manifest.get("embargo_until")
    common = Known(
        symbol,
        "",
        "",
        _STANDING.get(state, Standing.NOT_ISSUED),
        by=str(manifest.get("superseded_by") or ""),
        specimen="specimen" in (manifest.get("stamps") or ()),
        restricted=bool(manifest.get("restricted")),
        until=datetime.datetime.fromisoformat(until) if until else None,
    )
    known = []
    for each in manifest["files"]:
        path, kind = str(each["name"]), str(each.get("kind") or "")
        folder, _, name = path.rpartition("/")
        language = language_of(name)
        file = replace(
            common,
            name=name,
            sha256=str(each["sha256"]),
            language=language,
            received=folder == "received",
            beside=kind == MADE,
            waits=versions.get(language) == "awaiting-translation",
        )
        known.append((path, file))
    return tuple(known)


def _earlier(symbol: str, entry: Mapping[str, Any]) -> tuple[Known, ...]:
    """The files of issues before the last, from the record."""
    last = int(entry.get("asterisks", 0))
    return tuple(
        Known(symbol, str(each["name"]), str(each["sha256"]), Standing.REISSUED,
              language_of(str(each["name"])))
        for each in entry.get("composed", ())
        if int(each.get("issue", 0)) != last
    )  # fmt: skip


def language_of(name: str) -> str:
    """``fr`` of ``CL_C_12_G_1-FR.pdf``; empty for another shape of name."""
    code = PurePosixPath(name).stem.rpartition("-")[2]
    return code.lower() if len(code) == 2 and code.isalpha() else ""  # noqa: PLR2004 - ISO 639-1


def _logged(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], keys: Keys, said: list[Reason]
) -> dict[str, Any]:
    """Follow the chain from the files to the head of the log; the record."""
    head, leaves = check_proof(parsed(files[PROOF], PROOF), keys)
    record = files.get(RECORD)
    if record is None:
        raise ProofError(f"{RECORD} is missing", remedy="Fetch the whole folder again.")
    last = json.loads(leaves[-1].leaf) if leaves else {}
    if last.get("record") != hashlib.sha256(record).hexdigest():
        raise ProofError(f"{RECORD} is not as the log has it", remedy="Fetch the folder again.")
    entry = parsed(record, RECORD)
    held = {each["sha256"] for each in (*entry.get("received", ()), *entry.get("composed", ()))}
    for each in manifest["files"]:
        if each["sha256"] not in held and each.get("kind") != MADE:
            raise ProofError(
                f"{each['name']} is in the manifest and not in the register",
                remedy="Fetch the folder again; if it stays so, tell the registry.",
            )
    said.append(Reason("proof-logged", {"size": str(head.size), "date": head.at[:10]}))
    return entry
