"""Formats for machines hold whatever a title holds, and are broken by nothing in it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import feedparser
from lxml import etree

from verbale.records import bibliography
from verbale.records.dublin_core import dublin_core
from verbale.records.feeds import Feed, atom, json_feed
from verbale.records.marcxml import marcxml
from verbale.records.record import Place, Record
from verbale.records.schema_org import json_ld, schema_org

NOON = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)
EVIL = '</script><b>&amp; "50 %" {x} \\input $1_# ~^\x07\r\nER  - '
RECORD = Record(
    lang="en",
    symbols=("CL/C/12/G/1",),
    printed="CL/C/12/G/1*",
    address="https://docs.example/CL/C/12/G/1",
    publisher="Conference of the Lakes",
    changed_at=NOON,
    published_at=NOON,
    date=datetime.date(2026, 3, 9),
    titles={"en": EVIL, "fr": "Note verbale"},
    authors=("Meravia",),
    kind="note-verbale",
    distribution="general",
    original="en",
    languages=("en", "fr"),
    places=(Place(body="CL/C", body_name="Council", session="12", items=(("8", "Ice"),)),),
    job_numbers={"en": "CL.26-00001"},
)


def test_xml_carries_the_title_and_leaves_out_what_xml_cannot_hold() -> None:
    for data in (marcxml(RECORD), dublin_core(RECORD), atom(_feed())):
        text = "".join(etree.fromstring(data).itertext())
        assert '</script><b>&amp; "50 %" {x} \\input $1_# ~^\ufffd' in text


def test_ris_has_no_line_but_its_own() -> None:
    lines = bibliography.ris(RECORD).split("\r\n")
    assert [line[:5] for line in lines].count("ER  -") == 1
    assert lines[-2].startswith("ER  - ")
    assert all(line[2:6] == "  - " for line in lines[:-1])


def test_bibtex_escapes_what_tex_would_read() -> None:
    title = next(line for line in bibliography.bibtex(RECORD).split("\n") if "title" in line)
    assert r"50 \%" in title
    assert r"\{x\}" in title
    assert r"\textbackslash{}input" in title
    assert title.count("{") == title.count("}")


def test_what_stands_in_a_page_cannot_end_its_element() -> None:
    said = json_ld(RECORD)
    assert "<" not in said
    assert json.loads(said) == schema_org(RECORD)


def test_job_numbers_and_subjects_stand_where_they_were_given() -> None:
    given = replace(RECORD, subjects=("ICE",))
    root = etree.fromstring(marcxml(given))
    found = {field.get("tag"): [each.text for each in field] for field in root if len(field)}
    assert found["029"] == ["JN", "CL.26-00001 E"]
    assert found["650"] == ["ICE"]
    assert [field.get("tag") for field in root if field.get("tag")] == sorted(
        field.get("tag") for field in root if field.get("tag")
    )


def test_a_citation_is_a_sentence_in_six_languages() -> None:
    named = replace(RECORD, titles={})
    for lang, date in (
        ("ar", "9 آذار/مارس 2026"), ("zh", "2026年3月9日"), ("en", "9 March 2026"),
        ("fr", "9 mars 2026"), ("ru", "9 марта 2026"), ("es", "9 de marzo de 2026"),
    ):  # fmt: skip
        said = bibliography.text(replace(named, lang=lang)).replace("\xa0", " ")
        assert date in said
        assert said.endswith(named.address)
    assert "“" not in bibliography.text(named), "a document without a title is its symbol"


def test_an_empty_feed_is_a_feed() -> None:
    empty = replace(_feed(), records=())
    assert not feedparser.parse(atom(empty)).bozo
    assert json.loads(json_feed(empty))["items"] == []


def _feed() -> Feed:
    return Feed(
        title="Lakes",
        lang="en",
        address="https://docs.example/feed.atom",
        page="https://docs.example/en/",
        publisher="Lakes",
        updated=NOON,
        records=(RECORD,),
    )
