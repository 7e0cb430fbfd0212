"""Links lead to where every reader can go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.document import Span
from verbale.model.finding import Finding, Severity
from verbale.model.walk import inlines

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCE = "Verbale: nothing hidden comes out"
_PRIVATE = re.compile(
    r"(?:localhost|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+"
    r"|[^.]+|.+\.(?:local|lan|intranet|internal|home|corp))\Z",
    re.IGNORECASE,
)
_PATH = re.compile(r"(?<!\w)(?:file:/{2,3}|[A-Z]:\\|\\\\[\w.-]+\\)[^\s<>\"”»)]{2,200}")
_MAY_BE = re.compile(r"\\|file:", re.IGNORECASE)
_HOST = re.compile(r"(?:https?|ftp)://(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)


def local(case: Case) -> Iterator[Finding]:
    """No link leads to a file or server that only its writer can reach."""
    for stretch in case.stretches:
        links = [each.link for each in inlines(stretch.block.content) if isinstance(each, Span)]
        for link in filter(_is_private, links):
            yield Finding(
                "link-local", Severity.WARNS, stretch.block.place, {"link": link[:120]}
            )
        match = _PATH.search(stretch.text) if _MAY_BE.search(stretch.text) else None
        if match is not None:
            yield Finding(
                "link-local",
                Severity.WARNS,
                case.spot(stretch, match.start(), match.end()),
                {"link": match.group()[:120]},
            )


def _is_private(link: str) -> bool:
    if link.casefold().startswith("file:"):
        return True
    host = _HOST.match(link)
    return host is not None and _PRIVATE.match(host[1]) is not None


CHECK = Check("link-local", source=_SOURCE, run=local)
