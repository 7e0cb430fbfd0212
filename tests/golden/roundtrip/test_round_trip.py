"""Reading side equals writing side: what is written is read back to an equal tree.

The trees are the six versions of the Lakes example and every file of the corpus whose format
carries structure. Each goes through each format; a format added later is tried with the rest.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale import catalogue, institutions
from verbale.model.document import Heading, Paragraph
from verbale.model.walk import join_text, map_blocks
from verbale.workflow.circulating import composed
from verbale.workflow.orders import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from verbale.model.document import Block, Document, Part

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"
EXCEPTIONS = ROOT / "tests" / "data" / "roundtrip_exceptions.tsv"
#: Folders of the corpus with files of a format that carries structure, by format.
FOLDERS = {
    "akn": ("un-akn-ecosoc", "un-akn-ga", "un-akn-ga-decisions", "un-akn-hrc", "un-akn-sc"),
    "docx": ("un-docx-pdf-pairs",),
    "html": ("unsc-meeting-tables",),
}
#: Formats that cannot hold every tree: what they can hold must stay as it is from then on.
LIGHT = frozenset({"md", "txt"})
#: Formats that need a typesetter: tests/golden/readers/test_pdf.py holds them to their text.
SET = frozenset({"pdf"})


def both_ways() -> list[str]:
    """The formats that are read and written."""
    written = {writer.format for writer in catalogue.writers()}
    read = {reader.format for reader in catalogue.readers()}
    return sorted((read & written) - SET)


WHOLE = [form for form in both_ways() if form not in LIGHT]


def exceptions(form: str) -> set[str]:
    rows = [line.split("\t") for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if not row[0].startswith("#")]
    assert all(len(row) == 3 and row[2] for row in rows), "every exception has its reason"
    assert {row[0] for row in rows[1:]} <= set(both_ways()), "a format that is not there"
    return {row[1] for row in rows[1:] if row[0] == form}


@cache
def lakes() -> dict[str, Document]:
    """The six versions of the Lakes example."""
    order = Order((EXAMPLE.name, EXAMPLE.read_bytes()), date=datetime.date(2026, 3, 16))
    versions = composed(order, institutions.load("lakes"))[0].versions
    return {f"lakes/{each.language}": each.document for each in versions}


@pytest.fixture(scope="module")
def real(corpus: Callable[[str], Path]) -> dict[str, Document]:
    """The tree of every file of the corpus, read with the reader of its format."""
    found = {}
    for form, folders in FOLDERS.items():
        reader = next((each for each in catalogue.readers() if each.format == form), None)
        if reader is None:
            continue
        for folder in map(corpus, folders):
            for path in sorted(folder.rglob("*")):
                if path.suffix in reader.suffixes:
                    name = path.relative_to(folder.parent).as_posix()
                    found[name] = reader.read(path.read_bytes(), name=path.name).document
    return found


def again(form: str, document: Document) -> Document:
    """The tree that comes back when *document* is written in a format and read."""
    written = catalogue.writer(form).write(document)
    return catalogue.reader(form).read(written, name=f"document.{form}").document


def changed(form: str, documents: Iterable[tuple[str, Document]]) -> list[str]:
    return [name for name, document in documents if again(form, document) != document]


def joined(document: Document) -> Document:
    """The tree with neighbouring runs of the same marks as one."""

    def leaf(block: Block) -> Block:
        if isinstance(block, Paragraph | Heading):
            return replace(block, content=join_text(block.content))
        return block

    def part(each: Part) -> Part:
        notes = tuple(replace(n, blocks=map_blocks(n.blocks, leaf)) for n in each.footnotes)
        blocks, inner = map_blocks(each.blocks, leaf), tuple(map(part, each.parts))
        return replace(each, blocks=blocks, footnotes=notes, parts=inner)

    return replace(document, parts=tuple(map(part, document.parts)))


@pytest.mark.parametrize("form", WHOLE)
def test_the_lakes_documents_are_read_back_equal(form: str) -> None:
    assert len(lakes()) == 6
    excepted = {name for name in exceptions(form) if name.startswith("lakes/")}
    assert set(changed(form, lakes().items())) == excepted


@pytest.mark.parametrize("form", WHOLE)
def test_every_file_of_the_corpus_is_read_back_equal(
    form: str, real: dict[str, Document]
) -> None:
    assert len(real) > 240
    excepted = {name for name in exceptions(form) if not name.startswith("lakes/")}
    assert excepted <= set(real), "an exception for a file that is not there"
    assert set(changed(form, real.items())) == excepted


@pytest.mark.parametrize("form", sorted(LIGHT))
def test_what_a_light_format_holds_it_holds_for_good(
    form: str, real: dict[str, Document]
) -> None:
    """Runs are joined before comparing: where a link is left out they stand apart."""
    different = set()
    for name, tree in {**lakes(), **real}.items():
        once = again(form, tree)
        if joined(again(form, once)) != joined(once):
            different.add(name)
    assert different == exceptions(form)
