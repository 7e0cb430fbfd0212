"""Columns of running text, and which is read first.

Cells of a table stand beside each other too: only sides whose lines fill them are columns.
"""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from verbale.readers._pdf_lines import Line

#: Letters that are read from right to left, and from left to right.
RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
LTR = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_COLUMN_LINES: Final = 5
_FILLED: Final = 0.55
_STEPS: Final = 40


def columns(pieces: list[Line]) -> list[tuple[int, list[Line]]]:
    """Groups of pieces in reading order; columns count from 1, 0 is the page's whole width."""
    if len(pieces) < 2 * _COLUMN_LINES:
        return [(0, pieces)]
    gutter = _gutter(pieces)
    if gutter is None:
        return [(0, pieces)]
    groups: list[tuple[int, list[Line]]] = []
    for zone, split in _zones(pieces, gutter):
        if not split:
            groups.append((0, zone))
            continue
        sides = [[p for p in zone if p.right <= gutter], [p for p in zone if p.left >= gutter]]
        if _mostly_rtl(zone):
            sides.reverse()
        groups += [(1, sides[0]), (2, sides[1])]
    return groups


def _mostly_rtl(pieces: list[Line]) -> bool:
    text = "".join(f.text for piece in pieces for f in piece.fragments)
    return len(RTL.findall(text)) > len(LTR.findall(text))


def _gutter(pieces: list[Line]) -> float | None:
    """Where two columns part, if most of the page's lines respect it."""
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    best: tuple[int, float] = (0, 0.0)
    for step in range(_STEPS + 1):
        x = left + (right - left) * (0.3 + 0.4 * step / _STEPS)
        gain = sum(len(zone) for zone, split in _zones(pieces, x) if split)
        best = max(best, (gain, x))
    return best[1] if best[0] else None


def _zones(pieces: list[Line], x: float) -> list[tuple[list[Line], bool]]:
    """Stretches of the page from the top, and whether each is two columns parted at *x*."""
    zones: list[tuple[list[Line], bool]] = []
    waiting: list[Line] = []
    whole: list[Line] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if piece.left < x < piece.right:
            if waiting and _are_columns(waiting, x):
                if whole:
                    zones.append((whole, False))
                zones.append((waiting, True))
                whole = []
            else:
                whole += waiting
            waiting = []
            whole.append(piece)
        else:
            waiting.append(piece)
    if waiting and _are_columns(waiting, x):
        if whole:
            zones.append((whole, False))
        zones.append((waiting, True))
    elif whole or waiting:
        zones.append((whole + waiting, False))
    return zones


def _are_columns(pieces: list[Line], x: float) -> bool:
    """Whether both sides are running text: lines that fill their side, not cells of a table."""
    sides = [p for p in pieces if p.right <= x], [p for p in pieces if p.left >= x]
    for side in sides:
        if len(side) < _COLUMN_LINES:
            return False
        left, right = min(p.left for p in side), max(p.right for p in side)
        size = median(p.size for p in side)
        full = sum(p.right - p.left > _FILLED * (right - left) for p in side)
        if full < 0.6 * len(side) or right - left < 12 * size:
            return False
    return True
