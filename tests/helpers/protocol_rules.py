"""What the protocols for machines say of their documents, as rules that can be checked offline.

The official schemas could not be had here with a licence to keep them. The rules are written
from the specifications: The Open Archives Initiative Protocol for Metadata Harvesting 2.0;
MARC 21 Format for Bibliographic Data and its leader; RFC 4287 (Atom), section 4; DCMI Metadata
Terms, elements 1.1; sitemaps.org 0.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

OAI = "{http://www.openarchives.org/OAI/2.0/}"
OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MARC = "{http://www.loc.gov/MARC21/slim}"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_ANY = None
_SECOND = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_DAY_OR_SECOND = rf"\d{{4}}-\d\d-\d\d|{_SECOND}"
_TEXT = r"(?s).+"
_ADDRESS = r"https?://[^\s<>\"]+"
_LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]+)*"
_SET = r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*"
_PREFIX = r"[A-Za-z0-9\-_.!~*'()]+"


@dataclass(frozen=True)
class Rule:
    """What an element holds: ``children`` by name with least and most, ``text`` as a pattern.

    ``attributes`` are patterns by name; those of ``needed`` must stand. ``ordered``: children
    come in the order of the rule.
    """

    children: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    ordered: bool = True


_ONE, _MAYBE, _SOME, _EACH = (1, 1), (0, 1), (0, _ANY), (1, _ANY)
_ARGUMENTS = {
    "verb": "Identify|ListMetadataFormats|ListSets|GetRecord|ListIdentifiers|ListRecords",
    "identifier": r"\S+",
    "metadataPrefix": _PREFIX,
    "from": _DAY_OR_SECOND,
    "until": _DAY_OR_SECOND,
    "set": _SET,
    "resumptionToken": _TEXT,
}
_ERRORS = (
    "cannotDisseminateFormat|idDoesNotExist|badArgument|badVerb|noMetadataFormats|"
    "noRecordsMatch|badResumptionToken|noSetHierarchy"
)
_TOKEN = Rule(
    text=r"\S*",
    attributes={"completeListSize": r"[1-9]\d*", "cursor": r"\d+", "expirationDate": _SECOND},
)
_DC_NAMES = (
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
    "format", "identifier", "source", "language", "relation", "coverage", "rights",
)  # fmt: skip

HARVEST: Mapping[str, Rule] = {
    f"{OAI}OAI-PMH": Rule(
        {
            f"{OAI}responseDate": _ONE,
            f"{OAI}request": _ONE,
            f"{OAI}error": _SOME,
            **{f"{OAI}{verb}": _MAYBE for verb in _ARGUMENTS["verb"].split("|")},
        },
        attributes={_LOCATION: r"\S+ \S+"},
    ),
    f"{OAI}responseDate": Rule(text=_SECOND),
    f"{OAI}request": Rule(text=_ADDRESS, attributes=_ARGUMENTS),
    f"{OAI}error": Rule(text=_TEXT, attributes={"code": _ERRORS}, needed=frozenset({"code"})),
    f"{OAI}Identify": Rule(
        {
            f"{OAI}repositoryName": _ONE,
            f"{OAI}baseURL": _ONE,
            f"{OAI}protocolVersion": _ONE,
            f"{OAI}adminEmail": _EACH,
            f"{OAI}earliestDatestamp": _ONE,
            f"{OAI}deletedRecord": _ONE,
            f"{OAI}granularity": _ONE,
            f"{OAI}compression": _SOME,
            f"{OAI}description": _SOME,
        }
    ),
    f"{OAI}repositoryName": Rule(text=_TEXT),
    f"{OAI}baseURL": Rule(text=_ADDRESS),
    f"{OAI}protocolVersion": Rule(text="2.0"),
    f"{OAI}adminEmail": Rule(text=r"\S+@(\S+\.)+\S+"),
    f"{OAI}earliestDatestamp": Rule(text=_SECOND),
    f"{OAI}deletedRecord": Rule(text="no|persistent|transient"),
    f"{OAI}granularity": Rule(text="YYYY-MM-DDThh:mm:ssZ"),
    f"{OAI}ListMetadataFormats": Rule({f"{OAI}metadataFormat": _EACH}),
    f"{OAI}metadataFormat": Rule(
        {
            f"{OAI}metadataPrefix": _ONE,
            f"{OAI}schema": _ONE,
            f"{OAI}metadataNamespace": _ONE,
        }
    ),
    f"{OAI}metadataPrefix": Rule(text=_PREFIX),
    f"{OAI}schema": Rule(text=_ADDRESS),
    f"{OAI}metadataNamespace": Rule(text=_ADDRESS),
    f"{OAI}ListSets": Rule({f"{OAI}set": _EACH, f"{OAI}resumptionToken": _MAYBE}),
    f"{OAI}set": Rule({f"{OAI}setSpec": _ONE, f"{OAI}setName": _ONE}),
    f"{OAI}setSpec": Rule(text=_SET),
    f"{OAI}setName": Rule(text=_TEXT),
    f"{OAI}GetRecord": Rule({f"{OAI}record": _ONE}),
    f"{OAI}ListRecords": Rule({f"{OAI}record": _EACH, f"{OAI}resumptionToken": _MAYBE}),
    f"{OAI}ListIdentifiers": Rule({f"{OAI}header": _EACH, f"{OAI}resumptionToken": _MAYBE}),
    f"{OAI}resumptionToken": _TOKEN,
    f"{OAI}record": Rule({f"{OAI}header": _ONE, f"{OAI}metadata": _MAYBE}),
    f"{OAI}header": Rule(
        {f"{OAI}identifier": _ONE, f"{OAI}datestamp": _ONE, f"{OAI}setSpec": _SOME},
        attributes={"status": "deleted"},
    ),
    f"{OAI}identifier": Rule(text=r"oai:[A-Za-z][A-Za-z0-9\-]*(\.[A-Za-z0-9\-]+)*:\S+"),
    f"{OAI}datestamp": Rule(text=_SECOND),
    f"{OAI}metadata": Rule({f"{OAI_DC}dc": _MAYBE, f"{MARC}record": _MAYBE}),
    f"{OAI_DC}dc": Rule(
        {f"{DC}{name}": _SOME for name in _DC_NAMES},
        attributes={_LOCATION: r"\S+ \S+"},
        ordered=False,
    ),
    **{
        f"{DC}{name}": Rule(text=_TEXT, attributes={_XML_LANG: _LANGUAGE}) for name in _DC_NAMES
    },
    f"{MARC}record": Rule(
        {f"{MARC}leader": _ONE, f"{MARC}controlfield": _SOME, f"{MARC}datafield": _SOME},
    ),
    f"{MARC}leader": Rule(text=r"[\d ]{5}[acdnp][a-z][a-z ]{2}[a ]22[\d ]{5}[\da-z ]{3}4500"),
    f"{MARC}controlfield": Rule(
        text=_TEXT, attributes={"tag": r"00[1-9]"}, needed=frozenset({"tag"})
    ),
    f"{MARC}datafield": Rule(
        {f"{MARC}subfield": _EACH},
        attributes={"tag": r"(0[1-9]|[1-9]\d)\d", "ind1": r"[\da-z ]", "ind2": r"[\da-z ]"},
        needed=frozenset({"tag", "ind1", "ind2"}),
    ),
    f"{MARC}subfield": Rule(
        text=_TEXT, attributes={"code": r"[\da-z]"}, needed=frozenset({"code"})
    ),
}

_PERSON = Rule({f"{ATOM}name": _ONE, f"{ATOM}uri": _MAYBE, f"{ATOM}email": _MAYBE})
_WORDS = Rule(text=_TEXT, attributes={"type": "text|html"})
FEED: Mapping[str, Rule] = {
    f"{ATOM}feed": Rule(
        {
            f"{ATOM}id": _ONE,
            f"{ATOM}title": _ONE,
            f"{ATOM}updated": _ONE,
            f"{ATOM}author": _SOME,
            f"{ATOM}link": _SOME,
            f"{ATOM}generator": _MAYBE,
            f"{ATOM}entry": _SOME,
        },
        attributes={_XML_LANG: _LANGUAGE},
        ordered=False,
    ),
    f"{ATOM}entry": Rule(
        {
            f"{ATOM}id": _ONE,
            f"{ATOM}title": _ONE,
            f"{ATOM}updated": _ONE,
            f"{ATOM}published": _MAYBE,
            f"{ATOM}author": _SOME,
            f"{ATOM}category": _SOME,
            f"{ATOM}link": _EACH,
            f"{ATOM}summary": _MAYBE,
        },
        attributes={_XML_LANG: _LANGUAGE},
        ordered=False,
    ),
    f"{ATOM}id": Rule(text=_ADDRESS),
    f"{ATOM}title": _WORDS,
    f"{ATOM}summary": _WORDS,
    f"{ATOM}updated": Rule(text=_SECOND),
    f"{ATOM}published": Rule(text=_SECOND),
    f"{ATOM}generator": Rule(text=_TEXT),
    f"{ATOM}author": _PERSON,
    f"{ATOM}name": Rule(text=_TEXT),
    f"{ATOM}category": Rule(
        attributes={"term": _TEXT, "label": _TEXT}, needed=frozenset({"term"})
    ),
    f"{ATOM}link": Rule(
        attributes={
            "href": _ADDRESS,
            "rel": "self|alternate|next|enclosure",
            "type": r"[a-z]+/[a-z0-9.+\-]+",
            "hreflang": _LANGUAGE,
            "length": r"\d+",
        },
        needed=frozenset({"href"}),
    ),
}

SITEMAP: Mapping[str, Rule] = {
    f"{MAP}sitemapindex": Rule({f"{MAP}sitemap": _EACH}),
    f"{MAP}sitemap": Rule({f"{MAP}loc": _ONE, f"{MAP}lastmod": _MAYBE}),
    f"{MAP}urlset": Rule({f"{MAP}url": _EACH}),
    f"{MAP}url": Rule(
        {f"{MAP}loc": _ONE, f"{MAP}lastmod": _MAYBE, f"{XHTML}link": _SOME}, ordered=False
    ),
    f"{MAP}loc": Rule(text=_ADDRESS),
    f"{MAP}lastmod": Rule(text=_DAY_OR_SECOND),
    f"{XHTML}link": Rule(
        attributes={"rel": "alternate", "hreflang": _LANGUAGE, "href": _ADDRESS},
        needed=frozenset({"rel", "hreflang", "href"}),
    ),
}


def faults(document: bytes, rules: Mapping[str, Rule]) -> list[str]:
    """Where a document is not as *rules* say; none if it is."""
    root = etree.fromstring(document)
    return [fault for each in root.iter() for fault in _faults_of(each, rules)]


def _faults_of(element: _Element, rules: Mapping[str, Rule]) -> Iterator[str]:
    name = str(element.tag)
    rule = rules.get(name)
    if rule is None:
        yield f"{name} is none of the elements there are"
        return
    names = [str(child.tag) for child in element]
    for child in sorted(set(names) - set(rule.children)):
        yield f"{child} may not stand in {name}"
    for child, (least, most) in rule.children.items():
        count = names.count(child)
        if count < least or (most is not None and count > most):
            yield f"{name} has {count} of {child}"
    order = list(rule.children)
    places = [order.index(child) for child in names if child in order]
    if rule.ordered and places != sorted(places):
        yield f"{name} has its parts in another order: {names}"
    text = (element.text or "").strip() if names else element.text or ""
    if not re.fullmatch(rule.text, text):
        yield f"{name} says {text!r}"
    held = {str(key): str(value) for key, value in element.attrib.items()}
    for key in sorted(rule.needed - set(held)):
        yield f"{name} lacks {key}"
    for key, value in held.items():
        if key not in rule.attributes or not re.fullmatch(rule.attributes[key], value):
            yield f"{name} has {key}={value!r}"
