"""R7: whatever is changed behind the register's back is found, and the right entry named."""

from __future__ import annotations

import datetime
import random
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

from places import BrokenError, folder, registry
from rows import TABLES, Rows, flipped
from workers import one

from verbale.edges.home import Home, open_home
from verbale.edges.keys import known_keys
from verbale.edges.log_files import last_head, published_faults
from verbale.edges.publishing import publish_now
from verbale.workflow.auditing import audit_objects, audit_register, extends_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.registry.store import Store

SAMPLED = 0.01


def flipped_rows(database: str, *, full: bool) -> str:
    """One random bit in every byte of every row of 20 documents; of a sample in the quick form.

    With ``FULL=1`` every bit of five documents as well.
    """
    share = 1.0 if full else SAMPLED
    tried, refused = _flip_rows(database, 20, share=share, every_bit=False)
    said = f"{tried} bits in the rows of 20 documents" + ("" if full else ", a sample")
    if full:
        more, also = _flip_rows(database, 5, share=1.0, every_bit=True)
        said += f"; {more} in those of 5"
        refused += also
    return f"{said}: all found and named, {refused} refused by the database"


def _flip_rows(
    database: str, documents: int, *, share: float, every_bit: bool
) -> tuple[int, int]:
    chance = random.Random(7)  # noqa: S311 - repeatable
    tried = refused = 0
    with registry(database) as home:
        store = _filled(home, documents)
        audit = _auditor(home, store)
        rows = Rows(store, database)
        for table in TABLES:
            for row in rows.of(table):
                names = rows.names(table, row)
                for column, value in row.items():
                    changes = flipped(value, chance, every_bit=every_bit, sqlite=rows.sqlite)
                    for changed in changes:
                        if chance.random() > share:
                            continue
                        tried += 1
                        if not rows.put(table, row, column, changed):
                            refused += 1
                            continue
                        faults = audit()
                        rows.back()
                        what = f"{table}.{column} of {names[0]}: {value!r} -> {changed!r}"
                        _found(faults, names, what)
        store.close()
    return tried, refused


def flipped_files(database: str, *, full: bool) -> str:
    """Random bits in stored objects and in the published log."""
    bits = 2000 if full else 200
    chance = random.Random(8)  # noqa: S311 - repeatable
    with registry(database) as home:
        store = _filled(home, 20)
        names: dict[Path, list[str]] = {}
        for entry in store.entries():
            for file in (*entry.received, *entry.composed):
                path = home.objects.root / file.sha256[:2] / file.sha256[2:]
                names.setdefault(path, []).append(entry.name)
        published = [path for path in (home.path / "log").rglob("*.*") if path.suffix]
        for path in published:
            names[path] = [str(path)]
        paths = sorted(names)
        for _ in range(bits):
            path = chance.choice(paths)
            good = path.read_bytes()
            bad = bytearray(good)
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
            path.write_bytes(bad)
            now = datetime.datetime.now(datetime.UTC)
            faults = list(audit_objects(store, home.objects))
            faults += published_faults(home.path, store, now)
            path.write_bytes(good)
            _found(faults, names[path], f"a bit in {path}")
        store.close()
    return f"{bits} bits in {len(paths)} files: all found and named"


def meddled(database: str, *, full: bool) -> str:
    """Rows deleted, doubled, swapped, cut off at the end, added; an old copy put back."""
    tried = 0
    with registry(database) as home:
        store = _filled(home, 20 if full else 4)
        audit = _auditor(home, store)
        rows = Rows(store, database)
        for table in TABLES:
            held = rows.of(table)
            for row in held:
                tried += 1
                if rows.delete(table, row):
                    faults = audit()
                    rows.back()
                    _found(faults, rows.names(table, row), f"a row of {table} is gone: {row}")
            for one_, other in pairwise(held):
                for column in one_:
                    if one_[column] == other.get(column) or column not in other:
                        continue
                    tried += 1
                    # One takes the place of the other; both are then seen to differ.
                    if rows.put(table, one_, column, other[column]):
                        faults = audit()
                        rows.back()
                        what = f"{table}.{column}: {one_[column]!r} -> {other[column]!r}"
                        _found(faults, rows.names(table, one_), what)
            tried += 1
            key = TABLES[table]
            more = {**held[-1], key: 99} if isinstance(held[-1][key], int) else held[-1]
            if rows.add(table, more):
                faults = audit()
                rows.back()
                _found(faults, [""], f"a row more in {table}")
        store.close()
    said = f"{tried} rows deleted, swapped, added: all found and named"
    return f"{said}; {_rolled_back()}" if database == "sqlite" else said


def _rolled_back() -> str:
    """An old copy of the whole registry is in order by itself: who kept a head sees it."""
    with registry("sqlite") as home, folder() as beside:
        _filled(home, 5).close()
        shutil.copytree(home.path, beside / "old")
        store = _filled(home, 9)
        newest = last_head(store)
        store.close()
        old = open_home(beside / "old")
        store = old.store()
        keys = known_keys(old.path)
        if newest is None or _auditor(old, store)():
            raise BrokenError("an old copy is not in order by itself")
        _found(list(extends_head(store, newest, keys, "the kept head")), ["rolled back"], "it")
        store.close()
    return "an old copy is seen by whoever kept a newer head"


def _filled(home: Home, documents: int) -> Store:
    store = home.store()
    for number in range(documents):
        one(home, store, number)
    publish_now(home)
    return store


def _auditor(home: Home, store: Store) -> Callable[[], list[str]]:
    keys, now = known_keys(home.path), datetime.datetime.now(datetime.UTC)

    def audit() -> list[str]:
        return list(audit_register(store, keys, now))

    if audit():
        raise BrokenError(f"the untouched register has faults: {audit()[0]}")
    return audit


def _found(faults: list[str], names: list[str], what: str) -> None:
    if not any(name in fault for fault in faults for name in names):
        raise BrokenError(f"{what}: not named in {faults[:3]}")
