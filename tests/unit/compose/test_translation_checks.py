"""A translation beside its source: what is the same though each language writes it its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale.compose.coding import Coded, Tag
from verbale.compose.translation import Bitext, Returned, Segment, Unit
from verbale.compose.translation_checks import check
from verbale.model.document import Mark, NoteRef, Text
from verbale.model.finding import Severity
from verbale.model.language import Language

if TYPE_CHECKING:
    from verbale.model.finding import Finding


def found(source: Coded, target: Coded, lang: str, source_lang: str = "en") -> list[Finding]:
    tags = {"1": NoteRef("n1", "*"), "2": Text("ice", frozenset({Mark.EMPHASIS}))}
    segment = Segment("s1", source, (), tags)
    unit = Unit("part2-1", "note", "", Language(source_lang), (segment,))
    work = Bitext("CL/C/12/G/1", Language(source_lang), Language(lang), (unit,))
    back = {("part2-1", "s1"): (source, target)}
    returned = Returned("CL/C/12/G/1", source_lang, lang, back)
    return list(check(work, returned, name="back.xlf"))


def codes(source: str, target: str, lang: str, source_lang: str = "en") -> list[str]:
    return [each.code for each in found((source,), (target,), lang, source_lang)]


@pytest.mark.parametrize(
    ("lang", "target"),
    [
        ("fr", "41,5 cm et 12 500 m², du 14 décembre 2025 au 1er mars 2026."),
        ("es", "41,5 cm y 12.500 m², del 14 de diciembre de 2025 al 1 de marzo de 2026."),
        ("ru", "41,5 см и 12 500 м², с 14 декабря 2025 года по 1 марта 2026 года."),
        ("zh", "41.5厘米和12,500平方米，2025年12月14日至2026年3月1日。"),
        ("ar", "٤١٫٥ سم و 500 12 م²، من 14 كانون الأول/ديسمبر 2025 إلى 1 آذار/مارس 2026."),
    ],
)  # fmt: skip
def test_each_language_writes_the_same_facts_in_its_own_way(lang: str, target: str) -> None:
    source = "41.5 cm and 12,500 m², from 14 December 2025 to 1 March 2026."
    assert codes(source, target, lang) == []


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("Le 4 mars 2026, 41,5 cm (CL/C/DEC/11/104).", "translation-date-differs"),
        ("Le 3 mars 2026, 45,1 cm (CL/C/DEC/11/104).", "translation-number-differs"),
        ("Le 3 mars 2026, 41,5 cm (CL/C/DEC/11/140).", "translation-symbol-differs"),
        ("Le 3 mars 2026, 41,5 cm.", "translation-symbol-differs"),
        ("", "translation-empty"),
        ("  ", "translation-empty"),
    ],
)
def test_what_differs_is_said(target: str, code: str) -> None:
    assert codes("On 3 March 2026, 41.5 cm (CL/C/DEC/11/104).", target, "fr") == [code]


def test_a_finding_names_what_stands_on_one_side_only() -> None:
    (finding,) = found(("Of 12 buoys, 3 remain.",), ("De 12 bouées, 4 restent.",), "fr")
    assert finding.values == {"expected": "3", "found": "4"}
    assert finding.place.part == "part2-1/s1"


def test_the_month_of_a_chinese_date_without_a_year_is_no_number() -> None:
    assert codes("The ice broke on 14 March.", "冰于3月14日破裂。", "zh") == []


@pytest.mark.parametrize(
    ("target", "code", "severity"),
    [
        (("L’annexe", Tag("2", ("glace",))), "translation-tag-missing", Severity.BLOCKS),
        (("L’annexe", Tag("1"), " glace"), "translation-tag-missing", Severity.WARNS),
        (("L’annexe", Tag("1"), Tag("1"), Tag("2", ("glace",))), "translation-tag-unknown",
         Severity.BLOCKS),
        (("L’annexe", Tag("1"), Tag("9"), Tag("2", ("glace",))), "translation-tag-unknown",
         Severity.BLOCKS),
    ],
)  # fmt: skip
def test_a_footnote_may_not_be_lost_nor_a_tag_made_up(
    target: Coded, code: str, severity: Severity
) -> None:
    (finding,) = found(("The annex", Tag("1"), " on ", Tag("2", ("ice",))), target, "fr")
    assert (finding.code, finding.severity) == (code, severity)


def test_tags_may_move_with_the_words() -> None:
    source = ("The annex", Tag("1"), " on ", Tag("2", ("ice",)))
    assert found(source, (Tag("2", ("冰",)), "附件", Tag("1")), "zh") == []
