"""A note in another language: set sentences written anew, free text left to a translator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.compose.phrases import capital, cut, phrase
from verbale.languages import rules
from verbale.model.document import (
    Block,
    Footnote,
    Heading,
    NoteRef,
    Paragraph,
    Part,
    Span,
    Text,
)
from verbale.model.walk import blocks, inlines, join_text, map_blocks, plain
from verbale.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.model.document import Inline
    from verbale.model.language import Language
    from verbale.phrasebook import Match, Phrasebook

#: Written without a blank between sentences.
_NO_BLANKS = frozenset({"zh"})


class Rewriter:
    """Rewrites a part from one language to another with the phrasebook."""

    def __init__(
        self, book: Phrasebook, source: Language, target: Language, *, body: str | None
    ) -> None:
        self._book = book
        self._source = source
        self._target = target
        self._body = body

    def part(self, part: Part) -> Part:
        """The part in the target language; a sentence no phrase fits stays as it is, marked."""
        return replace(
            part,
            blocks=map_blocks(part.blocks, self._block),
            language=self._target,
            footnotes=tuple(self._footnote(note) for note in part.footnotes),
        )

    def _block(self, block: Block) -> Block:
        if not isinstance(block, Paragraph | Heading):
            return block
        return replace(block, content=self._content(block.content))

    def _content(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        text = plain(content)
        out: list[Inline] = []
        at = 0
        for start, end in sentences(text):
            piece = cut(content, start, end)
            match = self._match("sentence.", text[start:end])
            if out:
                gap = "" if self._target.code in _NO_BLANKS and match else text[at:start]
                out.append(Text(gap))
            out += self._written(match, piece) if match else self._awaiting(piece)
            at = end
        return join_text(out) or content

    def _match(self, prefix: str, text: str) -> Match | None:
        for key in self._book.keys(prefix):
            match = self._book.read(key, self._source.code, text)
            if match is not None and self._book.has(key, self._target.code, self._body):
                return match
        return None

    def _written(self, match: Match, piece: tuple[Inline, ...]) -> tuple[Inline, ...]:
        note = next((i for i in inlines(piece) if isinstance(i, NoteRef)), None)
        values = {bound.name: bound.value for bound in match.bound}
        values["fn"] = note is not None
        lang = self._target.code
        text = self._book.write(match.key, lang, values, body=self._body).text
        return phrase(rules(lang).typeset(capital(text)), note=note)

    def _awaiting(self, piece: tuple[Inline, ...]) -> Iterator[Inline]:
        if plain(piece).strip():
            yield Span(piece, language=self._source, awaiting=True)
        else:
            yield from piece

    def _footnote(self, note: Footnote) -> Footnote:
        text = " ".join(plain(b.content) for b in note.blocks if isinstance(b, Paragraph))
        match = self._match("footnote.", text)
        if match is None:
            return replace(note, blocks=map_blocks(note.blocks, self._block))
        content = self._written(match, ())
        return replace(note, blocks=(Paragraph(content),), language=None)


def awaiting_count(part: Part) -> int:
    """How many pieces of a part wait for a translator."""
    return sum(
        isinstance(inline, Span) and inline.awaiting
        for block in blocks(part)
        if isinstance(block, Paragraph | Heading)
        for inline in inlines(block.content)
    )
