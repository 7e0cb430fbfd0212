"""Akoma Ntoso 3.0 (OASIS LegalDocML): valid against the standard's schema, and read back equal.

The cover page is the masthead, the main body the note or letter, and each annex an attachment,
a document of its own with its own language. The fields of the cover page are marked as the UN
marks them in its own files; docs/decisions/0011 has the reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.model.akoma_ntoso import NAMESPACE, OWN, is_cover
from verbale.model.document import Paragraph, PartKind, Text
from verbale.model.walk import inlines
from verbale.text.folding import squeeze
from verbale.writers._akn_blocks import NOTHING, BlockWriter
from verbale.writers._akn_inlines import attributes, escape
from verbale.writers._akn_meta import meta, names_of, part_meta
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from verbale.model.document import Block, Document, Part

_MAIN = frozenset({PartKind.BODY, PartKind.NOTE, PartKind.LETTER})
_PREFACE = frozenset({"title", "number-line"})
_PREAMBLE = frozenset({"formula", "recital"})
_CONCLUSIONS = frozenset({"adoption", "outcome", "vote", "conclusion"})
_NO_PART = ("v:none", "true")
_LONGEST_NAME = 60


def write_akn(document: Document, options: Options = DEFAULTS) -> bytes:
    """Write the document as UTF-8. Same document and options, same bytes.

    ``options.moment`` is the date of the document's names; without it the masthead's date is.
    A character that XML cannot hold becomes U+FFFD; no reader lets one in.
    """
    return _Page(document, options).write().encode("utf-8")


class _Page:
    def __init__(self, document: Document, options: Options) -> None:
        self._document = document
        self._names = names_of(document, options)
        self._refers: list[str] = []

    def write(self) -> str:
        cover, main, rest = _arrange(self._document)
        content = [*self._cover(cover), *self._main(main), *self._attachments(main, rest)]
        name = dict(self._document.properties).get("akn/name") or "communication"
        kind = self._names.kind
        head = attributes(("xmlns", NAMESPACE), ("xmlns:v", OWN))
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<akomaNtoso{head}>",
            f"<{kind}{attributes(('name', name))}>",
            *meta(self._document, self._names, self._refers, [*self._own()]),
            *content,
            f"</{kind}>",
            "</akomaNtoso>",
            "",
        ]
        return "\n".join(lines)

    def _own(self) -> Iterator[str]:
        """What the standard has no place for; its presence says that white space is text."""
        language = attributes(("language", self._document.language.code))
        yield f"<v:document{language}>"
        for name, value in self._document.properties:
            yield f"<v:property{attributes(('name', name), ('value', value))}/>"
        yield "</v:document>"

    def _cover(self, part: Part | None) -> Iterator[str]:
        stamped = bool(self._document.stamps or self._document.stamp_text)
        if part is None and not stamped:
            return
        said = _part_attributes(part, PartKind.MASTHEAD) if part else attributes(_NO_PART)
        yield f'<coverPage eId="coverPage_1"{said}>'
        lines = [self._stamp()] if stamped else []
        if part is not None:
            blocks = BlockWriter(part, "coverPage_1__", self._refers.append)
            lines += [*blocks.lines(part.blocks), *blocks.leftover()]
        yield from lines or [NOTHING]
        yield "</coverPage>"

    def _stamp(self) -> str:
        look = " ".join(("stamp", *self._document.stamps))
        head = attributes(("xml:space", "preserve"), ("class", look), ("v:none", "stamp"))
        return f"<p{head}><remark>{escape(self._document.stamp_text)}</remark></p>"

    def _main(self, part: Part | None) -> Iterator[str]:
        if part is None:
            yield f"<mainBody{attributes(_NO_PART)}>{NOTHING}</mainBody>"
            return
        blocks = BlockWriter(part, "", self._refers.append)
        preface, preamble, body, conclusions = _divide(part.blocks)
        if preface:
            yield "<preface>"
            for block in preface:
                yield blocks.numbered_title(block) if block.number else blocks.line(block)
            yield "</preface>"
        if preamble:
            yield '<preamble eId="preamble">'
            yield from map(_in_preamble(blocks), preamble)
            yield "</preamble>"
        yield f'<mainBody eId="mainBody"{_part_attributes(part, PartKind.BODY)}>'
        lines = [*blocks.hierarchy(body)]
        if not conclusions:
            lines += blocks.leftover()
        yield from lines or [NOTHING]
        yield "</mainBody>"
        if conclusions:
            yield '<conclusions eId="conclusions">'
            for block in conclusions:
                yield blocks.line(
                    block, role="conclusion" if block.role == "conclusion" else ""
                )
            yield from blocks.leftover()
            yield "</conclusions>"

    def _attachments(self, main: Part | None, rest: Sequence[Part]) -> Iterator[str]:
        inner = [(part, "true") for part in main.parts] if main else []
        outer = [(part, None) for part in rest]
        if inner or outer:
            yield "<attachments>"
            for at, (part, within) in enumerate([*inner, *outer], start=1):
                yield from self._attachment(part, f"att_{at}", within)
            yield "</attachments>"

    def _attachment(self, part: Part, own: str, within: str | None) -> Iterator[str]:
        yield f"<attachment{attributes(('eId', own), ('v:inner', within))}>"
        yield f"<doc{attributes(('name', part.kind.value))}>"
        component = own.replace("att_", f"{part.kind.value}_", 1).replace("__att_", "_")
        yield from part_meta(self._names, component, part.language)
        said = _part_attributes(part, part.kind)
        yield f"<mainBody{attributes(('eId', f'{own}__mainBody'))}{said}>"
        blocks = BlockWriter(part, f"{own}__", self._refers.append)
        yield from [*blocks.hierarchy(part.blocks), *blocks.leftover()] or [NOTHING]
        yield "</mainBody>"
        if part.parts:
            yield "<attachments>"
            for at, each in enumerate(part.parts, start=1):
                yield from self._attachment(each, f"{own}__att_{at}", None)
            yield "</attachments>"
        yield "</doc>"
        yield "</attachment>"


def _arrange(document: Document) -> tuple[Part | None, Part | None, Sequence[Part]]:
    """The part that is the cover page, the one that is the main body, and the others."""
    rest = list(document.parts)
    cover = rest.pop(0) if rest and is_cover(rest[0]) else None
    main = rest.pop(0) if rest and rest[0].kind in _MAIN else None
    return cover, main, rest


def _part_attributes(part: Part, usual: PartKind) -> str:
    return attributes(
        ("xml:lang", part.language.code),
        ("status", "verbatim" if part.as_received else None),
        ("v:kind", part.kind.value if part.kind is not usual else None),
        ("v:number", str(part.number) if part.number else None),
    )


def _divide(
    blocks: Sequence[Block],
) -> tuple[list[Paragraph], list[Paragraph], Sequence[Block], list[Paragraph]]:
    """Blocks as preface, preamble, main body and conclusions; joined they are the blocks."""
    start = 0
    preface: list[Paragraph] = []
    preamble: list[Paragraph] = []
    while start < len(blocks):
        block = blocks[start]
        if not isinstance(block, Paragraph):
            break
        if block.role in _PREFACE and not preamble:
            if block.number and block.role != "title":
                break
            preface.append(block)
        elif block.role in _PREAMBLE and not block.number:
            preamble.append(block)
        else:
            break
        start += 1
    end = len(blocks)
    conclusions: list[Paragraph] = []
    while end > start:
        block = blocks[end - 1]
        if not (
            isinstance(block, Paragraph) and block.role in _CONCLUSIONS and not block.number
        ):
            break
        conclusions.insert(0, block)
        end -= 1
    return preface, preamble, blocks[start:end], conclusions


def _container_name(block: Paragraph) -> str:
    """The first words in other letters, as the UN names the clauses of a preamble."""
    for inline in inlines(block.content):
        if isinstance(inline, Text) and inline.marks and inline.text.strip():
            return squeeze(inline.text)[:_LONGEST_NAME]
    return "recital"


def _in_preamble(blocks: BlockWriter) -> Callable[[Paragraph], str]:
    def write(block: Paragraph) -> str:
        line = blocks.line(block, role=block.role)
        if block.role == "formula":
            return f'<formula name="enactingFormula">{line}</formula>'
        head = attributes(("name", _container_name(block)))
        return f"<container{head}>{line}</container>"

    return write


WRITER = Writer(format="akn", suffix=".xml", media_type="application/xml", write=write_akn)
