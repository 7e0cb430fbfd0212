"""The titles of agenda items, in six languages."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES = Path(__file__).resolve().parents[3] / "src" / "verbale" / "institutions"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
ITEMS = {"un/agendas/hrc.tsv": 10, "lakes/agendas/council.tsv": 9}


def titles(name: str) -> dict[tuple[str, str], list[str]]:
    lines = (TABLES / name).read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    body = [line.split("\t") for line in lines if not line.startswith("#")]
    assert body[0] == ["key", "lang", "text", "source", "review", "from"]
    assert all(len(row) == 6 for row in body)
    held = {(row[0], row[1]): row[2:] for row in body[1:]}
    assert len(held) == len(body) - 1
    return held


@pytest.mark.parametrize(("name", "count"), ITEMS.items())
def test_every_item_has_a_title_in_six_languages(name: str, count: int) -> None:
    wanted = {(str(n), lang) for n in range(1, count + 1) for lang in LANGUAGES}
    assert set(titles(name)) == wanted


@pytest.mark.parametrize("name", ITEMS)
def test_titles_are_whole_printed_with_typographic_marks_and_end_without_a_stop(
    name: str,
) -> None:
    for place, (text, source, review, since) in titles(name).items():
        assert text == text.strip(), place
        assert not re.search(r"['\".。]\Z|'", text), place
        assert source
        assert review in {"verified", "reviewed", "candidate"}
        assert not since or datetime.date.fromisoformat(since) > datetime.date(1945, 10, 24)


@pytest.mark.parametrize("name", ITEMS)
def test_no_title_stands_twice_in_one_language(name: str) -> None:
    held = titles(name)
    for lang in LANGUAGES:
        texts = [cell[0].casefold() for (_, of), cell in held.items() if of == lang]
        assert len(texts) == len(set(texts))


def test_verified_titles_name_a_symbol_and_the_others_do_not_claim_one() -> None:
    for place, (_, source, review, _) in titles("un/agendas/hrc.tsv").items():
        seen = re.fullmatch(r"A/HRC/RES/\d+/\d+", source)
        assert (review == "verified") == bool(seen), place


def test_the_item_of_the_first_example_is_titled_as_it_printed_it(
    corpus: Callable[[str], Path],
) -> None:
    (seed,) = corpus("seed").glob("*.txt")
    assert titles("un/agendas/hrc.tsv")["4", "es"][0] in seed.read_text(encoding="utf-8")


ITEM_LINE = re.compile(r"(?:Agenda item|Tema|Point|Пункт|البند|议程项目)\s*(\d+)\b.{0,25}")


def items_printed(path: Path) -> list[tuple[str, str]]:
    """The item number and all the letters of each Human Rights Council masthead in *path*."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        numbers = [m[1] for text in record["lines"] if (m := ITEM_LINE.fullmatch(text))]
        if record["file"].startswith("HRCresolutions") and numbers:
            found.append((numbers[0], "".join("".join(record["lines"]).split())))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_those_of_real_mastheads(lang: str, corpus: Callable[[str], Path]) -> None:
    held = titles("un/agendas/hrc.tsv")
    printed = items_printed(corpus("masthead-gold") / f"mastheads_{lang}.jsonl")
    met = [n for n, letters in printed if "".join(held[n, lang][0].split()) in letters]
    assert len(printed) > 10
    assert len(met) / len(printed) > 0.9
