"""The styles of a DOCX: the ones every file has, and one for each kind of paragraph it uses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from verbale.text import docx_names as names
from verbale.writers._docx_xml import HEAD, NAMESPACES, SHADE, quoted

_FONTS: Final = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun"'
    ' w:cs="Times New Roman"/>'
)


def _size(points: float) -> str:
    """Latin letters at a size, Arabic ones a fifth larger, or they would look smaller."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{round(half * 1.2)}"/>'


_BOLD: Final = "<w:b/><w:bCs/>"
_RAISE: Final = '<w:vertAlign w:val="superscript"/>'
_CLOSE: Final = '<w:spacing w:before="0" w:after="0"/>'
_AT_RIGHT: Final = '<w:jc w:val="end"/>'
_GREY: Final = '<w:color w:val="595959"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style does to paragraphs (``p``) and letters (``r``)."""

    p: str = ""
    r: str = ""
    based: str = names.BODY


_HEADING_SIZES: Final = (15, 13, 12, 11)
_PARAGRAPHS: Final = {
    names.BODY: _Look(_space(0, 120), "", "Normal"),
    names.FOOTNOTE: _Look(_space(0, 40), _size(8.5), "Normal"),
    names.TABLE: _Look(_space(20, 20), _size(9), "Normal"),
    names.TABLE_HEAD: _Look(_space(40, 40), _BOLD + _size(9), "Normal"),
    names.QUOTE: _Look('<w:ind w:start="567" w:end="567"/>'),
    names.CAPTION: _Look("<w:keepNext/>" + _space(120, 60), _BOLD),
    names.RULE: _Look(
        '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    ),
    names.FILLER: _Look(
        '<w:spacing w:before="0" w:after="0" w:line="60" w:lineRule="exact"/>', "", "Normal"
    ),
    names.STAMP: _Look(
        _CLOSE + '<w:jc w:val="center"/>',
        _BOLD + '<w:color w:val="9C0006"/>' + _size(12),
        "Normal",
    ),
    names.LABEL_LINE: _Look("<w:keepNext/>"),
    "header": _Look(_CLOSE, _size(9), "Normal"),
    "footer": _Look(_CLOSE, _size(9), "Normal"),
    "Title": _Look(_space(240, 240), _BOLD + _size(13)),
    "caption": _Look(_space(60, 120), _size(9)),
    "Masthead publisher": _Look(_CLOSE, _size(12)),
    "Masthead symbol": _Look(_CLOSE + _AT_RIGHT, _size(14)),
    "Masthead organ": _Look(_space(120, 0), _BOLD + _size(16)),
    "Masthead body": _Look(_space(120, 0), _BOLD + _size(12)),
    "Masthead session": _Look(_CLOSE, _BOLD),
    "Masthead agenda title": _Look(_space(0, 120), _BOLD),
    "Masthead job number": _Look(_CLOSE, _size(8)),
    "Masthead source": _Look(_CLOSE, _size(8)),
}
_MASTHEAD: Final = _Look(_CLOSE)
_CHARACTERS: Final = {
    names.NUMBER: "",
    names.LABEL: "",
    names.AWAITING: SHADE,
    names.AWAITING_LABEL: _GREY + _size(8) + SHADE,
    names.MARK: _RAISE,
    names.ANCHOR: _size(1.5),
    "Hyperlink": '<w:color w:val="0563C1"/><w:u w:val="single"/>',
}
#: Styles that a word processor knows by these names in every language it speaks.
_BUILT_IN: Final = re.compile(
    r"(?:Body Text|heading [1-9]|Title|Quote|caption|header|footer|footnote text|"
    r"footnote reference|Hyperlink)\Z"
)


@dataclass(slots=True)
class Styles:
    """Gives out style ids and keeps what was asked for, in order."""

    _paragraphs: dict[str, str] = field(default_factory=dict)
    _characters: dict[str, str] = field(default_factory=dict)

    def paragraph(self, name: str) -> str:
        """The id of a paragraph style."""
        return _id(self._paragraphs, name, "P")

    def character(self, name: str) -> str:
        """The id of a character style."""
        return _id(self._characters, name, "C")

    def xml(self, language: str, *, rtl: bool) -> bytes:
        """``styles.xml``; *language* is the element ``w:lang`` of the document.

        A symbol runs from left to right everywhere; in an Arabic masthead it is at the left.
        """
        for name in (names.BODY, "header", "footer"):
            self.paragraph(name)
        body = self.paragraph(names.BODY)
        lines = [
            (
                f"{HEAD}<w:styles{NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{_size(10)}"
                f"{language}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
            ),
            (
                '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name'
                ' w:val="Normal"/><w:qFormat/></w:style>'
            ),
            (
                '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name'
                ' w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
                '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
            ),
            _grid(),
        ]
        for name, key in self._paragraphs.items():
            look = _look(name)
            shape = look.p.replace(_AT_RIGHT, "") if rtl else look.p
            based = body if look.based == names.BODY and name != names.BODY else "Normal"
            after = f'<w:next w:val="{body}"/>' if name.startswith("heading ") else ""
            lines.append(
                f'<w:style w:type="paragraph"{_custom(name)} w:styleId="{key}"><w:name w:val='
                f'{quoted(name)}/><w:basedOn w:val="{based}"/>{after}<w:qFormat/>'
                f"{_wrap('w:pPr', shape)}{_wrap('w:rPr', look.r)}</w:style>"
            )
        for name, key in self._characters.items():
            lines.append(
                f'<w:style w:type="character"{_custom(name)} w:styleId="{key}"><w:name w:val='
                f"{quoted(name)}/>{_wrap('w:rPr', _CHARACTERS.get(name, ''))}</w:style>"
            )
        return ("".join(lines) + "</w:styles>").encode("utf-8")


def _id(known: dict[str, str], name: str, letter: str) -> str:
    found = known.get(name)
    if found is None:
        plain = re.sub(r"[^A-Za-z0-9]", "", name)[:40]
        found = (
            plain if plain and plain not in known.values() else f"{letter}{len(known)}{plain}"
        )
        found = found if letter == "P" or found == "Hyperlink" else f"Char{found}"
        known[name] = found
    return found


def _look(name: str) -> _Look:
    known = _PARAGRAPHS.get(name)
    if known is not None:
        return known
    if name.startswith("Masthead "):
        return _MASTHEAD
    level = names.style_kind(name).level
    if level:
        size = _HEADING_SIZES[min(level, len(_HEADING_SIZES)) - 1]
        outline = f'<w:outlineLvl w:val="{min(level, 9) - 1}"/>'
        return _Look("<w:keepNext/>" + _space(240, 120) + outline, _BOLD + _size(size))
    return _Look()


def _custom(name: str) -> str:
    return "" if _BUILT_IN.match(name) else ' w:customStyle="1"'


def _wrap(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>" if content else ""


def _grid() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn'
        f' w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
        "</w:style>"
    )
