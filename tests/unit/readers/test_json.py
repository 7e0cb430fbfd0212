from __future__ import annotations

import json
from typing import Any

import pytest

from verbale import catalogue
from verbale.errors import UnreadableFileError
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.finding import Place
from verbale.model.language import ES

READ = catalogue.reader("json").read
WRITE = catalogue.writer("json").write

TREE = Document(
    (Part(PartKind.NOTE, (Paragraph((Text("Озёра", place=Place("a.txt", 0, 5)),)),), ES),), ES
)


def plain() -> Any:  # noqa: ANN401 - a tree of plain values to spoil
    return json.loads(WRITE(TREE))


def test_places_are_kept_and_defaults_are_not_written() -> None:
    written = WRITE(TREE)
    assert "Озёра".encode() in written
    assert b"as_received" not in written
    (block,) = READ(written, name="x").document.parts[0].blocks
    assert isinstance(block, Paragraph)
    assert block.content[0].place == Place("a.txt", 0, 5)


@pytest.mark.parametrize(
    ("spoil", "pointer"),
    [
        (lambda p: p.update(format="verbale-document/2"), "/format"),
        (lambda p: p.update(extra=1), "/extra"),
        (lambda p: p["parts"][0].update(kind="chapter"), "/parts/0/kind"),
        (lambda p: p["parts"][0].pop("kind"), "/parts/0/kind"),
        (lambda p: p["parts"][0].update(number=True), "/parts/0/number"),
        (lambda p: p["parts"][0]["blocks"][0].update(type="code"), "/parts/0/blocks/0/type"),
        (
            lambda p: p["parts"][0]["blocks"][0]["content"][0].update(text="\ud800"),
            "/parts/0/blocks/0/content/0/text",
        ),
        (
            lambda p: p["parts"][0]["blocks"][0]["content"][0].update(marks=["loud"]),
            "/parts/0/blocks/0/content/0/marks/0",
        ),
        (lambda p: p.update(language="Spanish"), "/language"),
        (lambda p: p.update({"a/b": 1}), "/a~1b"),
    ],
)
def test_what_is_not_of_the_shape_is_refused_with_its_pointer(spoil: Any, pointer: str) -> None:  # noqa: ANN401
    value = plain()
    spoil(value)
    with pytest.raises(UnreadableFileError) as caught:
        READ(json.dumps(value).encode(), name="x.json")
    assert f"{pointer}:" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"format": NaN}',
        b'{"format": "a", "format": "b"}',
        b"{%s, %s}" % (b", ".join(b'"%d": 1' % n for n in range(40_000)), b'"39999": 2'),
        b'{"format": ' + b"9" * 100_000 + b"}",
        b"\xff",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"format":"verbale-document/1","parts":['
        + b'{"kind":"body","blocks":[],"parts":[' * 400
        + b"]}" * 400
        + b"]}",
        b"1" * 10_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        READ(data, name="x.json")
