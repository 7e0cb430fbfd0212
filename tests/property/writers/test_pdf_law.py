"""Whatever the tree, there is a PDF, and a validator finds no fault in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pdfs
import pytest
import trees
from hypothesis import HealthCheck, given, settings

from verbale.edges.typeset import Typesetter
from verbale.writers.base import Options
from verbale.writers.pdf import WRITER

if TYPE_CHECKING:
    import datetime

    from verbale.model.document import Document

SET = Typesetter()


def drawn(template: str, data: str, *, moment: datetime.date) -> bytes:
    """A page with a letter for the one sign of the trees that no face has."""
    return SET(template, data.replace("😀", "o"), moment=moment)


OPTIONS = Options(typesetter=drawn, labels={"awaiting": "awaiting"})


@pytest.mark.parametrize("profile", ["pdfua1", "pdfa2a"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=trees.documents)
def test_every_tree_makes_a_file_without_fault(profile: str, document: Document) -> None:
    assert pdfs.failures(WRITER.write(document, OPTIONS), profile) == []
