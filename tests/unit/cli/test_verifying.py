"""`verbale verify` as a stranger runs it: each verdict, and the reason for it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from verbale.cli.main import run

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
STEM = "CL_C_12_G_1"

if TYPE_CHECKING:
    from collections.abc import Callable

Said = dict[str, tuple[str, list[str]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a registry that issued the Lakes example, reissued it, and issued Rev.1."""
    path = tmp_path_factory.mktemp("verify")
    with pytest.MonkeyPatch.context() as at:
        at.chdir(path)
        at.setenv("VERBALE_HOME", str(path / "registry"))
        assert run(["init", "--institution", "lakes"]) == 0
        assert run(["circulate", str(EXAMPLE), "--date", "2026-03-09"]) == 0
        (path / "OUT").rename(path / "FIRST")
        assert run(["reissue", "CL/C/12/G/1", "--reason", "wrong line"]) == 0
    return path


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that the test may change; the registry answers."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    return tmp_path


@pytest.fixture
def verified(capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Verdict and codes of reasons by file name."""

    def command(*arguments: str | Path, code: int | None = None) -> Said:
        capfd.readouterr()
        ended = run(["verify", *map(str, arguments), "--json"])
        out, err = capfd.readouterr()
        assert err == ""
        if code is not None:
            assert ended == code
        found = {}
        for line in out.splitlines():
            each: dict[str, Any] = json.loads(line)
            assert set(each) == {"file", "verdict", "reasons"}
            assert each["reasons"], "a bare verdict"
            codes = [reason["code"] for reason in each["reasons"]]
            found[Path(each["file"]).name] = (each["verdict"], codes)
        return found

    return command


def test_a_folder_as_it_was_issued(here: Path, verified: Callable[..., Said]) -> None:
    for options in ((), ("--offline",)):
        found = verified("OUT", *options, code=0)
        assert len(found) == 37
        assert {verdict for verdict, _ in found.values()} == {"issued"}
        assert found[f"{STEM}-EN.pdf"][1][0] == "proof-issued"
        assert "proof-signed" in found[f"{STEM}-EN.pdf"][1]
        assert "proof-version-waits" in found[f"{STEM}-FR.pdf"][1]
        assert found["note-verbale.md"][1][0] == "proof-received"
        unconfirmed = "proof-keys-unconfirmed" in found[f"{STEM}-EN.txt"][1]
        assert unconfirmed is bool(options)
    assert verified("FIRST", "--offline", code=0)[f"{STEM}-FR.xlf"][1][0] == "proof-beside"
    assert verified("FIRST", code=1)[f"{STEM}-FR.xlf"][0] == "issued"
    del here


def test_the_file_before_a_reissue_is_superseded_under_any_name(
    here: Path, verified: Callable[..., Said]
) -> None:
    old = here / "FIRST" / STEM / f"{STEM}-EN.pdf"
    assert verified(old, code=1) == {
        old.name: ("superseded", ["proof-reissued", "proof-signed"])
    }
    shutil.copy(old, here / "new.pdf")
    assert verified("new.pdf")["new.pdf"][1][:2] == ["proof-reissued", "proof-renamed"]
    # Put in the place of the present one, the folder's own manifest tells.
    shutil.copy(old, here / "OUT" / STEM / old.name)
    assert verified("OUT", code=1)[old.name][0] == "superseded"
    assert verified("OUT", "--offline")[old.name] == ("altered", ["proof-another-file"])


def test_an_old_version_in_an_exported_folder_is_told_from_its_record(
    here: Path, verified: Callable[..., Said]
) -> None:
    assert run(["export", "CL/C/12/G/1", "--out", "B"]) == 0
    old = here / "FIRST" / STEM / f"{STEM}-EN.pdf"
    shutil.copy(old, here / "B" / STEM / old.name)
    verdict, codes = verified("B", "--offline", code=1)[old.name]
    assert (verdict, codes[0]) == ("superseded", "proof-reissued")
    assert "proof-logged" in codes


def test_a_swapped_language_version(here: Path, verified: Callable[..., Said]) -> None:
    folder = here / "OUT" / STEM
    for suffix in ("pdf", "html"):
        shutil.copy(folder / f"{STEM}-ES.{suffix}", folder / f"{STEM}-FR.{suffix}")
        for options in ((), ("--offline",)):
            found = verified("OUT", *options, code=1)
            assert found[f"{STEM}-FR.{suffix}"] == ("altered", ["proof-swapped"])
            assert found[f"{STEM}-ES.{suffix}"][0] == "issued"


def test_an_appended_revision_swapped_pages_and_a_removed_signature(
    here: Path, verified: Callable[..., Said]
) -> None:
    path = here / "OUT" / STEM / f"{STEM}-EN.pdf"
    good = path.read_bytes()

    def said(data: bytes, *options: str) -> tuple[str, list[str]]:
        path.write_bytes(data)
        return verified(path, *options, code=1)[path.name]

    def rewritten(change: Callable[[pikepdf.Pdf], None]) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(good)) as pdf:
            change(pdf)
            pdf.save(out)
        return out.getvalue()

    def unsigned(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.AcroForm
        del pdf.Root.Perms
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/FT") == pikepdf.Name.Sig:
                del each.V
        pdf.pages[0].Annots = pikepdf.Array()

    for options in ((), ("--offline",)):
        assert said(good + b"\n1 0 obj\n<<>>\nendobj\n", *options) == (
            "altered", ["proof-appended"],
        )  # fmt: skip
        swapped = rewritten(lambda pdf: pdf.pages.reverse())
        assert said(swapped, *options)[0] == "altered"
        assert said(swapped, *options)[1] == ["proof-signature-damaged"]
        assert said(rewritten(unsigned), *options) == ("altered", ["proof-signature-removed"])
        at = good.index(b"stream\r\n" if b"stream\r\n" in good else b"stream\n") + 20
        flipped = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        assert said(flipped, *options) == ("altered", ["proof-changed-after-signing"])
    path.write_bytes(good)
    # Without its name the file still says which document it claims to be.
    (here / "other.pdf").write_bytes(rewritten(unsigned))
    assert verified("other.pdf")["other.pdf"] == ("altered", ["proof-signature-removed"])


def test_a_file_under_another_name_says_the_one_it_has(
    here: Path, verified: Callable[..., Said]
) -> None:
    shutil.copy(here / "OUT" / STEM / f"{STEM}-RU.docx", here / "letter.docx")
    verdict, codes = verified("letter.docx", code=0)["letter.docx"]
    assert (verdict, codes[:2]) == ("issued", ["proof-issued", "proof-renamed"])


def test_our_name_on_the_key_of_another(here: Path, verified: Callable[..., Said]) -> None:
    with pytest.MonkeyPatch.context() as at:
        at.setenv("VERBALE_HOME", str(here / "other"))
        assert run(["init", "--institution", "lakes"]) == 0
        assert run(["circulate", str(EXAMPLE), "--date", "2026-03-10", "--out", "THEIRS"]) == 0
    found = verified("THEIRS", code=1)
    assert found[f"{STEM}-EN.pdf"] == ("not-ours", ["proof-other-key"])
    assert found["manifest.json"] == ("not-ours", ["proof-other-key"])
    # Offline a stranger who knows our key is told the same.
    keys = here / "registry" / "log" / "keys.json"
    found = verified("THEIRS", "--offline", "--keys", keys, code=1)
    assert {verdict for verdict, _ in found.values()} == {"not-ours"}


def test_restricted_and_embargoed_files(here: Path, verified: Callable[..., Said]) -> None:
    path = here / "OUT" / STEM / f"{STEM}-EN.html"
    assert run(["restrict", "CL/C/12/G/1", "--reason", "sensitive"]) == 0
    assert verified(path, code=0)[path.name] == (
        "issued", ["proof-issued", "proof-restricted", "proof-specimen"],
    )  # fmt: skip


def test_an_embargo_is_said_online_and_from_the_bundle(
    here: Path,
    verified: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERBALE_HOME", str(here / "held"))
    assert run(["init", "--institution", "lakes"]) == 0
    assert run(["receive", str(EXAMPLE)]) == 0
    assert run(["embargo", "receipt 1", "2999-01-01T00:00:00+00:00"]) == 0
    assert run(["circulate", str(EXAMPLE), "--date", "2026-03-09", "--out", "HELD"]) == 0
    assert run(["export", "CL/C/12/G/1", "--out", "B"]) == 0
    name = f"{STEM}-EN.html"
    for arguments in (("HELD",), ("B",), ("HELD", "--offline"), ("B", "--offline")):
        verdict, codes = verified(*arguments, code=1)[name]
        assert (verdict, codes[0]) == ("unknown", "proof-embargoed")
    # With a session it stays behind.
    capfd.readouterr()
    assert run(["export", "CL/C/12", "--out", "S", "--json"]) == 0
    said = json.loads(capfd.readouterr().out)
    assert (said["documents"], said["left_out"]) == ([], ["CL/C/12/G/1"])


def test_void_and_withdrawn(here: Path, verified: Callable[..., Said]) -> None:
    assert run(["withdraw", "CL/C/12/G/1", "--reason", "sent in error"]) == 0
    path = here / "OUT" / STEM / f"{STEM}-EN.html"
    assert verified(path, code=1)[path.name][1][0] == "proof-withdrawn"
    assert verified("--all", code=0)


def test_what_nothing_is_known_of(here: Path, verified: Callable[..., Said]) -> None:
    (here / "list.txt").write_text("milk\n", encoding="utf-8")
    assert verified("list.txt", code=1) == {"list.txt": ("unknown", ["proof-not-registered"])}
    assert verified("list.txt", "--offline") == {
        "list.txt": ("unknown", ["proof-nothing-to-compare"])
    }


def test_files_signed_by_others_are_not_called_ours_and_say_what_is_wrong(
    here: Path, verified: Callable[..., Said], corpus: Callable[[str], Path]
) -> None:
    for path in sorted(corpus("hostile").glob("sig-*.pdf")):
        for options in ((), ("--offline",)):
            verdict, codes = verified(path, *options, code=1)[path.name]
            if not path.name.startswith("sig-altered"):
                continue
            assert verdict in {"altered", "not-ours"}, (path.name, codes)
            wrong = {
                "proof-appended", "proof-changed-after-signing", "proof-signature-damaged",
            }  # fmt: skip
            assert wrong & set(codes), (path.name, verdict, codes)
    del here


def test_words_in_six_languages_and_one_summary(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    del here
    said = set()
    sums = set()
    for lang in ("ar", "zh", "en", "fr", "ru", "es"):
        capfd.readouterr()
        assert run(["verify", f"OUT/{STEM}/{STEM}-EN.pdf", "--lang", lang]) == 0
        said.add(capfd.readouterr().out.splitlines()[1])
        assert run(["verify", "OUT", "FIRST", "--lang", lang]) == 1
        sums.add(tuple(capfd.readouterr().out.splitlines()[-2:]))
    assert len(said) == len(sums) == 6
    assert run(["verify", "OUT"]) == 0
    out = capfd.readouterr().out
    assert out.count("It is a specimen") == 1
    whole = "files: 37, issued: 37, superseded: 0, altered: 0, not-ours: 0, unknown: 0\n"
    assert out.endswith(whole)
    # What something took the place of is intact, and counted by itself.
    assert run(["verify", "--all"]) == 0
    *_, counted, meaning = capfd.readouterr().out.splitlines()
    assert "altered: 0" in counted
    assert "superseded: 0" not in counted
    assert meaning == "Superseded: intact, and a later version exists, or it was withdrawn."
