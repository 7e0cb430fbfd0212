"""``verbale check`` as a stranger runs it: several files, three formats, explanations."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from verbale.cli.checking import check as check_command
from verbale.cli.main import run
from verbale.edges import checking
from verbale.messages import LANGUAGES

Run = Callable[..., tuple[int, str, str]]
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
HARMLESS = "The Permanent Mission of Azerbaijan presents its compliments.\n"


@pytest.fixture
def check(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(["check", *arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return command


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_file_that_is_not_there_costs_no_other_its_answer(check: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(HARMLESS, encoding="utf-8")
    code, out, err = check("b.txt", "nowhere.txt", "a.txt", "--json")
    assert code == 2
    assert [each["file"] for each in lines(out)] == ["b.txt", "a.txt"]
    assert err.startswith("nowhere.txt: cannot be read")


def test_a_file_that_is_not_there_alone_gives_nothing_on_standard_output(check: Run) -> None:
    code, out, err = check("nowhere.txt")
    assert (code, out) == (2, "")
    assert "nowhere.txt" in err


def test_a_folder_stands_for_the_files_in_it_by_name(check: Run, tmp_path: Path) -> None:
    inner = tmp_path / "in" / "deeper"
    inner.mkdir(parents=True)
    for path in (inner / "c.txt", inner.parent / "a.txt", inner.parent / ".hidden.txt"):
        path.write_text(HARMLESS, encoding="utf-8")
    _, out, _ = check("in", "--json")
    assert [each["file"] for each in lines(out)] == ["in/a.txt", "in/deeper/c.txt"]


def test_what_made_the_verdict_is_named(check: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff\xff")
    code, out, _ = check("bad.txt", "--json")
    [answer] = lines(out)
    assert code == 1
    assert (answer["verdict"], answer["reasons"]) == ("refuse", ["file-unreadable"])


def test_text_says_the_verdict_first_and_the_sum_at_the_end(check: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff\xff")
    code, out, _ = check(str(EXAMPLE), "bad.txt", "--institution", "lakes")
    assert code == 1
    assert out.splitlines()[0] == f"{EXAMPLE}: accept"
    assert "\nbad.txt: refuse\n" in out
    assert "files: 2, accept: 1, accept with warning: 0, refuse: 1\n" in out


def test_words_are_in_the_language_asked_for(check: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff\xff")
    for lang, verdict in (("fr", "refusé"), ("zh", "拒收"), ("ar", "مرفوض")):
        _, out, _ = check("bad.txt", "--lang", lang)
        assert out.startswith(f"bad.txt: {verdict}\n")


def test_sarif_names_the_files_it_could_not_open(check: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARMLESS, encoding="utf-8")
    code, out, _ = check("a.txt", "nowhere.txt", "--format", "sarif")
    [only] = json.loads(out)["runs"]
    assert code == 2
    assert only["artifacts"][0]["properties"]["verdict"] == "accept"
    [invocation] = only["invocations"]
    assert invocation["executionSuccessful"] is False
    [notice] = invocation["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("nowhere.txt")
    assert {each["ruleId"] for each in only["results"]} >= {"masthead-missing"}


def test_standard_input_is_read(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(HARMLESS.encode())

    monkeypatch.setattr(sys, "stdin", Piped)
    _, out, _ = check("--json")
    [answer] = lines(out)
    assert (answer["file"], answer["verdict"]) == ("-", "accept")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_is_explained_in_text_and_as_json(check: Run, lang: str) -> None:
    code, text, _ = check("--explain", "letter-unsigned", "--lang", lang)
    assert code == 0
    code, out, _ = check("--explain", "letter-unsigned", "--lang", lang, "--json")
    [told] = lines(out)
    assert code == 0
    assert (told["code"], told["severity"], told["about"]) == (
        "letter-unsigned",
        "blocks",
        "text",
    )
    for part in ("rule", "source", "example", "message", "remedy"):
        assert str(told[part]) in text


def test_a_code_that_is_not_there_brings_those_that_are_like_it(check: Run) -> None:
    code, out, err = check("--explain", "leter-unsigned")
    assert (code, out) == (2, "")
    assert "Did you mean letter-unsigned" in err


def test_a_name_cannot_steer_a_terminal(check: Run, tmp_path: Path) -> None:
    name = "a\x1b[2J\u202etxt.txt"
    (tmp_path / name).write_text(HARMLESS, encoding="utf-8")
    _, out, err = check(name, "nowhere\x1b[2J")
    assert "\x1b" not in out + err
    assert "a<U+001B>[2J<U+202E>txt.txt: accept" in out


def test_a_name_that_is_not_utf_8_stays_one_json_line(check: Run, tmp_path: Path) -> None:
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_text(HARMLESS, encoding="utf-8")
    _, out, _ = check(name, "--json")
    [answer] = lines(out)
    assert answer["file"] == name


def test_the_page_of_the_command_has_every_option_and_exit_code() -> None:
    page = (EXAMPLE.parents[2] / "docs/reference/check.md").read_text(encoding="utf-8")
    options = {name for each in check_command.params for name in each.opts if "-" in name}
    assert {name for name in options if f"`{name}" not in page} == set()
    for code in (0, 1, 2):
        assert f"| {code} | " in page


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object, **__: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(checking.reading, "check", fall)


@pytest.mark.usefixtures("broken")
def test_what_nobody_foresaw_is_a_finding_on_its_file(check: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARMLESS, encoding="utf-8")
    code, out, _ = check("a.txt", "--json")
    [answer] = lines(out)
    assert (code, answer["verdict"], answer["reasons"]) == (1, "refuse", ["error"])


def test_two_processes_give_what_one_gives_in_the_same_order(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        text = HARMLESS * (number + 1)
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    _, one, _ = check(".", "--json")
    monkeypatch.setattr(checking, "_WORTH_IT", 2)
    monkeypatch.setattr(checking.os, "cpu_count", lambda: 2)
    _, two, _ = check(".", "--json")
    assert len(lines(two)) == 6
    assert two == one
