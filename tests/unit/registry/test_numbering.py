"""Numbers and the symbols made of them."""

from __future__ import annotations

import datetime

import pytest

from verbale.registry.acts.reserve import reserve
from verbale.registry.memory import MemoryStore
from verbale.registry.numbering import Numbering, under


class Frozen:
    def now(self) -> datetime.datetime:
        return datetime.datetime(2020, 5, 6, tzinfo=datetime.UTC)


class Zoneless:
    def now(self) -> datetime.datetime:
        return datetime.datetime(2020, 5, 6)  # noqa: DTZ001 - what an act must refuse


def test_a_shape_is_a_template_or_a_function() -> None:
    assert Numbering("s", "A/HRC/{n}/G").symbol(43) == "A/HRC/43/G"
    assert Numbering("s", lambda n: f"LLC/{n:03}").symbol(7) == "LLC/007"


def test_numbers_under_a_parent_have_a_series_of_their_own() -> None:
    numbering = under("A/HRC/43/G/1", "Corr")
    assert numbering.symbol(2) == "A/HRC/43/G/1/Corr.2"
    assert numbering.series != under("A/HRC/43/G/1", "Add").series


def test_an_act_refuses_a_clock_without_a_zone_and_gives_no_number() -> None:
    store = MemoryStore()
    numberings = [Numbering("S/2020", "S/2020/{n}")]
    with pytest.raises(ValueError, match="aware"):
        reserve(store, numberings, actor="desk", clock=Zoneless())
    assert reserve(store, numberings, actor="desk", clock=Frozen()).symbol == "S/2020/1"
