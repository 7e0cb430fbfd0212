"""Inlines as HTML elements, and the escaping of all text."""

from __future__ import annotations

import base64
import re
from html import escape as _html_escape
from typing import TYPE_CHECKING

from verbale.model.document import Break, Image, Mark, NoteRef, Span, Text
from verbale.model.language import UND
from verbale.text.legal import replace_illegal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from verbale.model.document import Inline

_ELEMENTS: dict[Mark, tuple[str, str]] = {
    Mark.EMPHASIS: ("<em>", "</em>"),
    Mark.STRONG: ("<strong>", "</strong>"),
    Mark.UNDERLINE: ("<u>", "</u>"),
    Mark.STRIKE: ("<s>", "</s>"),
    Mark.SUPERSCRIPT: ("<sup>", "</sup>"),
    Mark.SUBSCRIPT: ("<sub>", "</sub>"),
    Mark.SMALL_CAPS: ('<span class="small-caps" data-mark="small-caps">', "</span>"),
}
# Only links that lead to a page or a letter box may be followed; others are kept as data.
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#|/(?![/\\]))[^\s\\]*\Z", re.IGNORECASE)
_SAFE_PICTURE = re.compile(r"image/[a-z0-9.+-]+\Z")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def escape(text: str) -> str:
    """Text as HTML and as XML: no character can begin an element or end an attribute."""
    escaped = _html_escape(replace_illegal(text), quote=True)
    return escaped.replace("\r", "&#13;") if "\r" in escaped else escaped


def attributes(*pairs: tuple[str, str | None]) -> str:
    """Attributes in the order given, those that are ``None`` left out."""
    out = []
    for name, value in pairs:
        if value is not None:
            # XML turns a bare line end or tab in an attribute into a blank.
            spelt = escape(value).replace("\n", "&#10;").replace("\t", "&#9;")
            out.append(f' {name}="{spelt}"')
    return "".join(out)


def inline_html(
    content: Iterable[Inline],
    *,
    anchor: Callable[[NoteRef], tuple[str, str]],
    awaiting: str = "",
    linked: bool = False,
) -> str:
    """The inlines as HTML; *anchor* gives the id of a footnote mark and that of its note.

    *awaiting* is the element put before text that awaits translation; inside a link (*linked*)
    nothing else may be a link.
    """
    out: list[str] = []
    previous: Inline | None = None
    for inline in content:
        match inline:
            case Text(text=text, marks=marks):
                if not marks and isinstance(previous, Text) and not previous.marks:
                    out.append("<!---->")  # keeps two runs from being read back as one
                used = [_ELEMENTS[mark] for mark in Mark if mark in marks]
                out += [begin for begin, _ in used]
                out.append(escape(text))
                out += [end for _, end in reversed(used)]
            case Break():
                out.append("<br/>")
            case NoteRef():
                out.append(_note_ref(inline, anchor(inline), linked=linked))
            case Image():
                out.append(_image(inline))
            case Span():
                begin, end, is_link = _span(inline, awaiting, linked=linked)
                inner = inline_html(
                    inline.content, anchor=anchor, awaiting=awaiting, linked=linked or is_link
                )
                out += [begin, inner, end]
        previous = inline
    return "".join(out)


def _note_ref(ref: NoteRef, ids: tuple[str, str], *, linked: bool) -> str:
    mine, note = ids
    given = attributes(
        ("class", "noteref"),
        ("id", mine or None),
        ("data-ref", ref.note),
        ("data-mark", ref.mark),
    )
    mark = escape(ref.mark)
    if note and not linked:
        mark = f'<a href="#{note}">{mark}</a>'
    return f"<sup{given}>{mark}</sup>"


def _image(image: Image) -> str:
    data = base64.b64encode(image.data).decode("ascii")
    if _SAFE_PICTURE.match(image.media_type):
        source = attributes(("src", f"data:{image.media_type};base64,{data}"))
    else:
        source = attributes(("data-type", image.media_type), ("data-base64", data))
    return f"<img{source}{attributes(('alt', image.alt))}/>"


def _span(span: Span, awaiting: str, *, linked: bool) -> tuple[str, str, bool]:
    """The opening and closing of a span, and whether it is a link."""
    is_link = bool(span.link) and not linked and _SAFE_LINK.match(span.link) is not None
    role = _NOT_IN_A_NAME.sub("-", span.role)
    classes = [*(["awaiting"] if span.awaiting else []), *([f"role-{role}"] if role else [])]
    language = span.language
    tag = None if language is None else ("" if language == UND else language.code)
    given = attributes(
        ("class", " ".join(classes) or None),
        ("lang", tag),
        (
            "dir",
            None if language is None else ("auto" if language == UND else language.direction),
        ),
        ("href", span.link if is_link else None),
        ("rel", "noopener noreferrer" if is_link else None),
        ("data-span", ""),
        ("data-link", span.link if span.link and not is_link else None),
        ("data-role", span.role or None),
        ("data-awaiting", "" if span.awaiting else None),
    )
    label = ""
    if span.awaiting and awaiting:
        label = awaiting
    name = "a" if is_link else "span"
    return f"<{name}{given}>{label}", f"</{name}>", is_link
