"""The names that our DOCX files carry, so that what was written can be read again.

A word processor keeps the names of styles, bookmarks and content controls when somebody works
on the file; the text itself stands nowhere else than in the document.

Styles: plain names for what is common (``Body Text``, ``heading 2``, ``Masthead symbol``), else
``NAME [p ROLE]`` or ``NAME [hN ROLE]`` with ``-`` for no name and no role left out.
Bookmarks: ``_vbp{index}_{depth}_{kind}_{lang}_{number}_{r|o}`` spans a part,
``_vbn{lang}_{id}`` the mark of a footnote, ``_vbo{n}`` a masthead line whose order is
not that of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

#: The custom property that marks our files, and its value.
PROPERTY: Final = "Verbale"
FORMAT: Final = "docx/1"

BODY: Final = "Body Text"
FOOTNOTE: Final = "footnote text"
TABLE: Final = "Table text"
TABLE_HEAD: Final = "Table heading"
QUOTE: Final = "Quote"
CAPTION: Final = "Table caption"
RULE: Final = "Rule"
FILLER: Final = "Spacer"
STAMP: Final = "Stamp"
LABEL_LINE: Final = "List label line"
#: The anchor of a link that must not be clicked; its address is the tooltip.
BLOCKED: Final = "_vb_blocked"
#: Characters a link may hold as they stand (RFC 3986); any other makes Word refuse the file.
LINK: Final = "!#$%&'()*+,/:;=?@[]-._~"
#: Styles of plain paragraphs: which one depends only on where the paragraph stands.
PLAIN: Final = frozenset({BODY, FOOTNOTE, TABLE, TABLE_HEAD})

# Character styles.
NUMBER: Final = "Paragraph number"
LABEL: Final = "List label"
AWAITING: Final = "Awaiting translation"
AWAITING_LABEL: Final = "Awaiting label"
#: The colour behind text that awaits a translator, which the mark of a note has in its run.
AWAITING_FILL: Final = "FFF2CC"
MARK: Final = "footnote reference"
ANCHOR: Final = "Note anchor"
ROLE: Final = "Role "
LINKED: Final = "Hyperlink"

#: Roles with a name that an editor understands.
ROLES: Final = {
    "publisher": "Masthead publisher",
    "symbol": "Masthead symbol",
    "organ": "Masthead organ",
    "distribution": "Masthead distribution",
    "date": "Masthead date",
    "language": "Masthead language",
    "original": "Masthead original",
    "body": "Masthead body",
    "session": "Masthead session",
    "session-dates": "Masthead session dates",
    "agenda-item": "Masthead agenda item",
    "agenda-title": "Masthead agenda title",
    "job-number": "Masthead job number",
    "source": "Masthead source",
    "unknown": "Masthead line",
    "title": "Title",
    "signature": "Signature",
    "signatory": "Signatory",
    "caption": "caption",
}
#: Roles that stand in the header of the first page, in its order, and in its footer.
IN_HEADER: Final = (
    "publisher",
    "symbol",
    "organ",
    "distribution",
    "date",
    "language",
    "original",
)
IN_FOOTER: Final = ("job-number", "source")

_OURS: Final = (
    *(BODY, FOOTNOTE, TABLE, TABLE_HEAD, QUOTE, CAPTION, RULE, FILLER, STAMP, LABEL_LINE),
    *(NUMBER, LABEL, AWAITING, AWAITING_LABEL, MARK, ANCHOR, *ROLES.values()),
)
_SPELLING: Final = {name.lower(): name for name in _OURS}
_BY_NAME: Final = {name: role for role, name in ROLES.items()}
_HEADING: Final = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_CODED: Final = re.compile(
    r"(?P<style>.*) \[(?:p|h(?P<level>\d+))(?: (?P<role>[^\]]*))?\]\Z", re.DOTALL
)
_MOST_LEVELS: Final = 9
_SAFE: Final = " _()[]/&'+=#@!"
_PART: Final = re.compile(r"_vbp\d+_(\d+)_([a-z]+)_([a-z]+)_(\d+)_([ro])\Z")
_NOTE: Final = re.compile(r"_vbn([a-z]*)_(\w+)\Z")
_ORDER: Final = re.compile(r"_vbo(\d+)\Z")
_PLAIN_CHAR: Final = re.compile(r"[A-Za-z0-9]")
_CODED_BYTE: Final = re.compile(r"((?:_[0-9a-f]{2})+)")


def our_name(name: str) -> str:
    """A name of ours as we spell it: LibreOffice writes ``Footnote Text``. Others stay."""
    return _SPELLING.get(name.lower(), name)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paragraph style says: ``level`` 0 for a paragraph, else that of a heading."""

    level: int = 0
    role: str = ""
    style: str = ""


def style_name(kind: Kind) -> str:
    """The name of the style for paragraphs or headings of a kind."""
    if not kind.style:
        if not kind.level and (not kind.role or kind.role in ROLES):
            return ROLES.get(kind.role, BODY)
        if 0 < kind.level <= _MOST_LEVELS and not kind.role:
            return f"heading {kind.level}"
    name = quote(kind.style, safe=_SAFE) if kind.style != "-" else "%2D"
    sort = f"h{kind.level}" if kind.level else "p"
    role = f" {quote(kind.role, safe='')}" if kind.role else ""
    return f"{name or '-'} [{sort}{role}]"


def style_kind(name: str) -> Kind:
    """What a style's name says; an unknown name is a paragraph's own style."""
    if name in PLAIN:
        return Kind()
    if name in _BY_NAME:
        return Kind(role=_BY_NAME[name])
    heading = _HEADING.match(name)
    if heading:
        return Kind(level=int(heading[1]))
    coded = _CODED.match(name)
    if coded:
        style = "" if coded["style"] == "-" else unquote(coded["style"])
        return Kind(int(coded["level"] or 0), unquote(coded["role"] or ""), style)
    return Kind(style=name)


@dataclass(frozen=True, slots=True)
class PartName:
    """What the bookmark of a part says; ``depth`` counts from 0."""

    depth: int
    kind: str
    language: str
    number: int
    as_received: bool


def part_bookmark(index: int, part: PartName) -> str:
    """The bookmark of the part with that index in the document."""
    flag = "r" if part.as_received else "o"
    return f"_vbp{index}_{part.depth}_{part.kind}_{part.language}_{part.number}_{flag}"


def read_part(bookmark: str) -> PartName | None:
    """What a part's bookmark says, ``None`` for any other."""
    found = _PART.match(bookmark)
    if not found:
        return None
    depth, kind, language, number, flag = found.groups()
    return PartName(int(depth), kind, language, int(number), flag == "r")


def note_bookmark(note: str, language: str) -> str:
    """The bookmark in a footnote: its id, and its language where it has one of its own."""
    coded = "".join(
        char if _PLAIN_CHAR.match(char) else "".join(f"_{b:02x}" for b in char.encode())
        for char in note
    )
    return f"_vbn{language}_{coded}"


def read_note(bookmark: str) -> tuple[str, str] | None:
    """The id and language that a footnote's bookmark says, ``None`` for any other."""
    found = _NOTE.match(bookmark)
    if not found:
        return None

    def decode(coded: re.Match[str]) -> str:
        return bytes.fromhex(coded[1].replace("_", "")).decode("utf-8", "replace")

    return _CODED_BYTE.sub(decode, found[2]), found[1]


def order_bookmark(index: int) -> str:
    """The bookmark of a masthead line that is not where the page has it."""
    return f"_vbo{index}"


def read_order(bookmark: str) -> int | None:
    """The index in an order bookmark, ``None`` for any other."""
    found = _ORDER.match(bookmark)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Tag:
    """The tag of a content control: ``vb-span;l=es;a``."""

    kind: str
    values: dict[str, str]

    def __str__(self) -> str:
        pieces = [
            f"{key}={quote(text, safe='')}" if text else key
            for key, text in self.values.items()
        ]
        return ";".join((f"vb-{self.kind}", *pieces))

    @classmethod
    def read(cls, text: str) -> Tag | None:
        """What a tag of ours says, ``None`` for any other."""
        if not text.startswith("vb-"):
            return None
        kind, *pieces = text[3:].split(";")
        pairs = (piece.partition("=") for piece in pieces)
        return cls(kind, {key: unquote(coded) for key, _, coded in pairs})
