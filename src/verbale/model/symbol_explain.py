"""What each piece of a symbol stands for, in keys; `messages.symbols` has the words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.model.symbol import Symbol

__all__ = ["Piece", "explain"]

# Bodies whose number is part of their name; the number of any other is a session or a year.
_NUMBERED = frozenset({"AC", "AP", "C", "CN", "P", "SC", "Sub", "WG"})
_SERIES = frozenset(
    {
        "AI",
        "CO",
        "COMM",
        "CRP",
        "DEC",
        "Dec",
        "G",
        "HLS",
        "IC",
        "INF",
        "Inf",
        "L",
        "Misc",
        "NGO",
    }
    | {"NI", "OC", "OS", "PET", "PM", "PRST", "PST", "PV", "Q", "QPR", "R", "REP", "RES", "Res"}
    | {"SGB", "SR", "WP"}
)
_TREATIES = frozenset({"CAT", "CCPR", "CED", "CEDAW", "CERD", "CMW", "CRC", "CRPD"})
_YEARS = range(1945, 2101)
_STATE = re.compile(r"[A-Z]{3}")
_LAST = re.compile(r"([0-9]+)(?:-([0-9]+))?(?: ([A-Z](?:-[A-Z])?))?(?: ?\((?:(E?S)-)?(\w+)\))?")
_SPECIAL = re.compile(r"(E?S)-([0-9]+|[IVXLC]+)")
_ROMAN = re.compile(r"[IVXL]{2,}")
_NAME = re.compile(
    r"(?P<name>[A-Za-z-]+?(?:\.[A-Za-z]+)*?)(?P<stop>\.?)(?P<number>[0-9]+|(?<=\.)[IVX]+)?"
    r"(?:-(?P<to>[0-9]+))?(?P<bracket>\([0-9A-Z]+\))?(?P<year> \([0-9]+\))?"
)
_SPECIAL_KEYS = {"S": "session-special", "ES": "session-emergency"}


class Piece(NamedTuple):
    """A piece of a symbol.

    ``text`` is the piece as printed, without the slash or blank before it. ``key`` says what
    it is, as exactly as the symbol tells (``body-A/HRC``, ``body-E/CN.4``, ``series-G``,
    ``session``, ``number``, ``suffix-rev``); ``general`` is the key of its kind, for where a
    table has no words for the first. ``values`` are what is in it: ``n``, ``to``, ``name``.
    """

    text: str
    key: str
    general: str
    values: Mapping[str, str]


def explain(symbol: Symbol) -> tuple[Piece, ...]:
    """Take *symbol* apart, left to right.

    ``A/HRC/43/G/1/Rev.1`` gives organ-A, body-A/HRC, session 43, series-G, number 1,
    suffix-rev 1. The texts, joined, are the symbol without its slashes and blanks.
    """
    return tuple(_pieces(symbol))


def _pieces(symbol: Symbol) -> Iterator[Piece]:
    *before, last = symbol.parts
    path: list[str] = []
    for part in before:
        if not path:
            yield from _organ(part, path)
        elif part[0].isdigit():
            yield _number_before(part)
        else:
            yield from _name(part, path)
    yield from _number(last) if last[0].isdigit() else _last_name(last)
    for suffix in symbol.suffixes:
        key = f"suffix-{suffix.kind.lower().replace(' ', '-')}"
        n = suffix.label or str(suffix.number or "")
        yield Piece(str(suffix), key, "suffix", {"n": n} if n else {})
    if symbol.asterisks:
        yield Piece("*" * symbol.asterisks, "reissue", "reissue", {"n": str(symbol.asterisks)})


def _organ(part: str, path: list[str]) -> Iterator[Piece]:
    match = _NAME.fullmatch(part)
    name = match["name"] if match else part
    number = match["number"] if match and not match["to"] else None
    path.append(name)
    if number:
        yield Piece(part.removesuffix(number), f"organ-{name}", "organ", {"name": name})
        yield _period(number, number)
    else:
        yield Piece(part, f"organ-{name}", "organ", {"name": name})


def _number_before(part: str) -> Piece:
    first, _, to = part.partition("-")
    if to:
        return Piece(part, "number-range", "number", {"n": first, "to": to})
    return _period(part, part)


def _period(text: str, number: str) -> Piece:
    """A number before the last: the year or the session."""
    is_year = number.isdigit() and int(number) in _YEARS
    return Piece(text, "year" if is_year else "session", "session", {"n": number})


def _number(part: str) -> Iterator[Piece]:
    match = _LAST.fullmatch(part)
    if match is None:
        yield Piece(part, "number", "number", {"n": part})
        return
    first, to, letters, kind, bracket = match.groups()
    if to:
        yield Piece(f"{first}-{to}", "number-range", "number", {"n": first, "to": to})
    else:
        yield Piece(first, "number", "number", {"n": first})
    if letters:
        yield Piece(
            letters, "letters" if "-" in letters else "letter", "letter", {"n": letters}
        )
    if bracket and bracket.isdigit():
        yield Piece(f"({bracket})", "year", "session", {"n": bracket})
    elif bracket:
        key = _SPECIAL_KEYS.get(kind or "", "session")
        text = f"({kind}-{bracket})" if kind else f"({bracket})"
        yield Piece(text, key, "session", {"n": bracket})


def _name(part: str, path: list[str]) -> Iterator[Piece]:
    """A name before the last part: a session, a series or a body."""
    special = _SPECIAL.fullmatch(part)
    if special:
        yield Piece(part, _SPECIAL_KEYS[special[1]], "session", {"n": special[2]})
        return
    if _ROMAN.fullmatch(part):
        yield _period(part, part)
        return
    match = _NAME.fullmatch(part)
    if match is None:
        path.append(part)
        yield Piece(part, f"body-{'/'.join(path)}", f"body-{part}", {"name": part})
        return
    name, number, to, bracket = match["name"], match["number"], match["to"], match["bracket"]
    numbered = not to and (name in _NUMBERED or (name == "CONF" and path[0] in {"A", "E"}))
    here = name + match["stop"] + (number or "") if numbered else name
    if name in _SERIES and not number:
        yield Piece(name, f"series-{name}", "series", {"name": name})
    elif path[0] in _TREATIES and _STATE.fullmatch(part) and name not in _TREATIES:
        yield Piece(name, "state", "state", {"name": name})
    else:
        path.append(here)
        key = f"body-{'/'.join(path)}"
        if numbered or not number:
            yield Piece(here, key, f"body-{name}", {"name": name, "n": number or ""})
        else:
            yield Piece(name + match["stop"], key, f"body-{name}", {"name": name})
            yield _number_before(f"{number}-{to}") if to else _period(number, number)
    if bracket:
        yield Piece(bracket, "session", "session", {"n": bracket.strip("()")})


def _last_name(part: str) -> Iterator[Piece]:
    """A name that ends the symbol: a series with its number."""
    match = _NAME.fullmatch(part)
    if match is None or not match["number"]:
        yield Piece(part, "number", "number", {"n": part})
        return
    name, number, to, year = match["name"], match["number"], match["to"], match["year"]
    yield Piece(name + match["stop"], f"series-{name}", "series", {"name": name})
    yield from _number(f"{number}-{to}" if to else number)
    if year:
        yield Piece(year.strip(), "year", "session", {"n": year.strip(" ()")})
