"""What is read from text, Markdown and HTML, as the JSON of the tree and its findings."""

from __future__ import annotations

import json

import pytest
from golden import Golden, golden

from verbale import catalogue
from verbale.model.as_json import to_plain

CASES = [(form, case) for form in ("txt", "md", "html") for case in golden(f"readers/{form}")]


@pytest.mark.parametrize(("form", "case"), CASES, ids=str)
def test_a_file_is_read_as_the_tree_expected(form: str, case: Golden) -> None:
    source = case.source()
    reading = catalogue.reader(form).read(source.read_bytes(), name=source.name)
    plain = to_plain(reading.document)
    plain["findings"] = [
        [finding.code, finding.place.start, finding.place.line, dict(finding.values)]
        for finding in reading.findings
    ]
    out = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    assert case.matches("expected.json", out.encode("utf-8"))
