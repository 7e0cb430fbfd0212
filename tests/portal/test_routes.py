"""Every route says what it shows, and every word is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import path

from verbale.errors import DataTableError
from verbale_portal.routes import check_routes, routes, table
from verbale_portal.urls import urlpatterns
from verbale_portal.words import LANGUAGES, words

if TYPE_CHECKING:
    from django.test import Client

PORTAL = Path(__file__).parents[2] / "src" / "verbale_portal"
_SLOT = re.compile(r"\{([a-z]+)\}")


def test_each_route_has_a_row_and_each_row_a_route(client: Client) -> None:
    assert client.get("/robots.txt").status_code == 200
    assert set(routes(urlpatterns)) == set(table())
    with pytest.raises(DataTableError, match="backdoor"):
        check_routes([*urlpatterns, path("backdoor", lambda request: request)])


def test_each_label_has_the_same_slots_in_every_language() -> None:
    for key, text in words("en").items():
        wanted = set(_SLOT.findall(text)) - {"lang"}
        for lang in LANGUAGES:
            assert set(_SLOT.findall(words(lang)[key])) - {"lang"} == wanted, (key, lang)


def test_templates_ask_for_labels_that_are_there() -> None:
    asked = set()
    for template in (PORTAL / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        asked |= set(re.findall(r"""say ["']([a-z0-9.]+)["']""", text))
        asked |= set(re.findall(r'word:"([a-z0-9.]+)"', text))
    assert asked
    assert asked <= set(words("en"))


@pytest.mark.parametrize(
    "address",
    [
        "/en/bodies/CL/C",
        "/fr/bodies/CL/C/sessions/12?ui=ar",
        "/ar/states/QM",
        "/zh/dates/2026-03",
        "/es/help",
        "/log",
    ],
)
def test_a_list_is_found_without_its_last_stroke(client: Client, address: str) -> None:
    path, mark, query = address.partition("?")
    moved = client.get(address)
    assert (moved.status_code, moved.headers["Location"]) == (301, f"{path}/{mark}{query}")
    assert client.get(moved.headers["Location"]).status_code == 200


def test_what_is_no_list_stays_so_with_a_stroke(client: Client) -> None:
    for address in ("/en/bodies/NONE", "/en/help/x", "/en/states/QM/x", "/en/dates/never"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 404
        assert len(answer.redirect_chain) == 1
