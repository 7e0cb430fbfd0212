"""Dublin Core: the fifteen elements as ``oai_dc``, and as the ``meta`` of a page.

Source: DCMI Metadata Terms; Open Archives Initiative, oai_dc schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from verbale.records.xml import child, element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from verbale.records.record import Record

NAMESPACE = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XML = "{http://www.w3.org/XML/1998/namespace}lang"


def statements(record: Record) -> Iterator[tuple[str, str, str]]:
    """Element, text and the language of the text, empty where it is in none."""
    titles = [(title, lang) for lang, title in record.titles.items() if title]
    for title, lang in titles or [(record.printed, "")]:
        yield "title", title, lang
    told = [
        *(("creator", author) for author in record.authors),
        ("publisher", record.publisher),
        *(("subject", subject) for subject in record.subjects),
    ]
    for name, text in told:
        yield name, text, record.lang
    formats = dict.fromkeys(copy.media_type for copy in record.copies)
    plain = [
        ("date", record.date.isoformat() if record.date else ""),
        ("type", record.kind),
        ("type", "Text"),
        *(("identifier", symbol) for symbol in record.symbols),
        ("identifier", record.address),
        *(("language", lang) for lang in record.languages),
        *(("format", media_type) for media_type in formats),
        *(("relation", f"{kind} {symbol}") for kind, symbol in record.relations),
        *(("source", f"{each.body}, {each.session}") for each in record.places if each.session),
    ]
    for name, text in plain:
        if text:
            yield name, text, ""


def dc_element(record: Record) -> _Element:
    """The record as ``oai_dc:dc``."""
    spaces: dict[str | None, str] = {"oai_dc": OAI_DC, "dc": NAMESPACE, "xsi": _XSI}
    root = element(OAI_DC, "dc", spaces)
    root.set(f"{{{_XSI}}}schemaLocation", f"{OAI_DC} {SCHEMA}")
    for name, text, lang in statements(record):
        made = child(root, NAMESPACE, name, text)
        if lang:
            made.set(_XML, lang)
    return root


def meta(record: Record) -> tuple[tuple[str, str, str], ...]:
    """Name, content and language of the ``meta`` elements of a page: DC and Highwire's."""
    made = [(f"DC.{name}", text, lang) for name, text, lang in statements(record)]
    made.append(("citation_title", record.title, record.title_language))
    made += [("citation_author", each, record.lang) for each in record.authors]
    made.append(("citation_technical_report_number", record.printed, ""))
    made.append(("citation_technical_report_institution", record.publisher, record.lang))
    if record.date is not None:
        made.append(("citation_publication_date", f"{record.date:%Y/%m/%d}", ""))
    pdf = [c.address for c in record.copies if (c.language, c.format) == (record.lang, "pdf")]
    made += [("citation_pdf_url", each, "") for each in pdf]
    return tuple(made)


def dublin_core(record: Record) -> bytes:
    """The record as a document of its own."""
    return bytes(etree.tostring(dc_element(record), encoding="UTF-8", xml_declaration=True))
