"""The public log: its files as they lie in the registry's folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpResponse

from verbale.edges.log_files import FOLDER
from verbale_portal.answers import answer, error, rendered
from verbale_portal.caching import Page
from verbale_portal.interface import interface_of
from verbale_portal.pages.files import SANDBOX
from verbale_portal.site import site

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_FILE = re.compile(r"(?:head\.json|keys\.json|heads/[0-9]{12}\.json|leaves-[0-9]{6}\.txt)\Z")


def index(request: HttpRequest) -> HttpResponseBase:
    """``/log/``: what the log is, and its files."""
    interface = interface_of(request)
    folder = _folder()
    names = [name for name in ("head.json", "keys.json") if (folder / name).is_file()]
    names += sorted(path.name for path in folder.glob("leaves-*.txt"))
    context = {"title": "", "names": names, "here": "/log/"}
    return answer(request, Page.of(rendered("log.html", interface, context)))


def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the log."""
    path = _folder() / name
    if not _FILE.match(name) or not path.is_file():
        return error(request, 404)
    kind = "application/json" if name.endswith(".json") else "text/plain; charset=us-ascii"
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": SANDBOX}
    return HttpResponse(path.read_bytes(), content_type=kind, headers=headers)


def _folder() -> Path:
    return site().home.path / FOLDER
