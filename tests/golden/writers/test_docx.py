"""What is written in DOCX from a composed tree: the parts that hold text, as XML."""

from __future__ import annotations

import io
import zipfile

import pytest
from golden import Golden, golden

from verbale.readers.json import READER as JSON
from verbale.writers.docx import WRITER

PARTS = ("document.xml", "footnotes.xml", "header1.xml", "styles.xml")


@pytest.mark.parametrize("case", golden("writers/docx"), ids=str)
def test_a_tree_is_written_as_expected(case: Golden) -> None:
    document = JSON.read(case.source().read_bytes(), name="input.json").document
    with zipfile.ZipFile(io.BytesIO(WRITER.write(document))) as archive:
        for part in PARTS:
            # One paragraph, row or style a line: a difference can be read.
            text = archive.read(f"word/{part}").replace(b"</w:p>", b"</w:p>\n")
            out = text.replace(b"</w:style>", b"</w:style>\n") + b"\n"
            assert case.matches(f"expected-{part}", out)
