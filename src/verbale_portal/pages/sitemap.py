"""``/sitemap.xml``: every document with its language versions, in parts when there are many.

Source: sitemaps.org, protocol 0.9; language alternates as XHTML links.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.records.xml import child, element, written
from verbale_portal.addresses import document_address
from verbale_portal.answers import error, kept
from verbale_portal.interface import interface_of
from verbale_portal.pages.recording import base_of
from verbale_portal.site import site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.workflow.cards import Card

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
#: Documents in one part: with six versions each, below the 50,000 addresses allowed.
PART = 5000
_XML = "application/xml; charset=utf-8"


def index(request: HttpRequest) -> HttpResponseBase:
    """All documents, or the addresses of the parts."""
    base = base_of(request)
    cards = site().register.shelf().cards
    parts = -(-len(cards) // PART)

    def make() -> bytes:
        if parts <= 1:
            return _documents(cards, base)
        root = element(NAMESPACE, "sitemapindex", {None: NAMESPACE})
        for number in range(1, parts + 1):
            made = child(root, NAMESPACE, "sitemap")
            child(made, NAMESPACE, "loc", f"{base}/sitemap-{number}.xml")
        return written(root)

    return kept(request, interface_of(request), ("sitemap", base), make, kind=_XML)


def part(request: HttpRequest, number: int) -> HttpResponseBase:
    """One part of the documents."""
    base = base_of(request)
    cards = site().register.shelf().cards[(number - 1) * PART : number * PART]
    if number < 1 or not cards:
        return error(request, 404)
    interface = interface_of(request)
    key = ("sitemap", base, number)
    return kept(request, interface, key, lambda: _documents(cards, base), kind=_XML)


def _documents(cards: Sequence[Card], base: str) -> bytes:
    root = element(NAMESPACE, "urlset", {None: NAMESPACE, "xhtml": _XHTML})
    for card in cards:
        addresses = {each: f"{base}{document_address(card, each)}" for each in card.languages}
        for address in addresses.values():
            made = child(root, NAMESPACE, "url")
            child(made, NAMESPACE, "loc", address)
            child(made, NAMESPACE, "lastmod", card.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
            for lang, other in addresses.items():
                child(made, _XHTML, "link", rel="alternate", hreflang=lang, href=other)
    return written(root)
