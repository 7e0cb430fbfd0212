"""A registry with a small library, and its index."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lakes_library import put

from verbale.edges.home import create_home
from verbale.edges.indexing import Indexer

if TYPE_CHECKING:
    from verbale.edges.home import Home
    from verbale.registry.store import Store

HERE = Path(__file__).parent


@dataclass
class Library:
    """The registry, its store, and the symbol of each document."""

    home: Home
    store: Store
    symbols: dict[str, str]

    @property
    def indexer(self) -> Indexer:
        return Indexer(self.home, self.store)


def table(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def fill(path: Path) -> Library:
    home = create_home(path, "lakes")
    store = home.store()
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for document, language, title, text in table("library.tsv"):
        texts[document][language] = f"{title}\n{text}"
    particulars = {
        "2": {"kind": "letter", "state": "QN", "item": "7"},
        "4": {"symbol": "CL/C/12/G/1/Corr.1", "state": "QN"},
    }
    symbols = {
        number: put(store, home.objects, int(number), held, **particulars.get(number, {}))
        for number, held in texts.items()
    }
    return Library(home, store, symbols)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library of its own, not indexed yet."""
    return fill(tmp_path / "registry")


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library with its index; tests leave it as it is."""
    held = fill(tmp_path_factory.mktemp("library") / "registry")
    held.indexer.catch_up()
    return held


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "gold" in metafunc.fixturenames:
        rows = table("gold.tsv")
        metafunc.parametrize("gold", rows, ids=[row[0] for row in rows])
