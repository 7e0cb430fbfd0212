"""The port through which files from outside are read, and the one that is in force.

A program that takes files from others puts a box in force when it starts: the command line
does, and so does the site. Without one they are read in the process itself, as a library's
caller may want who boxes his own process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from verbale.compose.translation import Returned
    from verbale.institutions import Institution
    from verbale.model.finding import Finding
    from verbale.model.recognition import Recognition
    from verbale.proof.pdf_checking import PdfSignature
    from verbale.readers.base import Reading


class Box(Protocol):
    """Where outside files are read.

    Raises what the readers raise, and `ReadingStoppedError` when a box gives no answer.
    """

    def read(self, data: bytes, *, name: str, format: str = "") -> Reading:  # noqa: A002
        """Read a file with the reader of *format*, or the one its bytes and name call for."""
        ...

    def check(self, data: bytes, *, name: str, institution: Institution) -> tuple[Finding, ...]:
        """Everything to be said of a file; that it cannot be read is itself a finding."""
        ...

    def returned(self, data: bytes, *, name: str) -> Returned:
        """A translation file as it came back."""
        ...

    def page_texts(self, data: bytes, *, name: str) -> list[str]:
        """The text of each page of a PDF (`verbale.workflow.pages`)."""
        ...

    def signatures(self, data: bytes, *, name: str) -> Sequence[PdfSignature]:
        """The signatures in a PDF (`verbale.proof.inspecting`, as are the two below)."""
        ...

    def keyword(self, data: bytes, *, name: str) -> str:
        """The symbol that a PDF claims."""
        ...

    def harmless(self, data: bytes, *, name: str) -> bool:
        """Whether what was added after signing changes nothing."""
        ...

    def understand(
        self,
        found: Reading,
        *,
        name: str,
        institution: Institution,
        today: datetime.date | None,
        circulating: bool,
        spent: float,
    ) -> Recognition:
        """Recognise and check what was read; *spent* seconds of the file's time are gone."""
        ...


_in_force: list[Box] = []


def box() -> Box | None:
    """The box in force, ``None`` where files are read in this process."""
    return _in_force[-1] if _in_force else None


def use_box(new: Box | None) -> None:
    """Put a box in force for this process, in every thread; ``None`` takes it away."""
    _in_force[:] = [] if new is None else [new]
