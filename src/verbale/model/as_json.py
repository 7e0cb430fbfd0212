"""The document tree as plain dictionaries, and back: every field, no defaults, one key order.

A node is an object with a ``type``; a part, item, cell and footnote need none, their place in
the tree says what they are. Bytes are base64. `from_plain` is the inverse, places included.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

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
from verbale.model.language import Language
from verbale.text.legal import first_illegal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What a file says of itself. A change that an older reader cannot read raises the number.
FORMAT: Final = "verbale-document/1"
#: How deep nodes may stand in one another; deeper trees are somebody's trick.
DEEPEST: Final = 200

Plain: TypeAlias = "dict[str, Any]"


class ShapeError(ValueError):
    """A value is not of the shape expected. ``pointer`` is a JSON pointer (RFC 6901)."""

    def __init__(self, pointer: str, expected: str) -> None:
        super().__init__(f"{pointer or 'the whole'}: expected {expected}")
        self.pointer = pointer
        self.expected = expected


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the values of one field are written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any, str], Any]


def to_plain(document: Document) -> Plain:
    """The document as dictionaries, lists, strings and numbers; the format comes first."""
    return {"format": FORMAT, **_write_fields(document)}


def from_plain(value: object) -> Document:
    """The document that `to_plain` wrote; `ShapeError` at the first thing that differs."""
    whole = _an_object(value, "")
    if whole.get("format") != FORMAT:
        raise ShapeError("/format", f"{FORMAT!r}")
    rest = {key: item for key, item in whole.items() if key != "format"}
    return cast("Document", _read_fields(Document, rest, ""))


def place_to_plain(place: Place) -> Plain:
    """A place as a dictionary; `place_from_plain` is the inverse."""
    return _write_fields(place)


def place_from_plain(value: object) -> Place:
    """The place that `place_to_plain` wrote; `ShapeError` at the first thing that differs."""
    return cast("Place", _read_fields(Place, _an_object(value, ""), ""))


def _write_fields(node: Any) -> Plain:  # noqa: ANN401 - any of the nodes
    kinds = _FIELDS[type(node)]
    out: Plain = {}
    for name, default, has_default in _DEFAULTS[type(node)]:
        value = getattr(node, name)
        if not (has_default and value == default):
            out[name] = kinds[name].write(value)
    return out


def _read_fields(of: type[Any], value: Mapping[str, object], pointer: str) -> object:
    kinds = _FIELDS[of]
    if pointer.count("/") > DEEPEST * 2:
        raise ShapeError(pointer, f"nodes at most {DEEPEST} deep")
    for key in value:
        if key not in kinds:
            raise ShapeError(f"{pointer}/{_escape(key)}", f"one of {', '.join(kinds)}")
    given: dict[str, object] = {}
    for name, _, has_default in _DEFAULTS[of]:
        if name in value:
            given[name] = kinds[name].read(value[name], f"{pointer}/{name}")
        elif not has_default:
            raise ShapeError(f"{pointer}/{name}", "a value: it is missing")
    return of(**given)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _an_object(value: object, pointer: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ShapeError(pointer, "an object")
    return value


def _text(value: object, pointer: str) -> str:
    if not isinstance(value, str):
        raise ShapeError(pointer, "a string")
    at = first_illegal(value)
    if at is not None:
        raise ShapeError(pointer, f"text; character {at} is a control character or half of one")
    return value


def _flag(value: object, pointer: str) -> bool:
    if not isinstance(value, bool):
        raise ShapeError(pointer, "true or false")
    return value


def _whole(value: object, pointer: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ShapeError(pointer, "a whole number")
    return value


def _number(value: object, pointer: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise ShapeError(pointer, "a number")
    return float(value)


def _language(value: object, pointer: str) -> Language:
    try:
        return Language(_text(value, pointer))
    except ValueError as bad:
        if isinstance(bad, ShapeError):
            raise
        raise ShapeError(pointer, "a language code of two or three letters") from bad


def _bytes(value: object, pointer: str) -> bytes:
    try:
        return base64.b64decode(_text(value, pointer), validate=True)
    except binascii.Error as bad:
        raise ShapeError(pointer, "bytes in base64") from bad


def _read_enum(of: type[Mark | PartKind | Stamp]) -> Callable[[object, str], object]:
    def read(value: object, pointer: str) -> object:
        try:
            return of(_text(value, pointer))
        except ValueError as bad:
            if isinstance(bad, ShapeError):
                raise
            raise ShapeError(pointer, f"one of {', '.join(of)}") from bad

    return read


def _items(value: object, pointer: str) -> list[object]:
    if not isinstance(value, list):
        raise ShapeError(pointer, "an array")
    return value


def _many(kind: _Kind) -> _Kind:
    """A tuple of values of one kind."""
    read_one = kind.read
    return _Kind(
        lambda values: [kind.write(value) for value in values],
        lambda value, pointer: tuple(
            read_one(item, f"{pointer}/{at}") for at, item in enumerate(_items(value, pointer))
        ),
    )


def _node(of: type[Any]) -> _Kind:
    """A node whose place says what it is."""
    return _Kind(
        _write_fields,
        lambda value, pointer: _read_fields(of, _an_object(value, pointer), pointer),
    )


def _one_of(types: Mapping[str, type[Any]]) -> _Kind:
    """A node that says what it is."""
    names = {of: name for name, of in types.items()}

    def write(value: object) -> Plain:
        return {"type": names[type(value)], **_write_fields(value)}

    def read(value: object, pointer: str) -> object:
        node = dict(_an_object(value, pointer))
        kind = node.pop("type", None)
        if not isinstance(kind, str) or kind not in types:
            raise ShapeError(f"{pointer}/type", f"one of {', '.join(types)}")
        return _read_fields(types[kind], node, pointer)

    return _Kind(write, read)


def _pair(value: object, pointer: str) -> tuple[str, str]:
    items = _items(value, pointer)
    if len(items) != 2:  # noqa: PLR2004 - a name and a value
        raise ShapeError(pointer, "a name and a value")
    return _text(items[0], f"{pointer}/0"), _text(items[1], f"{pointer}/1")


def _box(value: object, pointer: str) -> tuple[float, ...]:
    items = _items(value, pointer)
    if len(items) != 4:  # noqa: PLR2004 - left, bottom, right, top
        raise ShapeError(pointer, "four numbers: left, bottom, right, top")
    return tuple(_number(item, f"{pointer}/{at}") for at, item in enumerate(items))


def _same(value: Any) -> Any:  # noqa: ANN401 - strings and numbers are written as they are
    return value


_TEXT = _Kind(_same, _text)
_FLAG = _Kind(_same, _flag)
_WHOLE = _Kind(_same, _whole)
_LANGUAGE = _Kind(str, _language)
_BYTES = _Kind(lambda data: base64.b64encode(data).decode("ascii"), _bytes)
_PLACE = _node(Place)
_STAMPS = _many(_Kind(str, _read_enum(Stamp)))
_MARKS = _Kind(
    lambda marks: [mark.value for mark in Mark if mark in marks],
    lambda value, pointer: frozenset(_many(_Kind(str, _read_enum(Mark))).read(value, pointer)),
)
_INLINES = _many(
    _one_of({"text": Text, "break": Break, "note-ref": NoteRef, "image": Image, "span": Span})
)
_BLOCKS = _many(
    _one_of(
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
_LINE: dict[str, _Kind] = {
    "content": _INLINES,
    "role": _TEXT,
    "language": _LANGUAGE,
    "number": _TEXT,
    "style": _TEXT,
    "place": _PLACE,
}
_FIELDS: dict[type[Any], dict[str, _Kind]] = {
    Document: {
        "parts": _many(_node(Part)),
        "language": _LANGUAGE,
        "stamps": _STAMPS,
        "stamp_text": _TEXT,
        "symbol": _TEXT,
        "title": _TEXT,
        "properties": _many(_Kind(list, _pair)),
    },
    Part: {
        "kind": _Kind(str, _read_enum(PartKind)),
        "blocks": _BLOCKS,
        "language": _LANGUAGE,
        "footnotes": _many(_node(Footnote)),
        "parts": _many(_node(Part)),
        "number": _WHOLE,
        "as_received": _FLAG,
    },
    Footnote: {
        "id": _TEXT,
        "mark": _TEXT,
        "blocks": _BLOCKS,
        "language": _LANGUAGE,
        "place": _PLACE,
    },
    Paragraph: _LINE,
    Heading: {"level": _WHOLE, **_LINE},
    List: {"items": _many(_node(ListItem)), "ordered": _FLAG, "place": _PLACE},
    ListItem: {"blocks": _BLOCKS, "label": _TEXT},
    Quote: {"blocks": _BLOCKS, "place": _PLACE},
    Table: {
        "rows": _many(_many(_node(Cell))),
        "header_rows": _WHOLE,
        "caption": _INLINES,
        "place": _PLACE,
    },
    Cell: {"blocks": _BLOCKS, "header": _FLAG, "columns": _WHOLE, "rows": _WHOLE},
    Rule: {"place": _PLACE},
    Text: {"text": _TEXT, "marks": _MARKS, "place": _PLACE},
    Break: {"place": _PLACE},
    NoteRef: {"note": _TEXT, "mark": _TEXT, "place": _PLACE},
    Image: {"data": _BYTES, "media_type": _TEXT, "alt": _TEXT, "place": _PLACE},
    Span: {
        "content": _INLINES,
        "language": _LANGUAGE,
        "link": _TEXT,
        "awaiting": _FLAG,
        "role": _TEXT,
        "place": _PLACE,
    },
    Place: {
        "file": _TEXT,
        "start": _WHOLE,
        "end": _WHOLE,
        "line": _WHOLE,
        "column": _WHOLE,
        "part": _TEXT,
        "paragraph": _WHOLE,
        "page": _WHOLE,
        "box": _Kind(list, _box),
    },
}
# Name, default, and whether there is one, of each field of a node.
_DEFAULTS: dict[type[Any], tuple[tuple[str, object, bool], ...]] = {
    of: tuple(
        (f.name, None if f.default is MISSING else f.default, f.default is not MISSING)
        for f in fields(of)
    )
    for of in _FIELDS
}
