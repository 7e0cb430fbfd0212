"""What checks read in a text, they read in six languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale.checks import calendar, manner, wording
from verbale.checks.base import Case
from verbale.institutions import load
from verbale.model.communication import Communication, Kind
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.language import Language
from verbale.model.recognition import Recognition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.checks.base import Check


def codes(checks: Iterable[Check], text: str, lang: str) -> list[str]:
    note = Part(PartKind.NOTE, (Paragraph((Text(text),)),), Language(lang))
    found = Recognition(
        Document((note,), Language(lang)),
        communication=Communication(Kind.NOTE_VERBALE),
    )
    case = Case(found, load("un"))
    return [each.code for check in checks for each in check.run(case)]


@pytest.mark.parametrize(
    ("lang", "right", "wrong"),
    [
        ("ar", "في 30 نيسان/أبريل 2020 اجتمع المجلس", "في 31 نيسان/أبريل 2020 اجتمع المجلس"),
        ("zh", "理事会于2020年4月30日开会", "理事会于2020年4月31日开会"),
        ("en", "The Council met on 30 April 2020.", "The Council met on 31 April 2020."),
        ("fr", "Le Conseil s’est réuni le 30 avril 2020.", "réuni le 31 avril 2020."),
        ("ru", "Совет собрался 30 апреля 2020 года.", "Совет собрался 31 апреля 2020 года."),
        ("es", "El Consejo se reunió el 30 de abril de 2020.", "el 31 de abril de 2020."),
        ("en", "It met on 29 February 2020.", "It met on 29 February 2021."),
    ],
)
def test_a_day_that_its_month_does_not_have(lang: str, right: str, wrong: str) -> None:
    assert codes(calendar.CHECKS, right, lang) == []
    assert codes(calendar.CHECKS, wrong, lang) == ["date-impossible"]


@pytest.mark.parametrize(
    ("lang", "right", "wrong"),
    [
        ("ar", "الأربعاء، 8 نيسان/أبريل 2020", "الاثنين، 8 نيسان/أبريل 2020"),
        ("zh", "2020年4月8日星期三上午", "2020年4月8日（星期一）上午"),
        ("en", "on Wednesday, 8 April 2020,", "on Monday, 8 April 2020,"),
        ("fr", "le mercredi 8 avril 2020", "le lundi 8 avril 2020"),
        ("ru", "в среда, 8 апреля 2020 года", "понедельник, 8 апреля 2020 года"),
        ("es", "el miércoles 8 de abril de 2020", "el lunes 8 de abril de 2020"),
    ],
)
def test_a_weekday_that_is_not_that_of_its_date(lang: str, right: str, wrong: str) -> None:
    assert codes(calendar.CHECKS, right, lang) == []
    assert codes(calendar.CHECKS, wrong, lang) == ["weekday-differs"]


@pytest.mark.parametrize(
    ("lang", "third", "first"),
    [
        ("ar", "وتتشرف البعثة بأن تحيل طيه", "أتشرف بأن أحيل طيه"),
        ("zh", "常驻代表团谨随函转递", "我谨随函转递"),
        ("en", "The Mission has the honour to transmit", "I have the honour to transmit"),
        ("fr", "La Mission a l’honneur de transmettre", "J’ai l’honneur de transmettre"),
        ("ru", "Представительство имеет честь", "Имею честь препроводить"),
        ("es", "La Misión tiene el honor de transmitir", "Tengo el honor de transmitir"),
    ],
)
def test_a_note_in_the_first_person(lang: str, third: str, first: str) -> None:
    said = [check for check in manner.CHECKS if check.code == "note-first-person"]
    assert codes(said, third, lang) == []
    assert codes(said, first, lang) == ["note-first-person"]
    assert codes(said, f"“{first}”", lang) == []


@pytest.mark.parametrize(
    "text",
    [
        "Geneva, [date]",
        "le [●] mars",
        "A/78/XX",
        "TBD",
        "XX/XX/2026",
        "{{name}}",
        "Click here to enter text",
        "Ginebra, [fecha]",
        "[дата]",
        "[日期]",
        "[التاريخ]",
    ],
)
def test_what_waits_to_be_filled_in(text: str) -> None:
    assert codes(wording.CHECKS, f"… {text} …", "en") == ["placeholder-left"]


@pytest.mark.parametrize(
    "text",
    [
        "the draft [resolution] as amended",
        "Decides [to consider] the matter [at its next session]",
        "session XX of 1965, resolution 2131 (XX)",
        "the proposal (see [3])",
        "a) first; b) second; 3) third",
        "“Recalling its resolutions,",
        "the Pacto (par. 3 g)) y",
        "x [...] y",
    ],
)
def test_what_drafts_and_quotations_rightly_have_is_let_be(text: str) -> None:
    assert codes(wording.CHECKS, text, "en") == []
