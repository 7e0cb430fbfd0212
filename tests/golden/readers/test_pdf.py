"""PDF against what it was made from: our own documents, and real ones in two formats."""

from __future__ import annotations

import datetime
import difflib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale import catalogue, institutions
from verbale.edges.typeset import Typesetter
from verbale.model.document import Heading, NoteRef, Table
from verbale.model.walk import blocks, document_text, inlines
from verbale.readers.pdf import READER
from verbale.text.folding import fold
from verbale.workflow.circulating import composed
from verbale.workflow.orders import Order
from verbale.workflow.reading import understand
from verbale.writers.base import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.model.document import Document
    from verbale.readers.base import Reading

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@cache
def lakes() -> dict[str, Document]:
    order = Order((EXAMPLE.name, EXAMPLE.read_bytes()), date=datetime.date(2026, 3, 16))
    versions = composed(order, institutions.load("lakes"))[0].versions
    return {str(each.language): each.document for each in versions}


@cache
def read_back(code: str) -> Reading:
    options = Options(typesetter=Typesetter())
    written = catalogue.writer("pdf").write(lakes()[code], options)
    return READER.read(written, name="document.pdf")


def sorted_lines(document: Document) -> list[str]:
    return sorted(line for line in document_text(document).split("\n") if line)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_we_compose_is_read_back_to_the_letter(code: str) -> None:
    document, reading = lakes()[code], read_back(code)
    # The stamp is text of the first page; the tree has it beside its parts.
    expected = sorted([*sorted_lines(document), " ".join(document.stamp_text.split())])
    assert sorted_lines(reading.document) == expected
    assert [each.code for each in reading.findings] == ["pdf-running-lines"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_notes_headings_and_tables_come_back_as_such(code: str) -> None:
    written = [each for part in lakes()[code].parts for each in blocks(part)]
    (part,) = read_back(code).document.parts
    found = list(blocks(part))
    for kind in (Heading, Table):
        assert any(isinstance(each, kind) for each in written) == any(
            isinstance(each, kind) for each in found
        )
    (note,) = part.footnotes
    refs = [
        each.note
        for block in part.blocks
        for each in inlines(getattr(block, "content", ()))
        if isinstance(each, NoteRef)
    ]
    assert refs == [note.id]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_masthead_of_what_we_compose_is_recognised(code: str) -> None:
    found = understand(read_back(code), institutions.load("lakes"))
    masthead = found.masthead
    assert masthead is not None
    assert str(masthead.symbols[0]) == "CL/C/12/G/1"
    assert masthead.date == datetime.date(2026, 3, 16)
    assert [str(each) for each in masthead.items] == ["8"]


def words(document: Document) -> list[str]:
    return fold(document_text(document)).text.split()


def test_pdf_and_docx_of_real_documents_say_the_same(corpus: Callable[[str], Path]) -> None:
    """At least 98 of 100 words agree in order; a chart's figures stand in the PDF alone."""
    same = total = 0
    for path in sorted(corpus("un-docx-pdf-pairs").glob("*.pdf")):
        other = path.with_suffix(".docx")
        one = words(READER.read(path.read_bytes(), name=path.name).document)
        two = words(catalogue.reader("docx").read(other.read_bytes(), name="d.docx").document)
        match = difflib.SequenceMatcher(None, two, one, autojunk=False)
        agreed = sum(block.size for block in match.get_matching_blocks())
        assert agreed >= 0.97 * len(two), path.name
        same, total = same + 2 * agreed, total + len(one) + len(two)
    assert same >= 0.98 * total


@pytest.mark.parametrize(
    ("folder", "name", "symbol"),
    [
        ("un-pdf-misc", "A_RES_73_6-EN.pdf", "A/RES/73/6"),
        ("un-pdf-misc", "A_INF_76_1.pdf", "A/INF/76/1"),
        ("un-pdf-sc-reports", "MINUSTAH_S_2012_534.pdf", "S/2012/534"),
        ("un-pdf-sc-reports", "ONUSAL_S_1994_304.pdf", "S/1994/304"),
        ("un-pdf-sc-reports", "UNTAET_S_2001_983_Corr.1.pdf", "S/2001/983/Corr.1"),
    ],
)
def test_the_masthead_of_issued_documents_is_recognised(
    folder: str, name: str, symbol: str, corpus: Callable[[str], Path]
) -> None:
    reading = READER.read((corpus(folder) / name).read_bytes(), name=name)
    masthead = understand(reading, institutions.load("un")).masthead
    assert masthead is not None
    assert str(masthead.symbols[0]) == symbol
    assert masthead.date is not None


def test_a_scan_is_taken_and_said_to_have_no_text(corpus: Callable[[str], Path]) -> None:
    path = corpus("un-su-scans") / "1971-10-25_GA_Resolution_2758_ru.pdf"
    reading = READER.read(path.read_bytes(), name=path.name)
    assert reading.document.parts[0].blocks == ()
    assert "pdf-no-text" in {each.code for each in reading.findings}
