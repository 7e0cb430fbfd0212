"""What Django calls when a page cannot be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale_portal.answers import error

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    del exception
    return error(request, 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what may not be seen and what never was."""
    del exception
    return error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is in the log, not on the page."""
    return error(request, 500)
