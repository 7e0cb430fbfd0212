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
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.errors import RegistryError
from verbale.registry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if path.exists():
            self.get(name)
        else:
            try:
                self._write(path, data)
            except OSError as bad:
                raise RegistryError(
                    f"cannot keep object {name} in {self.root}: {bad.strerror or bad}",
                    remedy="Nothing was registered. Free space or give rights; send it again.",
                ) from bad
        failpoint("after-store")
        return name

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

    def _write(self, path: Path, data: bytes) -> None:
        fresh = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        if fresh:
            _flush(self.root)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _flush(path.parent)


def _flush(folder: Path) -> None:
    """Make the names in *folder* durable: without it a power cut can lose a renamed file."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
