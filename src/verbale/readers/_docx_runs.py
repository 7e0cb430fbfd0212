"""What stands in a paragraph of a DOCX, in a row: letters, breaks, marks, pictures, links.

Deleted text never comes out of here; hidden text neither. Both are counted where they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from verbale.model.document import Break, Image, NoteRef, Text
from verbale.model.finding import Place
from verbale.readers._docx_package import R, W, value
from verbale.readers._docx_symbols import symbol_text
from verbale.readers.limits import limits
from verbale.text.docx_names import ANCHOR, BLOCKED, LINK, Tag
from verbale.text.pictures import picture_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from verbale.model.document import Inline
    from verbale.readers._docx_notes import Notes
    from verbale.readers._docx_package import Docx
    from verbale.readers._docx_styles import Look, Styles

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V: Final = "{urn:schemas-microsoft-com:vml}"
OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_SPACE = " \t\r\n"
_LINE_ENDS = str.maketrans("\r\n\t", "   ")
_FIELD = re.compile(r'\s*(?P<name>\w+)\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"\\]+))?')
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_OUTSIDE_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT"}
)
_SITE = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_NOT_ADDRESS = re.compile(r"[\W_]+")
_DELETED = frozenset({W + "del", W + "moveFrom"})
_INSERTED = frozenset({W + "ins", W + "moveTo"})
_THROUGH = frozenset({W + tag for tag in ("smartTag", "customXml", "dir", "bdo", "sdtContent")})
_REFERENCES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass(slots=True)
class Atom:
    """One inline as it stands in its run. ``marker`` is the number that a note begins with."""

    inline: Inline
    look: Look
    marker: bool = False
    page_break: bool = False


@dataclass(slots=True)
class Group:
    """Atoms inside a link or one of our content controls."""

    link: str = ""
    tag: Tag | None = None
    atoms: list[Piece] = field(default_factory=list)


Piece: TypeAlias = "Atom | Group"


@dataclass(slots=True)
class Field:
    """A field that is open: what it says, and where its result begins."""

    sink: list[Piece]
    start: int
    paragraph: int
    text: str = ""
    result: bool = False


class Runs:
    """Reads the paragraphs of one part, in order: fields may go over several of them."""

    def __init__(
        self,
        docx: Docx,
        styles: Styles,
        notes: Notes,
        part: str,
        *,
        name: str,
        own: bool = False,
        furniture: bool = False,
    ) -> None:
        self.docx = docx
        self.styles = styles
        self.notes = notes
        self.part = part
        self.own = own
        self.paragraph = 0
        self.boxes: list[etree._Element] = []
        self.anchored: list[str] = []
        self._furniture = furniture
        self._name = name
        self._fields: list[Field] = []
        self._style: str | None = None
        self._plain = False
        self._shaded = False
        self._handlers: dict[str, Callable[[etree._Element, Look, list[Piece]], None]] = {
            W + "t": self._text,
            W + "tab": lambda _, look, out: self._emit("\t", look, out),
            W + "ptab": lambda _, look, out: self._emit("\t", look, out),
            W + "br": self._break,
            W + "cr": self._break,
            W + "noBreakHyphen": lambda _, look, out: self._emit("\u2011", look, out),
            W + "softHyphen": lambda _, look, out: self._emit("\u00ad", look, out),
            W + "sym": self._sym,
            W + "instrText": self._instruction,
            W + "fldChar": self._field_char,
            W + "footnoteRef": self._marker,
            W + "endnoteRef": self._marker,
            W + "drawing": self._drawing,
            W + "pict": self._drawing,
            W + "object": self._object,
            W + "ruby": self._ruby,
            MC + "AlternateContent": self._alternate,
        }

    @property
    def place(self) -> Place:
        """Where the paragraph stands that is being read."""
        return Place(file=self._name, part=self.part, paragraph=self.paragraph)

    def see(self, code: str) -> None:
        """Count something that a reader of the page does not see."""
        self.docx.sightings.note(code, self.part, self.paragraph)

    def read(
        self, paragraph: etree._Element, style: str | None, *, plain: bool, shaded: bool
    ) -> list[Piece]:
        """The pieces of a paragraph; `boxes` has the text boxes that hang on it."""
        self._style = style
        self._plain = plain
        self._shaded = shaded
        out: list[Piece] = []
        self._children(paragraph, out)
        return out

    def close(self) -> None:
        """The part ends; a field that is still open swallowed what came after it."""
        if self._fields:
            where = f"{self.part}, paragraph {self._fields[-1].paragraph}"
            raise self.docx.package.error(
                f"a field begins in {where} and never ends",
                "Open the file in a word processor, update or delete the field and save it.",
            )

    def _children(self, element: etree._Element, out: list[Piece]) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, out)
            elif tag == W + "hyperlink":
                self._hyperlink(child, out)
            elif tag == W + "fldSimple":
                self._simple_field(child, out)
            elif tag == W + "sdt":
                self._control(child, out)
            elif tag in _INSERTED:
                self.see("docx-tracked-changes")
                self._children(child, out)
            elif tag in _DELETED:
                self.see("docx-tracked-changes")
                self._deleted(child)
            elif tag in _THROUGH:
                self._children(child, out)
            elif tag in (M + "oMath", M + "oMathPara"):
                look = self.styles.look(self._style, None, plain=self._plain)
                text = "".join(each.text or "" for each in child.iter(M + "t"))
                self._emit(text, look, out)
            elif tag == MC + "AlternateContent":
                for inner in self._chosen(child):
                    self._children(inner, out)

    def _run(self, run: etree._Element, out: list[Piece]) -> None:
        look = self.styles.look(self._style, run.find(W + "rPr"), plain=self._plain)
        for child in run:
            tag = child.tag
            kind = _REFERENCES.get(tag)
            if kind:
                self._reference(kind, child, look, out)
                if self._is_custom(child):
                    return
                continue
            handler = self._handlers.get(tag)
            if handler is not None:
                handler(child, look, out)

    def _deleted(self, element: etree._Element) -> None:
        """Only the ends of fields are looked at in what was deleted: they must stay paired."""
        look = self.styles.look(None, None, plain=True)
        for each in element.iter(W + "fldChar"):
            self._field_char(each, look, [])

    # Letters

    def _emit(self, text: str, look: Look, out: list[Piece]) -> None:
        if not text or self._silent():
            return
        if look.hidden or (look.white and not self._shaded):
            if text.strip():
                self.see("hidden-text")
            return
        out.append(Atom(Text(text, look.marks, self.place), look))

    def _silent(self) -> bool:
        """Whether this is a field's instruction, which nobody reads."""
        return any(not each.result for each in self._fields)

    def _text(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        text = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(_SPACE)
        if not self.own:
            text = text.translate(_LINE_ENDS)
        self._emit(text, look, out)

    def _sym(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        try:
            char = chr(int(element.get(W + "char") or "", 16))
        except (ValueError, OverflowError):
            char = "\ufffd"
        self._emit(symbol_text(element.get(W + "font") or "", char), look, out)

    def _break(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        if not self._silent() and not look.hidden:
            page = element.get(W + "type") in ("page", "column")
            out.append(Atom(Break(self.place), look, page_break=page))

    def _marker(self, _: etree._Element, look: Look, out: list[Piece]) -> None:
        out.append(Atom(Text(""), look, marker=True))

    def _ruby(self, element: etree._Element, _: Look, out: list[Piece]) -> None:
        base = element.find(W + "rubyBase")
        if base is not None:
            self._children(base, out)

    # Notes

    @staticmethod
    def _is_custom(element: etree._Element) -> bool:
        return (element.get(W + "customMarkFollows") or "0").lower() in ("1", "true", "on")

    def _reference(
        self,
        kind: str,
        element: etree._Element,
        look: Look,
        out: list[Piece],
    ) -> None:
        if self._silent():
            return
        mark = None
        if self._is_custom(element):
            after: list[Piece] = []
            for each in element.itersiblings():
                handler = self._handlers.get(each.tag)
                if handler is not None:
                    handler(each, look, after)
            mark = "".join(
                atom.inline.text
                for atom in after
                if isinstance(atom, Atom) and isinstance(atom.inline, Text)
            )
        note = self.notes.anchor(kind, element.get(W + "id") or "", mark)
        if note is None:
            raise self.docx.package.error(
                f"a {kind} in {self.part}, paragraph {self.paragraph}, has a mark and no text"
            )
        self.anchored.append(note.id)
        if self.own and look.style == ANCHOR:
            return
        ref = NoteRef(note.id, note.mark if mark is None else mark, self.place)
        out.append(Atom(ref, look))

    # Fields

    def _instruction(self, element: etree._Element, _: Look, __: list[Piece]) -> None:
        if self._fields and not self._fields[-1].result:
            self._fields[-1].text += element.text or ""

    def _field_char(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(Field(out, len(out), self.paragraph))
            return
        if not self._fields:
            raise self.docx.package.error(
                f"a field ends in {self.part}, paragraph {self.paragraph}, that never began",
                "Open the file in a word processor, delete the field and save it.",
            )
        if kind == "separate":
            self._fields[-1].result = True
            self._fields[-1].sink = out
            self._fields[-1].start = len(out)
        elif kind == "end":
            self._end_field(self._fields.pop(), look, out)

    def _end_field(self, done: Field, look: Look, out: list[Piece]) -> None:
        found = _FIELD.match(done.text)
        name = found["name"].upper() if found else ""
        argument = (found["quoted"] or found["plain"] or "") if found else ""
        same = done.sink is out
        result = out[done.start :] if same and done.result else []
        if name in _OUTSIDE_FIELDS or (name == "HYPERLINK" and _unshown(argument, result)):
            self.see("outside-reference")
        if name in _PAGE_FIELDS and self._furniture and same:
            del out[done.start :]
        elif name == "HYPERLINK" and argument and result and same:
            out[done.start :] = [Group(link=argument, atoms=result)]
        elif not result and same:
            self._emit(self._variable(name, argument), look, out)

    def _variable(self, name: str, argument: str) -> str:
        """What a field without a result shows, as far as the file itself says."""
        if name == "DOCVARIABLE":
            return self.docx.variables.get(argument) or self.docx.custom.get(argument, "")
        if name == "DOCPROPERTY":
            return self.docx.custom.get(argument) or self.docx.core.get(argument.lower(), "")
        return self.docx.core.get(name.lower(), "") if name in ("TITLE", "SUBJECT") else ""

    def _simple_field(self, element: etree._Element, out: list[Piece]) -> None:
        look = self.styles.look(self._style, None, plain=self._plain)
        opened = Field(
            out, len(out), self.paragraph, element.get(W + "instr") or "", result=True
        )
        self._children(element, out)
        self._end_field(opened, look, out)

    # Links and controls

    def _hyperlink(self, element: etree._Element, out: list[Piece]) -> None:
        number = element.get(R + "id")
        anchor = element.get(W + "anchor") or ""
        link = f"#{anchor}" if anchor else ""
        if number:
            relation = self.docx.relations(self.part).get(number)
            if relation is None:
                raise self.docx.package.error(
                    f"a link in {self.part}, paragraph {self.paragraph}, leads nowhere"
                )
            link = relation.target + link
        tip = element.get(W + "tooltip") if self.own else None
        if tip and (anchor == BLOCKED or quote(tip, safe=LINK) == link):
            link = tip
        group = Group(link=link)
        self._children(element, group.atoms)
        if not link:
            out += group.atoms
        elif group.atoms or self.own:
            out.append(group)

    def _control(self, element: etree._Element, out: list[Piece]) -> None:
        content = element.find(W + "sdtContent")
        if content is None:
            return
        tag = None
        if self.own:
            tag = Tag.read(value(element.find(W + "sdtPr"), "tag") or "")
        if tag is None:
            self._children(content, out)
            return
        group = Group(tag=tag)
        self._children(content, group.atoms)
        out.append(group)

    # Pictures and boxes

    def _chosen(self, element: etree._Element) -> list[etree._Element]:
        """What of an alternative is read: the first choice, else the fallback; never both."""
        choice = element.find(MC + "Choice")
        chosen = choice if choice is not None else element.find(MC + "Fallback")
        return [] if chosen is None else [chosen]

    def _alternate(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        for chosen in self._chosen(element):
            for child in chosen:
                handler = self._handlers.get(child.tag)
                if handler is not None:
                    handler(child, look, out)

    def _drawing(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        if self._silent() or look.hidden:
            return
        self._gather(element, look, out, alt=_alt(element))

    def _gather(
        self, element: etree._Element, look: Look, out: list[Piece], *, alt: str
    ) -> None:
        for child in element:
            tag = child.tag
            if tag in (A + "hlinkHover", A + "hlinkClick") or child.get("href"):
                self.see("outside-reference")
            if tag == W + "txbxContent":
                self.boxes.append(child)
            elif tag == A + "blip":
                self._picture(
                    child.get(R + "embed"), alt, look, out, link=child.get(R + "link")
                )
            elif tag == V + "imagedata":
                title = child.get(OFFICE + "title") or alt
                self._picture(child.get(R + "id"), title, look, out, link=child.get(R + "href"))
            elif tag == MC + "AlternateContent":
                for chosen in self._chosen(child):
                    self._gather(chosen, look, out, alt=alt)
            else:
                self._gather(child, look, out, alt=alt)

    def _picture(
        self, number: str | None, alt: str, look: Look, out: list[Piece], *, link: str | None
    ) -> None:
        if link and not number:
            self.see("outside-reference")
        relation = self.docx.relations(self.part).get(number) if number else None
        if number and relation is None:
            raise self.docx.package.error(
                f"a picture in {self.part}, paragraph {self.paragraph}, is missing"
            )
        if relation is None:
            return
        if relation.external:
            self.see("outside-reference")
            return
        member = self.docx.must(relation)
        data = self.docx.package.read(member)
        width, height = picture_size(data)
        most = limits().pixels
        if width * height > most:
            raise self.docx.package.error(
                f"a picture in {self.part}, paragraph {self.paragraph}, has {width} by {height}"
                " points, far more than a page can show",
                "Replace the picture by a smaller one.",
                code="picture-too-large",
                limit=str(most),
            )
        image = Image(data, self.docx.content_type(member), alt, self.place)
        out.append(Atom(image, look))

    def _object(self, element: etree._Element, look: Look, out: list[Piece]) -> None:
        self.see("embedded-object")
        self._drawing(element, look, out)


def _unshown(address: str, result: list[Piece]) -> bool:
    """Whether a field leads to a site that neither the page nor a list of the file names.

    A link is listed among the relations of its part; a field is not, so its text must say
    where it leads: by the address, or by a symbol or name that is part of it.
    """
    if not _SITE.match(address):
        return False
    atoms = (
        each
        for piece in result
        for each in (piece.atoms if isinstance(piece, Group) else [piece])
    )
    shown = "".join(
        each.inline.text
        for each in atoms
        if isinstance(each, Atom) and isinstance(each.inline, Text)
    )
    said = _NOT_ADDRESS.sub("", shown.casefold())
    there = _NOT_ADDRESS.sub("", address.casefold())
    return bool(said) and said not in there and there not in said


def _alt(element: etree._Element) -> str:
    """What a picture says to who cannot see it."""
    properties = next(element.iter(WP + "docPr"), None)
    if properties is not None:
        return properties.get("descr") or properties.get("title") or ""
    for shape in element.iter(V + "shape", V + "rect"):
        if shape.get("alt"):
            return shape.get("alt") or ""
    return ""
