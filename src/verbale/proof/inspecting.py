"""What a file says of itself, asked of whoever may read a stranger's bytes.

A file that is not known to be ours is read by parsers. Where it comes from outside that is
done in a box; whoever gives a verdict brings the `Inspector` that knows the box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from verbale.proof.pdf_changes import is_harmless
from verbale.proof.pdf_checking import may_be_signed, pdf_keywords, pdf_signatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.proof.pdf_checking import PdfSignature


class Inspector(Protocol):
    """Reads what a verdict needs. Raises `ReadingStoppedError` from a box."""

    def signatures(self, data: bytes) -> Sequence[PdfSignature]:
        """Every signature in a file (`verbale.proof.pdf_checking.pdf_signatures`)."""
        ...

    def keyword(self, data: bytes) -> str:
        """The symbol a PDF claims (`verbale.proof.pdf_checking.pdf_keywords`)."""
        ...

    def harmless(self, data: bytes) -> bool:
        """Whether what was added changes nothing (`verbale.proof.pdf_changes.is_harmless`)."""
        ...


class Here:
    """Reads in this process: what was made here, or inside a box."""

    def signatures(self, data: bytes) -> Sequence[PdfSignature]:
        """As `Inspector` says."""
        return pdf_signatures(data) if may_be_signed(data) else ()

    def keyword(self, data: bytes) -> str:
        """As `Inspector` says."""
        return pdf_keywords(data)

    def harmless(self, data: bytes) -> bool:
        """As `Inspector` says."""
        return is_harmless(data)


HERE = Here()
