"""The report of ``quotes`` as a page: the text, and in its margin the notes with the source."""

from __future__ import annotations

import re
from bisect import bisect_left
from html import escape
from typing import TYPE_CHECKING

from verbale.languages.identify import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.dates import WrongDate
    from verbale.citations.model import Citation
    from verbale.citations.quotations import Quotation
    from verbale.workflow.citing import Quoted

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_STYLE = """
body{font:1rem/1.5 Georgia,"Noto Serif",serif;margin:2rem auto;max-width:80rem;padding:0 1rem;
color:#1a1a1a;background:#fff}
section{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 2rem}
p{margin:.5em 0;white-space:pre-wrap}
aside{font-size:.875rem;border-inline-start:.25rem solid #767676;padding-inline-start:.75rem;
margin:.5em 0}
mark{background:#fff3bf;color:inherit}mark.exact,mark.typography{background:#d3f0d8}
mark.altered,mark.not-found,mark.date{background:#ffd9d2}
ins{background:#ffd9d2;text-decoration:none;font-weight:bold}
del{background:#e3e3e3}cite{font-style:normal;font-weight:bold}
blockquote{margin:.5em 0;white-space:pre-wrap}
@media(max-width:50rem){section{grid-template-columns:1fr}}
"""


def report(quoted: Quoted) -> str:
    """One HTML file that stands by itself: no script, no image, nothing from elsewhere."""
    lang = identify(quoted.text)
    title = f"Quotations in {quoted.name}"
    body = "\n".join(_sections(quoted))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>\n"
        f'<main lang="{lang.code}">\n{body}\n</main></body></html>\n'
    )


def _sections(quoted: Quoted) -> Iterator[str]:
    """One section a paragraph: its text with marks, and the notes on it."""
    spans = _spans(quoted)
    text = quoted.text
    start = at = 0
    cuts = [*((m.start(), m.end()) for m in _PARAGRAPH.finditer(text)), (len(text), len(text))]
    for end, following in cuts:
        upto = bisect_left(spans, (end,), lo=at)
        # A mark that goes over a paragraph's end keeps the paragraphs together.
        if upto > at and spans[upto - 1][1] > end:
            continue
        mine, at = spans[at:upto], upto
        if text[start:end].strip():
            notes = "".join(note for *_, note in mine if note)
            language = identify(text[start:end])
            yield (
                f'<section><p lang="{language.code}" dir="{language.direction}">'
                f"{_marked(text, start, end, mine)}</p><div lang='en'>{notes}</div></section>"
            )
        start = following


def _spans(quoted: Quoted) -> list[tuple[int, int, str, str]]:
    """Bounds, class and note of everything to mark, left to right, none inside another."""
    spans = [
        (q.passage.start, q.passage.end, q.verdict, _quotation_note(q))
        for q in quoted.quotations
    ]
    spans += [(d.start, d.end, "date", _date_note(d)) for d in quoted.dates]
    spans += [(c.start, c.end, "citation", _citation_note(c)) for c in quoted.citations]
    spans.sort(key=lambda span: (span[0], -span[1]))
    out: list[tuple[int, int, str, str]] = []
    for span in spans:
        if not out or span[0] >= out[-1][1]:
            out.append(span)
    return out


def _date_note(wrong: WrongDate) -> str:
    days = f"{wrong.true.isoformat()}, not {wrong.given.isoformat()}"
    return (
        f"<aside><strong>date</strong>: {escape(wrong.held.symbol)} is of {days}"
        f"<blockquote>{escape(wrong.source)}</blockquote>"
        f"<cite>{escape(wrong.held.name)}</cite></aside>"
    )


def _citation_note(citation: Citation) -> str:
    if citation.symbol is None or citation.symbol == citation.text:
        return ""
    return f"<aside>{escape(citation.text)}: <cite>{escape(citation.symbol)}</cite></aside>"


def _quotation_note(quotation: Quotation) -> str:
    changes = "; ".join(
        f"{change.kind} "
        + (f"<ins>{escape(change.quoted)}</ins>" if change.quoted else "")
        + (f" <del>{escape(change.source)}</del>" if change.source else "")
        for change in quotation.changes
    )
    source = ""
    if quotation.held is not None:
        source = (
            f"<blockquote>{escape(quotation.found)}</blockquote>"
            f"<cite>{escape(quotation.held.symbol)}</cite> ({escape(quotation.held.name)})"
        )
    return (
        f"<aside><strong>{quotation.verdict}</strong>{': ' if changes else ''}{changes}"
        f"{source}</aside>"
    )


def _marked(text: str, start: int, end: int, spans: list[tuple[int, int, str, str]]) -> str:
    pieces = []
    at = start
    for a, b, name, _ in spans:
        pieces.append(escape(text[at:a]))
        pieces.append(f'<mark class="{name}">{escape(text[a:b])}</mark>')
        at = b
    return "".join([*pieces, escape(text[at:end])])
