"""Names that mean the same: a search for one spelling of a State finds the others.

Source: the institution's own table of names (``states.tsv``, ``state_variants.tsv``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.search.analysis import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.institutions import Institution

#: Arabic and Russian write the name another way after "mission of": that is a spelling too.
_KINDS = frozenset({"short", "formal", "short.of", "formal.of"})
_VARIANTS = frozenset({"name", "of"})


@dataclass(frozen=True, slots=True)
class Names:
    """State names: ``codes`` by folded name; ``spellings`` by code, each language's own."""

    codes: Mapping[tuple[str, ...], tuple[str, str]]
    spellings: Mapping[tuple[str, str], tuple[str, ...]]

    def others(self, text: str) -> tuple[str, ...]:
        """The other names, in the same language, of the State that *text* names; else none."""
        known = self.codes.get(key(text))
        if known is None:
            return ()
        own = key(text)
        return tuple(name for name in self.spellings[known] if key(name) != own)

    def code(self, text: str) -> str:
        """The code of the State that *text* names or codes; empty if it is none."""
        known = self.codes.get(key(text))
        return known[0] if known else ""


def key(text: str) -> tuple[str, ...]:
    """A name for looking up: its words, folded."""
    return tuple(fold(match[0]) for match in words(text))


def names_of(institution: Institution) -> Names:
    """Every name of every State of *institution*."""
    spellings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell_key, by_language in institution.states.items():
        code, _, kind = cell_key.partition(".")
        if kind in _KINDS:
            for lang, cells in by_language.items():
                spellings[code, lang] += [cell.text for cell in cells]
    for lang, variants in institution.state_variants.items():
        for text, code, kind in variants:
            if kind in _VARIANTS:
                spellings[code, lang].append(text)
    codes: dict[tuple[str, ...], tuple[str, str]] = {}
    for (code, lang), texts in spellings.items():
        codes.setdefault(key(code), (code, lang))
        for text in texts:
            codes.setdefault(key(text), (code, lang))
    own = {each: tuple(dict.fromkeys(texts)) for each, texts in spellings.items()}
    return Names(codes, own)
