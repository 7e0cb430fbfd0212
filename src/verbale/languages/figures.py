"""Figures in running text, as each language parts thousands and decimals.

Fixed by habit of the house rather than by grammar: ``1,234.5`` in English and Chinese,
``1 234,5`` in French, Russian, Spanish and Arabic. Numbers in words are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

_POINT = ("[, ]", "[.]")
_COMMA = ("[ .\u066c]", "[,.\u066b]")
#: What parts thousands and what parts decimals, for languages that are not named here `_COMMA`.
_SIGNS = {"en": _POINT, "zh": _POINT}
# Arabic documents also type the groups from right to left: "000 11" is eleven thousand.
# Source: A/RES/77/140 (Arabic).
_REVERSED = re.compile(r"(?<![0-9])[0-9]{3}(?: [0-9]{3})* [0-9]{1,2}(?![0-9.,])")


def figures(text: str, lang: str) -> Counter[str]:
    """The numbers in a folded *text*, each as ``1234.5``, and how often each stands."""
    if lang == "ar":
        text = _REVERSED.sub(lambda match: "".join(reversed(match[0].split())), text)
    group, point = _SIGNS.get(lang, _COMMA)
    pattern = rf"([0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?![0-9])|[0-9]+)(?:{point}([0-9]+))?"
    found: Counter[str] = Counter()
    for match in re.finditer(pattern, text):
        whole = "".join(char for char in match[1] if char.isdigit())
        value = Decimal(f"{whole}.{match[2]}" if match[2] else whole)
        found[format(value.normalize() if match[2] else value, "f")] += 1
    return found
