"""Answers: pages from templates, kept and tagged; errors in the reader's language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.template.loader import get_template

from verbale import __version__
from verbale.errors import VerbaleError
from verbale_portal.assets import asset
from verbale_portal.caching import Page
from verbale_portal.interface import Interface, interface_of
from verbale_portal.site import site
from verbale_portal.words import LANGUAGES, words

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from django.http import HttpRequest

HTML = "text/html; charset=utf-8"
#: What a page's language, kind or packing was chosen by, for caches on the way.
VARY = "Accept, Accept-Language, Accept-Encoding, Cookie"


def rendered(template: str, interface: Interface, context: Mapping[str, Any]) -> bytes:
    """A template as bytes, with what every page has. The same context gives the same bytes."""
    lang = interface.lang
    whole = {
        "ui": lang,
        "dir": interface.direction,
        "w": words(lang),
        "languages": LANGUAGES,
        "css": asset("site.css"),
        "icon": asset("icon.svg"),
        "menu": _menu(lang),
        "version": __version__,
        "here": "",
        **_of_site(lang),
        **context,
    }
    return get_template(template).render(whole).encode("utf-8")


def _menu(lang: str) -> list[tuple[str, str]]:
    """The label and address of each section."""
    sections = ("bodies", "states", "dates", "help")
    return [
        ("nav.newest", f"/{lang}/"),
        *((f"nav.{each}", f"/{lang}/{each}/") for each in sections),
    ]


def _of_site(lang: str) -> dict[str, Any]:
    """What the registry says of itself; a page must come out even when it cannot be read."""
    try:
        names = site().names(lang)
    except VerbaleError:
        return {"publisher": "Verbale", "specimen": False}
    return {
        "publisher": names.publisher,
        "specimen": not names.institution.has_identity,
    }


def kept(
    request: HttpRequest,
    interface: Interface,
    key: Hashable,
    make: Callable[[], bytes],
    *,
    status: int = 200,
    kind: str = HTML,
) -> HttpResponse:
    """The page kept under *key* in this interface, else made now, as an answer."""
    moment = site().register.shelf().key
    page = site().cache.page(moment, (interface.lang, key), lambda: Page.of(make()))
    return answer(request, page, status=status, kind=kind)


def answer(
    request: HttpRequest, page: Page, *, status: int = 200, kind: str = HTML
) -> HttpResponse:
    """A page as an answer: 304 where the reader has it, compressed where that is taken."""
    headers = {"ETag": page.tag, "Vary": VARY, "Cache-Control": "no-cache"}
    if status == 200 and has(request, page.tag):  # noqa: PLR2004 - the usual status
        return HttpResponse(status=304, headers=headers)
    data = page.data
    if page.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        data = page.packed
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(data, content_type=kind, status=status, headers=headers)


def has(request: HttpRequest, tag: str) -> bool:
    """Whether the reader says that it has what bears *tag*."""
    said = request.headers.get("If-None-Match", "")
    return bool(said) and (
        said.strip() == "*"
        or any(
            each.strip().removeprefix("W/") == tag.removeprefix("W/")
            for each in said.split(",")
        )
    )


def error(request: HttpRequest, status: int, *, allow: str = "") -> HttpResponse:
    """The page that says in the reader's language what happened and what to do.

    It names nothing of the request, so that what may not be seen and what never was are one.
    """
    path = request.path_info.lstrip("/")
    interface = interface_of(request, path.partition("/")[0])
    lang = interface.lang
    say = words(lang)
    known = status if f"error.{status}" in say else 500
    if path.startswith("api/"):
        return _problem(status, say[f"error.{known}"], allow)
    context = {
        "title": say[f"error.{known}"],
        "what": say.get(f"error.{known}.what", say["error.400.what"]),
        "do": say.get(f"error.{known}.do", say["error.404.do"]),
        "status": status,
    }
    made = answer(request, Page.of(rendered("error.html", interface, context)), status=status)
    del made.headers["ETag"]
    made.headers["Cache-Control"] = "no-store" if status >= 500 else "no-cache"  # noqa: PLR2004
    if allow:
        made.headers["Allow"] = allow
    if status == 503:  # noqa: PLR2004 - the register cannot be read
        made.headers["Retry-After"] = "60"
    return made


def _problem(status: int, title: str, allow: str) -> HttpResponse:
    """An error as programs take it. Source: RFC 9457."""
    said = json.dumps({"type": "about:blank", "title": title, "status": status})
    made = HttpResponse(said, content_type="application/problem+json", status=status)
    if allow:
        made.headers["Allow"] = allow
    return made
