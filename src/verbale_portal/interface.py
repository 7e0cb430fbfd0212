"""In what language the site speaks to a reader, whatever the language of the document.

What the reader chose (``?ui=fr``, kept in a cookie) goes before the language of the address,
and that before what the browser asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.model.language import Language
from verbale_portal.words import LANGUAGES

if TYPE_CHECKING:
    from django.http import HttpRequest

COOKIE = "ui"
DEFAULT = "en"
_WANTED = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*\Z"
)
#: No browser sends more; what comes behind is somebody's trick.
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Interface:
    """The language of the interface, and whether the reader chose it."""

    lang: str
    chosen: bool = False

    @property
    def direction(self) -> str:
        """Which way it runs."""
        return Language(self.lang).direction


def interface_of(request: HttpRequest, address: str = "") -> Interface:
    """The interface for a request; *address* is the language that its address names."""
    for said in (request.GET.get(COOKIE, ""), request.COOKIES.get(COOKIE, "")):
        if said in LANGUAGES:
            return Interface(said, chosen=True)
    if address in LANGUAGES:
        return Interface(address)
    asked = wanted_languages(request)
    return Interface(next((lang for lang in asked if lang in LANGUAGES), DEFAULT))


def wanted_languages(request: HttpRequest) -> tuple[str, ...]:
    """The languages of ``Accept-Language``, best first; what cannot be read is passed over."""
    found: dict[str, float] = {}
    for piece in request.headers.get("Accept-Language", "")[:_LONGEST].split(","):
        match = _WANTED.match(piece)
        if match is not None:
            lang, weight = match[1].lower(), float(match[2] or 1)
            if weight > 0:
                found[lang] = max(weight, found.get(lang, 0))
    return tuple(sorted(found, key=lambda lang: -found[lang]))
