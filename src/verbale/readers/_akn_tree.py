"""A file in Akoma Ntoso as a tree: cover page, main body, attachments as parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.languages.identify import identify
from verbale.model.akoma_ntoso import usual_kind
from verbale.model.document import Document, Heading, Paragraph, Part, PartKind, Stamp
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND, Language
from verbale.model.walk import part_text, plain
from verbale.readers._akn_blocks import Blocks, is_filler
from verbale.readers._akn_inlines import language_of, local, own, text_of
from verbale.readers._akn_meta import (
    alias,
    language,
    meta_notes,
    own_properties,
    own_record,
    properties,
)
from verbale.readers._akn_names import AROUND, BODIES, DOCUMENTS
from verbale.text.folding import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from verbale.model.document import Block

_ATTACHED = frozenset({"attachments", "components"})
# Where our writer puts the words of a stamp.
_STAMP = "stamp"
# Enough of a text to tell its language.
_TO_IDENTIFY = 5000


def read_tree(root: _Element, *, name: str) -> tuple[Document, tuple[Finding, ...]]:
    """The tree of a file and what in it was not understood."""
    record = own_record(root)
    blocks = Blocks(name, exact=record is not None)
    tree = _Tree(blocks)
    document = tree.foreign(root) if record is None else tree.own(root, record)
    return document, (*blocks.findings, *tree.findings)


class _Tree:
    def __init__(self, blocks: Blocks) -> None:
        self.findings: list[Finding] = []
        self._blocks = blocks

    def own(self, root: _Element, record: _Element) -> Document:
        """A file that our writer made."""
        main = _document_in(root)
        stamps: tuple[Stamp, ...] = ()
        stamp_text = ""
        for line in main.iterfind("{*}coverPage/{*}p"):
            if own(line, "none") == _STAMP:
                words = (line.get("class") or "").split()
                stamps = tuple(each for word in words for each in Stamp if each == word)
                stamp_text = text_of(line)
        return Document(
            tuple(self._parts(main, UND)),
            _code(record.get("language")),
            stamps,
            stamp_text,
            alias(main, "FRBRWork", "symbol"),
            alias(main, "FRBRExpression", "title"),
            tuple(own_properties(record)),
        )

    def foreign(self, root: _Element) -> Document:
        """A file that another program made."""
        main = _document_in(root)
        said = language(main)
        parts = [*self._parts(main, said)]
        if local(main) == "documentCollection":
            parts = _collected(parts)
        for outer in root:
            if local(outer) in _ATTACHED:
                parts += self._attached(outer, said)
        true = self._true_language(parts, said, main)
        if true != said:
            parts = [_in_language(part, said, true) for part in parts]
        return Document(
            tuple(parts),
            true,
            symbol=_role_text(parts, "symbol", PartKind.MASTHEAD),
            title=_role_text(parts, "title", PartKind.BODY)
            or _role_text(parts, "title", PartKind.MASTHEAD),
            properties=tuple(properties(main)),
        )

    def _parts(self, document: _Element, said: Language) -> Iterator[Part]:
        """The parts of a document and of what is attached to it."""
        body: list[Block] = []
        place = document
        inner: list[Part] = []
        outer: list[Part] = []
        for child in document:
            name = local(child)
            if name == "coverPage":
                cover = self._cover(child, document, said)
                if cover.blocks or cover.footnotes or own(child, "none") is None:
                    yield cover
            elif name in BODIES:
                if name == "collectionBody":
                    outer += self._attached(child, said)
                else:
                    place = child
                    body += self._blocks.within(child)
            elif name in AROUND:
                body += self._blocks.within(child, role=_role_in(name))
        footnotes = self._blocks.take_notes()
        for child in document:
            if local(child) in _ATTACHED:
                for part, within in self._attachments(child, said):
                    (inner if within else outer).append(part)
        absent = place is document or is_filler(place)
        if body or inner or footnotes or not absent:
            yield Part(
                _kind(place, document, main=True),
                tuple(body),
                language_of(place) or said,
                footnotes,
                tuple(inner),
                _number(place),
                place.get("status") == "verbatim",
            )
        yield from outer

    def _cover(self, cover: _Element, document: _Element, said: Language) -> Part:
        lines = [child for child in cover if own(child, "none") == _STAMP]
        for line in lines:
            cover.remove(line)
        blocks = self._blocks.within(cover)
        for note in meta_notes(document):
            self._blocks.footnote(note)
        return Part(
            _kind_said(cover) or PartKind.MASTHEAD,
            tuple(blocks),
            language_of(cover) or said,
            self._blocks.take_notes(),
            (),
            _number(cover),
            cover.get("status") == "verbatim",
        )

    def _attached(self, holder: _Element, said: Language) -> Iterator[Part]:
        for part, _ in self._attachments(holder, said):
            yield part

    def _attachments(self, holder: _Element, said: Language) -> Iterator[tuple[Part, bool]]:
        """The parts in attachments or components; whether each belongs to the main part."""
        for each in holder:
            within = own(each, "inner") is not None
            heads: list[Block] = []
            for child in each:
                if local(child) in DOCUMENTS:
                    yield self._attachment(child, heads, said), within
                    heads = []
                else:
                    heads += self._blocks.block(child, level=1, role="")
            if heads:
                yield Part(PartKind.ANNEX, tuple(heads), said), within

    def _attachment(self, document: _Element, heads: Sequence[Block], said: Language) -> Part:
        own_language = language(document)
        if own_language == UND:
            own_language = said
        before = self._blocks.take_notes()
        first, *more = [*self._parts(document, own_language)] or [Part(PartKind.ANNEX, ())]
        if first.kind is PartKind.MASTHEAD and more and more[0].kind is PartKind.BODY:
            body, *more = more
            first = replace(
                body,
                blocks=(*first.blocks, *body.blocks),
                footnotes=(*first.footnotes, *body.footnotes),
            )
        kind = first.kind
        if kind is PartKind.BODY:
            kind = usual_kind(document.get("name", ""), main=False)
        return replace(
            first,
            kind=kind,
            blocks=(*heads, *first.blocks),
            footnotes=(*before, *first.footnotes),
            parts=(*first.parts, *more),
        )

    def _true_language(
        self, parts: Sequence[Part], said: Language, document: _Element
    ) -> Language:
        """The language of the text where it can be told, else what the metadata says."""
        text = "\n".join(part_text(part) for part in parts if part.kind is PartKind.BODY)
        true = identify(text[:_TO_IDENTIFY])
        if true in (UND, said):
            return said
        if said != UND:
            values = {"said_lang": said.code, "text_lang": true.code}
            place = self._blocks.place(document)
            self.findings.append(
                Finding("metadata-language-mismatch", Severity.WARNS, place, values)
            )
        return true


def _document_in(root: _Element) -> _Element:
    return next((child for child in root if local(child) in DOCUMENTS), root)


def _collected(parts: Sequence[Part]) -> list[Part]:
    """The parts of a collection: the first document in it is the main one."""
    out = list(parts)
    for at, part in enumerate(out):
        if part.kind is not PartKind.MASTHEAD:
            if part.kind is PartKind.ANNEX:
                out[at] = replace(part, kind=PartKind.BODY)
            break
    return out


def _in_language(part: Part, said: Language, true: Language) -> Part:
    """A part and those in it, with another language where they have the one that was said."""
    inner = tuple(_in_language(each, said, true) for each in part.parts)
    language = true if part.language == said else part.language
    return replace(part, language=language, parts=inner)


def _role_text(parts: Sequence[Part], role: str, kind: PartKind) -> str:
    """The text of the first line of a role in the parts of a kind."""
    for part in parts:
        for block in part.blocks if part.kind is kind else ():
            if isinstance(block, (Paragraph, Heading)) and block.role == role:
                return squeeze(plain(block.content))
    return ""


def _role_in(name: str) -> str:
    return "conclusion" if name == "conclusions" else ""


def _kind(place: _Element, document: _Element, *, main: bool) -> PartKind:
    return _kind_said(place) or usual_kind(document.get("name", ""), main=main)


def _kind_said(place: _Element) -> PartKind | None:
    said = own(place, "kind")
    return next((kind for kind in PartKind if kind == said), None)


def _number(place: _Element) -> int:
    said = own(place, "number") or ""
    return int(said) if said.isascii() and said.isdigit() else 0


def _code(said: str | None) -> Language:
    try:
        return Language(said or UND.code)
    except ValueError:
        return UND
