"""The index follows the register: through crashes, acts, embargoes and exchanges of either."""

from __future__ import annotations

import datetime
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from lakes_library import NOON, put

from verbale.edges.clock import SystemClock
from verbale.edges.home import create_home, open_home
from verbale.edges.indexing import Indexer
from verbale.errors import ConflictError, RegistryError
from verbale.registry.acts.restrict import restrict
from verbale.registry.acts.withdraw import withdraw
from verbale.search.base import Request
from verbale.search.embedded import EmbeddedIndex, writing
from verbale.search.names import Names
from verbale.workflow.public import PublicRegister
from verbale.workflow.searching import Search

if TYPE_CHECKING:
    from conftest import Library

#: An indexer that never rests.
_KEEP = """
import sys
from verbale.edges.home import create_home, open_home
from verbale.edges.indexing import Indexer
home = open_home(Path(sys.argv[1]))
indexer = Indexer(home, home.store())
sys.stdout.write("ready\\n")
sys.stdout.flush()
while True:
    indexer.keep_current()
"""


class HandClock:
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime.datetime:
        return self.at


def total(library: Library, text: str = "") -> int:
    return library.indexer.search.find(Request(text=text)).total


def indexed_numbers(library: Library) -> list[str]:
    """What stands in the index itself, whatever the register allows."""
    index = EmbeddedIndex(library.indexer.folder, Names({}, {}))
    found = index.search(Request(size=1000))
    assert found.total == len(found.hits)
    return sorted(hit.symbols[0] for hit in found.hits)


def test_killed_at_any_moment_it_loses_and_doubles_nothing(library: Library) -> None:
    chance = random.Random(43)  # noqa: S311 - moments
    number, symbols = 100, set(library.symbols.values())
    for _ in range(6):
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", _KEEP, str(library.home.path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout is not None
        process.stdout.readline()
        until = time.monotonic() + chance.uniform(0.02, 0.5)
        while time.monotonic() < until:
            number += 1
            text = {"en": f"Title {number}\nThe ice of winter number {number}."}
            symbols.add(put(library.store, library.home.objects, number, text))
        process.kill()
        process.wait()
        process.stdout.close()
    library.indexer.catch_up()
    assert indexed_numbers(library) == sorted(symbols)
    assert total(library, f"title:{number}") == 1
    reached = library.indexer.index.reached()
    assert reached is not None
    assert reached.event == library.store.events_after(0, limit=10_000)[-1].number
    assert library.indexer.catch_up() is None


def test_one_process_writes_and_a_second_says_so(library: Library) -> None:
    indexer = library.indexer
    indexer.catch_up()
    put(library.store, library.home.objects, 50, {"en": "Late\nA late text."})
    with writing(indexer.folder):
        with pytest.raises(ConflictError, match="another process writes"):
            indexer.catch_up()
        assert not indexer.keep_current()
        assert total(library, "ice") == 1  # reading goes on
    assert indexer.keep_current()
    assert total(library, "late") == 1


@pytest.mark.parametrize("act", [restrict, withdraw])
def test_what_was_hidden_is_out_at_once_and_then_out_of_the_index(
    library: Library, act: object
) -> None:
    library.indexer.catch_up()
    assert total(library, "fisheries") == 1
    act(library.store, library.symbols["2"], reason="by order", actor="t", clock=SystemClock())
    search = library.indexer.search
    found = search.find(Request(text=""))
    assert found.total == 3
    assert dict(found.facets["item"]) == {"8": 3}
    assert "letter" not in dict(found.facets["kind"])
    assert search.find(Request(text="fisheries")).hits == ()
    assert search.complete("CL/C/12/G/2") == ()
    assert library.symbols["2"] in indexed_numbers(library)
    library.indexer.catch_up()
    assert library.symbols["2"] not in indexed_numbers(library)


def test_an_embargo_opens_by_itself_at_its_hour(library: Library) -> None:
    library.indexer.catch_up()
    clock = HandClock()
    register = PublicRegister(library.store, library.home.objects, clock, fresh=0.0)
    indexer = library.indexer
    indexer.register = register
    until = NOON + datetime.timedelta(hours=2)
    put(
        library.store,
        library.home.objects,
        60,
        {"en": "Secret until\nThe zebra is embargoed."},
        embargo_until=until,
    )
    indexer.catch_up()
    assert Search(register, indexer.index).find(Request(text="zebra")).total == 0
    assert indexed_numbers(library) == sorted(library.symbols.values())
    assert indexer.catch_up() is None
    clock.at = until
    assert indexer.catch_up() is not None
    assert Search(register, indexer.index).find(Request(text="zebra")).total == 1


def test_it_is_made_anew_beside_the_old_one(library: Library) -> None:
    indexer = library.indexer
    with pytest.raises(RegistryError, match="no index"):
        indexer.search.find(Request())
    assert indexer.catch_up() is not None
    search = indexer.search
    assert search.find(Request(text="ice")).total == 1
    assert indexer.rebuild().put == 4
    assert search.find(Request(text="ice")).total == 1  # the same search, in the new index
    assert sorted(each.name for each in library.home.path.glob("index*")) == ["index"]


def test_a_rebuilding_that_was_killed_is_begun_again(library: Library) -> None:
    beside = library.home.path / "index.new"
    beside.mkdir()
    (beside / "by").write_text("999999999")
    assert library.indexer.rebuild().put == 4
    beside.mkdir()
    (beside / "by").write_text(str(os.getpid()))
    with pytest.raises(ConflictError, match="another process"):
        library.indexer.rebuild()


def test_a_damaged_index_or_one_of_another_register_is_made_anew(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    indexer = library.indexer
    indexer.catch_up()
    (indexer.folder / "format").write_text("0\n")
    assert indexer.catch_up() is not None
    put(library.store, library.home.objects, 70, {"en": "More\nThe walrus."})
    indexer.catch_up()
    other = create_home(tmp_path_factory.mktemp("other") / "registry", "lakes")
    store = other.store()
    put(store, other.objects, 1, {"en": "One\nThe only text."}, symbol="CL/C/12/G/99")
    indexer.folder.rename(other.path / "index")
    assert Indexer(other, store).catch_up() is not None
    found = Indexer(other, store).search.find(Request(text=""))
    assert [hit.symbols for hit in found.hits] == [("CL/C/12/G/99",)]


def test_a_version_that_cannot_be_read_keeps_no_other_out(library: Library) -> None:
    sha256 = library.store.get(library.symbols["3"]).composed[0].sha256
    path = next(library.home.path.glob(f"objects/**/*{sha256[2:]}"))
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    opened = open_home(library.home.path)
    assert Indexer(opened, library.store).rebuild().put == 3
    assert total(library, "ice") == 1
