"""What leaves a registry as proof: small files on entries and heads, and whole bundles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.errors import NotRegisteredError, ProofError
from verbale.proof import merkle
from verbale.proof.bundle import FAITHFUL, MANIFEST, PROOF, RECORD
from verbale.proof.plain_json import written
from verbale.proof.statements import Head, Proven, check_growth, growth_of, proof_of
from verbale.registry.record import dump
from verbale.registry.states import State
from verbale.workflow.evidence import superseded_by
from verbale.workflow.faithful import faithful_record
from verbale.workflow.folder import (
    as_json,
    folder_files,
    kept_files,
    kept_originals,
    last_leaf,
    manifest,
    stamps_of,
    trees,
)

if TYPE_CHECKING:
    import datetime

    from verbale.proof.public_keys import Keys
    from verbale.registry.store import Objects, Store, Which


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


def manifest_of(prover: Prover, which: Which) -> bytes:
    """The manifest of an entry's present files. Raises `RegistryError` for a lost file."""
    entry = prover.store.get(which)
    files = kept_files(entry, prover.objects)
    received = kept_originals(entry, prover.objects)
    logged = last_leaf(prover.store, entry)
    return folder_files(entry, files, received, logged=logged)[MANIFEST]


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
    received = kept_originals(entry, prover.objects)
    out = folder_files(entry, files, received)
    del out[MANIFEST]
    out[FAITHFUL] = written(faithful_record(out))
    logged = last_leaf(prover.store, entry)
    said = manifest(entry, out, stamps=stamps_of(trees(files)), logged=logged)
    said["superseded_by"] = superseded_by(prover.store, entry)
    out[RECORD] = dump(entry).encode("utf-8")
    out[PROOF] = proof_file(prover, entry.receipt)
    out[MANIFEST] = (as_json(said, indent=1) + "\n").encode("utf-8")
    return out


def in_session(store: Store, what: str, now: datetime.datetime) -> tuple[list[str], list[str]]:
    """The symbol *what*, or those of all issued documents whose symbols begin with it.

    ``CL/C/12`` is a session: every document of it that any reader may see at *now*; the second
    list are those left out, restricted or under embargo, which go out one by one only. Raises
    `NotRegisteredError` if there is none.
    """
    try:
        return [store.get(what).printed], []
    except NotRegisteredError:
        found = [
            entry
            for entry in store.entries(states=(State.ISSUED, State.SUPERSEDED))
            if entry.symbol.startswith(what.rstrip("/") + "/") and entry.composed
        ]
        if not found:
            raise
        free = [entry.printed for entry in found if entry.is_public(now)]
        return free, [entry.printed for entry in found if not entry.is_public(now)]


def growth_file(prover: Prover, old: Head) -> bytes:
    """A small file that shows the log of *old* to be the beginning of the present one.

    Raises `ProofError` if it is not, or if *old* is of another log or of an empty one.
    """
    old.must_be_signed_by(prover.keys)
    new = prover.head
    if not 0 < old.size <= new.size:
        raise ProofError(
            f"a head of {old.size} leaves, and the log has {new.size}",
            remedy="Look which registry the head is of; `verbale log audit --head` says more.",
        )
    path = merkle.consistency(old.size, new.size, prover.store.node)
    values = growth_of(old, new, path, prover.keys)
    check_growth(values, prover.keys)
    return written(values)
