"""What can be said of a file: the words of a verdict, its reasons, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from verbale.proof.public_keys import Keys


class Verdict(StrEnum):
    """What a file is: of these words there is no more to say than the reasons."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    ALTERED = "altered"
    NOT_OURS = "not-ours"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Where the document stands that a known file belongs to."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REISSUED = "reissued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    NOT_ISSUED = "not-issued"
    EMBARGOED = "embargoed"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of ``messages/codes.tsv`` and the values of its slots."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one file."""

    file: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A file the registry vouches for. ``received``: it came in; else it was composed here.

    ``by`` is the symbol that took the document's place; ``waits`` says that passages of this
    version still wait for their translation; ``beside`` is what goes with a document and is no
    version of it, such as a file for translators. ``until``: under embargo until that instant.
    """

    symbol: str
    name: str
    sha256: str
    standing: Standing
    language: str = ""
    received: bool = False
    by: str = ""
    specimen: bool = False
    waits: bool = False
    beside: bool = False
    restricted: bool = False
    until: datetime.datetime | None = None


class Evidence(Protocol):
    """What files are held against: a register, or the signed manifest of a bundle."""

    @property
    def keys(self) -> Keys:
        """The public keys of the registry."""
        ...

    @property
    def said(self) -> Sequence[Reason]:
        """What is to be said with every verdict that rests on it."""
        ...

    @property
    def vouched(self) -> bool:
        """Whether what it names was surely made by the registry: its key is known."""
        ...

    def find(self, sha256: str) -> Sequence[Known]:
        """The known files of these bytes."""
        ...

    def named(self, name: str) -> Sequence[Known]:
        """The known files of that name, without folders."""
        ...

    def has(self, symbol: str) -> bool:
        """Whether a document of that symbol is known."""
        ...
