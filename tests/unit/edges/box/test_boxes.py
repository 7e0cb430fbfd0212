"""Files read in boxes: the same answers, and one file's end that is no other's."""

from __future__ import annotations

import datetime
import os
import struct
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import docx_files
import hostile_files
import pdf_files
import pikepdf
import pytest

from verbale import institutions
from verbale.compose.coding import Tag
from verbale.edges.box import acts, wire
from verbale.edges.box.boxes import Boxes
from verbale.edges.box.lockdown import Means
from verbale.edges.box.running import seconds_left
from verbale.edges.xliff import Xliff, read_xliff
from verbale.errors import ReadingStoppedError, UnknownFormatError, UnreadableFileError
from verbale.model.finding import Finding, Place, Severity
from verbale.proof.inspecting import HERE
from verbale.readers import txt
from verbale.readers.limits import DEFAULTS, MEGABYTE, Limits
from verbale.workflow import reading
from verbale.workflow.outside import use_box
from verbale.workflow.pages import page_texts_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from verbale.readers.base import Reading

NOTE = "The Permanent Mission of Northmere presents its compliments.\n\nسلام\n".encode()


@pytest.fixture(scope="module")
def keepers() -> Iterator[Boxes]:
    boxes = Boxes(keepers=1)
    yield boxes
    boxes.close()


@pytest.fixture
def copies() -> Boxes:
    return Boxes(copy_self=True)


@pytest.fixture(params=["keepers", "copies"])
def boxes(request: pytest.FixtureRequest) -> Boxes:
    found: Boxes = request.getfixturevalue(request.param)
    return found


def test_a_box_answers_as_the_process_does(boxes: Boxes, corpus: Callable[[str], Path]) -> None:
    files = sorted(corpus("hostile").glob("gen-control-*"))
    assert files
    for path in files:
        data = path.read_bytes()
        here = reading.read_here(data, name=path.name)
        there = boxes.read(data, name=path.name)
        assert there == here
        assert there.document.parts[0].blocks[0].place == here.document.parts[0].blocks[0].place


def test_a_pdf_that_may_not_be_printed_is_read_in_a_box(boxes: Boxes) -> None:
    locked = pikepdf.Encryption(user="", owner="owner")
    data = pdf_files.pdf(
        pdf_files.lines("The Permanent Mission of Northmere"), encryption=locked
    )
    there = boxes.read(data, name="note.pdf")
    assert there == reading.read_here(data, name="note.pdf")
    assert "pdf-permissions" in {each.code for each in there.findings}


def test_a_check_in_a_box_says_the_same(boxes: Boxes) -> None:
    lakes = institutions.load("lakes")
    here = reading.check_here(NOTE, name="note.txt", institution=lakes)
    assert boxes.check(NOTE, name="note.txt", institution=lakes) == here


def test_what_is_asked_of_a_pdf_is_the_same_in_a_box(
    boxes: Boxes, corpus: Callable[[str], Path]
) -> None:
    files = sorted(corpus("hostile").glob("sig-*.pdf"))[::4]
    assert files
    for path in files:
        data, name = path.read_bytes(), path.name
        assert boxes.signatures(data, name=name) == tuple(HERE.signatures(data))
        assert boxes.keyword(data, name=name) == HERE.keyword(data)
        assert boxes.harmless(data, name=name) is HERE.harmless(data)
        assert boxes.page_texts(data, name=name) == page_texts_here(data, name=name)
    with pytest.raises(UnreadableFileError) as there:
        boxes.page_texts(b"no PDF", name="x.pdf")
    assert not isinstance(there.value, ReadingStoppedError)
    assert there.value.name == "x.pdf"


def test_what_is_understood_in_a_box_is_the_same(
    boxes: Boxes, corpus: Callable[[str], Path]
) -> None:
    tables = institutions.load("un")
    day = datetime.date(2020, 5, 1)
    (seed,) = corpus("seed").glob("*.txt")
    found = reading.read_here(seed.read_bytes(), name=seed.name)
    here = reading.understand_here(found, tables, today=day, circulating=True)
    assert here.masthead is not None
    there = boxes.understand(
        found,
        name=seed.name,
        institution=tables,
        today=day,
        circulating=True,
        spent=1.5,
    )
    assert there == here


def test_what_takes_too_long_to_understand_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "recognise", lambda *_, **__: time.sleep(60))
    use_box(Boxes(Limits(seconds=2), copy_self=True))
    begin = time.monotonic()
    with pytest.raises(UnreadableFileError, match=r"note\.txt.* longer than 2 seconds") as said:
        reading.recognise_file(NOTE, name="note.txt", institution=institutions.load("lakes"))
    assert said.value.finding_code == "reading-too-long"
    assert time.monotonic() - begin < 5
    with pytest.raises(UnreadableFileError):
        reading.convert(NOTE, name="note.txt", to="html", institution=institutions.load("un"))


def test_a_translation_that_comes_back_is_the_same_in_a_box(boxes: Boxes) -> None:
    inside = """<source>A <pc id="1">note <ph id="2"/></pc> of</source><target/>"""
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en"
        trgLang="fr"><file id="f1" original="A/1"><unit id="u1"><segment id="s1">{inside}
        </segment></unit></file></xliff>""".encode()
    here = read_xliff(data, name="a.xlf")
    assert here.segments["u1", "s1"][0] == ("A ", Tag("1", ("note ", Tag("2"))), " of")
    assert boxes.returned(data, name="a.xlf") == here
    with pytest.raises(UnreadableFileError, match="no well-formed XML"):
        boxes.returned(b"<", name="a.xlf")
    use_box(boxes)
    assert Xliff().read(data, name="a.xlf") == here


def test_a_translation_of_tags_without_end_is_refused(copies: Boxes) -> None:
    tags = "".join(f'<sc id="{n}"/>' for n in range(5000))
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"><file><unit><segment><source
        >{tags}</source></segment></unit></file></xliff>""".encode()
    with pytest.raises(UnreadableFileError):
        copies.returned(data, name="a.xlf")


def test_a_further_box_has_the_time_that_is_left() -> None:
    assert seconds_left(Limits(seconds=20), 0) == 20
    assert seconds_left(Limits(seconds=20), 8) == 10
    assert seconds_left(Limits(seconds=20), 16.5) == 1


def test_institutions_take_turns_in_one_keeper(keepers: Boxes) -> None:
    for name in ("lakes", "un", "lakes"):
        tables = institutions.load(name)
        here = reading.check_here(NOTE, name="note.txt", institution=tables)
        assert keepers.check(NOTE, name="note.txt", institution=tables) == here
        assert keepers.read(NOTE, name="note.txt") == reading.read_here(NOTE, name="note.txt")


def test_errors_come_through_whole(boxes: Boxes) -> None:
    with pytest.raises(UnreadableFileError) as there:
        boxes.read(b"caf\xe9", name="note.txt")
    with pytest.raises(UnreadableFileError) as here:
        reading.read_here(b"caf\xe9", name="note.txt")
    assert str(there.value) == str(here.value)
    assert there.value.offset == here.value.offset
    with pytest.raises(UnknownFormatError):
        boxes.read(b"x", name="note.xyz")


@pytest.mark.parametrize("ending", ["dies", "hangs", "fills", "raises"])
def test_a_job_that_goes_wrong_harms_no_other(
    ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def goes_wrong(data: bytes, *, name: str) -> Reading:
        del name
        if data != b"evil":
            return read_txt(data, name="good.txt")
        if ending == "dies":
            os._exit(0)
        if ending == "raises":
            raise RuntimeError("unforeseen")
        while True:
            if ending == "fills":
                bytes(1024 * MEGABYTE)

    read_txt = txt.READER.read
    broken = type(txt.READER)("txt", (".txt",), goes_wrong)
    monkeypatch.setattr(txt, "READER", broken)
    codes = {
        "dies": "reader-broke",
        "raises": "reader-broke",
        "hangs": "reading-too-long",
        "fills": "reading-too-much-memory",
    }
    boxes = Boxes(Limits(seconds=2, memory=128 * MEGABYTE), copy_self=True)
    good = boxes.read(b"A note.", name="good.txt", format="txt")
    with pytest.raises(UnreadableFileError) as ended:
        boxes.read(b"evil", name="evil.txt", format="txt")
    assert ended.value.finding_code == codes[ending]
    assert boxes.read(b"A note.", name="good.txt", format="txt") == good


def test_a_dead_keeper_is_replaced() -> None:
    boxes = Boxes(keepers=1)
    try:
        boxes.read(NOTE, name="note.txt")
        keeper = boxes._pool._idle.queue[0]  # noqa: SLF001
        keeper._process.kill()  # noqa: SLF001
        keeper._process.wait()  # noqa: SLF001
        assert boxes.read(NOTE, name="note.txt").text == NOTE.decode()
    finally:
        boxes.close()


def test_threads_share_the_keepers(keepers: Boxes) -> None:
    texts: dict[int, str] = {}

    def read(number: int) -> None:
        texts[number] = keepers.read(f"Note {number}".encode(), name="n.txt").text

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert texts == {n: f"Note {n}" for n in range(8)}


def test_a_kernel_without_locks_reads_all_the_same_and_says_so() -> None:
    old = Boxes(means=Means(files=False, namespaces=False), copy_self=True)
    data, name = docx_files.docx(docx_files.par(docx_files.run("A note."))), "note.docx"
    found = old.read(data, name=name)
    assert found.document == reading.read_here(data, name=name).document
    (said,) = [each for each in found.findings if each.code == "box-incomplete"]
    assert said.severity is Severity.NOTES
    assert "files" in said.values["missing"]


_FRESH = """
import sys
from pathlib import Path
from verbale import institutions
from verbale.edges.box.boxes import Boxes
from verbale.edges.box.lockdown import Means
act, name = sys.argv[1:]
boxes = Boxes(means=Means(files=False, namespaces=False), copy_self=True)
if act == "read":
    boxes.read(Path(name).read_bytes(), name=name)
else:
    said = boxes.check(Path(name).read_bytes(), name=name, institution=institutions.load("un"))
    assert not {"reader-broke"} & {each.code for each in said}
"""


def test_without_landlock_a_process_that_has_read_nothing_yet_reads_every_kind(
    tmp_path: Path, corpus: Callable[[str], Path]
) -> None:
    kinds: dict[str, bytes] = {}
    for made in hostile_files.honest():
        kinds.setdefault(made.name.rpartition(".")[2], made.data)
    assert {"docx", "odt", "pdf", "eml", "html", "md", "txt"} <= set(kinds)
    jobs = [("read", f"note.{ending}", data) for ending, data in kinds.items()]
    six = corpus("hostile") / "gen-control--control-six-languages.docx"
    (seed,) = corpus("seed").glob("*.txt")
    jobs += [("check", path.name, path.read_bytes()) for path in (six, seed)]
    for act, name, data in jobs:
        (tmp_path / name).write_bytes(data)
        command = [sys.executable, "-c", _FRESH, act, name]
        done = subprocess.run(  # noqa: S603 - our own program
            command, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_without_landlock_every_kind_of_file_is_read(corpus: Callable[[str], Path]) -> None:
    old = Boxes(means=Means(files=False, namespaces=False), copy_self=True)
    for path in sorted(corpus("hostile").glob("gen-control-*")):
        data = path.read_bytes()
        here = reading.read_here(data, name=path.name)
        assert old.read(data, name=path.name).document == here.document
    old_page = "<html><meta charset=koi8-r><p>нота".encode("koi8-r")
    assert "нота" in str(old.read(old_page, name="a.html").document)


def test_a_name_that_is_no_text_is_no_trouble(copies: Boxes) -> None:
    for name in ("a\ud800.txt", "n" * 4000 + ".txt", "a\0b.txt"):
        assert copies.read(NOTE, name=name).document.parts


def test_an_upload_over_the_limit_is_not_read() -> None:
    boxes = Boxes(Limits(upload=10), copy_self=True)
    with pytest.raises(UnreadableFileError) as said:
        boxes.read(b"x" * 11, name="a.txt")
    assert said.value.finding_code == "file-too-large"


def test_commands_read_through_the_box_in_force() -> None:
    asked = []

    class Spy(Boxes):
        def read(self, data: bytes, *, name: str, format: str = "") -> Reading:  # noqa: A002
            asked.append(name)
            return reading.read_here(data, name=name, format=format)

    use_box(Spy())
    try:
        reading.convert(NOTE, name="n.txt", to="html")
    finally:
        use_box(None)
    assert asked == ["n.txt"]


@pytest.mark.parametrize(
    "lie",
    [
        b"",
        b"short",
        struct.pack(">Q", 10**9) + b"{}",
        struct.pack(">Q", 2) + b"[]",
        struct.pack(">Q", 200_000) + b"[" * 200_000,
        struct.pack(">Q", 7_000_000) + b"," * 7_000_000,
        struct.pack(">Q", 30) + b'{"document":{},"findings":[]}\n',
        struct.pack(">Q", 53) + b'{"error":{"kind":"eval","message":"","remedy":"exit"}}'[:53],
        struct.pack(">Q", 9) + b'{"a":NaN}',
        struct.pack(">Q", 2) + b"\xff\xfe",
    ],
)
def test_nothing_that_leaves_a_box_is_believed(lie: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack_reading(lie)


@pytest.mark.parametrize(
    "said",
    [
        {"code": "../x", "severity": "blocks", "place": {}, "values": {}, "source": ""},
        {"code": "a", "severity": "fatal", "place": {}, "values": {}, "source": ""},
        {"code": "a", "severity": "notes", "place": {"owner": 1}, "values": {}, "source": ""},
        {"code": "a", "severity": "notes", "place": {}, "values": {"a": 1}, "source": ""},
        {"code": "a", "severity": "notes", "place": {}, "values": {}},
        "finding",
    ],
)
def test_a_finding_of_another_shape_is_refused(said: object) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack_findings(wire._pack({"findings": [said]}))  # noqa: SLF001


def test_findings_come_back_equal() -> None:
    place = Place("a.pdf", page=2, box=(0.0, 1.0, 2.5, 3.0))
    found = (Finding("a-code", Severity.WARNS, place, {"x": "ع"}, "rule"),)
    assert wire.unpack_findings(wire.pack_findings(found)) == found


def test_the_acts_pack_what_readers_raise() -> None:
    packed = acts.read(b"", name="a.txt", format="", limits=DEFAULTS)
    with pytest.raises(UnreadableFileError) as said:
        wire.unpack_reading(packed)
    assert said.value.finding_code == "file-empty"
