from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale import catalogue
from verbale.model.document import Heading, List, Paragraph, Quote, Rule, Span, Table
from verbale.model.walk import block_text, document_text, part_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.readers.base import Reading

READ = catalogue.reader("md").read
WRITE = catalogue.writer("md").write

PAGE = """\
# Waters

The note and its annex* and a source[^a].
See [the site](https://lakes.example/a) and \\[no link\\](https://x.example).

- one
- two,
  going on

  and a second paragraph

3. three
4. four

> said
> *twice*

| Lake | Tonnes |
|------|-------:|
| Upper \\| Lower | **3** |

---

\\- no list

\\* As received.

[^a]: The source.
"""


def read(text: str) -> Reading:
    return READ(text.encode(), name="x.md")


def test_blocks_of_markdown_are_read() -> None:
    reading = read(PAGE)
    heading, text, bullets, numbers, quote, table, rule, last = reading.document.parts[0].blocks
    assert isinstance(heading, Heading)
    assert isinstance(text, Paragraph)
    assert block_text(text, marks=True) == (
        "The note and its annex* and a sourcea.\nSee the site and [no link\\](https://x.example)."
    )
    assert [i.link for i in text.content if isinstance(i, Span)] == ["https://lakes.example/a"]
    assert isinstance(bullets, List)
    assert [[block_text(b) for b in item.blocks] for item in bullets.items] == [
        ["one"],
        ["two,\ngoing on", "and a second paragraph"],
    ]
    assert isinstance(numbers, List)
    assert [item.label for item in numbers.items] == ["3.", "4."]
    assert isinstance(quote, Quote)
    assert block_text(quote) == "said\ntwice"
    assert isinstance(table, Table)
    assert block_text(table) == "Lake\tTonnes\nUpper | Lower\t3"
    assert isinstance(rule, Rule)
    assert block_text(last) == "- no list"
    notes = reading.document.parts[0].footnotes
    assert [(note.mark, block_text(note.blocks[0])) for note in notes] == [
        ("*", "As received."),
        ("a", "The source."),
    ]
    assert reading.findings == ()


def test_what_was_read_is_written_and_read_again_as_the_same_tree() -> None:
    document = read(PAGE).document
    written = WRITE(document)
    assert READ(written, name="x.md").document == document
    assert WRITE(READ(written, name="x.md").document) == written


@pytest.mark.parametrize(
    "line",
    ["# a", "- a", "1. a", "12) a", "> a", "| a |", "---", "<b>a</b>", "[a](http://b)", "+ a"],
)
def test_text_that_looks_like_markdown_stays_text(line: str) -> None:
    document = catalogue.reader("txt").read(f"{line}\n{line}".encode(), name="x.txt").document
    written = WRITE(document)
    again = READ(written, name="x.md")
    assert document_text(again.document) == document_text(document)
    assert again.findings == ()


def test_raw_html_and_pictures_are_left_out_and_told() -> None:
    reading = read(
        'a <script>x()</script>b <b onclick="y">c</b> ![map](http://e.example/x.png)'
    )
    assert part_text(reading.document.parts[0]) == "a b c map"
    codes = {finding.code for finding in reading.findings}
    assert codes == {"html-script-dropped", "html-outside-dropped"}


@pytest.mark.parametrize(
    "piece",
    ["> ", "- ", "- a\n  ", "|a", "[a](", "<a ", "<!--", "<script>", "[^a]: b\n", "a*\n\n"],
)
def test_hostile_markdown_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        read(piece * count + "end")
        return time.process_time() - begin

    seconds(10)
    assert seconds(8_000) < 60 * max(seconds(800), 0.01)


def test_the_example_of_the_lakes_is_read() -> None:
    path = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
    reading = READ(path.read_bytes(), name=path.name)
    assert reading.findings == ()
    assert len(reading.document.parts[0].footnotes) == 1
    assert any(isinstance(block, Table) for block in reading.document.parts[0].blocks)
    assert READ(WRITE(reading.document), name="x.md").document == reading.document


def test_hostile_markdown_of_the_corpus_is_read(corpus: Callable[[str], Path]) -> None:
    for path in sorted(corpus("hostile").glob("*.md")):
        text = document_text(READ(path.read_bytes(), name=path.name).document)
        assert "<script>" not in text, path.name
