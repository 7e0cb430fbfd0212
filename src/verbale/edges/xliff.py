"""XLIFF 2.1: what goes to translators and comes back.

Source: OASIS, XLIFF Version 2.1, 13 February 2018. Only the core is written and read; what
other tools add (matches, glossaries, their own notes) is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.compose.coding import Coded, Tag
from verbale.compose.translation import Returned
from verbale.errors import UnreadableFileError
from verbale.model.document import Break, Image, NoteRef, Span, Text
from verbale.text.legal import first_illegal
from verbale.workflow.outside import box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from verbale.compose.translation import Bitext, Segment, Unit
    from verbale.model.document import Inline

SUFFIX = ".xlf"
_NS = "urn:oasis:names:tc:xliff:document:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Some tools wrap long lines; no text of ours has a line end but as a tag.
_WRAPPED = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_REMEDY = "Give the XLIFF 2 file of `verbale translate export` with its targets filled."


class Xliff:
    """The port `verbale.workflow.folder.Exchange`."""

    suffix = SUFFIX

    def write(self, work: Bitext) -> bytes:
        """The file for a translator: free text with empty targets, the rest filled in."""
        return write_xliff(work)

    def read(self, data: bytes, *, name: str) -> Returned:
        """A file that came back, read in the box in force if there is one.

        Raises `UnreadableFileError` when it is no XLIFF 2.
        """
        boxed = box()
        return read_xliff(data, name=name) if boxed is None else boxed.returned(data, name=name)


def write_xliff(work: Bitext) -> bytes:
    """One file, one unit a paragraph. Same text, same bytes."""
    from lxml import etree  # noqa: PLC0415 - heavy

    root = etree.fromstring(f'<xliff xmlns="{_NS}"/>')
    root.set("version", "2.1")
    root.set("srcLang", work.source.code)
    root.set("trgLang", work.target.code)
    root.set(_SPACE, "preserve")
    file = _child(root, "file", id="f1", original=work.original)
    for unit in work.units:
        _unit(file, unit)
    body = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return bytes(body) + b"\n"


def _unit(file: _Element, unit: Unit) -> None:
    made = _child(file, "unit", id=unit.id, canResegment="no")
    notes = _child(made, "notes")
    _child(notes, "note", category="place").text = unit.place
    if unit.role:
        _child(notes, "note", category="role").text = unit.role
    _child(notes, "note", category="source-language").text = unit.language.code
    last = unit.segments[-1]
    for segment in unit.segments:
        state = "initial" if segment.free else "translated" if segment.candidate else "final"
        inside = _child(made, "segment", id=segment.id, state=state)
        _fill(_child(inside, "source"), segment.source, segment)
        if not segment.free:
            _fill(_child(inside, "target"), segment.target, segment)
        if segment.gap and segment is not last:
            _child(_child(made, "ignorable"), "source").text = segment.gap


def _child(parent: _Element, name: str, **attributes: str) -> _Element:
    from lxml import etree  # noqa: PLC0415 - heavy

    return etree.SubElement(parent, _name(name), attributes)


def _name(local: str) -> str:
    return f"{{{_NS}}}{local}"


def _fill(parent: _Element, coded: Coded, segment: Segment) -> None:
    last: _Element | None = None
    for each in coded:
        if isinstance(each, Tag):
            wraps = each.content is not None
            facts = _facts(segment.tags[each.id])
            last = _child(parent, "pc" if wraps else "ph", id=each.id, **facts)
            _fill(last, each.content or (), segment)
        elif last is None:
            parent.text = (parent.text or "") + each
        else:
            last.tail = (last.tail or "") + each


def _facts(inline: Inline) -> Mapping[str, str]:
    """What a tag is, for the eyes of the translator and of their tools."""
    match inline:
        case Text(marks=marks):
            return {"type": "fmt", "subType": f"vb:{'-'.join(sorted(marks))}"}
        case Break():
            return {"type": "fmt", "subType": "xlf:lb", "disp": "↵", "canDelete": "no"}
        case NoteRef(mark=mark):
            return {"type": "other", "subType": "vb:note", "disp": mark, "canDelete": "no"}
        case Image(alt=alt):
            return {"type": "image", "disp": alt or "image", "canDelete": "no"}
        case Span(link=link) if link:
            return {"type": "link"}
    return {"type": "other", "subType": "vb:span"}


def read_xliff(data: bytes, *, name: str) -> Returned:
    """Source and target of every segment of a file with one ``file`` element.

    Tags come back as numbers; a tool may have turned ``pc`` into ``sc`` and ``ec``. Raises
    `UnreadableFileError` when it is no well-formed XLIFF 2, or has a DTD.
    """
    root = _parse(data, name=name)
    files = root.findall(_name("file"))
    if root.tag != _name("xliff") or len(files) != 1:
        raise UnreadableFileError(name, "not an XLIFF 2 file of one document", remedy=_REMEDY)
    segments: dict[tuple[str, str], tuple[Coded, Coded]] = {}
    for unit in files[0].iter(_name("unit")):
        for number, segment in enumerate(unit.findall(_name("segment")), start=1):
            key = (unit.get("id", ""), segment.get("id", f"s{number}"))
            if key in segments:
                reason = f"the segment {key[0]}/{key[1]} stands twice"
                raise UnreadableFileError(name, reason, remedy=_REMEDY)
            source, target = (_coded(segment.find(_name(n))) for n in ("source", "target"))
            segments[key] = source, target
    return Returned(
        files[0].get("original", ""), root.get("srcLang", ""), root.get("trgLang", ""), segments
    )


def _parse(data: bytes, *, name: str) -> _Element:
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as bad:
        reason = f"no well-formed XML: {bad.msg or 'it is empty'}"
        raise UnreadableFileError(name, reason, remedy=_REMEDY) from bad
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(name, "it has a document type of its own", remedy=_REMEDY)
    return root


def _coded(element: _Element | None) -> Coded:
    if element is None:
        return ()
    open_tags: list[tuple[str, list[str | Tag]]] = [("", [])]
    for token in _tokens(element):
        match token:
            case ("open", key):
                open_tags.append((key, []))
            case ("close", key):
                # A pair that is not nested, or closes what is not open, is taken as it stands.
                if len(open_tags) > 1 and open_tags[-1][0] == key:
                    _, inner = open_tags.pop()
                    open_tags[-1][1].append(Tag(key, tuple(inner)))
            case ("point", key):
                open_tags[-1][1].append(Tag(key))
            case (_, text):
                open_tags[-1][1].append(text)
    while len(open_tags) > 1:
        key, inner = open_tags.pop()
        open_tags[-1][1].append(Tag(key, tuple(inner)))
    return tuple(open_tags[0][1])


def _tokens(element: _Element) -> Iterator[tuple[str, str]]:
    if element.text:
        yield "text", _WRAPPED.sub(" ", element.text)
    for child in element:
        match str(child.tag).rpartition("}")[2]:
            case "pc":
                yield "open", child.get("id", "")
                yield from _tokens(child)
                yield "close", child.get("id", "")
            case "sc":
                yield "open", child.get("id", "")
            case "ec":
                yield "close", child.get("startRef", child.get("id", ""))
            case "ph":
                yield "point", child.get("id", "")
            case "cp":
                yield "text", _character(child.get("hex", ""))
            case _:
                # Marks that a tool puts around terms and comments are not ours.
                yield from _tokens(child)
        if child.tail:
            yield "text", _WRAPPED.sub(" ", child.tail)


def _character(code: str) -> str:
    """A character that XML cannot hold is left out: nothing of ours needs one."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if first_illegal(char) is not None else char
