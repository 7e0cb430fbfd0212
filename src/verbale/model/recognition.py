"""What was understood of a document, each field with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verbale.model.communication import Communication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.model.document import Document
    from verbale.model.finding import Finding, Place
    from verbale.model.masthead import Masthead


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What an annex says of itself. Texts have their white space squeezed; empty: not there."""

    heading: str = ""
    title: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A footnote: its mark, text, and the word it hangs on. ``place`` is the note's own."""

    mark: str
    text: str
    anchor: str
    place: Place


@dataclass(frozen=True, slots=True)
class Recognition:
    """A document understood.

    ``document`` is the tree in parts (masthead, note or letter, annexes), with a language each.
    ``masthead`` is ``None`` for a raw communication. ``annexes`` runs beside the parts that are
    annexes, in reading order. ``places`` has each field's place by its path in the answer of
    ``verbale recognise``: ``/document/session``, ``/communication/senders/0``.
    """

    document: Document
    masthead: Masthead | None = None
    communication: Communication = field(default_factory=Communication)
    annexes: tuple[AnnexFacts, ...] = ()
    notes: tuple[NoteFacts, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
