"""What people type, as a tree of what is asked.

::

    query  = ["OR"] group ;  groups are joined by OR, what stands in a group by AND
    item   = ["-"] [field ":"] (word | word"*" | word"~" | '"' phrase '"')

``Meravia ice -fisheries``, ``"ice cover" OR navig*``, ``body:CL/C year:2026``, ``Meravja~``. No
query is an error: what is not understood is searched as it stands or left out, with a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from verbale.search.base import FACETS, NAMED, Forgiven, Note

#: Longer queries are cut, with a note.
LONGEST = 400
_MOST = 24
_ITEM = re.compile(
    r"""(?P<no>-)?                              # without
        (?:(?P<field>[A-Za-z]{1,12}):(?=\S))?   # in a field
        (?:["“”«»„](?P<phrase>[^"“”«»„]*)(?P<closed>["“”«»„])?
          |(?P<word>[^\s"“”«»„]+))""",
    re.VERBOSE,
)
_OR = frozenset({"OR", "|", "||"})
_AND = frozenset({"AND", "&", "&&"})


class How(StrEnum):
    """How a word is to match."""

    WORD = "word"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for; ``name`` is a field, or empty; ``out`` means without it."""

    text: str
    how: How = How.WORD
    name: str = ""
    out: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A query read: groups joined by OR, their items by AND; and what was forgiven."""

    groups: tuple[tuple[Item, ...], ...]
    notes: tuple[Note, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item that is asked for and not left out."""
        return tuple(item for group in self.groups for item in group if not item.out)


def read_query(text: str) -> Asked:
    """Read a query. Never fails."""
    notes: list[Note] = []
    if len(text) > LONGEST:
        notes.append(Note(Forgiven.TOO_LONG, str(LONGEST)))
        text = text[:LONGEST]
    groups: list[list[Item]] = [[]]
    count = 0
    for match in _ITEM.finditer(text.replace("\0", " ")):
        word = match["word"] or ""
        bare = match["field"] is None and match["no"] is None
        if bare and word in _OR:
            groups.append([])
            continue
        if bare and word in _AND:
            continue
        item = _item(match, notes)
        if item is None:
            continue
        count += 1
        if count > _MOST:
            notes.append(Note(Forgiven.TOO_LONG, str(LONGEST)))
            break
        groups[-1].append(item)
    kept = tuple(tuple(group) for group in groups if any(not item.out for item in group))
    if not kept and text.strip():
        without = tuple(item for group in groups for item in group)
        if without:
            # Only "-word": everything but that.
            return Asked((without,), tuple(dict.fromkeys(notes)))
        notes.append(Note(Forgiven.NOTHING_LEFT))
    return Asked(kept, tuple(dict.fromkeys(notes)))


def _item(match: re.Match[str], notes: list[Note]) -> Item | None:
    name = (match["field"] or "").lower()
    before = ""
    if name and name not in FACETS and name not in NAMED:
        notes.append(Note(Forgiven.UNKNOWN_FIELD, name))
        before, name = name + " ", ""
    out = match["no"] is not None
    if match["phrase"] is not None:
        if match["closed"] is None:
            notes.append(Note(Forgiven.UNCLOSED))
        phrase = before + match["phrase"].strip()
        return Item(phrase, How.PHRASE, name, out) if phrase.strip() else None
    word = match["word"]
    how = {"*": How.PREFIX, "~": How.FUZZY}.get(word[-1], How.WORD)
    bare = word.rstrip("*~") if how is not How.WORD else word
    # An asterisk after a symbol is a reissue, not a wish for more.
    if how is How.PREFIX and "/" in bare:
        how = How.WORD
    return Item(before + bare, how, name, out) if bare.strip("-:") else None
