"""Reading side equals writing side, in the formats that carry the whole tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import trees
from hypothesis import HealthCheck, given, settings

from verbale import catalogue
from verbale.writers.base import Options

if TYPE_CHECKING:
    from verbale.model.document import Document

slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)


@pytest.mark.parametrize("form", ["json", "html"])
@slow
@given(document=trees.documents)
def test_any_tree_is_read_back_equal(form: str, document: Document) -> None:
    written = catalogue.writer(form).write(document)
    reading = catalogue.reader(form).read(written, name="tree")
    assert reading.document == document
    assert reading.findings == ()
    assert catalogue.writer(form).write(reading.document) == written


@slow
@given(document=trees.documents)
def test_labels_of_the_page_do_not_become_text(document: Document) -> None:
    labels = {"awaiting": "Awaiting translation", "skip": "Aller au texte", "notes": "Notes"}
    written = catalogue.writer("html").write(document, Options(labels=labels))
    assert catalogue.reader("html").read(written, name="tree").document == document
