"""Everything that is kept against everything else: log, heads, register and files."""

from __future__ import annotations

import datetime
import json
from functools import cached_property
from typing import TYPE_CHECKING

from verbale.errors import RegistryError, VerbaleError
from verbale.proof import merkle
from verbale.proof.statements import Head
from verbale.proof.verdicts import Judged, Reason, Verdict
from verbale.proof.verifier import judge
from verbale.registry.audit import audit
from verbale.registry.log import EVENT, STATEMENT
from verbale.workflow.evidence import EntryEvidence
from verbale.workflow.inspecting import Outside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.proof.public_keys import Keys
    from verbale.registry.entry import Entry
    from verbale.registry.log import Leaf
    from verbale.registry.store import Objects, Store
    from verbale.workflow.evidence import RegisterEvidence


def audit_log(store: Store, keys: Keys | None, now: datetime.datetime) -> Iterator[str]:
    """Every disagreement between the log and what it tells of, in words that name the entry."""
    hashes: list[bytes] = []
    nodes = store.nodes()
    told = stated = 0
    about = _Naming(store)
    while leaves := store.leaves(len(hashes)):
        for leaf in leaves:
            if leaf.index != len(hashes):
                yield f"leaf {len(hashes)} is missing before {about(leaf)}"
                return
            hashed = merkle.leaf_hash(leaf.line.encode("utf-8"))
            if nodes.get((0, leaf.index)) != hashed.hex():
                what = leaf.line[:300] or "it is gone"
                yield f"{about(leaf)} is not as it was logged: {what}"
            hashes.append(hashed)
            told += leaf.kind == EVENT
            stated += leaf.kind == STATEMENT
            if leaf.kind == STATEMENT and leaf.number != stated:
                # Its hash is of its text alone.
                yield f"{about(leaf)} is the registry's statement {stated}"
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


class _Naming:
    """What a leaf is called in a fault; the entries are read when one is to be named."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _names(self) -> dict[int, str]:
        return {entry.receipt: entry.name for entry in _readable(self._store)}

    def __call__(self, leaf: Leaf) -> str:
        said = f"leaf {leaf.index}, {leaf.kind} {leaf.number}"
        if leaf.receipt:
            said += f" of {self._names.get(leaf.receipt, '')} (receipt {leaf.receipt})"
        return said


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


def audit_register(store: Store, keys: Keys | None, now: datetime.datetime) -> Iterator[str]:
    """Everything in the register against everything else; each line names what it is about."""
    yield from store.faults()
    for faults in (audit_log(store, keys, now), audit(store)):
        try:
            yield from faults
        except (RegistryError, ValueError, TypeError) as bad:
            yield f"the register cannot be read on: {str(bad).splitlines()[0]}"


def verify_everything(
    store: Store, objects: Objects, evidence: RegisterEvidence, now: datetime.datetime
) -> Iterator[Judged]:
    """The verdict on every file of every entry, and on each object beside them that is damaged.

    A file that waits or no longer stands is as it should be; one that is missing or is not what
    the register says is ``altered``.
    """
    seen: set[str] = set()
    for entry in _readable(store):
        for file in (*entry.received, *entry.composed):
            name = f"{entry.name}/{file.name}"
            seen.add(file.sha256)
            try:
                data = objects.get(file.sha256)
            except RegistryError:
                yield _lost(name, there=objects.has(file.sha256))
                continue
            if len(data) != file.size:
                yield _lost(name, there=True)
                continue
            judged = judge(
                file.name,
                data,
                EntryEvidence(evidence, entry),
                now=now,
                inspector=Outside(file.name),
            )
            yield Judged(name, judged.verdict, judged.reasons)
    for name in objects:
        if name not in seen:
            try:
                objects.get(name)
            except RegistryError:
                yield _lost(name, there=objects.has(name))


def audit_objects(store: Store, objects: Objects) -> Iterator[str]:
    """Every file of the register that is missing, damaged or of another size, by its entry."""
    for entry in _readable(store):
        for file in (*entry.received, *entry.composed):
            try:
                data = objects.get(file.sha256)
            except RegistryError as bad:
                yield f"{entry.name}: {file.name}: {bad.message}"
                continue
            if len(data) != file.size:
                yield f"{entry.name}: {file.name} has {len(data)} bytes, not {file.size}"


def _lost(name: str, *, there: bool) -> Judged:
    code = "proof-kept-altered" if there else "proof-kept-missing"
    return Judged(name, Verdict.ALTERED, (Reason(code, {"name": name}),))
