"""What is read of DOCX files, as the JSON of the tree and its findings."""

from __future__ import annotations

import json

import pytest
from golden import Golden, golden

from verbale.model.as_json import to_plain
from verbale.readers.docx import READER


@pytest.mark.parametrize("case", golden("readers/docx"), ids=str)
def test_a_file_is_read_as_the_tree_expected(case: Golden) -> None:
    reading = READER.read(case.source().read_bytes(), name="input.docx")
    plain = to_plain(reading.document)
    plain["findings"] = [[each.code, str(each.place)] for each in reading.findings]
    out = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    assert case.matches("expected.json", out.encode("utf-8"))
