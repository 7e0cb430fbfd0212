"""Every error a caller can act on. Each class has a stable ``code``, never reused.

A message says what was expected and where; ``remedy`` says what to do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ConflictError",
    "DataTableError",
    "GrammarError",
    "MissingPartError",
    "NotAllowedError",
    "NotRegisteredError",
    "PageError",
    "ProofError",
    "ReadingStoppedError",
    "RegistryError",
    "SearchIndexError",
    "SymbolError",
    "TemplateError",
    "UnknownFormatError",
    "UnknownInstitutionError",
    "UnreadableFileError",
    "UsageError",
    "VerbaleError",
]


class VerbaleError(Exception):
    """Base of all errors: ``message`` (with the place in it), ``remedy`` and ``code``."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class GrammarError(VerbaleError):
    """A text does not fit a grammar. ``start`` is the offset of the first wrong character."""

    code = "text-malformed"

    def __init__(self, expected: str, text: str, start: int, *, remedy: str = "") -> None:
        caret = " " * min(start, len(text)) + "^"
        super().__init__(f"expected {expected}\n    {text}\n    {caret}", remedy=remedy)
        self.expected = expected
        self.text = text
        self.start = start


class SymbolError(GrammarError):
    """A text is not a document symbol."""

    code = "symbol-malformed"

    REMEDY: ClassVar[str] = (
        "Write the whole symbol as printed in the masthead, e.g. A/C.1/78/L.5/Rev.2."
    )

    def __init__(self, expected: str, text: str, start: int, *, remedy: str = REMEDY) -> None:
        super().__init__(expected, text, start, remedy=remedy)


class TemplateError(GrammarError):
    """A phrase in an institution's table is not a template."""

    code = "template-malformed"


class UnreadableFileError(VerbaleError):
    """A file is not of the format it was read as, or cannot be read at all.

    ``offset`` is the byte at which reading stopped, ``None`` where that has no meaning.
    ``finding_code`` says why as exactly as the table of findings can, with its ``values``.
    """

    code = "file-unreadable"

    def __init__(
        self,
        name: str,
        reason: str,
        *,
        offset: int | None = None,
        remedy: str = "",
        code: str = "",
        values: Mapping[str, str] | None = None,
    ) -> None:
        where = name if offset is None else f"{name}, byte {offset}"
        super().__init__(f"{where}: {reason}", remedy=remedy)
        self.name = name
        self.reason = reason
        self.offset = offset
        self.finding_code = code or type(self).code
        self.values = dict(values or {})


class ReadingStoppedError(UnreadableFileError):
    """Reading a file was given up: it took too long or too much, or its reader broke.

    Nothing is known of what the file holds, not even whether it is of its format.
    """


class UnknownFormatError(VerbaleError):
    """No reader or writer of that name, or for that file."""

    code = "format-unknown"


class UsageError(VerbaleError):
    """Arguments that do not go together, or name what does not exist."""

    code = "usage"


class DataTableError(VerbaleError):
    """A table of an institution cannot be used: says the file and the line."""

    code = "table-malformed"


class UnknownInstitutionError(VerbaleError):
    """No institution of that name, and no folder of data at that path."""

    code = "institution-unknown"


class MissingPartError(VerbaleError):
    """A program, package or key that this act needs is not there."""

    code = "part-missing"


class PageError(VerbaleError):
    """The typesetter failed in itself: what it was given should have become a page."""

    code = "page-not-set"


class ProofError(VerbaleError):
    """A signature, proof, key or bundle that cannot be used; the message says which and why."""

    code = "proof-unusable"


class RegistryError(VerbaleError):
    """The registry cannot be opened or written: says which and why."""

    code = "registry-unusable"


class SearchIndexError(RegistryError):
    """The search index cannot be read or written; everything else of the registry can."""

    code = "index-unusable"


class NotRegisteredError(RegistryError):
    """A symbol that this registry never gave."""

    code = "symbol-not-registered"


class ConflictError(RegistryError):
    """An entry, number or key that is there already with another content."""

    code = "registry-conflict"


class NotAllowedError(RegistryError):
    """An act that the entry's present state does not allow."""

    code = "act-not-allowed"
