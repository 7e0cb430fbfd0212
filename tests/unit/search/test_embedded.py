"""The embedded index keeps each work once, all of a change or nothing, and one writer."""

from __future__ import annotations

import datetime
import gc
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from verbale.errors import ConflictError, RegistryError
from verbale.search.base import Passage, Reached, Request, Searchable
from verbale.search.embedded import EmbeddedIndex, make_folder, writing
from verbale.search.names import Names

AT = datetime.datetime(2026, 3, 9, tzinfo=datetime.UTC)


def work(receipt: int, text: str) -> Searchable:
    return Searchable(
        receipt=receipt,
        symbols=(f"CL/C/12/G/{receipt}",),
        date=AT.date(),
        titles={"en": f"Note {receipt}", "fr": f"Note {receipt}"},
        passages=(Passage("en", text), Passage("fr", "La glace du lac")),
        versions={"en": (0,), "fr": (1,)},
        facets={"body": ("CL/C",), "language": ("en", "fr")},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    make_folder(path)
    return path


def keep(folder: Path, *works: Searchable, gone: tuple[int, ...] = (), event: int = 1) -> None:
    with writing(folder) as writer:
        writer.keep(works, gone, Reached(event, "", AT))


def test_a_work_kept_again_takes_its_own_place(folder: Path) -> None:
    keep(folder, work(1, "ice cover"), work(2, "lights"))
    keep(folder, work(1, "open water"), event=2)
    index = EmbeddedIndex(folder, Names({}, {}))
    assert index.search(Request()).total == 2
    assert index.search(Request(text="ice")).total == 0
    assert [hit.receipt for hit in index.search(Request(text="water")).hits] == [1]
    found = index.search(Request())
    assert found.facets["body"] == (("CL/C", 2),)
    reached = index.reached()
    assert reached is not None
    assert reached.event == 2


def test_a_work_that_is_gone_is_gone_from_counts_too(folder: Path) -> None:
    keep(folder, work(1, "ice"), work(2, "ice"))
    keep(folder, gone=(1,), event=2)
    found = EmbeddedIndex(folder, Names({}, {})).search(Request(text="ice"))
    assert (found.total, found.facets["body"]) == (1, (("CL/C", 1),))


def test_a_work_is_shown_once_in_the_readers_language(folder: Path) -> None:
    keep(folder, work(1, "the ice of the lake, la glace"))
    index = EmbeddedIndex(folder, Names({}, {}))
    for language in ("en", "fr"):
        found = index.search(Request(text="glace", language=language))
        assert [(hit.receipt, hit.language) for hit in found.hits] == [(1, language)]


@pytest.mark.parametrize("passages", [(), (Passage("en", "A short line"),)])
def test_a_work_found_by_its_title_has_a_language_without_an_extract(
    folder: Path, passages: tuple[Passage, ...]
) -> None:
    bare = replace(work(1, ""), passages=passages, versions={"en": tuple(range(len(passages)))})
    keep(folder, bare)
    (hit,) = EmbeddedIndex(folder, Names({}, {})).search(Request(text="title:note")).hits
    assert (hit.extract, hit.extract_language) == ((), "en")


def test_hidden_works_are_in_no_count(folder: Path) -> None:
    keep(folder, work(1, "ice"), work(2, "ice"))
    found = EmbeddedIndex(folder, Names({}, {})).search(Request(text="ice", hidden=(2,)))
    assert (found.total, found.facets["language"]) == (1, (("en", 1), ("fr", 1)))


def test_one_process_writes_at_a_time(folder: Path) -> None:
    with (
        writing(folder),
        pytest.raises(ConflictError, match="another process"),
        writing(folder),
    ):
        pass


def test_where_there_is_no_index_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no index"):
        EmbeddedIndex(tmp_path / "none", Names({}, {})).search(Request(text="ice"))


def test_words_two_letters_away_are_found_where_none_is_nearer(folder: Path) -> None:
    keep(folder, work(1, "the deployment of ferries"), work(2, "the employment of pilots"))
    index = EmbeddedIndex(folder, Names({}, {}))

    def found(text: str) -> list[tuple[int, list[str]]]:
        return [
            (hit.receipt, [piece.text for piece in hit.extract if piece.marked])
            for hit in index.search(Request(text=text)).hits
        ]

    assert found("deploymnet~") == [(1, ["deployment"])]
    assert found("emploiymnet~") == [(2, ["employment"])]
    assert found("fery~") == []


def test_an_index_that_cannot_be_written_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder, work(1, "ice"))
    for lock in folder.glob(".*.lock"):
        lock.unlink()
    made: list[Path] = []
    plain = tempfile.mkdtemp

    def noted(**named: str) -> str:
        made.append(Path(plain(**named)))
        return str(made[-1])

    monkeypatch.setattr(tempfile, "mkdtemp", noted)
    monkeypatch.setattr(os, "access", lambda *_: False)
    index = EmbeddedIndex(folder, Names({}, {}))
    assert index.search(Request(text="ice")).total == 1
    assert not list(folder.glob(".*.lock"))
    del index
    gc.collect()
    assert made
    assert not any(path.exists() for path in made)
