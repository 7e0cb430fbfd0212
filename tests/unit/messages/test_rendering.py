from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from verbale.errors import DataTableError
from verbale.messages import LANGUAGES, render, tables, word

if TYPE_CHECKING:
    from pathlib import Path


def test_slots_are_filled_in_message_and_remedy() -> None:
    words = render("footnote-without-text", {"mark": "*"}, "en")
    assert words.message == "The footnote mark “*” has no footnote."
    assert words.remedy == "Add the text of the footnote, or delete the mark."


def test_a_value_that_is_missing_leaves_the_name_of_its_slot() -> None:
    assert "“{mark}”" in render("footnote-without-text", {}, "en").message


def test_a_value_with_braces_is_only_text() -> None:
    assert (
        "“{0.__class__}{mark}”"
        in render("footnote-without-text", {"mark": "{0.__class__}{mark}"}, "en").message
    )


def test_a_code_of_another_package_is_shown_with_its_values() -> None:
    words = render("their-own-code", {"page": "3"}, "fr")
    assert (words.message, words.remedy) == ("their-own-code (page: 3)", "")
    assert render("their-own-code", {}, "fr").message == "their-own-code"


def test_a_language_without_a_table_reads_english() -> None:
    assert render("letter-unsigned", {}, "pt") == render("letter-unsigned", {}, "en")
    assert word("remedy", "pt") == word("remedy", "en") == "What to do"


def test_values_of_other_scripts_are_isolated_in_arabic_and_arabic_ones_are_not() -> None:
    message = render(
        "addressee-unusual", {"addressee": "البعثة", "body": "A/HRC"}, "ar"
    ).message
    assert "\u2066A/HRC\u2069" in message
    assert "«البعثة»" in message


def test_a_language_is_told_by_its_name_and_an_unnamed_one_by_its_code() -> None:
    values = {"masthead_lang": "fr", "text_lang": "xx"}
    message = render("masthead-language-mismatch", values, "es").message
    assert message == "El encabezamiento indica francés, pero el texto que sigue está en xx."


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_official_language_has_a_name_in_every_other(code: str, lang: str) -> None:
    official = "communication-language-unofficial"
    unnamed = render(official, {"lang": "qq"}, lang).message.replace("qq", code)
    assert render(official, {"lang": code}, lang).message != unnamed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_around_findings_is_there(lang: str) -> None:
    keys = ("blocks", "warns", "notes", "accept", "accept with warning", "refuse", "remedy")
    assert all(word(key, lang) for key in keys)


def test_a_table_with_a_short_row_names_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en.tsv").write_text("# words\ncode\tfield\ttext\nsome-code\tmessage\n")
    monkeypatch.setattr(tables, "_HERE", tmp_path)
    with pytest.raises(DataTableError, match=r"messages/en\.tsv, line 3"):
        list(tables.rows("en", ("code", "field", "text")))


def test_messages_load_no_other_part_of_the_product_than_they_stand_on() -> None:
    program = (
        "import sys; from verbale.messages import render; render('usage', {}, 'ar');"
        "print(sorted({m.split('.')[1] for m in sys.modules if m.startswith('verbale.')}))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['errors', 'messages', 'text']"
