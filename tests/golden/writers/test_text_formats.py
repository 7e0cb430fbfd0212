"""What is written in each of the text formats from one tree."""

from __future__ import annotations

import datetime

import pytest
from golden import Golden, golden

from verbale import catalogue
from verbale.writers.base import Options

LABELS = {
    "ar": {
        "awaiting": "في انتظار الترجمة",
        "skip": "إلى النص",
        "notes": "حواش",
        "table": "جدول",
    },
    "en": {"awaiting": "Awaiting translation"},
    "zh": {"awaiting": "待译", "skip": "跳至正文", "notes": "注", "table": "表"},
}


@pytest.mark.parametrize("form", ["txt", "md", "html", "json"])
@pytest.mark.parametrize("case", golden("writers/tree"), ids=str)
def test_a_tree_is_written_as_expected(case: Golden, form: str) -> None:
    source = case.source()
    document = catalogue.reader("json").read(source.read_bytes(), name=source.name).document
    labels = LABELS[document.language.code]
    options = Options(moment=datetime.date(2026, 3, 6), labels=labels)
    writer = catalogue.writer(form)
    assert case.matches(f"expected{writer.suffix}", writer.write(document, options))
