"""Pages made once, and kept until an act or the end of an embargo changes anything.

A page is kept under what it was made from: the moment of the register (`Shelf.key`) and its own
arguments. When the moment changes all pages go.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from verbale.registry.entry import FileRecord

#: Bytes of pages kept in a process.
ROOM = 64 << 20
#: A page smaller than this is not worth compressing.
_SMALL = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent: its bytes, the same compressed, and its tag.

    ``record`` is that of a file, which is kept as it is.
    """

    data: bytes
    packed: bytes
    tag: str
    record: FileRecord | None = None

    @classmethod
    def of(cls, data: bytes) -> Page:
        """The page of *data*.

        The tag is of the content, so that it holds in every process; it is weak, because the
        page is the same packed or not.
        """
        packed = gzip.compress(data, 6, mtime=0) if len(data) >= _SMALL else b""
        return cls(data, packed, f'W/"{hashlib.sha256(data).hexdigest()[:32]}"')

    @classmethod
    def of_file(cls, record: FileRecord, data: bytes) -> Page:
        """A file with its record; its tag is strong, for the bytes are the same."""
        return cls(data, b"", f'"{record.sha256[:32]}"', record)


class Cache:
    """Pages of one moment, the oldest given up for room; large ones are not kept."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._largest = room // 32
        self._held = 0
        self._moment = ""
        self._pages: dict[Hashable, Page] = {}
        self._turn = threading.Lock()
        self._making = [threading.Lock() for _ in range(64)]

    def page(self, moment: str, key: Hashable, make: Callable[[], Page]) -> Page:
        """The page kept under *key*, made by *make* if it was not made at this *moment*.

        While one thread makes a page, others that want it wait for it: *make* asks for none.
        """
        found = self._find(moment, key)
        if found is not None:
            return found
        with self._making[hash(key) % len(self._making)]:
            return self._find(moment, key) or self._keep(moment, key, make())

    def _find(self, moment: str, key: Hashable) -> Page | None:
        return self._pages.get(key) if moment == self._moment else None

    def _keep(self, moment: str, key: Hashable, made: Page) -> Page:
        size = len(made.data) + len(made.packed)
        with self._turn:
            if moment != self._moment:
                self._pages, self._held, self._moment = {}, 0, moment
            while self._pages and size <= self._largest and self._held + size > self._room:
                oldest = self._pages.pop(next(iter(self._pages)))
                self._held -= len(oldest.data) + len(oldest.packed)
            if key not in self._pages and size <= self._largest:
                self._pages[key] = made
                self._held += size
        return made
