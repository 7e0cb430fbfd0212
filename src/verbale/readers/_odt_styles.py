"""Styles of an ODT: what spans, paragraphs and lists look like, every style followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale.model.document import Mark
from verbale.readers._docx_styles import Look
from verbale.text.counting import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_URN: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{{{_URN}office:1.0}}"
TEXT: Final = f"{{{_URN}text:1.0}}"
TABLE: Final = f"{{{_URN}table:1.0}}"
STYLE: Final = f"{{{_URN}style:1.0}}"
DRAW: Final = f"{{{_URN}drawing:1.0}}"
SVG: Final = f"{{{_URN}svg-compatible:1.0}}"
META: Final = f"{{{_URN}meta:1.0}}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
FO: Final = f"{{{_URN}xsl-fo-compatible:1.0}}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"

Props = dict[str, str]
_WHITE: Final = frozenset({"#ffffff", "#fefefe", "#fdfdfd"})
_PALE: Final = frozenset({"", "transparent", "#ffffff"})
_BOLD: Final = 600
_MOST_PARENTS: Final = 20
# How a list's numbers begin says how they go on (ODF 1.3, 19.500): the first of each row.
_FORMS: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "١": "hindiArabic",
    "一": "chineseCounting",
    "甲": "ideographTraditional",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "а": "russianLower",
    "А": "russianUpper",
}
_ABJAD: Final = "ج"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: a bullet where ``form`` is ``bullet``."""

    form: str
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: str = ""

    def number(self, number: int) -> str:
        """A number of this level without what stands around it."""
        return count(number, self.form) if self.form else ""


class Styles:
    """The styles of content and styles parts together."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, Props] = {}
        self._lists: dict[str, etree._Element] = {}
        self._looks: dict[tuple[tuple[str, str], ...], Look] = {}
        self._levels: dict[tuple[str, int], ListLevel | None] = {}
        self.outline: etree._Element | None = None
        self.pages: dict[str, etree._Element] = {}
        for root in roots:
            for each in root.iter(STYLE + "style"):
                key = (each.get(STYLE + "family") or "", each.get(STYLE + "name") or "")
                self._styles[key] = each
            for each in root.iter(STYLE + "default-style"):
                self._defaults[each.get(STYLE + "family") or ""] = _props(each)
            for each in root.iter(TEXT + "list-style"):
                self._lists[each.get(STYLE + "name") or ""] = each
            for each in root.iter(TEXT + "outline-style"):
                self.outline = each
            for each in root.iter(STYLE + "master-page"):
                self.pages.setdefault(each.get(STYLE + "name") or "", each)

    def line(self, family: str, name: str) -> list[etree._Element]:
        """The style and its parents, the farthest first; a circle is cut."""
        found: list[etree._Element] = []
        while (family, name) in self._styles and len(found) < _MOST_PARENTS:
            element = self._styles[family, name]
            if element in found:
                break
            found.append(element)
            name = element.get(STYLE + "parent-style-name") or ""
        return found[::-1]

    def named(self, family: str, name: str) -> str:
        """The name a writer of the document sees: that of the style behind an automatic one."""
        for element in reversed(self.line(family, name)):
            parent = element.getparent()
            if parent is not None and parent.tag == OFFICE + "styles":
                return element.get(STYLE + "display-name") or element.get(STYLE + "name") or ""
        return ""

    def attribute(self, family: str, name: str, attribute: str) -> str:
        """An attribute of the style element, from the nearest that has it."""
        for element in reversed(self.line(family, name)):
            if element.get(attribute) is not None:
                return element.get(attribute) or ""
        return ""

    def is_shaded(self, family: str, name: str) -> bool:
        """Whether a style gives a colour behind the letters."""
        colour = ""
        for element in self.line(family, name):
            for child in element:
                colour = child.get(FO + "background-color") or colour
        return colour not in _PALE

    def look(self, names: tuple[tuple[str, str], ...], *, plain: bool) -> Look:
        """How letters look in these styles, (family, name), the outermost first.

        With *plain*, what the styles of paragraphs do to the letters is no emphasis.
        """
        key = (*names, ("plain", str(plain)))
        found = self._looks.get(key)
        if found is None:
            every: Props = dict(self._defaults.get("paragraph", {}))
            own: Props = {}
            for family, name in names:
                props: Props = {}
                for element in self.line(family, name):
                    props |= _props(element)
                every |= props
                if not (plain and family == "paragraph"):
                    own |= props
            found = _look(own, every)
            self._looks[key] = found
        return found

    def list_level(self, style: str, level: int) -> ListLevel | None:
        """A level of a list style, from 1."""
        key = (style, level)
        if key not in self._levels:
            self._levels[key] = _level(self._lists.get(style), level)
        return self._levels[key]

    def heading_level(self, level: int) -> ListLevel | None:
        """How headings of a level are numbered, ``None`` when they are not."""
        found = _level(self.outline, level)
        return found if found is not None and found.form else None


def _props(style: etree._Element) -> Props:
    props: Props = {}
    for child in style.iterfind(STYLE + "text-properties"):
        for name, value in child.items():
            props[str(name).rpartition("}")[2]] = str(value)
    return props


def _look(own: Props, every: Props) -> Look:
    marks = set()
    weight = own.get("font-weight", "")
    if weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD):
        marks.add(Mark.STRONG)
    if own.get("font-style") in ("italic", "oblique"):
        marks.add(Mark.EMPHASIS)
    if own.get("text-underline-style", "none") != "none":
        marks.add(Mark.UNDERLINE)
    if own.get("text-line-through-style", own.get("text-line-through-type", "none")) != "none":
        marks.add(Mark.STRIKE)
    if own.get("font-variant") == "small-caps":
        marks.add(Mark.SMALL_CAPS)
    raised = own.get("text-position", "").split(" ")[0]
    if raised == "super" or (raised.endswith("%") and raised.strip("0%") and raised[0] != "-"):
        marks.add(Mark.SUPERSCRIPT)
    elif raised == "sub" or raised.startswith("-"):
        marks.add(Mark.SUBSCRIPT)
    white = every.get("color", "").lower() in _WHITE
    return Look(
        marks=frozenset(marks),
        hidden=every.get("display") == "none",
        white=white and every.get("background-color", "") in _PALE,
        languages=(
            _language(every, "language"),
            _language(every, "language-asian"),
            _language(every, "language-complex"),
        ),
    )


def _language(props: Props, name: str) -> str:
    found = props.get(name, "")
    return "" if found == "none" else found


def _level(style: etree._Element | None, level: int) -> ListLevel | None:
    for each in style if style is not None else ():
        if each.get(TEXT + "level") != str(level):
            continue
        prefix = each.get(STYLE + "num-prefix") or ""
        suffix = each.get(STYLE + "num-suffix") or ""
        if each.tag == TEXT + "list-level-style-bullet":
            bullet = each.get(TEXT + "bullet-char") or ""
            return ListLevel("bullet", prefix, suffix, bullet=bullet)
        if each.tag == TEXT + "list-level-style-image":
            return ListLevel("bullet")
        start, shown = each.get(TEXT + "start-value"), each.get(TEXT + "display-levels")
        return ListLevel(
            _form(each.get(STYLE + "num-format") or ""),
            prefix,
            suffix,
            int(start) if start and start.isdigit() else 1,
            int(shown) if shown and shown.isdigit() else 1,
        )
    return None


def _form(text: str) -> str:
    if not text:
        return ""
    if text.startswith("أ"):
        return "arabicAbjad" if _ABJAD in text[:8] else "arabicAlpha"
    return _FORMS.get(text[0], "decimal")
