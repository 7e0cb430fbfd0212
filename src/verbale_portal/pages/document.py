"""The page of a document, of one language version, and two versions side by side."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponsePermanentRedirect

from verbale.errors import VerbaleError
from verbale.registry.states import FALLEN
from verbale.workflow.public import best_version
from verbale_portal.addresses import MEDIA_TYPES, document_address
from verbale_portal.answers import answer, error, kept, rendered
from verbale_portal.caching import Page
from verbale_portal.interface import Interface, interface_of, wanted_languages
from verbale_portal.pages import files
from verbale_portal.pages.facts import document_facts, history_rows, version_rows
from verbale_portal.pages.machine import machine_facts
from verbale_portal.pages.recording import base_of
from verbale_portal.pages.text import rows_of, text_of
from verbale_portal.site import site
from verbale_portal.words import say, words

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.workflow.cards import Card

_log = logging.getLogger("verbale")


def document(request: HttpRequest, symbol: str) -> HttpResponseBase:
    """``/A/HRC/43/G/1``: language and format by what the browser asks for."""
    card = site().register.find(symbol)
    if card is None:
        return error(request, 404)
    moved = to_canonical(request, card, symbol)
    if moved is not None:
        return moved
    interface = interface_of(request)
    if card.state in FALLEN:
        return _gone(request, interface, card)
    lang = best_version(card, wanted_languages(request))
    ending = wanted_format(request)
    if ending:
        response = files.send(request, card, lang, ending)
    else:
        response = _page(request, interface, card, lang)
    response.headers["Content-Location"] = document_address(card, lang, ending)
    return response


def version(request: HttpRequest, lang: str, symbol: str) -> HttpResponseBase:
    """``/fr/A/HRC/43/G/1``: one language version."""
    card = site().register.find(symbol)
    if card is None:
        return error(request, 404)
    moved = to_canonical(request, card, symbol, lang)
    if moved is not None:
        return moved
    interface = interface_of(request, lang)
    if card.state in FALLEN:
        return _gone(request, interface, card)
    if lang not in card.languages:
        return no_version(request, card, lang)
    return _page(request, interface, card, lang)


def beside(request: HttpRequest, lang: str, symbol: str, other: str) -> HttpResponseBase:
    """``/fr/A/HRC/43/G/1/beside/ar``: paragraph by paragraph."""
    card = site().register.find(symbol)
    if card is None or card.state in FALLEN:
        return error(request, 404) if card is None else version(request, lang, symbol)
    moved = to_canonical(request, card, symbol, lang, f"beside/{other}")
    if moved is not None:
        return moved
    for each in (lang, other):
        if each not in card.languages:
            return no_version(request, card, each)
    interface = interface_of(request, lang)

    def make() -> bytes:
        register = site().register
        left, right = (register.document(card, each) for each in (lang, other))
        return rendered(
            "beside.html",
            interface,
            {
                "card": card,
                "title": say("doc.beside", interface.lang),
                "left": lang,
                "right": other,
                "rows": rows_of(left, right, interface.lang),
                "versions": version_rows(card, lang, interface.lang),
                "address": document_address(card, lang),
                "here": document_address(card, lang, f"beside/{other}"),
            },
        )

    return kept(request, interface, ("beside", card.receipt, lang, other), make)


def to_canonical(
    request: HttpRequest, card: Card, symbol: str, lang: str = "", tail: str = ""
) -> HttpResponse | None:
    """The way to the one address, where a symbol was written in another spelling."""
    if symbol in {card.symbol, *card.symbols}:
        return None
    query = request.META.get("QUERY_STRING", "")
    address = document_address(card, lang, tail)
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    response.headers["Cache-Control"] = "no-cache"  # the document may be restricted tomorrow
    return response


def wanted_format(request: HttpRequest) -> str:
    """The ending of the format that ``Accept`` puts first; empty for a page."""
    best, ending = 0.0, ""
    for piece in request.headers.get("Accept", "")[:500].split(","):
        kind, _, rest = piece.strip().partition(";")
        weight = _weight(rest)
        named = kind.strip().lower()
        if weight <= best:
            continue
        if named in {"text/html", "application/xhtml+xml", "*/*", "text/*"}:
            best, ending = weight, ""
        elif named in MEDIA_TYPES:
            best, ending = weight, MEDIA_TYPES[named]
    return ending


def _weight(parameters: str) -> float:
    for each in parameters.split(";"):
        name, _, value = each.strip().partition("=")
        if name == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def no_version(
    request: HttpRequest, card: Card, lang: str, key: str = "noversion"
) -> HttpResponse:
    """The page for a language or format that is not there, with the versions that are."""
    interface = interface_of(request, lang)
    ui = interface.lang
    name = site().names(ui).language(lang)
    context = {
        "title": say(key, ui, lang=name) if key == "noversion" else say(key, ui),
        "what": say(f"{key}.what", ui, symbol=card.printed),
        "do": "",
        "status": 404,
        "versions": version_rows(card, "", ui),
    }
    made = answer(request, Page.of(rendered("error.html", interface, context)), status=404)
    del made.headers["ETag"]
    return made


def _page(request: HttpRequest, interface: Interface, card: Card, lang: str) -> HttpResponse:
    if not lang:
        return error(request, 404)
    base = base_of(request)
    key = ("document", card.receipt, lang, base)
    try:
        response = kept(request, interface, key, lambda: _made(interface, card, lang, base))
    except VerbaleError as bad:
        # The rest of the page may still help; it is not kept, for the text may come back.
        _log.error("%s in %s: %s", card.symbol, lang, bad)
        page = Page.of(_made(interface, card, lang, base, broken=True))
        return answer(request, page, status=503)
    response.headers["Last-Modified"] = f"{card.changed_at:%a, %d %b %Y %H:%M:%S} GMT"
    return response


def _made(
    interface: Interface, card: Card, lang: str, base: str, *, broken: bool = False
) -> bytes:
    ui = interface.lang
    context: dict[str, Any] = document_facts(card, lang, ui)
    context["machine"] = machine_facts(card, lang, ui, base)
    if broken:
        context |= {"text": "", "broken": True, "title": card.printed}
    else:
        context |= text_of(card, lang, ui)
    return rendered("document.html", interface, context)


def _gone(request: HttpRequest, interface: Interface, card: Card) -> HttpResponse:
    """The page of a void or withdrawn number: 410, and it says what became of it."""

    def make() -> bytes:
        ui = interface.lang
        return rendered(
            "gone.html",
            interface,
            {
                "card": card,
                "title": say(f"gone.{card.state}", ui, symbol=card.printed),
                "what": words(ui)[f"gone.{card.state}.what"],
                "history": history_rows(card, ui),
                "here": document_address(card),
            },
        )

    return kept(request, interface, ("gone", card.receipt), make, status=410)
