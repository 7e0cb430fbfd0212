from __future__ import annotations

import pytest

from verbale.model.symbol_reading import read_symbol
from verbale.model.symbol_sort import sort_symbols

SHELVES = [
    ["A/HRC/43/G/9", "A/HRC/43/G/10", "A/HRC/43/G/100"],
    ["A/75/6", "A/75/6/Add.1", "A/75/6/Add.2", "A/75/6/Add.10", "A/75/7"],
    ["A/75/6", "A/75/6*", "A/75/6**", "A/75/6/Add.1", "A/75/6/Corr.1", "A/75/6/Rev.1"],
    ["S/2024/10/Rev.1", "S/2024/10/Rev.1/Add.2", "S/2024/10/Rev.2"],
    ["A/RES/217 A (III)", "A/RES/2200(XXI)", "A/RES/3201(S-VI)"],
    ["A/RES/96(I)", "A/RES/2200(XXI)", "A/RES/31/1", "A/RES/75/1", "A/RES/ES-10/15"],
    ["A/RES/1874(S-IV)", "A/RES/3201(S-VI)", "A/RES/S-8/1", "A/RES/S-28/1"],
    ["E/RES/11(II)", "E/RES/2008(LX)", "E/RES/1978/1", "E/RES/2024/1"],
    ["A/RES/75/245", "A/RES/75/245 A", "A/RES/75/245 B", "A/RES/75/246"],
    ["S/RES/822 (1993)", "S/RES/853 (1993)", "S/RES/1325 (2000)"],
    ["S/9", "S/25600", "S/1994/99", "S/1994/561", "S/2011/183", "S/PV.9", "S/PV.100"],
    ["A/520", "A/31/99", "A/76/15", "A/76/L.9", "A/76/L.31", "A/C.1/78/L.5", "A/C.10/1/1"],
    ["A/77/49 (Vol. I)", "A/77/49 (Vol. II)", "A/77/49 (Vol. IX)", "A/77/49 (Vol. X)"],
    ["A/75/6 (Sect. 3)", "A/75/6 (Sect. 29)", "A/75/6 (Sect. 29A)", "A/75/6 (Sect. 30)"],
    ["BWC/CONF.III/23", "BWC/CONF.VI/6", "BWC/CONF.VIII/4"],
    ["A/1/1", "CD/7", "E/1978/1", "S/1", "ST/SGB/2018/1"],
]


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf[0])
def test_symbols_stand_as_a_librarian_would_put_them(shelf: list[str]) -> None:
    symbols = [read_symbol(text).symbol for text in shelf]
    for order in (symbols[::-1], symbols[1::2] + symbols[::2], symbols[2:] + symbols[:2]):
        assert [str(symbol) for symbol in sort_symbols(order)] == shelf
