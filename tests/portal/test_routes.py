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
