"""What machines are told of the site: feeds, harvesting, API, references, maps."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import feedparser
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from lakes_site import MARKED
from lxml import etree
from schemathesis.checks import not_a_server_error
from sickle import Sickle
from sickle.oaiexceptions import (
    BadArgument,
    BadResumptionToken,
    BadVerb,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
)
from sickle.response import OAIResponse

from verbale.proof import merkle
from verbale_portal.api import api
from verbale_portal.pages import feeds, harvest, sitemap

if TYPE_CHECKING:
    from django.test import Client
    from schemathesis import Case
    from schemathesis.schemas import APIOperation

OAI = "{http://www.openarchives.org/OAI/2.0/}"
MARC = "{http://www.loc.gov/MARC21/slim}"
DC = "{http://purl.org/dc/elements/1.1/}"
RESTRICTED, EMBARGOED, WITHDRAWN, VOID = (
    "CL/C/12/G/11",
    "CL/C/13/G/7",
    "CL/C/12/G/12",
    "CL/C/12/G/13",
)
#: Words that stand in the restricted and in the embargoed document only.
HIDDEN_WORDS = ("Obsidian", "Marmalade", "cores of the lake bed", "Grauwehr")
ROUTES = (
    "/feed.atom", "/feed.json", "/fr/feed.atom", "/ar/feed.json",
    "/en/bodies/CL/C/feed.atom", "/en/bodies/CL/C/sessions/12/feed.json",
    "/en/bodies/CL/C/sessions/13/feed.atom", "/en/states/QX/feed.atom",
    "/en/states/QR/feed.json", "/sitemap.xml",
    "/en/search/feed.atom?q=obsidian", "/api/search?q=grauwehr", "/api/search?size=100",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListRecords&metadataPrefix=marcxml",
    "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", "/oai?verb=ListSets",
    f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:{RESTRICTED}",
    "/api/documents?limit=100", "/api/documents?state=QX", "/api/bodies", "/api/sessions",
    "/api/agenda?body=CL/C&session=12", "/api/agenda?body=CL/C&session=13",
    f"/api/documents/{RESTRICTED}", f"/api/documents/{EMBARGOED}",
    f"/api/documents/{EMBARGOED}/files", f"/api/log/proof/{RESTRICTED}",
    *(f"/{RESTRICTED}/{each}" for each in ("cite.txt", "cite.bib", "marc.xml", "bundle.zip")),
    *(f"/en/{EMBARGOED}/{each}" for each in ("cite.txt", "cite.ris", "cite.json", "dc.xml")),
)  # fmt: skip


class InProcess(Sickle):
    """A real harvester whose requests go to the site in this process."""

    def __init__(self, client: Client) -> None:
        super().__init__("http://localhost/oai")
        self.client = client

    def harvest(self, **kwargs: str) -> OAIResponse:
        answer = self.client.get("/oai", kwargs)
        assert answer.status_code == 200
        held = type("Held", (), {"content": answer.content, "text": answer.content.decode()})()
        return OAIResponse(held, params=kwargs)


@pytest.fixture
def harvester(demo_client: Client) -> InProcess:
    return InProcess(demo_client)


def test_a_harvester_takes_every_document_in_pages(harvester: InProcess) -> None:
    records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    gone = [record.header.identifier for record in records if record.deleted]
    assert len(records) == 41
    assert gone == [f"oai:localhost:{WITHDRAWN}"]
    assert len({record.header.identifier for record in records}) == 41
    stamps = [record.header.datestamp for record in records]
    assert stamps == sorted(stamps)
    assert len(list(harvester.ListIdentifiers(metadataPrefix="marcxml"))) == 41
    identify = harvester.Identify()
    assert (identify.protocolVersion, identify.deletedRecord) == ("2.0", "persistent")
    assert identify.earliestDatestamp == stamps[0]
    assert {form.metadataPrefix for form in harvester.ListMetadataFormats()} == set(
        harvest.FORMS
    )


def test_sets_and_instants_narrow_a_harvest(harvester: InProcess) -> None:
    sets = {each.setSpec: each.setName for each in harvester.ListSets()}
    assert sets["body:CL.F"] == "Fisheries Committee"
    in_set = list(harvester.ListRecords(metadataPrefix="oai_dc", set="body:CL.F:3"))
    assert len(in_set) == 5
    asked: dict[str, Any] = {"from": "2026-08-01", "until": "2026-09-30"}
    late = list(harvester.ListIdentifiers(metadataPrefix="oai_dc", **asked))
    assert len(late) == 6
    one = harvester.GetRecord(
        metadataPrefix="oai_dc", identifier="oai:localhost:CL/C/12/G/9-CL/6/G/1"
    )
    assert one.metadata["identifier"][:2] == ["CL/C/12/G/9", "CL/6/G/1"]
    assert "subject" not in one.metadata


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"verb": "Steal"}, BadVerb),
        ({"verb": "ListRecords"}, BadArgument),
        ({"verb": "Identify", "set": "x"}, BadArgument),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "soon"}, BadArgument),
        ({"verb": "ListRecords", "metadataPrefix": "mods"}, CannotDisseminateFormat),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "none"}, NoRecordsMatch),
        ({"verb": "ListRecords", "resumptionToken": "x"}, BadResumptionToken),
        ({"verb": "ListRecords", "resumptionToken": "WzEsMl0"}, BadResumptionToken),
        (
            {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": RESTRICTED},
            IdDoesNotExist,
        ),
    ],
)
def test_the_protocol_has_a_code_for_what_cannot_be_served(
    harvester: InProcess, asked: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _ask(harvester, asked)


def _ask(harvester: InProcess, asked: dict[str, str]) -> list[Any]:
    if asked["verb"] == "GetRecord":
        return [harvester.GetRecord(**{k: v for k, v in asked.items() if k != "verb"})]
    answer = harvester.harvest(**asked)
    found = answer.xml.find(f".//{OAI}error")
    if found is None:
        return []
    names = {
        "badVerb": BadVerb,
        "badArgument": BadArgument,
        "cannotDisseminateFormat": CannotDisseminateFormat,
        "noRecordsMatch": NoRecordsMatch,
        "badResumptionToken": BadResumptionToken,
    }
    raise names[found.get("code")](found.text)


def test_a_harvester_may_post(demo_client: Client) -> None:
    answer = demo_client.post("/oai", {"verb": "Identify"})
    assert b"<repositoryName>Conference of the Lakes" in answer.content
    assert demo_client.post("/feed.atom").status_code == 405


def test_what_xml_cannot_hold_is_asked_for_in_vain(demo_client: Client) -> None:
    asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "a\x01\ufffe<"}
    answer = demo_client.get("/oai", asked)
    assert answer.status_code == 200
    error = etree.fromstring(answer.content).find(f"{OAI}error")
    assert error.get("code") == "idDoesNotExist"


def test_marc_has_the_fields_of_the_trade(demo_client: Client) -> None:
    fields = _marc(demo_client, "/en/CL/C/12/G/9-CL/6/G/1/marc.xml")
    assert fields["191"] == [{"a": "CL/C/12/G/9", "b": "CL/C/", "c": "12"}]
    assert fields["791"] == [{"a": "CL/6/G/1", "b": "CL/", "c": "6"}]
    assert fields["041"] == [{"a": "arachiengfrerusspa"}]
    assert fields["269"] == [{"a": "2026-03-09"}]
    assert fields["260"] == [{"b": "Conference of the Lakes", "c": "09 Mar 2026"}]
    assert fields["091"] == [{"a": "general"}]
    assert fields["089"][0]["a"] == "note-verbale"
    assert fields["245"][0]["a"].startswith("Note verbale dated 8 March 2026")
    assert {each["c"] for each in fields["991"]} == {"Water levels and regulation of outflow"}
    assert len(fields["246"]) == 5
    assert "650" not in fields, "subjects are an officer's to give"
    revised = _marc(demo_client, "/en/CL/C/12/G/5/marc.xml")
    assert revised["785"] == [{"i": "revised-by", "o": "CL/C/12/G/5/Rev.1"}]


def _marc(client: Client, address: str) -> dict[str, list[dict[str, str]]]:
    root = etree.fromstring(client.get(address).content)
    assert len(root.findtext(f"{MARC}leader") or "") == 24
    fixed = root.find(f"{MARC}controlfield[@tag='008']")
    assert len(fixed.text) == 40
    fields: dict[str, list[dict[str, str]]] = {}
    for field in root.iter(f"{MARC}datafield"):
        parts = {part.get("code"): part.text for part in field}
        fields.setdefault(field.get("tag"), []).append(parts)
    return fields


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/feed.atom", 40),
        ("/ru/feed.atom", 40),
        ("/en/bodies/CL/F/feed.atom", 9),
        ("/en/bodies/CL/sessions/6/feed.atom", 4),
        ("/en/states/QP/feed.atom", 5),
    ],
)
def test_feeds_are_read_by_a_feed_reader(demo_client: Client, address: str, count: int) -> None:
    answer = demo_client.get(address)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert len(feed.entries) == count
    assert feed.feed.links[0].href == f"http://localhost{address}"
    stamps = [entry.published for entry in feed.entries]
    assert stamps == sorted(stamps, reverse=True)
    for entry in feed.entries:
        assert entry.id.startswith("http://localhost/CL/")
        assert entry.title
        assert urlsplit(entry.link).path.count("/") >= 4
    again = demo_client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_json_feed_says_the_same(demo_client: Client) -> None:
    said = demo_client.get("/es/feed.json").json()
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert said["language"] == "es"
    assert [each["id"] for each in said["items"]] == [
        entry.id for entry in feedparser.parse(demo_client.get("/es/feed.atom").content).entries
    ]
    assert all(each["content_text"] for each in said["items"])


def test_any_search_is_a_feed(demo_client: Client) -> None:
    found = feedparser.parse(demo_client.get("/en/search/feed.atom?q=ferries").content)
    assert "http://localhost/CL/C/11/G/3" in {entry.id for entry in found.entries}
    hits = demo_client.get("/api/search?q=ferries&size=50").json()
    assert {entry.id for entry in found.entries} == {each["address"] for each in hits["hits"]}


def test_the_feed_of_a_wide_search_has_what_is_newest(
    demo_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = feedparser.parse(demo_client.get("/en/search/feed.atom?q=lakes").content)
    stamps = sorted((entry.published for entry in everything.entries), reverse=True)
    monkeypatch.setattr(feeds, "LENGTH", 3)
    few = feedparser.parse(
        demo_client.get("/en/search/feed.atom?q=lakes&sort=relevance").content
    )
    assert len(stamps) > 3
    assert [entry.published for entry in few.entries] == stamps[:3]


@pytest.mark.parametrize("address", ["/en/bodies/ZZ/feed.atom", "/en/states/ZZ/feed.json"])
def test_a_feed_of_nothing_there_is_not_found(demo_client: Client, address: str) -> None:
    assert demo_client.get(address).status_code == 404


def test_the_sitemap_has_every_version_with_its_alternates(
    demo_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = etree.fromstring(demo_client.get("/sitemap.xml").content)
    space = {"s": sitemap.NAMESPACE, "x": "http://www.w3.org/1999/xhtml"}
    places = root.xpath("//s:loc/text()", namespaces=space)
    assert len(places) == 38 * 6 + 2 + 1
    assert len(root.xpath("//s:url[1]/x:link", namespaces=space)) == 6
    for place in places[::40]:
        assert demo_client.get(urlsplit(place).path).status_code == 200
    monkeypatch.setattr(sitemap, "PART", 15)
    demo_client.get("/sitemap.xml?fresh")
    parts = [demo_client.get(f"/sitemap-{n}.xml").content for n in (1, 2, 3)]
    found = [
        place
        for part in parts
        for place in etree.fromstring(part).xpath("//s:loc/text()", namespaces=space)
    ]
    assert found == places
    assert demo_client.get("/sitemap-4.xml").status_code == 404


def test_references_are_in_the_readers_language(demo_client: Client) -> None:
    symbol = "CL/C/11/G/6"
    french = demo_client.get(f"/fr/{symbol}/cite.txt").content.decode()
    assert french.startswith("Quorin, « Note verbale datée du 26 août 2025")
    assert f"{symbol}, 27 août 2025. http://localhost/{symbol}" in french.replace("\xa0", " ")
    bib = demo_client.get(f"/en/{symbol}/cite.bib").content.decode()
    assert bib.startswith("@techreport{CL-C-11-G-6,")
    assert "number = {CL/C/11/G/6}" in bib
    ris = demo_client.get(f"/en/{symbol}/cite.ris").content.decode()
    assert ris.startswith("TY  - RPRT\r\n")
    assert ris.endswith("ER  - \r\n")
    csl = json.loads(demo_client.get(f"/zh/{symbol}/cite.json").content)[0]
    assert csl["issued"] == {"date-parts": [[2025, 8, 27]]}
    assert csl["language"] == "zh"
    assert demo_client.get(f"/{WITHDRAWN}/cite.bib").status_code == 410


def test_a_page_tells_search_engines_what_it_shows(demo_client: Client) -> None:
    page = demo_client.get("/ru/CL/C/11/G/4").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    said = json.loads(found[1])
    assert said["reportNumber"] == "CL/C/11/G/4*"
    assert said["inLanguage"] == ["ar", "zh", "en", "fr", "ru", "es"]
    assert len(said["encoding"]) == 36
    assert '<meta name="DC.identifier" content="CL/C/11/G/4">' in page
    assert 'href="/ru/CL/C/11/G/4/cite.bib"' in page
    assert 'type="application/atom+xml"' in page


def test_a_bundle_holds_the_document_and_its_proof(demo_client: Client) -> None:
    answer = demo_client.get("/CL/F/4/G/4/bundle.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.content.startswith(b"PK")
    assert b"CL_F_4_G_4-EN.pdf" in answer.content
    assert b"check_proof.py" in answer.content


def test_the_api_answers_with_pages_and_problems(demo_client: Client) -> None:
    first = demo_client.get("/api/documents?limit=15").json()
    second = demo_client.get("/api/documents?limit=15&offset=15").json()
    assert first["total"] == 40
    both = [each["symbol"] for each in (*first["documents"], *second["documents"])]
    assert len(set(both)) == 30
    whole = demo_client.get("/api/documents/cl/c/12/g/5?lang=fr").json()
    assert whole["state"] == "superseded"
    assert {"kind": "revised-by", "symbol": "CL/C/12/G/5/Rev.1"} in whole["relations"]
    sha256 = next(each["sha256"] for each in whole["files"] if each["format"] == "pdf")
    known = demo_client.get(f"/api/verify/{'0' * 64}").json()
    assert (known["known"], known["files"]) == (False, [])
    text = next(each["sha256"] for each in whole["files"] if each["format"] == "txt")
    vouched = demo_client.get(f"/api/verify/{text}").json()["files"][0]
    assert (vouched["standing"], vouched["superseded_by"]) == (
        "superseded",
        "CL/C/12/G/5/Rev.1",
    )
    assert sha256 != text
    for address, status in (
        ("/api/documents?limit=0", 400),
        ("/api/documents/CL/C/99/G/1", 404),
        (f"/api/documents/{WITHDRAWN}", 410),
        ("/api/nothing", 404),
    ):
        answer = demo_client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status
    tag = demo_client.get("/api/bodies").headers["ETag"]
    assert demo_client.get("/api/bodies", headers={"If-None-Match": tag}).status_code == 304


def test_the_log_proves_a_document_to_a_program(demo_client: Client) -> None:
    proof = demo_client.get("/api/log/proof/CL/C/11/G/6").json()
    head = demo_client.get("/api/log/head").json()
    assert head["size"] == proof["tree_size"]
    path = [bytes.fromhex(each) for each in proof["path"]]
    leaf = bytes.fromhex(proof["leaf_hash"])
    root = bytes.fromhex(head["statement"]["root"])
    assert merkle.includes(leaf, proof["leaf_index"], head["size"], path, root)


def test_no_route_for_machines_tells_of_what_is_hidden(demo_client: Client) -> None:
    for route in ROUTES:
        said = demo_client.get(route).content.decode("utf-8", "replace")
        for word in (*HIDDEN_WORDS, RESTRICTED, EMBARGOED):
            # The protocol repeats the request it was given.
            told = said.replace(f'identifier="oai:localhost:{RESTRICTED}"', "")
            assert word not in told, (route, word)


def test_hidden_and_never_given_are_answered_alike(demo_client: Client) -> None:
    for tail in ("cite.bib", "marc.xml", "bundle.zip"):
        hidden = demo_client.get(f"/{RESTRICTED}/{tail}")
        never = demo_client.get(f"/CL/C/12/G/99/{tail}")
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
    for tail in ("", "/files"):
        hidden = demo_client.get(f"/api/documents/{EMBARGOED}{tail}")
        never = demo_client.get(f"/api/documents/CL/C/13/G/99{tail}")
        assert (hidden.status_code, hidden.content) == (never.status_code, never.content)


def test_marked_documents_leak_through_no_machine(client: Client) -> None:
    for route in ROUTES:
        assert MARKED not in client.get(route).content.decode("utf-8", "replace"), route


def test_the_api_is_described_and_never_fails(demo_client: Client) -> None:
    said = demo_client.get("/api/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert set(said["paths"]) >= {"/api/documents", "/api/search", "/api/verify/{sha256}"}
    schema = schemathesis.openapi.from_dict(said)
    application = get_wsgi_application()
    count = 0
    for each in schema.get_all_operations():
        operation = each.ok()
        for case in _cases(operation):
            answer = case.call(app=application, base_url="http://localhost")
            case.validate_response(answer, checks=[not_a_server_error])
            count += 1
    assert count > 40
    assert api.title == "Verbale"


def _cases(operation: APIOperation) -> list[Case]:
    """Requests made up from what the description says of one operation."""
    made: list[Case] = []

    @settings(
        max_examples=12,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def collect(case: Case) -> None:
        made.append(case)

    collect()
    return made
