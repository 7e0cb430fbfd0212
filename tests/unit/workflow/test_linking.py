"""Citations become links when a document is written; the text stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale import catalogue, institutions
from verbale.cli.main import run
from verbale.model.document import Document, NoteRef, Paragraph, Part, PartKind, Span, Text
from verbale.model.language import EN
from verbale.model.walk import document_text, inlines
from verbale.workflow import reading
from verbale.workflow.linking import address, cited, linked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

URL = "https://docs.example.org/"


def document(*content: Text | NoteRef) -> Document:
    return Document((Part(PartKind.NOTE, (Paragraph(content),), EN),), symbol="CL/C/12/G/1")


def links(tree: Document) -> list[tuple[str, str]]:
    blocks = [block for part in tree.parts for block in part.blocks]
    spans = [i for b in blocks if isinstance(b, Paragraph) for i in inlines(b.content)]
    return [
        (span.link, "".join(t.text for t in inlines(span.content) if isinstance(t, Text)))
        for span in spans
        if isinstance(span, Span) and span.link
    ]


def test_a_citation_links_to_the_address_of_what_it_cites() -> None:
    tree = document(Text("As Security Council resolution 822 (1993) says, and CL/C/12/G/1."))
    found = linked(tree, URL)
    assert links(found) == [(f"{URL}S/RES/822%20(1993)", "822 (1993)")]
    assert document_text(found) == document_text(tree)


def test_marks_and_footnotes_keep_their_places() -> None:
    tree = document(
        NoteRef("n1", "*"), Text("See A/HRC/43/G/1"), NoteRef("n2", "**"), Text(".")
    )
    found = linked(tree, URL)
    (part,) = found.parts
    (paragraph,) = part.blocks
    assert isinstance(paragraph, Paragraph)
    marks = [i.mark for i in inlines(paragraph.content) if isinstance(i, NoteRef)]
    assert marks == ["*", "**"]
    assert links(found) == [(f"{URL}A/HRC/43/G/1", "A/HRC/43/G/1")]


def test_a_symbol_with_blanks_is_a_whole_address() -> None:
    assert address("A/RES/2200 A (XXI)", URL) == f"{URL}A/RES/2200%20A%20(XXI)"


def test_what_the_seed_cites_is_kept_and_found_from_the_other_side(
    corpus: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    seed = next(corpus("seed").glob("*.txt"))
    un = institutions.load("un")
    found = reading.recognise_file(seed.read_bytes(), name=seed.name, institution=un)
    assert cited(found.document) == ("S/RES/822 (1993)",)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    monkeypatch.setenv("VERBALE_PUBLIC_URL", URL)
    assert run(["circulate", str(seed), "-i", "un", "--out", str(tmp_path / "OUT")]) == 0
    capfd.readouterr()
    assert run(["cited-by", "s/res/822(1993)"]) == 0
    assert capfd.readouterr().out.split() == ["A/HRC/43/G/1"]
    page = next((tmp_path / "OUT").rglob("*-FR.html")).read_bytes()
    assert f'<a href="{URL}S/RES/822%20(1993)"'.encode() in page
    again = catalogue.reader("html").read(page, name="again.html")
    assert "Resolution 822" in document_text(again.document)


def test_a_joint_document_does_not_link_to_itself() -> None:
    text = "A/74/800 and S/2020/123 are this document; A/RES/70/1 is not."
    part = Part(PartKind.BODY, (Paragraph((Text(text),)),), language=EN)
    document = Document((part,), language=EN, symbol="A/74/800-S/2020/123")
    shown = linked(document, "https://docs.example.org")
    links = [each.link for each in shown.parts[0].blocks[0].content if isinstance(each, Span)]
    assert links == ["https://docs.example.org/A/RES/70/1"]
    assert cited(document) == ("A/RES/70/1",)
    led = linked(document, "", leads=lambda symbol: symbol != "A/RES/70/1")
    assert led == document
