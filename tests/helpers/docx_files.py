"""Small DOCX files made by hand, part by part.

``import docx_files`` works in every test: ``tests/helpers`` is on the path of pytest.
"""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "hdr": "header",
    "ftr": "footer",
}


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(
    body: str,
    *,
    parts: dict[str, str] | None = None,
    relations: str = "",
    custom: dict[str, str] | None = None,
    prologue: str = "",
    files: dict[str, bytes | str] | None = None,
) -> bytes:
    """A DOCX with this body.

    *parts* are the contents of parts by name: ``styles``, ``footnotes``, ``hdr1`` …; their
    relations have their names as ids. *relations* are more of them, as XML.
    """
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/></Types>'
        ),
        "_rels/.rels": _relations(
            _relation("m", "officeDocument", "word/document.xml")
            + (_relation("c", "custom-properties", "docProps/custom.xml") if custom else "")
        ),
        "word/document.xml": (
            f"{prologue}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
        ),
    }
    related = relations
    for name, content in (parts or {}).items():
        root = name.rstrip("0123456789")
        members[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        related += _relation(name, _KINDS[root], f"{name}.xml")
    members["word/_rels/document.xml.rels"] = _relations(related)
    if custom:
        members["docProps/custom.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'custom-properties" xmlns:vt="urn:vt">'
            + "".join(
                f'<property name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
                for name, value in custom.items()
            )
            + "</Properties>"
        )
    return zipped({**members, **(files or {})})


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'


def external(key: str, kind: str, target: str) -> str:
    """A relation to something outside the file."""
    return (
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}" TargetMode="External"/>'
    )


def run(text: str, properties: str = "") -> str:
    """A run of letters."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    inside = content if content.startswith("<") or not content else run(content)
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{ppr}{inside}</w:p>"


def style(key: str, name: str, inside: str = "", kind: str = "paragraph") -> str:
    """A style."""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{inside}</w:style>'
    )


def field(instruction: str, result: str = "") -> str:
    """A field over several runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result) if result else ''}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
