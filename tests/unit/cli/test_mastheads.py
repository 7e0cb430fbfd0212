"""The command ``masthead``: JSON lines in, JSON lines out."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from verbale.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., list[dict[str, Any]]]

PAGE = [
    "United Nations", "A/HRC/RES/31/5", "General Assembly", "Distr.: General", "4 April 2016",
    "Original: English", "Human Rights Council", "Thirty-first session", "Agenda item 3",
    "Resolution adopted by the Human Rights Council on 23 March 2016",
]  # fmt: skip
TITLE = (
    "Promotion et protection de tous les droits de l’homme, civils, politiques, économiques, "
    "sociaux et culturels, y compris le droit au développement"
)
FRENCH = [
    "Nations Unies", "A/HRC/RES/31/5", "Assemblée générale", "Distr. générale", "4 avril 2016",
    "Français", "Original: anglais", "Conseil des droits de l'homme",
    "Trente et unième session", "Point 3 de l’ordre du jour",
    TITLE,
    "Résolution adoptée par le Conseil des droits de l’homme le 23 mars 2016",
]  # fmt: skip
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Give JSON lines to a command and read its answers."""

    def command(given: list[Any], *arguments: str, code: int = 0) -> list[dict[str, Any]]:
        data = "".join(json.dumps(each) + "\n" for each in given).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert run(["masthead", *arguments]) == code
        said = capsys.readouterr()
        if code:
            return [{"error": said.err}]
        return [json.loads(line) for line in said.out.splitlines()]

    return command


def spaces(lines: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


def test_an_english_page_comes_out_in_french(ask: Ask) -> None:
    (read,) = ask([{"lines": PAGE}], "parse")
    (made,) = ask([read["masthead"]], "compose", "--lang", "fr")
    assert spaces(made["lines"]) == FRENCH


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_composed_reads_back_to_the_same_values(ask: Ask, lang: str) -> None:
    (read,) = ask([{"lines": PAGE}], "parse")
    (made,) = ask([read["masthead"]], "compose", "--lang", lang)
    (again,) = ask([{"lines": made["lines"]}], "parse")
    assert again["language"] == lang
    assert again["masthead"] == read["masthead"]


def test_the_values_hold_no_text_of_the_page(ask: Ask) -> None:
    (read,) = ask([{"lines": FRENCH}], "parse")
    assert {"text", "page"}.isdisjoint(read["masthead"])
    assert "Résolution" not in json.dumps(read["masthead"], ensure_ascii=False)


def test_a_title_that_no_agenda_has_stands_only_in_its_own_language(
    ask: Ask, tmp_path: Path
) -> None:
    page = [*PAGE[:5], "Seventieth session", "Agenda item 68 (b)", "A title of ours"]
    page[1] = "A/RES/70/1"
    (read,) = ask([{"lines": page}], "parse")
    (english,) = ask([read["masthead"]], "compose", "--lang", "en")
    (french,) = ask([read["masthead"]], "compose", "--lang", "fr")
    assert english["lines"][-1] == "A title of ours"
    assert french["lines"][-1] == "Point 68 b) de l’ordre du jour"
    table = tmp_path / "agenda.tsv"
    row = "68 (b)\tfr\tUn titre à nous\tours\tcandidate\t\n"
    table.write_text(f"key\tlang\ttext\tsource\treview\tfrom\n{row}", encoding="utf-8")
    (loaded,) = ask([read["masthead"]], "compose", "--lang", "fr", "--agenda", str(table))
    assert loaded["lines"][-1] == "Un titre à nous"


def test_answers_come_in_order_and_absent_fields_stay_absent(ask: Ask) -> None:
    answers = ask([{"lines": FRENCH}, {"lines": []}, {"lines": PAGE, "lang": "en"}], "parse")
    assert [answer["language"] for answer in answers] == ["fr", "en", "en"]
    assert answers[1]["fields"] == {}
    assert "source" not in answers[2]["fields"]


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ({"text": "no lines"}, ("parse",)),
        ({"lines": [1]}, ("parse",)),
        ([], ("parse",)),
        ({"lines": [], "lang": "xx"}, ("parse",)),
        ({"date": "yesterday"}, ("compose", "--lang", "fr")),
        ({"symbols": ["not one"]}, ("compose", "--lang", "fr")),
        ({"title": {"body": "A"}}, ("compose", "--lang", "fr")),
        ({}, ("compose", "--lang", "fr", "--agenda", "nowhere.tsv")),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    ask: Ask, given: object, arguments: tuple[str, ...]
) -> None:
    (said,) = ask([given], *arguments, code=2)
    assert "line 1" in said["error"] or "nowhere.tsv" in said["error"]
