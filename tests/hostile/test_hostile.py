"""The quick form of `make hostile`: a third of the corpus, files made anew, files damaged."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import damaging
import hostile_files
import pytest

from verbale import institutions
from verbale.checks.report import verdict
from verbale.edges.box.boxes import Boxes
from verbale.errors import VerbaleError
from verbale.messages import LANGUAGES, render
from verbale.model.finding import Severity
from verbale.workflow import reading
from verbale.workflow.outside import use_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from verbale.model.finding import Finding

#: Kinds of files made anew that take seconds: left to `make hostile`.
SLOW = frozenset({"long-line.txt", "long-line.docx", "footnotes.txt", "footnotes.docx",
                  "brackets.txt", "brackets.docx"})  # fmt: skip
THIRD = 3
DAMAGED = 60
BROKE = {"reader-broke", "reading-too-long", "reading-too-much-memory"}


@pytest.fixture
def boxed() -> Iterator[Boxes]:
    # A copy of a process that has run many tests has more than a file's memory already.
    boxes = Boxes(copy_self=False)
    use_box(boxes)
    yield boxes
    use_box(None)
    boxes.close()


def check(data: bytes, name: str) -> tuple[Finding, ...]:
    return reading.check(data, name=name, institution=institutions.load("un"))


def text_of(data: bytes, name: str) -> str:
    """What comes out of a file, in a format that shows everything."""
    try:
        return reading.convert(data, name=name, to="html").decode("utf-8")
    except VerbaleError as error:
        return str(error)


@pytest.mark.usefixtures("boxed")
def test_a_third_of_the_corpus_ends_as_its_index_says(corpus: Callable[[str], Path]) -> None:
    folder = corpus("hostile")
    with (folder / "INDEX.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong = []
    for row in rows[::THIRD]:
        data = (folder / row["file"]).read_bytes()
        given = str(json.loads(row["upload_as"] or '""')) or row["file"]
        found = check(data, given)
        if verdict(found) not in {row["expect"], *row["also_ok"].split("|")}:
            wrong.append((row["file"], verdict(found)))
        out = text_of(data, given) if b"CANARY-" in data or "gen-" in row["kind"] else ""
        assert "CANARY-" not in out, row["file"]
        assert "root:x:0" not in out, row["file"]
        assert BROKE.isdisjoint(f.code for f in found), row["file"]
    assert not wrong


def test_files_made_anew_end_as_they_should() -> None:
    wrong = []
    made = [each for each in hostile_files.every() if each.name not in SLOW]
    assert sum(each.kind != "honest" for each in made) >= 100
    assert sum(each.kind == "honest" for each in made) >= 20
    for each in made:
        found = check(each.data, each.name)
        words = " ".join(render(f.code, f.values, "en").message for f in found)
        if verdict(found) not in each.allowed:
            wrong.append((each.kind, each.name, verdict(found)))
        elif each.says and not re.search(each.says, words, re.IGNORECASE):
            wrong.append((each.kind, each.name, words))
        out = text_of(each.data, each.name) if verdict(found) != "refuse" else ""
        if "CANARY-" in out or "root:x:0" in out:
            wrong.append((each.kind, each.name, "hidden text comes out"))
    assert not wrong


def test_a_refusal_says_why_and_what_to_do_in_six_languages() -> None:
    for each in hostile_files.hostile():
        if each.allowed != hostile_files.REFUSED or each.kind not in ("entities", "disguise"):
            continue
        for finding in check(each.data, each.name):
            if finding.severity is not Severity.BLOCKS or finding.code == "not-a-communication":
                continue
            for lang in LANGUAGES:
                words = render(finding.code, finding.values, lang)
                assert words.message, (each.name, finding.code, lang)
                assert words.remedy, (each.name, finding.code, lang)
                assert "{" not in words.message, (each.name, words.message)


def test_damaged_files_break_no_reader(boxed: Boxes) -> None:
    good = [(made.name, made.data) for made in hostile_files.honest()]
    lakes = institutions.load("lakes")
    for number, (name, data) in enumerate(damaging.cases(good, DAMAGED)):
        codes = {f.code for f in boxed.check(data, name=name, institution=lakes)}
        assert BROKE.isdisjoint(codes), (number, name, codes)
