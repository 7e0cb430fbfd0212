"""Session, date, span and item lines of the cover pages of 1,200 real documents."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from verbale.languages import rules
from verbale.model.language import OFFICIAL
from verbale.text.folding import fold

if TYPE_CHECKING:
    from pathlib import Path

    from verbale.languages.base import LanguageRules

T = TypeVar("T")
Read = Callable[[str, int], Iterator[tuple[T, int]]]

YEAR = re.compile(r"(?:19|20)\d\d")
# Labels of the source that contradict the line they stand beside, or are missing.
MISLABELLED: dict[str, set[tuple[str, str | None]]] = {
    "ar": {("الدورة الخامسة والخمسون", "50")},
    "zh": {("第七十五届会议", None)},
}
# Mastheads in Arabic, Chinese and Russian print the date in English.
DATE_LANGUAGE = {"ar": "en", "zh": "en", "ru": "en"}


@pytest.fixture(params=[language.code for language in OFFICIAL])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def language(code: str) -> LanguageRules:
    return rules(code)


@pytest.fixture
def mastheads(corpus: Callable[[str], Path], code: str) -> list[dict[str, Any]]:
    path = corpus("masthead-gold") / f"mastheads_{code}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 200
    return rows


def first_found(read: Read[T], text: str) -> tuple[T, str] | None:
    """What is read at the first place that reads at all, and the text of it."""
    for at in range(len(text)):
        for value, end in read(text, at):
            return value, text[at:end]
    return None


def test_sessions(language: LanguageRules, code: str, mastheads: list[dict[str, Any]]) -> None:
    seen = 0
    for row in mastheads:
        line, number = row["fields"].get("session"), row["fields"].get("sessionNumber")
        if not line or YEAR.search(line) or (line, number) in MISLABELLED.get(code, set()):
            continue
        seen += 1
        found = first_found(language.read_ordinal, fold(line).text)
        assert found is not None, line
        assert str(found[0]) == number, line
    assert seen > 120


def test_dates(code: str, mastheads: list[dict[str, Any]]) -> None:
    language = rules(DATE_LANGUAGE.get(code, code))
    same = 0
    for row in mastheads:
        text = fold(row["fields"]["dateText"]).text
        day = datetime.date.fromisoformat(row["fields"]["dateIso"])
        assert next(language.read_date(text, 0)) == (day, len(text))
        same += fold(language.date(day)).text == text
    # One Spanish masthead lacks a "de".
    assert same >= len(mastheads) - 1


def test_session_dates(language: LanguageRules, mastheads: list[dict[str, Any]]) -> None:
    seen = 0
    for row in mastheads:
        ends = row["fields"].get("sessionStart"), row["fields"].get("sessionEnd")
        if not all(ends):
            continue
        seen += 1
        texts = [fold(line).text for line in row["lines"]]
        found = [
            tuple(day.isoformat() for day in span)
            for text in texts
            for span, end in language.read_date_range(text, 0)
            if end == len(text)
        ]
        assert found == [ends], row["lines"]
    assert seen == 60


def test_agenda_items(
    language: LanguageRules, code: str, mastheads: list[dict[str, Any]]
) -> None:
    seen = same = 0
    for row in mastheads:
        text = fold(row["fields"].get("agendaItem", "")).text
        if not re.search(r"\d", text):
            continue
        seen += 1
        found = first_found(language.read_items, text)
        assert found is not None, text
        items, printed = found
        rest = text.partition(printed)[2]
        assert not re.search(r"[\d()]", rest), f"{rest!r} of {text!r} was not read"
        same += fold(language.items(items)).text == printed
    assert seen > 140
    # Chinese has a blank or none before the bracket, Russian Cyrillic letters at times.
    assert same == seen or (code in {"zh", "ru"} and same > 0.85 * seen)


def test_dates_of_adoption_in_titles(
    language: LanguageRules, mastheads: list[dict[str, Any]]
) -> None:
    """Some issue dates of the source are wrong by weeks, so only the neighbourhood is asked."""
    seen = 0
    for row in mastheads:
        title = fold(row["fields"].get("title", "")).text
        if not re.search(r"\d.*(?:19|20)\d\d|(?:19|20)\d\d年\d", title):
            continue
        seen += 1
        found = first_found(language.read_date, title)
        assert found is not None, title
        issued = datetime.date.fromisoformat(row["fields"]["dateIso"])
        assert abs((issued - found[0]).days) < 400, title
    assert seen > 120
