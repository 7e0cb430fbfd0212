"""DOCX: a document an editor would go on working in, and that our reader reads back.

Named styles, real footnotes, the masthead in the header of the first page, the symbol in that
of the others, a section for each annex and each direction. No author is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from verbale.model.document import Heading, NoteRef, Paragraph, PartKind
from verbale.model.language import UND
from verbale.model.walk import inlines
from verbale.text import docx_names as names
from verbale.writers._docx_blocks import Blocks, Extra
from verbale.writers._docx_book import Book
from verbale.writers._docx_inlines import Voice
from verbale.writers._docx_package import PartFile, pack
from verbale.writers._docx_xml import (
    HEAD,
    NAMESPACES,
    is_rtl,
    language_element,
    text_runs,
)
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.model.document import Block, Document, Part

_NEW_PAGE: Final = frozenset({PartKind.ANNEX, PartKind.ENCLOSURE, PartKind.APPENDIX})
_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418"'
    ' w:left="1418" w:header="567" w:footer="567" w:gutter="0"/>'
)
_RULED: Final = (
    '<w:tcBorders><w:bottom w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
    "</w:tcBorders>"
)
_FACTS: Final = frozenset({"distribution", "date", "language", "original"})


def write_docx(document: Document, options: Options = DEFAULTS) -> bytes:
    """Write the file. Same document and options, same bytes: ``options.moment`` is its date.

    ``options.labels`` may give ``awaiting``, the word before text that awaits translation.
    """
    return _Draft(document, options).bytes()


class _Draft:
    """One file in the making."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document = document
        self.options = options
        self.book = Book(options.labels or {}, document.language)
        self.body = Blocks(self.book, self.book.body)
        self.files: list[PartFile] = [self.book.body, self.book.notes]
        self.parts: dict[str, bytes] = {}
        self.out: list[str] = []
        self.notes: list[str] = []
        self.rtl = False
        self.break_before = False
        self.first = True
        self.references = ""

    def bytes(self) -> bytes:
        """The file."""
        document, book = self.document, self.book
        masthead = document.parts[0] if document.parts else None
        if masthead is not None and masthead.kind is not PartKind.MASTHEAD:
            masthead = None
        lines = _Lines(masthead)
        self._furniture(lines, masthead)
        self.rtl = _is_rtl(document.parts[0]) if document.parts else False
        if document.stamps or document.stamp_text:
            self.out.append(self._stamp(self.body))
        for index, part in enumerate(document.parts):
            self._part(part, 0, lines if not index else _Lines(None))
        self.out.append(self.body.filler())
        content = "".join(self.out) + self._section()
        self._add("document.xml", "document", f"<w:body>{content}</w:body>")
        self._add("footnotes.xml", "footnotes", _separators(self.body) + "".join(self.notes))
        self._add("numbering.xml", "numbering", self._numbering())
        self._add(
            "settings.xml",
            "settings",
            '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
            '<w:compat><w:compatSetting w:name="compatibilityMode"'
            ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
        )
        self.parts["styles.xml"] = book.styles.xml(
            language_element(document.language) if document.language != UND else "",
            rtl=document.language.direction == "rtl",
        )
        for kind in ("styles", "numbering", "settings", "footnotes"):
            book.body.relate(kind, f"{kind}.xml")
        return pack(self.parts, self.files, book.media, document, self.options.moment)

    def _add(self, name: str, root: str, content: str) -> None:
        text = f"{HEAD}<w:{root}{NAMESPACES}>{content}</w:{root}>"
        self.parts[name] = text.encode("utf-8")

    def _numbering(self) -> str:
        abstract = self.book.numbering
        numbers = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            for number in range(1, len(abstract) + 1)
        )
        return "".join(abstract) + numbers

    # Parts and sections

    def _part(self, part: Part, depth: int, lines: _Lines) -> None:
        rtl = _is_rtl(part)
        new_page = part.kind in _NEW_PAGE and not self.first
        if new_page or (rtl != self.rtl and not self.first):
            self.out.append(self.body.filler(self._section()))
            self.break_before = new_page
            self.rtl = rtl
        self.first = False
        name = names.PartName(
            depth, part.kind.value, part.language.code, part.number, part.as_received
        )
        start, end = self.book.bookmark(names.part_bookmark(self.book.next_id(), name))
        voice = Voice(part.language)
        self.book.open_part(part.footnotes)
        self.out += self._blocks(part, lines, voice, start)
        self._anchor(lines)
        self.out += [
            self.body.loose(
                note, part.footnotes.index(note), Voice(part.language, anchors=False)
            )
            for note in self.book.loose()
        ]
        notes = Blocks(self.book, self.book.notes, plain_style=names.FOOTNOTE)
        quiet = Voice(part.language, anchors=False)
        self.notes += [
            notes.footnote(number, note, quiet) for number, note in self.book.anchored()
        ]
        for inner in part.parts:
            self._part(inner, depth + 1, _Lines(None))
        self.out.append(end)

    def _blocks(self, part: Part, lines: _Lines, voice: Voice, start: str) -> Iterator[str]:
        """The part's blocks; *start*, its bookmark, goes into the first paragraph."""
        body = list(enumerate(part.blocks)) if not lines.placed else lines.body
        if not body or not isinstance(body[0][1], Paragraph | Heading):
            yield self.body.filler(inside=start)
            start = ""
        if not lines.ordered:
            yield self.body.blocks([block for _, block in body], voice, Extra(before=start))
            return
        for order, block in body:
            if isinstance(block, Paragraph | Heading):
                yield self.body.marked(block, voice, order, before=start)
                start = ""

    def _anchor(self, lines: _Lines) -> None:
        """Give the notes whose marks stand in the header an anchor in the body.

        A header can hold no reference to a footnote: without this, Word would print no note.
        """
        wanted = lines.notes()
        anchors = [
            self.book.anchor(NoteRef(note.id, note.mark))
            for note in self.book.loose()
            if note.id in wanted
        ]
        if anchors:
            key = self.book.styles.character(names.ANCHOR)
            inside = "".join(
                f'<w:r><w:rPr><w:rStyle w:val="{key}"/></w:rPr>{each}</w:r>' for each in anchors
            )
            self.out.append(self.body.filler(inside=inside))

    def _section(self) -> str:
        """The properties of the section that ends here."""
        kind = "nextPage" if self.break_before else "continuous"
        references, self.references = self.references, ""
        title = "<w:titlePg/>" if references else ""
        bidi = "<w:bidi/>" if self.rtl else ""
        kind = "" if references else f'<w:type w:val="{kind}"/>'
        return f"<w:sectPr>{references}{kind}{_PAGE}{title}{bidi}</w:sectPr>"

    # Headers and footers

    def _furniture(self, lines: _Lines, masthead: Part | None) -> None:
        """The header and footer of the first page, and those of the others."""
        language = masthead.language if masthead is not None else self.document.language
        voice = Voice(language, anchors=False)
        first = _Part(self, "header1.xml")
        head = self._stamp(first.blocks) if self.document.stamps else ""
        head += self._masthead(first.blocks, lines, voice)
        first.add("hdr", head or first.blocks.bare("header"))
        foot = _Part(self, "footer1.xml")
        content = "".join(_line(foot.blocks, each, voice, lines) for each in lines.foot)
        foot.add("ftr", content + self._page_number(foot.blocks))
        running = _Part(self, "header2.xml")
        symbol = text_runs(self.document.symbol, (), None) if self.document.symbol else ""
        stamp = self._stamp(running.blocks) if self.document.stamps else ""
        running.add("hdr", stamp + running.blocks.bare("header", inside=symbol))
        pages = _Part(self, "footer2.xml")
        pages.add("ftr", self._page_number(pages.blocks))
        body = self.book.body
        self.references = "".join(
            f'<w:{tag}Reference w:type="{kind}" r:id="{body.relate(tag, name)}"/>'
            for tag, kind, name in (
                ("header", "default", "header2.xml"),
                ("header", "first", "header1.xml"),
                ("footer", "default", "footer2.xml"),
                ("footer", "first", "footer1.xml"),
            )
        )

    def _stamp(self, blocks: Blocks) -> str:
        text = self.document.stamp_text
        bidi = "<w:bidi/>" if is_rtl(self.document.language, text) else ""
        return blocks.bare(names.STAMP, bidi, text_runs(text, (), self.document.language))

    @staticmethod
    def _page_number(blocks: Blocks) -> str:
        field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        return blocks.bare("footer", '<w:jc w:val="center"/>', field)

    def _masthead(self, blocks: Blocks, lines: _Lines, voice: Voice) -> str:
        """Publisher and symbol over a rule; organ, and distribution to original beside it."""
        if not lines.head:
            return ""
        cells: dict[str, list[str]] = {"publisher": [], "symbol": [], "organ": [], "facts": []}
        for each in lines.head:
            role = each[1].role
            cell = "facts" if role in _FACTS else role
            cells[cell].append(_line(blocks, each, voice, lines))
        empty = blocks.bare("header")
        rows = ""
        for left, right, size in (("publisher", "symbol", 4), ("organ", "facts", 12)):
            border = _RULED.format(size=size)
            pair = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>'
                f"{''.join(cells[key]) or empty}</w:tc>"
                for key, width in ((left, 5670), (right, 3400))
            )
            rows += f"<w:tr>{pair}</w:tr>"
        visual = "<w:bidiVisual/>" if voice.language.direction == "rtl" else ""
        return (
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="9070" w:type="dxa"/><w:tblLayout'
            ' w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="5670"/>'
            f'<w:gridCol w:w="3400"/></w:tblGrid>{rows}</w:tbl>{empty}'
        )


class _Part:
    """A header or footer."""

    def __init__(self, draft: _Draft, name: str) -> None:
        self.file = PartFile(name)
        self.blocks = Blocks(draft.book, self.file)
        self._draft = draft

    def add(self, root: str, content: str) -> None:
        """Add it to the file."""
        self._draft.files.append(self.file)
        self._draft._add(self.file.name, root, content)  # noqa: SLF001 - its own draft


class _Lines:
    """Where the lines of a masthead go: header, body, footer, each with its index in the tree.

    ``ordered`` says that the page has them in another order than the tree, so that each keeps
    its index in a bookmark. A masthead with more than lines in such an order stays in the body.
    """

    def __init__(self, masthead: Part | None) -> None:
        self.head: list[tuple[int, Paragraph]] = []
        self.foot: list[tuple[int, Paragraph]] = []
        self.body: list[tuple[int, Block]] = []
        self.placed = False
        self.ordered = False
        if masthead is None:
            return
        for index, block in enumerate(masthead.blocks):
            role = block.role if isinstance(block, Paragraph) and not block.style else ""
            if isinstance(block, Paragraph) and role in names.IN_HEADER:
                self.head.append((index, block))
            elif isinstance(block, Paragraph) and role in names.IN_FOOTER:
                self.foot.append((index, block))
            else:
                self.body.append((index, block))
        rank = {role: at for at, role in enumerate(("publisher", "symbol", "organ"))}
        self.head.sort(key=lambda line: rank.get(line[1].role, len(rank)))
        every = [index for index, _ in (*self.head, *self.body, *self.foot)]
        self.ordered = every != sorted(every)
        self.placed = True
        if self.ordered and not all(
            isinstance(block, Paragraph | Heading) for _, block in self.body
        ):
            self.head, self.foot, self.ordered, self.placed = [], [], False, False

    def notes(self) -> set[str]:
        """The ids of the notes whose marks stand in the header or footer."""
        return {
            inline.note
            for _, block in (*self.head, *self.foot)
            for inline in inlines(block.content)
            if isinstance(inline, NoteRef)
        }


def _line(blocks: Blocks, line: tuple[int, Paragraph], voice: Voice, lines: _Lines) -> str:
    order, block = line
    if lines.ordered:
        return blocks.marked(block, voice, order)
    return blocks.paragraph(block, voice)


def _is_rtl(part: Part) -> bool:
    return part.language.direction == "rtl"


def _separators(blocks: Blocks) -> str:
    """The lines between text and notes, which every word processor expects."""
    key = blocks.book.styles.paragraph(names.FOOTNOTE)
    return "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{key}"/>'
        f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )


WRITER = Writer(
    format="docx",
    suffix=".docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write=write_docx,
)
