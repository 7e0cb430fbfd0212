"""The tables of States: complete, well formed, and right in the grammar of six languages."""

from __future__ import annotations

import datetime
import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
TABLES = ROOT / "src" / "verbale" / "institutions"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
FORMS = ("short", "formal", "short.of", "formal.of")
INSTITUTIONS = ("un", "lakes")
CHARTER = datetime.date(1945, 10, 24)  # no wording here is older
COLUMNS = ["key", "lang", "text", "source", "review", "from"]

# What may stand in a name: letters of the script, and the marks that names have in it.
SCRIPTS = {
    "ar": r"[\u0621-\u064a() -]+",
    "zh": r"[\u4e00-\u9fff（）]+",
    "en": r"[A-Za-zô’ü() -]+",
    "fr": r"[A-Za-zÀ-ÿ’() -]+",
    "ru": r"[А-Яа-я’() —-]+",
    "es": r"[A-Za-zÀ-ÿ’() -]+",
}


class Row(NamedTuple):
    key: str
    lang: str
    text: str
    source: str
    review: str
    since: str

    @property
    def code(self) -> str:
        return self.key.partition(".")[0]

    @property
    def form(self) -> str:
        return self.key.partition(".")[2]


def table(path: Path, columns: list[str]) -> list[list[str]]:
    lines = path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    body = [line for line in lines if not line.startswith("#")]
    assert body[0].split("\t") == columns
    rows = [line.split("\t") for line in body[1:]]
    assert all(len(row) == len(columns) for row in rows)
    return rows


def states(institution: str) -> list[Row]:
    return [Row(*cells) for cells in table(TABLES / institution / "states.tsv", COLUMNS)]


def standing(institution: str) -> dict[str, str]:
    path = TABLES / institution / "membership.tsv"
    rows = table(path, ["code", "standing", "since", "source"])
    for _, _, since, _ in rows:
        assert not since or datetime.date.fromisoformat(since) >= CHARTER
    return {code: value for code, value, _, _ in rows}


def current(institution: str) -> dict[tuple[str, str], str]:
    """The wording that holds today: the last row of each key and language."""
    return {(row.key, row.lang): row.text for row in states(institution)}


def forms_in(lang: str, suffix: str = "") -> Iterator[tuple[str, str]]:
    for institution in INSTITUTIONS:
        for row in states(institution):
            if row.lang == lang and row.form.endswith(suffix):
                yield row.key, row.text


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_every_state_has_four_forms_in_six_languages(institution: str) -> None:
    held = set(current(institution))
    codes = {key.partition(".")[0] for key, _ in held}
    assert held == {(f"{c}.{f}", lang) for c in codes for f in FORMS for lang in LANGUAGES}
    assert codes == set(standing(institution))


def test_193_members_two_observers_and_two_that_are_not_members() -> None:
    held = standing("un")
    counts = {kind: list(held.values()).count(kind) for kind in set(held.values())}
    assert counts == {"member": 193, "observer": 2, "non-member": 2}
    assert {c for c, kind in held.items() if kind == "observer"} == {"VA", "PS"}
    assert {c for c, kind in held.items() if kind == "non-member"} == {"CK", "NU"}


def test_no_state_of_the_lakes_is_a_state_of_the_world() -> None:
    lakes, world = states("lakes"), states("un")
    assert all(re.fullmatch("Q[M-Z]", row.code) for row in lakes)
    assert not {row.text for row in lakes} & {row.text for row in world}
    assert {row.source for row in lakes} == {"invented"}


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_rows_are_whole_dated_and_in_order_of_date(institution: str) -> None:
    rows = states(institution)
    assert all(row.text and row.source for row in rows)
    assert all(row.text == " ".join(row.text.split()) for row in rows)
    assert {row.review for row in rows} <= {"verified", "reviewed", "candidate"}
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        assert not row.since or datetime.date.fromisoformat(row.since) >= CHARTER
        assert row.since > last.get((row.key, row.lang), "-") or (row.key, row.lang) not in last
        last[row.key, row.lang] = row.since


def test_verified_cells_name_the_document_where_they_were_seen() -> None:
    symbol = re.compile(r"[AES]/[A-Z0-9]")
    for row in states("un"):
        assert (row.review == "verified") == bool(symbol.match(row.source)), row


@pytest.mark.parametrize("institution", INSTITUTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_and_a_form_belong_to_one_state(institution: str, lang: str) -> None:
    owner: dict[tuple[str, bool], str] = {}
    for row in states(institution):
        if row.lang == lang:
            place = (row.text.casefold(), row.form.endswith(".of"))
            assert owner.setdefault(place, row.code) == row.code, row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_keep_to_the_script_of_their_language(lang: str) -> None:
    for key, text in forms_in(lang):
        assert re.fullmatch(SCRIPTS[lang], text), (key, text)


def test_french_and_spanish_contract_the_article() -> None:
    for _, text in forms_in("fr", ".of"):
        assert re.match(r"(de l’[AEIOUYÉÎ]|d’[AEIOUYÉÎH]|du |des |de )", text), text
        assert not re.search(r"\b(de le|de les)\b|^de [AEIOUYÉÎ]|^de l’[^AEIOUYÉÎ]", text), text
        assert "'" not in text
    for _, text in forms_in("es", ".of"):
        assert re.match(r"(de|del) ", text), text
        assert not re.search(r"\bde el\b|\bdel (los|las|la|el) ", text), text
        assert not re.match(r"del (República|Unión|Sultanía|Federación|Confederación)\b", text)


def test_english_has_the_article_once_and_only_in_running_text() -> None:
    for _, text in forms_in("en", ".of"):
        assert text.startswith("of "), text
        assert "the the" not in text
    for key, text in forms_in("en", "short"):
        assert not text.startswith("the "), (key, text)


def test_arabic_joins_the_preposition_and_drops_the_alif_of_the_article() -> None:
    for institution in INSTITUTIONS:
        held = current(institution)
        for (key, lang), text in held.items():
            if lang != "ar" or not key.endswith(".of"):
                continue
            assert text.startswith("ل"), key
            assert not text.startswith("لال"), key
            name = held[key.removesuffix(".of"), "ar"]
            if " (" in name:
                name = held[key.partition(".")[0] + ".formal", "ar"]
            assert text == ("لل" + name[2:] if name.startswith("ال") else "ل" + name), key


def test_russian_declines_the_head_and_leaves_the_apposed_name_alone() -> None:
    un = current("un")
    assert un["IR.short.of", "ru"] == "Исламской Республики Иран"
    assert un["BR.formal.of", "ru"] == "Федеративной Республики Бразилия"
    assert un["EG.formal.of", "ru"] == "Арабской Республики Египет"
    assert un["CI.formal.of", "ru"] == "Республики Кот-д’Ивуар"
    assert un["CI.short.of", "ru"] == "Кот-д’Ивуара"
    assert un["PG.short.of", "ru"] == "Папуа — Новой Гвинеи"
    nominative = re.compile(
        r"^(?:\S+(?:ая|ое|ие|ые|ий) )*"
        r"(Республика|Королевство|Государство|Княжество|Содружество|Союз|Султанат|Штаты|"
        r"Эмираты|Острова|Федерация|Конфедерация|Престол|Герцогство)\b"
    )
    for key, text in forms_in("ru", ".of"):
        assert not nominative.match(text), (key, text)


def test_russian_genitives_follow_the_endings_of_their_names() -> None:
    """In -ия: -ии; in -а: -ы or -и; a consonant: -а; in -уа, -о, -и, -е: unchanged."""
    for institution in INSTITUTIONS:
        held = current(institution)
        for (key, lang), name in held.items():
            code, _, form = key.partition(".")
            if lang != "ru" or form != "short" or re.search(r"[ ()-]", name):
                continue
            of = held[f"{code}.short.of", "ru"]
            if name.endswith("ия"):
                assert of == name[:-1] + "и", key
            elif re.search("([оу]а|[оуеэи])$", name) or code == "BD":  # Бангладеш
                assert of == name, key
            elif name.endswith("а"):
                after_hushing = name[-2] in "гкхжшщч"
                assert of == name[:-1] + ("и" if after_hushing else "ы"), key
            elif re.search("[бвгдзклмнпрстфх]$", name):
                fleeting = {"EG": "Египта"}
                assert of == fleeting.get(code, name + "а"), key
            elif name.endswith("ы"):
                assert of in (name[:-1], name[:-1] + "ов"), key
            elif name.endswith("й"):
                assert of == name[:-1] + "я", key


# The forms seen in documents after "Permanent Mission" or "Permanent Representative".
SEEN = {
    "ar": "لأنغولا لملاوي لغواتيمالا لأوكرانيا لكمبوديا لغابون لليبيا لمالطة للعراق",
    "zh": "安哥拉 马拉维 危地马拉 乌克兰 柬埔寨 加蓬 利比亚 马耳他",
    "en": "of~the~Syrian~Arab~Republic of~the~State~of~Palestine",
    "fr": "de~l’Angola du~Malawi du~Guatemala de~l’Ukraine du~Cambodge du~Gabon de~la~Libye "
    "de~la~Turquie de~la~République~arabe~syrienne de~Malte de~l’État~de~Palestine",
    "ru": "Анголы Малави Гватемалы Украины Камбоджи Габона Ливии Непала "
    "Сирийской~Арабской~Республики",
    "es": "de~Angola de~Ucrania de~Camboya de~Libia de~Malta del~Gabón "
    "de~la~República~Árabe~Siria de~la~República~Islámica~del~Irán del~Estado~de~Palestina",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_forms_seen_in_documents_stand_in_the_table_as_verified(lang: str) -> None:
    verified = {
        row.text
        for row in states("un")
        if row.lang == lang and row.form == "short.of" and row.review == "verified"
    }
    assert {form.replace("~", " ") for form in SEEN[lang].split()} <= verified


def variants() -> list[list[str]]:
    columns = ["code", "lang", "text", "kind", "source"]
    return table(TABLES / "un" / "state_variants.tsv", columns)


def test_variants_belong_to_one_state_and_repeat_no_wording_that_holds() -> None:
    held = current("un")
    owner: dict[tuple[str, str, str], str] = {}
    wordings = {
        "name": {(lang, text) for (key, lang), text in held.items() if ".of" not in key},
        "of": {(lang, text) for (key, lang), text in held.items() if ".of" in key},
        "adjective": set(),
    }
    for code, lang, text, kind, source in variants():
        assert (f"{code}.short", lang) in held
        assert source
        assert "'" not in text
        assert text == " ".join(text.split())
        assert owner.setdefault((lang, text.casefold(), kind), code) == code, text
        assert (lang, text) not in wordings[kind], text


def test_a_wording_that_no_longer_holds_can_still_be_read() -> None:
    held = current("un")
    known = {(code, lang, text) for code, lang, text, kind, _ in variants()}
    for row in states("un"):
        if row.text != held[row.key, row.lang]:
            still = any(
                held[f"{row.code}.{form}", row.lang] == row.text
                for form in FORMS
                if form.endswith(".of") == row.form.endswith(".of")
            )
            assert still or (row.code, row.lang, row.text) in known, row


def test_variants_after_a_mission_have_the_grammar_of_their_language() -> None:
    opening = {
        "ar": r"ل(?!ال)",
        "zh": "",
        "en": "of ",
        "fr": r"(de l’[AEIOUYÉÎe]|d’[AEIOUYÉÎH]|du |des |de (?!le |les ))",
        "ru": "",
        "es": r"(del |de (?!el ))",
    }
    for _, lang, text, kind, _ in variants():
        if kind == "of":
            assert re.match(opening[lang], text), text


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        ("en", "Turkey", "TR"),
        ("en", "Viet Nam", "VN"),
        ("en", "Vietnam", "VN"),
        ("en", "Ivory Coast", "CI"),
        ("en", "Netherlands", "NL"),
        ("en", "North Korea", "KP"),
        ("en", "Republic of Korea", "KR"),
        ("en", "Swaziland", "SZ"),
        ("en", "of Turkey", "TR"),
        ("en", "of the Netherlands", "NL"),
        ("en", "of the United Kingdom", "GB"),
        ("fr", "Corée du Sud", "KR"),
        ("fr", "de la Russie", "RU"),
        ("ru", "Сирии", "SY"),
        ("ar", "للولايات المتحدة", "US"),
        ("es", "Costa de Marfil", "CI"),
        ("ru", "США", "US"),
        ("zh", "英国", "GB"),
        ("ar", "ساو تومي وبرينسيبي", "ST"),
        ("ar", "سوريا", "SY"),
    ],
)
def test_a_state_is_found_under_the_names_documents_use(
    lang: str, text: str, code: str
) -> None:
    found = {row[0] for row in variants() if row[1:3] == [lang, text]}
    found |= {r.code for r in states("un") if (r.lang, r.text) == (lang, text)}
    assert found == {code}


@pytest.fixture(scope="module")
def build_states() -> ModuleType:
    path = ROOT / "tools" / "build_states.py"
    spec = importlib.util.spec_from_file_location("build_states", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_states"] = module
    spec.loader.exec_module(module)
    return module


def test_the_seeded_cells_are_what_unterm_gives(
    build_states: ModuleType, corpus: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpus("country-names").parent
    assert build_states.main(["--corpus", str(folder)]) == 0
    said = capsys.readouterr().out
    by_hand = {line.split(".")[0] for line in said.splitlines() if ": by hand" in line}
    assert by_hand == {"NL"}


def test_a_seeded_cell_that_was_changed_is_named_and_renewed(
    build_states: ModuleType, corpus: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = corpus("country-names").parent
    text = (TABLES / "un" / "states.tsv").read_text(encoding="utf-8")
    spoilt = tmp_path / "states.tsv"
    spoilt.write_text(text.replace("\tdel Brasil\t", "\tde Brasil\t"), encoding="utf-8")
    given = ["--corpus", str(folder), "--table", str(spoilt)]
    assert build_states.main([*given, "--write"]) == 1
    assert "\tdel Brasil\t" in spoilt.read_text(encoding="utf-8")
    assert build_states.main(given) == 0


def test_without_its_source_the_tool_says_so(build_states: ModuleType, tmp_path: Path) -> None:
    assert build_states.main(["--corpus", str(tmp_path)]) == 2


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """The symbol and the text of each document in *folder*, without its metadata."""
    for path in sorted(folder.rglob("*.xml")):
        source = path.read_text(encoding="utf-8", errors="replace")
        number = re.search(r"<docNumber[^>]*>\s*([A-Z][^<]+?)\s*<", source)
        if number:
            body = re.sub(r"<[^>]+>", " ", source[source.find("</meta>") :])
            yield " ".join(number[1].split()), " ".join(body.replace("'", "’").split())


@pytest.mark.parametrize("folder", ["un-akn-hrc", "un-akn-ga", "un-akn-ga-decisions"])
def test_wordings_called_verified_are_in_the_document_they_name(
    folder: str, corpus: Callable[[str], Path]
) -> None:
    texts: dict[str, str] = {}
    for symbol, text in documents(corpus(folder)):
        texts[symbol] = texts.get(symbol, "") + " " + text
    checked = [
        (row, texts[symbol])
        for row in states("un")
        if row.review == "verified" and (symbol := row.source.partition(";")[0]) in texts
    ]
    assert len(checked) > 20
    missing = [row for row, text in checked if row.text not in text]
    assert not missing
