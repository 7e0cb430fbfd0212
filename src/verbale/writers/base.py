"""What a writer is, and what it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from verbale.model.document import Document


class Typesetter(Protocol):
    """Turns a page description (a template's name and its data as JSON) into a PDF.

    ``moment`` is printed as the creation date: same data and moment, same bytes.
    Raises `MissingPartError` where the program or the fonts are not there.
    """

    def __call__(self, template: str, data: str, *, moment: datetime.date) -> bytes:
        """Set the page."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """What a writer may be told beside the document. Nothing here depends on the clock.

    ``moment`` is the masthead date; ``labels`` are words the page itself needs in the
    version's language (``page``, ``awaiting``, ``annex`` …), by key.
    """

    columns: int = 0
    moment: datetime.date | None = None
    labels: Mapping[str, str] | None = None
    typesetter: Typesetter | None = None
    public_url: str = ""


DEFAULTS = Options()


class Write(Protocol):
    """Write a document. Same document, same bytes: no clock, no locale, no set order."""

    def __call__(self, document: Document, options: Options = DEFAULTS) -> bytes:
        """Write *document* as *options* say."""
        ...


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that can be written; ``suffix`` begins with a dot."""

    format: str
    suffix: str
    media_type: str
    write: Write
