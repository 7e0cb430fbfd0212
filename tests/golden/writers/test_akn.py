"""What is written in Akoma Ntoso from a composed tree."""

from __future__ import annotations

import pytest
from golden import Golden, golden

from verbale.readers.json import READER as JSON
from verbale.writers.akn import WRITER


@pytest.mark.parametrize("case", golden("writers/akn"), ids=str)
def test_a_tree_is_written_as_expected(case: Golden) -> None:
    document = JSON.read(case.source().read_bytes(), name="input.json").document
    assert case.matches("expected.xml", WRITER.write(document))
