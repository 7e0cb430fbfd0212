"""What a reader is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from verbale.model.document import Document
    from verbale.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the tree, what was not understood, and the text that offsets count in.

    ``text`` is the text as given for formats that are text, empty for the others.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    text: str = ""


class Read(Protocol):
    """Read bytes. Raises `UnreadableFileError` only when they are not of the format."""

    def __call__(self, data: bytes, *, name: str) -> Reading:
        """Read *data*; *name* is the file's, for messages and places."""
        ...


class Sniff(Protocol):
    """Whether the first bytes look like this format, whatever the file's name."""

    def __call__(self, head: bytes) -> bool:
        """Look at the first bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that can be read. ``suffixes`` are lower case and begin with a dot.

    ``first``: its bytes are looked for before those of others. A PDF is one to every program
    that opens it, whatever stands before its header.
    """

    format: str
    suffixes: tuple[str, ...]
    read: Read
    sniff: Sniff | None = None
    first: bool = False
