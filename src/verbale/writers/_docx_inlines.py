"""Inlines as runs, links and content controls.

A span is a language, a style or a link of its runs wherever that says all; where spans stand in
one another, or two alike side by side, a content control keeps them apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from verbale.model.document import Break, Image, NoteRef, Span, Text
from verbale.model.language import UND, Language
from verbale.model.walk import plain
from verbale.text import docx_names as names
from verbale.text.pictures import picture_size
from verbale.writers._docx_xml import control, quoted, run_properties, text_runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.model.document import Inline
    from verbale.writers._docx_book import Book
    from verbale.writers._docx_package import PartFile

#: A shorter text that awaits translation is seen by its colour; a word would drown it.
_SHORT_SPAN: Final = 32
_EMU: Final = 9525  # a pixel at 96 to the inch
_WIDEST: Final = 5_500_000
_UNKNOWN: Final = (192, 192)


@dataclass(frozen=True, slots=True)
class Voice:
    """What inlines stand in: language, and whether a control around them awaits translation.

    ``anchors`` says whether marks of notes may be real ones here: not in headers and notes.
    """

    language: Language = UND
    awaiting: bool = False
    anchors: bool = True
    style: str = ""


def runs(content: Iterable[Inline], voice: Voice, book: Book, part: PartFile) -> str:
    """The runs of inlines."""
    out: list[str] = []
    before: Span | None = None
    for inline in content:
        if isinstance(inline, Span):
            out.append(_span(inline, before, voice, book, part))
        else:
            out.append(_one(inline, voice, book, part))
        before = inline if isinstance(inline, Span) else None
    return "".join(out)


def _one(inline: Inline, voice: Voice, book: Book, part: PartFile) -> str:
    style = voice.style or (names.AWAITING if voice.awaiting else "")
    key = book.styles.character(style) if style else ""
    match inline:
        case Text(text=text, marks=marks):
            return text_runs(text, marks, voice.language, style=key)
        case Break():
            return f"<w:r>{run_properties((), voice.language, style=key)}<w:br/></w:r>"
        case NoteRef():
            return _note_ref(inline, voice, book)
        case Image():
            properties = run_properties((), voice.language, style=key)
            return f"<w:r>{properties}{_drawing(inline, book, part)}</w:r>"
        case Span():
            return _span(inline, None, voice, book, part)


def _note_ref(ref: NoteRef, voice: Voice, book: Book) -> str:
    mark = book.styles.character(names.MARK)
    properties = run_properties((), voice.language, style=mark, shade=voice.awaiting)
    note = book.anchor(ref) if voice.anchors else None
    if note is None:
        text = text_runs(ref.mark, (), voice.language, style=mark, shade=voice.awaiting)
        return control(str(names.Tag("ref", {"n": ref.note})), text or "<w:r/>")
    return f"<w:r>{properties}{note}</w:r>"


def _is_flat(span: Span, before: Span | None, voice: Voice, book: Book) -> bool:
    """Whether styles and languages of runs say all there is to say of a span."""
    if not span.content or any(isinstance(each, Span) for each in span.content):
        return False
    if span.language is not None and span.language == voice.language:
        return False
    if voice.awaiting and (span.awaiting or span.role):
        return False
    if span.awaiting and span.role:
        return False
    refs = [each for each in span.content if isinstance(each, NoteRef)]
    if refs and (span.role or not voice.anchors or not book.may_anchor(refs)):
        return False
    if not (span.language or span.awaiting or span.role):
        return bool(span.link)
    return (
        bool(span.link) or before is None or bool(before.link) or _facts(before) != _facts(span)
    )


def _facts(span: Span) -> tuple[Language | None, bool, str]:
    return span.language, span.awaiting, span.role


def _is_plain_link(span: Span) -> bool:
    """A link around other spans: read back as it stands unless it holds a single span."""
    if not span.link or span.language or span.awaiting or span.role or not span.content:
        return False
    lone = len(span.content) == 1 and isinstance(span.content[0], Span)
    return not lone


def _span(span: Span, before: Span | None, voice: Voice, book: Book, part: PartFile) -> str:
    look = "" if voice.awaiting or not span.link else names.LINKED
    if _is_plain_link(span):
        inside = replace(voice, style=look)
        return _hyperlink(span, runs(span.content, inside, book, part), part)
    language = span.language or voice.language
    label = _label(span, language, voice, book)
    if _is_flat(span, before, voice, book):
        style = names.AWAITING if span.awaiting else look
        style = names.ROLE + quote(span.role, safe=" ") if span.role else style
        inside = replace(voice, language=language, style=style)
        if span.awaiting:
            inside = replace(inside, awaiting=True, style="")
        content = label + runs(span.content, inside, book, part)
        return _hyperlink(span, content, part) if span.link else content
    inside = replace(
        voice, language=language, awaiting=voice.awaiting or span.awaiting, style=""
    )
    content = runs(span.content, inside, book, part)
    if span.link:
        content = _hyperlink(span, content, part)
    values = {
        "l": span.language.code if span.language else None,
        "a": "" if span.awaiting else None,
        "k": "" if span.link else None,
        "r": span.role or None,
    }
    tag = names.Tag("span", {key: text for key, text in values.items() if text is not None})
    return control(str(tag), label + content or "<w:r/>")


def _label(span: Span, language: Language, voice: Voice, book: Book) -> str:
    """The word that says what a longer text awaits."""
    word = book.labels.get("awaiting", "")
    if not span.awaiting or voice.awaiting or not word:
        return ""
    if len(plain(span.content)) < _SHORT_SPAN:
        return ""
    del language
    style = book.styles.character(names.AWAITING_LABEL)
    return text_runs(f"[{word}] ", (), book.language, style=style)


def _hyperlink(span: Span, content: str, part: PartFile) -> str:
    return f"<w:hyperlink {part.link(span.link)}>{content}</w:hyperlink>"


def _drawing(image: Image, book: Book, part: PartFile) -> str:
    key = part.relate("image", book.media.add(image))
    width, height = picture_size(image.data)
    if not width or not height:
        width, height = _UNKNOWN
    wide, high = width * _EMU, height * _EMU
    if wide > _WIDEST:
        wide, high = _WIDEST, max(high * _WIDEST // wide, 1)
    number = book.next_id()
    alt = quoted(image.alt)
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="Picture {number}"'
        f' descr={alt}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/'
        'drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
