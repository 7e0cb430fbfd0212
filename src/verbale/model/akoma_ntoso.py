"""The words of Akoma Ntoso 3.0 for what the tree holds, for its reader and its writer.

The fields of a cover page are named as the UN marks them in its own files ("AKN4UN"). What the
standard has no word for stands in attributes of the namespace `OWN`, which it lets every
element carry.
Source: OASIS, Akoma Ntoso Version 1.0 Part 2, 29 August 2018; github.com/UNxml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from verbale.model.document import Mark, Part, PartKind, Span, Text
from verbale.model.language import Language
from verbale.text.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.model.document import Inline, ListItem

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: The namespace of what only we say, and the prefix it is written with.
OWN: Final = "urn:verbale:akoma-ntoso:1"

# What the span class of the UN's files means, and what the standard's own elements mean.
MARK_CLASSES: Final = {
    "italic": Mark.EMPHASIS,
    "bold": Mark.STRONG,
    "underline": Mark.UNDERLINE,
    "strike": Mark.STRIKE,
    "superscript": Mark.SUPERSCRIPT,
    "subscript": Mark.SUBSCRIPT,
    "smallCaps": Mark.SMALL_CAPS,
}
MARK_ELEMENTS: Final = {
    "i": Mark.EMPHASIS,
    "b": Mark.STRONG,
    "u": Mark.UNDERLINE,
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
}
#: The class of a span that waits for its translation.
AWAITING: Final = "awaiting"
#: The name of an inline that is a span and nothing else.
BARE: Final = "span"


@dataclass(frozen=True, slots=True)
class Field:
    """How a role is marked: element, ``name``, ``refersTo``, its class and its line's class."""

    role: str
    element: str
    name: str = ""
    refers: str = ""
    look: str = ""
    line: str = ""


#: The first row of a role is the one written; the others are read.
FIELDS: Final[tuple[Field, ...]] = (
    Field("publisher", "docAuthority", refers="#publisher", line="upperLeft"),
    Field("symbol", "docNumber", refers="#symbol", line="upperRight"),
    Field("organ", "docAuthority", refers="#issuingBody", look="rightBig", line="upperLeft"),
    Field("distribution", "docStatus", refers="#distribution", look="rightSmall"),
    Field("distribution", "docStatus", refers="#generalDistribution", look="rightSmall"),
    Field("date", "docDate", refers="#dateOfIssuance", look="rightSmall"),
    Field("language", "inline", "languageOfExpression"),
    Field("original", "inline", "originalLanguage"),
    Field("body", "docAuthority", refers="#subsidiaryBody"),
    Field("session", "session"),
    Field("session-dates", "event", refers="#session"),
    Field("agenda-item", "inline", "agenda item"),
    Field("agenda-title", "inline", "agenda item name"),
    Field("title", "docTitle"),
    Field("source", "docProponent"),
    Field("number-line", "docNumber"),
    Field("job-number", "docketNumber"),
    Field("adoption", "event", refers="#adoption"),
    Field("adoption-date", "docDate", refers="#adoptionDate"),
    Field("adoption-meeting", "inline", "adoptionMeeting"),
    Field("adoption-meeting", "location", refers="#adoptionMeeting"),
    Field("source-document", "inline", "originating document"),
    Field("document-type", "docType"),
    Field("document-type", "inline", "decision type"),
    Field("outcome", "outcome"),
    Field("vote", "inline", "vote"),
    Field("vote", "vote"),
    Field("member-state", "organization", refers="#memberState"),
    Field("member-state", "organization", refers="memberState"),
    Field("signature", "signature"),
    Field("remark", "remark"),
)
_WRITTEN: Final = {field.role: field for field in reversed(FIELDS)}
_READ: Final = {(f.element, f.name, f.refers): f.role for f in FIELDS}
# Elements whose text is something without a name of its own here.
_PLAIN_NAMES: Final = frozenset({BARE, "role", "smallCaps", "num"})


def field_of(role: str) -> Field | None:
    """How a role is written, ``None`` for one without a row."""
    return _WRITTEN.get(role)


def role_of(element: str, name: str, refers: str) -> str:
    """The role of a marked text; empty where it has none."""
    found = _READ.get((element, name, refers)) or _READ.get((element, name, ""))
    if found is not None:
        return found
    if element == "inline":
        return "" if name in _PLAIN_NAMES else "-".join(name.split())
    return "" if element in _SILENT else element


# Inline elements of the standard that say what their text is in a way no format keeps.
_SILENT: Final = frozenset(
    {"date", "time", "quantity", "span", "embeddedText", "mod", "mmod", "rmod", "abbr", "mref"}
)


@cache
def _three_letters() -> Mapping[str, str]:
    """The table of codes; a language that is not in it is written with the code it has."""
    _, *rows = table_rows(Path(__file__).with_name("iso639.tsv"))
    return MappingProxyType(dict(rows))


@cache
def _two_letters() -> Mapping[str, str]:
    return MappingProxyType({three: two for two, three in _three_letters().items()})


def to_three_letters(language: Language) -> str:
    """The code of FRBRlanguage: ``spa``."""
    return _three_letters().get(language.code, language.code)


def from_three_letters(code: str) -> Language | None:
    """The language of a code of either length, ``None`` where it is no code."""
    first = code.strip().lower().split("-")[0]
    try:
        return Language(_two_letters().get(first, first))
    except ValueError:
        return None


def lift(content: Sequence[Inline]) -> tuple[str, str, tuple[Inline, ...]]:
    """What a line says of itself: role, number, and the content without them.

    A line that is one marked text has its role; a number line directly before a title is the
    title's number. Any other line has neither.
    """
    match tuple(content):
        case (Span() as one,) if _only_role(one):
            return one.role, "", one.content
        case (Span() as number, Span() as title) if (
            _only_role(number)
            and _only_role(title)
            and (number.role, title.role) == ("number-line", "title")
            and _one_text(number)
        ):
            return "title", _one_text(number), title.content
        case whole:
            return "", "", whole


def _only_role(span: Span) -> bool:
    return bool(span.role) and not (span.link or span.awaiting or span.language)


def _one_text(span: Span) -> str:
    match span.content:
        case (Text(text=text, marks=marks),) if not marks:
            return text
        case _:
            return ""


def is_ordered(items: Sequence[ListItem]) -> bool:
    """Whether labels count: every one of them has a letter or a figure."""
    return bool(items) and all(any(c.isalnum() for c in item.label) for item in items)


def usual_kind(name: str, *, main: bool) -> PartKind:
    """The kind of a part from the name of its document, when nothing else says it."""
    if main:
        return PartKind.BODY
    try:
        return PartKind(name)
    except ValueError:
        return PartKind.ANNEX


def is_cover(part: Part) -> bool:
    """Whether a part can stand as the cover page: it has no parts of its own."""
    return part.kind is PartKind.MASTHEAD and not part.parts
