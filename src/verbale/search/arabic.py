"""Arabic words as they are compared: one spelling, and a light stem.

Neither is ever shown: highlights are mapped back to the original letters. The stem is light10:
the article and conjunction before a word go, then endings of number, gender and pronoun.
Source: Larkey, Ballesteros, Connell, "Light stemming for Arabic information retrieval", 2007.
"""

from __future__ import annotations

from functools import lru_cache

# Vowel marks and tatweel are at the writer's taste; hamza seats, ya and ta marbuta vary.
_GONE = "".join(map(chr, (*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670)))
_SAME = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"}
_NORMAL = str.maketrans({**_SAME, **dict.fromkeys(_GONE)})
_BEFORE = ("وال", "بال", "كال", "فال", "ال", "لل", "و")
_AFTER = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST = 2


def normal(word: str) -> str:
    """*word* in one spelling: no vowel marks, no tatweel, one alef, ya for alef maksura."""
    return word.translate(_NORMAL)


@lru_cache(100_000)
def stem(word: str) -> str:
    """The light stem of a word, in normal spelling; at least two letters are left of it."""
    word = normal(word)
    for prefix in _BEFORE:
        left = len(word) - len(prefix)
        if word.startswith(prefix) and left >= _SHORTEST + (len(prefix) == 1):
            word = word[len(prefix) :]
            break
    for suffix in _AFTER:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word[: -len(suffix)]
    return word
