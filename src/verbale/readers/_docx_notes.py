"""Footnotes and endnotes of a DOCX: their elements, and the mark printed for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale.readers._docx_package import W, value
from verbale.text.counting import count
from verbale.text.docx_names import read_note

if TYPE_CHECKING:
    from lxml import etree

    from verbale.readers._docx_package import Docx

_KINDS: Final = {"footnote": "footnotes", "endnote": "endnotes"}
_FORMATS: Final = {"footnote": "decimal", "endnote": "lowerRoman"}
_NOT_TEXT: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(slots=True)
class Note:
    """A note. ``mark`` is known once its anchor ``is_met``; ``custom``: it was typed."""

    id: str
    part: str
    element: etree._Element
    language: str = ""
    mark: str = ""
    custom: bool = False
    is_met: bool = False


class Notes:
    """The notes of a document; they are counted in the order in which their anchors are met."""

    def __init__(self, docx: Docx, *, own: bool) -> None:
        self._notes: dict[tuple[str, str], Note] = {}
        self._numbers: dict[str, int] = {}
        self._forms: dict[str, str] = {}
        self._starts: dict[str, int] = {}
        self._each: dict[str, bool] = {}
        self.met: list[Note] = []
        for kind, relation in _KINDS.items():
            self._settle(kind, docx.settings)
            part = docx.related(relation)
            if part is None:
                continue
            for each in docx.xml(part).findall(W + kind):
                number = each.get(W + "id") or ""
                if each.get(W + "type") in _NOT_TEXT:
                    continue
                note = Note(f"{kind[0]}n{number}", part, each)
                if own:
                    _own(note)
                self._notes.setdefault((kind, number), note)

    def _settle(self, kind: str, settings: etree._Element | None) -> None:
        """Take format, first number and restarts from the settings or from a section."""
        props = settings.find(f"{W}{kind}Pr") if settings is not None else None
        start = value(props, "numStart") or ""
        self._forms[kind] = value(props, "numFmt") or self._forms.get(kind, _FORMATS[kind])
        if start.isdigit():
            self._starts[kind] = int(start)
        restart = value(props, "numRestart")
        if restart is not None:
            self._each[kind] = restart == "eachSect"

    def section(self, properties: etree._Element, *, first: bool) -> None:
        """A section begins: its own format, and its own count where it restarts."""
        for kind in _KINDS:
            self._settle(kind, properties)
            if self._each.get(kind) and not first:
                self._numbers.pop(kind, None)

    def anchor(self, kind: str, number: str, mark: str | None) -> Note | None:
        """The note that an anchor refers to, counted; ``None`` where there is none."""
        note = self._notes.get((kind, number))
        if note is None:
            return None
        if not note.is_met:
            note.is_met = True
            note.custom = mark is not None
            note.mark = self._next(kind) if mark is None else mark
            self.met.append(note)
        return note

    def _next(self, kind: str) -> str:
        number = self._numbers.get(kind, self._starts.get(kind, 1) - 1) + 1
        self._numbers[kind] = number
        return count(number, self._forms[kind])

    def every(self) -> list[Note]:
        """The notes in the order of their parts."""
        return list(self._notes.values())

    def rest(self) -> list[Note]:
        """The notes whose anchors were not met."""
        return [note for note in self._notes.values() if not note.is_met]


def _own(note: Note) -> None:
    for each in note.element.iter(W + "bookmarkStart"):
        found = read_note(each.get(W + "name") or "")
        if found:
            note.id, note.language = found
            return
