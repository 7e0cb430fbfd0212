"""Styles of a DOCX: what a paragraph and its runs look like once every style is followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from verbale.model.document import Mark
from verbale.readers._docx_package import W, is_on, value
from verbale.text.docx_names import our_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from verbale.readers._docx_package import Docx

_SWITCHES: Final = {
    "b": Mark.STRONG,
    "i": Mark.EMPHASIS,
    "strike": Mark.STRIKE,
    "dstrike": Mark.STRIKE,
    "smallCaps": Mark.SMALL_CAPS,
}
_COMPLEX: Final = {"bCs": "b", "iCs": "i"}
_RAISED: Final = {"superscript": Mark.SUPERSCRIPT, "subscript": Mark.SUBSCRIPT}
_WHITE: Final = frozenset({"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"})
_PALE: Final = frozenset({"", "auto", "FFFFFF"})
#: Letters of at most this many half-points are there to be found by machines, not read.
_TINY: Final = 2
_LINKS: Final = frozenset({"hyperlink", "followedhyperlink", "internet link"})
_MOST_PARENTS: Final = 20
_BODY_LEVEL: Final = 9

Props = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. ``languages`` are those of Latin, East Asian, complex letters.

    ``given`` are those that the run itself says, no style or default behind it; ``style`` is
    the name of its character style, ``fill`` its own colour behind the letters.
    """

    marks: frozenset[Mark] = frozenset()
    hidden: bool = False
    white: bool = False
    rtl: bool = False
    languages: tuple[str, str, str] = ("", "", "")
    given: tuple[str, str, str] = ("", "", "")
    style: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style: ``level`` is its outline level from 1, 0 for text."""

    name: str = ""
    level: int = 0
    numbering: tuple[str, str] = ("", "")
    props: Mapping[str, str] = field(default_factory=dict)
    shaded: bool = False
    default: bool = False


def run_props(rpr: etree._Element | None) -> Props:
    """The properties of a run by name; languages and colours spelt out."""
    props: Props = {}
    if rpr is None:
        return props
    for child in rpr:
        tag = str(child.tag)
        if not tag.startswith(W):
            continue
        name = tag[len(W) :]
        if name == "lang":
            for key in ("val", "eastAsia", "bidi"):
                text = child.get(W + key)
                if text:
                    props["lang." + key] = text
        elif name == "shd":
            props["shd"] = child.get(W + "fill") or ""
        elif name in _COMPLEX or name in _SWITCHES or name in ("vanish", "specVanish", "rtl"):
            props[name] = "1" if is_on(child) else "0"
        elif name in ("u", "vertAlign", "color", "sz", "highlight", "rStyle"):
            props[name] = child.get(W + "val") or "single"
    return props


class Styles:
    """The styles of a document by id, their parents followed."""

    def __init__(self, docx: Docx) -> None:
        part = docx.related("styles")
        root = docx.xml(part) if part else None
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._base: Props = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._runs: dict[str, Props] = {}
        self._looks: dict[tuple[str, tuple[tuple[str, str], ...]], Look] = {}
        if root is None:
            return
        self._base = run_props(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for each in root.iter(W + "style"):
            self._elements.setdefault(each.get(W + "styleId") or "", each)
            if each.get(W + "type") == "paragraph" and is_on_default(each):
                self._default = each.get(W + "styleId") or ""

    def _line(self, style: str) -> list[etree._Element]:
        """The style and its parents, the farthest first; a circle is cut."""
        line: list[etree._Element] = []
        seen: set[str] = set()
        while style in self._elements and style not in seen and len(line) < _MOST_PARENTS:
            seen.add(style)
            line.append(self._elements[style])
            style = value(line[-1], "basedOn") or ""
        return line[::-1]

    def paragraph(self, style: str | None) -> ParagraphStyle:
        """A paragraph style by its id; the default one where it is unknown."""
        key = style if style is not None and style in self._elements else self._default
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraph(key)
            self._paragraphs[key] = found
        return found

    def _paragraph(self, style: str) -> ParagraphStyle:
        props: Props = {}
        level, numbering, shaded = 0, ("", ""), False
        line = self._line(style)
        for each in line:
            props.update(run_props(each.find(W + "rPr")))
            ppr = each.find(W + "pPr")
            if ppr is None:
                continue
            level = outline(ppr, level)
            numbering = numbered(ppr, numbering)
            shaded = shaded or is_shaded(ppr)
        name = (value(line[-1], "name") or "") if line else ""
        if name.lower().startswith("heading ") and name[8:].isdigit():
            level = int(name[8:])
        return ParagraphStyle(name, level, numbering, props, shaded, style == self._default)

    def is_shaded_table(self, style: str | None) -> bool:
        """Whether a table style colours any of its cells."""
        return any(
            (shd.get(W + "fill") or "") not in _PALE
            for each in self._line(style or "")
            for shd in each.iter(W + "shd")
        )

    def _run(self, style: str) -> Props:
        found = self._runs.get(style)
        if found is None:
            found = {}
            for each in self._line(style):
                found.update(run_props(each.find(W + "rPr")))
            self._runs[style] = found
        return found

    def name(self, style: str) -> str:
        """The name of a style by its id."""
        element = self._elements.get(style)
        return (value(element, "name") or "") if element is not None else ""

    def look(self, paragraph: str | None, rpr: etree._Element | None, *, plain: bool) -> Look:
        """How a run looks in a paragraph of a style.

        With *plain*, what the paragraph's style does to the letters is no emphasis.
        """
        direct = tuple(run_props(rpr).items()) if rpr is not None else ()
        key = (f"{paragraph or ''}\n{plain}", direct)
        found = self._looks.get(key)
        if found is None:
            found = self._look(self.paragraph(paragraph), dict(direct), plain=plain)
            self._looks[key] = found
        return found

    def _look(self, paragraph: ParagraphStyle, direct: Props, *, plain: bool) -> Look:
        style = direct.get("rStyle", "")
        name = self.name(style) if style else ""
        # A link is underlined because it is a link, not because somebody stresses it.
        own = dict(direct) if name.lower() in _LINKS else {**self._run(style), **direct}
        every = {**self._base, **paragraph.props, **own}
        from_style = () if plain else tuple(paragraph.props.items())
        letters = {**dict(from_style), **own}
        rtl = every.get("rtl") == "1"
        marks = {
            mark
            for switch, mark in _SWITCHES.items()
            if letters.get(switch) == "1" or (rtl and letters.get(switch + "Cs") == "1")
        }
        if letters.get("u", "none") != "none":
            marks.add(Mark.UNDERLINE)
        raised = _RAISED.get(letters.get("vertAlign", ""))
        if raised:
            marks.add(raised)
        shaded = every.get("shd", "") not in _PALE or every.get("highlight", "none") != "none"
        size = every.get("sz", "")
        return Look(
            marks=frozenset(marks),
            hidden=every.get("vanish") == "1" or (size.isdigit() and int(size) <= _TINY),
            white=every.get("color", "").upper() in _WHITE and not shaded,
            rtl=rtl,
            languages=_languages(every),
            given=_languages(own),
            style=our_name(name),
            fill=direct.get("shd", ""),
        )


def _languages(props: Props) -> tuple[str, str, str]:
    return (
        props.get("lang.val", ""),
        props.get("lang.eastAsia", ""),
        props.get("lang.bidi", ""),
    )


def is_on_default(style: etree._Element) -> bool:
    """Whether a style is the default of its type."""
    return (style.get(W + "default") or "0").lower() in ("1", "true", "on")


def outline(ppr: etree._Element, before: int) -> int:
    """The outline level from 1 that properties give, 0 for text, *before* where silent."""
    text = value(ppr, "outlineLvl")
    if text is None or not text.isdigit():
        return before
    return int(text) + 1 if int(text) < _BODY_LEVEL else 0


def numbered(ppr: etree._Element, before: tuple[str, str]) -> tuple[str, str]:
    """The numbering and level that properties give, *before* where they are silent."""
    numpr = ppr.find(W + "numPr")
    if numpr is None:
        return before
    number, level = value(numpr, "numId"), value(numpr, "ilvl")
    return (before[0] if number is None else number, before[1] if level is None else level)


def is_shaded(ppr: etree._Element | None) -> bool:
    """Whether properties of a paragraph, cell or table give it a colour behind its letters."""
    shd = ppr.find(W + "shd") if ppr is not None else None
    return shd is not None and (shd.get(W + "fill") or "") not in _PALE
