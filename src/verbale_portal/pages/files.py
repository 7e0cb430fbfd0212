"""Files: versions in each format, and what was received."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse

from verbale.errors import NotRegisteredError
from verbale.registry.states import FALLEN
from verbale.workflow.public import best_version
from verbale_portal.addresses import FORMATS
from verbale_portal.answers import VARY, error, has
from verbale_portal.caching import Page
from verbale_portal.interface import wanted_languages
from verbale_portal.site import site

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from verbale.workflow.cards import Card

#: A file is shown, if at all, cut off from everything: no script, no form, no other resource.
SANDBOX = "sandbox; default-src 'none'"
#: The viewer of a browser needs its own means; the file is ours.
_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
_STYLE = re.compile(rb"style-src ('sha256-[A-Za-z0-9+/]{43}=')")
_AS_DOWNLOAD = frozenset({"docx"})
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()+-]")


def version(
    request: HttpRequest,
    symbol: str,
    ending: str,
    lang: str = "",
) -> HttpResponseBase:
    """``/fr/A/HRC/43/G/1/pdf``, or without the language that which the browser asks for."""
    from verbale_portal.pages import document  # noqa: PLC0415 - it calls this

    card = site().register.find(symbol)
    if card is None:
        return error(request, 404)
    moved = document.to_canonical(request, card, symbol, lang, ending)
    if moved is not None:
        return moved
    if card.state in FALLEN:
        return document.document(request, card.symbol)
    if lang and lang not in card.languages:
        return document.no_version(request, card, lang)
    return send(request, card, lang or best_version(card, wanted_languages(request)), ending)


def send(request: HttpRequest, card: Card, lang: str, ending: str) -> HttpResponse:
    """A version in the format that *ending* means."""
    from verbale_portal.pages import document  # noqa: PLC0415 - it calls this

    try:
        page = _kept(card, lang, ending)
    except NotRegisteredError:
        return document.no_version(request, card, lang, "noformat")
    policy, record = SANDBOX, page.record
    if record is None or record.format == "pdf":
        policy = _PDF
    elif record.format == "html":
        style = _STYLE.search(page.data[:4096])
        policy += f"; img-src data:; style-src {style[1].decode()}" if style else ""
    response = _file(request, page, as_download=ending in _AS_DOWNLOAD)
    response.headers["Content-Security-Policy"] = policy
    response.headers["Content-Language"] = lang
    return response


def received(
    request: HttpRequest, symbol: str, number: int, lang: str = ""
) -> HttpResponseBase:
    """``/A/HRC/43/G/1/received/1``: the bytes as they came, for downloading only."""
    del lang
    register = site().register
    card = register.find(symbol)
    if card is None:
        return error(request, 404)
    records = register.originals(card)
    if not 0 < number <= len(records):
        return error(request, 404)
    record = records[number - 1]
    page = Page.of_file(record, register.objects.get(record.sha256))
    response = _file(request, page, as_download=True)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _kept(card: Card, lang: str, ending: str) -> Page:
    """A file of this moment. Raises `NotRegisteredError` if there is none."""
    register = site().register
    key = ("file", card.receipt, lang, ending)
    return site().cache.page(
        register.shelf().key,
        key,
        lambda: Page.of_file(*register.file(card, lang, FORMATS[ending])),
    )


def _file(request: HttpRequest, page: Page, *, as_download: bool) -> HttpResponse:
    record = page.record
    headers = {
        "ETag": page.tag,
        "Vary": VARY,
        "Cache-Control": "no-cache",
        "Content-Disposition": disposition(
            record.name if record else "", as_download=as_download
        ),
    }
    if has(request, page.tag):
        return HttpResponse(status=304, headers=headers)
    kind = record.media_type if record else "application/octet-stream"
    return HttpResponse(page.data, content_type=kind, headers=headers)


def disposition(name: str, *, as_download: bool) -> str:
    """How a file is to be kept: a plain name for old programs, the true one for all others.

    Source: RFC 6266, 4.3 and appendix D.
    """
    bare = name.rpartition("/")[2].rpartition("\\")[2] or "file"
    plain = _NOT_PLAIN.sub("_", bare)
    kind = "attachment" if as_download else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(bare, safe='')}"
