"""What may not be seen is as absent as what never was, by every road."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from lakes_site import MARKED, NOON, HandClock

from verbale.errors import NotRegisteredError
from verbale.registry.access import Action, Role, may
from verbale.workflow.public import PublicRegister

from .conftest import shown

if TYPE_CHECKING:
    from django.test import Client
    from lakes_site import Lakes

NEVER = "CL/C/12/G/999"
TAILS = ("", "/pdf", "/docx", "/html", "/xml", "/txt", "/json", "/received/1")
LISTS = (
    "/",
    "/en/",
    "/en/bodies/",
    "/en/bodies/CL/C/",
    "/en/bodies/CL/C/sessions/12/",
    "/en/states/",
    "/en/states/QM/",
    "/en/dates/",
    "/en/dates/2026-03/",
    "/en/dates/2026-03-09/",
    "/log/",
    "/robots.txt",
)


def addresses(symbol: str) -> list[str]:
    """Every road to a document."""
    ways = [f"/{symbol}{tail}" for tail in TAILS]
    ways += [f"/{lang}/{symbol}{tail}" for lang in ("ar", "en", "fr") for tail in TAILS]
    ways += [f"/en/{symbol}/beside/fr", f"/{symbol.lower()}", f"/{symbol}*", f"/{symbol}/"]
    return ways


@pytest.mark.parametrize("what", ["restricted", "embargoed"])
@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
def test_hidden_and_never_given_are_answered_alike(
    client: Client, lakes: Lakes, what: str, method: str
) -> None:
    hidden = addresses(lakes.symbols[what])
    for one, other in zip(hidden, addresses(NEVER), strict=True):
        ask = getattr(client, method)
        for headers in ({}, {"accept": "application/pdf"}, {"accept-language": "zh"}):
            a, b = ask(one, headers=headers), ask(other, headers=headers)
            assert a.status_code == b.status_code
            assert a.content == b.content, one
            assert dict(a.headers) == dict(b.headers), one
            if method in {"get", "head"}:
                assert a.status_code == 404, one


def test_no_page_has_a_word_of_what_is_hidden(client: Client, lakes: Lakes) -> None:
    pages = [*LISTS]
    for name, symbol in lakes.symbols.items():
        if name not in {"restricted", "embargoed"}:
            pages += addresses(symbol)
    hidden = (MARKED, lakes.symbols["restricted"], lakes.symbols["embargoed"])
    for page in pages:
        response = client.get(page)
        for word in hidden:
            assert word.encode() not in response.content, (page, word)
            assert word not in str(response.headers), page


def test_a_list_counts_only_what_it_shows(client: Client, lakes: Lakes) -> None:
    text = client.get("/en/").content.decode()
    gone = {"restricted", "embargoed", "void", "withdrawn"}
    assert text.count('class="symbol"') == len(lakes.symbols) - len(gone)
    assert f"Documents: {len(lakes.symbols) - len(gone)}" in text


def test_an_embargo_opens_by_itself(lakes: Lakes) -> None:
    clock = HandClock(NOON + datetime.timedelta(hours=23, minutes=59, seconds=59))
    with shown(lakes.home.path, clock, fresh=0) as client:
        address = f"/en/{lakes.symbols['embargoed']}"
        assert client.get(address).status_code == 404
        clock.at = NOON + datetime.timedelta(days=1)
        opened = client.get(address)
        assert opened.status_code == 200
        assert MARKED in opened.content.decode()
        assert lakes.symbols["embargoed"] in client.get("/en/").content.decode()
        assert lakes.symbols["restricted"] not in client.get("/en/").content.decode()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_the_reading_side_gives_what_the_table_says(
    lakes: Lakes, role: Role, action: Action
) -> None:
    store = lakes.home.store()
    register = PublicRegister(store, lakes.home.objects, lakes.clock, role)
    shelf, now = register.shelf(), register.now()
    listed = {card.receipt for card in shelf.cards}
    for entry in store.entries():
        allowed = may(role, action, entry, now)
        card = shelf.find(entry.symbol) if entry.symbol else None
        if action is Action.LIST:
            assert (entry.receipt in listed) is allowed
        elif action is Action.KNOW and entry.symbol:
            assert (card is not None) is (allowed or may(role, Action.LIST, entry, now))
        elif action is Action.READ and card is not None:
            assert bool(_read(register, card)) is allowed
        elif card is not None:
            assert bool(register.originals(card)) is (allowed and bool(entry.received))
    store.close()


def _read(register: PublicRegister, card: object) -> bool:
    try:
        register.entry(card)
    except NotRegisteredError:
        return False
    return True


def test_the_family_and_citations_leave_out_what_is_hidden(
    client: Client, lakes: Lakes
) -> None:
    # Both hidden documents cite it.
    text = client.get(f"/en/{lakes.symbols['plain']}").content.decode()
    cited_by = text.partition('id="cited-by"')[2].partition("</section>")[0]
    assert lakes.symbols["citing"] in cited_by
    assert cited_by.count("<li>") == 1
