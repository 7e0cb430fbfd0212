"""The demonstration: what is in it, that it is the same each time, and that it goes on."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from blank_pages import blank_pages

from verbale.edges.clock import SystemClock
from verbale.edges.home import create_home, open_home
from verbale.errors import UsageError
from verbale.registry.states import State
from verbale.workflow.public import PublicRegister
from verbale_portal.demo import is_demo, load_demo, start_loading
from verbale_portal.demo.papers import annex_of, story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from verbale_portal.demo.steps import Step

SIX = ("ar", "zh", "en", "fr", "ru", "es")
FEW = ("CL/F",)


class KilledError(Exception):
    """Loading is cut off."""


@pytest.fixture(scope="module")
def register(demo_home: Path) -> Iterator[PublicRegister]:
    """The whole demonstration, its pages blank."""
    opened = open_home(demo_home)
    store = opened.store()
    yield PublicRegister(store, opened.objects, SystemClock())
    store.close()


def test_forty_documents_are_public_and_what_is_hidden_is_not(register: PublicRegister) -> None:
    shelf = register.shelf()
    assert len(shelf.cards) == 40
    assert {card.printed: card.state for card in shelf.fallen} == {
        "CL/C/12/G/12": State.WITHDRAWN,
        "CL/C/12/G/13": State.VOID,
    }
    assert register.find("CL/C/12/G/11") is None, "restricted"
    assert register.find("CL/C/13/G/7") is None, "under embargo"
    hidden = {each.symbol: each for each in register.store.entries() if each.symbol}
    assert hidden["CL/C/12/G/11"].restricted
    assert hidden["CL/C/13/G/7"].embargo_until is not None


def test_it_shows_every_kind_of_document(register: PublicRegister) -> None:
    cards = register.shelf().cards
    suffixes = Counter(card.symbol.rpartition("/")[2].partition(".")[0] for card in cards)
    assert (suffixes["Corr"], suffixes["Add"], suffixes["Rev"]) == (3, 1, 1)
    assert [card.printed for card in cards if card.asterisks] == ["CL/C/11/G/4*"]
    assert [c.symbol for c in cards if c.state is State.SUPERSEDED] == ["CL/C/12/G/5"]
    assert [c.symbol for c in cards if len(c.symbols) > 1] == ["CL/C/12/G/9-CL/6/G/1"]
    kinds = Counter(card.kind for card in cards)
    assert kinds["letter"] == 5
    assert kinds["note-verbale"] == 31
    assert {card.body for card in cards} == {"CL", "CL/C", "CL/F"}
    assert len({state for card in cards for state in card.states}) == 11
    assert {card.original for card in cards} == set(SIX)
    family = {each.kind for card in cards for each in register.family(card)}
    assert {"reply-to", "replied-by", "corrects", "adds-to", "revises"} <= family


def test_versions_are_complete_in_six_languages_but_for_those_left_to_wait(
    register: PublicRegister,
) -> None:
    waiting = {
        card.symbol: set(card.languages) - set(card.complete)
        for card in register.shelf().cards
        if set(card.complete) != set(card.languages)
    }
    assert waiting == {
        "CL/C/13/G/4": {"ar", "zh"},
        "CL/C/13/G/5": {"ru"},
        "CL/C/13/G/6": set(SIX) - {"fr"},
    }
    some_languages = {c.symbol: c.languages for c in register.shelf().cards if len(c.trees) < 6}
    assert {symbol: set(langs) for symbol, langs in some_languages.items()} == {
        "CL/C/11/G/5/Corr.1": {"fr", "es"},
        "CL/C/12/G/2/Corr.1": {"ru"},
    }


def test_documents_cite_one_another(register: PublicRegister) -> None:
    cites = {
        card.symbol: [symbol for symbol, _ in register.cites(card)]
        for card in register.shelf().cards
        if register.cites(card)
    }
    assert cites["CL/C/11/G/7"] == ["CL/C/11/G/6"]
    assert cites["CL/C/12/G/3"] == ["CL/C/DEC/11/104"]
    assert len(cites) >= 6
    card = register.find("CL/C/11/G/6")
    assert card is not None
    assert [each.symbol for each in register.cited_by(card)] == ["CL/C/11/G/7"]


def test_what_was_cut_off_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    done = load_demo(whole, typesetter=blank_pages, symbols=FEW)
    assert done.done == done.acts > 40
    count = 0

    def kill(_: Step) -> None:
        nonlocal count
        count += 1
        if count % 17 == 0:
            raise KilledError

    for _ in range(done.acts // 17):
        with pytest.raises(KilledError):
            load_demo(cut, typesetter=blank_pages, symbols=FEW, each=kill)
    load_demo(cut, typesetter=blank_pages, symbols=FEW)
    assert load_demo(cut, typesetter=blank_pages, symbols=FEW).done == 0
    assert _events(cut) == _events(whole)


def _events(home: Path) -> list[tuple[str, str, object]]:
    store = open_home(home).store()
    try:
        return [(each.act, each.symbol, each.at) for each in store.events_after(0)]
    finally:
        store.close()


def test_it_is_loaded_beside_the_process_that_shows_it(tmp_path: Path) -> None:
    home = tmp_path / "registry"
    loading = start_loading(home)
    store = open_home(home).store()
    try:
        shown = PublicRegister(store, open_home(home).objects, SystemClock(), fresh=0)
        end = time.monotonic() + 60
        while not shown.shelf().cards and time.monotonic() < end:
            time.sleep(0.1)
        assert shown.find("CL/C/11/G/1") is not None
    finally:
        loading.terminate()
        loading.join()
        store.close()


def test_a_registry_that_is_no_demonstration_is_never_touched(tmp_path: Path) -> None:
    home = tmp_path / "own"
    create_home(home, "lakes")
    before = sorted((p.name, p.stat().st_mtime_ns) for p in home.rglob("*"))
    assert not is_demo(home)
    with pytest.raises(UsageError, match="not a demonstration"):
        load_demo(home, typesetter=blank_pages)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in home.rglob("*")) == before


def test_every_paper_is_written_in_six_languages_or_says_which_are_not_there() -> None:
    told = story()
    for paper in told.papers:
        asked = set(paper.languages or SIX) - set(paper.waits) | {paper.language}
        for key in paper.say:
            wording = paper.own if key == "own" else told.frames[key]
            assert asked <= set(wording), (paper.name, key)
            if "{subject}" in wording["en" if "en" in wording else paper.language]:
                assert asked <= set(paper.subject), paper.name
        assert paper.annex == "" or annex_of(paper) is not None
    assert {lang for each in told.frames.values() for lang in each} == set(SIX)
