"""Inlines as Akoma Ntoso, and what every element of it needs: attributes and escaping."""

from __future__ import annotations

import base64
import re
import urllib.parse
from typing import TYPE_CHECKING

from verbale.languages import rules
from verbale.model.akoma_ntoso import (
    AWAITING,
    BARE,
    MARK_CLASSES,
    MARK_ELEMENTS,
    field_of,
    role_of,
)
from verbale.model.document import Break, Image, Mark, NoteRef, Span, Text
from verbale.model.walk import plain
from verbale.text.folding import squeeze
from verbale.text.legal import replace_illegal

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from verbale.model.akoma_ntoso import Field
    from verbale.model.document import Inline

#: The ids by which references name the six languages. Source: the UN's files.
LANGUAGE_TERMS = {
    "ar": "#arabic",
    "zh": "#chinese",
    "en": "#english",
    "fr": "#french",
    "ru": "#russian",
    "es": "#spanish",
}
_OUTSIDE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_ELEMENT_OF = {mark: name for name, mark in MARK_ELEMENTS.items()}
_CLASS_OF = {mark: name for name, mark in MARK_CLASSES.items()}
_OPEN = {
    mark: f"<{_ELEMENT_OF[mark]}>"
    if mark in _ELEMENT_OF
    else f'<span class="{_CLASS_OF[mark]}">'
    for mark in Mark
} | {Mark.SMALL_CAPS: '<inline name="smallCaps" style="font-variant:small-caps">'}
_CLOSE = {mark: f"</{_OPEN[mark][1:].split('>')[0].split(' ')[0]}>" for mark in Mark}
# Mastheads in Arabic, Chinese and Russian print the date in English.
_DATES_IN = "en"


def escape(text: str) -> str:
    """Text between tags. A character that XML cannot hold becomes U+FFFD; a CR a reference."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return replace_illegal(text).replace("\r", "&#13;")


def attributes(*pairs: tuple[str, str | None]) -> str:
    """Attributes in the order given, those without a value left out."""
    return "".join(f' {name}="{_quote(value)}"' for name, value in pairs if value is not None)


def _quote(value: str) -> str:
    value = escape(value).replace('"', "&quot;")
    return value.replace("\t", "&#9;").replace("\n", "&#10;")


def read_day(text: str, language: str) -> datetime.date | None:
    """The day that a whole text names, in the language given or in English."""
    text = squeeze(text)
    for code in dict.fromkeys((language, _DATES_IN)):
        try:
            known = rules(code)
        except KeyError:
            continue
        for day, end in known.read_date(text, 0):
            if end == len(text):
                return day
    return None


class InlineWriter:
    """Writes the inlines of one part.

    ``note`` writes a footnote's mark, and the note itself at its first one; ``refer`` is told
    every id that ``refersTo`` names.
    """

    def __init__(
        self,
        language: str,
        note: Callable[[NoteRef], str],
        refer: Callable[[str], None],
    ) -> None:
        self._language = language
        self._note = note
        self._refer = refer

    def write(self, content: Iterable[Inline]) -> str:
        """The inlines, nothing between them."""
        return "".join([self._one(inline) for inline in content])

    def _one(self, inline: Inline) -> str:
        match inline:
            case Text(text=text, marks=marks):
                if not marks:
                    return escape(text)
                order = [mark for mark in Mark if mark in marks]
                opens = "".join(_OPEN[mark] for mark in order)
                closes = "".join(_CLOSE[mark] for mark in reversed(order))
                return f"{opens}{escape(text)}{closes}"
            case Break():
                return "<eol/>"
            case NoteRef():
                return self._note(inline)
            case Image(data=data, media_type=media_type, alt=alt):
                kind = urllib.parse.quote(media_type, safe="/+.-;=")
                src = f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
                return f"<img{attributes(('src', src), ('alt', alt or None))}/>"
            case Span():
                return self.span(inline)

    def span(self, span: Span) -> str:
        """A span as the element that says what it is."""
        element, pairs, look = self._element(span)
        if span.awaiting:
            look = f"{look} {AWAITING}".strip()
        language = span.language.code if span.language else None
        head = attributes(("class", look or None), *pairs, ("xml:lang", language))
        return f"<{element}{head}>{self.write(span.content)}</{element}>"

    def _element(self, span: Span) -> tuple[str, list[tuple[str, str | None]], str]:
        """The name of the element, its attributes but class and language, and its class."""
        if span.link:
            element = "a" if _OUTSIDE.match(span.link) else "ref"
            return element, [("href", span.link), ("v:role", span.role or None)], ""
        if not span.role:
            if span.awaiting or span.language:
                return "span", [], ""
            return "inline", [("name", BARE)], ""
        field = field_of(span.role)
        if field is not None:
            made = self._field(field, span)
            if made is not None:
                return field.element, made, field.look
        if role_of("inline", span.role, "") == span.role:
            return "inline", [("name", span.role)], ""
        return "inline", [("name", "role"), ("v:role", span.role)], ""

    def _field(self, field: Field, span: Span) -> list[tuple[str, str | None]] | None:
        """The attributes of a field's element; ``None`` where one it must have is not known."""
        pairs: list[tuple[str, str | None]] = [("name", field.name or None)]
        text = plain(span.content)
        if field.element == "docDate":
            day = read_day(text, self._language)
            if day is None:
                return None
            pairs.append(("date", day.isoformat()))
        refers = field.refers
        if field.role == "language":
            refers = LANGUAGE_TERMS.get(self._language, "")
        if field.role == "distribution" and _is_general(text):
            refers = "#generalDistribution"
        if refers:
            pairs.append(("refersTo", refers))
            self._refer(refers.removeprefix("#"))
        return pairs


def _is_general(text: str) -> bool:
    """Whether a line names general distribution, in the languages mastheads print it in."""
    return "gener" in text.casefold().replace("é", "e")
