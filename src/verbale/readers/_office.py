"""What readers of office files share: languages that a file claims, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from verbale.languages.identify import identify
from verbale.model.document import Heading, Paragraph
from verbale.model.finding import Finding, Place, Severity
from verbale.model.language import UND, Language
from verbale.model.walk import block_text, map_blocks, nested

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.model.document import Block, Footnote

#: A comment without an author: programs that fill in forms leave such marks.
UNSIGNED: Final = "docx-comments/unsigned"
_CODES: Final = (
    "docx-tracked-changes",
    "change-tracking-on",
    "docx-comments",
    UNSIGNED,
    "hidden-text",
    "embedded-object",
    "outside-reference",
)
_MOST_PLACES: Final = 20
_SAMPLE: Final = 6000


@dataclass(slots=True)
class Sightings:
    """Where there are things that a reader of the page does not see: part, paragraphs."""

    seen: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def note(self, code: str, part: str, paragraph: int) -> None:
        """Count one."""
        self.seen.setdefault((code, part), []).append(paragraph)


def main_language(blocks: Sequence[Block], counts: dict[Language, int]) -> Language:
    """The language of most letters by the claims of the file, unless the words belie it."""
    text = ""
    for block in blocks:
        text += block_text(block) + "\n"
        if len(text) > _SAMPLE:
            break
    found = identify(text[:_SAMPLE])
    if found != UND:
        return found
    return max(counts, key=lambda key: counts[key]) if counts else UND


def plain_languages(blocks: Sequence[Block], main: Language) -> tuple[Block, ...]:
    """Paragraphs keep a language only where it is another than the document's."""
    top = _claimed_most(blocks)

    def change(block: Block) -> Block:
        if isinstance(block, Paragraph | Heading) and block.language in (main, top):
            return replace(block, language=None)
        return block

    return map_blocks(blocks, change)


def _claimed_most(blocks: Sequence[Block]) -> Language | None:
    counts: dict[Language, int] = {}
    for block in nested(blocks):
        if isinstance(block, Paragraph | Heading) and block.language is not None:
            size = len(block_text(block))
            counts[block.language] = counts.get(block.language, 0) + size
    return max(counts, key=lambda key: counts[key]) if counts else None


def plain_note(note: Footnote, main: Language) -> Footnote:
    """A footnote whose paragraphs keep a language only where it is another than *main*."""
    return replace(note, blocks=plain_languages(note.blocks, main))


def findings(sightings: Sightings, name: str) -> Iterator[Finding]:
    """One finding a code and part: how many, and the paragraphs they are in."""
    seen = sightings.seen
    for code in _CODES:
        for (each, part), paragraphs in seen.items():
            if each != code:
                continue
            known = sorted({number for number in paragraphs if number})
            place = Place(name, part=part, paragraph=known[0] if known else None)
            values = {
                "count": str(len(paragraphs)),
                "paragraphs": ", ".join(map(str, known[:_MOST_PLACES])),
            }
            severity = Severity.NOTES if code == UNSIGNED else Severity.WARNS
            yield Finding(code.partition("/")[0], severity, place, values)
