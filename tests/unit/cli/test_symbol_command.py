"""`verbale symbol`: one answer a line, in order."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from verbale.cli.main import run
from verbale.institutions.symbol_roots import malformed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def answers(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = run(["symbol", *arguments])
    return code, capsys.readouterr().out.splitlines()


def test_every_line_has_its_answer_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = answers(capsys, "parse", "a/hrc/43/g/1*", "TCP/IP", "A/55/530-S/2000/1052")
    first, second, third = map(json.loads, lines)
    assert code == 1
    assert first["symbol"] == "A/HRC/43/G/1*"
    assert second["symbol"] is None
    assert second["error"]["start"] >= 0
    assert third["symbols"] == ["A/55/530", "S/2000/1052"]


@pytest.mark.parametrize("text", ["TCP/IP", "N/A", "km/h", "and/or", "OS/2", "Q1/2020", ""])
def test_what_begins_with_no_organ_is_no_symbol(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    code, (line,) = answers(capsys, "parse", text)
    assert (code, json.loads(line)["symbol"]) == (1, None)


def test_the_symbols_of_the_lakes_are_theirs_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answers(capsys, "parse", "-i", "lakes", "CL/C/12/G/1")[0] == 0
    assert answers(capsys, "parse", "-i", "un", "CL/C/12/G/1")[0] == 1


def test_sorting_is_a_librarians(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["A/HRC/43/G/10", "A/HRC/43/G/9/Add.10", "A/HRC/43/G/9", "A/HRC/43/G/9/Add.2"]
    code, lines = answers(capsys, "sort", *given)
    assert code == 0
    assert lines == [
        "A/HRC/43/G/9",
        "A/HRC/43/G/9/Add.2",
        "A/HRC/43/G/9/Add.10",
        "A/HRC/43/G/10",
    ]


@pytest.mark.parametrize("lang", ["ar", "zh", "en", "fr", "ru", "es"])
def test_a_symbol_is_explained_in_each_language(
    capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    code, (line,) = answers(capsys, "explain", "A/HRC/43/G/1/Rev.1", "--json", "--lang", lang)
    pieces = json.loads(line)["pieces"]
    assert code == 0
    assert [piece["piece"] for piece in pieces] == ["A", "HRC", "43", "G", "1", "Rev.1"]
    assert all(piece["means"] for piece in pieces)


def test_all_symbols_the_un_links_to_are_read_but_the_listed_ones(
    capsys: pytest.CaptureFixture[str],
    corpus: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = (corpus("symbol-list") / "symbols.tsv").read_text(encoding="utf-8").splitlines()
    given = [row.split("\t")[0] for row in table]
    text = io.TextIOWrapper(io.BytesIO("\n".join(given).encode("utf-8")), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", text)
    _, lines = answers(capsys, "parse")
    refused = {answer["input"] for answer in map(json.loads, lines) if not answer["symbol"]}
    assert len(lines) == len(given)
    assert refused == set(malformed("un"))
