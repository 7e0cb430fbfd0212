"""WordprocessingML as text: elements, escapes, runs. Nothing here knows the document tree.

Parts are put together as strings: that takes a tenth of the time of building trees of elements,
and the same document gives the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from verbale.model.document import Mark
from verbale.model.language import UND, Language
from verbale.text.docx_names import AWAITING_FILL
from verbale.text.legal import replace_illegal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES: Final = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
#: The tags with which word processors choose a spelling dictionary.
_TAGS: Final = {
    "ar": "ar-SA",
    "zh": "zh-CN",
    "en": "en-GB",
    "fr": "fr-FR",
    "ru": "ru-RU",
    "es": "es-ES",
    "und": "x-none",
}
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\r": "&#13;",
        "\n": "&#10;",
        "\t": "&#9;",
    }
)
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_HAS_RTL: Final = re.compile(f"[{_RTL}]")
_HAS_LTR: Final = re.compile(f"[^\\W\\d_{_RTL}]")
# Words that run from left to right inside Arabic, with what stands between them.
_LTR_WORDS: Final = re.compile(f"[^\\W\\d_{_RTL}](?:[^{_RTL}]*[^\\W_{_RTL}])?")
_SWITCHES: Final = {
    Mark.STRONG: "<w:b/><w:bCs/>",
    Mark.EMPHASIS: "<w:i/><w:iCs/>",
    Mark.SMALL_CAPS: "<w:smallCaps/>",
    Mark.STRIKE: "<w:strike/>",
}
_RAISED: Final = {Mark.SUPERSCRIPT: "superscript", Mark.SUBSCRIPT: "subscript"}
#: What stands behind text that awaits a translator.
SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="' + AWAITING_FILL + '"/>'


def escape(text: str) -> str:
    """Text for an element; a character that XML cannot hold becomes U+FFFD."""
    return replace_illegal(text).translate(_ESCAPES)


def quoted(text: str) -> str:
    """Text for an attribute, quotation marks included."""
    return f'"{replace_illegal(text).translate(_ATTRIBUTE)}"'


def tag_of(language: Language) -> str:
    """The language's tag."""
    return _TAGS.get(language.code, language.code)


def language_element(language: Language) -> str:
    """``w:lang`` with the one attribute that the language's script calls for."""
    slot = {"zh": "eastAsia", "ja": "eastAsia", "ko": "eastAsia"}.get(language.code, "val")
    if language.direction == "rtl":
        slot = "bidi"
    return f'<w:lang w:{slot}="{tag_of(language)}"/>'


def is_rtl(language: Language, text: str) -> bool:
    """Whether a paragraph runs from right to left; Latin letters alone never do."""
    if _HAS_RTL.search(text):
        return language == UND or language.direction == "rtl"
    return language.direction == "rtl" and not _HAS_LTR.search(text)


def run_properties(
    marks: Iterable[Mark],
    language: Language | None,
    *,
    style: str = "",
    shade: bool = False,
    rtl: bool = False,
) -> str:
    """``w:rPr``, its children in the order of the schema (ECMA-376, 17.3.2)."""
    given = frozenset(marks)
    pieces = [f'<w:rStyle w:val="{style}"/>' if style else ""]
    pieces += [_SWITCHES[mark] for mark in _ORDER if mark in given]
    if Mark.UNDERLINE in given:
        pieces.append('<w:u w:val="single"/>')
    if shade:
        pieces.append(SHADE)
    raised = [name for mark, name in _RAISED.items() if mark in given]
    pieces += [f'<w:vertAlign w:val="{name}"/>' for name in raised[:1]]
    if rtl:
        pieces.append("<w:rtl/>")
    if language is not None:
        pieces.append(language_element(language))
    inside = "".join(pieces)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


_ORDER: Final = (Mark.STRONG, Mark.EMPHASIS, Mark.SMALL_CAPS, Mark.STRIKE)


def text_runs(
    text: str,
    marks: Iterable[Mark],
    language: Language | None,
    *,
    style: str = "",
    shade: bool = False,
) -> str:
    """Runs for a text: one, or one for each direction that its words run in."""
    out = []
    for piece, rtl in _directions(text, language):
        properties = run_properties(marks, language, style=style, shade=shade, rtl=rtl)
        out.append(f"<w:r>{properties}{letters(piece)}</w:r>")
    return "".join(out)


def letters(text: str) -> str:
    """The children of a run for a text: a tab is an element of its own."""
    pieces = text.split("\t")
    coded = [
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in pieces
    ]
    return "<w:tab/>".join(coded)


def _directions(text: str, language: Language | None) -> Iterator[tuple[str, bool]]:
    rtl = language is not None and language.direction == "rtl"
    if not _HAS_RTL.search(text):
        yield text, rtl and not _HAS_LTR.search(text)
        return
    at = 0
    for found in _LTR_WORDS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], True
        yield found.group(), False
        at = found.end()
    if at < len(text):
        yield text[at:], True


def control(tag: str, content: str) -> str:
    """A content control, around runs or around blocks."""
    return (
        f"<w:sdt><w:sdtPr><w:tag w:val={quoted(tag)}/></w:sdtPr>"
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
