"""The plain form in which answers leave a box: JSON, counted and checked before it is believed.

No object of a class of the sender's choosing can be made from it: trees come back through
`verbale.model.as_json.from_plain`, which knows every field of every node, and findings and
errors through the tables here.
"""

from __future__ import annotations

import datetime
import json
import re
import struct
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final, NoReturn

from verbale.compose.coding import Tag
from verbale.compose.translation import Returned
from verbale.errors import MissingPartError, UnknownFormatError, UnreadableFileError
from verbale.model.as_json import from_plain, place_from_plain, place_to_plain, to_plain
from verbale.model.finding import Finding, Severity
from verbale.model.plain import DEEPEST
from verbale.model.recognition_json import recognition_from_plain, recognition_to_plain
from verbale.proof.cms import Signing
from verbale.proof.pdf_checking import Coverage, PdfSignature
from verbale.readers.base import Reading
from verbale.text.legal import first_illegal, replace_illegal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.compose.coding import Coded
    from verbale.errors import VerbaleError
    from verbale.model.recognition import Recognition

#: More brackets and commas than a document of two thousand pages has: each costs memory.
MOST_VALUES: Final = 6_000_000
_MOST_FINDINGS: Final = 100_000
_CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,79}\Z")
_LENGTH: Final = struct.Struct(">Q")


class WireError(ValueError):
    """What came out of a box is not of the form agreed: the box was no longer ours."""


def pack_reading(reading: Reading) -> bytes:
    """A reading as bytes."""
    return _pack(
        {
            "document": to_plain(reading.document),
            "findings": [finding_to_plain(each) for each in reading.findings],
        },
        reading.text.encode("utf-8"),
    )


def pack_recognition(found: Recognition) -> bytes:
    """A recognition as bytes."""
    said = recognition_to_plain(found)
    return _pack({**said, "findings": [finding_to_plain(each) for each in found.findings]})


def pack_findings(findings: Iterable[Finding]) -> bytes:
    """Findings as bytes."""
    return _pack({"findings": [finding_to_plain(each) for each in findings]})


def pack_error(error: VerbaleError) -> bytes:
    """One of the errors that a reader may raise, as bytes."""
    said: dict[str, Any] = {"message": error.message, "remedy": error.remedy}
    if isinstance(error, UnreadableFileError):
        said |= {
            "kind": "unreadable",
            "name": error.name,
            "reason": error.reason,
            "offset": error.offset,
            "finding": error.finding_code,
            "values": dict(error.values),
        }
    elif isinstance(error, UnknownFormatError):
        said["kind"] = "unknown-format"
    elif isinstance(error, MissingPartError):
        said["kind"] = "missing-part"
    else:
        raise error
    return _pack({"error": said})


def unpack_reading(data: bytes) -> Reading:
    """The reading that `pack_reading` packed, or raises the error that `pack_error` did.

    Raises `WireError` at anything else.
    """
    said, text = _unpack(data)
    try:
        document = from_plain(_get(said, "document", dict))
    except (RecursionError, ValueError, TypeError) as bad:
        raise WireError(str(bad)) from bad
    return Reading(document, _findings(said), _legal(text.decode("utf-8", "strict")))


def unpack_recognition(data: bytes) -> Recognition:
    """The recognition that `pack_recognition` packed; errors as `unpack_reading`."""
    said, _ = _unpack(data)
    try:
        found = recognition_from_plain(said)
    except (RecursionError, ValueError, TypeError) as bad:
        raise WireError(str(bad)) from bad
    return replace(found, findings=_findings(said))


def unpack_findings(data: bytes) -> tuple[Finding, ...]:
    """The findings that `pack_findings` packed; errors as `unpack_reading`."""
    return _findings(_unpack(data)[0])


def pack_returned(found: Returned) -> bytes:
    """A translation that came back as bytes."""
    segments = [[*key, *map(_coded_to_plain, both)] for key, both in found.segments.items()]
    head = {"original": found.original, "source": found.source, "target": found.target}
    return _pack({**head, "segments": segments})


def unpack_returned(data: bytes) -> Returned:
    """The translation that `pack_returned` packed; errors as `unpack_reading`."""
    said, _ = _unpack(data)
    segments = {}
    for each in _get(said, "segments", list):
        match each:
            case [str(unit), str(segment), list(before), list(after)]:
                segments[_legal(unit), _legal(segment)] = _coded(before), _coded(after)
            case _:
                raise WireError("a segment is two names and two texts")
    original, source, target = (
        _legal(_get(said, key, str)) for key in ("original", "source", "target")
    )
    return Returned(original, source, target, segments)


def _coded_to_plain(coded: Coded) -> list[Any]:
    return [
        each
        if isinstance(each, str)
        else [each.id, None if each.content is None else _coded_to_plain(each.content)]
        for each in coded
    ]


def _coded(said: list[Any], depth: int = 0) -> Coded:
    if depth > DEEPEST:
        raise WireError("tags too deep in one another")
    found: list[str | Tag] = []
    for each in said:
        match each:
            case str(text):
                found.append(_legal(text))
            case [str(number), None]:
                found.append(Tag(_legal(number)))
            case [str(number), list(inside)]:
                found.append(Tag(_legal(number), _coded(inside, depth + 1)))
            case _:
                raise WireError("coded text is texts and tags")
    return tuple(found)


def pack_texts(texts: Iterable[str]) -> bytes:
    """Texts as bytes."""
    return _pack({"texts": list(texts)})


def unpack_texts(data: bytes) -> list[str]:
    """The texts that `pack_texts` packed; errors as `unpack_reading`."""
    said = _get(_unpack(data)[0], "texts", list)
    if not all(isinstance(each, str) for each in said):
        raise WireError("a text is a string")
    return [_legal(each) for each in said]


def pack_signatures(signatures: Iterable[PdfSignature]) -> bytes:
    """Signatures as bytes; what a certificate may hold and no document may, is replaced."""
    said = [asdict(each) for each in signatures]
    for by in (each["by"] for each in said if each["by"] is not None):
        by |= {key: replace_illegal(v) for key, v in by.items() if isinstance(v, str)}
    return _pack({"signatures": said})


def unpack_signatures(data: bytes) -> tuple[PdfSignature, ...]:
    """The signatures that `pack_signatures` packed; errors as `unpack_reading`."""
    return tuple(_signature(each) for each in _get(_unpack(data)[0], "signatures", list))


def pack_yes(*, yes: bool) -> bytes:
    """A yes or no as bytes."""
    return _pack({"yes": yes})


def unpack_yes(data: bytes) -> bool:
    """What `pack_yes` packed; errors as `unpack_reading`."""
    return bool(_get(_unpack(data)[0], "yes", bool))


def finding_to_plain(finding: Finding) -> dict[str, Any]:
    """A finding as a dictionary."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": place_to_plain(finding.place),
        "values": dict(finding.values),
        "source": finding.source,
    }


def _pack(value: dict[str, Any], text: bytes = b"") -> bytes:
    head = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = head.encode("utf-8", "replace")
    return _LENGTH.pack(len(data)) + data + text


def _unpack(data: bytes) -> tuple[dict[str, Any], bytes]:
    if len(data) < _LENGTH.size:
        raise WireError("too short")
    (length,) = _LENGTH.unpack_from(data)
    head, text = data[_LENGTH.size :][:length], data[_LENGTH.size + length :]
    if len(head) != length:
        raise WireError("cut off")
    if sum(map(head.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise WireError("too many values")
    try:
        said = json.loads(head.decode("utf-8"))
    except (ValueError, RecursionError) as bad:
        raise WireError("no JSON") from bad
    if not isinstance(said, dict):
        raise WireError("no object")
    if "error" in said:
        _raise(_get(said, "error", dict))
    return said, text


def _raise(said: dict[str, Any]) -> NoReturn:
    message, remedy = _get(said, "message", str), _get(said, "remedy", str)
    kind = _get(said, "kind", str)
    if kind == "unreadable":
        offset = said.get("offset")
        raise UnreadableFileError(
            _get(said, "name", str),
            _get(said, "reason", str),
            offset=offset if isinstance(offset, int) else None,
            remedy=remedy,
            code=_code(_get(said, "finding", str)),
            values=_values(_get(said, "values", dict)),
        )
    if kind == "unknown-format":
        raise UnknownFormatError(message, remedy=remedy)
    if kind == "missing-part":
        raise MissingPartError(message, remedy=remedy)
    raise WireError(f"an error of kind {kind[:40]!r}")


def _findings(said: dict[str, Any]) -> tuple[Finding, ...]:
    listed = _get(said, "findings", list)
    if len(listed) > _MOST_FINDINGS:
        raise WireError("too many findings")
    return tuple(_finding(each) for each in listed)


def _finding(said: object) -> Finding:
    if not isinstance(said, dict):
        raise WireError("a finding is an object")
    try:
        severity = Severity(_get(said, "severity", str))
        place = place_from_plain(_get(said, "place", dict))
    except (ValueError, RecursionError) as bad:
        raise WireError(str(bad)) from bad
    code = _code(_get(said, "code", str))
    return Finding(
        code, severity, place, _values(said.get("values")), _get(said, "source", str)
    )


def _signature(said: object) -> PdfSignature:
    if not isinstance(said, dict):
        raise WireError("a signature is an object")
    by = said.get("by")
    try:
        coverage = Coverage(_get(said, "coverage", str))
        signing = None if by is None else _signing(by)
    except ValueError as bad:
        raise WireError(str(bad)) from bad
    return PdfSignature(
        coverage,
        intact=_get(said, "intact", bool),
        end=_get(said, "end", int),
        by=signing,
        known=_get(said, "known", bool),
        certified=_get(said, "certified", bool),
    )


def _signing(said: object) -> Signing:
    if not isinstance(said, dict):
        raise WireError("who signed is an object")
    texts = {
        name: _legal(_get(said, name, str))
        for name in ("certificate", "name", "organization", "not_before", "not_after", "at")
    }
    for moment in ("not_before", "not_after", "at"):
        if texts[moment]:
            datetime.datetime.fromisoformat(texts[moment])
    return Signing(**texts, usable=_get(said, "usable", bool))


def _values(said: object) -> dict[str, str]:
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise WireError("the values of a finding are strings")
    return {str(key): value for key, value in said.items()}


def _code(said: str) -> str:
    if not _CODE.match(said):
        raise WireError("no code of a finding")
    return said


def _legal(text: str) -> str:
    if first_illegal(text) is not None:
        raise WireError("a control character in the text")
    return text


def _get(said: dict[str, Any], key: str, of: type[Any]) -> Any:  # noqa: ANN401 - as asked for
    value = said.get(key)
    if not isinstance(value, of):
        raise WireError(f"{key}: expected {of.__name__}")
    return value
