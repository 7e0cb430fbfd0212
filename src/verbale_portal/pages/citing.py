"""A document's references for reference managers and libraries, and its bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.records import bibliography
from verbale.records.dublin_core import dublin_core
from verbale.records.marcxml import marcxml
from verbale.registry.states import FALLEN
from verbale_portal.answers import error, kept
from verbale_portal.interface import interface_of
from verbale_portal.pages.files import disposition
from verbale_portal.pages.recording import base_of, record_of
from verbale_portal.site import site

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.records.record import Record


def _coded(write: Callable[[Record], str]) -> Callable[[Record], bytes]:
    return lambda record: write(record).encode("utf-8")


#: What stands behind a symbol, the media type it is, and who writes it.
REFERENCES: dict[str, tuple[str, Callable[[Record], bytes]]] = {
    "cite.txt": ("text/plain; charset=utf-8", lambda r: f"{bibliography.text(r)}\n".encode()),
    "cite.bib": ("application/x-bibtex; charset=utf-8", _coded(bibliography.bibtex)),
    "cite.ris": (
        "application/x-research-info-systems; charset=utf-8",
        _coded(bibliography.ris),
    ),
    "cite.json": ("application/vnd.citationstyles.csl+json", _coded(bibliography.csl_json)),
    "marc.xml": ("application/marcxml+xml; charset=utf-8", marcxml),
    "dc.xml": ("application/xml; charset=utf-8", dublin_core),
}


class ReferencePart:
    """A kind of reference as the last part of an address."""

    regex = "|".join(each.replace(".", r"\.") for each in REFERENCES)

    def to_python(self, value: str) -> str:
        """The kind."""
        return value

    def to_url(self, value: str) -> str:
        """The kind."""
        return value


def reference(request: HttpRequest, symbol: str, kind: str, lang: str = "") -> HttpResponseBase:
    """``/fr/A/HRC/43/G/1/cite.bib``: in French, or in the reader's language."""
    card = site().register.find(symbol)
    if card is None:
        return error(request, 404)
    if card.state in FALLEN:
        return error(request, 410)
    interface = interface_of(request, lang)
    base = base_of(request)
    media_type, write = REFERENCES[kind]
    response = kept(
        request,
        interface,
        ("reference", kind, base, card.receipt),
        lambda: write(record_of(card, interface.lang, base)),
        kind=media_type,
    )
    name = f"{'_'.join(card.symbol.split('/'))}.{kind.rpartition('.')[2]}"
    response.headers["Content-Disposition"] = disposition(name, as_download=kind != "cite.txt")
    return response


def bundle(request: HttpRequest, symbol: str) -> HttpResponseBase:
    """``/A/HRC/43/G/1/bundle.zip``: the document and what proves it, to be verified elsewhere.

    Raises `ProofError` if the registry has no keys.
    """
    from verbale_portal.bundles import bundle_of  # noqa: PLC0415 - signing takes time to load

    card = site().register.find(symbol)
    if card is None:
        return error(request, 404)
    if card.state in FALLEN:
        return error(request, 410)
    response = kept(
        request,
        interface_of(request),
        ("bundle", card.receipt),
        lambda: bundle_of(card.symbols[0]),
        kind="application/zip",
    )
    name = f"{'_'.join(card.symbol.split('/'))}.zip"
    response.headers["Content-Disposition"] = disposition(name, as_download=True)
    return response
