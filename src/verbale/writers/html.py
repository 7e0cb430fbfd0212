"""HTML: one accessible page that needs nothing else, and that our HTML reader reads back.

The page is HTML and well-formed XML at once: every browser shows it, and reading it back does
not depend on how a browser's parser mends pages. What HTML has no word for stands in ``data-``
attributes; elements that only help the eye carry ``data-aid`` and are passed over in reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.model.language import UND
from verbale.model.walk import parts
from verbale.writers._html_blocks import Page, attributes, escape
from verbale.writers._html_style import policy, style
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.model.document import Block, Document, Footnote, Part
    from verbale.model.language import Language

# Words for the page itself, where the caller gives none; English, the language of the program.
_LABELS = {"skip": "Skip to the text", "notes": "Notes", "table": "Table"}


def write_html(document: Document, options: Options = DEFAULTS) -> bytes:
    """Write the page. No script, no outside resource, all text escaped; same input, same bytes.

    A character that XML cannot hold becomes U+FFFD; no reader lets one in. ``options.labels``
    may give ``skip``, ``notes``, ``table`` and ``awaiting``; ``options.moment`` is the date.
    """
    labels = {**_LABELS, **(options.labels or {})}
    page = Page(document, labels)
    page.name_notes(parts(document))
    lines = [
        "<!DOCTYPE html>",
        f"<html{_root(document)}>",
        "<head>",
        *_head(document, options),
        "</head>",
        "<body>",
        f'<a class="skip" href="#text" data-aid="">{escape(labels["skip"])}</a>',
        *_stamp(document),
        '<main id="text">',
        *page.document(),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")


def html_fragment(document: Document, labels: Mapping[str, str]) -> str:
    """The parts alone, to stand in another page, whose ``h1`` is then the document's title.

    Parts have the ids of the page that `write_html` writes: ``annex``, ``annex-2``, ``note-1``.
    """
    page = Page(document, {**_LABELS, **labels})
    page.name_notes(parts(document))
    return "\n".join(page.document())


def html_pieces(
    document: Document, labels: Mapping[str, str], prefix: str
) -> Iterator[tuple[Part, tuple[tuple[Block | Footnote, str], ...]]]:
    """Each part with its blocks and notes, one element each; ids begin with *prefix*."""
    page = Page(document, {**_LABELS, **labels}, prefix)
    page.name_notes(parts(document))
    for part in parts(document):
        yield part, tuple(page.pieces(part))


def _root(document: Document) -> str:
    return attributes(
        ("lang", _tag(document.language)),
        ("dir", "auto" if document.language == UND else document.language.direction),
        ("data-stamps", " ".join(document.stamps) or None),
    )


def _tag(language: Language) -> str:
    return "" if language == UND else language.code


def _head(document: Document, options: Options) -> Iterator[str]:
    yield '<meta charset="utf-8"/>'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}"/>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    yield '<meta name="generator" content="verbale"/>'
    yield '<meta name="referrer" content="no-referrer"/>'
    title = document.title or document.symbol or "—"
    if document.symbol and document.title:
        title = f"{document.symbol} — {document.title}"
    yield f"<title>{escape(' '.join(title.split()))}</title>"
    if document.symbol:
        yield f"<meta{_meta('dcterms.identifier', document.symbol)}/>"
    if document.title:
        yield f"<meta{_meta('dcterms.title', document.title)}/>"
    if document.language != UND:
        yield f"<meta{_meta('dcterms.language', document.language.code)}/>"
    if options.moment is not None:
        yield f"<meta{_meta('dcterms.date', options.moment.isoformat())}/>"
    for name, value in document.properties:
        given = attributes(
            ("name", "verbale.property"), ("data-name", name), ("content", value)
        )
        yield f"<meta{given}/>"
    yield f"<style>{style()}</style>"


def _meta(name: str, content: str) -> str:
    return attributes(("name", name), ("content", content))


def _stamp(document: Document) -> Iterator[str]:
    """The stamp at the head of the page and, in print, across every sheet."""
    if not document.stamp_text:
        return
    text = escape(document.stamp_text)
    yield f'<p class="stamp" role="note" data-stamp="">{text}</p>'
    yield f'<div class="watermark" aria-hidden="true" data-aid="">{text}</div>'


WRITER = Writer(
    format="html", suffix=".html", media_type="text/html; charset=utf-8", write=write_html
)
