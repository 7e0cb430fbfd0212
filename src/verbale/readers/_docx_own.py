"""Our own DOCX back as the tree it was written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from verbale.model.document import Document, Footnote, Heading, Paragraph, Part, PartKind, Stamp
from verbale.model.finding import Place
from verbale.model.language import UND, Language
from verbale.model.walk import block_text
from verbale.readers._docx_arrange import arrange
from verbale.text import docx_names as names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.readers._docx_arrange import Item
    from verbale.readers.docx import Source

_STAMPS: Final = "Stamps"
_LANGUAGE: Final = "Language"
_PROPERTY: Final = "property "


@dataclass(slots=True)
class _Open:
    """A part that is being filled."""

    name: names.PartName
    items: list[Item] = field(default_factory=list)
    anchored: set[str] = field(default_factory=set)


def read_own(source: Source) -> Document:
    """Rebuild the parts from their bookmarks, the masthead from header, body and footer."""
    custom = source.docx.custom
    stamp_text, parts = _parts(source)
    if parts and parts[0].name.kind == PartKind.MASTHEAD:
        _add_furniture(source, parts[0])
    tree, _ = _nest(source, parts, 0, 0)
    stamps = [word for word in custom.get(_STAMPS, "").split() if word in set(Stamp)]
    return Document(
        parts=tree,
        language=_language(custom.get(_LANGUAGE, "")) or UND,
        stamps=tuple(Stamp(word) for word in stamps),
        stamp_text=stamp_text,
        symbol=source.docx.core.get("subject", ""),
        title=source.docx.core.get("title", ""),
        properties=tuple(_properties(source)),
    )


def _parts(source: Source) -> tuple[str, list[_Open]]:
    """The words of the stamp, and the parts in reading order."""
    parts: list[_Open] = []
    stamp = ""
    flow = source.flow(source.docx.main)
    for item in flow.items(source.body):
        if item.part is not None:
            if parts:
                parts[-1].anchored |= set(flow.runs.anchored)
                flow.runs.anchored.clear()
            parts.append(_Open(item.part))
        elif item.style == names.STAMP:
            stamp = block_text(item.block) if item.block else ""
        else:
            if not parts:
                parts.append(_Open(names.PartName(0, "body", "und", 0, as_received=False)))
            parts[-1].items.append(item)
            parts[-1].anchored |= set(flow.runs.anchored)
            flow.runs.anchored.clear()
    if parts:  # marks in a paragraph that is only an anchor
        parts[-1].anchored |= set(flow.runs.anchored)
    flow.runs.close()
    return stamp, parts


def _language(code: str) -> Language | None:
    try:
        return Language(code)
    except ValueError:
        return None


def _properties(source: Source) -> Iterator[tuple[str, str]]:
    """Properties are numbered so that they keep their order: ``property 3 job-number``."""
    found = []
    for name, value in source.docx.custom.items():
        if name.startswith(_PROPERTY):
            number, _, key = name.removeprefix(_PROPERTY).partition(" ")
            if number.isdigit():
                found.append((int(number), key, value))
    for _, key, value in sorted(found):
        yield key, value


def _add_furniture(source: Source, masthead: _Open) -> None:
    """Add the lines in the header and footer of the first page, in the tree's order."""
    lines: dict[str, list[Item]] = {"headerReference": [], "footerReference": []}
    for section in source.sections()[:1]:
        for tag, found in lines.items():
            # Of any kind: LibreOffice turns the first page's header into that of the section.
            for _, part in source.furniture(section, tag):
                flow = source.flow(part)
                flow.language = Language(masthead.name.language)
                for _ in flow.items(source.docx.xml(part)):
                    pass  # the frame that the lines stand in is no part of the tree
                flow.runs.close()
                found += [item for item in flow.lines if _is_line(item)]
    items = [*lines["headerReference"], *masthead.items, *lines["footerReference"]]
    if any(item.order is not None for item in items if item.note is None):
        last = len(items)
        items.sort(key=lambda item: last if item.order is None or item.note else item.order)
    masthead.items = items


def _is_line(item: Item) -> bool:
    block = item.block
    return isinstance(block, Paragraph | Heading) and (
        bool(block.role) or item.order is not None
    )


def _footnotes(source: Source, part: _Open) -> tuple[Footnote, ...]:
    """The footnotes whose marks stand in a part, and between them those without a mark."""
    language = Language(part.name.language)
    found: list[Footnote] = []
    for note in source.notes.every():
        if note.id not in part.anchored:
            continue
        own = _language(note.language)
        mark, items = source.note_items(note, own or language)
        place = Place(source.name, part=note.part)
        found.append(Footnote(note.id, mark, arrange(items, own=True), own, place))
    for item in part.items:
        if item.note is not None:
            found.insert(len(found) if item.order is None else item.order, item.note)
    return tuple(found)


def _nest(
    source: Source, parts: list[_Open], at: int, depth: int
) -> tuple[tuple[Part, ...], int]:
    """The parts of one depth from index *at* on, with those inside; and the next index."""
    found: list[Part] = []
    while at < len(parts) and parts[at].name.depth >= depth:
        this = parts[at]
        inner, at = _nest(source, parts, at + 1, this.name.depth + 1)
        found.append(
            Part(
                PartKind(this.name.kind) if this.name.kind in set(PartKind) else PartKind.BODY,
                arrange(this.items, own=True),
                language=Language(this.name.language),
                footnotes=_footnotes(source, this),
                parts=inner,
                number=this.name.number,
                as_received=this.name.as_received,
            )
        )
    return tuple(found), at
