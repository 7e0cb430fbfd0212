"""R7: whatever is changed behind the register's back is found, and the right entry named."""

from __future__ import annotations

import datetime
import gc
import os
import random
import re
import shutil
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

from places import BrokenError, MissingError, folder, registry
from rows import TABLES, Rows, flipped
from workers import one, start

from verbale.edges.clock import SystemClock
from verbale.edges.home import Home, open_home
from verbale.edges.keys import known_keys
from verbale.edges.log_files import last_head, published_faults
from verbale.edges.publishing import publish_now
from verbale.registry.calendar import PlannedSession, add_session
from verbale.workflow.auditing import audit_objects, audit_register, extends_head

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from verbale.registry.fault import Fault
    from verbale.registry.store import Store

#: Of the bits that the quick form tries on a database of a server, so many are drawn.
SAMPLED = 0.02
#: So many entries are 20 documents: 15 notes, and a corrigendum to every third.
NOTES = 15
#: Every so many flips the audit is heard to its end, not only until the row is named.
TO_THE_END = 50


def flipped_rows(database: str, *, full: bool) -> str:
    """One random bit in every byte of the rows of 20 documents, their log and its heads.

    The quick form draws a sample on PostgreSQL. With ``FULL=1`` every bit of six as well.
    """
    whole = full or database == "sqlite"
    tried, refused = _flip_rows(
        database, NOTES, share=1.0 if whole else SAMPLED, every_bit=False
    )
    said = f"{tried} bits in the rows of 20 documents" + ("" if whole else ", a sample")
    if full:
        more, also = _flip_rows(database, 4, share=1.0, every_bit=True)
        said += f"; {more} in those of 6, every one"
        refused += also
    return f"{said}: all found and named, {refused} refused by the database"


def _flip_rows(database: str, notes: int, *, share: float, every_bit: bool) -> tuple[int, int]:
    """Flips tried, and how many the database itself refused; on every processor there is."""
    count = os.cpu_count() or 1

    def part(number: int) -> Callable[[Callable[[object], None]], None]:
        def work(say: Callable[[object], None]) -> None:
            try:
                say(_flip_part(database, notes, (number, count), share, every_bit=every_bit))
            except (BrokenError, MissingError) as why:
                say([type(why).__name__, str(why)])

        return work

    said = [each for worker in [start(part(n)) for n in range(count)] for each in worker.hear()]
    for first, second in said:
        if isinstance(second, str):
            raise (MissingError if first == MissingError.__name__ else BrokenError)(second)
    if len(said) < count:
        raise BrokenError("a process that flips bits ended before it was done")
    return sum(tried for tried, _ in said), sum(refused for _, refused in said)


def _flip_part(
    database: str, notes: int, part: tuple[int, int], share: float, *, every_bit: bool
) -> tuple[int, int]:
    """Flip bits in every row whose number, divided by ``part[1]``, leaves ``part[0]``."""
    chance = random.Random(7)  # noqa: S311 - repeatable
    tried = refused = 0
    # Each audit makes some ten thousand objects and lets them go again.
    gc.set_threshold(100_000)
    with registry(database) as home:
        store = _filled(home, notes)
        audit = _auditor(home, store)
        rows = Rows(store, database)
        held = [(table, row) for table in TABLES for row in rows.of(table)]
        for table, row in held[part[0] :: part[1]]:
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
                    what = f"{table}.{column} of {names[0]}: {value!r} -> {changed!r}"
                    _found(faults, names, what)
                    if tried % TO_THE_END == 0:
                        deque(faults, maxlen=0)
                    faults.close()
                    rows.back()
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
                names.setdefault(path, []).append(f"{entry.name}/{file.name}")
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
            faults = [
                *audit_objects(store, home.objects),
                *published_faults(home.path, store, now),
            ]
            path.write_bytes(good)
            _found(iter(faults), names[path], f"a bit in {path}")
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
                    faults = list(audit())
                    rows.back()
                    names = rows.names(table, row)
                    _found(iter(faults), names, f"a row of {table} is gone: {row}")
            for one_, other in pairwise(held):
                for column in one_:
                    if one_[column] == other.get(column) or column not in other:
                        continue
                    tried += 1
                    # One takes the place of the other; both are then seen to differ.
                    if rows.put(table, one_, column, other[column]):
                        faults = list(audit())
                        rows.back()
                        what = f"{table}.{column}: {one_[column]!r} -> {other[column]!r}"
                        _found(iter(faults), rows.names(table, one_), what)
            tried += 1
            key = TABLES[table]
            more = {**held[-1], key: 99} if isinstance(held[-1][key], int) else held[-1]
            if rows.add(table, more):
                faults = list(audit())
                rows.back()
                if not faults:
                    raise BrokenError(f"a row more in {table} is not found")
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
        _auditor(old, store)
        if newest is None:
            raise BrokenError("there is no head to be kept")
        _found(
            extends_head(store, newest, keys, "the kept head", now=SystemClock().now()),
            ["rolled back"],
            "it",
        )
        store.close()
    return "an old copy is seen by whoever kept a newer head"


def _filled(home: Home, notes: int) -> Store:
    """A register with so many notes, a corrigendum to every third, and a session."""
    store = home.store()
    days = datetime.date(2026, 3, 2), datetime.date(2026, 3, 13)
    session = PlannedSession(body="CL/C", number=12, start=days[0], end=days[1])
    add_session(store, session, actor="desk", clock=SystemClock())
    for number in range(notes):
        one(home, store, number)
    publish_now(home)
    return store


def _auditor(home: Home, store: Store) -> Callable[[], Generator[Fault]]:
    """The audit of an open register that is in order. Raises `BrokenError` if it is not."""
    keys, now = known_keys(home.path), datetime.datetime.now(datetime.UTC)

    def audit() -> Generator[Fault]:
        yield from audit_register(store, keys, now)

    for fault in audit():
        raise BrokenError(f"the untouched register has faults: {fault}")
    return audit


def _found(faults: Iterator[Fault], names: list[str], what: str) -> None:
    """Hear *faults* until one of them has one of *names* in it, as a whole word."""
    words = "|".join(rf"(?<![\w/]){re.escape(name)}(?![\w/])" for name in names)
    wanted = re.compile(words, re.IGNORECASE)
    heard = []
    for fault in map(str, faults):
        if wanted.search(fault):
            return
        heard.append(fault)
    raise BrokenError(f"{what}: not named in {heard[:3]}")
