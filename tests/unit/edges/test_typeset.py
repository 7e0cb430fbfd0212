from __future__ import annotations

import datetime
import hashlib
import importlib.util
import json
import sys
import threading
from pathlib import Path

import pdfs
import pytest
import verbale_fonts

from verbale.edges.typeset import Typesetter, end_streams
from verbale.errors import MissingPartError, PageError
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.language import EN
from verbale.writers.base import Options
from verbale.writers.pdf import TEMPLATE, page_data

DAY = datetime.date(2020, 5, 6)
ROOT = Path(__file__).resolve().parents[3]


def data(text: str) -> str:
    part = Part(PartKind.BODY, (Paragraph((Text(text),)),), EN)
    return page_data(Document((part,), EN, title="A document"), Options(moment=DAY))


def test_one_moment_gives_the_same_bytes_another_does_not() -> None:
    setter = Typesetter()
    page = setter(TEMPLATE, data("Text."), moment=DAY)
    assert setter(TEMPLATE, data("Text."), moment=DAY) == page
    assert Typesetter()(TEMPLATE, data("Text."), moment=DAY) == page
    assert b"D:20200506" in page


def test_threads_get_their_own_pages() -> None:
    setter = Typesetter()
    texts = [f"Number{n}." for n in range(6)]
    pages: dict[str, bytes] = {}

    def write(text: str) -> None:
        pages[text] = setter(TEMPLATE, data(text), moment=DAY)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(text in "".join(pdfs.page_texts(pages[text])) for text in texts)


def test_a_letter_without_a_face_is_named() -> None:
    with pytest.raises(MissingPartError, match="क"):
        Typesetter()(TEMPLATE, data("क"), moment=DAY)


def test_data_that_make_no_page_are_an_error_with_a_remedy() -> None:
    with pytest.raises(PageError) as caught:
        Typesetter()(TEMPLATE, json.dumps({}), moment=DAY)
    assert caught.value.remedy


@pytest.mark.parametrize("package", ["typst", "verbale_fonts"])
def test_a_package_that_is_not_there_is_named(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPartError, match=package.replace("_", "-")):
        Typesetter()(TEMPLATE, data("Text."), moment=DAY)


def test_a_stream_that_closes_in_a_return_is_ended_by_a_line_end_of_its_own() -> None:
    first = b"%PDF-1.7\n1 0 obj\n<</Length 2>>\nstream\nx\r\nendstream\nendobj\n"
    second = b"2 0 obj\n<<>>\nendobj\n"
    table = b"xref\n0 3\n0000000000 65535 f\r\n0000000009 00000 n\r\n%010d 00000 n\r\n"
    end = b"trailer\n<<>>\nstartxref\n%d\n%%%%EOF"
    pdf = first + second + table % len(first) + end % len(first + second)
    mended = end_streams(pdf)
    assert b"x\r\r\nendstream" in mended
    assert mended.index(b"2 0 obj") == len(first) + 1
    assert b"%010d 00000 n" % (len(first) + 1) in mended
    assert b"startxref\n%d\n" % mended.index(b"xref\n0 3") in mended
    assert end_streams(second) == second


def test_the_faces_are_those_of_the_table() -> None:
    path = ROOT / "tools" / "build_fonts.py"
    spec = importlib.util.spec_from_file_location("build_fonts", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules["build_fonts"] = tool
    spec.loader.exec_module(tool)
    assert tool.check() == []
    table = {Path(face.file).name: face.sha256 for face in tool.faces()}
    faces = sorted(verbale_fonts.folder().iterdir())
    assert len(faces) == 8
    for face in faces:
        assert hashlib.sha256(face.read_bytes()).hexdigest() == table[face.name]
