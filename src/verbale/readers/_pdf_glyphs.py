"""The letters of a PDF's pages as fragments: letters of one look that stand together.

All lengths are points, the origin bottom left, the page turned so that its text stands upright.
A fragment that no reader of the page sees is marked hidden and says why.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from verbale.readers._pdf_seen import Drawing, hide_unseen
from verbale.readers._pdf_tags import tags_of
from verbale.text.legal import replace_illegal

if TYPE_CHECKING:
    import pypdfium2

    from verbale.readers._pdf_tags import Tag

Box = tuple[float, float, float, float]

#: A page whose pictures take this much of it is a scan.
SCAN: Final = 0.7
#: Where blanks are drawn a gap under this share of the height is kerning.
NARROW: Final = 0.255
#: Letters lower than this are not meant to be read.
SMALLEST: Final = 1.6
_BLANKS = frozenset(" \t\r\n\u00a0\u202f\u2002\u2003\u2009\u200b\u3000\0")
#: Marks of notes are fragments of their own, also in a script without blanks.
_STARS = frozenset("*∗")
_INVISIBLE_MODE = 3
_AS_HIGH: Final = 2.2
#: Halves of the pairs in which UTF-16 writes rare letters.
_HIGH, _LOW = 0xD800, 0xDC00
_LINE_HYPHENS = frozenset({0xFFFE, 0x2})
_NO_LETTER = "\ufffd"
_SURROGATES = "\ud800"
_CLIP_MODE = 7
_BOLD = re.compile(r"bold|black|heavy|demi|semibold|[-,]bd\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
_ITALIC_FLAG = 1 << 6
_FORCE_BOLD = 1 << 18
_HEAVY = 600
_IMAGE = pdfium.FPDF_PAGEOBJ_IMAGE
_MOST_NAME = 256


@dataclass(slots=True)
class Look:
    """How the letters of one text object look."""

    size: float
    bold: bool
    italic: bool
    angle: int
    hidden: str
    base: float
    mcid: int = -1
    tag: Tag | None = None
    artifact: bool = False
    replaced: bool = False
    embedded: bool = True


@dataclass(slots=True)
class Fragment:
    """Letters of one look with no blank between them.

    ``spaced``: in the file a blank stands before it; ``blank`` is that blank if it was drawn.
    ``at`` counts the fragments of the page in the order of the file. ``unmapped`` letters stand
    for none; ``guessed``: the file does not say which letters are drawn.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    look: Look
    spaced: bool
    base: float
    unmapped: int = 0
    blank: str = ""
    at: int = 0
    hidden: str = ""
    guessed: bool = False

    @property
    def size(self) -> float:
        """The height of its letters' body."""
        return self.look.size


@dataclass(slots=True)
class Page:
    """One page. ``covered`` is the share of it that its largest picture takes."""

    number: int
    width: float
    height: float
    fragments: list[Fragment] = field(default_factory=list)
    hidden: list[Fragment] = field(default_factory=list)
    covered: float = 0.0
    turn: int = 0
    scanned: bool = False
    tags: dict[int, Tag] = field(default_factory=dict)


class Letters:
    """Takes the letters off one page. The page must stay open while it works."""

    def __init__(
        self, page: pypdfium2.PdfPage, number: int, layers: frozenset[str] = frozenset()
    ) -> None:
        self._page = page
        self._layers = layers
        self._text = page.get_textpage()
        self._looks: dict[int, Look] = {}
        self._fonts: dict[tuple[str, int], tuple[bool, bool]] = {}
        left, bottom, right, top = _crop(page)
        self._crop = (left, bottom, right, top)
        self.page = Page(number, right - left, top - bottom)

    def read(self) -> Page:
        """All fragments of the page in the order in which they are drawn."""
        self.page.tags = tags_of(self._page)
        try:
            fragments = self._fragments()
        finally:
            self._text.close()
        pictures = self._pictures()
        self.page.covered = _share(pictures, self.page.width * self.page.height)
        for each in fragments:
            each.hidden = each.look.hidden
            if each.hidden == "invisible" and _is_picture_of(each, pictures):
                # Old scanners draw a word that they are not sure of, its letters unseen below.
                each.hidden, self.page.scanned = "", True
        self._sort_out(fragments)
        return self.page

    def _fragments(self) -> list[Fragment]:
        raw = self._text.raw
        numbers = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = numbers
        edges = [ctypes.byref(each) for each in numbers]
        letter, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharBox
        object_of, address = pdfium.FPDFText_GetTextObject, ctypes.addressof
        unmapped = pdfium.FPDFText_HasUnicodeMapError
        gather = _Gather()
        high = 0
        for at in range(pdfium.FPDFText_CountChars(raw)):
            code = letter(raw, at)
            if _HIGH <= code < _LOW:
                high = code
                continue
            if _LOW <= code < _LOW + 0x400 and high:
                code = 0x10000 + ((high - _HIGH) << 10) + (code - _LOW)
            high = 0
            # How pdfium tells the hyphen at the end of a line.
            char = "-" if code in _LINE_HYPHENS else chr(code)
            handle = object_of(raw, at)
            if char in _BLANKS:
                gather.blank(char if handle else "")
                continue
            if not handle:
                continue  # a sign that pdfium made up
            if not " " <= char < _SURROGATES:
                char = replace_illegal(char)
            key = address(handle.contents)
            look = self._looks.get(key)
            if look is None:
                look = self._looks[key] = self._look(raw, at, handle)
            box_of(raw, at, *edges)
            box = left.value, bottom.value, right.value, top.value
            fresh = gather.add(char, box, look, key)
            if char == _NO_LETTER:
                gather.found[-1].unmapped += 1
            elif fresh and unmapped(raw, at):
                gather.found[-1].guessed = True
        return gather.found

    def _look(self, raw: Any, at: int, handle: Any) -> Look:  # noqa: ANN401 - C handles
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(raw, at, matrix)
        size = pdfium.FPDFText_GetFontSize(raw, at)
        scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(raw, at, x, y)
        bold, italic = self._font(raw, at)
        mcid, artifact, replaced, hidden = self._marks(handle)
        hidden = hidden or self._unseen(handle)
        size = abs(size * scale)
        if not hidden and 0 < size < SMALLEST:
            hidden = "tiny"
        base = (y.value, -x.value, -y.value, x.value)[angle]
        font = pdfium.FPDFTextObj_GetFont(handle)
        embedded = bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
        return Look(
            size,
            bold,
            italic,
            angle,
            hidden,
            base,
            mcid,
            self.page.tags.get(mcid),
            artifact,
            replaced,
            embedded,
        )

    def _font(self, raw: Any, at: int) -> tuple[bool, bool]:  # noqa: ANN401
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(_MOST_NAME)
        length = pdfium.FPDFText_GetFontInfo(raw, at, name, _MOST_NAME, flags)
        said = name.value.decode("utf-8", "replace") if length <= _MOST_NAME else ""
        key = (said, flags.value)
        found = self._fonts.get(key)
        if found is None:
            weight = pdfium.FPDFText_GetFontWeight(raw, at)
            bold = bool(_BOLD.search(said)) or bool(flags.value & _FORCE_BOLD)
            bold = bold or (_HEAVY <= weight <= 1000 and not said)  # noqa: PLR2004
            italic = bool(_ITALIC.search(said)) or bool(flags.value & _ITALIC_FLAG)
            found = self._fonts[key] = (bold, italic)
        return found

    def _unseen(self, handle: Any) -> str:  # noqa: ANN401
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        if mode in (_INVISIBLE_MODE, _CLIP_MODE):
            return "invisible"
        parts = [ctypes.c_uint() for _ in range(4)]
        if mode in (0, 2, 4, 6) and pdfium.FPDFPageObj_GetFillColor(handle, *parts):
            return "transparent" if parts[3].value == 0 else ""
        return ""

    def _marks(self, handle: Any) -> tuple[int, bool, bool, str]:  # noqa: ANN401
        """The number of its tag; whether it is no part of the text, or stands for another.

        Last: why it is not shown, if it is in a layer that is not.
        """
        artifact, replaced, hidden = False, False, ""
        mcid = ctypes.c_int(-1)
        count = pdfium.FPDFPageObj_CountMarks(handle)
        if count <= 0:
            return -1, False, False, ""
        for index in range(count):
            mark = pdfium.FPDFPageObj_GetMark(handle, index)
            kind = _string(pdfium.FPDFPageObjMark_GetName, mark)
            pdfium.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", mcid)
            if kind == "Artifact":
                artifact = True
            elif kind == "Span" and _has_text(mark):
                replaced = True
            elif kind == "OC" and self._layers and self._layer(mark) in self._layers:
                hidden = "layer"
        return mcid.value, artifact, replaced, hidden

    def _layer(self, mark: Any) -> str:  # noqa: ANN401
        needed = ctypes.c_ulong()
        buffer = (ctypes.c_ushort * _MOST_NAME)()
        done = pdfium.FPDFPageObjMark_GetParamStringValue(
            mark, b"Name", buffer, ctypes.sizeof(buffer), needed
        )
        raw = bytes(buffer)[: max(needed.value - 2, 0)] if done else b""
        return raw.decode("utf-16-le", "replace")

    def _pictures(self) -> list[Box]:
        """Where pictures are drawn."""
        found: list[Box] = []
        edges = [ctypes.c_float() for _ in range(4)]
        for at in range(min(pdfium.FPDFPage_CountObjects(self._page.raw), 2000)):
            thing = pdfium.FPDFPage_GetObject(self._page.raw, at)
            if pdfium.FPDFPageObj_GetType(thing) != _IMAGE:
                continue
            if pdfium.FPDFPageObj_GetBounds(thing, *edges):
                left, bottom, right, top = (each.value for each in edges)
                found.append((left, bottom, right, top))
        return found

    def _sort_out(self, fragments: list[Fragment]) -> None:
        """Put hidden letters aside, turn the page so that most others stand upright."""
        page = self.page
        left, bottom, right, top = self._crop
        for each in fragments:
            middle = (each.left + each.right) / 2
            height = (each.bottom + each.top) / 2
            if not (left - 1 <= middle <= right + 1 and bottom - 1 <= height <= top + 1):
                each.hidden = each.hidden or "off the page"
            each.left, each.right = each.left - left, each.right - left
            each.bottom, each.top = each.bottom - bottom, each.top - bottom
        page.scanned = page.scanned or (page.covered >= SCAN and bool(fragments))
        if page.covered >= SCAN and all(each.hidden for each in fragments):
            # What a program has read off a picture lies unseen over it.
            for each in fragments:
                each.hidden = "" if each.hidden == "invisible" else each.hidden
        elif any(not each.hidden for each in fragments):
            hide_unseen(fragments, Drawing(self._page, page.width, page.height))
        page.fragments = [each for each in fragments if not each.hidden]
        page.hidden = [each for each in fragments if each.hidden]
        _check_blanks(page.fragments)
        angles = Counter[int]()
        for each in page.fragments:
            angles[each.look.angle] += len(each.text)
        page.turn = angles.most_common(1)[0][0] if angles else 0
        for each in (*page.fragments, *page.hidden):
            if each.look.angle == page.turn:
                each.base -= (bottom, -left, -bottom, left)[page.turn]
        if page.turn:
            _turned(page)


class _Gather:
    """Puts letters that stand together, and look alike, into fragments."""

    def __init__(self) -> None:
        self.found: list[Fragment] = []
        self._open: Fragment | None = None
        self._key = 0
        self._spaced = True
        self._drawn = ""
        self._box: Box = (0, 0, 0, 0)
        self._run = 0

    def blank(self, drawn: str) -> None:
        """A blank stands before the next letter, *drawn* if it is one of the page."""
        self._spaced = True
        self._drawn = self._drawn or drawn

    def add(self, char: str, box: Box, look: Look, key: int) -> bool:
        """The next letter, of the text object *key*; whether it begins a fragment."""
        current = self._open
        if (
            current is None
            or self._spaced
            or not (key == self._key or _alike(current.look, look))
            or _apart(current, look, box)
            or (char in _STARS) is not (current.text[-1] in _STARS)
        ):
            current = self._open = Fragment(char, *box, look, self._spaced, look.base)
            current.blank = self._drawn
            current.at = len(self.found)
            self.found.append(current)
            self._run = 1
            fresh = True
        else:
            fresh = False
            self._run = self._run + 1 if look.replaced and self._box == box else 1
            if self._run > 1 and _is_rtl(char):
                # pdfium turns round what a span in Arabic says of itself: turn it back.
                turned = len(current.text) - self._run + 1
                current.text = current.text[:turned] + char + current.text[turned:]
            else:
                current.text += char
            current.left = min(current.left, box[0])
            current.right = max(current.right, box[2])
            if box[1] < current.bottom or box[3] > current.top:
                current.bottom = min(current.bottom, box[1])
                current.top = max(current.top, box[3])
        self._box, self._key = box, key
        self._spaced, self._drawn = False, ""
        return fresh


def _share(pictures: list[Box], whole: float) -> float:
    """The share of a page that pictures take together, 1 at most."""
    area = sum((box[2] - box[0]) * (box[3] - box[1]) for box in pictures)
    return min(area / whole, 1.0) if whole else 0.0


def _is_picture_of(fragment: Fragment, pictures: list[Box]) -> bool:
    """Whether a picture as high as a word stands where the fragment is."""
    middle = (fragment.left + fragment.right) / 2
    height = (fragment.bottom + fragment.top) / 2
    return any(
        left <= middle <= right
        and bottom <= height <= top
        and top - bottom < _AS_HIGH * fragment.size
        for left, bottom, right, top in pictures
    )


def _crop(page: pypdfium2.PdfPage) -> Box:
    """What is shown of a page, in its own coordinates."""
    box = page.get_cropbox() or page.get_mediabox()
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return left, bottom, right, top


def _check_blanks(fragments: list[Fragment]) -> None:
    """Where a page draws its blanks, only wide gaps without one are blanks too."""
    spaced = [each for each in fragments if each.spaced]
    if 2 * sum(bool(each.blank) for each in spaced) < len(spaced):
        return
    before = None
    for each in fragments:
        if each.spaced and not each.blank and before is not None and before.base == each.base:
            gap = each.left - before.right
            each.spaced = not 0 <= gap < NARROW * each.size
        before = each


def _turned(page: Page) -> None:
    """Turn everything by right angles until the text stands upright."""
    wide, high = page.width, page.height
    for each in (*page.fragments, *page.hidden):
        left, bottom, right, top = each.left, each.bottom, each.right, each.top
        if page.turn == 1:
            box = bottom, wide - right, top, wide - left
        elif page.turn == 2:  # noqa: PLR2004 - two right angles
            box = wide - right, high - top, wide - left, high - bottom
        else:
            box = high - top, left, high - bottom, right
        each.left, each.bottom, each.right, each.top = box
        each.base += (0, wide, high, 0)[page.turn]
    if page.turn % 2:
        page.width, page.height = high, wide


def _alike(one: Look, other: Look) -> bool:
    return (
        abs(one.size - other.size) < 0.2  # noqa: PLR2004 - points
        and abs(one.base - other.base) < 0.5  # noqa: PLR2004
        and (one.tag == other.tag if one.tag or other.tag else one.mcid == other.mcid)
        and (one.bold, one.italic, one.angle, one.hidden, one.artifact)
        == (other.bold, other.italic, other.angle, other.hidden, other.artifact)
    )


def _apart(current: Fragment, look: Look, box: Box) -> bool:
    """Whether the next letter stands away from the fragment, though no blank is between."""
    gap = 0.6 * look.size + 0.1
    return not look.angle and (box[0] - current.right > gap or current.left - box[2] > gap)


def _is_rtl(char: str) -> bool:
    return "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc"


def _has_text(mark: Any) -> bool:  # noqa: ANN401
    """Whether a span says in letters of its own what it shows."""
    needed = ctypes.c_ulong()
    found = pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, needed)
    return bool(found) and needed.value > 2  # noqa: PLR2004 - the end of a string


def _string(get: Any, thing: Any) -> str:  # noqa: ANN401 - C functions and handles
    needed = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * _MOST_NAME)()
    if not get(thing, buffer, ctypes.sizeof(buffer), needed):
        return ""
    return bytes(buffer)[: max(needed.value - 2, 0)].decode("utf-16-le", "replace")
