"""What an annex says of itself, and what footnotes hang on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.model.document import Heading, Mark, Paragraph, Text
from verbale.model.located import LineEnds, Located, located
from verbale.model.recognition import AnnexFacts, NoteFacts
from verbale.model.walk import block_text, inlines, nested
from verbale.recognise.splitting import annex_heading
from verbale.text.folding import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.model.document import Block, Footnote, Part
    from verbale.phrasebook import Phrasebook

# The last word before an offset; in Han, which has no blanks, its last two characters.
_LAST_WORD = re.compile(r"([\u3400-\u9fff]{1,2}|[^\W\u3400-\u9fff][\w’'-]*)\W*$")
_LONGEST_TITLE = 300


def annex_facts(part: Part, book: Phrasebook) -> tuple[AnnexFacts, dict[str, Located]]:
    """Heading, title and issuer of an annex, and where each stood."""
    spots: dict[str, Located] = {}
    heading = located(part.blocks[0])
    headed = heading is not None and annex_heading(heading.text, 0, book) is not None
    if heading is not None and headed:
        spots["heading"] = heading
    block = title_of(part.blocks[1:3] if headed else part.blocks[:2])
    title = located(block) if block is not None else None
    issuer = ""
    if title is not None:
        spots["title"] = title
        for lang in dict.fromkeys((part.language.code, *book.institution.languages)):
            match = book.read("annex.issuer", lang, title.text)
            if match is not None:
                issuer = squeeze(str(match.value("text")))
                start, end = match.bounds("text") or (0, len(title.text))
                spots["issuer"] = title.slice(start, end)
                break
    return (
        AnnexFacts(
            squeeze(heading.text) if heading and headed else "",
            squeeze(title.text) if title else "",
            issuer,
        ),
        spots,
    )


def title_of(blocks: Sequence[Block]) -> Paragraph | Heading | None:
    """The title of an annex: a heading, or a short paragraph wholly in bold or capitals."""
    for block in blocks:
        text = located(block)
        if text is None or not isinstance(block, Paragraph | Heading):
            return None
        if not text.text.strip():
            continue
        if isinstance(block, Heading):
            return block
        if len(text.text) <= _LONGEST_TITLE:
            runs = [i for i in inlines(block.content) if isinstance(i, Text) and i.text.strip()]
            bold = all(Mark.STRONG in run.marks for run in runs)
            if bold or text.text.isupper() or block.role in ("title", "annex-title"):
                return block
        return None
    return None


def is_as_received(footnotes: Sequence[Footnote], book: Phrasebook) -> bool:
    """Whether a footnote says that the annex is reproduced as received."""
    for note in footnotes:
        text = " ".join(block_text(block) for block in note.blocks)
        for lang in book.institution.languages:
            if book.read("footnote.as-received", lang, text):
                return True
    return False


def note_facts(part: Part, ends: LineEnds | None) -> Iterator[NoteFacts]:
    """Each footnote of a part with the word its mark stands on."""
    anchors = dict(_anchors(part))
    for note in part.footnotes:
        text = squeeze(" ".join(block_text(block) for block in note.blocks))
        first = located(note.blocks[0]) if note.blocks else None
        place = first.whole(ends) if first else note.place
        yield NoteFacts(note.mark, text, anchors.get(note.id, ""), place)


def _anchors(part: Part) -> Iterator[tuple[str, str]]:
    for block in nested(part.blocks):
        text = located(block)
        if text is None:
            continue
        for at, note in text.refs:
            word = _LAST_WORD.search(text.text[:at])
            yield note, word[1] if word else ""
