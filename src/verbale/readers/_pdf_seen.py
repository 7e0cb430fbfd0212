"""Whether the letters of a page are to be seen: the page is drawn and looked at.

White on white, under a picture or a bar, clipped away, in a layer that is off: where letters
are said to be and nothing is drawn that stands out, nobody reads them. Source: the page itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pypdfium2

    from verbale.readers._pdf_glyphs import Fragment

#: Dots on the longer side of a page; letters of 2 points are still seen as grey.
_MOST_DOTS: Final = 2400
_LEAST_CONTRAST: Final = 14
_LARGE: Final = 24


class Drawing:
    """A page drawn in grey, one byte a dot."""

    def __init__(self, page: pypdfium2.PdfPage, width: float, height: float) -> None:
        longer = max(width, height, 1)
        scale = min(1.5, _MOST_DOTS / longer)
        bitmap = page.render(
            scale=scale,
            rotation=-page.get_rotation() % 360,
            grayscale=True,
            may_draw_forms=False,
            draw_annots=False,
        )
        try:
            self._dots = bytes(bitmap.buffer)
            self._stride, self._rows = bitmap.stride, bitmap.height
            self._columns = bitmap.width
        finally:
            bitmap.close()
        self._scale_x = self._columns / max(width, 1)
        self._scale_y = self._rows / max(height, 1)
        self._height = height

    def shows(self, fragment: Fragment) -> bool:
        """Whether anything stands out where the fragment is."""
        left = max(int(fragment.left * self._scale_x), 0)
        right = min(int(fragment.right * self._scale_x) + 1, self._columns)
        top = max(int((self._height - fragment.top) * self._scale_y), 0)
        bottom = min(int((self._height - fragment.bottom) * self._scale_y) + 1, self._rows)
        if right <= left or bottom <= top:
            return True  # a mark without extent: nothing can be said of it
        low, high = 255, 0
        step = max((bottom - top) // _LARGE, 1)
        for row in range(top, bottom, step):
            begin = row * self._stride
            strip = self._dots[begin + left : begin + right]
            darkest, lightest = min(strip), max(strip)
            low, high = min(low, darkest), max(high, lightest)
            if high - low >= _LEAST_CONTRAST:
                return True
        return False


def hide_unseen(fragments: list[Fragment], drawing: Drawing) -> None:
    """Mark the fragments of a page (not yet turned) that are not to be seen on it."""
    for each in fragments:
        # Letters of a face that is not in the file are drawn with whatever the machine has.
        known = each.look.embedded or each.text.isascii()
        if known and not each.hidden and not drawing.shows(each):
            each.hidden = "covered or in the colour of the page"
