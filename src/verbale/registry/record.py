"""An entry as one line of JSON and back: what every store keeps, and what is hashed.

Keys are sorted, nothing is escaped that need not be, and what has its default is left out, so
that equal entries are equal bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any

from verbale.errors import RegistryError
from verbale.model.finding import Finding, Place, Severity
from verbale.registry.entry import (
    Entry,
    Event,
    FileRecord,
    FileRole,
    KeptFinding,
    Note,
    Number,
    Override,
    Relation,
    State,
    Version,
    VersionState,
)

#: The version of the record's shape; a reader refuses one that it does not know.
SHAPE = 1


def dump(entry: Entry) -> str:
    """The record of *entry*."""
    return canonical({"shape": SHAPE, **_plain(entry)})


def record_hash(entry: Entry) -> str:
    """The SHA-256 of the record of *entry*."""
    return hashlib.sha256(dump(entry).encode()).hexdigest()


def event_line(event: Event) -> str:
    """An event as one line of JSON with one spelling: what a log takes as its leaf."""
    return canonical(_plain(event))


def load(text: str) -> Entry:
    """The entry of a record. Raises `RegistryError` if the record is not one."""
    try:
        values = json.loads(text)
        shape = values.pop("shape")
        if shape == SHAPE:
            return _entry(values)
    except (ValueError, TypeError, KeyError, AttributeError) as bad:
        raise RegistryError(
            f"a record of the register is damaged: {text[:60]!r}",
            remedy="Restore the register from a backup.",
        ) from bad
    raise RegistryError(
        f"a record of shape {shape!r}; this program knows {SHAPE}",
        remedy="Use the version of Verbale that wrote it, or a later one.",
    )


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant_text(at: datetime.datetime) -> str:
    """``2020-05-06T09:30:00.000001Z``."""
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a record
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, datetime.datetime):
        return instant_text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {
            name: _plain(held)
            for name, default in _fields(value.__class__)
            if (held := getattr(value, name)) != default
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {str(key): str(each) for key, each in value.items()}


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields of a record's class, each with what is left out."""
    return tuple((each.name, _default(each)) for each in fields(kind))


def _default(each: Field[Any]) -> object:
    return {} if each.default_factory is not MISSING else each.default


def _entry(values: dict[str, Any]) -> Entry:
    made: dict[str, Any] = dict(values)
    made["state"] = State(values["state"])
    for name in ("received_at", "embargo_until", "published_at"):
        if name in values:
            made[name] = datetime.datetime.fromisoformat(values[name])
    for name, build in _LISTS.items():
        made[name] = tuple(build(each) for each in values.get(name, ()))
    return Entry(**made)


def _file(values: dict[str, Any]) -> FileRecord:
    role = FileRole(values.pop("role", FileRole.RECEIVED))
    return FileRecord(**values, role=role)


def _version(values: dict[str, Any]) -> Version:
    return Version(values["language"], VersionState(values.get("state", VersionState.READY)))


def _note(values: dict[str, Any]) -> Note:
    return Note(values["kind"], datetime.date.fromisoformat(values["date"]))


def _finding(values: dict[str, Any]) -> KeptFinding:
    found = values["finding"]
    place = found.get("place", {})
    if "box" in place:
        place["box"] = tuple(place["box"])
    finding = Finding(
        found["code"],
        Severity(found["severity"]),
        Place(**place),
        found.get("values", {}),
        found.get("source", ""),
    )
    by = values.get("override")
    if by is None:
        return KeptFinding(finding)
    at = datetime.datetime.fromisoformat(by["at"])
    return KeptFinding(finding, Override(by["actor"], at, by["reason"]))


_LISTS: dict[str, Any] = {
    "numbers": lambda values: Number(**values),
    "received": _file,
    "composed": _file,
    "findings": _finding,
    "relations": lambda values: Relation(**values),
    "versions": _version,
    "concerns": str,
    "parts": str,
    "notes": _note,
}
