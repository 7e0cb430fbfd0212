"""Feeds: the newest documents of the site, a body, a session, a State, or any search."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import SearchIndexError
from verbale.records.feeds import Feed, atom, json_feed
from verbale.search.base import Order
from verbale_portal.addresses import symbol_path
from verbale_portal.answers import error, kept
from verbale_portal.interface import interface_of
from verbale_portal.pages.recording import base_of, record_of
from verbale_portal.pages.search import no_index, request_of
from verbale_portal.site import site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.workflow.cards import Card

#: What a feed of nothing says of its last change.
_BEGINNING = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
#: Documents in a feed.
LENGTH = 50
KINDS = {
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


class FeedPart:
    """A kind of feed as the last part of an address."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        """The kind."""
        return value

    def to_url(self, value: str) -> str:
        """The kind."""
        return value


def newest(request: HttpRequest, kind: str, lang: str = "") -> HttpResponseBase:
    """``/feed.atom`` in the reader's language, ``/fr/feed.atom`` in French."""
    interface = interface_of(request, lang)
    cards = site().register.shelf().cards
    return _feed(request, kind, interface.lang, cards, "", f"/{interface.lang}/")


def body(request: HttpRequest, lang: str, body: str, kind: str) -> HttpResponseBase:
    """``/fr/bodies/CL/C/feed.atom``."""
    cards = site().register.shelf().bodies.get(body, ())
    if body not in site().institution.bodies:
        return error(request, 404)
    name = site().names(lang).body(body)
    return _feed(request, kind, lang, cards, name, f"/{lang}/bodies/{body}/")


def session(
    request: HttpRequest, lang: str, body: str, session: str, kind: str
) -> HttpResponseBase:
    """``/fr/bodies/CL/C/sessions/12/feed.atom``."""
    if body not in site().institution.bodies:
        return error(request, 404)
    names = site().names(lang)
    cards = site().register.shelf().sessions.get((body, session), ())
    title = f"{names.body(body)}, {names.session(session)}"
    page = f"/{lang}/bodies/{body}/sessions/{symbol_path(session)}/"
    return _feed(request, kind, lang, cards, title, page)


def state(request: HttpRequest, lang: str, state: str, kind: str) -> HttpResponseBase:
    """``/fr/states/QM/feed.atom``."""
    if f"{state}.short" not in site().institution.states:
        return error(request, 404)
    cards = site().register.shelf().states.get(state, ())
    name = site().names(lang).state(state)
    return _feed(request, kind, lang, cards, name, f"/{lang}/states/{symbol_path(state)}/")


def search(request: HttpRequest, lang: str, kind: str) -> HttpResponseBase:
    """``/fr/search/feed.atom?q=glace&body=CL/C``: what a search finds, its newest first."""
    asked = request_of(request, lang)
    if asked is None:
        return error(request, 400)
    try:
        found = site().search.find(replace(asked, order=Order.DATE, page=1, size=LENGTH))
    except SearchIndexError:
        return no_index(request, lang, asked, "search.broken")
    held = site().register.shelf().by_receipt
    cards = [held[hit.receipt] for hit in found.hits if hit.receipt in held]
    cards.sort(key=lambda card: card.appeared_at, reverse=True)
    query = request.META.get("QUERY_STRING", "")
    return _feed(request, kind, lang, cards, asked.text, f"/{lang}/search?{query}")


def _feed(
    request: HttpRequest, kind: str, lang: str, cards: Sequence[Card], title: str, page: str
) -> HttpResponseBase:
    base = base_of(request)
    cards = cards[:LENGTH]
    publisher = site().names(lang).publisher

    def make() -> bytes:
        records = [record_of(card, lang, base) for card in cards]
        feed = Feed(
            title=f"{publisher}: {title}" if title else publisher,
            lang=lang,
            address=base + request.get_full_path(),
            page=base + page,
            publisher=publisher,
            updated=max((card.changed_at for card in cards), default=_BEGINNING),
            records=records,
        )
        return atom(feed) if kind == "atom" else json_feed(feed).encode("utf-8")

    key = ("feed", kind, lang, base, request.get_full_path())
    interface = interface_of(request, lang)
    response = kept(request, interface, key, make, kind=KINDS[kind])
    response.headers["Content-Language"] = lang
    return response
