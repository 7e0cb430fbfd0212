"""The front page, help, and the small files every site has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect

from verbale_portal.answers import VARY, answer, error, rendered
from verbale_portal.assets import TYPES, asset, by_address
from verbale_portal.caching import Page
from verbale_portal.interface import interface_of
from verbale_portal.pages import lists
from verbale_portal.site import site

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_YEAR = "public, max-age=31536000, immutable"
#: How a hash is made on each system, with what it brings along.
HASHING = (
    ("Linux", "sha256sum FILE"),
    ("macOS", "shasum -a 256 FILE"),
    ("Windows", "certutil -hashfile FILE SHA256"),
)
#: How an unpacked bundle is checked: by Python alone, and by the program.
CHECKING = ("python3 check_proof.py .", "verbale verify --offline .")


def front(request: HttpRequest) -> HttpResponseBase:
    """``/``: the newest documents in the language that the browser asks for."""
    response = lists.newest(request, interface_of(request).lang)
    response.headers["Content-Location"] = f"/{interface_of(request).lang}/"
    return response


def to_language(request: HttpRequest, lang: str) -> HttpResponseBase:
    """``/fr``: the page is ``/fr/``."""
    del request
    return HttpResponseRedirect(f"/{lang}/", status=301)


def to_section(
    request: HttpRequest, lang: str, section: str, rest: str = ""
) -> HttpResponseBase:
    """``/fr/bodies``, ``/fr/bodies/CL/C``: the pages are ``/fr/bodies/``, ``/fr/bodies/CL/C/``.

    Whether there is such a page is said there: no address is told from another here.
    """
    del lang, section
    if rest.endswith("/"):
        return error(request, 404)
    query = request.META.get("QUERY_STRING", "")
    address = f"{quote(request.path_info)}/{'?' if query else ''}{query}"
    return HttpResponseRedirect(address, status=301)


def to_log(request: HttpRequest) -> HttpResponseBase:
    """``/log``: the page is ``/log/``."""
    del request
    return HttpResponseRedirect("/log/", status=301)


def help_page(request: HttpRequest, lang: str) -> HttpResponseBase:
    """How to find, read, cite and check a document. It needs no register."""
    interface = interface_of(request, lang)
    context = {
        "title": "",
        "here": f"/{lang}/help/",
        "hashing": HASHING,
        "checking": CHECKING,
        "programs": [
            ("/oai?verb=Identify", "help.programs.oai"),
            (f"/{interface.lang}/feed.atom", "help.programs.feed"),
            ("/api/openapi.json", "help.programs.api"),
            ("/sitemap.xml", "help.programs.map"),
        ],
    }
    return answer(request, Page.of(rendered("help.html", interface, context)))


def static(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the site, under a name that changes with its content."""
    data = by_address().get(name)
    if data is None:
        return error(request, 404)
    kind = TYPES[f".{name.rpartition('.')[2]}"]
    return HttpResponse(data, content_type=kind, headers={"Cache-Control": _YEAR})


def favicon(request: HttpRequest) -> HttpResponseBase:
    """The picture by which a browser knows the site."""
    del request
    return HttpResponseRedirect(asset("icon.svg"))


def robots(request: HttpRequest) -> HttpResponseBase:
    """What crawlers may fetch: everything but searches, and where the map is."""
    base = site().public_url or f"{request.scheme}://{request.get_host()}"
    lines = ["User-agent: *", "Disallow: /*/search", f"Sitemap: {base}/sitemap.xml", ""]
    return HttpResponse(
        "\n".join(lines), content_type="text/plain; charset=utf-8", headers={"Vary": VARY}
    )
