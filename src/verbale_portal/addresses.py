"""Addresses: symbols, languages and formats as they stand in them, read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from verbale_portal.words import LANGUAGES

if TYPE_CHECKING:
    from verbale.workflow.cards import Card

#: What stands behind a symbol, and the format of `verbale.workflow.folder` that it means.
FORMATS = {
    "pdf": "pdf",
    "docx": "docx",
    "html": "html",
    "xml": "akn",
    "txt": "txt",
    "json": "json",
}
#: The media types a reader may ask for, and what they mean.
MEDIA_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/akn+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "txt",
    "application/json": "json",
}


class LanguagePart:
    """A language of the site as a part of an address."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: str) -> str:
        """The code."""
        return value


class SectionPart(LanguagePart):
    """A section of the site as the last part of an address."""

    regex = "bodies|states|dates|help"


class FormatPart(LanguagePart):
    """A format as the last part of an address."""

    regex = "|".join(FORMATS)


def symbol_path(symbol: str) -> str:
    """A symbol as it stands in addresses: ``A/HRC/43/G/1``; blanks are escaped."""
    return quote(symbol, safe="/().,-")


def feed_addresses(page: str) -> dict[str, str]:
    """Where what stands at *page* is had as feeds: ``/fr/search?q=…`` and lists, by kind."""
    path, asked, query = page.partition("?")
    folder = path if path.endswith("/") else f"{path}/"
    return {kind: f"{folder}feed.{kind}{asked}{query}" for kind in ("atom", "json")}


def document_address(card: Card, lang: str = "", tail: str = "") -> str:
    """``/fr/A/HRC/43/G/1``, with *tail* such as ``pdf`` behind it."""
    before = f"/{lang}" if lang else ""
    return f"{before}/{symbol_path(card.symbol)}{f'/{tail}' if tail else ''}"
