"""Every code has its words in six languages, and every code that the product uses has a row."""

from __future__ import annotations

import inspect
import re
from dataclasses import asdict
from pathlib import Path

import pytest

import verbale
from verbale import errors
from verbale.errors import VerbaleError
from verbale.messages import LANGUAGES, Code, codes, tables
from verbale.model.finding import Severity

_SLOT = re.compile(r"\{([^{}]*)\}")
_SOURCES = Path(verbale.__file__).parent.parent
# Finding("some-code", …), Check("some-code", …); code="some-code", code = "some-code".
_FINDING = re.compile(r"""\b(?:Finding|Check)\(\s*(?:code=)?["']([a-z]+(?:-[a-z]+)*)["']""")
_CODE_IS = re.compile(r"""\bcode\s*(?::[^=\n]+)?=\s*["']([a-z]+(?:-[a-z]+)*)["']""")


def words(lang: str) -> dict[tuple[str, str], str]:
    rows = list(tables.rows(lang, ("code", "field", "text")))
    table = {(code, field): text for code, field, text in rows}
    assert len(table) == len(rows), f"{lang}.tsv has a row twice"
    return table


def used() -> dict[str, str]:
    """Every code that the source tree makes findings and errors with, and a file it is in."""
    found = {}
    for path in sorted(_SOURCES.glob("verbale*/**/*.py")):
        text = path.read_text(encoding="utf-8")
        for pattern in (_FINDING, _CODE_IS):
            found.update(dict.fromkeys(pattern.findall(text), path.name))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_sentence_and_a_remedy(lang: str) -> None:
    table = words(lang)
    assert set(table) == {(code, field) for code in codes() for field in ("message", "remedy")}
    for key, text in table.items():
        assert text.strip() == text, key
        assert text.endswith((".", "。", "`.")), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_slots(lang: str) -> None:
    english = words("en")
    for key, text in words(lang).items():
        assert sorted(_SLOT.findall(text)) == sorted(_SLOT.findall(english[key])), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_commands_and_file_names_are_the_same_in_every_language(lang: str) -> None:
    english = words("en")
    for key, text in words(lang).items():
        assert re.findall("`([^`]*)`", text) == re.findall("`([^`]*)`", english[key]), key


@pytest.mark.parametrize("row", codes().values(), ids=lambda row: row.code)
def test_every_code_has_severity_rule_source_and_example(row: Code) -> None:
    fields = asdict(row)
    assert all(fields.values())
    assert fields["about"] in {"file", "text", "act"}
    assert fields["severity"] in set(Severity)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", fields["code"])


def test_every_code_of_a_finding_stands_in_the_table() -> None:
    assert {code: file for code, file in used().items() if code not in codes()} == {}


def test_every_code_of_an_error_stands_in_the_table() -> None:
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, VerbaleError)
    ]
    assert {kind.code for kind in kinds} - set(codes()) == set()
