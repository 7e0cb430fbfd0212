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

import datetime
import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from verbale.edges.keys import public_keys
from verbale.errors import RegistryError
from verbale.proof import merkle
from verbale.proof.plain_json import parsed, written
from verbale.proof.signing_keys import one_spelling
from verbale.proof.statements import Head
from verbale.registry.failpoints import failpoint
from verbale.registry.fault import Fault
from verbale.registry.record import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from verbale.edges.keys import KeyRing
    from verbale.proof.public_keys import Keys
    from verbale.registry.store import Store

FOLDER = "log"
PAGE = 1000
#: Within so many seconds an act is in the published log.
LATEST = 60


def publish(home: Path, store: Store, ring: KeyRing, now: datetime.datetime) -> Head:
    """Sign the log as it is now, unless its last head says so already, and write its files.

    Any process may do so, and any number at once; who comes later writes what is newer. Keys
    that the log does not name yet are stated in it first. Raises `RegistryError` when the log
    is not what the last head says: it was rolled back or changed.
    """
    _state_keys(store, ring.public, now)
    head = last_head(store)
    if head is None or head.size != store.log_size() or head.key != ring.log.id:
        head = _sign(store, ring, now)
    failpoint("after-log")
    try:
        with _turn(home):
            newest = last_head(store)
            _write(home, store, head if newest is None else newest)
    except OSError:
        # On a disk that may only be read all may be there already.
        if _bytes(home / FOLDER / "head.json") != written(head.plain()):
            raise
    failpoint("after-publish")
    return head


def _sign(store: Store, ring: KeyRing, now: datetime.datetime) -> Head:
    """Sign and keep a head, in one transaction: heads never go back."""
    with store.transaction() as tx:
        must_continue(store)
        size, head = store.log_size(), last_head(store)
        if head is None or head.size < size or head.key != ring.log.id:
            at, root = instant_text(now), merkle.root(size, store.node)
            head = Head.signed(ring.public.log, size, root, at, ring.log)
            tx.keep_head(size, json.dumps(head.plain(), sort_keys=True))
    return head


def must_continue(store: Store) -> None:
    """Raise `RegistryError` unless the log still begins with what its last head was signed of.

    Nothing is done on top of a log that was cut or changed: its heads would contradict each
    other, and every holder of an earlier one would see it.
    """
    head = last_head(store)
    if head is None:
        return
    size = store.log_size()
    if head.size > size:
        before = f"had {head.size} on {head.at}"
        what = f"the log has {size} leaves, and {before}: it was rolled back"
    elif merkle.root(head.size, store.node).hex() != head.root:
        what = f"the log is not the one whose head was signed on {head.at}: it was changed"
    else:
        return
    raise RegistryError(
        f"{what}; nothing was done",
        remedy="Restore the newest backup; `verbale log audit` says more.",
    )


def _state_keys(store: Store, public: Keys, now: datetime.datetime) -> None:
    """State in the log each key that it does not name yet: the first, and one just made."""
    stated = "\n".join(store.statements())
    new = [each.hex() for each in public.public.values() if each.hex() not in stated]
    if not new:
        return
    endorsed = {str(each.get("key")): each for each in public.endorsed}
    with store.transaction() as tx:
        for key in new:
            bare = {"act": "key", "at": instant_text(now), "key": key}
            tx.state(one_spelling(endorsed.get(key, bare)).decode("utf-8"))


@contextmanager
def _turn(home: Path) -> Iterator[None]:
    """One process at a time writes the files, so that an older head never follows a newer."""
    folder = home / FOLDER
    folder.mkdir(exist_ok=True)
    with (folder / ".turn").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def republish(home: Path, store: Store) -> None:
    """Write the log's files anew up to its last head, as after a restore; signs nothing."""
    head = last_head(store)
    if head is not None:
        with _turn(home):
            _write(home, store, head)


def published_faults(home: Path, store: Store, now: datetime.datetime) -> Iterator[Fault]:
    """Where the published log is not what the register's log is.

    It may be behind by the `LATEST` seconds that there are to publish a head.
    """
    folder = home / FOLDER
    kept = dict(_readable(store.heads()))
    if not kept:
        if (folder / "head.json").is_file():
            yield _about("audit-published-strange", folder / "head.json")
        return
    if not (folder / "head.json").is_file():
        yield _about("audit-published-missing", folder / "head.json")
        return
    published = 0
    for path in (folder / "head.json", *sorted((folder / "heads").glob("*.json"))):
        try:
            said = json.loads(path.read_bytes())
        except (OSError, ValueError) as bad:
            said = {"file": str(path), "reason": str(bad)}
            yield Fault("audit-published-unreadable", said)
            continue
        size = said.get("size") if isinstance(said, dict) else None
        if not isinstance(size, int) or said != kept.get(size):
            yield _about("audit-published-no-head", path)
        elif path.name == "head.json":
            published = size
    waiting = [str(head.get("at")) for size, head in kept.items() if size > published]
    if waiting and min(waiting) < instant_text(now - datetime.timedelta(seconds=LATEST)):
        yield _about("audit-published-behind", folder / "head.json")
    yield from _page_faults(folder, store, published)
    if _bytes(folder / "keys.json") != written(public_keys(home).plain()):
        yield _about("audit-published-keys", folder / "keys.json")


def _about(code: str, path: Path) -> Fault:
    return Fault(code, {"file": str(path)})


def _page_faults(folder: Path, store: Store, published: int) -> Iterator[Fault]:
    for first in range(0, published, PAGE):
        path = folder / f"leaves-{first // PAGE:06}.txt"
        lines = _bytes(path).decode("ascii", "replace").splitlines()
        wanted = [each.hex() for each in store.leaf_hashes(first, limit=PAGE)]
        if lines != wanted[: len(lines)] or len(lines) < min(PAGE, published - first):
            yield _about("audit-published-differs", path)


def _bytes(path: Path) -> bytes:
    """The bytes of a file; none if it is not there."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _readable(heads: tuple[tuple[int, str], ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    for size, statement in heads:
        try:
            said = json.loads(statement)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield size, said


def last_head(store: Store) -> Head | None:
    """The last head that was signed."""
    kept = store.last_head()
    return Head.of(parsed(kept[1].encode("utf-8"), "the last head")) if kept else None


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
    keys = written(public_keys(home).plain())
    if _bytes(folder / "keys.json") != keys:
        _put(folder / "keys.json", keys)
    data = written(head.plain())
    _put(folder / "heads" / f"{head.size:012}.json", data)
    _put(folder / "head.json", data)


def _put(path: Path, data: bytes) -> None:
    """Write a file in one step: who reads meanwhile, or after a power cut, reads it whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
