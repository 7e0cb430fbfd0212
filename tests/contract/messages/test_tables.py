"""Every code has its words in six languages, and every code that the product uses has a row."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import verbale
from verbale import catalogue, errors
from verbale.errors import VerbaleError
from verbale.languages._other_words import OTHER_WORDS
from verbale.messages import LANGUAGES, Code, codes, tables
from verbale.model.document import Stamp
from verbale.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLOT = re.compile(r"\{([^{}]*)\}")
_SOURCES = Path(verbale.__file__).parent.parent
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def words(lang: str) -> dict[tuple[str, str], str]:
    rows = list(tables.rows(lang, ("code", "field", "text")))
    table = {(code, field): text for code, field, text in rows}
    assert len(table) == len(rows), f"{lang}.tsv has a row twice"
    return table


def used() -> dict[str, str]:
    """Every code that the source tree makes findings, checks and errors with, and its file."""
    found = {}
    for path in sorted(_SOURCES.glob("verbale*/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update({code: path.name for node in ast.walk(tree) for code in codes_in(node)})
    return found


def codes_in(node: ast.AST) -> Iterator[str]:
    """The code in ``Finding("a-code", …)``, in a call with a severity, in ``code = …``."""
    match node:
        case ast.Call(
            func=ast.Name(id="Finding" | "Check"), args=[ast.Constant(value=code), *_]
        ):
            yield str(code)
        case ast.Call(args=[ast.Constant(value=str(code)), *rest]) if _CODE.fullmatch(
            code
        ) and any(is_severity(each) for each in rest):
            yield code
        case ast.keyword(arg="code", value=ast.Constant(value=str(code))) if "-" in code:
            yield code
        case ast.ClassDef(body=body):
            for each in body:
                match each:
                    case (
                        ast.Assign(
                            targets=[ast.Name(id="code")], value=ast.Constant(value=code)
                        )
                        | ast.AnnAssign(
                            target=ast.Name(id="code"), value=ast.Constant(value=code)
                        )
                    ):
                        yield str(code)
                    case _:
                        pass
        case _:
            pass


def is_severity(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Severity"


def test_codes_are_found_in_the_source_tree_however_they_are_written() -> None:
    source = """
class SomeError(VerbaleError):
    code: ClassVar[str] = "of-an-error"
Finding("by-position", x)
Finding(code="by-name", x=1)
self._say("through-a-helper", Severity.WARNS, place)
"""
    found = {code for node in ast.walk(ast.parse(source)) for code in codes_in(node)}
    assert found == {"of-an-error", "by-position", "by-name", "through-a-helper"}


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


def test_every_language_that_a_text_can_be_told_to_be_in_has_a_name_in_all_six() -> None:
    rows = list(tables.rows("languages", ("code", "lang", "text")))
    named = {code for code, _, _ in rows}
    assert {*LANGUAGES, *OTHER_WORDS, "ja", "ko"} <= named
    assert sorted((code, lang) for code, lang, _ in rows) == sorted(product(named, LANGUAGES))
    assert all(text for _, _, text in rows)


def test_the_rule_and_example_of_every_check_are_in_six_languages() -> None:
    rows = list(tables.rows("rules", ("code", "lang", "rule", "example")))
    told: dict[str, list[str]] = {}
    for code, lang, text, example in rows:
        assert text.endswith((".", "。")), (code, lang)
        assert example, (code, lang)
        told.setdefault(code, []).append(lang)
    others = sorted(set(LANGUAGES) - {"en"})
    assert {code: sorted(langs) for code, langs in told.items()} == dict.fromkeys(told, others)
    assert {check.code for check in catalogue.checks()} <= set(told) <= set(codes())


def test_whose_rule_each_check_is_stands_in_six_languages() -> None:
    rows = list(tables.rows("sources", ("source", "lang", "text")))
    told: dict[str, list[str]] = {}
    for source, lang, _ in rows:
        told.setdefault(source, []).append(lang)
    others = sorted(set(LANGUAGES) - {"en"})
    assert {source: sorted(langs) for source, langs in told.items()} == dict.fromkeys(
        told, others
    )
    named = {check.source for check in catalogue.checks()}
    standards = {each for each in named if each.startswith(("ISO ", "Unicode Technical"))}
    assert named - standards <= set(told) <= {row.source for row in codes().values()}


def test_rows_that_nothing_in_the_source_tree_uses_are_few() -> None:
    # Not none: a reader that is an optional package may be the only one to use a row.
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in _SOURCES.glob("verbale*/**/*.py")
    )
    made = {f"{stamp}-stamped" for stamp in Stamp}
    unused = sorted(code for code in codes() if f'"{code}"' not in sources and code not in made)
    assert unused == unused[: len(codes()) // 10]
