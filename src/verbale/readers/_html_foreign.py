"""Any HTML page as a document of one part: what is seen on it, and nothing that acts."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from verbale.model.document import (
    Break,
    Cell,
    Document,
    Footnote,
    Heading,
    Image,
    List,
    ListItem,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND, Language
from verbale.model.walk import join_text, plain
from verbale.readers._html_element import all_text, attributes_of, place_of, tag_of
from verbale.readers._html_notes import Notes, find_notes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from verbale.model.document import Block, Inline
    from verbale.model.finding import Place

_ACTIVE = frozenset({
    "script", "iframe", "frame", "object", "embed", "applet", "svg", "math", "canvas",
    "audio", "video", "form"
})  # fmt: skip
_SILENT = frozenset({
    "head", "style", "template", "noscript", "noframes", "link", "meta", "base", "title",
    "input", "select", "textarea", "button", "source", "track", "map", "area", "param",
    "datalist"
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6",
    "caption", "dir", "menu", "form"
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Mark.EMPHASIS),
    **dict.fromkeys(("strong", "b"), Mark.STRONG),
    **dict.fromkeys(("u", "ins"), Mark.UNDERLINE),
    **dict.fromkeys(("s", "strike", "del"), Mark.STRIKE),
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_STYLED = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), Mark.STRONG),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), Mark.EMPHASIS),
    (re.compile(r"font-variant[a-z-]*\s*:\s*small-caps", re.IGNORECASE), Mark.SMALL_CAPS),
)
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\\]+\Z", re.IGNORECASE)
_PICTURE = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NO_MARKS: frozenset[Mark] = frozenset()
_DEEPEST = 100


class _Style(NamedTuple):
    """What an element hands on to what stands in it."""

    marks: frozenset[Mark] = _NO_MARKS
    language: Language | None = None
    keep_blanks: bool = False
    depth: int = 0


def read_foreign(root: _Element, *, name: str) -> tuple[Document, tuple[Finding, ...]]:
    """The tree of a page and what was left out of it."""
    language = _language(root) or UND
    for body in root.iter("body"):
        language = _language(body) or language
        break
    walk = _Walk(name, find_notes(root), language)
    blocks = walk.flow(root, _Style(language=language))
    for script in root.iter("script"):
        walk.tell_once("html-script-dropped", script, {"element": "script"})
    notes = walk.footnotes()
    body_part = Part(PartKind.BODY, blocks, language, notes)
    titles = [" ".join(all_text(each).split()) for each in root.iter("title")]
    properties = (("title", titles[0]),) if titles and titles[0] else ()
    return Document((body_part,), language, properties=properties), tuple(walk.findings)


def _language(element: _Element) -> Language | None:
    code = (
        element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    try:
        return Language(re.split(r"[-_]", code.strip().lower())[0]) if code else None
    except ValueError:
        return None


class _Walk:
    def __init__(self, name: str, notes: Notes, language: Language) -> None:
        self._name = name
        self._language = language
        self._notes = notes
        self.findings: list[Finding] = []
        self._told: set[str] = set()

    def flow(self, element: _Element, style: _Style) -> tuple[Block, ...]:
        """The blocks of an element: loose text between blocks makes paragraphs."""
        blocks: list[Block] = []
        loose: list[Inline] = []
        place = self._place(element)

        def close() -> None:
            content = _trimmed(loose)
            if content:
                blocks.append(Paragraph(content, language=self._own(style), place=place))
            loose.clear()

        self._text(element.text, style, place, loose)
        for child in element:
            if self._is_block(child):
                close()
                if not self._left_out(child):
                    blocks += self._block(child, self._inherit(child, style))
            else:
                self._inline(child, style, loose)
            self._text(child.tail, style, place, loose)
        close()
        return tuple(blocks)

    def _own(self, style: _Style) -> Language | None:
        """The language to write on a block: none where it is the page's."""
        return None if style.language == self._language else style.language

    def _place(self, element: _Element) -> Place:
        return place_of(element, name=self._name)

    def _is_block(self, element: _Element) -> bool:
        if tag_of(element) in _BLOCKS:
            return True
        # An inline element around blocks, of which old pages are full, is only its marks.
        return (
            any(tag_of(inner) in _BLOCKS for inner in element)
            and tag_of(element) not in _ACTIVE
        )

    def _left_out(self, element: _Element) -> bool:
        """Whether an element is not read; what is hidden or acts is told in a finding."""
        tag = tag_of(element)
        if not tag or tag in _SILENT:
            return True
        if tag in _ACTIVE and tag != "form":
            self.tell_once("html-script-dropped", element, {"element": tag})
            return True
        if any(key.startswith("on") for key in attributes_of(element)):
            self.tell_once("html-script-dropped", element, {"element": tag})
        if "hidden" in element.attrib or _HIDING.search(element.get("style", "")):
            # What it says stays out of every finding: findings are printed and kept.
            if all_text(element).strip():
                place = self._place(element)
                self.findings.append(Finding("hidden-text", Severity.WARNS, place))
            return True
        return element in self._notes.bodies

    def tell_once(self, code: str, element: _Element, values: dict[str, str]) -> None:
        """Say once for each kind of element what is left out."""
        key = code + values.get("element", "")
        if key not in self._told:
            self._told.add(key)
            place = self._place(element)
            self.findings.append(Finding(code, Severity.WARNS, place, values))

    def _inherit(self, element: _Element, style: _Style) -> _Style:
        marks = style.marks
        tag = tag_of(element)
        if tag in _MARKS:
            marks |= {_MARKS[tag]}
        given = element.get("style")
        if given:
            marks |= {mark for pattern, mark in _STYLED if pattern.search(given)}
        language = _language(element) or style.language
        return _Style(marks, language, style.keep_blanks or tag == "pre", style.depth + 1)

    def _block(self, element: _Element, style: _Style) -> Iterable[Block]:
        tag, place = tag_of(element), self._place(element)
        if style.depth > _DEEPEST:
            text = _BLANKS.sub(" ", all_text(element)).strip(" ")
            return [Paragraph((Text(text, place=place),), place=place)] if text else []
        match tag:
            case "hr":
                return [Rule(place)]
            case "ul" | "ol" | "menu" | "dir":
                return self._list(element, style, ordered=tag == "ol")
            case "blockquote":
                return [Quote(self.flow(element, style), place)]
            case "table":
                return [self._table(element, style)]
            case _ if tag in _HEADINGS:
                return [
                    Heading(_HEADINGS[tag], block.content, language=block.language, place=place)
                    if isinstance(block, Paragraph)
                    else block
                    for block in self.flow(element, style)
                ]
            case _:
                return self.flow(element, style)

    def _list(self, element: _Element, style: _Style, *, ordered: bool) -> list[Block]:
        items: list[ListItem] = []
        number = _whole(element.get("start"), 1)
        for child in element:
            if self._left_out(child):
                continue
            blocks = self.flow(child, self._inherit(child, style))
            if tag_of(child) != "li":
                items += [ListItem((block,)) for block in blocks]
                continue
            number = _whole(child.get("value"), number)
            # Letters and Roman figures of a list stand in style sheets: only plain figures are
            # certain enough to become text.
            label = f"{number}." if ordered and element.get("type", "1") == "1" else ""
            items.append(ListItem(blocks, label))
            number += 1
        return [List(tuple(items), ordered, self._place(element))] if items else []

    def _table(self, element: _Element, style: _Style) -> Table:
        rows: list[tuple[Cell, ...]] = []
        caption: tuple[Inline, ...] = ()
        head = 0
        for child in element:
            tag = tag_of(child)
            if tag == "caption" and not self._left_out(child):
                found = self.flow(child, self._inherit(child, style))
                lines = [block.content for block in found if isinstance(block, Paragraph)]
                caption = tuple(inline for line in lines for inline in line)
            elif tag in {"thead", "tbody", "tfoot"} and not self._left_out(child):
                more = [self._row(row, style) for row in child if tag_of(row) == "tr"]
                head += len(more) if tag == "thead" and head == len(rows) else 0
                rows += more
            elif tag == "tr" and not self._left_out(child):
                rows.append(self._row(child, style))
        return Table(tuple(rows), head, caption, self._place(element))

    def _row(self, element: _Element, style: _Style) -> tuple[Cell, ...]:
        row = self._inherit(element, style)
        return tuple(
            Cell(
                self.flow(cell, self._inherit(cell, row)),
                tag_of(cell) == "th",
                min(_whole(cell.get("colspan"), 1), 1000),
                min(_whole(cell.get("rowspan"), 1), 65534),
            )
            for cell in element
            if tag_of(cell) in {"td", "th"} and not self._left_out(cell)
        )

    def _text(self, text: str | None, style: _Style, place: Place, out: list[Inline]) -> None:
        if not text:
            return
        if not style.keep_blanks:
            text = _BLANKS.sub(" ", text)
        out.append(Text(text, style.marks, place))

    def _inline(self, element: _Element, style: _Style, out: list[Inline]) -> None:
        tag, place = tag_of(element), self._place(element)
        if self._left_out(element):
            return
        if element in self._notes.anchors:
            note, mark = self._notes.anchors[element]
            out.append(NoteRef(note, mark, place))
            return
        if tag == "br":
            out.append(Break(place))
            return
        if tag == "img":
            out += self._picture(element, style, place)
            return
        mine = self._inherit(element, style)
        if mine.depth > _DEEPEST:
            self._text(all_text(element), style, place, out)
            return
        inner: list[Inline] = []
        link, language = self._link(element), _language(element)
        if language == style.language:
            language = None
        self._text(element.text, mine, place, inner)
        for child in element:
            self._inline(child, mine, inner)
            self._text(child.tail, mine, place, inner)
        if (link or language) and inner:
            out.append(Span(tuple(inner), language, link, place=place))
        else:
            out += inner

    def _link(self, element: _Element) -> str:
        """Where a link leads, if it leads to a page or a letter box."""
        link = (element.get("href") or "").strip() if tag_of(element) == "a" else ""
        if _LINK.match(link):
            return link
        if link and not link.startswith("#") and ":" in link.partition("/")[0]:
            self.tell_once("html-script-dropped", element, {"element": "a"})
        return ""

    def _picture(self, element: _Element, style: _Style, place: Place) -> list[Inline]:
        """A picture that is in the page; of one that is elsewhere the description stays."""
        source, alt = element.get("src", ""), element.get("alt", "")
        found = _PICTURE.match(source)
        if found is not None:
            try:
                data = base64.b64decode("".join(source[found.end() :].split()), validate=True)
            except binascii.Error:
                data = b""
            if data:
                return [Image(data, found[1].lower(), alt, place)]
        if source:
            values = {"element": "img"}
            self.tell_once("html-outside-dropped", element, values)
        return [Text(alt, style.marks, place)] if alt else []

    def footnotes(self) -> tuple[Footnote, ...]:
        """The footnotes whose marks were found, in the order of their marks."""
        out = []
        for note in self._notes.notes:
            self._notes.bodies.discard(note.body)
            blocks = self.flow(
                note.body, self._inherit(note.body, _Style(language=self._language))
            )
            place = self._place(note.body)
            out.append(
                Footnote(note.id, note.mark, _without_mark(blocks, note.mark), place=place)
            )
        return tuple(out)


def _without_mark(blocks: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """The text of a note without the mark that the page prints before it."""
    if not blocks or not isinstance(blocks[0], Paragraph):
        return blocks
    first = blocks[0]
    content = list(first.content)
    begin = re.compile(rf"\s*[\[(]?{re.escape(mark)}[\])]?\.?\s*")
    for at, inline in enumerate(content):
        if not isinstance(inline, Text):
            break
        if inline.text.strip():
            found = begin.match(inline.text)
            if found is not None:
                content[at] = replace(inline, text=inline.text[found.end() :])
            break
    return (replace(first, content=_trimmed(content)), *blocks[1:])


def _whole(value: str | None, otherwise: int) -> int:
    value = (value or "").strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0  # noqa: PLR2004
    return number or otherwise


def _trimmed(content: list[Inline]) -> tuple[Inline, ...]:
    """Blanks as a browser shows them: one between words, none at the ends or after a break."""
    out: list[Inline] = []
    after_blank = True
    for inline in content:
        match inline:
            case Text(text=text):
                if after_blank:
                    text = text.lstrip(" ")
                if text:
                    out.append(replace(inline, text=text))
                    after_blank = text.endswith(" ")
            case Break():
                _strip_end(out)
                out.append(inline)
                after_blank = True
            case _:
                out.append(inline)
                after_blank = False
    while out and (isinstance(out[-1], Break) or _strip_end(out)):
        if isinstance(out[-1], Break):
            out.pop()
    while out and isinstance(out[0], Break):
        out.pop(0)
    joined = join_text(out)
    return (
        joined
        if plain(joined).strip() or any(not isinstance(i, (Text, Break)) for i in joined)
        else ()
    )


def _strip_end(out: list[Inline]) -> bool:
    """Take blanks off the last run; say whether a run was emptied by it."""
    if out and isinstance(out[-1], Text):
        text = out[-1].text.rstrip(" ")
        if not text:
            out.pop()
            return True
        out[-1] = replace(out[-1], text=text)
    return False
