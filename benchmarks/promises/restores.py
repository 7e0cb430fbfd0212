"""R6: a backup made under load comes back with the same tree head and the same bytes."""

from __future__ import annotations

import itertools
import time

from documents import circulated, register_of
from pages import pages_of
from places import BrokenError, folder, registry
from workers import secretariat, start

from verbale.edges.backup import backup
from verbale.edges.clock import SystemClock
from verbale.edges.home import open_home
from verbale.edges.keys import unlock
from verbale.edges.restoring import restore
from verbale.messages import LANGUAGES
from verbale.proof import merkle
from verbale.proof.verdicts import Verdict

MINUTES = 15
OK = 200
#: What a reader sees of the documents that are there before the others come.
PAGES = [
    f"{tongue}/CL/C/12/G/{number}{ending}"
    for number in (1, 2)
    for tongue in ("", *(f"/{lang}" for lang in LANGUAGES))
    for ending in ("", "/html", "/xml", "/pdf")
]


def restores(database: str, *, full: bool) -> str:
    """Back up while others register; delete everything; restore; verify all.

    The long form holds 10,000 documents.
    """
    documents = 10_000 if full else 100
    with folder() as own, registry(database) as home:
        issued = [
            name for files in circulated(home, 2) for name in files if name.endswith(".pdf")
        ]
        shown = pages_of(home.path, PAGES)
        ring = unlock(home.path)
        start(secretariat(home.path, iter(range(documents)), ring)).hear()
        load = start(secretariat(home.path, itertools.count(documents), ring))
        time.sleep(0.5)
        made = backup(home, own / "backup.zip", SystemClock().now())
        load.kill()
        load.hear()
        store = home.store()
        files = {
            file.sha256: home.objects.get(file.sha256)
            for entry in store.entries()
            for file in entry.composed
        }
        root = merkle.root(made["size"], store.node).hex()
        grew = store.log_size() - made["size"]
        store.close()
        begun = time.perf_counter()
        restore(own / "backup.zip", own / "back")
        taken = time.perf_counter() - begun
        back = open_home(own / "back")
        store = back.store()
        entries = list(store.entries())
        same = all(
            back.objects.get(file.sha256) == files[file.sha256]
            for entry in entries
            for file in entry.composed
        )
        store.close()
        if made["root"] != root or not same or taken > 60 * MINUTES:
            raise BrokenError(f"not the same: {same=}, {taken:.0f} s")
        with register_of(back) as against:
            verified = list(against.everything())
        bad = [each for each in verified if each.verdict is Verdict.ALTERED]
        if bad:
            raise BrokenError(f"{bad[0].file}: {bad[0].reasons}")
        again = pages_of(back.path, PAGES)
        other = [each for each in PAGES if again[each] != shown[each] or shown[each][0] != OK]
        if other:
            raise BrokenError(f"{other[0]}: {shown[other[0]]}, then {again[other[0]]}")
    return (
        f"{len(entries)} documents ({len(issued)} PDFs), {grew} leaves came in meanwhile; "
        f"restored in {taken:.1f} s: same head, {len(verified)} files as issued, "
        f"{len(PAGES)} public pages as before"
    )
