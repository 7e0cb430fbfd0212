"""Lists of documents: the newest, by body, session and agenda item, by State, by date."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from verbale_portal.addresses import feed_addresses
from verbale_portal.answers import error, kept, rendered
from verbale_portal.interface import interface_of
from verbale_portal.pages.facts import card_rows
from verbale_portal.site import site
from verbale_portal.words import say, words

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.workflow.cards import Card

#: Documents on one page of a list.
PAGE = 25
_NUMBER = re.compile(r"[1-9][0-9]{0,5}\Z")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})\Z")


def newest(request: HttpRequest, lang: str) -> HttpResponseBase:
    """``/fr/``: the newest documents."""
    cards = site().register.shelf().cards
    here = f"/{lang}/"
    more = {"feed": feed_addresses(here)}
    return _list(request, lang, ("newest",), cards, words(lang)["nav.newest"], here, more)


def bodies(request: HttpRequest, lang: str) -> HttpResponseBase:
    """``/fr/bodies/``: every body of the institution, its documents counted, its sessions."""
    interface = interface_of(request, lang)

    def make() -> bytes:
        shelf, names = site().register.shelf(), site().names(lang)
        codes = [*site().institution.bodies, *(code for code in shelf.bodies if code)]
        rows = []
        for code in dict.fromkeys(codes):
            here = len(shelf.bodies.get(code, ()))
            held = [session for body, session in shelf.sessions if body == code and session]
            rows.append((names.body(code), code, here, sorted(held, key=_order, reverse=True)))
        return rendered(
            "bodies.html",
            interface,
            {"title": words(lang)["nav.bodies"], "rows": rows, "here": f"/{lang}/bodies/"},
        )

    return kept(request, interface, ("bodies", lang), make)


def body(request: HttpRequest, lang: str, body: str) -> HttpResponseBase:
    """``/fr/bodies/CL/C/``: the documents of a body."""
    if body not in site().institution.bodies and body not in site().register.shelf().bodies:
        return error(request, 404)
    shelf = site().register.shelf()
    title = say("list.body", lang, body=site().names(lang).body(body))
    sessions = sorted(
        (name for code, name in shelf.sessions if code == body and name),
        key=_order,
        reverse=True,
    )
    here = f"/{lang}/bodies/{body}/"
    more = {"body": body, "sessions": sessions, "feed": feed_addresses(here)}
    cards = shelf.bodies.get(body, ())
    return _list(request, lang, ("body", body), cards, title, here, more)


def session(request: HttpRequest, lang: str, body: str, session: str) -> HttpResponseBase:
    """``/fr/bodies/CL/C/sessions/12/``: the agenda of a session with its documents."""
    from verbale_portal.pages.agenda import session_page  # noqa: PLC0415 - beside its only use

    return session_page(request, lang, body, session)


def states(request: HttpRequest, lang: str) -> HttpResponseBase:
    """``/fr/states/``: the States that sent communications."""
    interface = interface_of(request, lang)

    def make() -> bytes:
        shelf, names = site().register.shelf(), site().names(lang)
        rows = sorted(
            (names.state(code), code, len(held)) for code, held in shelf.states.items()
        )
        return rendered(
            "states.html",
            interface,
            {"title": words(lang)["nav.states"], "rows": rows, "here": f"/{lang}/states/"},
        )

    return kept(request, interface, ("states", lang), make)


def state(request: HttpRequest, lang: str, state: str) -> HttpResponseBase:
    """``/fr/states/QM/``: the communications of a State."""
    cards = site().register.shelf().states.get(state, ())
    if not cards:
        return error(request, 404)
    title = say("list.state", lang, state=site().names(lang).state(state))
    here = f"/{lang}/states/{state}/"
    more = {"feed": feed_addresses(here)}
    return _list(request, lang, ("state", state), cards, title, here, more)


def dates(request: HttpRequest, lang: str) -> HttpResponseBase:
    """``/fr/dates/``: years and months that have documents."""
    interface = interface_of(request, lang)

    def make() -> bytes:
        years: dict[int, dict[str, int]] = {}
        for day, held in sorted(site().register.shelf().dates.items(), reverse=True):
            months = years.setdefault(day.year, {})
            name = f"{day:%Y-%m}"
            months[name] = months.get(name, 0) + len(held)
        rows = [
            (year, [(name, _month_name(name, lang), n) for name, n in months.items()])
            for year, months in years.items()
        ]
        return rendered(
            "dates.html",
            interface,
            {"title": words(lang)["nav.dates"], "rows": rows, "here": f"/{lang}/dates/"},
        )

    return kept(request, interface, ("dates", lang), make)


def date(request: HttpRequest, lang: str, date: str) -> HttpResponseBase:
    """``/fr/dates/2026-03/`` or ``/fr/dates/2026-03-09/``."""
    shelf = site().register.shelf()
    if _MONTH.match(date):
        days = sorted((day for day in shelf.dates if f"{day:%Y-%m}" == date), reverse=True)
        title = say("list.inmonth", lang, month=_month_name(date, lang)) if days else ""
    else:
        try:
            day = datetime.date.fromisoformat(date)
        except ValueError:
            return error(request, 404)
        days = [day] if day in shelf.dates else []
        title = say("list.date", lang, date=site().names(lang).date(day))
    cards = [card for day in days for card in shelf.dates[day]]
    if not cards:
        return error(request, 404)
    return _list(request, lang, ("date", date), cards, title, f"/{lang}/dates/{date}/")


def _month_name(month: str, lang: str) -> str:
    year, number = month.split("-")
    return say("list.month", lang, year=year, month=words(lang)[f"month.{int(number)}"])


def _order(session: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, session))
    return int(digits or 0), session


def _list(
    request: HttpRequest,
    lang: str,
    key: Hashable,
    cards: Sequence[Card],
    title: str,
    here: str,
    more: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """One page of a list; ``?page=2`` is the next. A page that is not there is no page."""
    interface = interface_of(request, lang)
    said = request.GET.get("page", "1")
    pages = max(1, -(-len(cards) // PAGE))
    if not _NUMBER.match(said) or int(said) > pages:
        return error(request, 404)
    number = int(said)

    def make() -> bytes:
        shown = cards[(number - 1) * PAGE : number * PAGE]
        return rendered(
            "list.html",
            interface,
            {
                "title": title,
                "rows": card_rows(shown, lang),
                "count": len(cards),
                "number": number,
                "pages": pages,
                "newer": number - 1,
                "older": number + 1 if number < pages else 0,
                "here": here,
                **(more or {}),
            },
        )

    return kept(request, interface, (key, lang, number), make)
