"""What machines are given keeps to the letter of their protocols, and nothing is missing."""

from __future__ import annotations

import datetime
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from lxml import etree, html
from protocol_rules import FEED, HARVEST, MARC, OAI, SITEMAP, faults

from verbale.edges.home import create_home
from verbale_portal.pages import harvest, sitemap
from verbale_portal.words import LANGUAGES

from .conftest import shown

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

JOINT, CORRIGENDUM, WITHDRAWN = "CL/C/12/G/9-CL/6/G/1", "CL/C/12/G/2/Corr.1", "CL/C/12/G/12"


@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify",
        "verb=ListSets",
        "verb=ListMetadataFormats",
        f"verb=ListMetadataFormats&identifier=oai:localhost:{JOINT}",
        "verb=ListIdentifiers&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=marcxml",
        "verb=ListRecords&metadataPrefix=marcxml&set=body:CL.F&from=2026-01-01",
        "verb=ListRecords&metadataPrefix=oai_dc&until=2026-04-01T00:00:00Z",
        f"verb=GetRecord&metadataPrefix=marcxml&identifier=oai:localhost:{JOINT}",
        f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:{CORRIGENDUM}",
        f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:{WITHDRAWN}",
        "",
        "verb=Steal&x=%3Cy%3E",
        "verb=ListRecords",
        "verb=ListRecords&metadataPrefix=mods",
        "verb=ListRecords&metadataPrefix=oai_dc&set=none",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-02-01T00:00:00Z",
        "verb=ListRecords&resumptionToken=x",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:NONE",
    ],
)
def test_the_harvesting_protocol_is_kept(demo_client: Client, query: str) -> None:
    answer = demo_client.get(f"/oai?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert faults(answer.content, HARVEST) == []


def test_a_list_in_parts_is_whole(demo_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "PAGE", 7)
    address, seen, cursors = "/oai?verb=ListRecords&metadataPrefix=marcxml", [], []
    while address:
        data = demo_client.get(address).content
        assert faults(data, HARVEST) == []
        root = etree.fromstring(data)
        seen += [each.text for each in root.iter(f"{OAI}identifier")]
        token = next(root.iter(f"{OAI}resumptionToken"))
        cursors.append(int(token.get("cursor")))
        assert token.get("completeListSize") == "41"
        address = f"/oai?verb=ListRecords&resumptionToken={token.text}" if token.text else ""
    assert len(seen) == len(set(seen)) == 41
    assert cursors == [0, 7, 14, 21, 28, 35]


def test_a_registry_of_nothing_has_no_sets_and_no_records(tmp_path: Path) -> None:
    home = create_home(tmp_path / "registry", "lakes")
    with shown(home.path) as client:
        for query, code in (
            ("verb=ListSets", "noSetHierarchy"),
            ("verb=ListRecords&metadataPrefix=oai_dc", "noRecordsMatch"),
            ("verb=Identify", ""),
        ):
            data = client.get(f"/oai?{query}").content
            assert faults(data, HARVEST) == []
            error = etree.fromstring(data).find(f"{OAI}error")
            assert ("" if error is None else error.get("code")) == code


@pytest.mark.parametrize("symbol", ["CL/C/12/G/1", JOINT, CORRIGENDUM])
def test_each_record_of_a_library_is_whole(demo_client: Client, symbol: str) -> None:
    data = demo_client.get(f"/ru/{symbol}/marc.xml").content
    assert faults(data, HARVEST) == []
    root = etree.fromstring(data)
    fixed = {each.get("tag"): each.text for each in root.iter(f"{MARC}controlfield")}
    assert fixed["001"] == symbol
    assert re.fullmatch(r"\d{14}\.0", fixed["005"])
    # Date entered, kind and year of the date, two places for a country, language at 35-37.
    assert re.fullmatch(r"\d{6}s\d{4}    .{17}.{3}[a-z]{3}.{2}", fixed["008"])
    tags = [each.get("tag") for each in root.iter(f"{MARC}datafield")]
    assert tags == sorted(tags)
    assert {"191", "245", "856"} <= set(tags)
    title = next(each for each in root.iter(f"{MARC}datafield") if each.get("tag") == "245")
    assert title[0].get("code") == "a"
    assert title[0].text != symbol


@pytest.mark.parametrize(
    "address",
    [
        "/feed.atom",
        *(f"/{lang}/feed.atom" for lang in LANGUAGES),
        "/en/bodies/CL/C/sessions/12/feed.atom",
        "/en/states/QP/feed.atom",
        "/fr/search/feed.atom?q=eau&body=CL/C",
        "/fr/search/feed.atom?q=rien-de-tel",
    ],
)
def test_a_feed_keeps_to_atom(demo_client: Client, address: str) -> None:
    data = demo_client.get(address).content
    assert faults(data, FEED) == []
    root = etree.fromstring(data)
    links = root.findall("{*}link")
    assert [each.get("rel") for each in links][:2] == ["self", "alternate"]
    assert links[0].get("href") == f"http://localhost{address}"
    # RFC 4287, 4.1.1: no author of an entry is missing; 4.1.2: no two entries are one.
    assert root.findall("{*}author")
    ids = [each.findtext("{*}id") for each in root.findall("{*}entry")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_feed_keeps_to_json_feed(demo_client: Client, lang: str) -> None:
    answer = demo_client.get(f"/{lang}/feed.json")
    said = answer.json()
    assert answer.headers["Content-Type"].startswith("application/feed+json")
    assert (said["version"], said["language"]) == ("https://jsonfeed.org/version/1.1", lang)
    assert said["title"]
    for key in ("home_page_url", "feed_url"):
        assert demo_client.get(urlsplit(said[key]).path).status_code == 200
    assert {each["id"] for each in said["items"]}
    for item in said["items"]:
        assert set(item) <= {
            "id", "url", "title", "content_text", "date_published", "date_modified",
            "authors", "tags", "language", "attachments",
        }  # fmt: skip
        assert isinstance(item["id"], str)
        assert item["content_text"]
        for key in ("date_published", "date_modified"):
            assert datetime.datetime.fromisoformat(item[key]).tzinfo is not None
        for file in item["attachments"]:
            assert {"url", "mime_type"} <= set(file)
        assert all(set(author) == {"name"} for author in item.get("authors", ()))


@pytest.mark.parametrize("symbol", ["CL/C/12/G/1", JOINT, CORRIGENDUM])
def test_a_page_says_what_it_is_in_the_words_of_schema_org(
    demo_client: Client, symbol: str
) -> None:
    page = html.fromstring(demo_client.get(f"/ru/{symbol}").content)
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    said: dict[str, Any] = json.loads(data)
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Report")
    # Report has reportNumber; CreativeWork and Thing have the others.
    assert set(said) <= {
        "@context", "@type", "@id", "url", "name", "reportNumber", "identifier", "publisher",
        "inLanguage", "dateModified", "dateCreated", "datePublished", "encoding", "author",
        "about", "citation",
    }  # fmt: skip
    assert said["reportNumber"].rstrip("*") in symbol
    assert said["name"] != said["reportNumber"]
    for key in ("dateModified", "datePublished", "dateCreated"):
        datetime.datetime.fromisoformat(said[key])
    for agent in (said["publisher"], *said.get("author", ())):
        assert agent["@type"] == "Organization"
        assert agent["name"]
    for file in said["encoding"]:
        assert file["@type"] == "MediaObject"
        assert re.fullmatch(r"[0-9a-f]{64}", file["sha256"])
        assert demo_client.get(urlsplit(file["contentUrl"]).path).status_code == 200


@pytest.mark.parametrize("part", [sitemap.PART, 50])
def test_the_map_keeps_to_its_protocol(
    demo_client: Client, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(sitemap, "PART", part)
    data = demo_client.get("/sitemap.xml").content
    assert faults(data, SITEMAP) == []
    for place in etree.fromstring(data).iterfind("{*}sitemap/{*}loc"):
        assert faults(demo_client.get(urlsplit(place.text).path).content, SITEMAP) == []


def test_the_description_of_the_api_is_openapi(demo_client: Client) -> None:
    said = demo_client.get("/api/openapi.json").json()
    schemathesis.openapi.from_dict(said).validate()
    said["paths"]["/api/search"]["get"]["responses"] = []
    with pytest.raises(ValueError, match=r"\[\] is not"):
        schemathesis.openapi.from_dict(said).validate()
