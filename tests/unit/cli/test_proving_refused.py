"""Bad keys, logs, bundles and backups: which, why, what to do; and nothing was changed."""

from __future__ import annotations

import datetime
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verbale.cli.main import run
from verbale.edges.clock import SystemClock
from verbale.proof.statements import Head

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
SYMBOL, STEM = "CL/C/12/G/1", "CL_C_12_G_1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("refused")
    with pytest.MonkeyPatch.context() as at:
        at.chdir(path)
        at.setenv("VERBALE_HOME", str(path / "registry"))
        at.setenv("VERBALE_PASSPHRASE", "the right one")
        assert run(["init", "--institution", "lakes"]) == 0
        assert run(["circulate", str(EXAMPLE), "--date", "2026-03-09"]) == 0
        assert run(["export", SYMBOL, "--out", "bundle.zip"]) == 0
        assert run(["export", SYMBOL, "--out", "BUNDLE"]) == 0
        assert run(["backup", "backup.zip"]) == 0
    return path


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    monkeypatch.setenv("VERBALE_PASSPHRASE", "the right one")
    return tmp_path


@pytest.fixture
def refused(here: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that ends with 2, says what and what to do, and changes nothing."""

    def command(*arguments: str | Path) -> str:
        before = content(here)
        capfd.readouterr()
        assert run([*map(str, arguments)]) == 2
        out, err = capfd.readouterr()
        assert out == ""
        assert "Traceback" not in err
        assert len(err.strip().splitlines()) >= 2, f"no remedy: {err}"
        assert content(here) == before
        return err

    return command


def content(folder: Path) -> dict[str, bytes]:
    """Every file; a database by its rows, which opening it does not change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".sqlite3":
            with sqlite3.connect(path) as base:
                found[str(path)] = "\n".join(base.iterdump()).encode()
            base.close()
        elif path.is_file() and ".sqlite3-" not in path.name and path.suffix != ".turn":
            found[str(path)] = path.read_bytes()
    return found


def lines(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> list[dict[str, Any]]:
    capfd.readouterr()
    assert run([*map(str, arguments), "--json"]) == 1
    out, err = capfd.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    "command",
    [
        ("circulate", EXAMPLE),
        ("log", "head"),
        ("log", "rotate"),
        ("export", SYMBOL, "--out", "N"),
    ],
)
def test_a_wrong_passphrase(
    refused: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("VERBALE_PASSPHRASE", "the wrong one")
    said = refused(*command)
    assert "does not open with this passphrase; nothing was changed" in said
    assert "VERBALE_PASSPHRASE" in said
    assert "the wrong one" not in said
    monkeypatch.delenv("VERBALE_PASSPHRASE")
    assert "no passphrase for the keys" in refused(*command)
    monkeypatch.setenv("VERBALE_PASSPHRASE_FILE", str(tmp_path / "not-there"))
    assert "not-there" in refused(*command)
    (tmp_path / "empty").write_bytes(b"\n")
    monkeypatch.setenv("VERBALE_PASSPHRASE_FILE", str(tmp_path / "empty"))
    assert "is empty" in refused(*command)


def test_the_passphrase_from_a_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VERBALE_PASSPHRASE")
    (here / "secret").write_text("the right one\n", "utf-8")
    monkeypatch.setenv("VERBALE_PASSPHRASE_FILE", str(here / "secret"))
    assert run(["log", "head"]) == 0
    for command in (["init"], ["circulate"], ["log", "rotate"], ["backup"], ["export"]):
        capfd.readouterr()
        assert run([*command, "--help"]) == 0
        assert "passphrase" not in capfd.readouterr().out.replace("under their passphrase", "")


def test_keys_that_are_missing_damaged_or_of_another_registry(
    here: Path, refused: Callable[..., str]
) -> None:
    keys = here / "registry" / "keys"
    path = next(keys.glob("log-*.pem"))
    good = path.read_bytes()
    path.write_bytes(b"not a key")
    assert "is no key under a passphrase" in refused("log", "head")
    path.unlink()
    said = refused("log", "head")
    assert path.name in said
    assert "backup" in said
    path.write_bytes(good)
    (keys / "current.json").write_text("{}", "utf-8")
    assert "current.json" in refused("circulate", EXAMPLE)
    (keys / "current.json").unlink()
    assert "private keys of this registry are not in" in refused("circulate", EXAMPLE)


def test_a_key_that_is_not_the_one_that_is_published(
    here: Path, refused: Callable[..., str]
) -> None:
    """Private keys copied in from another registry sign nothing here."""
    with pytest.MonkeyPatch.context() as at:
        at.setenv("VERBALE_HOME", str(here / "other"))
        assert run(["init", "--institution", "lakes"]) == 0
    keys = here / "registry" / "keys"
    for path in (here / "other" / "keys").iterdir():
        if path.name != "public.json":
            shutil.copy(path, keys / path.name)
    said = refused("circulate", EXAMPLE)
    assert "is none of this registry's" in said
    said = refused("log", "head")
    assert "is none of this registry's" in said


def test_an_expired_certificate(
    here: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=6 * 365)
    monkeypatch.setattr(SystemClock, "now", lambda _: later)
    said = refused("circulate", EXAMPLE)
    assert "expired on" in said
    assert "log rotate" in said
    earlier = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _: earlier)
    assert "look at the computer's clock" in refused("circulate", EXAMPLE).lower()
    # New keys are the way on, and what was signed before stays ours.
    monkeypatch.setattr(SystemClock, "now", lambda _: later)
    assert run(["log", "rotate"]) == 0
    assert run(["verify", f"OUT/{STEM}/{STEM}-EN.pdf"]) == 0
    del here


def test_a_truncated_log(
    here: Path, refused: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(here / "registry" / "registry.sqlite3") as base:
        base.execute("PRAGMA foreign_keys=OFF")
        base.execute('DELETE FROM log_leaf WHERE "index" = 2')
        base.execute('DELETE FROM log_node WHERE level = 0 AND "index" = 2')
        base.execute("DELETE FROM register_event WHERE number = 2")
    base.close()
    (said,) = lines(capfd, "log", "audit")
    assert any("rolled back" in each for each in said["faults"])
    assert any(SYMBOL in each for each in said["faults"])
    told = [each["reasons"] for each in lines(capfd, "verify", "--all")]
    assert {reasons[0]["code"] for reasons in told if len(reasons) == 2} >= {
        "proof-register-fault"
    }
    assert any("rolled back" in reasons[-1]["message"] for reasons in told)
    # And nothing is done or signed on top of it.
    other = EXAMPLE.read_text("utf-8").replace("northern lake", "southern lake")
    (here / "other.md").write_text(other, "utf-8")
    for command in (
        ("log", "head"),
        ("log", "rotate"),
        ("circulate", "other.md", "--out", "N"),
    ):
        said_now = refused(*command)
        assert "it was rolled back; nothing was done" in said_now
        assert "Restore the newest backup" in said_now


def test_a_log_that_was_changed_behind_its_head(
    here: Path, refused: Callable[..., str]
) -> None:
    with sqlite3.connect(here / "registry" / "registry.sqlite3") as base:
        base.execute("UPDATE log_node SET hash = ? WHERE level = 1", ["ab" * 32])
    base.close()
    for command in (("log", "head"), ("withdraw", SYMBOL, "--reason", "none")):
        assert "it was changed; nothing was done" in refused(*command)


def test_a_head_from_the_future_from_elsewhere_or_none(
    here: Path, refused: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    head = Head.of(json.loads((here / "registry" / "log" / "head.json").read_bytes()))
    from verbale.edges.keys import unlock  # noqa: PLC0415 - beside its only use

    key = unlock(here / "registry").log
    future = Head.signed(head.log, head.size + 9, bytes(32), "2999-01-01T00:00:00Z", key)
    (here / "future.json").write_text(json.dumps(future.plain()), "utf-8")
    (said,) = lines(capfd, "log", "audit", "--head", "future.json")
    ahead = (
        "Head future.json of the log is of 12 leaves, and there are 3: the log was rolled back."
    )
    assert ahead in said["faults"]
    assert "audit-head-future" in {each["code"] for each in said["reasons"]}
    assert "leaves, and the log has" in refused("log", "proof", "--since", "future.json")
    for options in ((), ("--offline", "--keys", "registry/log/keys.json")):
        (told,) = lines(capfd, "verify", "future.json", *options)
        assert told["verdict"] == "unknown"
        assert "computer’s clock" in told["reasons"][0]["remedy"]
    other = Head.signed(head.log, 2, bytes(32), head.at, key)
    (here / "other.json").write_text(json.dumps(other.plain()), "utf-8")
    (said,) = lines(capfd, "log", "audit", "--head", "other.json")
    assert "audit-head-of-another" in {each["code"] for each in said["reasons"]}
    assert any("other.json" in each for each in said["faults"])
    assert "is not the beginning" in refused("log", "proof", "--since", "other.json")
    empty = '{"format": "verbale-head/1"}'
    for text in ("", "[]", "{}", empty, empty.replace("}", ', "size": -1}')):
        (here / "bad.json").write_text(text, "utf-8")
        assert refused("log", "audit", "--head", "bad.json")
    # A head kept in the register that is dated ahead of the clock.
    with sqlite3.connect(here / "registry" / "registry.sqlite3") as base:
        late = Head.signed(head.log, 3, bytes.fromhex(head.root), "2999-01-01T00:00:00Z", key)
        base.execute("UPDATE log_head SET statement=? WHERE size=3", [json.dumps(late.plain())])
    base.close()
    (said,) = lines(capfd, "log", "audit")
    assert any("is from the future" in each for each in said["faults"])


def test_a_bundle_with_a_missing_altered_or_foreign_file(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = here / "BUNDLE" / STEM
    (folder / f"{STEM}-AR.docx").unlink()
    found = {Path(e["file"]).name: e for e in lines(capfd, "verify", "BUNDLE", "--offline")}
    missing = found[f"{STEM}-AR.docx"]
    assert (missing["verdict"], missing["reasons"][0]["code"]) == (
        "altered",
        "proof-file-missing",
    )
    assert "Fetch the whole folder again" in missing["reasons"][0]["remedy"]
    for name in ("manifest.json", "manifest.json.sig", "record.json", "proof.json"):
        shutil.rmtree(folder)
        assert run(["export", SYMBOL, "--out", "BUNDLE"]) == 0
        data = (folder / name).read_bytes()
        for bad in (data[:-20], b"{}", b"", data.replace(b"a", b"b", 1)):
            (folder / name).write_bytes(bad)
            said = lines(capfd, "verify", "BUNDLE", "--offline")
            assert "issued" not in {each["verdict"] for each in said}, name
            assert all(each["reasons"] for each in said)
        (folder / name).unlink()
        said = lines(capfd, "verify", "BUNDLE", "--offline") if name != "proof.json" else []
        assert all(each["verdict"] != "issued" for each in said), name


def test_a_zip_that_is_cut_off_or_names_places_outside(
    here: Path, refused: Callable[..., str]
) -> None:
    whole = (here / "bundle.zip").read_bytes()
    (here / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert "not a whole ZIP" in refused("verify", "cut.zip")
    with zipfile.ZipFile(here / "out.zip", "w") as archive:
        archive.writestr("../manifest.json", "{}")
    assert "leads out of the file" in refused("verify", "out.zip")
    # What one program would unpack and another would not.
    (here / "two.zip").write_bytes(whole.replace(b"manifest.json", b"manifest.jsun", 1))
    assert "described in two ways" in refused("verify", "two.zip")
    assert "cannot be read" in refused("verify", "nothing-here.pdf")
    assert "cannot be read" in refused("verify", "--keys", "none.json", "OUT")
    (here / "none.json").write_text("{}", "utf-8")
    assert "verbale-keys/1" in refused("verify", "--keys", "none.json", "OUT")
    assert "is no name of a key" in refused("verify", "--offline", "--key", "abc", "OUT")


def test_a_corrupt_and_a_missing_object(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sentences: set[str] = set()
    name = json.loads((here / "BUNDLE" / STEM / "record.json").read_bytes())
    files = {each["name"]: each["sha256"] for each in name["composed"]}
    bad, gone = f"{STEM}-FR.html", f"{STEM}-ES.html"
    objects = here / "registry" / "objects"
    path = objects / files[bad][:2] / files[bad][2:]
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    (objects / files[gone][:2] / files[gone][2:]).unlink()
    found = {
        each["file"]: each["reasons"][0]
        for each in lines(capfd, "verify", "--all")
        if each["verdict"] == "altered"
    }
    assert {name: reason["code"] for name, reason in found.items()} == {
        f"{SYMBOL}/{bad}": "proof-kept-altered",
        f"{SYMBOL}/{gone}": "proof-kept-missing",
    }
    assert all("backup" in reason["remedy"] for reason in found.values())
    (said,) = lines(capfd, "log", "audit")
    assert len([f for f in said["faults"] if f"{SYMBOL}/{STEM}-" in f]) == 2
    for lang in ("ar", "zh", "en", "fr", "ru", "es"):
        capfd.readouterr()
        assert run(["log", "audit", "--lang", lang]) == 1
        sentences.add(capfd.readouterr().out)
    assert len(sentences) == 6
    capfd.readouterr()
    assert run(["export", SYMBOL, "--out", "AGAIN"]) == 2
    said_now = capfd.readouterr().err
    assert f"{SYMBOL}, {gone}: " in said_now or f"{SYMBOL}, {bad}: " in said_now
    assert "Restore this object" in said_now
    assert not (here / "AGAIN").exists()
    assert run(["backup", "again.zip"]) == 2
    assert not (here / "again.zip").exists()


def test_backups_that_cannot_be_made_or_used(here: Path, refused: Callable[..., str]) -> None:
    assert "is there already" in refused("backup", "backup.zip")
    assert "is not an empty folder" in refused("restore", "backup.zip", "registry")
    assert "is not there" in refused("restore", "no-backup.zip", "back")
    assert "is damaged" in refused("restore", EXAMPLE, "back")
    good = here / "backup.zip"
    data = good.read_bytes()
    (here / "cut.zip").write_bytes(data[: len(data) // 2])
    assert "is damaged" in refused("restore", "cut.zip", "back")
    assert "is damaged" in refused("restore", "bundle.zip", "back")
    with zipfile.ZipFile(good) as held:
        names = held.namelist()
    for lost in ("registry.sqlite3", next(n for n in names if n.startswith("objects/"))):
        with zipfile.ZipFile(good) as held, zipfile.ZipFile(here / "less.zip", "w") as made:
            for name in names:
                if name != lost:
                    made.writestr(name, held.read(name))
        assert f"{lost} is missing" in refused("restore", "less.zip", "back")
        with zipfile.ZipFile(good) as held, zipfile.ZipFile(here / "less.zip", "w") as made:
            for name in names:
                flipped = bytearray(held.read(name))
                if name == lost:
                    flipped[len(flipped) // 2] ^= 1
                made.writestr(name, bytes(flipped))
        assert f"{lost} is damaged" in refused("restore", "less.zip", "back")
    assert not (here / "back").exists()


def test_a_backup_restored_elsewhere_verifies_and_has_no_secret(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile("backup.zip") as held:
        names = held.namelist()
        assert not [n for n in names if n.startswith("keys/") and n != "keys/public.json"]
    assert run(["backup", "with-keys.zip", "--with-keys"]) == 0
    assert run(["restore", "with-keys.zip", "with-keys"]) == 0
    assert run(["restore", "backup.zip", "back"]) == 0
    head = (here / "registry" / "log" / "head.json").read_bytes()
    shutil.rmtree(here / "registry")
    monkeypatch.delenv("VERBALE_PASSPHRASE")
    monkeypatch.setenv("VERBALE_HOME", str(here / "back"))
    capfd.readouterr()
    assert run(["verify", "--all"]) == 0
    assert run(["verify", "OUT"]) == 0
    assert (here / "back" / "log" / "head.json").read_bytes() == head
    assert run(["circulate", str(EXAMPLE)]) == 2
    assert "log rotate" in capfd.readouterr().err
    assert run(["log", "rotate"]) == 0
    assert run(["log", "audit"]) == 0
    monkeypatch.setenv("VERBALE_PASSPHRASE", "the right one")
    monkeypatch.setenv("VERBALE_HOME", str(here / "with-keys"))
    assert run(["log", "head"]) == 0
