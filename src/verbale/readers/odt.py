"""ODT: body, headers and footers of an OpenDocument text, and word of what is hidden in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from verbale.model.document import Document, Heading, Paragraph, Part, PartKind
from verbale.model.walk import block_text, nested
from verbale.readers._odt_flow import Flow
from verbale.readers._odt_styles import META, OFFICE, STYLE, TEXT, Styles
from verbale.readers._office import (
    Sightings,
    findings,
    main_language,
    plain_languages,
    plain_note,
)
from verbale.readers._package import Package, looks_like_zip
from verbale.readers.base import Reader, Reading
from verbale.text.jobs import find_job_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from verbale.model.document import Block
    from verbale.model.language import Language

_MIME: Final = b"application/vnd.oasis.opendocument.text"
_SAVE: Final = "Open the file in a word processor, save it as ODT and send that."
_MEDIA: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
_MACROS: Final = ("Basic/", "Scripts/")


class _Source:
    """An ODT opened: its parts and what they share."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        self.package = Package(data, name=name, kind="ODT")
        self._check()
        self.content = self.package.xml("content.xml")
        self.named = self.package.xml("styles.xml") if "styles.xml" in self.package else None
        roots = [self.content] if self.named is None else [self.named, self.content]
        self.styles = Styles(roots)
        self.sightings = Sightings()
        self.counts: dict[Language, int] = {}
        body = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise self.package.error("an OpenDocument file, but no text", _SAVE)
        self.body = body

    def _check(self) -> None:
        package = self.package
        kind = package.read("mimetype").strip() if "mimetype" in package else b""
        if kind != _MIME:
            raise package.error("a zip archive, but no ODT", _SAVE)
        manifest = "META-INF/manifest.xml"
        if manifest in package and b"encryption-data" in package.read(manifest):
            raise package.error(
                "locked with a password", "Take the password off.", code="file-password"
            )
        if "content.xml" not in package:
            raise package.error("its part content.xml is missing", _SAVE)

    def flow(self, part: str, *, furniture: bool = False) -> Flow:
        """A reader of blocks for one part."""
        return Flow(
            self.styles,
            self.sightings,
            part,
            self.name,
            self.picture,
            self.counts,
            furniture=furniture,
        )

    def picture(self, address: str) -> tuple[bytes, str] | None:
        """A picture of the package with its media type, ``None`` for one outside it."""
        member = unquote(address).removeprefix("./")
        if ":" in member or member.startswith(("/", "../")):
            return None
        if member not in self.package:
            if member.startswith("ObjectReplacements/"):
                return None
            raise self.package.error(f"its picture {member} is missing")
        media_type = _MEDIA.get(member.rpartition(".")[2].lower(), "application/octet-stream")
        return self.package.read(member), media_type

    def pages(self) -> list[etree._Element]:
        """The page styles in the order of their use, that of the first page first."""
        first = next((each for each in self.body if each.tag in (TEXT + "p", TEXT + "h")), None)
        name = ""
        if first is not None:
            style = first.get(TEXT + "style-name") or ""
            name = self.styles.attribute("paragraph", style, STYLE + "master-page-name")
        found: list[etree._Element] = []
        while True:
            page = self.styles.pages.get(name or "Standard")
            if page is None or page in found:
                return found
            found.append(page)
            name = page.get(STYLE + "next-style-name") or ""


def read_odt(data: bytes, *, name: str) -> Reading:
    """Read an ODT as one part, body; lines in the header of the first page alone come first.

    Raises `UnreadableFileError` when it is no ODT, or damaged in any part that holds text.
    """
    source = _Source(data, name=name)
    head, properties = _furniture(source)
    flow = source.flow("content.xml")
    blocks = (*head, *flow.blocks(source.body))
    main = main_language(blocks, source.counts)
    part = Part(
        PartKind.BODY,
        plain_languages(blocks, main),
        language=main,
        footnotes=tuple(plain_note(note, main) for note in flow.footnotes),
    )
    if any(member.startswith(_MACROS) for member in source.package.members()):
        source.sightings.note("embedded-object", "content.xml", 0)
    document = Document((part,), properties=(*properties, *_meta(source)))
    notes = source.package.notes
    return Reading(document, (*findings(source.sightings, name), *notes))


def _furniture(source: _Source) -> tuple[tuple[Block, ...], list[tuple[str, str]]]:
    """The lines of a header that only the first page has; all others as properties."""
    head: tuple[Block, ...] = ()
    said: dict[tuple[str, str], None] = {}
    job = ""
    pages = source.pages()
    for index, page in enumerate(pages):
        alone = index == 0 and len(pages) > 1
        own = next((each for each in page if each.tag.endswith("}header-first")), None)
        for each in page:
            kind = each.tag.rpartition("}")[2].partition("-")[0]
            if kind not in ("header", "footer"):
                continue
            flow = source.flow("styles.xml", furniture=True)
            lines = tuple(
                block
                for block in nested(flow.blocks(each))
                if isinstance(block, Paragraph | Heading) and block_text(block).strip()
            )
            text = "\n".join(block_text(block).strip() for block in lines)
            first = each is own or (alone and own is None and each.tag == STYLE + "header")
            if kind == "header" and first and index == 0 and not head:
                head = lines
                continue
            if text:
                said[f"running-{kind}", text] = None
            found = find_job_number(text) if kind == "footer" and not job else None
            job = text[found[1] : found[2]] if found else job
    return head, [*([("job-number", job)] if job else []), *said]


def _meta(source: _Source) -> Iterator[tuple[str, str]]:
    """The properties that somebody gave the document."""
    if "meta.xml" in source.package:
        for each in source.package.xml("meta.xml").iter(META + "user-defined"):
            name, text = each.get(META + "name") or "", str(each.xpath("string()")).strip()
            if name and text:
                yield name, text


def _looks_like_odt(head: bytes) -> bool:
    return looks_like_zip(head) and b"mimetype" + _MIME in head


READER = Reader(format="odt", suffixes=(".odt",), read=read_odt, sniff=_looks_like_odt)
