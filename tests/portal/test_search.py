"""Searching on the site: found in six languages, narrowed, forgiven; nothing hidden shown."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client, override_settings

from verbale.cli.main import run
from verbale.edges.home import create_home, open_home
from verbale.edges.indexing import Indexer
from verbale.errors import SearchIndexError
from verbale.search.base import FACETS
from verbale.search.embedded import EmbeddedIndex
from verbale.workflow.searching import Search
from verbale_portal.settings import site_settings
from verbale_portal.site import show
from verbale_portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client as Reader

    from verbale.search.base import Found, Request

EXAMPLE = Path(__file__).parents[2] / "examples" / "lakes" / "note-verbale.md"
SYMBOL = "CL/C/12/G/1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with the Lakes example issued."""
    folder = tmp_path_factory.mktemp("search")
    home = create_home(folder / "registry", "lakes").path
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERBALE_HOME", str(home))
        assert run(["circulate", str(EXAMPLE), "--out", str(folder / "out")]) == 0
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of its own for each test, without an index."""
    path = tmp_path / "registry"
    shutil.copytree(made, path)
    monkeypatch.setenv("VERBALE_HOME", str(path))
    return path


@pytest.fixture
def get(home: Path) -> Iterator[Callable]:
    """Somebody who asks the site."""
    with override_settings(**site_settings(home)):
        show(home, fresh=0.0)
        try:
            yield Client(raise_request_exception=False, headers={"host": "localhost"}).get
        finally:
            show(None)


@pytest.fixture
def circulated(home: Path) -> Path:
    """The registry with its index."""
    index(home)
    return home


def index(home: Path) -> None:
    opened = open_home(home)
    store = opened.store()
    Indexer(opened, store).catch_up()


@pytest.mark.usefixtures("circulated")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_hits_in_each_language(get: Callable, lang: str) -> None:
    page = get(f"/{lang}/search", {"q": "2026"})
    text = page.content.decode()
    assert page.status_code == 200
    assert f'href="/{lang}/{SYMBOL}"' in text
    assert "<mark>2026</mark>" in text
    assert f"/{lang}/search?q=2026&amp;body=CL%2FC" in text
    assert "noindex" in text
    assert 'href="/ru/search?q=2026&amp;ui=ru"' in text


@pytest.mark.usefixtures("circulated")
def test_a_search_is_narrowed_and_widened_by_links(get: Callable) -> None:
    narrowed = get("/en/search", {"q": "ice", "year": "2026", "body": "CL/C"}).content.decode()
    assert SYMBOL in narrowed
    assert (
        'href="/en/search?q=ice&amp;body=CL%2FC" rel="nofollow" aria-current="true"' in narrowed
    )
    assert 'name="year" value="2026"' in narrowed
    none = get("/en/search", {"q": "ice", "year": "1999"}).content.decode()
    assert SYMBOL not in none
    assert 'href="/en/search?q=ice" rel="nofollow"' in none
    assert "ice~" in none


@pytest.mark.usefixtures("circulated")
def test_what_was_not_understood_is_said(get: Callable) -> None:
    text = get("/fr/search", {"q": 'colour:blue "ice'}).content.decode()
    assert "colour" in text
    assert "guillemet" in text


@pytest.mark.usefixtures("circulated")
@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        "a" * 3000,
        '"',
        "*",
        "~",
        "-",
        "OR",
        "body:",
        "(((",
    ],
)
def test_no_query_is_an_error(get: Callable, query: str) -> None:
    page = get("/en/search", {"q": query})
    assert page.status_code == 200
    assert b"<script" not in page.content


@pytest.mark.usefixtures("circulated")
@pytest.mark.parametrize("page", ["0", "-1", "x", "101", "99999"])
def test_a_page_there_cannot_be_is_not_found(get: Callable, page: str) -> None:
    assert get("/en/search", {"q": "ice", "page": page}).status_code == 404


@pytest.mark.usefixtures("circulated")
def test_symbols_are_completed(get: Callable) -> None:
    answer = get("/en/search/complete", {"q": "cl/c/12"})
    assert json.loads(answer.content) == ["cl/c/12", [SYMBOL]]
    assert json.loads(get("/en/search/complete", {"q": ""}).content) == ["", []]
    assert f'href="/en/{SYMBOL}"' in get("/en/search", {"q": "CL/C/1"}).content.decode()


def test_without_an_index_the_site_says_so_and_stays_up(get: Callable) -> None:
    page = get("/es/search", {"q": "hielo"})
    assert_no_index(get)
    assert "Se está creando el índice" in page.content.decode()
    assert json.loads(get("/es/search/complete", {"q": "CL"}).content) == ["CL", []]


@pytest.mark.usefixtures("circulated")
def test_an_index_that_breaks_is_told_from_one_that_is_not_there(
    get: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Found:
        raise SearchIndexError("a block of it is damaged")

    monkeypatch.setattr(EmbeddedIndex, "search", broken)
    page = get("/es/search", {"q": "ice"})
    assert_no_index(get)
    assert "no puede leerse" in page.content.decode()
    assert "damaged" not in page.content.decode()


def assert_no_index(get: Callable) -> None:
    """The search says what is wrong and what to do, as a page and as data; the rest is up."""
    for address in ("/es/search?q=ice", "/es/search/feed.atom?q=ice"):
        page = get(address)
        assert page.status_code == 503
        assert page.headers["Retry-After"]
        assert "verbale reindex" in page.content.decode()
    said = get("/api/search?q=ice")
    assert (said.status_code, said.headers["Retry-After"]) == (503, "5")
    assert said.json()["title"] == "No search index"
    assert get("/es/").status_code == 200


def test_a_search_on_a_disk_that_may_only_be_read(
    circulated: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        read_only(circulated, tmp_path / "mounted") as home,
        override_settings(**site_settings(home)),
    ):
        show(home, fresh=0.0)
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        asked = ("/en/search?q=ice", "/api/search?q=ice", "/en/search/feed.atom?q=ice")
        try:
            for address in (*asked, f"/{SYMBOL}"):
                answer = client.get(address)
                assert answer.status_code == 200, address
            opened = open_home(home)
            indexer = Indexer(opened, opened.store())
            caplog.clear()
            assert not indexer.keep_current()
            assert not caplog.records
        finally:
            show(None)


@contextmanager
def read_only(folder: Path, mounted: Path) -> Iterator[Path]:
    """*folder* mounted so that nothing in it can be written; skips where one may not mount."""
    for path in folder.glob("registry.sqlite3-*"):
        path.unlink()
    mounted.mkdir()
    if os.geteuid() or called("mount", "--bind", folder, mounted):
        pytest.skip("only root may mount a folder, and not in every container")
    try:
        assert not called("mount", "-o", "remount,ro,bind", mounted)
        yield mounted
    finally:
        assert not called("umount", "--lazy", mounted)


def called(program: str, *words: str | Path) -> int:
    """Run a program of the system; its exit code."""
    path = shutil.which(program)
    assert path is not None
    done = subprocess.run([path, *words], check=False, capture_output=True)  # noqa: S603 - ours
    return done.returncode


@pytest.mark.parametrize("act", ["restrict", "withdraw"])
def test_what_may_not_be_seen_is_gone_before_it_is_out_of_the_index(
    circulated: Path, get: Callable, act: str
) -> None:
    before = get("/en/search", {"q": "ice"}).content.decode()
    assert SYMBOL in before
    assert run([act, SYMBOL, "--reason", "by order of the Secretary"]) == 0
    never = get("/en/search", {"q": "ice"})
    for query in ("ice", "", "body:CL/C"):
        text = get("/en/search", {"q": query}).content.decode()
        assert SYMBOL not in text
        assert "/en/search?q=ice&amp;body" not in text
    assert json.loads(get("/en/search/complete", {"q": "CL"}).content) == ["CL", []]
    index(circulated)
    assert get("/en/search", {"q": "ice"}).content == never.content


#: Values that no facet and no field has, and signs that mean something elsewhere.
ODD = ("", "x", "²", "٣", "\u202e", "9" * 40, "-1", "A/*", "*", "~", '"', "/", "İ", "é" * 300)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_value_of_a_facet_or_field_is_an_error(demo_client: Reader, lang: str) -> None:
    names = (*FACETS, "symbol", "title", "versions")
    values = (*ODD, "CL/C", "12", "2026", "QM", "corrigendum", "partial")
    for number, (name, value) in enumerate(itertools.product(names, values)):
        asked = (
            {"q": "ice", name: value},
            {"q": f"glace {name}:{value}"},
            {"q": f"-{name}:{value}", "page": "100"},
        )[number % 3]
        assert demo_client.get(f"/{lang}/search", asked).status_code == 200, asked


def test_what_is_hidden_while_the_page_is_made_is_in_no_row(
    demo_client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Search.find

    def found_before_the_act(search: Search, request: Request) -> Found:
        found = find(search, request)
        return replace(
            found, hits=tuple(replace(hit, receipt=hit.receipt + 10_000) for hit in found.hits)
        )

    monkeypatch.setattr(Search, "find", found_before_the_act)
    assert demo_client.get("/en/search", {"q": "ice"}).status_code == 200
    assert demo_client.get("/en/search/feed.atom", {"q": "ice"}).status_code == 200
    assert demo_client.get("/api/search", {"q": "ice"}).json()["hits"] == []
