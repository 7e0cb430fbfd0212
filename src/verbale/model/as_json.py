"""The document tree as plain dictionaries, and back: every field, no defaults, one key order.

A node is an object with a ``type``; a part, item, cell and footnote need none, their place in
the tree says what they are. Bytes are base64. `from_plain` is the inverse, places included.
"""

from __future__ import annotations

from typing import Any, Final, cast

from verbale.model.document import (
    Break,
    Cell,
    Document,
    Footnote,
    Heading,
    Image,
    List,
    ListItem,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Rule,
    Span,
    Stamp,
    Table,
    Text,
)
from verbale.model.finding import Place
from verbale.model.plain import (
    BYTES,
    FLAG,
    LANGUAGE,
    NUMBER,
    TEXT,
    WHOLE,
    Kind,
    Plain,
    ShapeError,
    an_object,
    declare,
    items,
    many,
    node,
    one_of,
    one_word,
    read_fields,
    write_fields,
)

#: What a file says of itself. A change that an older reader cannot read raises the number.
FORMAT: Final = "verbale-document/1"


def to_plain(document: Document) -> Plain:
    """The document as dictionaries, lists, strings and numbers; the format comes first."""
    return {"format": FORMAT, **write_fields(document)}


def from_plain(value: object) -> Document:
    """The document that `to_plain` wrote; `ShapeError` at the first thing that differs."""
    whole = an_object(value, "")
    if whole.get("format") != FORMAT:
        raise ShapeError("/format", f"{FORMAT!r}")
    rest = {key: item for key, item in whole.items() if key != "format"}
    return cast("Document", read_fields(Document, rest, ""))


def place_to_plain(place: Place) -> Plain:
    """A place as a dictionary; `place_from_plain` is the inverse."""
    return write_fields(place)


def place_from_plain(value: object) -> Place:
    """The place that `place_to_plain` wrote; `ShapeError` at the first thing that differs."""
    return cast("Place", read_fields(Place, an_object(value, ""), ""))


def _pair(value: object, pointer: str) -> tuple[str, str]:
    found = items(value, pointer)
    if len(found) != 2:  # noqa: PLR2004 - a name and a value
        raise ShapeError(pointer, "a name and a value")
    return TEXT.read(found[0], f"{pointer}/0"), TEXT.read(found[1], f"{pointer}/1")


def _box(value: object, pointer: str) -> tuple[float, ...]:
    found = items(value, pointer)
    if len(found) != 4:  # noqa: PLR2004 - left, bottom, right, top
        raise ShapeError(pointer, "four numbers: left, bottom, right, top")
    return tuple(NUMBER.read(item, f"{pointer}/{at}") for at, item in enumerate(found))


_PLACE = node(Place)
_STAMPS = many(one_word(Stamp))
_MARKS = Kind(
    lambda marks: [mark.value for mark in Mark if mark in marks],
    lambda value, pointer: frozenset(many(one_word(Mark)).read(value, pointer)),
)
_INLINES = many(
    one_of({"text": Text, "break": Break, "note-ref": NoteRef, "image": Image, "span": Span})
)
_BLOCKS = many(
    one_of(
        {
            "paragraph": Paragraph,
            "heading": Heading,
            "list": List,
            "quote": Quote,
            "table": Table,
            "rule": Rule,
        }
    )
)
_LINE: dict[str, Kind] = {
    "content": _INLINES,
    "role": TEXT,
    "language": LANGUAGE,
    "number": TEXT,
    "style": TEXT,
    "place": _PLACE,
}
_FIELDS: dict[type[Any], dict[str, Kind]] = {
    Document: {
        "parts": many(node(Part)),
        "language": LANGUAGE,
        "stamps": _STAMPS,
        "stamp_text": TEXT,
        "symbol": TEXT,
        "title": TEXT,
        "properties": many(Kind(list, _pair)),
    },
    Part: {
        "kind": one_word(PartKind),
        "blocks": _BLOCKS,
        "language": LANGUAGE,
        "footnotes": many(node(Footnote)),
        "parts": many(node(Part)),
        "number": WHOLE,
        "as_received": FLAG,
    },
    Footnote: {
        "id": TEXT,
        "mark": TEXT,
        "blocks": _BLOCKS,
        "language": LANGUAGE,
        "place": _PLACE,
    },
    Paragraph: _LINE,
    Heading: {"level": WHOLE, **_LINE},
    List: {"items": many(node(ListItem)), "ordered": FLAG, "place": _PLACE},
    ListItem: {"blocks": _BLOCKS, "label": TEXT},
    Quote: {"blocks": _BLOCKS, "place": _PLACE},
    Table: {
        "rows": many(many(node(Cell))),
        "header_rows": WHOLE,
        "caption": _INLINES,
        "place": _PLACE,
    },
    Cell: {"blocks": _BLOCKS, "header": FLAG, "columns": WHOLE, "rows": WHOLE},
    Rule: {"place": _PLACE},
    Text: {"text": TEXT, "marks": _MARKS, "place": _PLACE},
    Break: {"place": _PLACE},
    NoteRef: {"note": TEXT, "mark": TEXT, "place": _PLACE},
    Image: {"data": BYTES, "media_type": TEXT, "alt": TEXT, "place": _PLACE},
    Span: {
        "content": _INLINES,
        "language": LANGUAGE,
        "link": TEXT,
        "awaiting": FLAG,
        "role": TEXT,
        "place": _PLACE,
    },
    Place: {
        "file": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "line": WHOLE,
        "column": WHOLE,
        "part": TEXT,
        "paragraph": WHOLE,
        "page": WHOLE,
        "box": Kind(list, _box),
    },
}
for _class, _kinds in _FIELDS.items():
    declare(_class, _kinds)
