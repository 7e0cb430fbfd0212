"""The labels that a word processor counts: ``1.``, ``(a)``, ``2.3``, ``•``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale.readers._docx_package import W, is_on, value
from verbale.readers._docx_symbols import symbol_text
from verbale.text.counting import count

if TYPE_CHECKING:
    from lxml import etree

    from verbale.readers._docx_package import Docx

_SLOT: Final = re.compile(r"%([1-9])")
_LEVELS: Final = 9
_PLAIN_BULLETS: Final = frozenset("•·●○o▪■◦")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: its format, its text with slots ``%1`` to ``%9``, its start."""

    form: str
    text: str
    start: int
    legal: bool
    restart: int
    font: str
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph in a list: empty for a plain bullet."""

    text: str
    ordered: bool
    list: str
    level: int
    name: str


class Numbering:
    """Counts the paragraphs of a part's lists in the order they are asked for."""

    def __init__(self, docx: Docx) -> None:
        part = docx.related("numbering")
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        self._styles: dict[str, str] = {}
        if part:
            root = docx.xml(part)
            for each in root.iter(W + "abstractNum"):
                key = each.get(W + "abstractNumId") or ""
                self._abstract.setdefault(key, each)
                style = value(each, "styleLink")
                if style:
                    self._styles[style] = key
            for each in root.findall(W + "num"):
                self._nums.setdefault(each.get(W + "numId") or "", each)
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, num: str, level: str) -> Label | None:
        """The label of the next paragraph of a numbering, ``None`` without such a level."""
        at = int(level) if level.isdigit() else 0
        if num not in self._nums or at >= _LEVELS:
            return None
        this = self._level(num, at)
        if this is None:
            return None
        counts = self._count(num, at, this)
        ordered = this.form != "bullet"
        if not ordered:
            text = "".join(symbol_text(this.font, char) for char in this.text)
            text = "" if text in _PLAIN_BULLETS else text
            return Label(text, ordered, num, at, this.name)
        pieces = []
        last = 0
        for slot in _SLOT.finditer(this.text):
            pieces.append(this.text[last : slot.start()])
            pieces.append(self._slot(num, int(slot[1]) - 1, counts, legal=this.legal))
            last = slot.end()
        pieces.append(this.text[last:])
        return Label("".join(pieces).strip(), ordered, num, at, this.name)

    def _slot(self, num: str, at: int, counts: list[int | None], *, legal: bool) -> str:
        level = self._level(num, at)
        if level is None:
            return ""
        number = counts[at]
        if number is None:  # a level above that no paragraph has reached: it counts as begun
            number = level.start
        return count(number, "decimal" if legal else level.form)

    def _count(self, num: str, at: int, this: Level) -> list[int | None]:
        # All numberings of one definition count together, unless one begins anew.
        key = self._definition(num)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        override = self._override(num, at)
        begin = override is not None and (num, at) not in self._started
        self._started.add((num, at))
        before = counts[at]
        counts[at] = this.start if begin or before is None else before + 1
        for below in range(at + 1, _LEVELS):
            level = self._level(num, below)
            if level is None or level.restart == -1 or level.restart > at:
                counts[below] = None
        return counts

    def _definition(self, num: str) -> str:
        return value(self._nums[num], "abstractNumId") or ""

    def _override(self, num: str, at: int) -> etree._Element | None:
        for each in self._nums[num].findall(W + "lvlOverride"):
            if each.get(W + "ilvl") == str(at) and each.find(W + "startOverride") is not None:
                return each
        return None

    def _level(self, num: str, at: int) -> Level | None:
        key = (num, at)
        if key not in self._levels:
            self._levels[key] = self._read(num, at)
        return self._levels[key]

    def _read(self, num: str, at: int) -> Level | None:
        element: etree._Element | None = None
        start: str | None = None
        for each in self._nums[num].findall(W + "lvlOverride"):
            if each.get(W + "ilvl") == str(at):
                element = each.find(W + "lvl")
                start = value(each, "startOverride")
        abstract = self._abstract.get(self._definition(num))
        name = value(abstract, "name") or ""
        link = value(abstract, "numStyleLink")
        if link and link in self._styles:
            abstract = self._abstract[self._styles[link]]
        if element is None and abstract is not None:
            levels = abstract.findall(W + "lvl")
            element = next((each for each in levels if each.get(W + "ilvl") == str(at)), None)
        if element is None:
            return None
        begin = start or value(element, "start") or "1"
        restart = value(element, "lvlRestart")
        fonts = element.find(f"{W}rPr/{W}rFonts")
        return Level(
            form=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText") or "",
            start=int(begin) if begin.isdigit() else 1,
            legal=is_on(element.find(W + "isLgl")),
            restart=int(restart) if restart and restart.isdigit() else -1,
            font=(fonts.get(W + "ascii") or "") if fonts is not None else "",
            name=name,
        )
