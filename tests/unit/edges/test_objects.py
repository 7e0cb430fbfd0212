"""Bytes by their SHA-256, in a folder."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.edges.objects import FolderObjects
from verbale.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def objects(tmp_path: Path) -> FolderObjects:
    return FolderObjects(tmp_path / "objects")


def path_of(objects: FolderObjects, name: str) -> Path:
    return objects.root / name[:2] / name[2:]


def test_bytes_come_back_under_their_hash(objects: FolderObjects) -> None:
    data = "Нота 附件 مرفق\r\n\0".encode()
    name = objects.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert objects.get(name) == data
    assert objects.has(name)
    assert path_of(objects, name).is_file()


def test_the_seed_comes_back_to_the_byte(
    objects: FolderObjects, corpus: Callable[[str], Path]
) -> None:
    files = [path.read_bytes() for path in corpus("seed").iterdir() if path.is_file()]
    names = [objects.put(data) for data in files]
    assert [objects.get(name) for name in names] == files


def test_the_same_bytes_are_kept_once_and_not_written_again(objects: FolderObjects) -> None:
    name = objects.put(b"note")
    before = path_of(objects, name).stat()
    assert objects.put(b"note") == name
    after = path_of(objects, name).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_objects_are_listed_in_order_and_nothing_else_is(objects: FolderObjects) -> None:
    names = sorted(objects.put(str(n).encode()) for n in range(20))
    (objects.root / names[0][:2] / ".new-left-by-a-crash").write_bytes(b"half")
    assert list(objects) == names


@pytest.mark.parametrize("position", [0, 7, 15])
def test_any_changed_bit_is_found_and_the_object_named(
    objects: FolderObjects, position: int
) -> None:
    name = objects.put(b"sixteen bytes...")
    path = path_of(objects, name)
    data = bytearray(path.read_bytes())
    for bit in range(8):
        data[position] ^= 1 << bit
        path.write_bytes(data)
        with pytest.raises(RegistryError, match=f"{name} is altered"):
            objects.get(name)
        with pytest.raises(RegistryError, match=f"{name} is altered"):
            objects.put(b"sixteen bytes...")
        data[position] ^= 1 << bit


def test_a_missing_object_is_named_with_a_remedy(objects: FolderObjects) -> None:
    with pytest.raises(RegistryError, match=f"{'0' * 64} is missing") as caught:
        objects.get("0" * 64)
    assert caught.value.remedy
    assert not objects.has("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_reaches_no_file(objects: FolderObjects, name: str) -> None:
    with pytest.raises(RegistryError, match="not the name of an object"):
        objects.get(name)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_no_half_object_and_no_litter(
    objects: FolderObjects, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    objects.put(b"before")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
        with pytest.raises(RegistryError, match="No space left") as caught:
            objects.put(b"after")
    assert "Free space" in caught.value.remedy
    assert not objects.has(hashlib.sha256(b"after").hexdigest())
    assert len([path for path in objects.root.rglob("*") if path.is_file()]) == 1
    assert objects.get(objects.put(b"after")) == b"after"


def test_many_are_written_before_the_first_is_flushed_and_renamed_before_their_folders_are(
    objects: FolderObjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [str(n).encode() for n in range(12)]
    waiting: list[int] = []
    real = os.fsync

    def note(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.name.startswith(".new-"):
            waiting.append(len(list(objects.root.rglob(".new-*"))))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    names = objects.put_all([*pieces, pieces[0]])
    assert waiting == [12] * 12
    assert names[0] == names[-1]
    assert [objects.get(name) for name in names[:-1]] == pieces
    assert list(objects) == sorted(set(names))


def test_file_and_folder_are_flushed_before_the_hash_is_given(
    objects: FolderObjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = os.fsync

    def note(handle: int) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    name = objects.put(b"note")
    folder = str(path_of(objects, name).parent)
    kinds = [path for path in flushed if path.startswith(folder)]
    assert kinds[0].startswith(f"{folder}/.new-")
    assert kinds[-1] == folder
    assert str(objects.root) in flushed
