"""Paragraphs of a text, their runs, and the footnotes lifted out of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from verbale.model.document import Footnote, Mark, NoteRef, Paragraph, Text
from verbale.model.finding import Finding, Place, Severity
from verbale.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.model.document import Inline

_MARKS = {
    frozenset(marks): frozenset(Mark(mark) for mark in marks)
    for marks in (
        (),
        (markup.EMPHASIS,),
        (markup.STRONG,),
        (markup.SUPERSCRIPT,),
        (markup.EMPHASIS, markup.STRONG),
        (markup.EMPHASIS, markup.SUPERSCRIPT),
        (markup.STRONG, markup.SUPERSCRIPT),
        (markup.EMPHASIS, markup.STRONG, markup.SUPERSCRIPT),
    )
}
_RAISED = frozenset({markup.SUPERSCRIPT})
# A footnote begins with its mark: asterisks or daggers and a blank, a raised number or letter,
# or Markdown's label.
_NOTE = re.compile(
    r"(?P<sign>\*{1,6}|[†‡]{1,3}|[⁰¹²³⁴-⁹]{1,3})[^\S\n]+(?=\S)"
    r"|\^\{(?P<raised>[^{}\s\\]{1,4})\}[^\S\n]*(?=\S)"
    r"|\[\^(?P<label>[^\]\s]{1,32})\]:[^\S\n]*(?=\S)"
)
_ESCAPED_NOTE = re.compile(rf"\\?(?:{_NOTE.pattern})")
_ANCHOR = re.compile(
    r"(?P<sign>\*{1,6}|[†‡]{1,3}|[⁰¹²³⁴-⁹]{1,3})|\[\^(?P<label>[^\]\s]{1,32})\](?!:)"
)
_MAY_ANCHOR = re.compile(r"[*†‡⁰¹²³⁴-⁹]|\[\^|\^\{")
# An asterisk that begins a word, as emphasis does: no mark stands there.
_OPENS = re.compile(r"(?<![*\\])\*{1,3}(?=[A-Za-z\u00c0-\u024f\u0400-\u04ff])")


@dataclass(slots=True)
class Chunk:
    """A paragraph in its source: offsets, and line and column counted from 1.

    ``holes`` are stretches inside it that are no text of its own, in order and apart: what
    Markdown puts before each line of a quotation, the address of a link.
    """

    start: int
    end: int
    line: int
    column: int
    runs: tuple[markup.Run, ...] = ()
    holes: tuple[tuple[int, int], ...] = ()

    def place(self, name: str) -> Place:
        """Where it stands in the file *name*."""
        return Place(name, self.start, self.end, self.line, self.column)


class Ref(NamedTuple):
    """A footnote mark at its anchor; ``key`` tells apart marks that are printed alike."""

    start: int
    end: int
    mark: str
    key: str
    note: str = ""


@dataclass(slots=True)
class Lifted:
    """What is left when the footnotes are lifted out; ``refs`` are in the order of the text."""

    chunks: list[Chunk]
    notes: list[tuple[Footnote, Chunk]] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def split(source: str) -> list[Chunk]:
    """The paragraphs: what blank lines separate, blanks at its ends left out."""
    chunks: list[Chunk] = []
    at = 0
    current: Chunk | None = None
    for number, line in enumerate(source.split("\n"), start=1):
        text = line.strip()
        if not text:
            current = None
        else:
            begin = at + line.index(text)
            if current is None:
                current = Chunk(begin, begin, number, begin - at + 1)
                chunks.append(current)
            current.end = begin + len(text)
        at += len(line) + 1
    return chunks


def inlines(
    source: str, chunk: Chunk, *, name: str, refs: Iterable[Ref] = ()
) -> tuple[Inline, ...]:
    """The content of a chunk: its runs with their places, and its footnote marks."""
    waiting = deque(ref for ref in refs if chunk.start <= ref.start < chunk.end)
    out: list[Inline] = []
    for run in chunk.runs or runs(source, chunk):
        at = run.start
        while waiting and waiting[0].start < run.end:
            ref = waiting.popleft()
            if at <= ref.start and ref.end <= run.end:
                out += _texts(source, at, ref.start, run.marks, name, chunk.holes)
                out.append(NoteRef(ref.note, ref.mark, Place(name, ref.start, ref.end)))
                at = ref.end
        out += _texts(source, at, run.end, run.marks, name, chunk.holes)
    return tuple(out)


def runs(source: str, chunk: Chunk) -> tuple[markup.Run, ...]:
    """The runs of a chunk; their offsets count in *source*."""
    shift = chunk.start
    return tuple(
        markup.Run(run.text, run.marks, run.start + shift, run.end + shift)
        for run in markup.parse(source[shift : chunk.end])
    )


def _texts(
    source: str,
    start: int,
    end: int,
    marks: frozenset[str],
    name: str,
    holes: tuple[tuple[int, int], ...] = (),
) -> Iterator[Text]:
    """Runs of one set of marks; holes and the carriage returns of line ends are left out."""
    while start < end:
        stop, after = source.find("\r\n", start, end), 0
        stop, after = (end, end) if stop < 0 else (stop, stop + 1)
        hole = bisect_right(holes, start, key=_end)
        if hole < len(holes) and holes[hole][0] < stop:
            stop, after = max(holes[hole][0], start), holes[hole][1]
        if stop > start:
            yield Text(source[start:stop], _MARKS[marks], Place(name, start, stop))
        start = after


def _end(hole: tuple[int, int]) -> int:
    return hole[1]


def lift_notes(source: str, chunks: list[Chunk], *, name: str, escaped: bool = False) -> Lifted:
    """Take the footnotes out and bind them to their marks; say which lack the other half.

    A note belongs to every mark like its own between the last such note and itself. With
    *escaped* a backslash may stand before the mark of a note: without it Markdown sees a list.
    """
    lifted = Lifted([])
    anchors: dict[str, list[Ref]] = {}
    emphasis: set[int] = set()
    places: dict[int, Place] = {}
    number = 0
    for chunk in chunks:
        for piece, begins in _pieces(source, chunk, _ESCAPED_NOTE if escaped else _NOTE):
            piece.runs = () if begins else runs(source, piece)
            if begins is None:
                opens = _OPENS.search(source, piece.start, piece.end) is not None
                for ref in _anchors(source, piece):
                    anchors.setdefault(ref.key, []).append(ref)
                    places[ref.start] = _within(source, piece, ref, name)
                    # Beside an asterisk that begins a word it is a rest of emphasis.
                    emphasis |= {ref.start} if opens else set()
                lifted.chunks.append(piece)
                continue
            mark, key = _mark(begins)
            claimed = anchors.pop(key, [])
            if not claimed:
                _warn(lifted, "footnote-without-anchor", mark, piece.place(name))
                lifted.chunks.append(piece)
                continue
            number += 1
            lifted.refs += [ref._replace(note=f"n{number}") for ref in claimed]
            lifted.notes.append(_footnote(source, piece, begins, f"n{number}", mark, name))
    for refs in anchors.values():
        for ref in refs:
            # A raised figure without a note is a power or an ordinal, not a lost footnote.
            if not ref.key.startswith("^") and ref.start not in emphasis:
                _warn(lifted, "footnote-without-text", ref.mark, places[ref.start])
    lifted.refs.sort()
    lifted.findings.sort(key=lambda finding: finding.place.start or 0)
    return lifted


def _within(source: str, chunk: Chunk, ref: Ref, name: str) -> Place:
    """The place of a mark, with the line and column it stands in."""
    breaks = source.count("\n", chunk.start, ref.start)
    last = source.rfind("\n", chunk.start, ref.start)
    column = ref.start - last if breaks else chunk.column + ref.start - chunk.start
    return Place(name, ref.start, ref.end, line=chunk.line + breaks, column=column)


def _warn(lifted: Lifted, code: str, mark: str, place: Place) -> None:
    lifted.findings.append(Finding(code, Severity.WARNS, place, {"mark": mark}))


def _footnote(
    source: str, piece: Chunk, begins: re.Match[str], note: str, mark: str, name: str
) -> tuple[Footnote, Chunk]:
    shift = begins.end() - piece.start
    body = Chunk(begins.end(), piece.end, piece.line, piece.column + shift, holes=piece.holes)
    paragraph = Paragraph(inlines(source, body, name=name), place=body.place(name))
    return Footnote(note, mark, (paragraph,), place=piece.place(name)), piece


def _pieces(
    source: str, chunk: Chunk, note: re.Pattern[str]
) -> Iterator[tuple[Chunk, re.Match[str] | None]]:
    """The chunk itself, or its notes where it begins with one and goes on with others."""
    begins = note.match(source, chunk.start, chunk.end)
    while begins is not None:
        at, line = chunk.start, chunk.line
        following = None
        while (at := source.find("\n", at, chunk.end) + 1) > 0:
            line += 1
            following = note.match(source, at, chunk.end)
            if following is not None:
                break
        if following is None:
            break
        end = chunk.start + len(source[chunk.start : at].rstrip())
        yield Chunk(chunk.start, end, chunk.line, chunk.column, holes=chunk.holes), begins
        chunk = Chunk(at, chunk.end, line, 1, holes=chunk.holes)
        begins = following
    yield chunk, begins


def _mark(found: re.Match[str]) -> tuple[str, str]:
    """The mark as printed, and the key that its anchor has too."""
    groups = found.groupdict()
    if groups.get("sign"):
        return found["sign"], found["sign"]
    if groups.get("raised"):
        return found["raised"], f"^{found['raised']}"
    return found["label"], f"[{found['label']}"


def _anchors(source: str, chunk: Chunk) -> Iterator[Ref]:
    if _MAY_ANCHOR.search(source, chunk.start, chunk.end) is None:
        return
    for run in chunk.runs:
        if run.marks == _RAISED:
            if run.start - 2 > chunk.start and not run.text.isspace():
                yield Ref(run.start, run.end, run.text, f"^{run.text}")
            continue
        for found in _ANCHOR.finditer(source, run.start, run.end):
            if found["label"] or _ends_a_word(source, found, chunk):
                mark, key = _mark(found)
                yield Ref(found.start(), found.end(), mark, key)


def _ends_a_word(source: str, found: re.Match[str], chunk: Chunk) -> bool:
    start, end = found.span()
    if start == chunk.start or source[start - 1].isspace():
        return False
    bare = source[chunk.start : start].rstrip("\\")
    if (start - chunk.start - len(bare)) % 2:
        return False
    after = source[end : end + 1] if end < chunk.end else ""
    # Chinese goes on without a blank; a Latin or Cyrillic letter: the sign is inside a word.
    return not (after.isalnum() and (after.islower() or after.isupper() or after.isdigit()))
