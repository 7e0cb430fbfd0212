"""The table of limits: defaults, settings, what `doctor` says of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from verbale.cli.main import run
from verbale.edges.box.settings import limits_in_force
from verbale.errors import RegistryError, UsageError
from verbale.readers.limits import DEFAULTS, MEGABYTE, shown, with_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    assert limits_in_force(tmp_path / "none") == (DEFAULTS, {})


def test_the_file_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "verbale.toml"
    file.write_text('format = 1\n[limits]\nupload = "20 MB"\nmembers = 50\n')
    monkeypatch.setenv("VERBALE_LIMIT_MEMBERS", "60")
    table, sources = limits_in_force(tmp_path)
    assert (table.upload, table.members) == (20 * MEGABYTE, 60)
    assert sources == {"upload": str(file), "members": "VERBALE_LIMIT_MEMBERS"}


@pytest.mark.parametrize("text", ["limits = 3", "[limits]\nuplod = 3", "[limits"])
def test_a_table_that_cannot_be_used_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "verbale.toml").write_text(text)
    with pytest.raises((UsageError, RegistryError)) as said:
        limits_in_force(tmp_path)
    assert "verbale.toml" in str(said.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("upload", "much"), ("upload", "0"), ("members", "3 MB"), ("seconds", "-1"), ("x", "1")],
)
def test_a_limit_that_is_none_is_said(name: str, value: str) -> None:
    with pytest.raises(UsageError, match="VERBALE_LIMIT"):
        with_settings({name: value}, where=f"VERBALE_LIMIT_{name.upper()}")


def test_sizes_are_shown_as_they_are_given() -> None:
    for name, value in (("upload", "50 MB"), ("memory", "3 KB"), ("members", "7")):
        table = with_settings({name: value}, where="here")
        assert shown(name, getattr(table, name)) == value


def test_doctor_says_limits_and_locks_without_a_registry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("VERBALE_LIMIT_SECONDS", "7")
    assert run(["doctor", "--json"]) == 2
    out = capsys.readouterr().out
    found = json.loads(out)
    rows = {row["limit"]: (row["value"], row["source"]) for row in found["limits"]}
    assert rows["seconds"] == ("7", "VERBALE_LIMIT_SECONDS")
    assert rows["upload"] == ("50 MB", "default")
    assert {row["lock"] for row in found["box"]} >= {"files", "system calls", "namespaces"}


def test_a_limit_from_the_environment_holds_in_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("The Permanent Mission of Northmere presents its compliments.")
    monkeypatch.setenv("VERBALE_LIMIT_UPLOAD", "20")
    run(["check", "--json", str(note)])
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "refuse"
    assert [each["code"] for each in found["findings"]] == ["file-too-large"]
