"""`verbale verify` on files made to hang their reader or to fill the machine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pdf_files
import pikepdf
import pytest
from pdf_files import line

from verbale.cli.main import run
from verbale.edges.keys import unlock
from verbale.edges.signing import mark
from verbale.proof.plain_json import written
from verbale.readers.limits import MEGABYTE
from verbale.workflow import inspecting, outside
from verbale.workflow.faithful import faithful_record

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
STEM = "CL_C_12_G_1"
VERSION = f"{STEM}-EN.pdf"

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Said = dict[str, tuple[str, list[str]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("boxed")
    with pytest.MonkeyPatch.context() as at:
        at.chdir(path)
        at.setenv("VERBALE_HOME", str(path / "registry"))
        assert run(["init", "--institution", "lakes"]) == 0
        assert run(["circulate", str(EXAMPLE), "--date", "2026-03-09"]) == 0
        yield path


@pytest.fixture
def verified(
    made: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Verdict and codes by file."""
    monkeypatch.chdir(made)
    monkeypatch.setenv("VERBALE_HOME", str(made / "registry"))

    def command(*arguments: str | Path, code: int) -> Said:
        capfd.readouterr()
        assert run(["verify", *map(str, arguments), "--json"]) == code
        out, err = capfd.readouterr()
        assert err == ""
        lines = [json.loads(line) for line in out.splitlines()]
        return {
            Path(each["file"]).name: (
                each["verdict"],
                [reason["code"] for reason in each["reasons"]],
            )
            for each in lines
        }

    return command


def filling() -> bytes:
    """A PDF of a megabyte; what says its keywords unpacks to a gigabyte."""
    text = b"4 0 << /Keywords (CL/C/12/G/1) >>"
    spaces = b" " * 16 * MEGABYTE
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = pack.compress(text) + pack.flush(zlib.Z_FULL_FLUSH)
    more = pack.compress(spaces) + pack.flush(zlib.Z_FULL_FLUSH)
    sum_ = zlib.adler32(text)
    for _ in range(64):
        sum_ = zlib.adler32(spaces, sum_)
    block = b"\x78\xda" + first + more * 64 + pack.flush() + sum_.to_bytes(4, "big")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\n" % len(block)
        + b"stream\n%s\nendstream" % block,
    ]
    out = bytearray(b"%PDF-1.7\n")
    entries = [b"\0\0\0\0\0\xff"]
    for number, each in enumerate(objects, start=1):
        entries.append(b"\1" + len(out).to_bytes(4, "big") + b"\0")
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    entries.append(b"\2" + (3).to_bytes(4, "big") + b"\0")
    at = len(out)
    entries.append(b"\1" + at.to_bytes(4, "big") + b"\0")
    table = b"".join(entries)
    head = b"/Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Info 4 0 R /Length %d" % len(table)
    out += b"5 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (head, table)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at)


def endless() -> bytes:
    """A PDF of which each form draws the next ten times: ten thousand million words."""

    def change(made: pikepdf.Pdf) -> None:
        def form(drawing: bytes, **resources: pikepdf.Object) -> pikepdf.Object:
            made_here = made.make_stream(drawing)
            made_here.update(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.XObject,
                    Subtype=pikepdf.Name.Form,
                    BBox=pikepdf.Array([0, 0, 600, 700]),
                    Resources=pikepdf.Dictionary(**resources),
                )
            )
            return made_here

        fonts = made.pages[0].Resources.Font
        inner = form(line("word", 9, 9).encode(), Font=fonts)
        for _ in range(10):
            inner = form(b"/X Do " * 10, XObject=pikepdf.Dictionary({"/X": inner}))
        made.pages[0].Resources.XObject = pikepdf.Dictionary({"/X": inner})

    return pdf_files.pdf("/X Do", change=change)


def test_a_file_that_fills_the_memory_of_its_reader(
    made: Path, verified: Callable[..., Said]
) -> None:
    (made / "unknown.pdf").write_bytes(filling())
    # The reader of keywords takes a PDF that does not fit into its memory for a damaged one.
    unread = ("unknown", ["proof-not-registered"])
    assert verified("unknown.pdf", code=1)["unknown.pdf"] == unread
    # Under the name of one of ours its name decides before anything is read.
    shutil.copytree(made / "OUT", made / "FULL", dirs_exist_ok=True)
    shutil.copy(made / "unknown.pdf", made / "FULL" / STEM / VERSION)
    shutil.copy(made / "unknown.pdf", made / "FULL" / STEM / "more.pdf")
    shutil.make_archive(str(made / "FULL"), "zip", made / "FULL")
    for arguments in (("FULL",), ("FULL.zip", "--offline")):
        found = verified(*arguments, code=1)
        assert found[VERSION][0] == "altered"
        assert found["more.pdf"] == unread
        assert found[f"{STEM}-FR.pdf"][0] == "issued"


@pytest.mark.parametrize(
    ("limits", "reasons"),
    [
        ({"SECONDS": "1", "MEMORY": "2 GB"}, {"reading-too-long"}),
        # The page's reader does not always live to say that there is no more memory.
        (
            {"SECONDS": "20", "MEMORY": "128 MB"},
            {"reading-too-much-memory", "reader-broke"},
        ),
    ],
    ids=["hangs", "fills"],
)
def test_a_bundle_signed_by_whoever_made_it_hang(
    made: Path,
    tmp_path: Path,
    verified: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
    limits: dict[str, str],
    reasons: set[str],
) -> None:
    """Its own keys vouch for it, and its own record asks for the text of its pages."""
    for name, most in limits.items():
        monkeypatch.setenv(f"VERBALE_LIMIT_{name}", most)
    folder = tmp_path / "HANGS" / STEM
    shutil.copytree(made / "OUT" / STEM, folder)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    files["faithful.json"] = written(faithful_record(files))
    files[VERSION] = endless()
    manifest = json.loads(files["manifest.json"])
    manifest["files"].append({"name": "faithful.json", "kind": "made"})
    for each in manifest["files"]:
        each["sha256"] = hashlib.sha256(files[each["name"]]).hexdigest()
    files["manifest.json"] = written(manifest)
    files["manifest.json.sig"] = mark(files["manifest.json"], unlock(made / "registry"))
    for name in ("faithful.json", VERSION, "manifest.json", "manifest.json.sig"):
        (folder / name).write_bytes(files[name])
    shutil.make_archive(str(tmp_path / "HANGS"), "zip", tmp_path / "HANGS")
    for arguments in (("HANGS",), ("HANGS.zip", "--offline")):
        found = verified(tmp_path / arguments[0], *arguments[1:], code=1)
        verdict, (first, why) = found["faithful.json"]
        assert (verdict, first) == ("unknown", "proof-unread")
        assert why in reasons


@pytest.mark.parametrize("act", ["signatures", "keyword"])
def test_a_file_that_brings_its_reader_down(
    made: Path,
    verified: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
    act: str,
) -> None:
    """Whatever a reader does with a file, it does it in the box."""
    from verbale.edges.box import acts, boxes  # noqa: PLC0415 - beside their only use

    def dies(data: bytes) -> str:
        del data
        os._exit(0)

    monkeypatch.setattr(acts.HERE.__class__, act, lambda _, data: dies(data))
    held = boxes.Boxes(copy_self=True)
    monkeypatch.setattr(inspecting, "box", lambda: held)
    assert outside.box() is None
    data = pdf_files.pdf("", change=pdf_files.attach("x")) + b"%/ByteRange\n"
    (made / "dies.pdf").write_bytes(data)
    assert verified("dies.pdf", code=1)["dies.pdf"] == (
        "unknown", ["proof-unread", "reader-broke"],
    )  # fmt: skip


def test_our_own_file_needs_no_box(
    made: Path, verified: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the register by its bytes is not read again, nor is what was received."""

    def refused() -> None:
        raise AssertionError("a box was asked for")

    monkeypatch.setattr(inspecting, "box", refused)
    assert verified("--all", code=0)[VERSION][0] == "issued"
    assert verified(f"OUT/{STEM}/{VERSION}", code=0)[VERSION][1][:1] == ["proof-issued"]
    keys = made / "registry" / "log" / "keys.json"
    found = verified("OUT", "--offline", "--keys", keys, code=0)
    assert "proof-signed" in found[VERSION][1]
