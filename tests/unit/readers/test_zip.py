"""Zip files that say one thing here and another there, and those that say nothing odd."""

from __future__ import annotations

import stat
import struct
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from zips import Entry, zip_of

from verbale.readers._zip import Trap, ZipError, ends_as_zip, members_of, unpacked
from verbale.readers.limits import DEFAULTS, MEGABYTE

TEXT = b"<w:document/>" * 20
GOOD = [Entry("[Content_Types].xml", b"<Types/>"), Entry("word/document.xml", TEXT)]
LINK = (stat.S_IFLNK | 0o777) << 16


def read(data: bytes) -> dict[str, bytes]:
    """Every member, unpacked."""
    members = members_of(data, DEFAULTS)
    return {m.name: unpacked(data, m, DEFAULTS, most=DEFAULTS.unpacked) for m in members}


def trap(data: bytes) -> Trap:
    """The trap that a file is refused for."""
    with pytest.raises(ZipError) as caught:
        read(data)
    return caught.value.trap


def test_what_python_and_others_write_is_read() -> None:
    assert read(zip_of(GOOD)) == {each.name: each.data for each in GOOD}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", method) as file:
            file.writestr("a.xml", TEXT)
            with file.open("b.xml", "w", force_zip64=True) as stream:
                stream.write(TEXT)
            file.comment = b"c" * 60_000
        assert read(out.getvalue()) == {"a.xml": TEXT, "b.xml": TEXT}


def test_sizes_behind_the_data_are_read() -> None:
    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.xml", TEXT)
        file.writestr("b.xml", TEXT)
    assert read(out.getvalue()) == {"a.xml": TEXT, "b.xml": TEXT}


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (Entry("a", TEXT, local={"name": "b"}), Trap.TWO_READINGS),
        (Entry("a", TEXT, local={"size": 3}), Trap.TWO_READINGS),
        (Entry("a", TEXT, local={"crc": 3}), Trap.TWO_READINGS),
        (Entry("a", TEXT, local={"method": 0}), Trap.TWO_READINGS),
        (Entry("a", TEXT, local={"flags": 8}), Trap.TWO_READINGS),
        (Entry("a", TEXT, central={"size": 3}, local={"size": 3}), Trap.DAMAGED),
        (Entry("a", TEXT, central={"crc": 3}, local={"crc": 3}), Trap.DAMAGED),
        (Entry("a", TEXT, central={"offset": 900}), Trap.DAMAGED),
        (Entry("a", TEXT, flags=1), Trap.PASSWORD),
        (Entry("a", TEXT, method=0, flags=0x41), Trap.PASSWORD),
        (Entry("a", TEXT, central={"method": 12}, local={"method": 12}), Trap.DAMAGED),
        (Entry("../a", TEXT), Trap.PATH),
        (Entry("word/../../a", TEXT), Trap.PATH),
        (Entry("word\\..\\..\\a", TEXT), Trap.PATH),
        (Entry("/etc/a", TEXT), Trap.PATH),
        (Entry("\\\\host\\a", TEXT), Trap.PATH),
        (Entry("C:/a", TEXT), Trap.PATH),
        (Entry("a", b"/etc/passwd", attributes=LINK), Trap.PATH),
        (Entry("a\0.xml", TEXT), Trap.TWO_READINGS),
        (Entry("", TEXT), Trap.TWO_READINGS),
        (Entry("WORD/document.XML", TEXT), Trap.TWO_READINGS),
        (Entry("word/./document.xml", TEXT), Trap.TWO_READINGS),
        (Entry("word\\document.xml", TEXT), Trap.TWO_READINGS),
        (Entry("word/document.xml", b"other"), Trap.TWO_READINGS),
        (
            Entry("a", TEXT, extra=struct.pack("<HHBL", 0x7075, 6, 1, 0) + b"b"),
            Trap.TWO_READINGS,
        ),
        (Entry("a", TEXT, behind=zip_of([Entry("c", TEXT)])[:60]), Trap.TWO_READINGS),
        (Entry("a", bytes(3 * MEGABYTE)), Trap.BOMB),
        (Entry("a", b"x", central={"size": 300 << 20}, local={"size": 300 << 20}), Trap.BOMB),
    ],
)
def test_a_trap_in_one_member_is_known(entry: Entry, wanted: Trap) -> None:
    assert trap(zip_of([*GOOD, entry])) is wanted
    assert trap(zip_of([entry, *GOOD])) is wanted


def test_members_that_share_bytes_are_known() -> None:
    quoted = Entry("b", TEXT, central={"offset": 0, "name": "a"})
    assert trap(zip_of([Entry("a", TEXT), quoted])) is Trap.TWO_READINGS


def test_bytes_before_and_tables_twice_are_known() -> None:
    good = zip_of(GOOD)
    assert trap(b"#!/bin/sh\n" + good) is Trap.TWO_READINGS
    assert trap(zip_of(GOOD, before=b"%PDF-1.7 ")) is Trap.TWO_READINGS
    other = zip_of([Entry("word/document.xml", b"another text")])
    assert trap(good + other) is Trap.TWO_READINGS
    assert trap(zip_of(GOOD, comment=good)) is not None


def test_a_file_cut_off_anywhere_is_refused() -> None:
    good = zip_of(GOOD)
    for end in range(1, len(good), 7):
        with pytest.raises(ZipError):
            read(good[:end])


def test_too_many_members_are_refused_before_they_are_looked_at() -> None:
    table = replace(DEFAULTS, members=3)
    data = zip_of([Entry(str(n)) for n in range(4)])
    with pytest.raises(ZipError) as caught:
        members_of(data, table)
    assert caught.value.trap is Trap.MANY


def test_many_small_bombs_are_one() -> None:
    table = replace(DEFAULTS, unpacked=MEGABYTE)
    data = zip_of([Entry(str(n), bytes(MEGABYTE // 4)) for n in range(5)])
    with pytest.raises(ZipError) as caught:
        members_of(data, table)
    assert caught.value.trap is Trap.BOMB


def test_only_a_file_with_a_table_ends_as_zip() -> None:
    assert ends_as_zip(zip_of(GOOD))
    assert ends_as_zip(b"%PDF-1.7\n" + zip_of(GOOD, before=b"")) is False
    assert ends_as_zip(zip_of(GOOD, before=b"%PDF-1.7\n"))
    assert not ends_as_zip(b"a text about PK\x05\x06 and what it means")
