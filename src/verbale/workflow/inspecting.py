"""What a verdict needs to know of a stranger's file, read in the box in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.proof.inspecting import HERE
from verbale.proof.pdf_checking import may_be_signed
from verbale.workflow.outside import box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.proof.pdf_checking import PdfSignature


@dataclass(frozen=True, slots=True)
class Outside:
    """The `verbale.proof.inspecting.Inspector` of a file from outside, called *name*.

    Reads in this process where no box is in force (`verbale.workflow.outside`).
    """

    name: str

    def signatures(self, data: bytes) -> Sequence[PdfSignature]:
        """As `Inspector` says; a file without a mark of one costs no box."""
        boxed = box()
        if boxed is None or not may_be_signed(data):
            return HERE.signatures(data)
        return boxed.signatures(data, name=self.name)

    def keyword(self, data: bytes) -> str:
        """As `Inspector` says."""
        boxed = box()
        return HERE.keyword(data) if boxed is None else boxed.keyword(data, name=self.name)

    def harmless(self, data: bytes) -> bool:
        """As `Inspector` says."""
        boxed = box()
        return HERE.harmless(data) if boxed is None else boxed.harmless(data, name=self.name)
