from __future__ import annotations

from typing import TYPE_CHECKING

from verbale import catalogue
from verbale.model.document import (
    Document,
    Footnote,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Span,
    Text,
)
from verbale.model.language import EN
from verbale.writers.base import Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WRITE = catalogue.writer("txt").write


def line(text: str, role: str = "") -> Paragraph:
    return Paragraph((Text(text),), role)


DOCUMENT = Document(
    (
        Part(
            PartKind.MASTHEAD,
            (
                line("Assembly", "organ"),
                line("Distr.: General", "distribution"),
                line("6 March 2026", "date"),
                line("Council on Waters", "body"),
            ),
            EN,
        ),
        Part(
            PartKind.NOTE,
            (
                Paragraph(
                    (Text("its annex"), NoteRef("n1", "*"), Text(" and "), NoteRef("n2", "1"))
                ),
            ),
            EN,
            (
                Footnote("n1", "*", (line("As received."),)),
                Footnote("n2", "1", (line("Source."),)),
            ),
        ),
        Part(
            PartKind.ANNEX, (Paragraph((Span((Text("Free text"),), EN, awaiting=True),)),), EN
        ),
    ),
    EN,
    stamp_text="Specimen",
)

EXPECTED = """\
[Specimen]

Assembly

Distr.: General
6 March 2026

Council on Waters

its annex* and ^{1}

* As received.

^{1} Source.



[Awaiting translation] Free text
"""


def test_parts_stand_in_order_as_on_the_page() -> None:
    options = Options(labels={"awaiting": "Awaiting translation"})
    assert WRITE(DOCUMENT, options).decode() == EXPECTED


def test_wrapping_changes_white_space_alone() -> None:
    wrapped = WRITE(DOCUMENT, Options(columns=12)).decode()
    assert wrapped.split() == WRITE(DOCUMENT).decode().split()
    assert max(len(each) for each in wrapped.split("\n")) <= len("Distr.: General")


def test_the_seed_comes_out_as_it_went_in(corpus: Callable[[str], Path]) -> None:
    (path,) = corpus("seed").glob("*.txt")
    data = path.read_bytes()
    document = catalogue.reader("txt").read(data, name=path.name).document
    assert WRITE(document).decode().split() == data.decode().split()
    for form in ("json", "html"):
        written = catalogue.writer(form).write(document)
        assert catalogue.reader(form).read(written, name="x").document == document
