"""What is to be circulated: the files of a communication and what was asked beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.model.document import Document, Heading, NoteRef, Paragraph, Part, PartKind
from verbale.model.masthead import SessionKind
from verbale.model.walk import map_blocks, map_inlines
from verbale.registry.calendar import session_name
from verbale.registry.entry import FileRecord
from verbale.workflow.reading import read, understand

if TYPE_CHECKING:
    import datetime
    from typing import Self

    from verbale.institutions import Institution
    from verbale.model.document import Block, Inline
    from verbale.model.recognition import Recognition
    from verbale.registry.store import Objects


#: Who acts where nobody is named.
SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Destination:
    """A further body of a joint document: ``S``, ``CL:6``, ``A:S-30:4, 7``.

    destination = body [":" session [":" items]]
    """

    body: str
    session: int | None = None
    kind: SessionKind = SessionKind.REGULAR
    item: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text*. Raises `UsageError` for what is not the name of a session."""
        body, _, rest = text.partition(":")
        session, _, item = rest.partition(":")
        number, kind = session_name(session) if session.strip() else (None, SessionKind.REGULAR)
        return cls(body.strip(), number, kind, item.strip())


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be circulated and how: files as (name, bytes), the note first.

    What an option names wins over what the text asks for; ``today`` is the civil date at the
    duty station. ``kind`` is the named session's; ``also`` are further bodies of a joint
    document, which gets a number in the series of each. ``reserved`` is the symbol that was
    reserved for it. ``public_url`` is where citations link.
    """

    note: tuple[str, bytes]
    annexes: tuple[tuple[str, bytes], ...] = ()
    body: str = ""
    session: int | None = None
    item: str = ""
    kind: SessionKind = SessionKind.REGULAR
    also: tuple[Destination, ...] = ()
    reserved: str = ""
    date: datetime.date | None = None
    today: datetime.date | None = None
    key: str = ""
    actor: str = SECRETARIAT
    public_url: str = ""


def recognise_order(order: Order, institution: Institution) -> Recognition:
    """Read an order's files, the annexes as annexes, and understand them."""
    name, data = order.note
    reading = read(data, name=name)
    if order.annexes:
        parts = list(reading.document.parts)
        for number, (annex_name, annex_data) in enumerate(order.annexes, start=1):
            annex = read(annex_data, name=annex_name)
            named = _notes_named(annex.document, number)
            parts += _annex_parts(named, number if len(order.annexes) > 1 else 0)
            reading = replace(reading, findings=(*reading.findings, *annex.findings))
        reading = replace(reading, document=replace(reading.document, parts=tuple(parts)))
    today = order.date or order.today
    return understand(reading, institution, name=name, today=today, circulating=True)


def _annex_parts(document: Document, number: int) -> list[Part]:
    """A file handed in beside the note is an annex, whatever it begins with."""
    blocks = tuple(block for part in document.parts for block in part.blocks)
    footnotes = tuple(note for part in document.parts for note in part.footnotes)
    return [Part(PartKind.ANNEX, blocks, footnotes=footnotes, number=number)]


def _notes_named(document: Document, number: int) -> Document:
    """Its footnotes under names of their own: each file counts its own from the start."""

    def inline(each: Inline) -> Inline:
        if isinstance(each, NoteRef):
            return replace(each, note=f"annex{number}-{each.note}")
        return each

    def block(each: Block) -> Block:
        if isinstance(each, Paragraph | Heading):
            return replace(each, content=map_inlines(each.content, inline))
        return each

    def renamed(part: Part) -> Part:
        notes = tuple(
            replace(note, id=f"annex{number}-{note.id}", blocks=map_blocks(note.blocks, block))
            for note in part.footnotes
        )
        inner = tuple(renamed(each) for each in part.parts)
        blocks = map_blocks(part.blocks, block)
        return replace(part, blocks=blocks, footnotes=notes, parts=inner)

    return replace(document, parts=tuple(renamed(part) for part in document.parts))


def keep_received(order: Order, objects: Objects) -> tuple[FileRecord, ...]:
    """Keep the bytes of an order; their records, the note first."""
    files = (order.note, *order.annexes)
    kept = objects.put_all(data for _, data in files)
    return tuple(
        FileRecord(name, sha256, len(data))
        for (name, data), sha256 in zip(files, kept, strict=True)
    )
