"""The package of a DOCX: parts, what refers to what, properties; a zip with fixed bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from verbale.text.docx_names import BLOCKED, FORMAT, LINK, PROPERTY
from verbale.writers._docx_xml import HEAD, escape, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verbale.model.document import Document, Image

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES: Final = {
    "document.xml": _WORD + "document.main+xml",
    "styles.xml": _WORD + "styles+xml",
    "numbering.xml": _WORD + "numbering+xml",
    "settings.xml": _WORD + "settings+xml",
    "footnotes.xml": _WORD + "footnotes+xml",
    "header": _WORD + "header+xml",
    "footer": _WORD + "footer+xml",
}
_ENDINGS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "image/x-emf": "emf",
    "image/x-wmf": "wmf",
}
#: The date inside a file that names none; the clock is never asked.
NO_DATE: Final = datetime.date(1980, 1, 1)
_SCHEMES: Final = ("https://", "http://", "mailto:")
_FMTID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(slots=True)
class PartFile:
    """A part in the making, and what it refers to."""

    name: str
    relations: list[tuple[str, str, bool]] = field(default_factory=list)

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a relation, the same for the same target."""
        wanted = (kind, target, external)
        if wanted not in self.relations:
            self.relations.append(wanted)
        return f"rId{self.relations.index(wanted) + 1}"

    def link(self, address: str) -> str:
        """The attributes of a link. The tooltip keeps an address that cannot stand as it is.

        Only the addresses of pages and of mail can be clicked: anything else could run.
        """
        if address.startswith("#") and address[1:].isalnum():
            return f"w:anchor={quoted(address[1:])}"
        tip = f" w:tooltip={quoted(address)}"
        if not address.lower().startswith(_SCHEMES):
            return f'w:anchor="{BLOCKED}"{tip}'
        target = quote(address, safe=LINK)
        key = self.relate("hyperlink", target, external=True)
        return f'r:id="{key}"' + ("" if target == address else tip)

    def rels(self) -> bytes:
        """The part's relations."""
        return _relations(
            (f"rId{at}", _OFFICE + kind, target, external)
            for at, (kind, target, external) in enumerate(self.relations, start=1)
        )


@dataclass(slots=True)
class Media:
    """The pictures of a file, each once."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _names: dict[tuple[str, bytes], str] = field(default_factory=dict)

    def add(self, image: Image) -> str:
        """The name of a picture under ``word/``."""
        key = (image.media_type, image.data)
        if key not in self._names:
            ending = _ENDINGS.get(image.media_type, "bin")
            name = f"media/image{len(self._names) + 1}.{ending}"
            self._names[key] = name
            self.files[name] = key
        return self._names[key]


def pack(
    parts: Mapping[str, bytes],
    files: Iterable[PartFile],
    media: Media,
    document: Document,
    moment: datetime.date | None,
) -> bytes:
    """The zip: content types first, then every member by its name, with one fixed time."""
    members = {f"word/{name}": data for name, data in parts.items()}
    members |= {f"word/_rels/{each.name}.rels": each.rels() for each in files if each.relations}
    members |= {f"word/{name}": data for name, (_, data) in media.files.items()}
    members["_rels/.rels"] = _relations(
        (
            ("rId1", _OFFICE + "officeDocument", "word/document.xml", False),
            (
                "rId2",
                _PACKAGE + "relationships/metadata/core-properties",
                "docProps/core.xml",
                False,
            ),
            ("rId3", _OFFICE + "custom-properties", "docProps/custom.xml", False),
        )
    )
    members["docProps/core.xml"] = _core(document, moment or NO_DATE)
    members["docProps/custom.xml"] = _custom(document)
    types = _content_types(parts, media)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("[Content_Types].xml", types), *sorted(members.items())):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, data)
    return out.getvalue()


def _relations(rows: Iterable[tuple[str, str, str, bool]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target={quoted(target)}'
        + (' TargetMode="External"/>' if external else "/>")
        for key, kind, target, external in rows
    )
    text = f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{inside}</Relationships>'
    return text.encode("utf-8")


def _content_types(parts: Iterable[str], media: Media) -> bytes:
    rows = [
        (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        ),
        (
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.'
            'openxmlformats-package.core-properties+xml"/>'
            '<Override PartName="/docProps/custom.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
        ),
    ]
    for name in sorted(parts):
        kind = _TYPES.get(name) or _TYPES[name[:6]]
        rows.append(f'<Override PartName="/word/{name}" ContentType="{kind}"/>')
    for name, (media_type, _) in sorted(media.files.items()):
        rows.append(f'<Override PartName="/word/{name}" ContentType={quoted(media_type)}/>')
    inside = "".join(rows)
    return f'{HEAD}<Types xmlns="{_PACKAGE}content-types">{inside}</Types>'.encode()


def _core(document: Document, moment: datetime.date) -> bytes:
    day = f"{moment.isoformat()}T00:00:00Z"
    language = "" if document.language.code == "und" else document.language.code
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title>"
        f"<dc:subject>{escape(document.symbol)}</dc:subject>"
        f"<dc:language>{language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def _custom(document: Document) -> bytes:
    """What the page does not say: that the file is ours, the version's language, the stamps."""
    pairs = [
        (PROPERTY, FORMAT),
        ("Language", document.language.code),
        ("Stamps", " ".join(document.stamps)),
        *(
            (f"property {number} {name}", value)
            for number, (name, value) in enumerate(document.properties)
        ),
    ]
    inside = "".join(
        f'<property fmtid="{_FMTID}" pid="{pid}" name={quoted(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(pairs, start=2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/"
    return (
        f'{HEAD}<Properties xmlns="{office}custom-properties"'
        f' xmlns:vt="{office}docPropsVTypes">{inside}</Properties>'
    ).encode()
