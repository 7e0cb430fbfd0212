"""Notes and letters as missions send them, with no masthead, in six languages."""

from __future__ import annotations

import json

import pytest
from golden import Golden, golden

from verbale import institutions
from verbale.workflow import reading, shapes


@pytest.mark.parametrize("case", golden("recognise"), ids=str)
def test_what_is_understood_is_as_it_was_accepted(case: Golden) -> None:
    source = case.source()
    found = reading.recognise_file(
        source.read_bytes(), name=source.name, institution=institutions.load("lakes")
    )
    shape = shapes.recognition_shape(found)
    kept = {name: shape[name] for name in ("communication", "parts", "places")}
    kept["findings"] = [finding["code"] for finding in shape["findings"]]
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    assert case.matches("expected.json", text.encode("utf-8"))


@pytest.mark.parametrize("case", golden("recognise"), ids=str)
def test_who_speaks_to_whom_when_and_what_is_asked_are_always_found(case: Golden) -> None:
    source = case.source()
    found = reading.recognise_file(
        source.read_bytes(), name=source.name, institution=institutions.load("lakes")
    ).communication
    assert found.date is not None
    assert found.senders[0].state is not None
    assert found.addressees
    assert found.transmits
    assert found.requests[0].body == "CL/C"
    assert found.requests[0].items
