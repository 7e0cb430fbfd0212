"""Search: what was found, marked and counted, narrowed by a click; it needs no script."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse

from verbale.errors import SearchIndexError
from verbale.messages import render
from verbale.model.language import Language
from verbale.search.base import FACETS, Order, Request
from verbale_portal.addresses import document_address, feed_addresses
from verbale_portal.answers import VARY, answer, error, kept, rendered
from verbale_portal.caching import Page
from verbale_portal.interface import interface_of
from verbale_portal.naming import own_name
from verbale_portal.site import site
from verbale_portal.words import say, words

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.search.base import Found, Hit, Note, Piece
    from verbale.workflow.cards import Card

_log = logging.getLogger("verbale")
#: Documents on one page.
PAGE = 10
#: The last page that is shown; who wants more narrows the search.
LAST = 100
#: Values of a facet that are shown, and values of one that are asked for at once.
_SHOWN = 12
_CHOSEN = 20
_NUMBER = re.compile(r"[1-9][0-9]{0,3}\Z")
_NEWEST_FIRST = frozenset({"session", "year"})
_SYMBOL = re.compile(r"\S+/\S*\Z")
_SIGNS = frozenset('"~*:-“«/')


@dataclass(frozen=True, slots=True)
class HitRow:
    """A document found, as the page shows it."""

    symbol: str
    address: str
    title: tuple[Piece, ...]
    title_lang: str
    title_direction: str
    extract: tuple[Piece, ...]
    extract_lang: str
    extract_direction: str
    date: str
    others: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value of a facet: its name, its count, and where a click on it leads."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A facet and its values, those chosen first."""

    label: str
    values: tuple[ValueRow, ...]


def search(request: HttpRequest, lang: str) -> HttpResponseBase:
    """``/fr/search?q=glace&body=CL/C&sort=date&page=2``."""
    interface = interface_of(request, lang)
    asked = request_of(request, lang)
    if asked is None:
        return error(request, 404)
    found_in = site().search
    if not found_in.index.is_there():
        return no_index(request, lang, asked, "search.building")

    def make() -> bytes:
        found = found_in.find(asked)
        return rendered("search.html", interface, _context(found, asked, lang, interface.lang))

    key = ("search", lang, asked.text, tuple(asked.facets.items()), asked.order, asked.page)
    try:
        return kept(request, interface, (*key, found_in.index.reached()), make)
    except SearchIndexError as bad:
        _log.error("%s", bad)
        return no_index(request, lang, asked, "search.broken")


def no_index(request: HttpRequest, lang: str, asked: Request, what: str) -> HttpResponse:
    """The page that says *what* became of the search, and what can be read meanwhile."""
    interface = interface_of(request, lang)
    context = {
        "title": words(interface.lang)["search.title"],
        "query": asked.text,
        "here": address_of(asked, lang),
        "follows": True,
        "what": what,
    }
    made = answer(
        request, Page.of(rendered("search_none.html", interface, context)), status=503
    )
    del made.headers["ETag"]
    made.headers["Cache-Control"] = "no-store"
    made.headers["Retry-After"] = "5"
    return made


def complete(request: HttpRequest, lang: str) -> HttpResponseBase:
    """Symbols that begin as ``q`` does, as OpenSearch has them: ``["A/HR", ["A/HRC/…"]]``."""
    del lang
    beginning = request.GET.get("q", "")
    found_in = site().search
    symbols = found_in.complete(beginning) if found_in.index.is_there() else ()
    return HttpResponse(
        json.dumps([beginning, symbols], ensure_ascii=False),
        content_type="application/x-suggestions+json",
        headers={"Vary": VARY, "Cache-Control": "no-cache"},
    )


def request_of(request: HttpRequest, lang: str) -> Request | None:
    """What an address asks for; ``None`` for a page that there cannot be."""
    said = request.GET.get("page", "1")
    if not _NUMBER.match(said) or int(said) > LAST:
        return None
    facets = {name: tuple(request.GET.getlist(name)[:_CHOSEN]) for name in FACETS}
    sort = request.GET.get("sort", "")
    return Request(
        text=request.GET.get("q", ""),
        language=lang,
        facets={name: values for name, values in facets.items() if any(values)},
        order=Order(sort) if sort in set(Order) else Order.RELEVANCE,
        page=int(said),
        size=PAGE,
    )


def address_of(asked: Request, lang: str) -> str:
    """The address of a search in this language's pages."""
    said = [("q", asked.text)]
    said += [(name, value) for name, values in asked.facets.items() for value in values]
    if asked.order is not Order.RELEVANCE:
        said.append(("sort", asked.order))
    if asked.page > 1:
        said.append(("page", str(asked.page)))
    return f"/{lang}/search?{urlencode(said)}"


def _context(found: Found, asked: Request, lang: str, ui: str) -> dict[str, Any]:
    pages = min(LAST, max(1, -(-found.total // PAGE)))
    # An act may have come since the search: what may not be seen now is in no row.
    held = site().register.shelf().by_receipt
    first = replace(asked, page=1)
    return {
        "title": say("search.of", ui, query=asked.text) if asked.text else _title(ui),
        "here": address_of(asked, lang),
        "feed": feed_addresses(address_of(replace(first, order=Order.RELEVANCE), lang)),
        "follows": True,
        "query": asked.text,
        "narrowed": [(name, value) for name, held in asked.facets.items() for value in held],
        "total": found.total,
        "rows": tuple(
            _hit_row(hit, held[hit.receipt], lang, ui)
            for hit in found.hits
            if hit.receipt in held
        ),
        "facets": _facets(found, first, lang, ui),
        "notes": tuple(_note(note, ui) for note in found.notes),
        "orders": [
            (
                say(f"search.sort.{order}", ui),
                address_of(replace(first, order=order), lang),
                order is asked.order,
            )
            for order in Order
        ],
        "number": asked.page,
        "pages": pages,
        "newer": address_of(replace(asked, page=asked.page - 1), lang)
        if asked.page > 1
        else "",
        "older": (
            address_of(replace(asked, page=asked.page + 1), lang) if asked.page < pages else ""
        ),
        "symbols": _symbols(asked, found, lang),
        "wider": address_of(replace(first, facets={}), lang) if asked.facets else "",
        "alike": _alike(first, lang),
        "examples": [*_EXAMPLES, (_field_example(), "search.help.field")],
    }


_EXAMPLES = (
    ("“…  …”", "search.help.phrase"),
    ("…*", "search.help.prefix"),
    ("…~", "search.help.fuzzy"),
    ("… OR …", "search.help.or"),
    ("-…", "search.help.without"),
)


def _field_example() -> str:
    body = next(iter(site().institution.bodies), "")
    return f"body:{body} kind:corrigendum"


def _title(ui: str) -> str:
    return words(ui)["search.title"]


def _hit_row(hit: Hit, card: Card, lang: str, ui: str) -> HitRow:
    names = site().names(ui)
    shown = hit.language
    address = document_address(card, shown)
    # The languages in which it was found too come before the others.
    others = dict.fromkeys((*hit.also_in, *hit.languages))
    extract_lang = hit.extract_language if hit.extract_language != "und" else shown
    return HitRow(
        symbol=card.printed,
        address=address if shown == lang else f"{address}?ui={ui}",
        title=hit.title,
        title_lang=hit.title_language,
        title_direction=Language(hit.title_language).direction,
        extract=() if _said_already(hit, card) else hit.extract,
        extract_lang=extract_lang,
        extract_direction=Language(extract_lang).direction,
        date=names.date(card.date) if card.date else "",
        others=tuple(
            (code, own_name(code), f"{document_address(card, code)}?ui={ui}")
            for code in others
            if code != shown
        ),
    )


def _said_already(hit: Hit, card: Card) -> bool:
    """Whether what was found is the title or the symbol, which stand above it."""
    extract, title = (
        " ".join("".join(piece.text for piece in pieces).split()).strip("… ")
        for pieces in (hit.extract, hit.title)
    )
    return extract in title or extract.rstrip("*") in {card.symbol, *card.symbols}


def _facets(found: Found, asked: Request, lang: str, ui: str) -> tuple[FacetRow, ...]:
    rows = []
    for name in FACETS:
        chosen = asked.facets.get(name, ())
        counted = dict(found.facets.get(name, ()))
        values = [value for value, _ in sorted(found.facets.get(name, ()), key=_most_first)]
        if name in _NEWEST_FIRST:
            values.sort(key=_newest_first)
        every = [*chosen, *(each for each in values if each not in chosen)][:_SHOWN]
        shown = tuple(
            ValueRow(
                label=_value_name(name, value, ui),
                count=counted.get(value, 0),
                address=address_of(_toggled(asked, name, value), lang),
                chosen=value in chosen,
            )
            for value in every
        )
        if shown:
            rows.append(FacetRow(words(ui)[f"facet.{name}"], shown))
    return tuple(rows)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _newest_first(value: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdecimal, value))
    return -int(digits or 0), value


def _toggled(asked: Request, name: str, value: str) -> Request:
    """*asked* with *value* chosen where it was not, and the other way round."""
    held = asked.facets.get(name, ())
    changed = tuple(each for each in held if each != value) if value in held else (*held, value)
    facets = {key: changed if key == name else asked.facets.get(key, ()) for key in FACETS}
    return replace(asked, facets={key: values for key, values in facets.items() if values})


def _value_name(facet: str, value: str, ui: str) -> str:
    names = site().names(ui)
    match facet:
        case "body":
            return names.body(value)
        case "session":
            return names.session(value)
        case "item":
            return names.item(value)
        case "state":
            return names.state(value)
        case "language":
            return names.language(value)
        case "kind":
            return words(ui).get(f"kind.{value}", value)
        case _:
            return value


def _note(note: Note, ui: str) -> tuple[str, str]:
    said = render(f"search-{note.code}", {"about": note.about}, ui)
    return said.message, said.remedy


def _symbols(asked: Request, found: Found, lang: str) -> tuple[tuple[str, str], ...]:
    """Symbols that begin as the query does, where it is the beginning of one."""
    text = asked.text.strip()
    if not _SYMBOL.match(text) or ":" in text:
        return ()
    first = found.hits[0].symbols if found.hits else ()
    if any(symbol.casefold() == text.casefold() for symbol in first):
        return ()
    symbols = site().search.complete(text, limit=8)
    return tuple(
        (symbol, document_address(card, lang) if lang in card.languages else f"/{symbol}")
        for symbol in symbols
        if (card := site().register.find(symbol)) is not None
    )


def _alike(asked: Request, lang: str) -> str:
    """The address of the same search for words spelt nearly so; empty where it is that."""
    held = asked.text.split()
    if not held or _SIGNS & set(asked.text):
        return ""
    return address_of(replace(asked, text=" ".join(f"{word}~" for word in held)), lang)
