"""The cover pages of the gold and of the Akoma Ntoso files: read, composed, compared."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.workflow.mastheads import Mastheads

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
MASTHEADS = Mastheads()


@pytest.fixture(scope="module")
def fidelity() -> ModuleType:
    """The benchmark, whose scores these are."""
    spec = importlib.util.spec_from_file_location("fidelity", ROOT / "benchmarks/fidelity.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setitem(sys.modules, "fidelity", module)  # its dataclasses look it up
    spec.loader.exec_module(module)
    monkeypatch.undo()
    return module


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fields_are_exact_and_none_is_made_up(
    lang: str, corpus: Callable[[str], Path], fidelity: ModuleType
) -> None:
    corpus("masthead-gold")
    pages = fidelity.gold(lang)
    answers = [MASTHEADS.parse(page["lines"]) for page in pages]
    tally = fidelity.score_fields(pages, answers, lang)
    short = {
        n: tally.missed.get(n)
        for n, total in tally.total.items()
        if tally.exact[n] < 0.99 * total
    }
    assert short == {}
    assert sum(tally.made_up.values()) == 0
    assert sum(tally.misprints.values()) <= 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_composed_again_in_its_language_has_its_lines(
    lang: str, corpus: Callable[[str], Path], fidelity: ModuleType
) -> None:
    corpus("masthead-gold")
    pages = fidelity.gold(lang)
    answers = [MASTHEADS.parse(page["lines"]) for page in pages]
    cases = fidelity.same_language(MASTHEADS, pages, answers, lang)
    tally = fidelity.score_lines("same", cases, lang)
    assert tally.exact["same"] >= 0.98 * tally.total["same"], tally.missed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_english_page_gives_the_lines_of_the_others(
    lang: str, corpus: Callable[[str], Path], fidelity: ModuleType
) -> None:
    corpus("un-akn-hrc")
    tally = fidelity.score_lines(
        "across", fidelity.across(MASTHEADS, fidelity.covers(), lang), lang
    )
    assert tally.total["across"] > 250
    assert tally.exact["across"] >= 0.98 * tally.total["across"], tally.missed
