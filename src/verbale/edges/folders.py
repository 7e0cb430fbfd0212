"""The folders and ZIPs that are verified, read one document at a time and within limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.proof.bundle import MANIFEST, MARK
from verbale.readers._zip import Trap, ZipError, members_of, unpacked
from verbale.readers.limits import limits, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    #: A file's size and how its bytes are read.
    Held = tuple[int, Callable[[], bytes]]

#: Files in all, bytes of a ZIP when unpacked, bytes of one document's folder.
FILES, UNPACKED, FOLDER = 20_000, 2 * 1024**3, 1024**3


def read_folders(path: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The document folders under *path*, a folder or a ZIP: files by path, by folder.

    A folder with a manifest, or with a signature on one, holds what is below it; what is in
    none, is under ``""``, one file at a time. Raises `UsageError` when there is too much, or
    for an archive that two programs could read in two ways.
    """
    files = _in_zip(path) if path.is_file() else _on_disk(path)
    if len(files) > FILES:
        raise _too_much(path, f"{FILES} files")
    manifests = [name for name in files if name.rpartition("/")[2] in {MANIFEST, MARK}]
    homes = sorted({name.rpartition("/")[0] for name in manifests}, key=len, reverse=True)
    within: dict[str, list[str]] = {}
    for name in sorted(files):
        home = next((h for h in homes if not h or name.startswith(f"{h}/")), None)
        if home is None:
            yield "", _read(files, [name], "", path)
        else:
            within.setdefault(home, []).append(name)
    for home, names in within.items():
        yield home or ".", _read(files, names, f"{home}/" if home else "", path)


def _read(
    files: Mapping[str, Held], names: list[str], prefix: str, path: Path
) -> dict[str, bytes]:
    if sum(files[name][0] for name in names) > FOLDER:
        raise _too_much(path, f"{shown('upload', FOLDER)} in one folder")
    return {name.removeprefix(prefix): files[name][1]() for name in names}


def _on_disk(path: Path) -> dict[str, Held]:
    return {
        each.relative_to(path).as_posix(): (each.stat().st_size, each.read_bytes)
        for each in sorted(path.rglob("*"))
        if not each.is_symlink() and each.is_file()
    }


def _in_zip(path: Path) -> dict[str, Held]:
    if path.stat().st_size > UNPACKED:
        raise _too_much(path, shown("upload", UNPACKED))
    data = path.read_bytes()
    # A session's bundle has more parts, and is larger, than any document that is received.
    table = replace(limits(), members=FILES, unpacked=UNPACKED)
    try:
        members = members_of(data, table)
    except ZipError as bad:
        raise _not_whole(path, bad) from bad

    def reading(number: int) -> Callable[[], bytes]:
        def read() -> bytes:
            member = members[number]
            try:
                return unpacked(data, member, table, most=member.size)
            except ZipError as bad:
                raise _not_whole(path, bad) from bad

        return read

    return {
        member.name: (member.size, reading(number))
        for number, member in enumerate(members)
        if not member.name.endswith("/")
    }


def _not_whole(path: Path, bad: ZipError) -> UsageError:
    what = "is not a whole ZIP" if bad.trap is Trap.DAMAGED else "is not taken"
    return UsageError(
        f"{path} {what}: {bad.reason}", remedy="Fetch the bundle again from the registry."
    )


def _too_much(path: Path, what: str) -> UsageError:
    return UsageError(f"{path} holds more than {what}", remedy="Verify its folders one by one.")
