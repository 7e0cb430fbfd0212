"""A session: its agenda, and under each item the documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale_portal.addresses import feed_addresses
from verbale_portal.answers import error, kept, rendered
from verbale_portal.interface import interface_of
from verbale_portal.pages.facts import card_rows, session_address
from verbale_portal.site import site
from verbale_portal.words import say, words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.registry.calendar import PlannedSession
    from verbale.workflow.cards import Card
    from verbale_portal.pages.facts import CardRow


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An agenda item with its title and documents."""

    anchor: str
    name: str
    title: str
    formerly: str
    rows: list[CardRow]


def session_page(request: HttpRequest, lang: str, body: str, session: str) -> HttpResponseBase:
    """The page of a session that is in the calendar, in the tables, or has documents."""
    register = site().register
    planned = next((each for each in register.calendar(body) if each.name == session), None)
    cards = register.shelf().sessions.get((body, session), ())
    if planned is None and not cards and _dates(body, session, None) is None:
        return error(request, 404)
    interface = interface_of(request, lang)
    here = session_address(body, session, lang)

    def make() -> bytes:
        names = site().names(lang)
        dates = _dates(body, session, planned)
        agenda = planned.agenda if planned is not None else None
        return rendered(
            "session.html",
            interface,
            {
                "title": say("list.session", lang, session=session),
                "body": body,
                "body_name": names.body(body),
                "dates": names.span(*dates) if dates else "",
                "status": words(lang)[f"list.agenda.{agenda.status}"] if agenda else "",
                "count": len(cards),
                "items": list(_items(cards, body, session, planned, lang)),
                "here": here,
                "feed": feed_addresses(here),
            },
        )

    return kept(request, interface, ("session", body, session, lang), make)


def _dates(
    body: str, session: str, planned: PlannedSession | None
) -> tuple[datetime.date, datetime.date] | None:
    if planned is not None:
        return planned.start, planned.end
    known = site().institution.bodies.get(body)
    if known is None:
        return None
    held = known.special_sessions.get(session)
    if held is None and session.isascii() and session.isdigit():
        held = known.sessions.get(int(session))
    return (held.start, held.end) if held is not None else None


def _items(
    cards: tuple[Card, ...],
    body: str,
    session: str,
    planned: PlannedSession | None,
    lang: str,
) -> Iterator[ItemRow]:
    """The items of the agenda in order, those cited that are not in it, then none."""
    names = site().names(lang)
    lines = planned.agenda.lines if planned is not None and planned.agenda is not None else ()
    titles = {line.item: line.titles.get(lang, "") for line in lines}
    former = {line.item: line.formerly for line in lines}
    if not lines:
        titles = dict.fromkeys(site().institution.agenda(body) or (), "")
    cited = sorted(
        {item for card in cards for item in card.items_at(body, session)}, key=_order
    )
    for item in dict.fromkeys((*titles, *cited)):
        was = former.get(item, "")
        yield ItemRow(
            anchor="item-" + "".join(sign if sign.isalnum() else "-" for sign in item),
            name=names.item(item),
            title=titles.get(item, "") or names.item_title(body, item),
            formerly=say("list.formerly", lang, item=was) if was and was != item else "",
            rows=card_rows(
                [card for card in cards if item in card.items_at(body, session)], lang
            ),
        )
    rest = [card for card in cards if not card.items_at(body, session)]
    if rest:
        yield ItemRow("item-none", words(lang)["list.noitem"], "", "", card_rows(rest, lang))


def _order(item: str) -> tuple[int, str]:
    digits = item.partition(" ")[0]
    return int(digits) if digits.isdigit() else 0, item
