"""Treaties, meetings, and references inside the document: found and not found."""

from __future__ import annotations

import pytest

from verbale.citations.resolve import find_citations


@pytest.mark.parametrize(
    ("lang", "text", "key", "places"),
    [
        (
            "en",
            "Article 51 of the Charter of the United Nations",
            "charter",
            [("article", "51")],
        ),
        ("en", "acting under Chapter VII of the Charter", "charter", [("chapter", "VII")]),
        (
            "fr",
            "l’Article 2, paragraphe 4, de la Charte des Nations Unies",
            "charter",
            [("paragraph", "4"), ("article", "2")],
        ),
        (
            "es",
            "el artículo 33 de la Carta de las Naciones Unidas",
            "charter",
            [("article", "33")],
        ),
        (
            "ru",
            "статьи 51 Устава Организации Объединенных Наций",
            "charter",
            [("article", "51")],
        ),
        ("zh", "《联合国宪章》第五十一条", "charter", [("article", "五十一")]),
        ("ar", "المادة 51 من ميثاق الأمم المتحدة", "charter", [("article", "51")]),
        ("en", "the Convention on the Rights of the Child", "crc", []),
        ("ru", "Конвенцией о правах ребенка", "crc", []),
        ("en", "the Fourth Geneva Convention", "geneva-4", []),
        ("fr", "aux Conventions de Genève", "geneva", []),
    ],
)
def test_a_treaty_is_found_by_its_name_with_the_article_beside_it(
    lang: str, text: str, key: str, places: list[tuple[str, str]]
) -> None:
    (found,) = find_citations(text, lang)
    assert found.mention.key == key
    assert found.symbol is None
    assert [(p.kind, p.number) for p in found.pinpoints] == places


@pytest.mark.parametrize(
    "text",
    [
        "the charter of the airline and the convention centre",
        "under the Charter, all States",
        "article 5 of his contract",
    ],
)
def test_a_short_name_without_an_article_is_no_treaty(text: str) -> None:
    assert list(find_citations(text, "en")) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "adopted by the Security Council at its 3205th meeting"),
        ("fr", "adoptée par le Conseil de sécurité à sa 3205e séance"),
        ("es", "aprobada por el Consejo de Seguridad en su 3205ª sesión"),
        ("ru", "принятая Советом Безопасности на его 3205-м заседании"),
        ("zh", "安全理事会第3205次会议通过"),
        ("ar", "اتخذه مجلس الأمن في جلسته 3205 المعقودة"),
    ],
)
def test_a_meeting_of_the_council_has_a_symbol(lang: str, text: str) -> None:
    assert [c.symbol for c in find_citations(text, lang)] == ["S/PV.3205"]


def test_a_meeting_of_no_council_is_no_citation() -> None:
    assert list(find_citations("the hotel's 3rd meeting room, the 54th meeting", "en")) == []


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        ("en", "(see annex)", "annex"),
        ("fr", "(voir annexe II)", "annex:II"),
        ("es", "(véase el anexo)", "annex"),
        ("ru", "(см. приложение)", "annex"),
        ("zh", "（见附件）", "annex"),
        ("ar", "(انظر المرفق)", "annex"),
        ("en", "as paragraph 4 above says", "paragraph:4"),
        ("en", "the annex to the present letter", "annex"),
        (
            "es",
            "la nota y su anexo* se distribuyen.\n\n* Se reproduce tal como se recibió.",
            "note:*",
        ),
    ],
)
def test_a_place_of_the_document_itself_is_an_internal_reference(
    lang: str, text: str, key: str
) -> None:
    (found,) = find_citations(text, lang)
    assert (found.kind.value, found.mention.key) == ("internal", key)


@pytest.mark.parametrize(
    "text",
    ["*emphasis* is no note", "the annexation of it", "see the sea", "anexo* sin nota alguna"],
)
def test_other_words_and_asterisks_refer_to_nothing(text: str) -> None:
    assert list(find_citations(text, "en")) == []


def test_a_place_in_another_document_is_not_one_of_this_document() -> None:
    found = list(find_citations("see paragraph 4 of resolution 2584 (2021)", "en"))
    assert [c.kind.value for c in found] == ["resolution"]
