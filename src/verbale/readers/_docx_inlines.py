"""The pieces of a paragraph as inlines: neighbours joined, languages and links as spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from verbale.model.document import Break, Image, NoteRef, Span, Text
from verbale.model.language import UND, Language
from verbale.model.walk import join_text
from verbale.readers._docx_runs import Atom, Group
from verbale.text.docx_names import (
    AWAITING,
    AWAITING_FILL,
    AWAITING_LABEL,
    LABEL,
    MARK,
    NUMBER,
    ROLE,
)
from verbale.text.scripts import script_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from verbale.model.document import Inline
    from verbale.readers._docx_runs import Piece
    from verbale.readers._docx_styles import Look

_CODE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?\Z")
_NONE: Final = "x-none"
_HAN: Final = frozenset({"zh", "ja", "ko"})
_CYRILLIC: Final = frozenset(
    {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "uz", "tt", "bs", "az"}
)
_ONLY_CYRILLIC: Final = frozenset({"ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn", "tt"})


def claimed(look: Look, text: str) -> Language | None:
    """The language a run claims for its letters, ``None`` without letters or a fitting claim.

    A run claims three languages at once, for Latin, East Asian and complex letters; a program
    often leaves the one it was installed with, which the letters then belie.
    """
    counts = (
        script_counts(text) if not text.isascii() else {"Latin": text.upper() != text.lower()}
    )
    script = max(counts, key=lambda key: counts[key])
    if not counts[script]:
        return None
    latin, east, complex_ = look.languages
    tag = {"Arabic": complex_, "Han": east}.get(script, latin)
    found = _CODE.match(tag)
    if not found:
        return None
    language = Language(found[1].lower())
    code = language.code
    fits = {
        "Arabic": language.direction == "rtl",
        "Han": code in _HAN,
        "Cyrillic": code in _CYRILLIC,
        "Latin": code not in _HAN | _ONLY_CYRILLIC and language.direction == "ltr",
    }
    return language if fits.get(script, True) else None


def given(look: Look, text: str) -> Language | None:
    """The language that a run of our own files says it is in."""
    tags = [tag for tag in look.given if tag]
    if not tags:
        return None
    if len(tags) > 1:
        return claimed(replace(look, languages=look.given), text)
    if tags[0] == _NONE:
        return UND
    found = _CODE.match(tags[0])
    return Language(found[1].lower()) if found else None


def trim(pieces: list[Piece]) -> list[Piece]:
    """Without the page breaks at either end: they say where a page begins, not what it says."""
    start, end = 0, len(pieces)
    while start < end and _is_page_break(pieces[start]):
        start += 1
    while end > start and _is_page_break(pieces[end - 1]):
        end -= 1
    return pieces[start:end]


def _is_page_break(piece: Piece) -> bool:
    return isinstance(piece, Atom) and piece.page_break


# Documents of others


def build(pieces: Sequence[Piece], main: Language | None) -> tuple[Inline, ...]:
    """The inlines of a paragraph whose letters are mostly of language *main*."""
    out: list[Inline] = []
    for language, run in groupby(_with_languages(pieces, main), key=lambda pair: pair[1]):
        inlines = [inline for inline, _ in run]
        if language is None or language == main:
            out += inlines
        else:
            out.append(Span(tuple(inlines), language=language))
    return join_text(out)


def _with_languages(
    pieces: Sequence[Piece], main: Language | None
) -> Iterable[tuple[Inline, Language | None]]:
    """Each inline with its language; what has no letters goes with what stands before it."""
    last = main
    for piece in pieces:
        if isinstance(piece, Group):
            yield Span(build(piece.atoms, main), link=piece.link), main
            last = main
            continue
        inline = piece.inline
        if isinstance(inline, Text):
            if any(map(str.isalpha, inline.text)):
                last = claimed(piece.look, inline.text) or main
            yield inline, last
        else:
            yield inline, last


def letters(pieces: Iterable[Piece], counts: dict[Language, int]) -> None:
    """Add how many letters the pieces have in each language they claim."""
    for piece in pieces:
        if isinstance(piece, Group):
            letters(piece.atoms, counts)
        elif isinstance(piece.inline, Text):
            text = piece.inline.text
            language = claimed(piece.look, text)
            if language is not None:
                counts[language] = counts.get(language, 0) + len(text)


# Our own documents


@dataclass(frozen=True, slots=True)
class _Share:
    """What neighbouring runs share with each other and not with their paragraph."""

    language: Language | None = None
    awaiting: bool = False
    role: str = ""


_NOTHING: Final = _Share()


def build_own(pieces: Sequence[Piece], main: Language) -> tuple[Inline, ...]:
    """The inlines as they were written, from styles, languages and controls."""
    out: list[Inline] = []
    shares = [(piece, _share(piece, main)) for piece in pieces if not _is_label(piece)]
    for share, run in groupby(shares, key=lambda pair: pair[1]):
        inlines: list[Inline] = []
        for piece, _ in run:
            inlines += _own_inlines(piece, main)
        if share is None or share == _NOTHING:
            out += inlines
        else:
            out.append(
                Span(
                    join_text(inlines),
                    language=share.language,
                    awaiting=share.awaiting,
                    role=share.role,
                )
            )
    return join_text(out)


def _own_inlines(piece: Piece, main: Language) -> tuple[Inline, ...]:
    if isinstance(piece, Atom):
        inline = piece.inline
        return () if isinstance(inline, Text) and not inline.text else (inline,)
    if piece.tag is None:
        inner = build_own(piece.atoms, main)
        if len(inner) == 1 and isinstance(inner[0], Span) and not inner[0].link:
            return (replace(inner[0], link=piece.link),)
        return (Span(inner, link=piece.link),)
    values = piece.tag.values
    if piece.tag.kind == "ref":
        mark = "".join(
            each.inline.text
            for each in piece.atoms
            if isinstance(each, Atom) and isinstance(each.inline, Text)
        )
        return (NoteRef(values.get("n", ""), mark),)
    if piece.tag.kind != "span":
        return build_own(piece.atoms, main)
    language = _language(values.get("l", ""))
    inside = [each for each in piece.atoms if not _is_label(each)]
    link = ""
    if "k" in values:
        links = [each for each in inside if isinstance(each, Group)]
        link = links[0].link if links else ""
        inside = links[0].atoms if links else inside
    stripped = [_without(each, awaiting="a" in values) for each in inside]
    # Whoever translates takes the style away and leaves the control: then nothing awaits.
    leaves = [leaf for each in inside for leaf in _leaves(each)]
    awaiting = "a" in values and (not leaves or any(map(_awaits, leaves)))
    content = build_own(stripped, language or main)
    return (Span(content, language, link, awaiting, values.get("r", "")),)


def _without(piece: Piece, *, awaiting: bool) -> Piece:
    """The piece without what the control around it says of it."""
    if not awaiting:
        return piece
    if isinstance(piece, Group):
        if piece.tag is not None and "a" in piece.tag.values:
            return piece
        return replace(piece, atoms=[_without(each, awaiting=True) for each in piece.atoms])
    style = "" if piece.look.style == AWAITING else piece.look.style
    return replace(piece, look=replace(piece.look, style=style, fill=""))


def _leaves(piece: Piece) -> Iterator[Atom]:
    if isinstance(piece, Group):
        for each in piece.atoms:
            yield from _leaves(each)
    else:
        yield piece


def _awaits(piece: Atom) -> bool:
    look = piece.look
    return look.style == AWAITING or (look.style == MARK and look.fill == AWAITING_FILL)


def _is_label(piece: Piece) -> bool:
    return isinstance(piece, Atom) and piece.look.style == AWAITING_LABEL


def _share(piece: Piece, main: Language) -> _Share | None:
    if isinstance(piece, Group):
        return None
    text = piece.inline.text if isinstance(piece.inline, Text) else ""
    language = given(piece.look, text)
    style = piece.look.style
    role = _read_role(style)
    return _Share(None if language == main else language, _awaits(piece), role)


def _read_role(style: str) -> str:
    return unquote(style.removeprefix(ROLE)) if style.startswith(ROLE) else ""


def _language(code: str) -> Language | None:
    return Language(code) if re.fullmatch("[a-z]{2,3}", code) else None


def take_label(pieces: list[Piece], style: str) -> tuple[str, list[Piece]]:
    """The text of the leading runs in a character style (a number, a label), and the rest."""
    at = 0
    text = ""
    for piece in pieces:
        if not isinstance(piece, Atom) or piece.look.style != style:
            break
        text += piece.inline.text if isinstance(piece.inline, Text) else ""
        at += 1
    return text.removesuffix("\t"), pieces[at:]


def take_number(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """A paragraph's number and the rest."""
    return take_label(pieces, NUMBER)


def take_list_label(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """A list item's label and the rest."""
    return take_label(pieces, LABEL)


def take_note_mark(
    pieces: list[Piece], custom: str, *, own: bool
) -> tuple[str | None, list[Piece]]:
    """The mark that a note's first paragraph begins with, and what follows its blank.

    ``None`` in place of the mark when the word processor counts it.
    """
    rest = list(pieces)
    mark: str | None = custom
    found = False
    typed = ""
    while rest and isinstance(rest[0], Atom):
        first = rest[0]
        if first.marker:
            mark, found = None, True
        elif first.look.style == MARK and isinstance(first.inline, Text) and not found:
            typed += first.inline.text
        elif (
            not (isinstance(first.inline, Text) and not first.inline.text.strip())
            or found
            or typed
        ):
            break
        rest.pop(0)
    if typed.strip() and not found:
        mark, found = typed.strip(), True
    if not found and custom:
        found = _strip_text(rest, custom)
    if found:
        _strip_blanks(rest, most=1 if own else None)
    return mark, rest if found else list(pieces)


def _strip_text(pieces: list[Piece], mark: str) -> bool:
    if pieces and isinstance(pieces[0], Atom) and isinstance(pieces[0].inline, Text):
        text = pieces[0].inline.text.lstrip()
        if text.startswith(mark):
            pieces[0] = replace(
                pieces[0], inline=replace(pieces[0].inline, text=text[len(mark) :])
            )
            return True
    return False


def _strip_blanks(pieces: list[Piece], *, most: int | None) -> None:
    """Take blanks off the beginning, at most so many."""
    while pieces and isinstance(pieces[0], Atom) and isinstance(pieces[0].inline, Text):
        before = pieces[0].inline.text
        text = before.lstrip(" \t\u00a0") if most is None else before.removeprefix(" ")
        if text:
            pieces[0] = replace(pieces[0], inline=replace(pieces[0].inline, text=text))
            return
        pieces.pop(0)
        if most is not None:
            return


def has_content(pieces: Iterable[Piece]) -> bool:
    """Whether anything stands there: letters, a mark or a picture."""
    for piece in pieces:
        if isinstance(piece, Group):
            if has_content(piece.atoms):
                return True
        elif isinstance(piece.inline, Text):
            if piece.inline.text.strip():
                return True
        elif not isinstance(piece.inline, Break):
            return isinstance(piece.inline, NoteRef | Image)
    return False


def has_text(pieces: Iterable[Piece]) -> bool:
    """Whether any letters stand there."""
    return any(
        isinstance(leaf.inline, Text) and bool(leaf.inline.text.strip())
        for piece in pieces
        for leaf in _leaves(piece)
    )
