"""Everything that is kept against everything else: log, heads, register and files."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from verbale.errors import RegistryError, VerbaleError
from verbale.proof import merkle
from verbale.proof.statements import Head
from verbale.proof.verdicts import Judged, Reason, Verdict
from verbale.proof.verifier import judge
from verbale.registry.audit import audit
from verbale.registry.fault import Fault
from verbale.registry.log import EVENT, STATEMENT
from verbale.workflow.evidence import EntryEvidence
from verbale.workflow.inspecting import Outside

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from verbale.proof.public_keys import Keys
    from verbale.registry.entry import Entry
    from verbale.registry.log import Leaf
    from verbale.registry.store import Objects, Store
    from verbale.workflow.evidence import RegisterEvidence

#: So many letters of a leaf are shown in a fault.
_SHOWN = 300


def audit_log(store: Store, keys: Keys | None, now: datetime.datetime) -> Iterator[Fault]:
    """Every disagreement between the log and what it tells of, each naming its entry."""
    hashes: list[bytes] = []
    nodes = store.nodes()
    told = stated = 0
    while leaves := store.leaves(len(hashes)):
        for leaf in leaves:
            if leaf.index != len(hashes):
                gap = {"leaf": str(len(hashes)), "next": str(leaf.index)}
                yield Fault("audit-leaf-missing", gap)
                return
            hashed = merkle.leaf_hash(leaf.line.encode("utf-8"))
            if nodes.get((0, leaf.index)) != hashed.hex():
                code = "audit-leaf-altered" if leaf.line else "audit-leaf-gone"
                yield Fault(code, {**_about(store, leaf), "text": leaf.line[:_SHOWN]})
            hashes.append(hashed)
            told += leaf.kind == EVENT
            stated += leaf.kind == STATEMENT
            if leaf.kind == STATEMENT and leaf.number != stated:
                # Its hash is of its text alone.
                yield Fault(
                    "audit-statement-number", {**_about(store, leaf), "expected": str(stated)}
                )
    made = merkle.levels(hashes)
    expected = {
        (level, index): node.hex()
        for level, row in enumerate(made)
        for index, node in enumerate(row)
    }
    for level, index in sorted({*expected, *nodes}):
        if level and expected.get((level, index)) != nodes.get((level, index)):
            yield Fault("audit-node-altered", {"node": str(index), "level": str(level)})
    for level, index in sorted(set(nodes) - set(expected)):
        if not level:
            yield Fault("audit-leaf-extra", {"leaf": str(index)})
    events = 0
    while page := store.events_after(events):
        events = page[-1].number
    if events != told:
        yield Fault("audit-events-differ", {"events": str(events), "told": str(told)})
    yield from _audit_heads(store, keys, now, made)


def _about(store: Store, leaf: Leaf) -> dict[str, str]:
    """What a leaf is called in a fault: its number, what it tells of, and of which entry."""
    entry = f"receipt {leaf.receipt}" if leaf.receipt else "-"
    if leaf.receipt:
        with suppress(RegistryError):
            name = store.get(leaf.receipt).name
            entry = entry if name == entry else f"{name}, {entry}"
    return {
        "leaf": str(leaf.index),
        "kind_words": leaf.kind,
        "number": str(leaf.number),
        "entry": entry,
    }


def _readable(store: Store) -> list[Entry]:
    try:
        return list(store.entries())
    except RegistryError:
        return []


def _audit_heads(
    store: Store, keys: Keys | None, now: datetime.datetime, made: list[list[bytes]]
) -> Iterator[Fault]:
    size = len(made[0])
    before = None
    for number, (kept, statement) in enumerate(store.heads(), start=1):
        name = str(number)
        try:
            head = Head.of(json.loads(statement))
            signed = keys is not None and head.is_signed_by(keys)
        except (VerbaleError, ValueError, AttributeError) as bad:
            reason = str(bad).splitlines()[0]
            yield Fault("audit-head-unreadable", {"head": name, "reason": reason})
            continue
        if not signed:
            yield Fault("audit-head-unsigned", {"head": name, "size": str(kept)})
        if head.size != kept:
            says = {"head": name, "size": str(head.size), "kept": str(kept)}
            yield Fault("audit-head-size", says)
        if head.size > size:
            yield _ahead(name, head, size)
        elif merkle.root(head.size, merkle.of_levels(made)).hex() != head.root:
            yield _of_another(name, head)
        if signed and head.is_from_the_future(now):
            yield Fault("audit-head-future", {"head": name, "date": head.at})
        if before is not None and head.size < before.size:
            sizes = {"size": str(head.size), "before": str(before.size)}
            yield Fault("audit-head-shrinks", {"head": name, **sizes})
        before = head


def _ahead(name: str, head: Head, size: int) -> Fault:
    sizes = {"size": str(head.size), "leaves": str(size)}
    return Fault("audit-head-ahead", {"head": name, **sizes})


def _of_another(name: str, head: Head) -> Fault:
    said = {"size": str(head.size), "date": head.at}
    return Fault("audit-head-of-another", {"head": name, **said})


def extends_head(
    store: Store, head: Head, keys: Keys | None, name: str, *, now: datetime.datetime
) -> Iterator[Fault]:
    """Whether the log of a *head* kept elsewhere (called *name*) is the beginning of ours."""
    size = store.log_size()
    if head.is_from_the_future(now):
        yield Fault("audit-head-future", {"head": name, "date": head.at})
    if keys is None or not head.is_signed_by(keys):
        yield Fault("audit-head-foreign", {"head": name, "key": head.key})
    elif head.size > size:
        yield _ahead(name, head, size)
    elif merkle.root(head.size, store.node).hex() != head.root:
        yield _of_another(name, head)


def audit_register(store: Store, keys: Keys | None, now: datetime.datetime) -> Iterator[Fault]:
    """Everything in the register against everything else; each names what it is about."""
    yield from store.faults()
    for faults in (audit_log(store, keys, now), audit(store)):
        try:
            yield from faults
        except (RegistryError, ValueError, TypeError) as bad:
            yield Fault("audit-stopped", {"reason": str(bad).splitlines()[0]})


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


def audit_objects(store: Store, objects: Objects) -> Iterator[Fault]:
    """Every file of the register that is missing, damaged or of another size, by its entry."""
    for entry in _readable(store):
        for file in (*entry.received, *entry.composed):
            try:
                whole = len(objects.get(file.sha256)) == file.size
            except RegistryError:
                whole = False
            if not whole:
                there = objects.has(file.sha256)
                yield Fault(_code_of_lost(there=there), {"name": f"{entry.name}/{file.name}"})


def _lost(name: str, *, there: bool) -> Judged:
    reason = Reason(_code_of_lost(there=there), {"name": name})
    return Judged(name, Verdict.ALTERED, (reason,))


def _code_of_lost(*, there: bool) -> str:
    return "proof-kept-altered" if there else "proof-kept-missing"
