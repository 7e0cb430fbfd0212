"""What every request and answer goes through: limits, access, headers, errors in words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpResponse

from verbale.errors import NotRegisteredError, VerbaleError
from verbale_portal.answers import error
from verbale_portal.interface import COOKIE
from verbale_portal.routes import access_of
from verbale_portal.site import site
from verbale_portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

#: The longest address and query that are read, in characters.
LONGEST = 4096
#: Answers that have no content, and no length.
_BARE = frozenset({204, 304})
_READING = ("GET", "HEAD", "OPTIONS")
#: No script, no frame, no outside resource; style sheets and fonts from this site alone.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_YEAR = 31_536_000
_log = logging.getLogger("verbale")


class SiteMiddleware:
    """The one middleware of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request, with every header that every answer has."""
        response = self._refused(request) or self.get_response(request)
        if response.status_code >= 400 and not _has_content(response):  # noqa: PLR2004
            allow = response.headers.get("Allow", "")
            response = error(request, response.status_code, allow=allow)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if site_is_secure():
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
        _keep_choice(request, response)
        if isinstance(response, HttpResponse) and response.status_code not in _BARE:
            response.headers["Content-Length"] = str(len(response.content))
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        return response

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to what is not even looked at."""
        # A harvester may send what it asks in the body; it changes nothing.
        harvests = request.method == "POST" and request.path_info == "/oai"
        if request.method not in _READING and not harvests:
            return error(request, 405, allow=", ".join(_READING))
        if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) > LONGEST:
            return error(request, 414)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return error(request, 400)
        try:
            request.get_host()
        except DisallowedHost:
            return error(request, 400)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(_READING)})
        return None

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Deny a route that the table of access does not name."""
        match = request.resolver_match
        if match is None or access_of(match.route) is None:
            raise Http404

    def process_exception(self, request: HttpRequest, bad: Exception) -> HttpResponse | None:
        """Say what went wrong; nothing of it is shown."""
        if isinstance(bad, NotRegisteredError | Http404):
            return error(request, 404)
        if isinstance(bad, SuspiciousOperation):
            return error(request, 400)
        if isinstance(bad, VerbaleError | DatabaseError | OSError):
            _log.error("%s %s: %s", request.method, request.resolver_match, bad)
            return error(request, 503)
        _log.exception("unforeseen: %s", request.resolver_match)
        return error(request, 500)


def _has_content(response: HttpResponseBase) -> bool:
    return response.streaming or bool(getattr(response, "content", b""))


def _keep_choice(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep the language of the interface that the reader chose."""
    said = request.GET.get(COOKIE, "")
    if said in LANGUAGES and request.COOKIES.get(COOKIE) != said:
        secure = site_is_secure()
        response.set_cookie(
            COOKIE, said, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax"
        )


def site_is_secure() -> bool:
    """Whether readers know the site by an address with https."""
    try:
        return site().public_url.startswith("https:")
    except VerbaleError:
        return False
