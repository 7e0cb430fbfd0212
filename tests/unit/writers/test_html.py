from __future__ import annotations

import base64
import datetime
import hashlib
import re

from lxml import html

from verbale import catalogue
from verbale.model.document import (
    Cell,
    Document,
    Footnote,
    Image,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Span,
    Stamp,
    Table,
    Text,
)
from verbale.model.language import AR, EN
from verbale.writers.base import Options

WRITE = catalogue.writer("html").write


def line(text: str, role: str = "") -> Paragraph:
    return Paragraph((Text(text),), role)


DOCUMENT = Document(
    (
        Part(
            PartKind.MASTHEAD,
            (
                line("مؤتمر البحيرات", "publisher"),
                line("6 March 2026", "date"),
                line("مذكرة", "title"),
            ),
            AR,
        ),
        Part(
            PartKind.NOTE,
            (Paragraph((Text("مرفق"), NoteRef("n1", "*"), Text(" و"), NoteRef("n1", "*"))),),
            AR,
            (Footnote("n1", "*", (line("كما ورد"),)),),
        ),
        Part(
            PartKind.ANNEX,
            (
                Paragraph((Span((Text("Free text"),), EN, awaiting=True),)),
                Table(
                    ((Cell((line("Lake"),), header=True), Cell((line("1"),))),), 1, (Text("T"),)
                ),
                List((ListItem((line("one"),), "(a)"),), ordered=True),
            ),
            EN,
            number=1,
            as_received=True,
        ),
    ),
    AR,
    (Stamp.SPECIMEN,),
    "نموذج",
    "CL/7/12",
    "مذكرة",
)
OPTIONS = Options(moment=datetime.date(2026, 3, 6), labels={"awaiting": "في انتظار الترجمة"})


def page() -> html.HtmlElement:
    return html.document_fromstring(WRITE(DOCUMENT, OPTIONS))


def test_the_page_says_what_it_is() -> None:
    root = page()
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    said = {meta.get("name"): meta.get("content") for meta in root.iter("meta")}
    assert said["dcterms.identifier"] == "CL/7/12"
    assert said["dcterms.language"] == "ar"
    assert said["dcterms.date"] == "2026-03-06"
    assert "CL/7/12" in str(root.findtext("head/title"))
    assert [h1.text_content() for h1 in root.iter("h1")] == ["مذكرة"]


def test_every_part_has_its_language_and_direction() -> None:
    parts = page().xpath("//*[@data-kind]")
    assert [(part.tag, part.get("lang"), part.get("dir")) for part in parts] == [
        ("header", "ar", "rtl"),
        ("article", "ar", "rtl"),
        ("section", "en", "ltr"),
    ]
    assert parts[2].get("id") == "annex-1"


def test_an_english_line_of_an_arabic_masthead_is_isolated() -> None:
    (date,) = page().xpath("//p[@class='role-date']")
    assert [(child.tag, child.get("dir")) for child in date] == [("bdi", "ltr")]


def test_footnotes_link_both_ways_and_ids_are_unique() -> None:
    root = page()
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    anchors = root.xpath("//sup/a/@href")
    assert anchors == ["#note-1", "#note-1"]
    assert root.xpath("//aside//a/@href") == ["#note-1-ref"]
    assert {"note-1", "note-1-ref", "note-1-ref-2"} <= set(ids)


def test_awaiting_text_is_marked_and_labelled() -> None:
    (span,) = page().xpath("//span[@class='awaiting']")
    assert span.text_content() == "[في انتظار الترجمة] Free text"
    assert span[0].get("lang") == "ar"


def test_the_stamp_stands_at_the_head_and_on_every_printed_page() -> None:
    root = page()
    (stamp,) = root.xpath("//*[@role='note']")
    (watermark,) = root.xpath("//*[@class='watermark']")
    assert stamp.text_content() == watermark.text_content() == "نموذج"
    assert watermark.get("aria-hidden") == "true"


def test_tables_have_heads_with_a_scope_and_a_caption() -> None:
    (table,) = page().xpath("//table")
    assert table.xpath("thead/tr/th/@scope") == ["col"]
    assert table.findtext("caption") == "T"


def test_only_the_pages_own_style_may_be_used() -> None:
    written = WRITE(DOCUMENT, OPTIONS)
    style = written.partition(b"<style>")[2].partition(b"</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', written.decode())
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    assert b"url(" not in style
    assert b"@import" not in style
    assert b" style=" not in written
    assert b"<script" not in written
    assert b"http://" not in written


def test_hostile_text_cannot_break_out() -> None:
    evil = "</p><script>alert(1)</script>\"'><img src=x onerror=alert(1)>]]>&lt;\x00\ud800"
    document = Document(
        (
            Part(
                PartKind.NOTE,
                (
                    Paragraph(
                        (
                            Text(evil),
                            Span((Text(evil),), link="javascript:alert(1)", role=evil),
                            Image(b"x", evil, evil),
                            NoteRef(evil, evil),
                        ),
                        role=evil,
                        number=evil,
                        style=evil,
                    ),
                    List((ListItem((line(evil),), evil),)),
                ),
                EN,
                (Footnote(evil, evil, (line(evil),)),),
            ),
        ),
        EN,
        stamp_text=evil,
        symbol=evil,
        title=evil,
        properties=((evil, evil),),
    )
    root = html.document_fromstring(
        WRITE(document, Options(labels={"awaiting": evil, "skip": evil}))
    )
    assert not list(root.iter("script"))
    assert [img.get("src") for img in root.iter("img")] == [None]
    assert not root.xpath("//@onerror")
    assert all(not link.lower().startswith("javascript") for link in root.xpath("//@href"))


def test_same_input_same_bytes() -> None:
    assert WRITE(DOCUMENT, OPTIONS) == WRITE(DOCUMENT, OPTIONS)
