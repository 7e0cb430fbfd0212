"""The number of a resolution or decision as printed: what it looks like, not whose it is.

::

    designation = number "/" item [letters]              ; 70/1   2013/2   75/250 A
                | ("S" | "ES") "-" session "/" item      ; S-10/2, in Arabic as printed there
                | number [letters] "(" old session ")"   ; 2200 A (XXI)   1874 (S-IV)
                | number "(" year ")"                    ; 822 (1993)
                | number                                 ; 822
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Arabic prints the letters of resolutions by their names in the old order: alif is A, ba is B.
_ABJAD = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام"),
    *("ميم", "نون", "سين", "عين", "فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء"),
)
_LOOK = str.maketrans("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY")
_LETTER = r"[A-ZАВСЕНІЈКМОРТХУ]"
_LETTERS = (
    rf"(?: ?(?P<letter>{_LETTER}(?: ?- ?{_LETTER})?)(?![\w'/-])|"
    rf" (?P<abjad>{'|'.join(_ABJAD)}|الف)(?!\w))"
)
_DESIGNATION = re.compile(
    rf"(?P<first>[0-9]{{1,4}})(?![0-9])(?: ?/ ?(?P<item>[0-9]{{1,3}})(?![0-9]))?{_LETTERS}?"
    r"(?: ?\( ?(?P<bracket>(?:1[89]|20)[0-9]{2}|(?:E?S ?- ?)?[IVXLCІХС]{1,7}"
    r"|د ?إ ?ط? ?- ?[0-9]{1,2}|د ?- ?[0-9]{1,2}) ?[)(])?"
)
# A letter begins a symbol where a footnote mark was taken out: "resolution 74/52A/75/94".
_NOT_BEHIND = re.compile(r"[0-9a-zа-я/%]|[.,][0-9]|[A-ZА-Я](?![A-Z.]*/)")
_NOT_BEFORE = re.compile(r"[A-Za-zА-Яа-я0-9_$€£.,/:]-?$|[0-9]-$")
_SPECIAL = re.compile(
    r"(?:(?<![A-Za-z0-9])(?P<kind>E?S) ?- ?|(?P<arabic>د ?إ ?(?P<e>ط)? ?- ?))$"
)
_FIRST_YEAR = 1946
_LAST_SESSION = 999


@dataclass(frozen=True, slots=True)
class Designation:
    """A number as printed, with its bounds; the fields are those of `Mention`."""

    start: int
    end: int
    form: str
    number: str
    letter: str = ""
    session: str = ""
    year: int = 0


def read_designation(text: str, at: int) -> Designation | None:
    """Read the number at *at* with what belongs to it."""
    before = text[max(0, at - 8) : at]
    special = _SPECIAL.search(before)
    if special is None and _NOT_BEFORE.search(before):
        return None
    match = _DESIGNATION.match(text, at)
    if match is None:
        return None
    first, item, bracket = match["first"], match["item"], match["bracket"]
    letter = _letter_of(match)
    if special is not None:
        if item is None:
            return None
        extra = special["kind"] == "ES" or special["e"]
        start = at - (len(before) - special.start())
        number = f"{'ES' if extra else 'S'}-{int(first)}/{int(item)}"
        return Designation(start, _end(match), "special", number, letter)
    if bracket is None and _NOT_BEHIND.match(text, _end(match)):
        return None
    if item is not None:
        form = "year-session" if int(first) >= _FIRST_YEAR else "session"
        if form == "session" and int(first) > _LAST_SESSION:
            return None
        return Designation(at, _end(match), form, f"{int(first)}/{int(item)}", letter)
    if bracket is None:
        return Designation(at, match.end("first"), "plain", first)
    if bracket[0] in "12":
        return (
            None if letter else Designation(at, match.end(), "year", first, year=int(bracket))
        )
    session = bracket.replace(" ", "").translate(_LOOK)
    return Designation(at, match.end(), "roman", first, letter, session)


def _letter_of(match: re.Match[str]) -> str:
    """The letters of a part: ``A``, ``A-B``."""
    if match["letter"]:
        return match["letter"].translate(_LOOK).replace(" ", "")
    if match["abjad"]:
        name = match["abjad"].replace("الف", "ألف")
        return "ABCDEFGHIJKLMNOPQRSTUVWX"[_ABJAD.index(name)]
    return ""


def _end(match: re.Match[str]) -> int:
    """Where the designation ends, a bracket that follows left out."""
    return max(match.end("first"), match.end("item"), match.end("letter"), match.end("abjad"))
