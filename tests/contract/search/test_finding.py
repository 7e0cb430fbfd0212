"""What a search finds, counts and marks, in six languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale.search.base import FACETS, Order, Request

if TYPE_CHECKING:
    from conftest import Library

    from verbale.search.base import Found, Hit


def find(library: Library, text: str, **more: object) -> Found:
    return library.indexer.search.find(Request(text=text, **more))


def symbols(found: Found) -> list[str]:
    return [hit.symbols[0] for hit in found.hits]


def marks(hit: Hit) -> list[str]:
    return [piece.text for piece in (*hit.title, *hit.extract) if piece.marked]


def test_a_query_finds_its_documents(indexed: Library, gold: list[str]) -> None:
    query, documents = gold
    wanted = [] if documents == "-" else [indexed.symbols[each] for each in documents.split()]
    found = find(indexed, query)
    assert sorted(symbols(found)) == sorted(wanted)
    assert symbols(found)[:1] == wanted[:1]
    assert found.total == len(wanted)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("query", "language", "marked"),
    [
        ("جليد", "ar", ["الجليدي", "الجَليدِ"]),
        ("北湖冰盖", "zh", ["北湖冰盖"]),
        ("décisions", "fr", ["décision"]),
        ("лёд", "ru", ["лед"]),
        ("naveg*", "es", ["navegación"]),
        ("timetabel~", "en", ["timetable", "timetable"]),
    ],
)
def test_marks_stand_on_the_original_text(
    indexed: Library, query: str, language: str, marked: list[str]
) -> None:
    hit = find(indexed, query, language=language).hits[0]
    assert marks(hit) == marked
    assert hit.language == language


def test_a_work_is_one_hit_shown_in_the_readers_language_where_it_matched(
    indexed: Library,
) -> None:
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        found = find(indexed, "CL/C/12/G/2", language=language)
        assert found.total == 1
        assert found.hits[0].language == language
        assert set(found.hits[0].languages) == {"ar", "zh", "en", "fr", "ru", "es"}
    hit = find(indexed, "渔业", language="fr").hits[0]
    assert hit.language == "zh"


def test_facets_count_works_and_narrow(indexed: Library) -> None:
    found = find(indexed, "")
    assert found.total == 4
    assert set(found.facets) == set(FACETS)
    assert dict(found.facets["body"]) == {"CL/C": 4}
    assert dict(found.facets["state"]) == {"QM": 2, "QN": 2}
    assert dict(found.facets["kind"]) == {"note-verbale": 3, "letter": 1, "corrigendum": 1}
    assert dict(found.facets["language"])["en"] == 4
    narrowed = find(indexed, "", facets={"item": ("7",), "language": ("ar",)})
    assert symbols(narrowed) == [indexed.symbols["2"]]
    either = find(indexed, "", facets={"item": ("7", "8")})
    assert either.total == 4


def test_order_and_pages(indexed: Library) -> None:
    newest = [indexed.symbols[each] for each in ("4", "3", "2", "1")]
    assert symbols(find(indexed, "", order=Order.DATE)) == newest
    assert symbols(find(indexed, "the", order=Order.DATE, size=2, page=2)) == newest[2:]
    assert symbols(find(indexed, "", page=99)) == []


def test_symbols_are_completed(indexed: Library) -> None:
    search = indexed.indexer.search
    assert search.complete("cl/c/12/g/1") == ("CL/C/12/G/1", "CL/C/12/G/1/Corr.1")
    assert search.complete("CL/C", limit=2) == ("CL/C/12/G/1", "CL/C/12/G/1/Corr.1")
    assert search.complete("ZZ") == search.complete("") == ()
