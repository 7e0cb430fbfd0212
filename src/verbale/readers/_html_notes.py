"""Footnotes of pages: a mark that links to its note, as word processors write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from verbale.readers._html_element import all_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = re.compile(r"[\[(]?\s*([0-9]{1,3}|[a-z]|[ivx]{1,5}|\*{1,4}|[†‡]{1,3})\s*[\])]?\Z")
_BODY = frozenset({"li", "p", "div", "dd", "aside", "td"})
_NAMED = re.compile(r"footnote|fnref|ftnref|noteref|endnote|_ftn|_edn|\bfn", re.IGNORECASE)


class Note(NamedTuple):
    """A footnote's id in the tree, its mark, and the element that holds its text."""

    id: str
    mark: str
    body: _Element


@dataclass(slots=True)
class Notes:
    """The footnotes of a page; ``anchors`` are the links at their marks."""

    notes: list[Note] = field(default_factory=list)
    anchors: dict[_Element, tuple[str, str]] = field(default_factory=dict)
    bodies: set[_Element] = field(default_factory=set)


def find_notes(root: _Element) -> Notes:
    """Bind each mark to its note.

    A mark is a short link to an element further down that looks like a footnote's: raised, or
    named so. Links of a table of contents lead to headings and are longer than a mark.
    """
    links = [a for a in root.iter("a") if (a.get("href") or "").startswith("#")]
    found = Notes()
    if not links:
        return found
    targets: dict[str, _Element] = {}
    order: dict[_Element, int] = {}
    for at, element in enumerate(root.iter()):
        order[element] = at
        for key in ("id", "name"):
            if element.get(key):
                targets.setdefault(element.get(key) or "", element)
    by_body: dict[_Element, Note] = {}
    for link in links:
        mark = _MARK.match(all_text(link).strip())
        target = targets.get((link.get("href") or "")[1:])
        if mark is None or target is None or not _looks_raised(link):
            continue
        body = _body(target)
        if body is None or order[body] < order[link]:
            continue
        note = by_body.get(body)
        if note is None:
            note = Note(f"n{len(by_body) + 1}", mark[1], body)
            by_body[body] = note
            found.notes.append(note)
            found.bodies.add(body)
        found.anchors[link] = (note.id, note.mark)
    return found


def _looks_raised(link: _Element) -> bool:
    parent = link.getparent()
    if any(True for _ in link.iter("sup")) or (parent is not None and parent.tag == "sup"):
        return True
    said = " ".join(link.get(key) or "" for key in ("href", "id", "name", "class", "role"))
    return _NAMED.search(said) is not None


def _body(target: _Element) -> _Element | None:
    """The block that holds a note: the target, or the paragraph or item around it."""
    element: _Element | None = target
    while element is not None and element.tag not in _BODY:
        element = element.getparent()
    return element
