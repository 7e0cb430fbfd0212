"""What a document's page says to machines, and how it is cited."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe

from verbale.errors import VerbaleError
from verbale.records import bibliography
from verbale.records.dublin_core import meta
from verbale.records.schema_org import json_ld
from verbale_portal.addresses import document_address
from verbale_portal.pages.recording import record_of

if TYPE_CHECKING:
    from verbale.workflow.cards import Card

_log = logging.getLogger("verbale")
#: Names of formats are the same in every language.
_LINKS = (
    ("BibTeX", "cite.bib"),
    ("RIS", "cite.ris"),
    ("CSL-JSON", "cite.json"),
    ("MARCXML", "marc.xml"),
)


def machine_facts(card: Card, lang: str, ui: str, base: str) -> dict[str, Any]:
    """The citation in the reader's language, where references lie, and what the head holds.

    A record that cannot be made is left out; the page stands.
    """
    try:
        cited, shown = record_of(card, ui, base), record_of(card, lang, base)
    except VerbaleError as bad:
        _log.error("%s: %s", card.symbol, bad)
        return {}
    links = [(label, document_address(card, ui, kind)) for label, kind in _LINKS]
    return {
        "text": bibliography.text(cited),
        "links": links,
        "meta": meta(shown),
        # Everything that could end the element is written otherwise in it.
        "json_ld": mark_safe(json_ld(shown)),  # noqa: S308
    }
