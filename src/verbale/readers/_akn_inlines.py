"""Lines of Akoma Ntoso: text, marks, spans, notes, pictures.

In a file that we wrote all white space is text. In any other a line end with the blanks
around it is the layout of the file: one blank between words, and none at the ends of a line.
"""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.akoma_ntoso import (
    AWAITING,
    MARK_CLASSES,
    MARK_ELEMENTS,
    NAMESPACE,
    OWN,
    from_three_letters,
    role_of,
)
from verbale.model.document import Break, Image, Mark, NoteRef, Span, Text
from verbale.model.finding import Finding, Place, Severity
from verbale.model.walk import join_text
from verbale.readers._akn_names import KNOWN, STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element

    from verbale.model.document import Inline
    from verbale.model.language import Language

_IN_NAMESPACE = f"{{{NAMESPACE}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LAYOUT = re.compile(r"[ \t\r]*\n[ \t\r\n]*")
_BLANKS = " \t\n"
_DATA = re.compile(r"data:([^,;]*(?:;[^,;]+=[^,;]*)*);base64,(.*)", re.DOTALL)
_NO_MARKS: frozenset[Mark] = frozenset()
_LINKS = {"a": "href", "ref": "href", "rref": "from"}


def local(element: _Element) -> str:
    """The name of an element; with its namespace where that is not Akoma Ntoso's."""
    tag = element.tag
    return tag.removeprefix(_IN_NAMESPACE)


def text_of(element: _Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext()))


def own(element: _Element, name: str) -> str | None:
    """An attribute of ours."""
    return element.get(f"{{{OWN}}}{name}")


def language_of(element: _Element) -> Language | None:
    """The language an element names for itself."""
    code = element.get(_LANG)
    return from_three_letters(code) if code else None


class Lines:
    """Reads the content of lines. ``note`` reads a footnote where its mark stands."""

    def __init__(self, name: str, note: Callable[[_Element], NoteRef], *, exact: bool) -> None:
        self.findings: list[Finding] = []
        self._name = name
        self._note = note
        self._exact = exact
        self._said: set[str] = set()

    def place(self, element: _Element) -> Place:
        """Where an element begins."""
        return Place(self._name, line=getattr(element, "sourceline", None))

    def line(self, element: _Element) -> tuple[Inline, ...]:
        """The content of one line."""
        return self.tidy(self.content(element, _NO_MARKS))

    def tidy(self, content: Iterable[Inline]) -> tuple[Inline, ...]:
        """Content in the form in which trees are kept, without the layout of the file."""
        if self._exact:
            return join_text(content)
        return join_text(_without_layout(content))

    def unknown(self, element: _Element) -> None:
        """Say that an element is not known, once for each name."""
        name = local(element)
        if name not in KNOWN and name not in self._said:
            self._said.add(name)
            values = {"element": name.rpartition("}")[2]}
            self.findings.append(
                Finding("markup-unknown", Severity.NOTES, self.place(element), values)
            )

    def content(self, element: _Element, marks: frozenset[Mark]) -> list[Inline]:
        """What stands in an element, layout included."""
        out: list[Inline] = []
        if element.text:
            out.append(self._text(element.text, marks))
        for child in element:
            out += self.one(child, marks)
            if child.tail:
                out.append(self._text(child.tail, marks))
        return out

    def _text(self, text: str, marks: frozenset[Mark]) -> Text:
        if not self._exact and "\n" in text:
            text = _LAYOUT.sub("\n", text)
        return Text(text, marks)

    def one(self, element: _Element, marks: frozenset[Mark]) -> list[Inline]:
        """An element in a line as inlines: one, or those in it where it says nothing itself."""
        name = local(element)
        mark = MARK_ELEMENTS.get(name)
        if mark is not None:
            return self.content(element, marks | {mark})
        match name:
            case "eol":
                return [Break(self.place(element))]
            case "authorialNote":
                return [self._note(element)]
            case "noteRef":
                href = element.get("href", "").removeprefix("#")
                said = own(element, "note")
                ref = href if said is None else said
                return [NoteRef(ref, element.get("marker", ""), self.place(element))]
            case "img":
                return self._image(element)
            case "del":
                return self.content(element, marks | {Mark.STRIKE})
            case "inline" if element.get("name") == "smallCaps" and not own(element, "role"):
                return self.content(element, marks | {Mark.SMALL_CAPS})
            case _ if name in _LINKS:
                return [self._span(element, marks, element.get(_LINKS[name], ""))]
            case _ if name in STRUCTURE:
                return self._flat(element, marks)
            case _:
                self.unknown(element)
                return self._words(element, name, marks)

    def _words(self, element: _Element, name: str, marks: frozenset[Mark]) -> list[Inline]:
        look = (element.get("class") or "").split()
        if name == "span" and look:
            marks |= {MARK_CLASSES[each] for each in look if each in MARK_CLASSES}
        says = name == "inline" or AWAITING in look or element.get(_LANG) is not None
        if says or role_of(name, "", element.get("refersTo", "")):
            return [self._span(element, marks, "")]
        return self.content(element, marks)

    def _span(self, element: _Element, marks: frozenset[Mark], link: str) -> Span:
        role = own(element, "role")
        if role is None:
            role = ""
            if not link:
                refers = element.get("refersTo", "")
                name = local(element).rpartition("}")[2]
                role = role_of(name, element.get("name", ""), refers)
        return Span(
            tuple(self.content(element, marks)),
            language_of(element),
            link,
            AWAITING in (element.get("class") or "").split(),
            role,
            self.place(element),
        )

    def _flat(self, element: _Element, marks: frozenset[Mark]) -> list[Inline]:
        """Blocks in the middle of a line: their text, a line each."""
        inner = self.content(element, marks)
        return [Break(self.place(element)), *inner, Break(self.place(element))]

    def _image(self, element: _Element) -> list[Inline]:
        found = _DATA.fullmatch(element.get("src", ""))
        if found is not None:
            try:
                data = base64.b64decode(found[2], validate=True)
            except binascii.Error:
                pass
            else:
                kind = urllib.parse.unquote(found[1])
                return [Image(data, kind, element.get("alt", ""), self.place(element))]
        src = element.get("src", "")
        source = src if len(src) < 80 else f"{src[:80]}…"  # noqa: PLR2004 - a line of a report
        values = {"picture": source}
        self.findings.append(
            Finding("picture-outside", Severity.NOTES, self.place(element), values)
        )
        return []


def _without_layout(content: Iterable[Inline]) -> list[Inline]:
    left = _Left().trim(content)
    return _right(left, at_end=True)[0]


class _Left:
    """Turns line ends into single blanks and drops what stands at the beginning of a line."""

    def __init__(self) -> None:
        # Whether a blank may follow (there are letters), and whether one of the file's own
        # blanks must be dropped (after the beginning or after a line end).
        self._letters = False
        self._drop = True

    def trim(self, content: Iterable[Inline]) -> list[Inline]:
        out: list[Inline] = []
        for inline in content:
            match inline:
                case Text(text=text):
                    kept = self._text(text)
                    if kept:
                        out.append(replace(inline, text=kept))
                case Span(content=inner):
                    out.append(replace(inline, content=tuple(self.trim(inner))))
                case Break():
                    self._letters, self._drop = False, True
                    out.append(inline)
                case _:
                    self._letters, self._drop = True, False
                    out.append(inline)
        return out

    def _text(self, text: str) -> str:
        if self._letters and "\n" not in text:
            self._after(text)
            return text
        out = []
        for at, piece in enumerate(text.split("\n")):
            if at and self._letters:
                out.append(" ")
                self._letters, self._drop = False, True
            words = piece.lstrip(_BLANKS) if self._drop else piece
            if words:
                out.append(words)
                self._after(words)
        return "".join(out)

    def _after(self, words: str) -> None:
        self._letters, self._drop = words[-1] not in _BLANKS, False


def _right(content: Iterable[Inline], *, at_end: bool) -> tuple[list[Inline], bool]:
    """Drop blanks at the ends of lines and spans that are left empty."""
    out: list[Inline] = []
    for inline in reversed([*content]):
        match inline:
            case Text(text=text) if at_end:
                kept = text.rstrip(_BLANKS)
                if kept:
                    out.append(replace(inline, text=kept))
                    at_end = False
            case Span(content=inner):
                within, at_end = _right(inner, at_end=at_end)
                if within:
                    out.append(replace(inline, content=tuple(within)))
            case Break():
                out.append(inline)
                at_end = True
            case _:
                out.append(inline)
                at_end = False
    out.reverse()
    return out, at_end
