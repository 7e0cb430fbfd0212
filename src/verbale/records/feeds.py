"""News of documents: Atom and JSON Feed.

Source: RFC 4287; JSON Feed version 1.1, jsonfeed.org.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verbale.records.xml import child, element, written

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from verbale.records.record import Record

ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of documents, newest first. Addresses are absolute; ``address`` is the feed's own.

    ``page`` shows the same to readers; ``further`` is the address of the older ones.
    """

    title: str
    lang: str
    address: str
    page: str
    publisher: str
    updated: datetime.datetime
    records: Sequence[Record]
    further: str = ""


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = element(ATOM, "feed", {None: ATOM})
    root.set(_XML, feed.lang)
    child(root, ATOM, "id", feed.address)
    child(root, ATOM, "title", feed.title)
    child(root, ATOM, "updated", _instant(feed.updated))
    child(root, ATOM, "link", rel="self", type="application/atom+xml", href=feed.address)
    child(root, ATOM, "link", rel="alternate", type="text/html", href=feed.page)
    if feed.further:
        child(root, ATOM, "link", rel="next", type="application/atom+xml", href=feed.further)
    child(child(root, ATOM, "author"), ATOM, "name", feed.publisher)
    child(root, ATOM, "generator", "Verbale")
    for record in feed.records:
        _entry(child(root, ATOM, "entry"), record)
    return written(root)


def _entry(entry: Any, record: Record) -> None:  # noqa: ANN401 - lxml's element
    if record.title_language:
        entry.set(_XML, record.title_language)
    child(entry, ATOM, "id", record.address)
    child(entry, ATOM, "title", _headline(record))
    child(entry, ATOM, "updated", _instant(record.changed_at))
    if record.published_at is not None:
        child(entry, ATOM, "published", _instant(record.published_at))
    for author in record.authors:
        child(child(entry, ATOM, "author"), ATOM, "name", author)
    for place in record.places:
        child(entry, ATOM, "category", term=place.body, label=place.body_name)
    child(entry, ATOM, "link", rel="alternate", type="text/html", href=_page(record))
    for copy in record.copies:
        if copy.format == "pdf":
            child(
                entry, ATOM, "link", rel="enclosure", type=copy.media_type,
                href=copy.address, length=str(copy.size), hreflang=copy.language,
            )  # fmt: skip
    child(entry, ATOM, "summary", _summary(record), type="text")


def json_feed(feed: Feed) -> str:
    """The feed as a JSON Feed document."""
    made: dict[str, Any] = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.lang,
        "authors": [{"name": feed.publisher}],
        "items": [_item(record) for record in feed.records],
    }
    if feed.further:
        made["next_url"] = feed.further
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _item(record: Record) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": record.address,
        "url": _page(record),
        "title": _headline(record),
        "content_text": _summary(record),
        "date_modified": _instant(record.changed_at),
        "tags": [place.body for place in record.places],
        "attachments": [
            {"url": c.address, "mime_type": c.media_type, "size_in_bytes": c.size}
            for c in record.copies
            if c.format == "pdf"
        ],
    }
    if record.title_language:
        made["language"] = record.title_language
    if record.published_at is not None:
        made["date_published"] = _instant(record.published_at)
    if record.authors:
        made["authors"] = [{"name": each} for each in record.authors]
    return made


def _headline(record: Record) -> str:
    return (
        record.printed
        if record.title == record.printed
        else f"{record.printed}: {record.title}"
    )


def _summary(record: Record) -> str:
    said = [record.title]
    for place in record.places:
        said.append(", ".join(filter(None, (place.body_name, place.session))))
        said += [title for _, title in place.items if title]
    return "\n".join(dict.fromkeys(filter(None, said)))


def _page(record: Record) -> str:
    """Where readers of the record's language find it."""
    shown = {
        copy.address.rpartition("/")[0]
        for copy in record.copies
        if copy.language == record.lang
    }
    return min(shown, default=record.address)


def _instant(at: datetime.datetime) -> str:
    """An instant in UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
