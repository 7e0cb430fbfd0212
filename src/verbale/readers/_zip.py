"""The table of contents of a zip file, read strictly: nothing is taken that can be read twice.

A zip file says everything twice: in the table at its end and in front of each member. Programs
differ in which they believe, so the two must agree, members must not overlap, and nothing may
stand between them that looks like one more. Source: APPNOTE.TXT 6.3.10, 4.3 and 4.4.
"""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.readers.limits import Limits

LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_END64: Final = b"PK\x06\x06"
_LOCAL_HEAD: Final = struct.Struct("<4s5H3L2H")
_CENTRAL_HEAD: Final = struct.Struct("<4s6H3L5H2L")
_END_HEAD: Final = struct.Struct("<4s4H2LH")
_END64_HEAD: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = 20
_COMMENT: Final = 0xFFFF
_ENCRYPTED: Final = 0x1
_STRONG: Final = 0x40
_SIZES_BEHIND: Final = 0x8
_UTF8: Final = 0x800
_STORED, _DEFLATED = 0, 8
_BIG: Final = 0xFFFFFFFF
_EXTRA64: Final = 0x0001
_EXTRA_NAME: Final = 0x7075
_CHUNK: Final = 256 * 1024


class Trap(StrEnum):
    """What is wrong with a zip file; the values are codes of findings."""

    DAMAGED = "file-incomplete"
    TWO_READINGS = "file-two-readings"
    BOMB = "file-bomb"
    MANY = "file-many-parts"
    PATH = "file-path-inside"
    PASSWORD = "file-password"  # noqa: S105 - a code


class ZipError(Exception):
    """A zip file that is not taken: which trap it is, and a sentence for people."""

    def __init__(self, trap: Trap, reason: str) -> None:
        super().__init__(reason)
        self.trap = trap
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Member:
    """One member as both headers say: its name, method, check sum, sizes, where its data is."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


def ends_as_zip(data: bytes) -> bool:
    """Whether a program that looks for a zip file from the end would find one."""
    try:
        end, offset, _ = _end(data)
    except ZipError:
        return False
    return data[offset : offset + 4] == _CENTRAL or (offset == end and end == 0)


def table_of(data: bytes) -> bytes:
    """The table of contents as it stands, empty where there is none."""
    try:
        end, offset, _ = _end(data)
    except ZipError:
        return b""
    return data[offset:end]


def members_of(data: bytes, limits: Limits) -> tuple[Member, ...]:
    """The members, in the order of the table, each checked. Raises `ZipError`."""
    end, offset, count = _end(data)
    if count > limits.members:
        raise ZipError(Trap.MANY, f"{count} parts inside, at most {limits.members} are read")
    found: list[Member] = []
    extents: list[tuple[int, int]] = []
    at = offset
    for _ in range(count):
        member, begin, at = _member(data, at)
        found.append(member)
        extents.append((begin, member.start + member.packed))
    if at != end:
        raise ZipError(Trap.DAMAGED, "incomplete or damaged: its table of contents is wrong")
    _once(found)
    _apart(data, sorted(extents), offset)
    if sum(member.size for member in found) > limits.unpacked:
        raise ZipError(Trap.BOMB, f"more than {limits.unpacked // 1024**2} MB when unpacked")
    return tuple(found)


def unpacked(data: bytes, member: Member, limits: Limits, *, most: int) -> bytes:
    """The bytes of a member, counted as they come; *most* is what may still come of the file.

    Raises `ZipError`.
    """
    out = bytearray()
    crc = 0
    for chunk in _chunks(data, member):
        out += chunk
        crc = zlib.crc32(chunk, crc)
        if len(out) > most:
            raise ZipError(
                Trap.BOMB, f"more than {limits.unpacked // 1024**2} MB when unpacked"
            )
        if len(out) > limits.ratio_from and len(out) > limits.ratio * max(member.packed, 1):
            raise ZipError(Trap.BOMB, "a part inside is packed far too tightly to be text")
    if len(out) != member.size or crc != member.crc:
        raise ZipError(
            Trap.DAMAGED, f"incomplete or damaged: its part {member.name} cannot be unpacked"
        )
    return bytes(out)


def _chunks(data: bytes, member: Member) -> Iterator[bytes]:
    view = memoryview(data)[member.start : member.start + member.packed]
    if member.method == _STORED:
        for at in range(0, len(view), _CHUNK):
            yield bytes(view[at : at + _CHUNK])
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = bytes(view)
    try:
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _CHUNK)
            rest = inflate.unconsumed_tail
        while not inflate.eof:
            more = inflate.decompress(b"", _CHUNK)
            if not more:
                break
            yield more
    except zlib.error as bad:
        raise ZipError(
            Trap.DAMAGED, f"incomplete or damaged: its part {member.name} cannot be unpacked"
        ) from bad
    if inflate.unused_data:
        raise ZipError(Trap.TWO_READINGS, f"its part {member.name} holds more than its text")


def _end(data: bytes) -> tuple[int, int, int]:
    """Where the table ends and begins, and how many members it has."""
    first = max(0, len(data) - _COMMENT - _END_HEAD.size)
    at = len(data)
    # From the end, as programs look for it: what stands further on is another file's, inside.
    while (at := data.rfind(_END, first, at + 3)) >= 0:
        if at + _END_HEAD.size > len(data):
            continue
        head = _END_HEAD.unpack_from(data, at)
        table = _table(data, at, head)
        if table is not None and at + _END_HEAD.size + head[7] == len(data):
            return table
        if table is not None or data[at - head[5] : at - head[5] + 4] == _CENTRAL:
            # Programs that forgive more than others would begin here.
            raise ZipError(Trap.TWO_READINGS, "it has two tables of contents")
    raise ZipError(Trap.DAMAGED, "incomplete or damaged: its table of contents is missing")


def _table(data: bytes, at: int, head: tuple[int, ...]) -> tuple[int, int, int] | None:
    """End, start and count of the table that an end record names, if it is there."""
    _, disk, first_disk, here, count, size, offset, _ = head
    end = at
    if _BIG in (size, offset) or count == _COMMENT:
        at64 = at - _LOCATOR - _END64_HEAD.size
        if at64 < 0 or data[at64 : at64 + 4] != _END64:
            return None
        _, _, _, _, disk, first_disk, here, count, size, offset = _END64_HEAD.unpack_from(
            data, at64
        )
        end = at64
    if disk or first_disk or here != count or offset + size != end:
        return None
    return end, offset, count


def _member(data: bytes, at: int) -> tuple[Member, int, int]:
    """The member whose entry of the table is at *at*, where its header is, the next entry."""
    try:
        head = _CENTRAL_HEAD.unpack_from(data, at)
    except struct.error as bad:
        raise _damaged() from bad
    flags, method, crc, packed, size = head[3], head[4], *head[7:10]
    name_length, extra_length, note_length, start = head[10], head[11], head[12], head[16]
    name_at = at + _CENTRAL_HEAD.size
    raw = data[name_at : name_at + name_length]
    extra = data[name_at + name_length :][:extra_length]
    if head[0] != _CENTRAL or len(raw) != name_length:
        raise _damaged()
    if flags & (_ENCRYPTED | _STRONG):
        raise ZipError(Trap.PASSWORD, "locked with a password")
    if method not in (_STORED, _DEFLATED):
        raise ZipError(Trap.DAMAGED, "packed by a method that is not allowed in such files")
    size, packed, start = _sizes64(extra, size, packed, start)
    name = _name(raw, flags, extra)
    if stat.S_ISLNK(head[15] >> 16):
        raise ZipError(Trap.PATH, "a part inside is a link to another file")
    data_at = _local(data, start, raw, (flags, method, crc, packed, size))
    if data_at + packed > len(data):
        raise _damaged()
    if method == _STORED and packed != size:
        raise ZipError(Trap.TWO_READINGS, f"its part {name} has two sizes")
    member = Member(name, method, crc, packed, size, data_at)
    return member, start, name_at + name_length + extra_length + note_length


def _local(data: bytes, at: int, name: bytes, said: tuple[int, int, int, int, int]) -> int:
    """Where a member's data begins; what stands in front of it must say what the table says."""
    try:
        head = _LOCAL_HEAD.unpack_from(data, at)
    except struct.error as bad:
        raise _damaged() from bad
    if head[0] != LOCAL:
        raise _damaged()
    flags, method, crc, packed, size = said
    behind = bool(head[2] & _SIZES_BEHIND)
    name_at = at + _LOCAL_HEAD.size
    here = data[name_at : name_at + head[9]]
    extra = data[name_at + head[9] :][: head[10]]
    size_here, packed_here, _ = _sizes64(extra, head[8], head[7], 0)
    agree = [
        here == name,
        head[3] == method,
        not head[2] & (_ENCRYPTED | _STRONG),
        (behind and head[6] == 0) or head[6] == crc,
        (behind and packed_here == 0) or packed_here == packed,
        (behind and size_here == 0) or size_here == size,
        behind == bool(flags & _SIZES_BEHIND),
    ]
    if not all(agree):
        raise ZipError(Trap.TWO_READINGS, "a part inside is described in two ways")
    return int(name_at + head[9] + head[10])


def _sizes64(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """The sizes and place of a member, from the field for large ones where they are there."""
    values = [size, packed, start]
    for kind, field in _extras(extra):
        if kind != _EXTRA64:
            continue
        at = 0
        for index, value in enumerate(values):
            if value == _BIG and at + 8 <= len(field):
                values[index] = int.from_bytes(field[at : at + 8], "little")
                at += 8
    return values[0], values[1], values[2]


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _name(raw: bytes, flags: int, extra: bytes) -> str:
    """A member's name, which must not lead out of the file. Raises `ZipError`."""
    try:
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as bad:
        raise ZipError(Trap.TWO_READINGS, "a part inside has a name that is no text") from bad
    for kind, field in _extras(extra):
        # A second name, for programs that know it (version and check sum before it).
        if kind == _EXTRA_NAME and field[5:] != name.encode("utf-8"):
            raise ZipError(Trap.TWO_READINGS, "a part inside has two names")
    pieces = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in pieces or ":" in pieces[0]:
        raise ZipError(Trap.PATH, "a part inside has a name that leads out of the file")
    if not name or any(ord(letter) < ord(" ") for letter in name):
        raise ZipError(Trap.TWO_READINGS, "a part inside has a name that is no text")
    return name


def _once(members: list[Member]) -> None:
    """Raise where two members have one name; case makes none differ (OPC, 6.2.2.3)."""
    names = {_plain(member.name) for member in members}
    if len(names) != len(members):
        raise ZipError(Trap.TWO_READINGS, "two parts inside have the same name")


def _plain(name: str) -> str:
    """A name as the least careful program compares it."""
    pieces = name.replace("\\", "/").casefold().split("/")
    return "/".join(piece for piece in pieces[:-1] if piece not in ("", ".")) + "/" + pieces[-1]


def _apart(data: bytes, extents: list[tuple[int, int]], table: int) -> None:
    """Raise where members overlap, or another one stands where the table names none."""
    at = 0
    for begin, end in [*extents, (table, table)]:
        if begin < at:
            raise ZipError(Trap.TWO_READINGS, "two parts inside share the same bytes")
        if at == 0 < begin or LOCAL in data[at:begin]:
            raise ZipError(Trap.TWO_READINGS, "it holds parts that its table does not name")
        at = end


def _damaged() -> ZipError:
    return ZipError(Trap.DAMAGED, "incomplete or damaged: its table of contents is wrong")
