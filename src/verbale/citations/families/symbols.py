"""Document symbols printed whole: ``A/HRC/43/G/1``, ``A/55/530-S/2000/1052``, ``S/PV.3205``.

A symbol is looked for around a run of digits that letters, a stop or a slash precede. Joint
symbols give one mention for each half; ``and Corr.1`` behind a symbol gives the symbol it adds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from verbale.citations.families.base import Family
from verbale.citations.model import Kind, Mention
from verbale.errors import SymbolError
from verbale.institutions.symbol_roots import symbol_roots
from verbale.model.symbol import Symbol, belongs
from verbale.model.symbol_reading import read_symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.families.base import Page

_INSTITUTION = "un"
_LOOK_ALIKES = "АВСЕНІЈКМОРЅТХУаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_CAPITAL = "A-ZАВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LETTER = f"A-Za-z{_LOOK_ALIKES}"
_WITHIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./-()" + _LOOK_ALIKES
# What stands before the first digits of a symbol.
_BEFORE_DIGITS = frozenset(_WITHIN)
# How far before its first digits a symbol begins at most.
_LONGEST_HEAD = 48
_WORD = f"[{_LETTER}0-9]{{1,16}}"
_BRACKET = (
    r"(?: ?\( ?(?:Parts?|Vols?\.?|Sects?\.?|Progs?\.?|Resumptions?|Income sects?\.?)"
    r" ?[0-9A-Z][0-9A-Z, -]{0,8}(?: and [0-9A-Z]{1,5})? ?\)"
    r"| \((?:Introduction|Plan outline|Supp)\))"
)
_SUFFIX = r"(?:/ ?(?:Add|Amend|Corr|Rev|Supp)\. ?[0-9]{1,4}(?:/(?:Summary|Excerpt))?)"
_TAIL = rf"(?:{_BRACKET}|{_SUFFIX}|\((?:E?S-)?[IVXLC]{{1,8}}\)(?![A-Za-z]))"
_SYMBOL = re.compile(
    rf"[{_CAPITAL}][{_LETTER}0-9]{{0,12}}(?:[.-][{_LETTER}0-9]{{1,8}}){{0,3}}"
    rf"(?:\([A-Z0-9]{{1,6}}\)(?=/))?"
    rf"(?:/{_WORD}(?:(?:\. ?(?=[0-9])|\.|-){_WORD}){{0,4}}"
    rf"(?:\([0-9IVXLC]{{1,6}}\)(?=/))?){{1,9}}"
    rf"(?:{_TAIL}){{0,4}}\*{{0,3}}"
)
# The capitals before the first slash. A word may be glued to them where a mark was taken out.
_FIRST = re.compile(
    rf"[{_CAPITAL}][{_CAPITAL}0-9]*(?:[.-][{_CAPITAL}0-9]+)*(?:\([A-Z0-9]+\))?$"
)
_OF_COUNCIL = re.compile(r" ?\( ?((?:19|20)[0-9]{2}) ?\)")
_OLD = re.compile(r"(?: ?([A-Z]))? ?\( ?((?:E?S-)?[IVXLC]{1,8}) ?\)")
_LETTERS = re.compile(r" ([A-Z](?:-[A-Z])?)(?![\w'/-]|\.\w)")
_JOINT = re.compile(rf"-(?=[{_CAPITAL}][{_LETTER}0-9.]{{0,12}}/)")
_MORE = re.compile(r"[ ,]{0,3}(?:and|et|y|и|和|及|و|&|,) ?/?((?:Add|Corr|Rev)\. ?([0-9]{1,3}))")
_REPORT = {
    "en": re.compile(r"\breports?\b"),
    "fr": re.compile(r"\brapports?\b"),
    "es": re.compile(r"\binformes?\b"),
    "ru": re.compile(r"\bдоклад"),
    "zh": re.compile("报告"),
    "ar": re.compile("تقرير|تقارير"),
}
_REPORT_WINDOW = 90
_KINDS = {
    "RES": Kind.RESOLUTION,
    "DEC": Kind.DECISION,
    "PRST": Kind.STATEMENT,
    "Res": Kind.RESOLUTION,
}
_TRIES = 4


def read_symbols(page: Page, at: int) -> list[Mention]:
    """The symbol around the digits at *at*, both halves of a joint one, and what is added."""
    text = page.text
    if text[at - 1 : at] not in _BEFORE_DIGITS:
        return []
    low = max(page.done, at - _LONGEST_HEAD)
    start = low + len(text[low:at].rstrip(_WITHIN))
    head = text[start:at].partition("/")
    first = _FIRST.search(head[0])
    if not head[1] or first is None:
        return []
    start += first.start()
    match = _SYMBOL.match(text, start)
    if match is None:
        return []
    found: list[Mention] = []
    begin = start
    cuts = [m.start() for m in _JOINT.finditer(match[0])]
    bounds = [*cuts, len(match[0])]
    joint: list[str] = []
    for cut in bounds:
        piece = text[begin : start + cut]
        reading = _read(piece, page.root)
        if reading is None:
            break
        symbol, length = reading
        end = begin + length
        symbol, end = _ending(symbol, text, end, page.root)
        found.append(Mention(begin, end, _kind(symbol), symbol=str(symbol.unstarred)))
        joint.append(str(symbol.unstarred))
        if length < len(piece):
            break
        begin = start + cut + 1
    if not found:
        return []
    if len(joint) > 1:
        found = [replace(mention, joint="-".join(joint)) for mention in found]
    return [*_as_reports(page, found), *_added(text, found[-1])]


def _ending(symbol: Symbol, text: str, end: int, root: str) -> tuple[Symbol, int]:
    """Read on behind the number of a resolution: letters, the year or session in brackets."""
    if "RES" not in symbol.parts or symbol.suffixes:
        return symbol, end
    pattern = _OF_COUNCIL if symbol.parts[0] == "S" else _OLD
    for match in (pattern.match(text, end), _LETTERS.match(text, end)):
        if match is not None:
            longer = _read(f"{symbol}{text[end : match.end()]}", root)
            if longer is not None and longer[0] != symbol:
                return longer[0], match.end()
    return symbol, end


@lru_cache(maxsize=16384)
def _read(piece: str, root: str) -> tuple[Symbol, int] | None:
    """The symbol with which *piece* begins, and its length there.

    It begins with one of the institution's own, or with *root*.
    """
    end = len(piece)
    for _ in range(_TRIES):
        piece = piece[:end].rstrip(" .-/(")
        if not piece:
            return None
        try:
            reading = read_symbol(piece)
        except SymbolError as error:
            end = min(error.start, len(piece) - 1)
            continue
        symbol = reading.symbol
        known = belongs(symbol, symbol_roots(_INSTITUTION)) or symbol.parts[0] == root
        return (symbol, len(piece)) if known and len(reading.symbols) == 1 else None
    return None


def _kind(symbol: Symbol) -> Kind:
    for part in symbol.parts:
        if part in _KINDS:
            return _KINDS[part]
        name = part.partition(".")[0]
        if name in ("PV", "SR"):
            return Kind.MEETING
        if name == "Res":
            return Kind.RESOLUTION
    return Kind.SYMBOL


def _as_reports(page: Page, found: list[Mention]) -> list[Mention]:
    """Call a symbol a report where the words before it do."""
    if found[0].kind is not Kind.SYMBOL or page.lang not in _REPORT:
        return found
    start = found[0].start
    window = page.low[max(page.done, start - _REPORT_WINDOW) : start]
    if _REPORT[page.lang].search(window) is None:
        return found
    return [replace(mention, kind=Kind.REPORT) for mention in found]


def _added(text: str, last: Mention) -> Iterator[Mention]:
    """What ``and Corr.1`` or ``, Add.1-3`` behind a symbol adds to it."""
    symbol = Symbol.parse(last.symbol)
    end = last.end
    match = _MORE.match(text, end)
    while match is not None:
        kind = match[1][:3] if match[1].startswith(("Add", "Rev")) else "Corr"
        base = symbol
        while base.suffixes and base.suffixes[-1].kind == kind and base.parent is not None:
            base = base.parent
        yield replace(
            last,
            start=match.start(1),
            end=match.end(),
            symbol=str(base.plus(kind, int(match[2]))) if int(match[2]) else last.symbol,
            joint="",
        )
        match = _MORE.match(text, match.end())


FAMILY = Family(name="symbols", order=1, at_digits=read_symbols)
