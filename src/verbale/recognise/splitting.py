"""The blocks of a document in one row, and in parts: masthead, note, annexes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.languages.identify import identify
from verbale.model.document import (
    Block,
    Break,
    Footnote,
    Heading,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Span,
    Text,
)
from verbale.model.language import UND, Language
from verbale.model.located import Located, located
from verbale.model.walk import block_text, inlines, nested, parts, plain
from verbale.phrasebook import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from verbale.model.document import Document, Inline
    from verbale.phrasebook import Match, Phrasebook

#: A heading stands within so many blocks of an annex's first.
_HEAD_OF_ANNEX = 3
_LONGEST_HEADING = 700
_HEADINGS = (
    ("annex.heading.", PartKind.ANNEX),
    ("enclosure.heading.", PartKind.ENCLOSURE),
)


@dataclass(frozen=True, slots=True)
class Flat:
    """A document's blocks in reading order, and its footnotes by id."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    #: The first block of each annex that was handed in as one, and its number.
    given: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, document: Document) -> Flat:
        """Undo the parts a reader gave, to find them anew; what came as an annex stays one."""
        every = list(parts(document))
        at, given = 0, []
        for part in every:
            if part.kind is PartKind.ANNEX and part.blocks:
                given.append((at, part.number or 0))
            at += len(part.blocks)
        return cls(
            tuple(block for part in every for block in part.blocks),
            tuple(note for part in every for note in part.footnotes),
            tuple(given),
        )


def block_lines(blocks: Sequence[Block], most: int) -> list[tuple[int, Located]]:
    """The lines of the first blocks, *most* at most, with the index of each one's block."""
    lines: list[tuple[int, Located]] = []
    for index, block in enumerate(blocks):
        text = located(block)
        if text is not None:
            lines += [(index, line) for line in replace(text, block=index).lines()]
        if len(lines) >= most:
            break
    return lines[:most]


def split_lines(content: Iterable[Inline]) -> list[tuple[Inline, ...]]:
    """Inlines cut at line ends; a footnote mark stays on its line; blank lines are dropped."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines(content):
        match inline:
            case Text(text=text, place=place):
                at = 0
                for number, piece in enumerate(text.split("\n")):
                    if number:
                        lines.append([])
                    if piece:
                        start = None if place.start is None else place.start + at
                        where = replace(place, start=start) if start is not None else place
                        lines[-1].append(replace(inline, text=piece, place=where))
                    at += len(piece) + 1
            case Break():
                lines.append([])
            case Span():
                continue
            case _:
                lines[-1].append(inline)
    return [tuple(line) for line in lines if plain(line, marks=True).strip()]


def notes_of(blocks: Iterable[Block], footnotes: Iterable[Footnote]) -> tuple[Footnote, ...]:
    """The footnotes whose marks stand in these blocks, in the order given."""
    used = {
        inline.note
        for block in nested(blocks)
        if isinstance(block, Paragraph | Heading)
        for inline in inlines(block.content)
        if isinstance(inline, NoteRef)
    }
    return tuple(note for note in footnotes if note.id in used)


def language_of(blocks: Sequence[Block]) -> Language:
    """The language most of the blocks' text is in; ``und`` when no table is sure."""
    return identify("\n".join(block_text(block) for block in blocks))


def spoken_in(blocks: Sequence[Block], among: Sequence[str]) -> Language:
    """The one of *among* that most letters of the blocks are in, ``und`` where none is.

    For texts in several languages: a note with a heading and a translation by another hand.
    """
    weights = dict.fromkeys(among, 0)
    for block in blocks:
        text = block_text(block)
        code = identify(text).code
        if code in weights:
            weights[code] += len(text)
    best = max(weights, key=lambda code: weights[code], default="und")
    return Language(best) if weights.get(best) else UND


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """Where an annex begins: the block's index, its level, and the match of its heading.

    An annex handed in as a file of its own may have no heading; its number is then *given*.
    """

    index: int
    kind: PartKind
    match: Match | None = None
    lang: str = ""
    given: int = 0

    @property
    def number(self) -> int:
        """The annex's number; 0 for the only one."""
        return int(self.match.value("annex") or 0) if self.match else self.given


def find_annexes(
    blocks: Sequence[Block],
    start: int,
    book: Phrasebook,
    given: Sequence[tuple[int, int]] = (),
) -> list[AnnexHeading]:
    """Where annexes and enclosures begin from block *start* on, in any language.

    *given* are the annexes that came as such, by first block and number: each begins at its
    first block. A heading among the next few of its own tells its number, and begins no other.
    """
    found = {heading.index: heading for heading in _headings(blocks, start, book)}
    ends = [index for index, _ in given[1:]] + [len(blocks)]
    for (index, number), end in zip(given, ends, strict=False):
        if index < start or index in found:
            continue
        own = range(index + 1, min(index + _HEAD_OF_ANNEX, end))
        late = next((found.pop(at) for at in own if at in found), None)
        number_of = (late.number if late else 0) or number
        found[index] = AnnexHeading(index, PartKind.ANNEX, given=number_of)
    return [found[index] for index in sorted(found)]


def _headings(blocks: Sequence[Block], start: int, book: Phrasebook) -> list[AnnexHeading]:
    found = []
    for index in range(start, len(blocks)):
        text = located(blocks[index])
        if text is None or not 0 < len(text.text) <= _LONGEST_HEADING:
            continue
        if isinstance(blocks[index], Paragraph) and text.text.rstrip().endswith(
            (".", "。", ";")
        ):
            continue
        heading = annex_heading(text.text, index, book)
        if heading is not None:
            found.append(heading)
    return found


def annex_heading(text: str, index: int, book: Phrasebook) -> AnnexHeading | None:
    """The heading of an annex or enclosure that *text*, block *index*, is; else ``None``."""
    line = Line(text)
    for prefix, kind in _HEADINGS:
        if not book.may_read(prefix, line):
            continue
        for key in book.keys(prefix):
            for lang in book.institution.languages:
                match = book.read(key, lang, line)
                if match is not None:
                    return AnnexHeading(index, kind, match, lang)
    return None


def _annex_language(own: Sequence[Block]) -> Language:
    """The language of an annex's text, *own*: its headings may be in another."""
    text = [block for block in own if isinstance(block, Paragraph) and not _is_title(block)]
    return language_of(text or own) if own else UND


def _is_title(block: Paragraph) -> bool:
    runs = [run for run in inlines(block.content) if isinstance(run, Text) and run.text.strip()]
    return all(Mark.STRONG in run.marks for run in runs)


def annex_parts(
    blocks: Sequence[Block], footnotes: Sequence[Footnote], headings: Sequence[AnnexHeading]
) -> list[Part]:
    """The annexes from their headings on, enclosures inside the annex before them."""
    annexes: list[Part] = []
    for place, heading in enumerate(headings):
        end = headings[place + 1].index if place + 1 < len(headings) else len(blocks)
        own = tuple(blocks[heading.index : end])
        language = _annex_language(own[1:] if heading.match else own)
        if language == UND:
            language = Language(heading.lang) if len(own) == 1 and heading.lang else language
        part = Part(
            kind=heading.kind,
            blocks=own,
            language=language,
            footnotes=notes_of(own, footnotes),
            number=heading.number,
        )
        if heading.kind is PartKind.ENCLOSURE and annexes:
            annexes[-1] = replace(annexes[-1], parts=(*annexes[-1].parts, part))
        else:
            annexes.append(part)
    return annexes
