"""The commands as a stranger runs them: what is printed, where, and the exit code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from verbale.cli.main import run

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"


@pytest.fixture
def verbale(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command in an empty folder with a registry of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return command


@pytest.fixture
def seed(corpus: Callable[[str], Path]) -> Path:
    return next(corpus("seed").glob("*.txt"))


def write(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(path)


def test_help_lists_every_command(verbale: Run) -> None:
    code, out, _ = verbale("--help")
    assert code == 0
    for name in ("init", "circulate", "recognise", "check", "convert", "show"):
        assert f"  {name} " in out


def test_recognise_gives_one_object_on_one_line(verbale: Run, seed: Path) -> None:
    code, out, err = verbale("recognise", str(seed), "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    found = json.loads(out)
    assert set(found) >= {"document", "communication", "parts", "footnotes", "places"}


def test_convert_to_text_gives_the_seed_back(verbale: Run, seed: Path) -> None:
    code, out, _ = verbale("convert", str(seed), "--to", "txt")
    assert code == 0
    assert out.split() == seed.read_text(encoding="utf-8").split()


def test_circulating_the_real_example_waits_for_its_translations(
    verbale: Run, seed: Path, tmp_path: Path
) -> None:
    code, out, _ = verbale(
        "circulate", str(seed), "--institution", "un", "--out", "OUT", "--json"
    )
    done = json.loads(out)
    assert (code, done["symbol"], done["state"]) == (0, "A/HRC/43/G/1", "awaiting-translation")
    folder = tmp_path / "OUT" / "A_HRC_43_G_1"
    assert (folder / "received" / seed.name).read_bytes() == seed.read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {row["name"]: row["sha256"] for row in manifest["files"]}
    on_disk = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert on_disk == {*listed, "manifest.json", "manifest.json.sig"}
    for name, sha256 in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    for lang in ("AR", "ZH", "EN", "FR", "RU", "ES"):
        for suffix in ("pdf", "docx", "html", "xml", "txt", "json"):
            assert f"A_HRC_43_G_1-{lang}.{suffix}" in listed


def test_the_lakes_example_needs_no_option_and_is_issued_at_once(verbale: Run) -> None:
    assert verbale("init", "--institution", "lakes")[0] == 0
    code, out, _ = verbale("circulate", str(EXAMPLE), "--json")
    done = json.loads(out)
    assert (code, done["symbol"], done["state"]) == (0, "CL/C/12/G/1", "issued")


def test_the_same_bytes_twice_give_the_same_entry_and_the_same_files(
    verbale: Run, tmp_path: Path
) -> None:
    verbale("init", "--institution", "lakes")
    first = json.loads(verbale("circulate", str(EXAMPLE), "--out", "A", "--json")[1])
    renamed = tmp_path / "another-name.md"
    renamed.write_bytes(EXAMPLE.read_bytes())
    second = json.loads(verbale("circulate", str(renamed), "--out", "B", "--json")[1])
    assert second["symbol"] == first["symbol"]
    for name in first["files"]:
        if "received" in name or "manifest.json" in name:
            continue
        assert (tmp_path / name).read_bytes() == (tmp_path / f"B{name[1:]}").read_bytes()


def test_a_dry_run_registers_and_writes_nothing(verbale: Run, tmp_path: Path) -> None:
    verbale("init", "--institution", "lakes")
    code, out, _ = verbale("circulate", str(EXAMPLE), "--dry-run", "--json")
    assert (code, json.loads(out)["symbol"]) == (0, None)
    assert not (tmp_path / "OUT").exists()
    assert verbale("show", "CL/C/12/G/1")[0] == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Nota verbal \xe9\xff", "UTF-8"),
        (b"", "empty"),
        (b"  \n\n ", "empty"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_registered(
    verbale: Run, tmp_path: Path, content: bytes, words: str
) -> None:
    name = write(tmp_path / "in.txt", content)
    for command in (("recognise", name), ("circulate", name, "--institution", "lakes")):
        code, out, err = verbale(*command)
        assert (code, out) == (2, "")
        assert words in err
        assert "in.txt" in err
    assert not (tmp_path / "OUT").exists()


def test_what_is_no_communication_is_refused(verbale: Run, tmp_path: Path) -> None:
    name = write(tmp_path / "in.txt", "Bring bread, milk and eggs.\n\nAnd the newspaper.\n")
    code, _, err = verbale("circulate", name, "--institution", "lakes")
    assert code == 1, err
    assert "not-a-communication" in err
    assert not (tmp_path / "OUT").exists()


def test_two_mastheads_in_one_file_are_two_documents(
    verbale: Run, seed: Path, tmp_path: Path
) -> None:
    name = write(tmp_path / "two.txt", seed.read_bytes() + b"\n\n" + seed.read_bytes())
    code, _, err = verbale("circulate", name, "--institution", "un")
    assert code == 1, err
    assert "two.txt:" in err
    assert "blocks: masthead-two" in err
    assert not (tmp_path / "OUT").exists()


def test_an_annex_in_a_seventh_language_is_refused(
    verbale: Run, seed: Path, tmp_path: Path
) -> None:
    text = seed.read_text(encoding="utf-8")
    portuguese = (
        "A Conferência dos Lagos deseja que os níveis da água sejam medidos todos os dias "
        "pelas estações da margem norte, e que os resultados não sejam alterados antes da "
        "sua publicação."
    )
    head = text[: text.index("On April 2, 1993")]
    name = write(tmp_path / "in.txt", head + portuguese)
    code, _, err = verbale("circulate", name, "--institution", "un")
    assert code == 1, err
    assert "annex-language-unofficial" in err


def test_a_symbol_that_does_not_parse_is_marked_at_its_place(
    verbale: Run, seed: Path, tmp_path: Path
) -> None:
    text = seed.read_text(encoding="utf-8")
    text = text.replace("Asamblea General", "A/HRC/43//G/x\n\nAsamblea General", 1)
    name = write(tmp_path / "in.txt", text)
    code, _, err = verbale("circulate", name, "--institution", "un")
    assert code == 1, err
    assert "in.txt:5:10: blocks: symbol-malformed" in err


def test_a_symbol_never_given_is_unknown(verbale: Run) -> None:
    verbale("init", "--institution", "lakes")
    code, out, err = verbale("show", "CL/C/12/G/99")
    assert (code, out) == (2, "")
    assert "CL/C/12/G/99" in err


def test_unusable_arguments_say_what_there_is(verbale: Run, tmp_path: Path) -> None:
    name = write(tmp_path / "in.txt", "Note verbale\n")
    for command, words in (
        (("convert", name, "--to", "wax"), "txt"),
        (("recognise", name, "--institution", "lake"), "lakes"),
        (("recognise", "nowhere.txt"), "nowhere.txt"),
        (("frobnicate",), "frobnicate"),
    ):
        code, out, err = verbale(*command)
        assert (code, out) == (2, "")
        assert words in err


def test_check_gives_a_verdict_on_each_file(verbale: Run, seed: Path, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.txt", b"\xff\xff\xff")
    code, out, _ = verbale("check", str(seed), bad, "--json")
    first, second = map(json.loads, out.splitlines())
    assert code == 1
    assert (first["verdict"], second["verdict"]) == ("accept", "refuse")
    assert second["findings"][0]["code"] == "file-unreadable"
