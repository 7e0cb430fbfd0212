"""Blocks as paragraphs, tables, lists and, where these do not say enough, content controls."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from verbale.model.document import (
    Footnote,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from verbale.model.walk import block_text, plain
from verbale.text import docx_names as names
from verbale.text.counting import count
from verbale.writers._docx_inlines import Voice, runs
from verbale.writers._docx_xml import control, is_rtl, language_element, quoted, text_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from verbale.model.document import Block, Cell, Inline
    from verbale.writers._docx_book import Book
    from verbale.writers._docx_package import PartFile

_DEEPEST: Final = 9
_FORMS: Final = (
    "decimal",
    "lowerLetter",
    "upperLetter",
    "lowerRoman",
    "upperRoman",
    "arabicAbjad",
    "russianLower",
    "chineseCounting",
)
_LABEL: Final = re.compile(r"([^\w%]*)(\w+)([^\w%]*)\Z")
_INDENT: Final = 425
_HEAD_CELL: Final = '<w:cnfStyle w:val="100000000000"/>'


@dataclass(frozen=True, slots=True)
class Extra:
    """What a paragraph carries beside its own: a style, a place in a list, first runs."""

    style: str = ""
    numbering: str = ""
    before: str = ""
    bookmark: str = ""


_NOTHING: Final = Extra()


class Blocks:
    """Writes blocks into one part; ``plain_style`` is its style for plain paragraphs."""

    def __init__(self, book: Book, part: PartFile, *, plain_style: str = names.BODY) -> None:
        self.book = book
        self.part = part
        self._plain = plain_style

    def blocks(self, blocks: Sequence[Block], voice: Voice, extra: Extra = _NOTHING) -> str:
        """The blocks in order; *extra* belongs to the first, which is then a paragraph."""
        out: list[str] = []
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            out.append(self._block(block, following, voice, extra if not index else _NOTHING))
        return "".join(out)

    def _block(self, block: Block, following: Block | None, voice: Voice, extra: Extra) -> str:
        match block:
            case Paragraph() | Heading():
                return self.paragraph(block, voice, extra)
            case Rule():
                return self.bare(names.RULE)
            case List():
                if _is_natural(block, 0):
                    return self._list(block, voice, 0)
                return self._controlled_list(block, voice)
            case Quote(blocks=inner):
                if _is_plain_quote(block, following):
                    quoted_ = [
                        self.paragraph(each, voice, Extra(names.QUOTE))
                        for each in inner
                        if isinstance(each, Paragraph | Heading)
                    ]
                    return "".join(quoted_)
                return control("vb-quote", self.blocks(inner, voice) or self.filler())
            case Table():
                return self._caption(block, voice) + self._table(block, voice) + self.filler()

    def filler(self, properties: str = "", inside: str = "") -> str:
        """An empty line that only holds things apart."""
        return self.bare(names.FILLER, properties, inside)

    def bare(self, style: str, properties: str = "", inside: str = "") -> str:
        """A paragraph of a style without text of the tree."""
        key = self.book.styles.paragraph(style)
        return f'<w:p><w:pPr><w:pStyle w:val="{key}"/>{properties}</w:pPr>{inside}</w:p>'

    def paragraph(
        self, block: Paragraph | Heading, voice: Voice, extra: Extra = _NOTHING
    ) -> str:
        """A paragraph or heading."""
        level = block.level if isinstance(block, Heading) else 0
        kind = names.Kind(level, block.role, block.style)
        name = extra.style or (self._plain if kind == names.Kind() else names.style_name(kind))
        if block.language is not None:
            voice = replace(voice, language=block.language)
        text = plain(block.content)
        properties = [
            f'<w:pStyle w:val="{self.book.styles.paragraph(name)}"/>',
            extra.numbering,
            "<w:bidi/>" if is_rtl(voice.language, text) else "",
        ]
        if block.language is not None:
            properties.append(f"<w:rPr>{language_element(block.language)}</w:rPr>")
        number = ""
        if block.number:
            key = self.book.styles.character(names.NUMBER)
            number = text_runs(block.number + "\t", (), voice.language, style=key)
        content = runs(block.content, voice, self.book, self.part)
        start = end = ""
        if extra.bookmark:
            start, end = self.book.bookmark(extra.bookmark)
        return (
            f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{start}{extra.before}{number}{content}"
            f"{end}</w:p>"
        )

    def marked(
        self, block: Paragraph | Heading, voice: Voice, order: int, *, before: str = ""
    ) -> str:
        """A masthead line that keeps its place in the tree by a bookmark."""
        extra = Extra(before=before, bookmark=names.order_bookmark(order))
        return self.paragraph(block, voice, extra)

    # Footnotes

    def footnote(self, number: int, note: Footnote, voice: Voice) -> str:
        """A footnote with its mark and its id."""
        if note.language is not None:
            voice = replace(voice, language=note.language)
        head = self.book.note_head(note)
        first = note.blocks[0] if note.blocks else None
        if isinstance(first, Paragraph | Heading):
            content = self.blocks(note.blocks, voice, Extra(before=head))
        else:
            content = self.filler(inside=head) + self.blocks(note.blocks, voice)
        return f'<w:footnote w:id="{number}">{content}</w:footnote>'

    def loose(self, note: Footnote, index: int, voice: Voice) -> str:
        """A footnote that no mark refers to: it stands at the end of its part."""
        values = {"n": note.id, "i": str(index)}
        if note.language is not None:
            values["l"] = note.language.code
            voice = replace(voice, language=note.language)
        label = self._label_line(note.mark, voice)
        return control(str(names.Tag("loose", values)), label + self.blocks(note.blocks, voice))

    def _label_line(self, label: str, voice: Voice) -> str:
        runs_ = text_runs(label, (), voice.language) if label else ""
        return self.bare(names.LABEL_LINE, inside=runs_)

    # Lists

    def _controlled_list(self, block: List, voice: Voice) -> str:
        items = "".join(
            control(
                "vb-item",
                self._label_line(item.label, voice) + self.blocks(item.blocks, voice),
            )
            for item in block.items
        )
        tag = names.Tag("list", {"o": ""} if block.ordered else {})
        return control(str(tag), items or self.filler())

    def _list(self, block: List, voice: Voice, level: int) -> str:
        form = _form(block)
        number = self._numbering(block, level, form)
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        out = []
        for item in block.items:
            before = ""
            if item.label and not form:
                key = self.book.styles.character(names.LABEL)
                before = text_runs(item.label + "\t", (), voice.language, style=key)
            first = item.blocks[0]
            extra = Extra(numbering=properties, before=before)
            out.append(self.paragraph(first, voice, extra))  # type: ignore[arg-type]  # natural
            out += [
                self._list(inner, voice, level + 1)
                for inner in item.blocks[1:]
                if isinstance(inner, List)
            ]
        return "".join(out)

    def _numbering(self, block: List, level: int, form: tuple[str, str, str] | None) -> int:
        """A numbering of the list's own; its name says what its labels do not."""
        number = len(self.book.numbering) + 1
        if form:
            fmt, before, after = form
            text = f"{before}%{level + 1}{after}"
        elif block.ordered or block.items[0].label:
            fmt, text = "none", ""
        else:
            fmt, text = "bullet", "•"
        name = "verbale-ordered" if block.ordered else "verbale-list"
        left = _INDENT * (level + 1)
        self.book.numbering.append(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType'
            f' w:val="hybridMultilevel"/><w:name w:val="{name}"/><w:lvl w:ilvl="{level}">'
            f'<w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val={quoted(text)}/>'
            f'<w:lvlJc w:val="start"/><w:pPr>'
            f'<w:ind w:start="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl></w:abstractNum>'
        )
        return number

    # Tables

    def _caption(self, table: Table, voice: Voice) -> str:
        if not table.caption:
            return ""
        return self.paragraph(Paragraph(table.caption), voice, Extra(names.CAPTION))

    def _table(self, table: Table, voice: Voice) -> str:
        text = block_text(table)
        visual = "<w:bidiVisual/>" if is_rtl(voice.language, text) else ""
        grid = _Grid(table)
        rows = []
        for index, row in enumerate(grid.rows):
            head = "<w:cantSplit/>"
            if index < table.header_rows:
                head += "<w:tblHeader/>"
            cells = "".join(self._cell(cell, span, merge, voice) for cell, span, merge in row)
            rows.append(f"<w:tr><w:trPr>{head}</w:trPr>{cells}</w:tr>")
        columns = "<w:gridCol/>" * grid.columns
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}<w:tblW w:w="5000"'
            ' w:type="pct"/><w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1"/>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _cell(self, cell: Cell | None, span: int, merge: str, voice: Voice) -> str:
        properties = _HEAD_CELL if cell is not None and cell.header else ""
        properties += '<w:tcW w:w="0" w:type="auto"/>'
        if span > 1:
            properties += f'<w:gridSpan w:val="{span}"/>'
        if merge:
            properties += f'<w:vMerge w:val="{merge}"/>'
        content = ""
        if cell is not None:
            style = names.TABLE_HEAD if cell.header else names.TABLE
            content = Blocks(self.book, self.part, plain_style=style).blocks(cell.blocks, voice)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or self.filler()}</w:tc>"


class _Grid:
    """The cells of a table at their columns; a cell of several rows goes on below itself."""

    def __init__(self, table: Table) -> None:
        self.rows: list[list[tuple[Cell | None, int, str]]] = []
        self.columns = 1
        below: dict[int, tuple[int, int]] = {}
        for row in table.rows:
            line: list[tuple[Cell | None, int, str]] = []
            cells = list(row)
            column = 0
            while cells or column in below:
                if column in below:
                    rest, span = below.pop(column)
                    line.append((None, span, "continue"))
                    if rest > 1:
                        below[column] = (rest - 1, span)
                else:
                    cell = cells.pop(0)
                    span = cell.columns
                    line.append((cell, span, "restart" if cell.rows > 1 else ""))
                    if cell.rows > 1:
                        below[column] = (cell.rows - 1, span)
                column += span
                # What was put in for this row is not read again in it.
                if line[-1][2] == "restart":
                    continue
            self.columns = max(self.columns, column)
            self.rows.append(line)


def _is_natural(block: List, level: int) -> bool:
    """Whether the numbering of a word processor says all there is to say of a list."""
    labels = [bool(item.label) for item in block.items]
    if not labels or level >= _DEEPEST or len(set(labels)) > 1:
        return False
    return all(_is_natural_item(item, level) for item in block.items)


def _is_natural_item(item: ListItem, level: int) -> bool:
    if not item.blocks or not isinstance(item.blocks[0], Paragraph):
        return False
    return all(
        isinstance(each, List) and _is_natural(each, level + 1) for each in item.blocks[1:]
    )


def _form(block: List) -> tuple[str, str, str] | None:
    """The format, and what stands before and after the number, if all labels are so counted."""
    found = _LABEL.match(block.items[0].label)
    if not block.ordered or not found:
        return None
    before, _, after = found.groups()
    labels = [item.label for item in block.items]
    if any(label != label.strip() for label in labels):
        return None
    for form in _FORMS:
        wanted = [f"{before}{count(at, form)}{after}" for at in range(1, len(labels) + 1)]
        if wanted == labels:
            return form, before, after
    return None


def _is_plain_quote(block: Quote, following: Block | None) -> bool:
    """Whether a quotation is plain paragraphs, and no second one follows at once."""
    return (
        bool(block.blocks)
        and not isinstance(following, Quote)
        and all(
            isinstance(each, Paragraph) and not each.role and not each.style
            for each in block.blocks
        )
    )


def plain_text(content: Iterable[Inline]) -> str:
    """The text of inlines on one line."""
    return " ".join(plain(content).split())
