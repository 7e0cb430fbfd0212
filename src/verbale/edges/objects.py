"""Original and composed bytes in a folder, each under its SHA-256.

An object is written once and never again: to a temporary file, which is flushed to the disk,
renamed into place and followed by a flush of its folder. What is there under a name is
therefore whole, also after a power cut.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.errors import RegistryError
from verbale.registry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RESTORE = "Restore this object from a backup; `verbale verify --all` lists every one."


class FolderObjects:
    """The port `verbale.registry.store.Objects`: ``ROOT/ab/cdef…`` for SHA-256 ``abcdef…``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep *data* durably and give its SHA-256; what is there is checked, not written.

        Raises `RegistryError` if the disk refuses them, or if what is there is altered.
        """
        return self.put_all([data])[0]

    def put_all(self, pieces: Iterable[bytes]) -> tuple[str, ...]:
        """Keep all *pieces* as `put` keeps one, in a few flushes of the disk.

        If the disk refuses one, some of the others may be kept; none is half written.
        """
        named = [(hashlib.sha256(data).hexdigest(), data) for data in pieces]
        new = {}
        for name, data in named:
            path = self._path(name)
            if path.exists():
                self.get(name)
            else:
                new[path] = data
        try:
            self._write(new)
        except OSError as bad:
            what = f"object {named[0][0]}" if len(named) == 1 else f"{len(named)} objects"
            raise RegistryError(
                f"cannot keep {what} in {self.root}: {bad.strerror or bad}",
                remedy="Nothing was registered. Free space or give rights; send it again.",
            ) from bad
        failpoint("after-store")
        return tuple(name for name, _ in named)

    def get(self, sha256: str) -> bytes:
        """The bytes of an object. Raises `RegistryError` if it is missing or altered."""
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError as bad:
            raise RegistryError(f"object {sha256} is missing", remedy=_RESTORE) from bad
        except OSError as bad:
            reason = bad.strerror or str(bad)
            raise RegistryError(f"object {sha256}: {reason}", remedy=_RESTORE) from bad
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RegistryError(f"object {sha256} is altered", remedy=_RESTORE)
        return data

    def has(self, sha256: str) -> bool:
        """Whether there is an object of that name (its content is not checked)."""
        return self._path(sha256).is_file()

    def __iter__(self) -> Iterator[str]:
        """The names of all objects, in order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/*")):
            name = path.parent.name + path.name
            if _SHA256.fullmatch(name):
                yield name

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise RegistryError(
                f"not the name of an object: {sha256!r}",
                remedy="Give a SHA-256 as 64 lower-case hexadecimal digits.",
            )
        return self.root / sha256[:2] / sha256[2:]

    def _write(self, new: Mapping[Path, bytes]) -> None:
        """Write every file beside its place, flush all, rename all, flush their folders.

        A journal is committed by the first flush of each kind; one file at a time, it would be
        committed twice for each.
        """
        folders = {path.parent: None for path in new}
        fresh = [folder for folder in folders if not folder.exists()]
        for folder in fresh:
            folder.mkdir(parents=True, exist_ok=True)
        if fresh:
            _flush(self.root)
        with ExitStack() as undo:
            ready = [(self._beside(path, data, undo), path) for path, data in new.items()]
            for (stream, _), _ in ready:
                os.fsync(stream.fileno())
            for (stream, name), path in ready:
                stream.close()
                name.replace(path)
        for folder in folders:
            _flush(folder)

    @staticmethod
    def _beside(path: Path, data: bytes, undo: ExitStack) -> tuple[BinaryIO, Path]:
        """A new file in the folder of *path* with *data*; *undo* puts it away."""
        handle, text = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        name = Path(text)
        undo.callback(name.unlink, missing_ok=True)
        stream = undo.enter_context(os.fdopen(handle, "wb"))
        stream.write(data)
        stream.flush()
        return stream, name


def _flush(folder: Path) -> None:
    """Make the names in *folder* durable: without it a power cut can lose a renamed file."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
