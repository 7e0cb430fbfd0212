"""What is written in Akoma Ntoso is valid against the standard and read back equal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import akn_schema
import pytest
import trees
from hypothesis import HealthCheck, given, settings

from verbale.model.document import (
    Document,
    List,
    ListItem,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Text,
)
from verbale.model.language import EN
from verbale.readers.akn import READER
from verbale.readers.json import READER as JSON
from verbale.writers.akn import WRITER

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.model.document import Block

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("un-akn-hrc", "un-akn-sc", "un-akn-ga", "un-akn-ecosoc", "un-akn-ga-decisions")


def exceptions() -> dict[str, str]:
    lines = (ROOT / "tests" / "data" / "akn_exceptions.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in lines.splitlines() if not line.startswith("#")]
    assert rows.pop(0) == ["what", "reason"]
    return {name: reason for name, reason in rows if reason}


def check(document: Document) -> None:
    written = WRITER.write(document)
    assert akn_schema.errors(written) == []
    reading = READER.read(written, name="tree")
    assert reading.document == document
    assert reading.findings == ()
    assert WRITER.write(reading.document) == written


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(document=trees.documents)
def test_any_tree_is_read_back_equal_from_a_valid_file(document: Document) -> None:
    check(document)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_real_file_is_read_back_equal_from_a_valid_file(
    corpus: Callable[[str], Path], folder: str
) -> None:
    known = exceptions()
    unequal = []
    paths = sorted(corpus(folder).rglob("*.xml"))
    assert paths
    for path in paths:
        document = READER.read(path.read_bytes(), name=path.name).document
        try:
            check(document)
        except AssertionError:
            unequal.append(path.name)
    assert unequal == [path.name for path in paths if path.name in known]


@pytest.mark.parametrize("wrap", [lambda b: Quote((b,)), lambda b: List((ListItem((b,)),))])
def test_deep_trees_are_read_back_equal_up_to_the_depth_that_is_promised(
    wrap: Callable[[Block], Block],
) -> None:
    block: Block = Paragraph((Text("ice"),))
    for _ in range(100):
        block = wrap(block)
    check(Document((Part(PartKind.BODY, (block,), EN),), EN))


@pytest.mark.parametrize("lang", ["AR", "ZH", "EN", "FR", "RU", "ES"])
def test_the_composed_lakes_example_is_read_back_equal(lang: str) -> None:
    folder = ROOT / "tests" / "golden" / "compose" / "lakes"
    data = (folder / f"expected-{lang}.json").read_bytes()
    check(JSON.read(data, name=f"{lang}.json").document)
