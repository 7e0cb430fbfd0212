r"""The light markup of the house: a few marks inside a paragraph of plain text.

::

    ^{er}               superscript
    *…*  **…**  ***…*** emphasis, strong, both
    *{…} **{…} ***{…}   the same where the light form could be misread: inside a word, around
                        blanks, beside another asterisk
    \*  \^              the character itself; in braces also \}

An asterisk opens when no letter stands before it and no blank after it, and closes when no
blank stands before it; one that does neither is text (``anexo*`` is a word with a footnote
mark). A backslash is one, except in a row directly before ``*`` or ``^``: there they count in
pairs, and an odd one makes the character text. Reading takes time in proportion to the length
of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EMPHASIS = "emphasis"
STRONG = "strong"
SUPERSCRIPT = "superscript"

PLAIN: frozenset[str] = frozenset()
_LONGEST = 3
_TURNED_ON = {
    1: frozenset({EMPHASIS}),
    2: frozenset({STRONG}),
    3: frozenset({EMPHASIS, STRONG}),
}
_STARS = {marks: "*" * count for count, marks in _TURNED_ON.items()}

_SPECIAL = re.compile(r"[*^]")
_TOKEN = re.compile(r"\\+(?=[*^])|\*+|\^\{")
_IN_BRACES = re.compile(r"\\+(?=[*^}])|\^\{")
# Possessive, so that hostile text cannot make the search go back over what it has read.
_RAISED = re.compile(r"\^\{(?>[^\\}]+|\\.)*+\}", re.DOTALL)
_BRACED = re.compile(
    r"(\*{1,3})\{(?>[^\\}^]+|\\.|\^\{(?>[^\\}]+|\\.)*+\}|\^(?!\{))*+\}", re.DOTALL
)
_TO_ESCAPE = re.compile(r"(\\*)([*^])")
_TO_ESCAPE_IN_BRACES = re.compile(r"(\\*)([*^}])")
_TAIL = re.compile(r"\\+\Z")


class Run(NamedTuple):
    """Letters under the same marks.

    ``text`` is ``source[start:end]``, so an offset into it is an offset into the source;
    ``raw`` is a sign, such as a footnote mark, which is printed as it is.
    """

    text: str
    marks: frozenset[str] = PLAIN
    start: int = 0
    end: int = 0
    raw: bool = False


class Cut(NamedTuple):
    """Characters that are markup: dropped, and what changes after them (+1 on, -1 off)."""

    start: int
    end: int
    marks: frozenset[str] = PLAIN
    change: int = 0


@dataclass(slots=True)
class _Opener:
    start: int
    length: int


def parse(source: str) -> tuple[Run, ...]:
    """Read a paragraph. Runs stand in order; a run ends where markup was dropped.

    Two neighbours may therefore have the same marks: between them stood a backslash.
    """
    if _SPECIAL.search(source) is None:
        return (Run(source, PLAIN, 0, len(source)),) if source else ()
    return tuple(_runs(source, sorted(cuts(source))))


def cuts(source: str) -> Iterator[Cut]:
    """What of *source* is markup. Cuts do not overlap; they are not in order."""
    openers: list[_Opener] = []
    waiting = [0, 0, 0, 0]  # how many openers of each length
    at, braces = 0, True
    while (found := _TOKEN.search(source, at)) is not None:
        start, at = found.span()
        if source[start] == "\\":
            yield Cut(start, start + (at - start + 1) // 2)
            at += (at - start) % 2  # an odd one: the next character is text
            continue
        pattern = _RAISED if source[start] == "^" else _BRACED
        if braces and (source[start] == "^" or source.startswith("{", at)):
            braced = pattern.match(source, start)
            if braced is not None:
                yield from _inside(braced)
                at = braced.end()
                continue
            # Nothing closes from here on: looking again at each brace would take for ever.
            braces = at - start > _LONGEST
        if source[start] == "*" and at - start <= _LONGEST:
            yield from _pair(source, start, at, openers, waiting)


def _inside(braced: re.Match[str]) -> Iterator[Cut]:
    """The cuts of a braced form: its own two, and those between its braces."""
    source, end = braced.string, braced.end()
    raised = source[braced.start()] == "^"
    marks = frozenset({SUPERSCRIPT}) if raised else _TURNED_ON[len(braced[1])]
    at = braced.start() + 2 if raised else braced.end(1) + 1
    yield Cut(braced.start(), at, marks, 1)
    while (found := _IN_BRACES.search(source, at, end)) is not None:
        start, at = found.span()
        if source[start] == "\\":
            yield Cut(start, start + (at - start + 1) // 2)
            at += (at - start) % 2
        elif not raised and (inner := _RAISED.match(source, start, end - 1)):
            yield from _inside(inner)
            at = inner.end()
    yield Cut(end - 1, end, marks, -1)


def _pair(
    source: str, start: int, end: int, openers: list[_Opener], waiting: list[int]
) -> Iterator[Cut]:
    """Close what this row of asterisks closes, or remember that it may open."""
    length = end - start
    before = source[start - 1] if start else ""
    after = source[end] if end < len(source) else ""
    if before and not before.isspace():
        at = start
        for part in _closes(length, openers, waiting):
            while True:
                opener = openers.pop()
                waiting[opener.length] -= 1
                if opener.length == part:
                    break
            yield Cut(opener.start, opener.start + part, _TURNED_ON[part], 1)
            yield Cut(at, at + part, _TURNED_ON[part], -1)
            at += part
        if at > start:
            return
    if after and not after.isspace() and not _is_letter(before):
        openers.append(_Opener(start, length))
        waiting[length] += 1


def _closes(length: int, openers: list[_Opener], waiting: list[int]) -> tuple[int, ...]:
    if waiting[length]:
        return (length,)
    inner = tuple(opener.length for opener in reversed(openers[-2:]))
    return inner if length == _LONGEST and sorted(inner) == [1, 2] else ()


def _is_letter(char: str) -> bool:
    """Whether *char* is part of a word: a letter, a vowel sign, a figure."""
    return bool(char) and unicodedata.category(char)[0] in "LMN"


def _runs(source: str, markup: list[Cut]) -> Iterator[Run]:
    counts = dict.fromkeys((EMPHASIS, STRONG, SUPERSCRIPT), 0)
    marks, at = PLAIN, 0
    for cut in markup:
        if cut.start > at:
            yield Run(source[at : cut.start], marks, at, cut.start)
        at = cut.end
        if cut.change:
            for mark in cut.marks:
                counts[mark] += cut.change
            marks = frozenset(mark for mark, count in counts.items() if count)
    if at < len(source):
        yield Run(source[at:], marks, at, len(source))


def join(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours with the same marks and drop empty runs; offsets are lost."""
    out: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if out and out[-1].marks == run.marks:
            out[-1] = Run(out[-1].text + run.text, run.marks)
        else:
            out.append(Run(run.text, run.marks))
    return tuple(out)


def print_runs(runs: Iterable[Run], *, careful: bool = False) -> str:
    """Write runs so that `parse` reads them back, in the lightest form that does.

    Marks other than the three of the markup are left out. A raw run stands as it is; one of
    asterisks becomes a superscript where it would be misread. With *careful* no letter that is
    an asterisk is left bare: none can be taken for a footnote mark.
    """
    known = frozenset({EMPHASIS, STRONG, SUPERSCRIPT})
    wanted = [Run(r.text, r.marks & known, raw=r.raw) for r in runs if r.text]
    if all(not r.marks for r in wanted):
        text = "".join(r.text for r in wanted)
        if _SPECIAL.search(text) is None:
            return text
    meant = join(wanted)
    forms = ((False, False), (True, False), (True, True))
    for escape, braces in forms[careful:]:
        text = _compose(wanted, escape=escape, braces=braces)
        if join(parse(text)) == meant:
            return text
    raised = frozenset({SUPERSCRIPT})
    return _compose(
        [Run(r.text, raised) if r.raw and not r.text.strip("*") else r for r in wanted],
        escape=True,
        braces=True,
    )


class _Piece(NamedTuple):
    text: str
    kind: str  # "letters", "raw" or "sign"


def _compose(runs: list[Run], *, escape: bool, braces: bool) -> str:
    pieces: list[_Piece] = []
    region = PLAIN
    raised = False
    for run in runs:
        wanted = run.marks - {SUPERSCRIPT}
        lift = SUPERSCRIPT in run.marks
        if raised and (not lift or wanted != region):
            pieces.append(_Piece("}", "sign"))
            raised = False
        if wanted != region:
            _close(pieces, region, braces=braces)
            if wanted:
                sign = _STARS[wanted] + ("{" if braces else "")
                pieces.append(_Piece(sign, "sign"))
            region = wanted
        if lift and not raised:
            pieces.append(_Piece("^{", "sign"))
            raised = True
        kind = "raw" if run.raw else "letters"
        if kind == "letters" and pieces and pieces[-1].kind == "letters":
            pieces[-1] = _Piece(pieces[-1].text + run.text, kind)
        else:
            pieces.append(_Piece(run.text, kind))
    if raised:
        pieces.append(_Piece("}", "sign"))
    _close(pieces, region, braces=braces)
    return "".join(_spell(pieces, escape=escape))


def _close(pieces: list[_Piece], region: frozenset[str], *, braces: bool) -> None:
    if region:
        pieces.append(_Piece("}" if braces else _STARS[region], "sign"))


def _spell(pieces: list[_Piece], *, escape: bool) -> Iterator[str]:
    depth = 0
    for number, (text, kind) in enumerate(pieces):
        if kind == "sign":
            depth += text.endswith("{") - (text == "}")
        if kind != "letters" or not escape:
            yield text
            continue
        special = _TO_ESCAPE_IN_BRACES if depth else _TO_ESCAPE
        spelt = special.sub(r"\1\1\\\2", text)
        follows = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
        if follows and follows in ("*^}" if depth else "*^"):
            spelt = _TAIL.sub(lambda tail: tail.group() * 2, spelt)
        yield spelt
