"""The acts of the secretariat as a stranger runs them, and what is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verbale.cli.main import run

Say = Callable[..., dict[str, Any]]
ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"
SYMBOL = "CL/C/12/G/1"


@pytest.fixture
def refused(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Run a command that must end with 2, words and a remedy, and change nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    monkeypatch.setenv("VERBALE_ACTOR", "desk")

    def command(*arguments: str) -> str:
        before = content(tmp_path / "registry")
        assert run(list(arguments)) == 2
        out, err = capfd.readouterr()
        assert out == ""
        assert "Traceback" not in err
        assert len(err.strip().splitlines()) >= 2, "no remedy"
        assert content(tmp_path / "registry") == before
        return err

    return command


@pytest.fixture
def say(
    refused: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> Callable[..., dict[str, Any]]:
    """Run a command with --json in a Lakes registry and give its answer."""
    del refused
    assert run(["init", "--institution", "lakes"]) == 0

    def command(*arguments: str) -> dict[str, Any]:
        capfd.readouterr()
        code = run([*arguments, "--json"])
        out, err = capfd.readouterr()
        assert (code, err, out.count("\n")) == (0, "", 1)
        answer: dict[str, Any] = json.loads(out)
        return answer

    return command


def content(home: Path) -> list[tuple[Any, ...]]:
    path = home / "registry.sqlite3"
    if not path.exists():
        return []
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows: list[tuple[Any, ...]] = []
        for table in ("register_entry", "register_event", "register_counter"):
            rows += raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours
    finally:
        raw.close()
    return rows


def acts(say: Say, symbol: str) -> list[str]:
    return [each["act"] for each in say("history", symbol)["events"]]


@pytest.fixture
def issued(say: Say) -> str:
    return str(say("circulate", str(EXAMPLE))["symbol"])


def test_a_symbol_is_taken_in_any_spelling_and_the_act_keeps_who_and_why(
    say: Say, issued: str
) -> None:
    done = say("withdraw", " cl/c/12/g/1* ", "--reason", "at the mission's request")
    assert (done["symbol"], done["state"]) == (issued, "withdrawn")
    event = say("history", SYMBOL)["events"][-1]
    assert (event["act"], event["actor"]) == ("withdraw", "desk")
    assert event["reason"] == "at the mission's request"


def test_a_reissue_has_an_asterisk_a_dated_note_and_the_masthead_date_of_before(
    say: Say, issued: str, tmp_path: Path
) -> None:
    before = say("show", issued)["inputs"]["masthead_date"]
    for times in (1, 2):
        done = say("reissue", issued, "--reason", "a page was cut")
        assert done["symbol"] == issued + "*" * times
        name = "CL_C_12_G_1-EN.txt"
        text = (tmp_path / "OUT" / "CL_C_12_G_1" / name).read_text(encoding="utf-8")
        assert f"\n{issued}{'*' * times}\n" in text
        assert text.count("Reissued for technical reasons on ") == 1
    shown = say("show", issued)
    assert shown["inputs"]["masthead_date"] == before
    assert [note["kind"] for note in shown["notes"]] == ["reissue", "reissue"]


def test_a_corrigendum_is_composed_in_the_languages_it_concerns(
    say: Say, issued: str, tmp_path: Path
) -> None:
    (tmp_path / "c.md").write_text('For "north" read "south".\n', encoding="utf-8")
    done = say("corrigendum", issued, "c.md", "--languages", "fr,es", "--parts", "annex")
    assert done["symbol"] == f"{issued}/Corr.1"
    made = {Path(name).name for name in done["files"]}
    assert {"CL_C_12_G_1_Corr.1-FR.pdf", "CL_C_12_G_1_Corr.1-ES.pdf"} <= made
    assert "CL_C_12_G_1_Corr.1-EN.pdf" not in made
    shown = say("show", f"{issued}/corr.1")
    assert (shown["concerns"], shown["parts"]) == (["fr", "es"], ["annex"])
    assert {"kind": "corrected-by", "symbol": f"{issued}/Corr.1"} in say("show", issued)[
        "relations"
    ]
    again = say("corrigendum", issued, "c.md", "--languages", "fr,es", "--parts", "annex")
    assert again["symbol"] == f"{issued}/Corr.1"


def test_receiving_twice_gives_one_receipt_with_hash_time_and_findings(say: Say) -> None:
    first = say("receive", str(EXAMPLE))
    assert first == say("receive", str(EXAMPLE))
    assert (first["receipt"], len(first["files"][0]["sha256"])) == (1, 64)
    assert say("circulate", str(EXAMPLE))["symbol"] == SYMBOL
    assert acts(say, SYMBOL)[:2] == ["receive", "register"]


def test_a_file_that_cannot_be_read_is_received_and_why_stands_in_the_receipt(
    say: Say, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_bytes(b"Nota \xff\xfe\x00")
    receipt = say("receive", "note.txt")
    assert receipt["receipt"] == 1
    assert any(each["severity"] == "blocks" for each in receipt["findings"])


def test_restriction_embargo_and_replies_are_shown(say: Say, issued: str) -> None:
    assert say("restrict", issued, "--reason", "asked for")["restricted"] is True
    assert say("derestrict", issued)["restricted"] is False
    say("reply-to", issued, "CL/C/11/G/4")
    reply = {"kind": "reply-to", "symbol": "CL/C/11/G/4"}
    assert reply in say("show", issued)["relations"]
    held = say("reserve", "CL/C", "--session", "12", "--kind", "decision")
    assert held["symbol"] == "CL/C/DEC/12/101"
    until = say("embargo", held["symbol"], "2030-01-01T09:00+02:00")["embargo_until"]
    assert until == "2030-01-01T07:00:00+00:00"


def test_a_reserved_symbol_is_filled_with_the_communication_it_was_kept_for(
    say: Say, refused: Callable[..., str]
) -> None:
    held = say("reserve", "cl/c", "--session", "12", "--reason", "announced")["symbol"]
    assert say("circulate", str(EXAMPLE), "--symbol", held.lower())["symbol"] == held
    assert acts(say, held) == ["reserve", "register", "issue"]
    assert say("circulate", str(EXAMPLE), "--symbol", held)["symbol"] == held
    other = say("reserve", "CL/C", "--session", "12")["symbol"]
    assert f"{held} already" in refused("circulate", str(EXAMPLE), "--symbol", other)
    far = say("reserve", "CL/C", "--session", "S-3")["symbol"]
    assert "reserved for" in refused("circulate", str(EXAMPLE), "--symbol", far)
    assert "other files" in refused("circulate", str(altered()), "--symbol", held)


def altered() -> Path:
    """The example with another reading of the ice."""
    path = Path("altered.md")
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("41,5", "41,7"), "utf-8")
    return path


def test_two_numbers_may_be_reserved_for_a_joint_document(say: Say) -> None:
    held = say("reserve", "CL/C", "--session", "12", "--also", "CL:6")
    assert held["symbols"] == ["CL/C/12/G/1", "CL/6/G/1"]
    done = say("circulate", str(EXAMPLE), "--also", "CL:6", "--symbol", "CL/6/G/1")
    assert say("show", done["symbol"])["symbol"] == "CL/C/12/G/1-CL/6/G/1"


def test_what_cannot_be_reserved_is_said(say: Say, refused: Callable[..., str]) -> None:
    say("session", "list")
    assert "needs one" in refused("reserve", "CL/C")
    assert "not the name of a session" in refused("reserve", "CL/C", "--session", "twelve")
    assert "no body" in refused("reserve", "CL/X", "--session", "12")
    assert "no series 'decision'" in refused(
        "reserve", "CL", "--session", "6", "--kind", "decision"
    )


def test_a_finding_let_pass_on_receipt_no_longer_keeps_it_from_being_circulated(
    say: Say, tmp_path: Path
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / "n.md").write_text(text[: text.index("**Annexe")], encoding="utf-8")
    assert run(["circulate", "n.md"]) == 1
    receipt = say("receive", "n.md")
    assert [f["code"] for f in receipt["findings"] if f["severity"] == "blocks"] == [
        "annex-missing"
    ]
    say("override", "receipt 1", "annex-missing", "--reason", "it follows by hand")
    done = say("circulate", "n.md", "--actor", "night desk")
    assert done["state"] == "issued"
    told = {each["code"]: each["severity"] for each in done["findings"]}
    assert told["annex-missing"] == "notes"
    events = say("history", SYMBOL)["events"]
    assert [each["act"] for each in events] == ["receive", "override", "register", "issue"]
    assert [each["actor"] for each in events] == ["desk", "desk", "night desk", "night desk"]
    assert say("show", SYMBOL)["overridden"] == [
        {"code": "annex-missing", "by": "desk", "why": "it follows by hand"}
    ]


def test_a_key_gives_the_same_document_and_is_refused_for_other_files(
    say: Say, refused: Callable[..., str]
) -> None:
    first = say("circulate", str(EXAMPLE), "--key", "form-7")
    assert say("circulate", str(EXAMPLE), "--key", "form-7")["symbol"] == first["symbol"]
    assert "form-7" in refused("circulate", str(altered()), "--key", "form-7")


def test_a_joint_document_has_two_numbers_and_either_finds_it(say: Say, tmp_path: Path) -> None:
    say("circulate", str(EXAMPLE), "--also", "CL:6:3")
    assert say("show", "CL/6/G/1") == say("show", SYMBOL)
    assert say("show", SYMBOL)["symbol"] == "CL/C/12/G/1-CL/6/G/1"
    text = (tmp_path / "OUT/CL_C_12_G_1/CL_C_12_G_1-EN.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line]
    council = lines.index("Council of the Lakes")
    conference = lines.index("Assembly of the Lakes", council)
    assert lines[council + 1] == "Twelfth session"
    assert "Agenda item 8" in lines[council:conference]
    assert lines[conference + 1] == "Sixth session"
    assert "Agenda item 3" in lines[conference:]


def test_the_masthead_of_a_joint_document_is_read_back_with_each_body(
    say: Say, tmp_path: Path
) -> None:
    say("circulate", str(EXAMPLE), "--also", "CL:6:3")
    for name in ("EN.txt", "FR.html", "RU.docx"):
        file = tmp_path / "OUT/CL_C_12_G_1" / f"CL_C_12_G_1-{name}"
        document = say("recognise", "-i", "lakes", str(file))["document"]
        assert (document["body"], document["session"]["number"]) == ("CL/C", 12)
        assert [each["item"] for each in document["agenda_items"]] == ["8"]
        (column,) = document["columns"]
        assert (column["body"], column["session"]["number"]) == ("CL", 6)
        assert [each["item"] for each in column["agenda_items"]] == ["3"]


def test_the_session_of_a_second_body_is_not_guessed_from_the_first(
    say: Say, refused: Callable[..., str]
) -> None:
    say("session", "list")
    assert "--also CL:SESSION" in refused("circulate", str(EXAMPLE), "--also", "CL")
    say("circulate", str(EXAMPLE))
    assert "as a document of one body" in refused("circulate", str(EXAMPLE), "--also", "CL:6")
    assert "named twice" in refused("circulate", str(EXAMPLE), "--also", "CL/C:12")
    assert "no body 'CL/X'" in refused("circulate", str(EXAMPLE), "--also", "CL/X:1")
    assert "not the name of a session" in refused("circulate", str(EXAMPLE), "--also", "CL:no")


def test_an_older_register_is_brought_up_to_date_and_a_current_one_left(say: Say) -> None:
    assert say("upgrade")["steps"] == []


def test_what_is_refused_is_said_and_changes_nothing(
    say: Say, refused: Callable[..., str], issued: str, tmp_path: Path
) -> None:
    (tmp_path / "c.md").write_text("For “a” read “b”.\n", encoding="utf-8")
    assert "never registered" in refused("void", "CL/C/12/G/9", "--reason", "x")
    assert "void is not allowed" in refused("void", issued, "--reason", "x")
    assert "needs a reason" in refused("withdraw", issued, "--reason", " ")
    assert "no finding" in refused("override", issued, "no-such-code", "--reason", "x")
    assert "no language version 'de'" in refused(
        "corrigendum", issued, "c.md", "--languages", "de"
    )
    held = say("reserve", "CL/C", "--session", "12")["symbol"]
    assert "amend is not allowed" in refused("corrigendum", held, "c.md")
    say("void", held, "--reason", "not sent")
    assert "stays as it is" in refused("void", held, "--reason", "again")
    assert "zone" in refused("embargo", held, "2030-01-01T09:00")
    say("withdraw", issued, "--reason", "in error")
    assert "translate is not allowed" in refused_translation(issued)
    assert "reissue is not allowed" in refused("reissue", issued, "--reason", "x")


def refused_translation(symbol: str) -> str:
    """A translation of a withdrawn document: the act itself refuses, whatever brings it."""
    from verbale.edges.clock import SystemClock  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.errors import NotAllowedError  # noqa: PLC0415
    from verbale.registry.acts.translate import translate  # noqa: PLC0415

    store = open_home().store()
    with pytest.raises(NotAllowedError) as caught:
        translate(store, symbol, "fr", files=[], actor="desk", clock=SystemClock())
    store.close()
    return str(caught.value)


def test_a_register_of_a_newer_version_or_locked_is_said(
    say: Say, refused: Callable[..., str], issued: str, tmp_path: Path
) -> None:
    path = tmp_path / "registry" / "registry.sqlite3"
    settings = tmp_path / "registry" / "verbale.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}database = "sqlite:///{path}?timeout=0.1"\n', encoding="utf-8")
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    assert "another program" in refused("withdraw", issued, "--reason", "x")
    lock.execute("ROLLBACK")
    lock.execute(
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('verbale_store', '9999_later', '2030-01-01')"
    )
    lock.close()
    assert "newer version" in refused("withdraw", issued, "--reason", "x")
    assert "newer version" in refused("upgrade")
    del say
