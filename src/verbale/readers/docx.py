"""DOCX: every part of it that a reader of the page sees, and word of what he does not see.

The masthead of an issued document stands in the header of the first page, its job number in a
footer: header lines come first in the tree, the job number is a property of the document.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verbale.model.document import Document, Footnote, Heading, Paragraph, Part, PartKind, Table
from verbale.model.finding import Place
from verbale.model.language import UND, Language
from verbale.model.walk import block_text, nested
from verbale.readers import _docx_inlines as inlines
from verbale.readers._docx_arrange import Item, arrange
from verbale.readers._docx_flow import Flow
from verbale.readers._docx_notes import Notes
from verbale.readers._docx_numbering import Numbering
from verbale.readers._docx_own import read_own
from verbale.readers._docx_package import Docx, R, W, is_on
from verbale.readers._docx_runs import Runs
from verbale.readers._docx_styles import Styles
from verbale.readers._office import findings, main_language, plain_languages, plain_note
from verbale.readers._package import looks_like_zip
from verbale.readers.base import Reader, Reading
from verbale.text.docx_names import FILLER, FORMAT, PROPERTY
from verbale.text.jobs import find_job_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from verbale.model.document import Block
    from verbale.readers._docx_notes import Note
    from verbale.readers._docx_package import Relation

#: A path on a disk: a drive, or a file address without a host.
_LOCAL: Final = re.compile(r"(?:file:///)?(?:[A-Za-z]:[\\/]|/(?!/))|[^:\\/]+\Z")
_RETURN: Final = re.compile(r"_x000[dD]_")
#: Fields that a whole document brings along from outside.
_OUTSIDE: Final = frozenset({"attachedTemplate", "subDocument", "frame", "mailMergeSource"})
_EMBEDDED: Final = frozenset({"package", "oleObject", "aFChunk", "control"})


class Source:
    """A DOCX opened: what its parts share while they are read."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        self.docx = Docx(data, name=name)
        self.own = (self.docx.custom.get(PROPERTY) or "").strip() == FORMAT
        self.styles = Styles(self.docx)
        self.notes = Notes(self.docx, own=self.own)
        self.numbering = Numbering(self.docx)
        self.counts: dict[Language, int] = {}
        self.root = self.docx.xml(self.docx.main)
        body = self.root.find(W + "body")
        if body is None:
            raise self.docx.package.error(f"its main part {self.docx.main} has no body")
        self.body = body

    def flow(self, part: str, *, furniture: bool = False) -> Flow:
        """A reader of blocks for one part."""
        runs = Runs(
            self.docx,
            self.styles,
            self.notes,
            part,
            name=self.name,
            own=self.own,
            furniture=furniture,
        )
        return Flow(runs, self.numbering, self.counts)

    def sections(self) -> list[etree._Element]:
        """The properties of the sections, in order."""
        return list(self.body.iter(W + "sectPr"))

    def furniture(self, section: etree._Element, tag: str) -> Iterator[tuple[str, str]]:
        """Headers or footers that a section shows: their kind and part."""
        relations = self.docx.relations(self.docx.main)
        first = is_on(section.find(W + "titlePg"))
        for each in section.findall(W + tag):
            kind = each.get(W + "type") or "default"
            relation: Relation | None = relations.get(each.get(R + "id") or "")
            if relation is None:
                raise self.docx.package.error(f"a section names a {tag[:6]} that is not there")
            if kind != "first" or first:
                yield kind, self.docx.must(relation)

    def note_items(self, note: Note, language: Language) -> tuple[str, list[Item]]:
        """A note's mark as it begins, and its items."""
        flow = self.flow(note.part)
        flow.language = language
        items = list(flow.items(note.element))
        flow.runs.close()
        mark = note.mark
        for index, item in enumerate(items):
            if not isinstance(item.block, Paragraph | Heading) and item.block is not None:
                break
            if not item.pieces:
                continue
            custom = note.mark if note.custom else ""
            typed, rest = inlines.take_note_mark(list(item.pieces), custom, own=self.own)
            mark = note.mark if typed is None else typed or note.mark
            if item.style == FILLER and not inlines.has_content(rest):
                del items[index]
            elif isinstance(item.block, Paragraph | Heading):
                main = item.block.language
                number = item.block.number
                if self.own:
                    number, rest = inlines.take_number(rest)
                build = inlines.build_own if self.own else inlines.build
                content = build(rest, main or language)
                items[index] = replace(
                    item, block=replace(item.block, content=content, number=number)
                )
            break
        return mark, items


def read_docx(data: bytes, *, name: str) -> Reading:
    """Read a DOCX. Ours comes back as the tree that was written; any other as one part, body.

    Raises `UnreadableFileError` when it is no DOCX, or damaged in any part that holds text.
    """
    source = Source(data, name=name)
    document = read_own(source) if source.own else _read_other(source)
    _see_package(source)
    notes = source.docx.package.notes
    return Reading(document, (*findings(source.docx.sightings, name), *notes))


def _read_other(source: Source) -> Document:
    properties: list[tuple[str, str]] = []
    sections = source.sections()
    if sections:
        source.notes.section(sections[0], first=True)
    masthead = _masthead(source, sections)
    flow = source.flow(source.docx.main)
    body = flow.blocks(source.body)
    flow.runs.close()
    footnotes = tuple(_footnotes(source))
    properties += _furniture(source, sections)
    properties += _custom(source)
    blocks = (*masthead, *body)
    main = main_language(blocks, source.counts)
    part = Part(
        PartKind.BODY,
        plain_languages(blocks, main),
        language=main,
        footnotes=tuple(plain_note(note, main) for note in footnotes),
    )
    return Document((part,), properties=tuple(properties))


def _masthead(source: Source, sections: Sequence[etree._Element]) -> tuple[Block, ...]:
    """The paragraphs of the first page's header, out of its tables, pictures left out."""
    if not sections:
        return ()
    for kind, part in source.furniture(sections[0], "headerReference"):
        if kind == "first":
            flow = source.flow(part, furniture=True)
            found = flow.blocks(source.docx.xml(part))
            flow.runs.close()
            return tuple(
                block
                for block in nested(found)
                if isinstance(block, Paragraph | Heading) and block_text(block).strip()
            )
    return ()


def _furniture(source: Source, sections: Sequence[etree._Element]) -> Iterator[tuple[str, str]]:
    """What headers and footers say, each once, and the job number in a footer."""
    said: dict[tuple[str, str], None] = {}
    job = ""
    done: set[str] = set()
    for index, section in enumerate(sections):
        for tag, name in (("footerReference", "footer"), ("headerReference", "header")):
            for kind, part in source.furniture(section, tag):
                if part in done or (tag, kind, index) == ("headerReference", "first", 0):
                    continue
                done.add(part)
                text = _text_of(source, part)
                first = kind == "first" and index == 0
                if text:
                    said[("first-footer" if first else f"running-{name}", text)] = None
                if name == "footer" and (first or not job):
                    found = find_job_number(text)
                    job = text[found[1] : found[2]] if found else job
    if job:
        yield "job-number", job
    yield from said


def _text_of(source: Source, part: str) -> str:
    flow = source.flow(part, furniture=True)
    found = flow.blocks(source.docx.xml(part))
    flow.runs.close()
    lines = [
        block_text(block).strip()
        for block in nested(found)
        if not isinstance(block, Table) and isinstance(block, Paragraph | Heading)
    ]
    return "\n".join(line for line in lines if line)


def _custom(source: Source) -> Iterator[tuple[str, str]]:
    """The custom properties; line ends as XML escapes and marks of notes are taken off."""
    for name, value in source.docx.custom.items():
        text = _RETURN.sub("", value).strip().rstrip("*").strip()
        if name and text:
            yield name, text


def _footnotes(source: Source) -> Iterator[Footnote]:
    for note in source.notes.met:
        mark, items = source.note_items(note, UND)
        blocks = arrange(items, own=False)
        place = next((block.place for block in blocks), Place(source.name, part=note.part))
        yield Footnote(note.id, mark, blocks, place=place)
    for note in source.notes.rest():
        _, items = source.note_items(note, UND)
        blocks = arrange(items, own=False)
        if blocks:
            yield Footnote(note.id, "", blocks, place=Place(source.name, part=note.part))


# What nobody sees on the page


def _see_package(source: Source) -> None:
    """What the package says beside its text; its properties are read to be sure of them."""
    docx = source.docx
    docx.check_properties()
    comments = docx.related("comments")
    if comments:
        for _ in docx.xml(comments).iter(W + "comment"):
            docx.sightings.note("docx-comments", docx.main, 0)
        _place_comments(source)
    settings = docx.related("settings") or ""
    web = docx.related("webSettings") or ""
    for part in filter(None, (docx.main, settings, web)):
        for relation in docx.relations(part).values():
            if relation.external and relation.kind in _OUTSIDE and _is_away(relation.target):
                docx.sightings.note("outside-reference", part, 0)
            elif relation.kind in _EMBEDDED and ("embedded-object", part) not in _seen(docx):
                docx.sightings.note("embedded-object", part, 0)
    if web and docx.xml(web).find(f".//{W}sourceFileName") is not None:
        docx.sightings.note("outside-reference", web, 0)
    if docx.settings is None:
        return
    if docx.settings.find(W + "mailMerge") is not None:
        docx.sightings.note("outside-reference", settings, 0)
    changes = any(code == "docx-tracked-changes" for code, _ in _seen(docx))
    if is_on(docx.settings.find(W + "trackRevisions")) and not changes:
        docx.sightings.note("change-tracking-on", settings, 0)


def _seen(docx: Docx) -> dict[tuple[str, str], list[int]]:
    return docx.sightings.seen


def _is_away(target: str) -> bool:
    """Whether an address is on another machine: a template on a disk is no threat."""
    return not _LOCAL.match(target)


def _place_comments(source: Source) -> None:
    """Comments are where their marks stand."""
    docx = source.docx
    where = [
        number
        for number, paragraph in enumerate(source.root.iter(W + "p"), start=1)
        for _ in paragraph.iter(W + "commentReference")
    ]
    seen = docx.sightings.seen[("docx-comments", docx.main)] if _has_comments(docx) else []
    seen[: len(where)] = where[: len(seen)]


def _has_comments(docx: Docx) -> bool:
    return ("docx-comments", docx.main) in docx.sightings.seen


def _looks_like_docx(head: bytes) -> bool:
    """Whether a zip's first members are those of a DOCX."""
    return looks_like_zip(head) and b"word/" in head


READER = Reader(
    format="docx",
    suffixes=(".docx", ".docm", ".dotx", ".dotm"),
    read=read_docx,
    sniff=_looks_like_docx,
)
