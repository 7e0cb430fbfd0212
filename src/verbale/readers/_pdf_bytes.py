"""A PDF as bytes, looked at before any library opens it: what it is, how deep, how large.

What is packed is counted as it is unpacked here, whatever the file declares of itself.
Sources: ISO 32000-1, 7.5 (file structure), 7.5.6 (updates); ISO 32000-1, annex F (linearized).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale.errors import UnreadableFileError
from verbale.readers.limits import limits, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A header may stand this far from the beginning and programs still open the file.
HEADER_WITHIN: Final = 1024
AGAIN: Final = (
    "Save or print the document to a new PDF in the program it was made in; send that."
)

_HEADER = re.compile(rb"%PDF-")
_BLANK = b"\xef\xbb\xbf\0\t\n\f\r "
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<<|>>|\[|\]", re.DOTALL)
_DICTIONARY = 2048
_STARTS = re.compile(rb"startxref\s+(\d{1,12})")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_EMPTY = re.compile(rb"\s*xref\s+0\s+0\s+trailer")
_LINEARIZED = re.compile(rb"/Linearized\s+1")
_END = b"PK\x05\x06"
_CENTRAL = b"PK\x01\x02"
_DEFLATE = 8
#: Bytes that are unpacked at a time: to some four megabytes at most.
_PACKED = 4096
_LAYERS = 5
_MOST_SECTIONS = 5000


@dataclass(frozen=True, slots=True)
class Outline:
    """What the bytes say. ``packed`` is what the object streams hold, unpacked.

    ``updates`` counts how often the file was saved on top of an earlier state; ``loop``: its
    tables of contents lead back to themselves; ``trailing``: bytes behind its last end.
    """

    packed: bytes
    updates: int
    loop: bool
    trailing: int


def outline(data: bytes, *, name: str) -> Outline:
    """Look at a file. Raises `UnreadableFileError` when it is no PDF, two things, or a bomb."""
    header = _HEADER.search(data, 0, HEADER_WITHIN + 5)
    if header is None:
        raise UnreadableFileError(
            name, "not a PDF file", remedy="Send a file saved as PDF, or name it rightly."
        )
    if data[: header.start()].strip(_BLANK):
        raise _two(name, "something else stands before the PDF in it", "bytes-before")
    if _is_zip_too(data):
        raise _two(name, "it is a PDF and a zip archive at once", "pdf-and-zip")
    packed = _packed_objects(data, name)
    sections, loop = _sections(data)
    linearized = _LINEARIZED.search(data, 0, HEADER_WITHIN) is not None
    end = data.rfind(b"%%EOF")
    trailing = len(data[end + 5 :].strip(_BLANK)) if end >= 0 else 0
    return Outline(packed, max(sections - 1 - linearized, 0), loop, trailing)


def _two(name: str, reason: str, words: str) -> UnreadableFileError:
    values = {"what_words": words}
    return UnreadableFileError(name, reason, remedy=AGAIN, code="pdf-two-files", values=values)


def too_much(name: str, reason: str, words: str, limit: str) -> UnreadableFileError:
    """The error for a file that goes over a limit: its name among the labels, and the limit."""
    values = {"what_words": words, "limit": limit}
    return UnreadableFileError(name, reason, remedy=AGAIN, code="pdf-too-much", values=values)


def too_deep(name: str) -> UnreadableFileError:
    """The error for objects in objects without end."""
    deepest = limits().pdf_depth
    reason = f"its objects are nested more than {deepest} deep"
    return too_much(name, reason, "limit-depth", str(deepest))


def _is_zip_too(data: bytes) -> bool:
    """Whether the file ends as an archive: not one that lies whole inside a stream."""
    at = data.rfind(_END, max(len(data) - 65_557, 0))
    if at < 0 or len(data) < at + 22:
        return False
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    comment = int.from_bytes(data[at + 20 : at + 22], "little")
    has_list = data[at - size : at - size + 4] == _CENTRAL if size else True
    at_end = at + 22 + comment == len(data)
    return has_list and (at_end or at > data.rfind(b"endstream"))


def _packed_objects(data: bytes, name: str) -> bytes:
    """What the object streams hold; raises when anything nests too deep or unpacks too far."""
    pieces = []
    left = limits().pdf_decoded
    at = 0
    while (found := _STREAM.search(data, at)) is not None:
        begin = found.end()
        end = data.find(b"endstream", begin)
        end = len(data) if end < 0 else end
        between = data[at : found.start()]
        _check_depth(between, name)
        head = between[-_DICTIONARY:]
        keep = b"/ObjStm" in head or b"#" in head
        content, size = _unpacked(memoryview(data)[begin:end], left, keep=keep)
        left -= size
        if left < 0:
            limit = shown("pdf_decoded", limits().pdf_decoded)
            raise too_much(name, f"over {limit} when unpacked", "limit-unpacked", limit)
        if keep:
            _check_depth(content, name)
            pieces.append(content)
        at = end
    _check_depth(data[at:], name)
    return b"\n".join(pieces)


def _check_depth(text: bytes, name: str) -> None:
    deepest = limits().pdf_depth
    for piece in text.split(b"endobj"):
        if piece.count(b"[") + piece.count(b"<<") <= deepest:
            continue
        depth = 0
        for token in _TOKEN.finditer(piece):
            sign = token.group()
            depth += (sign in (b"<<", b"[")) - (sign in (b">>", b"]"))
            if depth > deepest:
                raise too_deep(name)


def _unpacked(packed: memoryview | bytes, left: int, *, keep: bool) -> tuple[bytes, int]:
    """What a stream holds that zlib packed (if *keep*) and its size, layer under layer."""
    size = 0
    layer: memoryview | bytes = packed
    for _ in range(_LAYERS):
        if not _is_zlib(bytes(layer[:2])):
            break
        pieces: list[bytes] = []
        head = b""
        for piece in _inflated(layer):
            size += len(piece)
            head += piece[: 2 - len(head)]
            if keep or len(head) < len(b"CF") or _is_zlib(head):
                pieces.append(piece)
            if size > left:
                return b"", size
        layer = b"".join(pieces)
    return bytes(layer) if keep else b"", size


def _is_zlib(head: bytes) -> bool:
    """Whether two bytes begin zlib data. Source: RFC 1950, 2.2."""
    whole = len(head) == len(b"CF") and head[0] & 0x0F == _DEFLATE
    return whole and int.from_bytes(head, "big") % 31 == 0


def _inflated(packed: memoryview | bytes) -> Iterator[bytes]:
    """The content of zlib data piece by piece, up to the first byte that does not fit.

    Readers of PDF make what they can of damaged data, so all before the damage counts.
    """
    engine = zlib.decompressobj()
    for at in range(0, len(packed), _PACKED):
        chunk = packed[at : at + _PACKED]
        before = engine.copy()
        try:
            yield engine.decompress(chunk)
        except zlib.error:
            yield from _as_far_as_it_goes(before, bytes(chunk))
            return
        if engine.eof:
            return


def _as_far_as_it_goes(engine: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    for at in range(len(chunk)):
        try:
            yield engine.decompress(chunk[at : at + 1])
        except zlib.error:
            return


def _sections(data: bytes) -> tuple[int, bool]:
    """How many tables of contents with entries there are, and whether they go round."""
    starts = _STARTS.findall(data[-4096:]) or _STARTS.findall(data)
    seen: set[int] = set()
    count = 0
    at = int(starts[-1]) if starts else len(data)
    while at < len(data) and len(seen) < _MOST_SECTIONS:
        if at in seen:
            return count, True
        seen.add(at)
        head = _section_head(data, at)
        # Word writes a second table without entries, for readers of two ages.
        count += _EMPTY.match(head) is None
        previous = _PREVIOUS.search(head)
        if previous is None:
            break
        at = int(previous[1])
    return count, False


def _section_head(data: bytes, at: int) -> bytes:
    """A table of contents with its trailer, or the dictionary of a stream that is one."""
    if not data[at : at + 8].lstrip(_BLANK).startswith(b"xref"):
        end = data.find(b"stream", at)
        return data[at : end if end >= 0 else at + _DICTIONARY]
    trailer = data.find(b"trailer", at)
    end = data.find(b"startxref", trailer) if trailer >= 0 else -1
    first = data[at : at + 40]
    return (first if _EMPTY.match(first) else b"") + data[trailer:end] if end >= 0 else b""
