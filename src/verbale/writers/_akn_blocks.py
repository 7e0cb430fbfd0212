"""Blocks and parts as Akoma Ntoso.

The main body is a row of numbered paragraphs, points and headings, as the UN writes it; where
the standard allows no such hierarchy (in a cell, a note, on the cover page) the same blocks
stand as ``p``, ``blockList`` and ``tblock``. An element with ``v:none`` is there only because
the schema asks for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.model.akoma_ntoso import field_of, is_ordered, lift
from verbale.model.document import (
    Heading,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from verbale.model.walk import inlines, nested
from verbale.writers._akn_inlines import InlineWriter, attributes, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from verbale.model.document import Block, Cell, Footnote, Inline, ListItem, Part

NOTHING = '<p v:none="true"/>'
_PRESERVE = ("xml:space", "preserve")


class BlockWriter:
    """Writes the blocks of one part with its footnotes.

    ``prefix`` begins every ``eId`` of the part, ``refer`` is told what ``refersTo`` names.
    """

    def __init__(self, part: Part, prefix: str, refer: Callable[[str], None]) -> None:
        self._part = part
        self._prefix = prefix
        self._inlines = InlineWriter(part.language.code, self._mark, refer)
        self._paragraphs = 0
        self._notes: dict[str, int] = {}
        for at, note in enumerate(part.footnotes):
            self._notes.setdefault(note.id, at)
        self._written: dict[int, str] = {}
        order = [*_order(part.blocks, part.footnotes, self._notes)]
        self._in_order = order == sorted(order)

    def lines(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Blocks where no hierarchy may stand."""
        for block in blocks:
            yield self._block(block)

    def hierarchy(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Blocks of a main body."""
        at = 0
        while at < len(blocks):
            block = blocks[at]
            at += 1
            match block:
                case Paragraph():
                    after = blocks[at] if at < len(blocks) else None
                    if isinstance(after, List) and after.items:
                        at += 1
                        yield self._paragraph(block, after)
                    else:
                        yield self._paragraph(block, None)
                case Heading():
                    head = attributes(
                        ("name", "heading"), ("class", block.style or None), _level(block)
                    )
                    inner = f"{_num(block.number)}{self._heading(block)}"
                    yield f"<hcontainer{head}>{inner}</hcontainer>"
                case _:
                    yield self._block(block)

    def leftover(self) -> Iterator[str]:
        """The footnotes that no mark names, at the end of the part."""
        notes = ""
        for at in range(len(self._part.footnotes)):
            if at not in self._written:  # one of them may have been written inside another
                notes += self._note(at, None)
        if notes:
            yield f'<p v:none="notes">{notes}</p>'

    def line(self, block: Paragraph, *, role: str = "") -> str:
        """A paragraph as ``p``, in a place where *role* is understood."""
        return self._p(block, role=role, style=True)

    def numbered_title(self, block: Paragraph) -> str:
        """A title with its number in one line, as a preface has it."""
        both = (
            Span((Text(block.number),), role="number-line"),
            Span(block.content, role=block.role),
        )
        head = attributes(_PRESERVE, *self._look(block), _language(block))
        return f"<p{head}>{self._inlines.write(both)}</p>"

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(number=number):
                line = self._p(block, role="", style=True)
                return f"<tblock>{_num(number)}{line}</tblock>" if number else line
            case Heading():
                head = attributes(("class", block.style or None), _level(block))
                inner = f"{_num(block.number)}{self._heading(block)}"
                return f"<tblock{head}>{inner}{NOTHING}</tblock>"
            case List():
                return self._list(block)
            case Quote(blocks=inner):
                text = self._some(inner)
                return (
                    f'<block name="quote"><embeddedStructure>{text}</embeddedStructure></block>'
                )
            case Table():
                return self._table(block)
            case Rule():
                return '<block name="rule"/>'

    def _some(self, blocks: Sequence[Block]) -> str:
        return "".join(self.lines(blocks)) or NOTHING

    def _p(self, block: Paragraph, *, role: str, style: bool) -> str:
        marked: tuple[Inline, ...] = block.content
        plain = None
        if block.role != role:
            marked = (Span(block.content, role=block.role),)
        elif lift(block.content)[:2] != ("", ""):
            plain = "true"
        look = self._look(block) if style else ()
        head = attributes(_PRESERVE, *look, _language(block), ("v:plain", plain))
        text = self._inlines.write(marked)
        return f"<p{head}>{text}</p>" if text else f"<p{head}/>"

    @staticmethod
    def _look(block: Paragraph) -> tuple[tuple[str, str | None], ...]:
        """The class: a style that was read, else the one lines of that role have."""
        field = field_of(block.role)
        usual = field.line if field else ""
        if block.style and block.style == usual:
            return (("class", usual), ("v:style", block.style))
        return (("class", block.style or usual or None),)

    def _paragraph(self, block: Paragraph, points: List | None) -> str:
        self._paragraphs += 1
        own = f"{self._prefix}para_{self._paragraphs}"
        head = attributes(("eId", own), ("class", block.style or None))
        number = _num(block.number)
        line = self._p(block, role="", style=False)
        if points is None:
            return f"<paragraph{head}>{number}<content>{line}</content></paragraph>"
        items = "\n".join(
            self._point(item, f"{own}__point_{at}")
            for at, item in enumerate(points.items, start=1)
        )
        listed = f"<list{_ordered(points)}><intro>{line}</intro>\n{items}</list>"
        return f"<paragraph{head}>{number}{listed}</paragraph>"

    def _point(self, item: ListItem, own: str) -> str:
        content = "".join(self.lines(item.blocks))
        head = attributes(("eId", own))
        return f"<point{head}>{_num(item.label)}<content>{content}</content></point>"

    def _heading(self, block: Heading) -> str:
        marked: tuple[Inline, ...] = block.content
        plain = None
        if block.role:
            marked = (Span(block.content, role=block.role),)
        elif lift(block.content)[:2] != ("", ""):
            plain = "true"
        head = attributes(_PRESERVE, _language(block), ("v:plain", plain))
        return f"<heading{head}>{self._inlines.write(marked)}</heading>"

    def _list(self, block: List) -> str:
        items = "\n".join(
            f"<item>{_num(item.label)}{self._some(item.blocks)}</item>" for item in block.items
        )
        if not items:
            items = f'<item v:none="true">{NOTHING}</item>'
        return f"<blockList{_ordered(block)}>{items}</blockList>"

    def _table(self, block: Table) -> str:
        caption = self._inlines.write(block.caption)  # first: notes are numbered as they come
        if caption:
            caption = f"<caption{attributes(_PRESERVE)}>{caption}</caption>"
        rows = "\n".join(
            f"<tr>{''.join(map(self._cell, row))}</tr>"
            if row
            else '<tr><td v:none="true"/></tr>'
            for row in block.rows
        )
        if not rows:
            rows = '<tr v:none="true"><td/></tr>'
        usual = 0
        while usual < len(block.rows) and _is_head(block.rows[usual]):
            usual += 1
        said = None if usual == block.header_rows else str(block.header_rows)
        return f"<table{attributes(('v:header-rows', said))}>{caption}{rows}</table>"

    def _cell(self, cell: Cell) -> str:
        name = "th" if cell.header else "td"
        head = attributes(
            ("colspan", str(cell.columns) if cell.columns != 1 else None),
            ("rowspan", str(cell.rows) if cell.rows != 1 else None),
        )
        return f"<{name}{head}>{''.join(self.lines(cell.blocks))}</{name}>"

    def _mark(self, ref: NoteRef) -> str:
        at = self._notes.get(ref.note)
        if at is None:
            head = attributes(("href", "#"), ("marker", ref.mark), ("v:note", ref.note))
            return f"<noteRef{head}/>"
        if at in self._written:
            href = f"#{self._written[at]}"
            head = attributes(
                ("href", href),
                ("marker", ref.mark),
                ("v:note", ref.note if href[1:] != ref.note else None),
            )
            return f"<noteRef{head}/>"
        return self._note(at, ref)

    def _note(self, at: int, ref: NoteRef | None) -> str:
        note: Footnote = self._part.footnotes[at]
        own = f"{self._prefix}authorialNote_{len(self._written) + 1}"
        self._written[at] = own
        marker = note.mark if ref is None else ref.mark
        head = attributes(
            ("marker", marker),
            ("placement", "bottom"),
            ("eId", own),
            ("xml:lang", note.language.code if note.language else None),
            ("v:id", note.id if note.id != own else None),
            ("v:mark", note.mark if note.mark != marker else None),
            ("v:at", None if self._in_order else str(at)),
        )
        return f"<authorialNote{head}>{self._some(note.blocks)}</authorialNote>"


def _order(
    blocks: Iterable[Block], footnotes: Sequence[Footnote], index: dict[str, int]
) -> Iterator[int]:
    """The footnotes in the order in which they will be written: first marks, then the rest."""
    seen: set[int] = set()

    def within(these: Iterable[Block]) -> Iterator[int]:
        for block in nested(these):
            content: Sequence[Inline] = ()
            if isinstance(block, (Paragraph, Heading)):
                content = block.content
            elif isinstance(block, Table):
                content = block.caption
            for inline in inlines(content):
                if isinstance(inline, NoteRef) and inline.note in index:
                    at = index[inline.note]
                    if at not in seen:
                        seen.add(at)
                        yield at
                        yield from within(footnotes[at].blocks)

    yield from within(blocks)
    for at, note in enumerate(footnotes):
        if at not in seen:
            seen.add(at)
            yield at
            yield from within(note.blocks)


def _num(number: str) -> str:
    return f"<num>{escape(number)}</num>" if number else ""


def _level(block: Heading) -> tuple[str, str]:
    return "v:level", str(block.level)


def _language(block: Paragraph | Heading) -> tuple[str, str | None]:
    return "xml:lang", block.language.code if block.language else None


def _ordered(block: List) -> str:
    if block.ordered == is_ordered(block.items):
        return ""
    return attributes(("v:ordered", "true" if block.ordered else "false"))


def _is_head(row: tuple[Cell, ...]) -> bool:
    return bool(row) and all(cell.header for cell in row)
