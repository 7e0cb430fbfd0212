"""What the pieces of a symbol stand for, in words."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from verbale.messages.tables import rows
from verbale.text.scripts import isolate, script_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COLUMNS = ("key", "lang", "text", "source", "review")
_FALLBACK = "en"
_NO_WORDS = "part"

#: A piece: its text, its key, the key of its kind, the values in it.
SymbolPiece = tuple[str, str, str, "Mapping[str, str]"]


def explain_words(pieces: Iterable[SymbolPiece], lang: str) -> tuple[tuple[str, str], ...]:
    """Put each of *pieces* into words of *lang*: its text, and what it stands for.

    The words are those of the key, else of its kind (every committee), else "part of the
    symbol". A language without a table reads English.
    """
    return tuple((piece[0], _words(piece, lang)) for piece in pieces)


def _words(piece: SymbolPiece, lang: str) -> str:
    text, key, general, values = piece
    table = _table()
    here = lang if (_NO_WORDS, lang) in table else _FALLBACK
    words = next(
        table[each, here] for each in (key, general, _NO_WORDS) if (each, here) in table
    )
    for slot in ("n", "to", "name"):
        value = values.get(slot, text if slot == "name" else "")
        # Without an isolate a range is shown in the wrong order inside Arabic text.
        shown = isolate(value) if value and here == "ar" and _is_foreign(value) else value
        words = words.replace(f"{{{slot}}}", shown)
    return words.strip()


def _is_foreign(value: str) -> bool:
    return not script_counts(value)["Arabic"]


@cache
def _table() -> Mapping[tuple[str, str], str]:
    return MappingProxyType(
        {(key, lang): text for key, lang, text, _source, _review in rows("symbols", _COLUMNS)}
    )
