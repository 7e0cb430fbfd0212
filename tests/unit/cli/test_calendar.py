"""The calendar on the command line, and what a document prints of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verbale.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
ICE = "Ice cover and winter navigation"


@pytest.fixture
def say(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    run(["init", "--institution", "lakes"])
    run(["session", "add", "cl/c", "12", "--start", "2026-03-02", "--end", "2026-03-20"])

    def command(*arguments: str, code: int = 0) -> Any:  # noqa: ANN401 - an answer, or words
        capfd.readouterr()
        assert run([*arguments, "--json"]) == code
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return json.loads(out) if code == 0 else err

    return command


def agenda(folder: Path, *lines: str) -> str:
    path = folder / "agenda.csv"
    path.write_text("item,title,formerly\n" + "\n".join(lines), encoding="utf-8")
    return str(path)


def test_a_preliminary_item_is_kept_and_shown_with_its_number_in_the_adopted_agenda(
    say: Callable[..., Any], tmp_path: Path
) -> None:
    early = agenda(tmp_path, f"10,{ICE},", "3,Water,")
    say(
        "agenda",
        "import",
        "CL/C",
        "12",
        early,
        "--status",
        "preliminary",
        "--symbol",
        "CL/C/12/1",
    )
    symbol = say("circulate", str(EXAMPLE), "--item", "10, 3")["symbol"]
    text = (tmp_path / "OUT/CL_C_12_G_1/CL_C_12_G_1-EN.txt").read_text(encoding="utf-8")
    assert "Items 10 and 3 of the preliminary list*" in text
    assert "* CL/C/12/1." in text
    late = agenda(tmp_path, f"8,{ICE},", "4,Levels of water,3")
    items = say("agenda", "import", "CL/C", "12", late, "--status", "adopted")["items"]
    assert [(each["item"], each["formerly"]) for each in items] == [("8", "10"), ("4", "3")]
    shown = say("show", symbol)["agenda_items"]
    assert [(each["item"], each["agenda"], each["now"]) for each in shown] == [
        ("10", "preliminary", "8"), ("3", "preliminary", "4"),
    ]  # fmt: skip


def test_a_title_in_one_language_takes_the_others_from_the_institution(
    say: Callable[..., Any], tmp_path: Path
) -> None:
    path = agenda(tmp_path, f"5,{ICE},")
    say("agenda", "import", "CL/C", "12", path, "--status", "adopted")
    say("circulate", str(EXAMPLE), "--item", "5")
    text = (tmp_path / "OUT/CL_C_12_G_1/CL_C_12_G_1-FR.txt").read_text(encoding="utf-8")
    assert "Point 5 de l’ordre du jour" in text
    assert "navigation hivernale" in text


def test_a_special_session_has_its_own_numbers(say: Callable[..., Any]) -> None:
    say("session", "add", "CL/C", "S-3", "--start", "2026-06-02", "--end", "2026-06-03")
    assert say("circulate", str(EXAMPLE), "--session", "S-3")["symbol"] == "CL/C/S-3/G/1"
    resumed = say(
        "session", "resume", "CL/C", "12", "--start", "2026-09-01", "--end", "2026-09-02"
    )
    assert resumed["resumed"] == [["2026-09-01", "2026-09-02"]]
    assert [each["session"] for each in say("session", "list")["sessions"]] == ["12", "S-3"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["4,A,", "4,B,"], "stands twice"),
        ([], "has no item"),
        (["4,A,9"], "in the agenda before"),
        (["4,A,,,"], "line 2"),
        (["x,A,"], "expected an item"),
    ],
)
def test_an_agenda_that_cannot_be_is_refused(
    say: Callable[..., Any], tmp_path: Path, lines: list[str], words: str
) -> None:
    path = agenda(tmp_path, *lines)
    told = say("agenda", "import", "CL/C", "12", path, "--status", "adopted", code=2)
    assert words in told
    assert say("agenda", "show", "CL/C", "12")["items"] == []


def test_sessions_that_cannot_be_are_refused(say: Callable[..., Any]) -> None:
    dates = ("--start", "2026-03-09", "--end", "2026-03-20")
    assert "why" in say("session", "add", "CL/C", "12", *dates, code=2)
    moved = say("session", "add", "CL/C", "12", *dates, "--reason", "put off")
    assert moved["start"] == "2026-03-09"
    assert "no body" in say("session", "add", "CL/X", "12", *dates, code=2)
    assert "not the name" in say("session", "add", "CL/C", "twelve", *dates, code=2)
    assert "not in the calendar" in say("agenda", "show", "CL/C", "99", code=2)
