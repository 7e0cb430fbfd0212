"""The log as static files, for anyone to keep and compare: ``HOME/log``.

::

    log/head.json              the last signed head
    log/heads/000000000012.json  every one
    log/leaves-000000.txt      the hashes of the leaves, 1,000 a page, a line each
    log/keys.json              every public key and certificate of this registry

Only hashes are published: what a leaf says may be restricted or under embargo, and each holds
the hash of a record that nobody can guess. Pages but the last never change.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from verbale.edges.keys import public_keys
from verbale.errors import RegistryError
from verbale.proof import merkle
from verbale.proof.statements import Head, written
from verbale.registry.failpoints import failpoint
from verbale.registry.record import instant_text

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from verbale.edges.keys import KeyRing
    from verbale.registry.store import Store

FOLDER = "log"
PAGE = 1000


def publish(home: Path, store: Store, ring: KeyRing, now: datetime.datetime) -> Head:
    """Sign the log as it is now, unless its last head says so already, and write its files.

    Raises `RegistryError` when the log is shorter than the last head says: it was rolled back.
    """
    size = store.log_size()
    head = last_head(store)
    if head is not None and head.size > size:
        raise RegistryError(
            f"the log has {size} leaves and had {head.size} on {head.at}: it was rolled back",
            remedy="Restore the newest backup; `verbale log audit` says more.",
        )
    if head is None or head.size < size or head.key != ring.log.id:
        at, root = instant_text(now), merkle.root(size, store.node)
        head = Head.signed(ring.public.log, size, root, at, ring.log)
        with store.transaction() as tx:
            tx.keep_head(size, json.dumps(head.plain(), sort_keys=True))
    failpoint("after-log")
    _write(home, store, head)
    failpoint("after-publish")
    return head


def published_faults(home: Path, store: Store) -> Iterator[str]:
    """Where the published log is not what the register's log is."""
    folder = home / FOLDER
    if not (folder / "head.json").is_file():
        if store.heads():
            yield f"{folder / 'head.json'} is missing: `verbale log head` writes it"
        return
    kept = {size: json.loads(statement) for size, statement in _readable(store.heads())}
    for path in (folder / "head.json", *sorted((folder / "heads").glob("*.json"))):
        try:
            said = json.loads(path.read_bytes())
        except (OSError, ValueError) as bad:
            yield f"{path} cannot be read: {bad}"
            continue
        if not isinstance(said, dict) or said != kept.get(said.get("size", 0)):
            yield f"{path} is no head that this log signed"
    hashes = [
        each.hex()
        for first in range(0, store.log_size(), PAGE)
        for each in store.leaf_hashes(first, limit=PAGE)
    ]
    for page, path in enumerate(sorted(folder.glob("leaves-*.txt"))):
        lines = path.read_bytes().decode("ascii", "replace").splitlines()
        if lines != hashes[page * PAGE : page * PAGE + len(lines)]:
            yield f"{path} is not as the log has it"
    if (folder / "keys.json").read_bytes() != written(public_keys(home).plain()):
        yield f"{folder / 'keys.json'} does not name the keys of this registry"


def _readable(heads: tuple[tuple[int, str], ...]) -> Iterator[tuple[int, str]]:
    for size, statement in heads:
        try:
            json.loads(statement)
        except ValueError:
            continue
        yield size, statement


def last_head(store: Store) -> Head | None:
    """The last head that was signed."""
    heads = store.heads()
    return Head.of(json.loads(heads[-1][1])) if heads else None


def _write(home: Path, store: Store, head: Head) -> None:
    folder = home / FOLDER
    (folder / "heads").mkdir(parents=True, exist_ok=True)
    # The pages that are whole stay; the last one that is there may have had fewer leaves.
    there = max(len(list(folder.glob("leaves-*.txt"))) - 1, 0)
    for page in range(there, -(-head.size // PAGE)):
        first = page * PAGE
        hashes = store.leaf_hashes(first, limit=min(PAGE, head.size - first))
        lines = "".join(f"{each.hex()}\n" for each in hashes)
        _put(folder / f"leaves-{page:06}.txt", lines.encode("ascii"))
    _put(folder / "keys.json", written(public_keys(home).plain()))
    data = written(head.plain())
    _put(folder / "heads" / f"{head.size:012}.json", data)
    _put(folder / "head.json", data)


def _put(path: Path, data: bytes) -> None:
    """Write a file in one step: who reads meanwhile reads the old one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)
