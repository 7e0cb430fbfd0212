"""A document as search engines take it: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verbale.records.record import Record

#: What a browser would read as the end of the element that the data stand in.
_UNSAFE = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def schema_org(record: Record) -> dict[str, Any]:
    """The document as a ``Report``, its files as encodings."""
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": record.address,
        "url": record.address,
        "name": record.title,
        "reportNumber": record.printed,
        "identifier": list(record.symbols),
        "publisher": {"@type": "Organization", "name": record.publisher},
        "inLanguage": list(record.languages),
        "dateModified": record.changed_at.isoformat(),
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": copy.address,
                "encodingFormat": copy.media_type,
                "inLanguage": copy.language,
                "contentSize": str(copy.size),
                "sha256": copy.sha256,
            }
            for copy in record.copies
        ],
    }
    if record.authors:
        made["author"] = [{"@type": "Organization", "name": each} for each in record.authors]
    if record.date is not None:
        made["dateCreated"] = record.date.isoformat()
    if record.published_at is not None:
        made["datePublished"] = record.published_at.isoformat()
    if record.subjects:
        made["about"] = list(record.subjects)
    cites = [symbol for kind, symbol in record.relations if kind == "cites"]
    if cites:
        made["citation"] = cites
    return made


def json_ld(record: Record) -> str:
    """The data as they may stand in a page: nothing in them ends their element."""
    return json.dumps(schema_org(record), ensure_ascii=False).translate(_UNSAFE)
