"""Footnotes: small lines at the foot of a page that begin with a mark, put back there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.readers._pdf_flow import Measures
    from verbale.readers._pdf_glyphs import Fragment
    from verbale.readers._pdf_lines import Line

_MARK = re.compile(r"(?:\d{1,3}|[*∗]{1,6}|[†‡§¶]{1,3})")
_SEPARATOR = re.compile(r"[_—–-]{5,}")
_SMALLER: Final = 0.95
_LAST_LINES: Final = 8
_RAISED: Final = 0.12
_STARS = re.compile(r"[*∗†‡]{1,6}$")


@dataclass(slots=True)
class Note:
    """A footnote: its mark and its lines. ``anchors`` are the fragments that are its mark."""

    id: str
    mark: str
    page: int
    lines: list[Line]
    anchors: list[Fragment] = field(default_factory=list)


@dataclass(slots=True)
class Notes:
    """The footnotes of a document; ``at`` says whose mark a fragment is.

    ``lost`` are marks of notes that no word of their page carries; their lines stay text.
    """

    notes: list[Note] = field(default_factory=list)
    at: dict[int, list[Note]] = field(default_factory=dict)
    lost: list[tuple[str, Line]] = field(default_factory=list)


def is_raised(fragment: Fragment, line: Line) -> bool:
    """Whether a fragment stands raised and small in its line."""
    return fragment.size < 0.82 * line.size and fragment.base > line.base + _RAISED * line.size


def take_notes(pages: list[list[Line]], usual: Measures) -> Notes:
    """Take the footnotes off the pages: *pages* keep the lines that are text."""
    found = Notes()
    open_note: Note | None = None
    for page in pages:
        start, goes_on = _foot(page, usual)
        body, foot = page[:start], page[start:]
        separated = bool(body) and _SEPARATOR.fullmatch(body[-1].text) is not None
        groups: list[tuple[str, list[Line]]] = []
        rest: list[Line] = []
        for line in foot:
            mark = _mark_of(line)
            if mark:
                groups.append((mark, [line]))
            elif groups and _same_paragraph(groups[-1][1][-1], line):
                groups[-1][1].append(line)
            elif not groups and goes_on and open_note is not None:
                open_note.lines.append(line)
            else:
                rest.append(line)
        open_note = None
        if separated and foot:
            body.pop()
        for mark, lines in groups:
            anchors = _anchors(body, mark)
            if not anchors:
                found.lost.append((mark, lines[0]))
                rest += lines
                continue
            note = Note(f"n{len(found.notes) + 1}", mark, lines[0].page, lines, anchors)
            found.notes.append(note)
            for anchor in anchors:
                found.at.setdefault(id(anchor), []).append(note)
            _drop_mark(lines[0], mark)
            open_note = note
        page[:] = body + rest
    return found


def _same_paragraph(before: Line, line: Line) -> bool:
    """Whether a line of a note goes on with the line before, as far as tags tell."""
    return before.tag == line.tag or None in (before.tag, line.tag)


def _foot(page: list[Line], usual: Measures) -> tuple[int, bool]:
    """Where the notes of a page begin; whether the first goes on with one of the page before.

    They are the run of small lines at the end of a page, from the first with a mark on; behind
    a rule of its own, from the rule on. An asterisk's note may be as large as the text.
    """
    start = len(page)
    while start and page[start - 1].size <= _SMALLER * usual.size and not page[start - 1].cells:
        start -= 1
    if start and start < len(page) and _SEPARATOR.fullmatch(page[start - 1].text):
        return start, True
    for at in range(start, len(page)):
        if _SEPARATOR.fullmatch(page[at].text):
            return at + 1, True
    for at in range(start, len(page)):
        if _mark_of(page[at]):
            return at, False
    for at in range(len(page) - 1, max(len(page) - _LAST_LINES, 0), -1):
        mark = _mark_of(page[at])
        gap = page[at - 1].base - page[at].base
        if mark[:1] in {"*", "∗"} and gap > 1.2 * usual.leading:
            return at, False
    return len(page), False


def _mark_of(line: Line) -> str:
    """The mark that a line begins with, empty if it begins with none."""
    first = line.fragments[0]
    if len(line.fragments) < 2:  # noqa: PLR2004 - a mark alone is no note
        found = re.match(r"[*∗]{1,6}(?=\S)", first.text)
        return found[0] if found else ""
    if _MARK.fullmatch(first.text):
        starred = first.text[0] in "*∗†‡§¶"
        return first.text if starred or is_raised(first, line) else ""
    stars = re.match(r"[*∗]{1,6}(?=\w)", first.text)
    return stars[0] if stars else ""


def _anchors(body: Sequence[Line], mark: str) -> list[Fragment]:
    """The fragments of the text that are this mark, raised if it is a figure or a letter."""
    anchors = []
    inside = [line for each in body for cells in each.cells for line in cells.lines]
    for line in (*body, *inside):
        for each in line.fragments:
            marks = each.text.split(",")
            if mark in marks and (is_raised(each, line) or mark[0] in "*∗†‡"):
                anchors.append(each)
            elif mark[0] in "*∗†‡":
                ending = _STARS.search(each.text)
                if ending and ending[0] == mark and len(each.text) > len(mark):
                    anchors.append(each)
    return anchors


def _drop_mark(line: Line, mark: str) -> None:
    first = line.fragments[0]
    if first.text == mark:
        line.drop_first()
    else:
        first.text = first.text[len(mark) :]
