"""Zip files made by hand, so that every field of every header can say what a test wants."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field


@dataclass
class Entry:
    """A member; what is set here stands in both headers, ``local`` and ``central`` override."""

    name: str
    data: bytes = b""
    method: int = 8
    flags: int = 0
    attributes: int = 0
    extra: bytes = b""
    local: dict[str, int | str] = field(default_factory=dict)
    central: dict[str, int | str] = field(default_factory=dict)
    behind: bytes = b""  # after the data


def zip_of(entries: list[Entry], *, before: bytes = b"", comment: bytes = b"") -> bytes:
    """A zip file of these members, in this order."""
    out = bytearray(before)
    table = bytearray()
    for entry in entries:
        packed = entry.data
        if entry.method == 8:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = squeeze.compress(entry.data) + squeeze.flush()
        values = {
            "name": entry.name,
            "method": entry.method,
            "flags": entry.flags,
            "crc": zlib.crc32(entry.data),
            "packed": len(packed),
            "size": len(entry.data),
            "offset": len(out),
        }
        out += _local({**values, **entry.local}, entry.extra) + packed + entry.behind
        table += _central({**values, **entry.central}, entry)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(table), len(out),
        len(comment),
    )  # fmt: skip
    return bytes(out) + bytes(table) + end + comment


def _local(v: dict[str, int | str], extra: bytes) -> bytes:
    name = str(v["name"]).encode()
    head = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, v["flags"], v["method"], 0, 33, v["crc"], v["packed"],
        v["size"], len(name), len(extra),
    )  # fmt: skip
    return head + name + extra


def _central(v: dict[str, int | str], entry: Entry) -> bytes:
    name = str(v["name"]).encode()
    head = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, v["flags"], v["method"], 0, 33, v["crc"],
        v["packed"], v["size"], len(name), len(entry.extra), 0, 0, 0, entry.attributes,
        v["offset"],
    )  # fmt: skip
    return head + name + entry.extra
