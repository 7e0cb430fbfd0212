"""The stylesheet and the fonts, under names that change with their content."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale_fonts import web_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).resolve().parent / "static"
_URL = re.compile(r"url\(([a-z0-9.-]+)\)")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


@cache
def assets() -> Mapping[str, tuple[str, bytes]]:
    """By its plain name each file's name in addresses (``site.1a2b3c4d.css``) and its bytes.

    In a stylesheet ``url(NAME)`` becomes the name in addresses.
    """
    made: dict[str, tuple[str, bytes]] = {}
    files = [*_FOLDER.iterdir(), *web_folder().iterdir()]
    for path in sorted(files, key=lambda path: (path.suffix == ".css", path.name)):
        if path.suffix not in TYPES:
            continue
        data = path.read_bytes()
        if path.suffix == ".css":
            text = _URL.sub(lambda match: f"url({made[match[1]][0]})", data.decode("utf-8"))
            data = text.encode("utf-8")
        digest = hashlib.sha256(data).hexdigest()[:10]
        made[path.name] = f"{path.stem}.{digest}{path.suffix}", data
    return made


@cache
def by_address() -> Mapping[str, bytes]:
    """The bytes of each file by its name in addresses."""
    return dict(assets().values())


def asset(name: str) -> str:
    """The address of a file of the site."""
    return f"/static/{assets()[name][0]}"
