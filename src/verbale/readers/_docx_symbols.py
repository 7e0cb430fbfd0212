"""Letters of symbol fonts, which stand in a file as numbers of that font.

Source: Adobe Symbol encoding (Unicode Consortium, MAPPINGS/VENDORS/ADOBE/symbol.txt);
Wingdings: the few signs that lists and forms are made with.
"""

from __future__ import annotations

from typing import Final

_FIRST: Final = 0x20
_SECOND: Final = 0xA0
_SYMBOL_LOW: Final = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH: Final = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖",
    0x77: "⬥", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xDF: "←",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_PRIVATE: Final = range(0xF000, 0xF100)
_SYMBOL: Final = {
    **{_FIRST + at: char for at, char in enumerate(_SYMBOL_LOW)},
    **{_SECOND + at: char for at, char in enumerate(_SYMBOL_HIGH)},
}


def symbol_text(font: str, char: str) -> str:
    """The Unicode character that *char* of *font* shows; itself in a font of letters."""
    code = ord(char)
    name = font.lower()
    if code in _PRIVATE:
        code -= _PRIVATE.start
    elif name != "symbol" and not name.startswith("wingdings"):
        return char
    if name.startswith("wingdings"):
        return _WINGDINGS.get(code, char)
    return _SYMBOL.get(code, char)
