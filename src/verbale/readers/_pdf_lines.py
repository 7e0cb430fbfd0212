"""Fragments to lines in reading order: columns, and text that runs from right to left.

A line is drawn in one order and read in another: the place of the words on the page decides,
not the order in which the file draws them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from verbale.readers._pdf_columns import LTR, RTL, columns
from verbale.readers._pdf_running import is_symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.readers._pdf_glyphs import Box, Fragment, Page
    from verbale.readers._pdf_tags import Spot, Tag

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: What leads the eye in a table of contents.
_LEADER = re.compile(r"[.·…]{4,}")
#: Presentation forms that stand for one or two plain letters of a script.
_FORMS = re.compile(r"[\ufb00-\ufb06\ufb1d-\ufdfb\ufe70-\ufefc]+")
_HARD = frozenset("\u00a0\u202f")
_SIGNS = re.compile(r"[\u064b-\u0652\u0670]{2,}")
#: A gap this many times the height of the letters parts two pieces of a line.
_GAP: Final = 1.1
#: Above this share of its height a first page has its masthead.
_HEAD: Final = 0.6
_CORNERS: Final = 3.5
#: The share of a page that may be untagged, and of steps upwards, for tags to give the order.
_LOOSE: Final = 0.03
_BACKWARDS: Final = 0.04


@dataclass(frozen=True, slots=True)
class Cells:
    """A cell of a table as tagged: where it is in it, and its lines."""

    spot: Spot
    lines: list[Line]


@dataclass(slots=True)
class Line:
    """A line of text: its fragments as they are read. ``tabs`` are where pieces begin.

    ``alone``: it is no part of a paragraph, as a piece of a masthead is not.
    ``tag`` is what the page's tags say of it; a whole table is one line with ``cells``.
    """

    page: int
    fragments: list[Fragment]
    left: float
    bottom: float
    right: float
    top: float
    base: float
    size: float
    rtl: bool = False
    column: int = 0
    tabs: list[int] = field(default_factory=list)
    tag: Tag | None = None
    cells: list[Cells] = field(default_factory=list)
    alone: bool = False
    _text: str | None = None

    @property
    def box(self) -> Box:
        """Left, bottom, right, top."""
        return self.left, self.bottom, self.right, self.top

    @property
    def text(self) -> str:
        """Its words with one blank between them."""
        if self._text is None:
            pieces: list[str] = []
            before: Fragment | None = None
            for each in self.fragments:
                if before is not None and blank_between(before, each, rtl=self.rtl):
                    pieces.append(hard_blank(each))
                pieces.append(plain_letters(each.text))
                before = each
            self._text = "".join(pieces)
        return self._text

    def drop_first(self) -> None:
        """Take off the first fragment: a number, a bullet or a mark that is kept apart."""
        self.fragments = self.fragments[1:]
        self.tabs = [at - 1 for at in self.tabs if at > 1]
        self._text = None

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        return all(each.look.bold for each in self.fragments if each.text.strip("*"))


def plain_letters(text: str) -> str:
    """Letters for the shapes that stand for them: a ligature, a joined Arabic letter."""
    if text.isascii():
        return text
    text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    # Signs over and under one letter are drawn in any order and written in one.
    return _SIGNS.sub(lambda found: "".join(sorted(found[0], key=unicodedata.combining)), text)


def hard_blank(fragment: Fragment) -> str:
    """The blank before a fragment: one that holds its neighbours together stays what it is."""
    return fragment.blank if fragment.blank in _HARD else " "


def blank_between(one: Fragment, other: Fragment, *, rtl: bool) -> bool:
    """Whether a blank stands between two fragments that follow each other in a line."""
    gap = max(other.left - one.right, one.left - other.right)
    size, before = other.look.size, one.look.size
    if size < 0.82 * before and other.base > one.base + 0.1 * before:
        return bool(other.blank) and gap > 0.15 * before  # a raised mark clings to its word
    if other.blank and gap > 0.02 * size and one.text.isascii() and other.at == one.at + 1:
        return True  # nearly every blank there is
    if _HAN.match(other.text) or _HAN.match(one.text[-1]):
        return bool(other.blank) and gap > 0.1 * size
    if abs(other.at - one.at) == 1:
        # Neighbours in the file too: the later one knows of the blank between them.
        later = other if other.at > one.at else one
        if later.spaced:
            return gap > 0.02 * size or bool(later.blank)
    elif other.spaced and (one.spaced or not rtl):
        return gap > 0.02 * size
    return gap > 0.28 * max(size, before)


def lines_of(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines of a page in reading order, and those that run across its text (turned)."""
    upright = [each for each in page.fragments if each.look.angle == page.turn]
    turned = [each for each in page.fragments if each.look.angle != page.turn]
    tables, rest = _tables([each for each in upright if not _LEADER.fullmatch(each.text)], page)
    across = [_line([each], page) for each in turned]
    if page.tags:
        ordered = _as_tagged(tables, rest, page)
        if ordered is not None:
            return ordered, across
    return _as_placed([*_pieces(rest, page), *tables]), across


def _as_placed(pieces: list[Line]) -> list[Line]:
    """The lines in the order that their places on the page give them."""
    ordered: list[Line] = []
    for column, group in columns(pieces):
        ordered += [_joined(row, column) for row in _rows(group)]
    return ordered


def _as_tagged(tables: list[Line], rest: list[Fragment], page: Page) -> list[Line] | None:
    """The lines in the order of the page's tags; ``None`` if it is not one to read them in."""
    groups: dict[int, list[Fragment]] = {}
    loose: list[Fragment] = []
    for each in rest:
        tag = each.look.tag
        if tag is None:
            loose.append(each)
        else:
            groups.setdefault(tag.group, []).append(each)
    if sum(not each.look.artifact for each in loose) > _LOOSE * len(rest):
        return None
    _give_labels(groups)
    blocks = {number: _as_placed(_pieces(each, page)) for number, each in groups.items()}
    for table in tables:
        first = table.cells[0].spot
        tag = next(each for each in page.tags.values() if each.spot == first)
        blocks[tag.group] = [table]
    order = [blocks[number] for number in sorted(blocks)]
    notes = [block for block in order if block[0].tag and block[0].tag.kind == "Note"]
    order = [block for block in order if block not in notes]
    if not _goes_down(order):
        return None
    lines = [line for block in (*order, *notes) for line in block]
    return _with_loose(lines, _as_placed(_pieces(loose, page)))


def _give_labels(groups: dict[int, list[Fragment]]) -> None:
    """Put the label of an item with the first paragraph of the item."""
    for number, after in pairwise(sorted(groups)):
        label = groups[number]
        tag = label[0].look.tag
        if tag is None or tag.kind != "Lbl":
            continue
        if any(abs(each.base - label[0].base) < 0.35 * label[0].size for each in groups[after]):
            groups[after] = groups.pop(number) + groups[after]


def _goes_down(order: list[list[Line]]) -> bool:
    """Whether blocks follow each other down the page, along a row, or into another column."""
    back = 0
    for one, other in pairwise(order):
        top, bottom = one[0].base, one[-1].base
        above = other[0].base > top + other[0].size
        beside = other[0].left > max(line.right for line in one) or other[-1].right < min(
            line.left for line in one
        )
        back += above and not beside and other[0].base > bottom + other[0].size
    return back <= _BACKWARDS * len(order)


def _with_loose(lines: list[Line], loose: list[Line]) -> list[Line]:
    """Lines without a tag, a masthead in the head of a page, where they stand on it."""
    out = list(lines)
    for each in loose:
        at = next((i for i, line in enumerate(out) if line.base < each.base), len(out))
        out.insert(at, each)
    return out


def split_head(lines: list[Line], height: float) -> list[Line]:
    """The lines of a first page, those in its upper part cut where wide gaps are.

    There stand what is in a masthead's corners: publisher and symbol, organ and distribution.
    """
    out: list[Line] = []
    for line in lines:
        line.alone = line.base >= _HEAD * height and is_symbol(line.text)
        if line.base < _HEAD * height or not line.tabs or line.cells or line.tag:
            out.append(line)
            continue
        far = [
            at
            for at in line.tabs
            if line.fragments[at].left - line.fragments[at - 1].right > _CORNERS * line.size
        ]
        edges = [0, *far, len(line.fragments)]
        for start, end in pairwise(edges):
            inner = [at - start for at in line.tabs if start < at < end]
            piece = replace(line, fragments=line.fragments[start:end], tabs=inner, _text=None)
            piece.left = min(f.left for f in piece.fragments)
            piece.right = max(f.right for f in piece.fragments)
            piece.alone = piece.alone or bool(far)
            piece.size = usual_size(piece.fragments)
            out.append(piece)
    return out


def _tables(fragments: list[Fragment], page: Page) -> tuple[list[Line], list[Fragment]]:
    """The tables that tags tell of, each as one line, and what is in none.

    Tags that do not fit the page, rows not under each other, are not believed.
    """
    inside: dict[int, dict[Spot, list[Fragment]]] = {}
    rest: list[Fragment] = []
    for each in fragments:
        tag = each.look.tag
        if tag is None or tag.spot is None:
            rest.append(each)
        else:
            inside.setdefault(tag.spot.table, {}).setdefault(tag.spot, []).append(each)
    tables = []
    for cells in inside.values():
        if not _fits(cells):
            rest += [each for cell in cells.values() for each in cell]
            continue
        line = _line([each for cell in cells.values() for each in cell], page)
        line.cells = [
            Cells(spot, [_joined(row, 0) for row in _rows(_pieces(cell, page))])
            for spot, cell in cells.items()
        ]
        # A table stands where its first line stands.
        line.base = max(each.base for each in line.fragments)
        tables.append(line)
    return tables, rest


def _fits(cells: dict[Spot, list[Fragment]]) -> bool:
    """Whether rows lie under each other and a row's cells beside each other."""
    rows: dict[int, list[tuple[int, float, float, float]]] = {}
    for spot, fragments in cells.items():
        top = max(each.base for each in fragments)
        low = min(each.base for each in fragments)
        middle = sum(each.left for each in fragments) / len(fragments)
        rows.setdefault(spot.row, []).append((spot.cell, top, low, middle))
    if len(rows) < 2 or max(map(len, rows.values())) < 2:  # noqa: PLR2004
        return False
    tops = [max(top for _, top, _, _ in rows[row]) for row in sorted(rows)]
    sides = [[middle for *_, middle in sorted(row)] for row in rows.values()]
    straight = sum(side == sorted(side) for side in sides)
    turned = sum(side == sorted(side, reverse=True) for side in sides)
    return tops == sorted(tops, reverse=True) and max(straight, turned) >= 0.9 * len(sides)


def _pieces(fragments: Sequence[Fragment], page: Page) -> list[Line]:
    """Stretches of a line without a wide gap, in no order yet."""
    rows: list[list[Fragment]] = []
    for each in sorted(fragments, key=lambda f: (-f.base, f.left)):
        row = next((row for row in reversed(rows[-4:]) if _same_row(row, each)), None)
        if row is None:
            rows.append([each])
        else:
            row.append(each)
    pieces = []
    for row in rows:
        row.sort(key=lambda f: f.left)
        start = 0
        reach = row[0].right
        for at, (before, each) in enumerate(pairwise(row), start=1):
            wide = _GAP * max(each.look.size, before.look.size)
            if each.left - reach > wide or _parted(before, each):
                pieces.append(_line(row[start:at], page))
                start, reach = at, each.right
            else:
                reach = max(reach, each.right)
        pieces.append(_line(row[start:], page))
    return pieces


def _parted(one: Fragment, other: Fragment) -> bool:
    """Whether tags say that two fragments are of two paragraphs."""
    tags = one.look.tag, other.look.tag
    return None not in tags and tags[0] != tags[1] and other.left - one.right > other.size / 2


def _same_row(row: Sequence[Fragment], each: Fragment) -> bool:
    """Whether a fragment stands in a row: on its base line, or raised a little above it."""
    last = row[-1]
    if last.base == each.base and last.look.size == each.look.size:
        return True  # nearly always
    main = max(row, key=lambda f: f.look.size)
    large, small = (main, each) if main.size >= each.size else (each, main)
    shift = small.base - large.base
    if abs(shift) <= 0.12 * large.size:
        return True
    return small.size < 0.85 * large.size and -0.3 * large.size < shift < 0.62 * large.size


def _line(fragments: list[Fragment], page: Page) -> Line:
    left = min(f.left for f in fragments)
    right = max(f.right for f in fragments)
    bottom = min(f.bottom for f in fragments)
    top = max(f.top for f in fragments)
    size = max(f.size for f in fragments)
    weights: dict[float, int] = {}
    for f in fragments:
        weights[f.base] = weights.get(f.base, 0) + len(f.text) * (2 if f.size == size else 1)
    base = max(weights, key=lambda each: weights[each])
    usual = usual_size(fragments)
    line = Line(page.number, fragments, left, bottom, right, top, base, usual)
    line.tag = _tag_of(fragments)
    return line


def usual_size(fragments: Sequence[Fragment]) -> float:
    """The size of most letters of a line."""
    sizes = {each.look.size for each in fragments}
    if len(sizes) == 1:
        return sizes.pop()
    return median(each.look.size for each in fragments for _ in each.text)


def _tag_of(fragments: Sequence[Fragment]) -> Tag | None:
    """What most of a line is tagged as; a label belongs to what stands behind it."""
    counts: dict[Tag, int] = {}
    for each in fragments:
        tag = each.look.tag
        if tag is not None:
            counts[tag] = counts.get(tag, 0) + len(each.text) * (tag.kind != "Lbl")
    return max(counts, key=lambda tag: counts[tag]) if counts else None


def _joined(row: list[Line], column: int) -> Line:
    """One line of the pieces of a row, its fragments in the order of reading."""
    if len(row) == 1 and row[0].cells:
        row[0].column = column
        return row[0]
    row.sort(key=lambda piece: piece.left)
    fragments = [f for piece in row for f in piece.fragments]
    text = "".join(f.text for f in fragments)
    rtl = len(RTL.findall(text)) > len(LTR.findall(text))
    if rtl:
        starts = {id(max(piece.fragments, key=lambda f: f.right)) for piece in row}
        fragments = _from_right(fragments)
    else:
        starts = {id(min(piece.fragments, key=lambda f: f.left)) for piece in row}
        fragments = _from_left(fragments)
    first = row[0]
    line = Line(
        first.page,
        fragments,
        min(piece.left for piece in row),
        min(piece.bottom for piece in row),
        max(piece.right for piece in row),
        max(piece.top for piece in row),
        max(row, key=_length).base,
        usual_size(fragments),
    )
    known = [piece.tag for piece in row if piece.tag is not None]
    line.tag = next((tag for tag in known if tag.kind != "Lbl"), known[0] if known else None)
    line.rtl, line.column = rtl, column
    line.tabs = [at for at, f in enumerate(fragments) if at and id(f) in starts]
    return line


def _length(piece: Line) -> int:
    return sum(len(f.text) for f in piece.fragments)


def _from_left(fragments: list[Fragment]) -> list[Fragment]:
    """The order of reading in a line from left to right: runs of Arabic are turned round."""
    ordered = [f for unit in _units(fragments) for f in unit]
    return _turn_runs(ordered, RTL, LTR)


def _from_right(fragments: list[Fragment]) -> list[Fragment]:
    """The order of reading in a line from right to left. Source: UAX #9, L2, undone."""
    ordered = [f for unit in reversed(_units(fragments)) for f in unit]
    return _turn_runs(ordered, re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]"), RTL)


def _units(fragments: list[Fragment]) -> list[list[Fragment]]:
    """What is drawn as one word, from the left: its pieces may reach over each other."""
    units: list[list[Fragment]] = []
    for each in sorted(fragments, key=lambda f: f.at):
        before = units[-1][-1] if units else None
        near = before is not None and each.at == before.at + 1 and not each.spaced
        if before is not None and near and not _wide(before, each):
            units[-1].append(each)
        else:
            units.append([each])
    return sorted(units, key=lambda unit: min(f.left for f in unit))


def _wide(one: Fragment, other: Fragment) -> bool:
    return max(other.left - one.right, one.left - other.right) > 0.3 * other.size


def _turn_runs(
    ordered: list[Fragment], inner: re.Pattern[str], outer: re.Pattern[str]
) -> list[Fragment]:
    """Turn round each run of fragments of the other direction, signs between them with it."""
    out: list[Fragment] = []
    at = 0
    while at < len(ordered):
        if not inner.search(ordered[at].text) or outer.search(ordered[at].text):
            out.append(ordered[at])
            at += 1
            continue
        last = at
        for following in range(at + 1, len(ordered)):
            text = ordered[following].text
            if outer.search(text):
                break
            if inner.search(text):
                last = following
        out += reversed(ordered[at : last + 1])
        at = last + 1
    return out


def _rows(pieces: list[Line]) -> list[list[Line]]:
    """Pieces on one base line, from the top."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (-p.base, p.left)):
        row = rows[-1] if rows else None
        if row is not None and _beside(row, piece):
            row.append(piece)
        else:
            rows.append([piece])
    return rows


def _beside(row: list[Line], piece: Line) -> bool:
    """Whether a piece goes on in a row: on its base line, and of its paragraph if tags tell."""
    first = row[0]
    if first.cells or piece.cells:
        return False
    large, small = (first, piece) if first.size >= piece.size else (piece, first)
    shift = small.base - large.base
    raised = small.size < 0.85 * large.size and 0 < shift < 0.62 * large.size
    if abs(shift) >= 0.35 * small.size and not raised:
        return False
    tags = {each.tag for each in (*row, piece) if each.tag and each.tag.kind != "Lbl"}
    return len(tags) < 2  # noqa: PLR2004
