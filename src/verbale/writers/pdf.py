"""PDF: one tagged file that claims PDF/UA-1 and PDF/A-2a, set by the typesetter it is given.

The first page is laid out as a masthead: publisher and symbol over a rule; organ, distribution,
date and languages over a thicker one; session, agenda and title. No emblem is drawn.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from verbale.errors import MissingPartError, PageError, UnreadableFileError
from verbale.model.document import Paragraph, PartKind
from verbale.model.language import UND
from verbale.writers._pdf_tree import TreeNodes, Voice, first_text
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from verbale.model.document import Block, Document, Part

TEMPLATE: Final = "pdf_template.typ"

#: Creation date of a document that names none; the clock is never asked.
NO_DATE: Final = datetime.date(1970, 1, 1)

_PLACES: Final = {
    "publisher": "publisher",
    "symbol": "symbol",
    "organ": "organ",
    "distribution": "facts",
    "date": "facts",
    "language": "facts",
    "original": "facts",
    "job-number": "foot",
    "source": "foot",
}


@dataclass(frozen=True, slots=True)
class Way:
    """How a document is set. What typst cannot do with it is given up, one thing after another.

    Without ``pictures`` each is a frame with its description. Without ``keeps_headings`` one
    may stand alone at the foot of a page: typst 0.15 sometimes breaks the tags of a heading it
    moves on together with a table or a note, and then writes no file at all.
    """

    pictures: bool = True
    keeps_headings: bool = True


BEST: Final = Way()


def write_pdf(document: Document, options: Options = DEFAULTS) -> bytes:
    """Write a tagged PDF. Same document and options, same bytes.

    A picture that cannot be decoded is drawn as a frame with its description. Raises
    `MissingPartError` when the options hold no typesetter, or it lacks a part or a face for a
    letter of the text, and `PageError` where the typesetter fails in itself.
    """
    if options.typesetter is None:
        raise MissingPartError(
            "a PDF needs a typesetter and none was given",
            remedy="Give one in the options: verbale.edges.typeset.typesetter().",
        )
    moment = options.moment or NO_DATE
    way = BEST
    while True:
        data = page_data(document, options, way)
        try:
            return options.typesetter(TEMPLATE, data, moment=moment)
        except UnreadableFileError:
            if not way.pictures:
                raise
            way = replace(way, pictures=False)
        except PageError:
            if not way.keeps_headings:
                raise
            way = replace(way, keeps_headings=False)


def page_data(document: Document, options: Options, way: Way = BEST) -> str:
    """The JSON that the template reads."""
    labels = options.labels or {}
    voice = _voice(document)
    nodes = TreeNodes(labels, pictures=way.pictures)
    heads = [part for part in document.parts if part.kind is PartKind.MASTHEAD]
    rest = [part for part in document.parts if part.kind is not PartKind.MASTHEAD]
    moment = options.moment or NO_DATE
    data: dict[str, Any] = {
        "voice": {"lang": voice.language.code, "dir": voice.direction, "scale": voice.size},
        "title": _title(document),
        "symbol": document.symbol,
        "date": [moment.year, moment.month, moment.day],
        "stamp": " ".join(document.stamp_text.split()) if document.stamps else "",
        "keep": way.keeps_headings,
        "mastheads": [_masthead(part, nodes, voice) for part in heads],
        "parts": [nodes.part(part, voice) for part in rest],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _masthead(part: Part, nodes: TreeNodes, outer: Voice) -> dict[str, Any]:
    """The lines of a masthead by their place on the page, each place in the tree's order."""
    places: dict[str, list[Block]] = {name: [] for name in (*_PLACES.values(), "rest")}
    for block in part.blocks:
        role = block.role if isinstance(block, Paragraph) else ""
        places[_PLACES.get(role, "rest")].append(block)
    language = part.language if part.language != UND else outer.language
    voice = Voice(language, language.direction if language != UND else outer.direction)
    nodes.know(part)
    found = {name: nodes.blocks(blocks, voice) for name, blocks in places.items()}
    return {**found, "voice": voice.node(outer), "loose": nodes.loose(part, voice)}


def _voice(document: Document) -> Voice:
    """The version's voice; before recognition that of its first part with a language."""
    languages = [document.language, *(part.language for part in document.parts)]
    language = next((each for each in languages if each != UND), UND)
    return Voice(language, language.direction)


def _title(document: Document) -> str:
    """What the file is called: a file without a title is not accessible."""
    texts = [document.title, document.symbol, *map(first_text, document.parts), "–"]
    return " ".join(next(text for text in texts if text.strip()).split())


WRITER = Writer(format="pdf", suffix=".pdf", media_type="application/pdf", write=write_pdf)
