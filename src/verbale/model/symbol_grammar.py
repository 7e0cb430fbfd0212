"""The canonical spelling of a symbol as one expression: what `Symbol.parse` costs.

`symbol_scan` reads the same grammar leniently, with the place where a text stops fitting it.
"""

from __future__ import annotations

import re

from verbale.model.symbol_suffix import MOST_SUFFIXES, PATTERN, SLASH_WORDS, SLASHED

__all__ = ["ALWAYS_MIXED", "BODY", "CANONICAL", "EITHER_WAY", "JOINABLE"]

# Words printed in small letters. In capitals they are another spelling of the same symbol.
ALWAYS_MIXED = {"sub": "Sub", "agenda": "Agenda", "ozl": "OzL", "excom": "ExCom", "hg": "Hg"}
# Printed so by some bodies and in capitals by others: kept as they come.
EITHER_WAY = ("Conv", "Dec", "Inf", "Misc", "Note", "Pro")
# Bodies: a symbol that ends with one names no document.
BODY = r"(?:AC|C|CN|CONF|SC|Sub|WG)\.(?:[0-9]+|[IVXLC]+)"

_NEVER_CAPITALS = "|".join(word.upper() for word in (*SLASHED, *SLASH_WORDS, *ALWAYS_MIXED))
_CAPITALS = rf"(?!(?:{_NEVER_CAPITALS})(?![A-Z])|RES\.)[A-Z]{{1,12}}[0-9]{{0,4}}"
_MIXED = (
    rf"(?:{'|'.join((*ALWAYS_MIXED.values(), *EITHER_WAY))}|Res(?=\.))(?![A-Za-z])[0-9]{{0,4}}"
)
_WORD = rf"(?:{_CAPITALS}|{_MIXED})"
# After a figure a hyphen goes on only to figures: the letter after it begins a joint symbol.
_MORE = rf"(?:(?:\.|(?<![0-9])-|-(?=[0-9]))(?:{_WORD}|[0-9]{{1,7}}))*"
_NAME = _WORD + _MORE
_HEAD = rf"{_CAPITALS}{_MORE}(?:\((?:[0-9]{{1,3}}|[A-Z]{{2,6}})\))?"
_PART = rf"(?:{_NAME}(?:\((?:[0-9]{{1,3}}|[IVXLC]+)\))?|[0-9]{{1,7}}(?:-[0-9]{{1,7}})?)"
_SESSION = r"\((?:E?S-)?[IVXLC]+\)"
_YEAR = r" \((?:19|20)[0-9]{2}\)"
_BRACKET = rf"(?:{_SESSION}|{_YEAR})"
_LETTERS = r" [A-Z](?:-[A-Z])?"
_LAST = (
    rf"(?:[0-9]{{1,7}}(?:-[0-9]{{1,7}})?(?:{_LETTERS}(?: {_SESSION}|{_YEAR})?|{_BRACKET})?"
    rf"|(?!{BODY}(?![0-9A-Za-z.]|-[0-9])){_NAME}(?<=[0-9])(?:{_YEAR})?)"
)
_SYMBOL = rf"({_HEAD}(?:/{_PART})*?/{_LAST})((?:{PATTERN}){{0,{MOST_SUFFIXES}}})(\*{{0,9}})"
#: Match a whole canonical symbol: path, suffixes, asterisks.
CANONICAL = re.compile(_SYMBOL).fullmatch
#: Match, at an offset, one symbol of a joint one.
JOINABLE = re.compile(rf"{_SYMBOL}(?=\Z|-[A-Z])").match
