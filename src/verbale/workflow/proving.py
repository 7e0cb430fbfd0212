"""Proof as commands and pages use it: evidence, export, the audit of everything.

What a register knows becomes evidence for `verbale.proof.verifier`; an entry becomes a bundle
that verifies elsewhere; and everything that is kept is compared with everything else.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.errors import NotRegisteredError, ProofError, RegistryError, VerbaleError
from verbale.proof import merkle
from verbale.proof.bundle import FAITHFUL, MANIFEST, OWN, PROOF, RECORD, Bundle, language_of
from verbale.proof.pdf_checking import pdf_signatures, whole
from verbale.proof.statements import Head, Keys, Proven, proof_of, written
from verbale.proof.verifier import Judged, Known, Reason, Standing, Verdict, judge
from verbale.registry.audit import audit
from verbale.registry.entry import VersionState
from verbale.registry.record import dump
from verbale.registry.states import State
from verbale.workflow.faithful import faithful_record, recheck
from verbale.workflow.folder import as_json, folder_files, kept_files, manifest, stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from verbale.proof.verifier import Evidence
    from verbale.registry.entry import Entry, FileRecord
    from verbale.registry.store import Objects, Store, Which

_STANDING = {
    State.ISSUED: Standing.ISSUED,
    State.SUPERSEDED: Standing.SUPERSEDED,
    State.WITHDRAWN: Standing.WITHDRAWN,
    State.VOID: Standing.VOID,
}


@dataclass(frozen=True, slots=True)
class RegisterEvidence:
    """What a register knows, as evidence. ``specimen``: it has no name and identity."""

    store: Store
    keys: Keys
    specimen: bool
    now: datetime.datetime
    said: tuple[Reason, ...] = ()

    def find(self, sha256: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return [
            known for entry in self.store.find_file(sha256) for known in self._of(entry, sha256)
        ]

    def named(self, name: str) -> Sequence[Known]:
        """As `Evidence` says; the symbol is read from the name, which carries it."""
        entry = self._entry(_symbol_in(name))
        if entry is None:
            return []
        return [self._known(entry, file) for file in entry.composed if file.name == name]

    def has(self, symbol: str) -> bool:
        """As `Evidence` says."""
        return self._entry(symbol) is not None

    def _entry(self, symbol: str) -> Entry | None:
        try:
            return self.store.get(symbol) if symbol else None
        except RegistryError:
            return None

    def _of(self, entry: Entry, sha256: str) -> list[Known]:
        files = [
            self._known(entry, file)
            for file in (*entry.composed, *entry.received)
            if file.sha256 == sha256
        ]
        # Kept under the entry, and no longer in its record: a version before its translation.
        return files or [Known(entry.name, "", sha256, Standing.REPLACED)]

    def _known(self, entry: Entry, file: FileRecord) -> Known:
        received = file in entry.received
        standing = _STANDING.get(entry.state, Standing.NOT_ISSUED)
        if not received and standing is Standing.ISSUED and file.issue != entry.asterisks:
            standing = Standing.REISSUED
        held_back = entry.embargo_until is not None and entry.embargo_until > self.now
        if held_back and standing is Standing.ISSUED:
            standing = Standing.NOT_ISSUED
        return Known(
            entry.name,
            file.name,
            file.sha256,
            standing,
            file.language,
            received=received,
            by=superseded_by(self.store, entry),
            specimen=self.specimen,
            waits=file.language in waiting(entry),
        )


def _symbol_in(name: str) -> str:
    """The symbol a file's name is made of: ``CL/C/12/G/1`` of ``CL_C_12_G_1-FR.pdf``."""
    stem = name.rpartition(".")[0]
    return (stem.rpartition("-")[0] if language_of(name) else stem).replace("_", "/")


def waiting(entry: Entry) -> set[str]:
    """The languages of the versions that wait for their translation."""
    state = VersionState.AWAITING_TRANSLATION
    return {version.language for version in entry.versions if version.state is state}


def superseded_by(store: Store, entry: Entry) -> str:
    """The symbol that took the place of *entry*; empty where none did."""
    if entry.state is not State.SUPERSEDED:
        return ""
    related = store.related(entry.receipt)
    return next((each.symbol for each in related if each.kind == "revised-by"), "")


def verify_folder(
    files: Mapping[str, bytes],
    evidence: Evidence | None,
    *,
    trusted: Keys | None,
    pin: str = "",
) -> list[Judged]:
    """The verdicts on a document's folder: each file, each one missing, and what holds them.

    *files* are all files by their path in it. *evidence* is the register, if it may be asked;
    else the folder's own signed manifest, held against the keys *trusted* or *pin*.
    """
    bundle: Bundle | None = None
    judged: list[Judged] = []
    try:
        bundle = Bundle.of(files, trusted, pin)
    except ProofError as bad:
        judged.append(Judged(MANIFEST, *_why_not(files, bad, trusted)))
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        values = {"detail": f"{type(bad).__name__}: {bad}"}
        reason = Reason("proof-bundle-altered", values)
        judged.append(Judged(MANIFEST, Verdict.ALTERED, (reason,)))
    held = evidence or bundle
    for name in sorted(set(files) - OWN):
        if held is None:
            judged.append(Judged(name, judged[0].verdict, judged[0].reasons))
        else:
            judged.append(judge(name, files[name], held))
    if bundle is not None:
        for path, _ in bundle.files:
            if path not in files:
                missing = Reason("proof-file-missing", {"name": path})
                judged.append(Judged(path, Verdict.ALTERED, (missing,)))
        judged += _text_is_kept(files)
    return judged


def _why_not(
    files: Mapping[str, bytes], bad: ProofError, trusted: Keys | None
) -> tuple[Verdict, tuple[Reason, ...]]:
    """Why a folder is no evidence: signed by another, altered, or not signed at all."""
    if "manifest.json.sig" not in files:
        return Verdict.UNKNOWN, (Reason("proof-nothing-to-compare"),)
    try:
        mark = json.loads(files["manifest.json.sig"])
        enclosed, key = Keys.of(mark["registry"]), str(mark["key"])
    except (VerbaleError, ValueError, KeyError, TypeError):
        return Verdict.ALTERED, (Reason("proof-bundle-altered", {"detail": bad.message}),)
    if trusted is not None and key not in trusted.public:
        code = "proof-other-key" if enclosed.name == trusted.name else "proof-unknown-signer"
        return Verdict.NOT_OURS, (Reason(code, {"name": enclosed.name, "key": key}),)
    return Verdict.ALTERED, (Reason("proof-bundle-altered", {"detail": bad.message}),)


def _text_is_kept(files: Mapping[str, bytes]) -> list[Judged]:
    if FAITHFUL not in files:
        return []
    count, wrong = recheck(files)
    if wrong:
        reasons = tuple(Reason("proof-unfaithful", {"name": name}) for name in wrong)
        return [Judged(FAITHFUL, Verdict.ALTERED, reasons)]
    if not count:
        return []
    said = Reason("proof-faithful", {"count": str(count)})
    return [Judged(FAITHFUL, Verdict.ISSUED, (said,))]


@dataclass(frozen=True, slots=True)
class Prover:
    """What bundles are made from: a register, its objects, its last head and its keys."""

    store: Store
    objects: Objects
    head: Head
    keys: Keys


def proof_file(prover: Prover, which: Which) -> bytes:
    """A small file that shows the events of an entry to be in the log."""
    entry = prover.store.get(which)
    leaves = [
        Proven(
            leaf.index,
            leaf.line,
            tuple(
                each.hex()
                for each in merkle.inclusion(leaf.index, prover.head.size, prover.store.node)
            ),
        )
        for leaf in prover.store.leaves_of(entry.receipt)
        if leaf.index < prover.head.size
    ]
    return written(proof_of(entry.name, prover.head, leaves, prover.keys))


def export_entry(prover: Prover, which: Which) -> dict[str, bytes]:
    """The files of a bundle but the signature on its manifest and the checker.

    Raises `ProofError` if nothing of the entry is composed.
    """
    entry = prover.store.get(which)
    files = kept_files(entry, prover.objects)
    if not files:
        raise ProofError(
            f"nothing of {entry.name} is composed yet",
            remedy="Circulate it first: `verbale circulate`.",
        )
    received = {each.name: prover.objects.get(each.sha256) for each in entry.received}
    out = folder_files(entry, files, received)
    del out[MANIFEST]
    out[FAITHFUL] = written(faithful_record(out))
    said = manifest(entry, out, stamps=stamps_of(files))
    said["superseded_by"] = superseded_by(prover.store, entry)
    for each in said["files"]:
        if each["name"] == FAITHFUL:
            each["kind"] = "made"
    out[RECORD] = dump(entry).encode("utf-8")
    out[PROOF] = proof_file(prover, entry.receipt)
    out[MANIFEST] = (as_json(said, indent=1) + "\n").encode("utf-8")
    return out


def in_session(store: Store, what: str) -> list[str]:
    """The symbol *what*, or those of all issued documents whose symbols begin with it.

    ``CL/C/12`` is a session: every document of it. Raises `NotRegisteredError`.
    """
    try:
        return [store.get(what).printed]
    except NotRegisteredError:
        found = [
            entry.printed
            for entry in store.entries(states=(State.ISSUED, State.SUPERSEDED))
            if entry.symbol.startswith(what.rstrip("/") + "/") and entry.composed
        ]
        if not found:
            raise
        return found


def audit_log(store: Store, keys: Keys | None, now: datetime.datetime) -> Iterator[str]:
    """Every disagreement between the log and what it tells of, in words that name the entry."""
    hashes: list[bytes] = []
    nodes = store.nodes()
    told = 0
    names = {entry.receipt: entry.name for entry in _readable(store)}
    while leaves := store.leaves(len(hashes)):
        for leaf in leaves:
            about = f"leaf {leaf.index}, {leaf.kind} {leaf.number}"
            if leaf.receipt:
                about += f" of {names.get(leaf.receipt, '')} (receipt {leaf.receipt})"
            if leaf.index != len(hashes):
                yield f"leaf {len(hashes)} is missing before {about}"
                return
            hashed = merkle.leaf_hash(leaf.line.encode("utf-8"))
            if nodes.get((0, leaf.index)) != hashed.hex():
                yield f"{about} is not as it was logged: {leaf.line[:300] or 'it is gone'}"
            hashes.append(hashed)
            told += leaf.kind == "event"
    made = merkle.levels(hashes)
    expected = {
        (level, index): node.hex()
        for level, row in enumerate(made)
        for index, node in enumerate(row)
    }
    for level, index in sorted({*expected, *nodes}):
        if level and expected.get((level, index)) != nodes.get((level, index)):
            yield f"node {index} of level {level} of the log is not what is under it"
    for level, index in sorted(set(nodes) - set(expected)):
        if not level:
            yield f"leaf {index} has a hash and is not in the log"
    events = 0
    while page := store.events_after(events):
        events = page[-1].number
    if events != told:
        yield f"{events} events in the register, {told} in the log"
    yield from _audit_heads(store, keys, now, made)


def _readable(store: Store) -> list[Entry]:
    try:
        return list(store.entries())
    except RegistryError:
        return []


def _audit_heads(
    store: Store, keys: Keys | None, now: datetime.datetime, made: list[list[bytes]]
) -> Iterator[str]:
    size = len(made[0])
    before = None
    for number, (kept, statement) in enumerate(store.heads(), start=1):
        name = f"head {number} of the log"
        try:
            head = Head.of(json.loads(statement))
            signed = keys is not None and head.is_signed_by(keys)
        except (VerbaleError, ValueError, AttributeError) as bad:
            yield f"{name} cannot be read: {str(bad).splitlines()[0]}"
            continue
        if not signed:
            yield f"{name} (size {kept}) is not signed by a key of this registry"
        if head.size != kept:
            yield f"{name} says {head.size} leaves, and is kept as one of {kept}"
        if head.size > size:
            yield f"{name} is of {head.size} leaves, there are {size}: the log was rolled back"
        elif merkle.root(head.size, merkle.of_levels(made)).hex() != head.root:
            yield f"{name} (size {head.size}) is of another log than this one"
        at = datetime.datetime.fromisoformat(head.at) if signed else now
        if at > now + datetime.timedelta(minutes=5):
            yield f"{name} is from the future: {head.at}; look at the computer's clock"
        if before is not None and head.size < before.size:
            yield f"{name} is of {head.size} leaves, the one before it of {before.size}"
        before = head


def extends_head(store: Store, head: Head, keys: Keys | None, name: str) -> Iterator[str]:
    """Whether the log of a *head* kept elsewhere (called *name*) is the beginning of ours."""
    size = store.log_size()
    if keys is None or not head.is_signed_by(keys):
        yield f"{name} is not signed by a key of this registry"
    elif head.size > size:
        yield f"{name} is of {head.size} leaves, there are {size}: the log was rolled back"
    elif merkle.root(head.size, store.node).hex() != head.root:
        yield f"{name} is of another log: what was in it on {head.at} is not what is in it now"


def audit_register(
    store: Store, objects: Objects, keys: Keys | None, now: datetime.datetime
) -> Iterator[str]:
    """Everything that is kept against everything else; each line names what it is about."""
    yield from store.faults()
    for faults in (audit_log(store, keys, now), audit(store)):
        try:
            yield from faults
        except (RegistryError, ValueError, TypeError) as bad:
            yield f"the register cannot be read on: {str(bad).splitlines()[0]}"
    yield from _audit_objects(store, objects, keys)


def _audit_objects(store: Store, objects: Objects, keys: Keys | None) -> Iterator[str]:
    seen: set[str] = set()
    for entry in _readable(store):
        for file in (*entry.received, *entry.composed):
            try:
                data = objects.get(file.sha256)
            except RegistryError as bad:
                yield f"{entry.name}: {file.name}: {bad.message}"
                continue
            finally:
                seen.add(file.sha256)
            if len(data) != file.size:
                yield f"{entry.name}: {file.name} has {len(data)} bytes, not {file.size}"
            signatures = pdf_signatures(data) if file in entry.composed else []
            mine = whole(signatures)
            if signatures and (
                mine is None or keys is None or mine.certificate not in keys.certificates
            ):
                yield f"{entry.name}: {file.name} is not signed by a key of this registry"
    for name in objects:
        if name in seen:
            continue
        try:
            objects.get(name)
        except RegistryError as bad:
            yield f"an object beside the entries: {bad.message}"
