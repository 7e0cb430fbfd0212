"""The proof of faithfulness: what is recorded, and every altered letter found again."""

from __future__ import annotations

import datetime
import io
import json
from functools import cache
from pathlib import Path

import pytest
from docx import Document as Docx

from verbale import institutions
from verbale.edges.typeset import Typesetter
from verbale.proof.plain_json import written
from verbale.workflow.circulating import composed, write_versions
from verbale.workflow.faithful import faithful_record, recheck
from verbale.workflow.orders import Order

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
STEM = "CL_C_12_G_1"
DAY = datetime.date(2026, 3, 9)
WORD, WRONG = "La glace a couvert", "La glace a couverte"
FORMATS = ("json", "html", "xml", "docx", "pdf", "txt")


@cache
def _versions() -> dict[str, bytes]:
    order = Order((EXAMPLE.name, EXAMPLE.read_bytes()), date=DAY, today=DAY)
    composition, masthead = composed(order, institutions.load("lakes"))
    files = write_versions(composition, STEM, masthead, Typesetter())
    made = {name: data for name, (_, data) in files.items()}
    made[f"received/{EXAMPLE.name}"] = EXAMPLE.read_bytes()
    made["faithful.json"] = written(faithful_record(made))
    return made


@pytest.fixture
def files() -> dict[str, bytes]:
    return dict(_versions())


def test_every_version_in_every_format_holds_the_annex_to_the_letter(
    files: dict[str, bytes],
) -> None:
    found = recheck(files)
    assert (found.wrong, found.unread) == ((), ())
    # One annex, in six languages and six formats.
    assert found.count == 36
    record = json.loads(files["faithful.json"])
    assert {each["original"] for each in record["passages"]} == {f"received/{EXAMPLE.name}"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_one_letter_more_in_a_version_is_found_and_the_file_named(
    files: dict[str, bytes], suffix: str
) -> None:
    name = f"{STEM}-AR.{suffix}"
    files[name] = altered(files, name)
    # What stands in the other formats is held against the tree.
    wrong = recheck(files).wrong
    assert wrong == (name,)


def altered(files: dict[str, bytes], name: str) -> bytes:
    data = files[name]
    if name.endswith(".pdf"):
        source = EXAMPLE.read_text("utf-8").replace(WORD, WRONG).encode()
        order = Order((EXAMPLE.name, source), date=DAY, today=DAY)
        composition, masthead = composed(order, institutions.load("lakes"))
        made = write_versions(composition, STEM, masthead, Typesetter())
        return made[name][1]
    if name.endswith(".docx"):
        document = Docx(io.BytesIO(data))
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(WORD, WRONG)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    assert WORD.encode() in data
    return data.replace(WORD.encode(), WRONG.encode())


def test_an_altered_original_and_an_altered_record_are_found(files: dict[str, bytes]) -> None:
    original = f"received/{EXAMPLE.name}"
    changed = {**files, original: files[original].replace(WORD.encode(), WRONG.encode())}
    assert recheck(changed).wrong == tuple(
        sorted(f"{STEM}-{lang}.json" for lang in ("AR", "EN", "ES", "FR", "RU", "ZH"))
    )
    for record in (b"no JSON", b"{}", b'{"passages": [3]}', b'{"passages": []}'):
        assert recheck({**files, "faithful.json": record}).wrong == ("faithful.json",)


def test_a_file_that_was_never_compared_is_said_and_not_called_altered(
    files: dict[str, bytes],
) -> None:
    del files["faithful.json"]
    good = files[f"{STEM}-EN.pdf"]
    files[f"{STEM}-EN.pdf"] = b"%PDF-1.7 and nothing that can be read"
    files["faithful.json"] = written(faithful_record(files))
    assert recheck(files).unread == (f"{STEM}-EN.pdf",)
    files[f"{STEM}-EN.pdf"] = good
    assert recheck(files).wrong == ()
