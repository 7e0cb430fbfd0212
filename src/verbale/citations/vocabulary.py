"""Words and names of a table made into one pattern, whose time is proportional to the text.

A cell is words in small letters; a blank stands for any run of blanks, ``*`` for an ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verbale.citations.flat import lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Before an Arabic noun may be written on to it: "and", "so", "with", "to", "like".
_ARABIC_BEFORE = r"(?:(?<!\w.)|(?<=(?<!\w)[وفبكل].)|(?<=(?<!\w)[وف][بكل].))"
_SPACED = {"ar", "en", "fr", "ru", "es"}
_ENDING = r"[^\W\d_]{0,8}"
_BLANK = " {1,40}"


@dataclass(frozen=True, slots=True)
class Word:
    """A word found: its role in the table and where it stands."""

    role: str
    start: int
    end: int


@dataclass(slots=True)
class Vocabulary:
    """Finds the words of a table in text made small by `lower`."""

    pattern: re.Pattern[str]
    exact: dict[str, str]
    inexact: list[tuple[re.Pattern[str], str]]
    known: dict[str, str] = field(default_factory=dict)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
        """Every word between *start* and *end*, from left to right, the longest first."""
        stop = len(text) if end is None else end
        for match in self.pattern.finditer(text, start, stop):
            yield Word(self.role(match[1]), match.start(1), match.end(1))

    def role(self, word: str) -> str:
        """The role of a word that the pattern matched."""
        role = self.exact.get(word)
        if role is None:
            role = self.known.get(word)
        if role is None:
            squeezed = " ".join(word.split())
            role = self.exact.get(squeezed) or next(
                role for pattern, role in self.inexact if pattern.fullmatch(squeezed)
            )
            if len(self.known) < _MOST_KNOWN:
                self.known[word] = role
        return role


_MOST_KNOWN = 4096


def vocabulary(cells: Iterable[tuple[str, str]], lang: str) -> Vocabulary:
    """Make the vocabulary of *cells*, pairs of text and role, of one language."""
    table = {lower(text): role for text, role in cells}
    if lang == "ar":
        # The article melts with the preposition "to": للجمعية for ل + الجمعية.
        table |= {f"لل{t[2:]}": role for t, role in table.items() if t.startswith("ال")}
    exact = {text: role for text, role in table.items() if "*" not in text}
    inexact = [
        (re.compile(_pattern(text)), role)
        for text, role in sorted(table.items(), key=lambda cell: -len(cell[0]))
        if "*" in text
    ]
    return Vocabulary(re.compile(_whole(table, lang)), exact, inexact)


def _whole(table: dict[str, str], lang: str) -> str:
    """The pattern of a whole vocabulary.

    It begins with letters and looks back from behind them, because the search is then as fast
    as the machine: a pattern that begins with a condition is tried at every character.
    """
    if lang not in _SPACED:
        return f"({trie(table)})"
    firsts: dict[str, list[str]] = {}
    for text in table:
        firsts.setdefault(text[0], []).append(text[1:])
    before = _ARABIC_BEFORE if lang == "ar" else r"(?<!\w.)"
    options = (f"{re.escape(first)}{before}{trie(rest)}" for first, rest in firsts.items())
    return rf"((?:{'|'.join(options)}))(?!\w)"


def _pattern(text: str) -> str:
    return "".join(_piece(char) for char in text)


def _piece(char: str) -> str:
    if char == "*":
        return _ENDING
    return _BLANK if char == " " else re.escape(char)


def trie(texts: Iterable[str]) -> str:
    """A pattern that matches any of *texts*, the longest first, common beginnings shared."""
    root = _Node()
    for text in texts:
        node = root
        for char in text:
            node = node.setdefault(char, _Node())
        node[""] = _Node()
    return _branches(root)


class _Node(dict[str, "_Node"]):
    """A letter's followers; the empty string marks where a text may end."""


def _branches(node: _Node) -> str:
    options = [
        _piece(char) + _branches(node[char])
        for char in sorted(node, key=lambda char: (char == "*", char))
        if char
    ]
    if not options:
        return ""
    body = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    return f"(?:{body})?" if "" in node else body
