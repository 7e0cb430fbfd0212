"""Frozen values as plain dictionaries, and back: every field, no defaults, one key order.

A module declares for its classes how each field is written and read; what it has not declared
can be neither. Bytes are base64, dates are ISO 8601, an enum is its value.
"""

from __future__ import annotations

import base64
import binascii
import datetime
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from verbale.model.language import Language
from verbale.text.legal import first_illegal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

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
class Kind:
    """How the values of one field are written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any, str], Any]


_FIELDS: dict[type[Any], dict[str, Kind]] = {}
# Name, default, and whether there is one, of each field of a class.
_DEFAULTS: dict[type[Any], tuple[tuple[str, object, bool], ...]] = {}


def declare(of: type[Any], kinds: dict[str, Kind]) -> None:
    """Say how each field of a dataclass is written and read."""
    _FIELDS[of] = kinds
    _DEFAULTS[of] = tuple(
        (f.name, None if f.default is MISSING else f.default, f.default is not MISSING)
        for f in fields(of)
    )


def write_fields(node: Any) -> Plain:  # noqa: ANN401 - any of the declared
    """A value of a declared class as a dictionary, fields at their default left out."""
    kinds = _FIELDS[type(node)]
    out: Plain = {}
    for name, default, has_default in _DEFAULTS[type(node)]:
        value = getattr(node, name)
        if not (has_default and value == default):
            out[name] = kinds[name].write(value)
    return out


def read_fields(of: type[Any], value: Mapping[str, object], pointer: str) -> object:
    """The value of class *of* that `write_fields` wrote; `ShapeError` at what differs."""
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


def an_object(value: object, pointer: str) -> dict[str, Any]:
    """A value that must be an object."""
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
    said = _text(value, pointer)
    try:
        return Language(said)
    except ValueError as bad:
        raise ShapeError(pointer, "a language code of two or three letters") from bad


def _bytes(value: object, pointer: str) -> bytes:
    try:
        return base64.b64decode(_text(value, pointer), validate=True)
    except binascii.Error as bad:
        raise ShapeError(pointer, "bytes in base64") from bad


def one_word(of: type[StrEnum]) -> Kind:
    """A member of an enum, by its value."""

    def read(value: object, pointer: str) -> object:
        said = _text(value, pointer)
        try:
            return of(said)
        except ValueError as bad:
            raise ShapeError(pointer, f"one of {', '.join(of)}") from bad

    return Kind(str, read)


def _date(value: object, pointer: str) -> datetime.date:
    said = _text(value, pointer)
    try:
        return datetime.date.fromisoformat(said)
    except ValueError as bad:
        raise ShapeError(pointer, "a date, 2020-05-31") from bad


def items(value: object, pointer: str) -> list[object]:
    """A value that must be an array."""
    if not isinstance(value, list):
        raise ShapeError(pointer, "an array")
    return value


def many(kind: Kind) -> Kind:
    """A tuple of values of one kind."""
    read_one = kind.read
    return Kind(
        lambda values: [kind.write(value) for value in values],
        lambda value, pointer: tuple(
            read_one(item, f"{pointer}/{at}") for at, item in enumerate(items(value, pointer))
        ),
    )


def node(of: type[Any]) -> Kind:
    """A node whose place says what it is."""
    return Kind(
        write_fields,
        lambda value, pointer: read_fields(of, an_object(value, pointer), pointer),
    )


def one_of(types: Mapping[str, type[Any]]) -> Kind:
    """A node that says what it is."""
    names = {of: name for name, of in types.items()}

    def write(value: object) -> Plain:
        return {"type": names[type(value)], **write_fields(value)}

    def read(value: object, pointer: str) -> object:
        node = dict(an_object(value, pointer))
        kind = node.pop("type", None)
        if not isinstance(kind, str) or kind not in types:
            raise ShapeError(f"{pointer}/type", f"one of {', '.join(types)}")
        return read_fields(types[kind], node, pointer)

    return Kind(write, read)


def maybe(kind: Kind) -> Kind:
    """A value of one kind, or null."""
    return Kind(
        lambda value: None if value is None else kind.write(value),
        lambda value, pointer: None if value is None else kind.read(value, pointer),
    )


def _same(value: Any) -> Any:  # noqa: ANN401 - strings and numbers are written as they are
    return value


TEXT: Final = Kind(_same, _text)
FLAG: Final = Kind(_same, _flag)
WHOLE: Final = Kind(_same, _whole)
NUMBER: Final = Kind(_same, _number)
LANGUAGE: Final = Kind(str, _language)
BYTES: Final = Kind(lambda data: base64.b64encode(data).decode("ascii"), _bytes)
DATE: Final = Kind(lambda day: day.isoformat(), _date)
