"""What is to be said of a PDF beside its text: one finding a matter, with its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from verbale.model.finding import Finding, Place, Severity
from verbale.proof.pdf_checking import Coverage, empty_places, pdf_signatures
from verbale.readers._pdf_glyphs import SCAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from verbale.readers._pdf_bytes import Outline
    from verbale.readers._pdf_glyphs import Page
    from verbale.readers._pdf_lines import Line
    from verbale.readers._pdf_objects import Contents
    from verbale.readers._pdf_text import Read

_MOST: Final = 20
#: So many letters that stand for none, and such a share of a page's, are no accident.
_UNMAPPED: Final = 8
_UNMAPPED_SHARE: Final = 0.1
_FEW_LETTERS: Final = 3
_TRAILING: Final = 1024


class Sayings:
    """Collects findings on one file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[Finding] = []

    def findings(self) -> tuple[Finding, ...]:
        """All of them, in the order in which they were made."""
        return tuple(self._found)

    def file(self, data: bytes, around: Outline, carried: Contents) -> None:
        """What the file is and carries."""
        signatures = pdf_signatures(data)
        if carried.encrypted:
            self._say("pdf-permissions", Severity.WARNS)
        if carried.damaged or around.loop or around.trailing > _TRAILING:
            self._say("pdf-damaged", Severity.WARNS)
        if signatures:
            # A signature of a kind that is not checked here is believed as far as it reaches.
            loose = [
                each
                for each in signatures
                if each.coverage is not Coverage.WHOLE or (each.known and not each.intact)
            ]
            code = "pdf-changed-after-signing" if loose else "pdf-signed"
            self._say(code, Severity.WARNS, count=str(len(loose or signatures)))
        empty = empty_places(data)
        if empty:
            self._say("pdf-signature-empty", Severity.WARNS, count=str(empty))
        # Signing is itself an update: what was saved after that is what the signature misses.
        updates = around.updates - len(signatures)
        if updates > 0:
            self._say("pdf-revisions", Severity.WARNS, count=str(updates))
        if carried.active:
            self._say("pdf-active", Severity.WARNS, what_words=",".join(sorted(carried.active)))
        if carried.attachments:
            names = dict.fromkeys(carried.attachments)
            self._say(
                "pdf-attachments",
                Severity.WARNS,
                count=str(len(carried.attachments)),
                names=", ".join(list(names)[:_MOST]),
            )
        if carried.comments:
            self._say("pdf-comments", Severity.WARNS, count=str(carried.comments))
        if carried.fields:
            self._say("pdf-form", Severity.WARNS, count=str(carried.fields))
        if carried.outside:
            self._say("outside-reference", Severity.WARNS, count=str(carried.outside))
        if carried.author:
            self._say("pdf-author", Severity.NOTES, author=carried.author)

    def pages(self, pages: Sequence[Page]) -> None:
        """What is the matter with the letters of the pages."""
        if not pages:
            self._say("pdf-damaged", Severity.WARNS)
        empty = [page for page in pages if _size(page) < _FEW_LETTERS]
        scans = [page for page in empty if page.covered >= SCAN]
        if len(empty) == len(pages):
            self._on("pdf-no-text", pages)
        elif scans:
            self._on("pdf-pages-no-text", scans)
        self._on("pdf-ocr", [p for p in pages if p.scanned and p not in empty])
        self._on("pdf-garbled", [page for page in pages if _is_garbled(page)])
        self._on("hidden-text", [p for p in pages if any(_is_said(f.text) for f in p.hidden)])

    def text(self, read: Read) -> None:
        """What could not be told for sure while the text was put together."""
        for mark, line in read.lost:
            place = self._place(line.page)
            values = {"mark": mark}
            self._found.append(
                Finding("footnote-without-anchor", Severity.WARNS, place, values)
            )
        if read.running.count:
            lines = _distinct((*read.running.heads, *read.running.feet, *read.running.first))
            self._say(
                "pdf-running-lines",
                Severity.NOTES,
                count=str(read.running.count),
                lines=" | ".join(lines[:_MOST]),
            )
        if read.kept:
            words = dict.fromkeys(word for word, _ in read.kept)
            self._say(
                "pdf-hyphens-kept",
                Severity.NOTES,
                page=read.kept[0][1].page,
                words=", ".join(list(words)[:_MOST]),
            )

    def _on(self, code: str, pages: Sequence[Page]) -> None:
        if not pages:
            return
        numbers = [str(page.number) for page in pages]
        shown = ", ".join(numbers[:_MOST]) + (" …" if len(numbers) > _MOST else "")
        self._say(code, Severity.WARNS, page=pages[0].number, pages=shown)

    def _say(
        self, code: str, severity: Severity, page: int | None = None, **values: str
    ) -> None:
        self._found.append(Finding(code, severity, self._place(page), values))

    def _place(self, page: int | None) -> Place:
        return Place(self._name, page=page)


def _size(page: Page) -> int:
    return sum(len(each.text) for each in page.fragments)


def _is_garbled(page: Page) -> bool:
    """Whether many letters of a page stand for no letter that can be told."""
    bad = sum(len(f.text) if f.guessed else f.unmapped for f in page.fragments)
    return bad >= _UNMAPPED and bad >= _UNMAPPED_SHARE * _size(page)


def _is_said(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _distinct(lines: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(line.text for line in lines))
