from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale import catalogue
from verbale.errors import UnreadableFileError
from verbale.model.document import (
    Document,
    Heading,
    Image,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)
from verbale.model.language import AR, EN, FR
from verbale.model.walk import block_text, document_text, inlines, part_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.readers.base import Reading

READ = catalogue.reader("html").read
WRITE = catalogue.writer("html").write


def read(body: str, head: str = "") -> Reading:
    page = f"<!doctype html><html lang=en-GB><head>{head}</head><body>{body}</body></html>"
    return READ(page.encode(), name="page.html")


def blocks(reading: Reading) -> tuple[object, ...]:
    return reading.document.parts[0].blocks


def test_blocks_and_marks_of_any_page_are_read() -> None:
    reading = read(
        "<h2>Waters</h2><p>One <b>strong <i>both</i></b>,\n two<br>three H<sub>2</sub>O</p>"
        "<ul><li>a<li>b</ul><ol start=3><li>c</ol><blockquote>said</blockquote>"
        "<table><caption>T</caption><tr><th>h<td colspan=2>d</table>loose <div>text</div>"
    )
    heading, text, bullets, numbers, quote, table, loose, last = blocks(reading)
    assert isinstance(heading, Heading)
    assert heading.level == 2
    assert isinstance(text, Paragraph)
    assert block_text(text) == "One strong both, two\nthree H2O"
    assert Text("both", frozenset({Mark.STRONG, Mark.EMPHASIS})) in text.content
    assert isinstance(bullets, List)
    assert [block_text(item.blocks[0]) for item in bullets.items] == ["a", "b"]
    assert isinstance(numbers, List)
    assert numbers.items[0].label == "3."
    assert isinstance(quote, Quote)
    assert isinstance(table, Table)
    assert (table.rows[0][0].header, table.rows[0][1].columns) == (True, 2)
    assert isinstance(loose, Paragraph)
    assert isinstance(last, Paragraph)
    assert reading.document.language == EN
    assert reading.findings == ()


def test_a_language_other_than_the_pages_is_kept() -> None:
    first, second = blocks(
        read("<p lang=ar dir=rtl>ماء</p><p>the <span lang=fr>eau</span></p>")
    )
    assert isinstance(first, Paragraph)
    assert first.language == AR
    assert isinstance(second, Paragraph)
    assert second.content[1] == Span((Text("eau"),), FR)


@pytest.mark.parametrize(
    "page",
    [
        (
            '<p>Its annex<a href="#fn1" id="r1"><sup>*</sup></a>.</p>'
            '<div id="fn1"><p><a href="#r1">*</a> As received.</p></div>'
        ),
        (
            '<p>Its annex<a href="#_ftn1" name="_ftnref1">[1]</a>.</p>'
            '<p><a href="#_ftnref1" name="_ftn1">[1]</a> As received.</p>'
        ),
        '<p>Its annex<sup><a href="#n">1</a></sup>.</p><ol><li id="n">As received.</li></ol>',
    ],
)
def test_footnotes_by_common_patterns_are_lifted(page: str) -> None:
    reading = read(page)
    (note,) = reading.document.parts[0].footnotes
    assert block_text(note.blocks[0]) == "As received."
    refs = [
        each
        for block in blocks(reading)
        if isinstance(block, Paragraph)
        for each in inlines(block.content)
        if isinstance(each, NoteRef)
    ]
    assert [ref.note for ref in refs] == [note.id]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret</p>",
        '<p style="display : none">secret</p>',
        "<span style='font-size:0'>secret</span>",
        "<div style='visibility:hidden'><p>secret</p></div>",
    ],
)
def test_hidden_text_is_told_and_not_taken(hidden: str) -> None:
    reading = read(f"<p>Seen.</p>{hidden}")
    assert "secret" not in document_text(reading.document)
    (finding,) = reading.findings
    assert (finding.code, dict(finding.values)) == ("hidden-text", {})


def test_nothing_that_acts_comes_in_and_what_is_seen_stays() -> None:
    reading = read(
        "<p onclick=x()>Seen.</p><script>alert(1)</script><iframe src=//e.example></iframe>"
        '<a href="java&#9;script:alert(1)">word</a><img src="http://e.example/a.png" alt="map">'
        '<a href="https://lakes.example/">site</a><svg><text>x</text></svg>'
    )
    assert document_text(reading.document).split() == ["Seen.", "wordmapsite"]
    spans = [i for b in blocks(reading) for i in inlines(b.content) if isinstance(i, Span)]  # type: ignore[attr-defined]
    assert [span.link for span in spans] == ["https://lakes.example/"]
    assert {finding.code for finding in reading.findings} == {
        "html-script-dropped",
        "html-outside-dropped",
    }


def test_a_picture_in_the_page_is_kept() -> None:
    (block,) = blocks(read('<img src="data:image/png;base64,aGk=" alt="a map">'))
    assert isinstance(block, Paragraph)
    assert block.content == (Image(b"hi", "image/png", "a map"),)


def test_the_bytes_decide_about_the_encoding() -> None:
    page = '<meta charset="iso-8859-6"><p>Ōtautahi Озёра</p>'.encode()
    reading = READ(page, name="x.html")
    assert document_text(reading.document) == "Ōtautahi Озёра"
    assert [finding.code for finding in reading.findings] == ["charset-guessed"]
    page = '<meta charset="windows-1251"><p>Озёра</p>'.encode("windows-1251")
    reading = READ(page, name="x.html")
    assert document_text(reading.document) == "Озёра"
    assert reading.findings == ()


@pytest.mark.parametrize("data", [b"", b"just words, 1 < 2", b"<p>\x00</p>", b"%PDF-1.7\n\x00"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        READ(data, name="x.html")


def test_a_foreign_page_survives_json() -> None:
    reading = read("<h1>A</h1><p>b <i>c</i></p><table><tr><td>d</table>")
    written = catalogue.writer("json").write(reading.document)
    assert catalogue.reader("json").read(written, name="x").document == reading.document


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.replace(b"Seen", b'<span class="label" data-aid="">No</span>Seen'),
        lambda page: page.replace(b"<p>Seen", b'<p style="color:red">Seen'),
        lambda page: page.replace(b"<p>Seen", b"<script>x</script><p>Seen"),
        lambda page: page.replace(b"</main>", b"</main><p>Unsaid</p>"),
        lambda page: page.replace(b">CL/1<", b">CL/2<"),
        lambda page: page.replace(b"<p>Seen", b"Unsaid<p>Seen"),
    ],
)
def test_a_page_that_borrows_our_name_is_read_for_what_it_shows(
    spoil: Callable[[bytes], bytes],
) -> None:
    source = read("<p>Seen.</p>").document
    page = WRITE(Document(source.parts, source.language, symbol="CL/1"))
    assert READ(page, name="x").document.symbol == "CL/1"
    spoilt = spoil(page)
    assert spoilt != page
    assert READ(spoilt, name="x").document.symbol == ""


def test_a_page_written_anew_by_another_program_is_still_ours() -> None:
    from lxml import etree, html  # noqa: PLC0415 - a test of what another program does

    document = Document(
        read("<p>One <b>two</b><br>three</p>").document.parts, EN, symbol="CL/1"
    )
    page = WRITE(document)
    again = etree.tostring(html.document_fromstring(page), method="html", encoding="utf-8")
    assert b"<br>" in again
    assert READ(again, name="x").document == document


def test_hostile_pages_of_the_corpus_lose_what_acts(corpus: Callable[[str], Path]) -> None:
    for path in sorted(corpus("hostile").glob("*.html")):
        try:
            reading = READ(path.read_bytes(), name=path.name)
        except UnreadableFileError:
            continue
        written = WRITE(reading.document)
        for word in (b"<script", b"javascript:", b"127.0.0.1:47999/", b"onerror", b"@import"):
            shown = written.partition(b"</style>")[2]
            assert word not in shown or word == b"127.0.0.1:47999/", (path.name, word)
        if path.name.startswith("gen-html-xss"):
            assert "Visible text kept." in part_text(reading.document.parts[0])
            assert "html-script-dropped" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("attribute", ["{}", "{a}", "{}x", "{", ":", "a:b", "xmlns:", "0", "<"])
def test_an_attribute_of_any_name_breaks_nothing(attribute: str) -> None:
    page = f"<html><body><p {attribute}=1>A <b {attribute}>note</b> of May.</p></body></html>"
    document = READ(page.encode(), name="note.html").document
    assert "A note of May." in document_text(document)
