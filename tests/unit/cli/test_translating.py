"""A translation's way: circulated, sent out, filled in, taken in, issued; and what is refused.

Only the invented Lakes speak here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from verbale import institutions
from verbale.cli.main import run

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"
SYMBOL, STEM = "CL/C/12/G/1", "CL_C_12_G_1"
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
TARGETS = {
    "ar": "تهدي البعثة الدائمة لجمهورية ميرافيا تحياتها إلى أمين المؤتمر وتتشرف بأن تحيل "
    "ملاحظات الدائرة الهيدروغرافية عن الغطاء الجليدي للبحيرة الشمالية في شتاء 2025/26 "
    "(انظر المرفق).",
    "zh": "梅拉维亚共和国常驻代表团向会议秘书长致意，"
    "谨随函转递水文局关于2025/26年冬季北湖冰盖的意见（见附件）。",
    "fr": "La Mission permanente présente ses compliments au Secrétaire de la Conférence et a "
    "l’honneur de transmettre les observations du Service hydrographique sur la couverture de "
    "glace du lac du Nord pendant l’hiver 2025/26 (voir annexe).",
    "ru": "Постоянное представительство свидетельствует свое уважение Секретарю Конференции и "
    "имеет честь препроводить замечания Гидрографической службы о ледяном покрове северного "
    "озера зимой 2025/26 года (см. приложение).",
    "es": "La Misión Permanente saluda atentamente al Secretario de la Conferencia y tiene el "
    "honor de transmitir las observaciones del Servicio Hidrográfico sobre la capa de hielo "
    "del lago del norte en el invierno de 2025/26 (véase el anexo).",
}


@pytest.fixture
def verbale(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command with a registry of the Lakes whose documents wait for all versions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    tables = tmp_path / "lakes"
    shutil.copytree(Path(institutions.__file__).parent / "lakes", tables)
    settings = tables / "institution.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'gate = "none"' in text
    settings.write_text(text.replace('gate = "none"', 'gate = "all"'), encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    assert command("init", "--institution", str(tables))[0] == 0
    return command


@pytest.fixture
def folder(verbale: Run, tmp_path: Path) -> Path:
    """The document's folder after circulating."""
    code, out, _ = verbale("circulate", str(EXAMPLE), "--date", "2026-03-16", "--json")
    assert (code, json.loads(out)["state"]) == (0, "awaiting-translation")
    return tmp_path / "OUT" / STEM


def fill(file: Path, text: str, *, keep: bool = True) -> str:
    """Put *text* in every empty target, as a translator's tool does; give the file's name."""
    tree = etree.parse(file)
    for segment in tree.iterfind(".//x:segment[@state='initial']", NS):
        target = etree.SubElement(segment, f"{{{NS['x']}}}target")
        target.text = text
        segment.set("state", "translated")
    done = file.with_suffix(".done.xlf") if keep else file
    tree.write(done, encoding="utf-8", xml_declaration=True)
    return str(done)


def taken_in(verbale: Run, file: str, code: int = 0) -> dict[str, Any]:
    got, out, _ = verbale("translate", "import", SYMBOL, file, "--json")
    assert got == code, out
    answer: dict[str, Any] = json.loads(out)
    return answer


def codes(answer: dict[str, Any]) -> list[str]:
    findings = answer["findings"]
    assert isinstance(findings, list)
    return [each["code"] for each in findings]


def test_the_folder_has_a_file_for_each_version_that_waits(folder: Path) -> None:
    files = sorted(path.name for path in folder.glob("*.xlf"))
    assert files == [f"{STEM}-{lang}.xlf" for lang in ("AR", "ES", "FR", "RU", "ZH")]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(files) <= {each["name"] for each in manifest["files"]}


def test_another_program_reads_the_file_sent_out(folder: Path) -> None:
    with (folder / f"{STEM}-FR.xlf").open("rb") as file:
        store = Xliff2File.parsefile(file)
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("en", "fr")
    sources = [unit.source for unit in store.units if not unit.isheader()]
    assert "Twelfth session" in sources
    waiting = [unit for unit in store.units if unit.source and not unit.target]
    assert len(waiting) == 1
    assert "presents its compliments" in waiting[0].source


def test_what_another_program_filled_in_and_wrote_is_taken_in(
    verbale: Run, folder: Path, tmp_path: Path
) -> None:
    store = Xliff2File.parsefile(str(folder / f"{STEM}-FR.xlf"))
    (empty,) = (unit for unit in store.units if unit.source and not unit.target)
    empty.target = TARGETS["fr"]
    store.savefile(str(tmp_path / "theirs.xlf"))
    answer = taken_in(verbale, str(tmp_path / "theirs.xlf"))
    assert (codes(answer), answer["versions"]["fr"]) == ([], "ready")
    page = (folder / f"{STEM}-FR.txt").read_text(encoding="utf-8")
    assert " ".join(TARGETS["fr"].split()) in " ".join(page.split())


@pytest.mark.parametrize("name", ["un", "lakes"])
def test_another_program_reads_the_approved_wordings(
    verbale: Run, tmp_path: Path, name: str
) -> None:
    file = tmp_path / f"{name}.tmx"
    code, out, _ = verbale("translate", "memory", "-i", name, "--out", str(file), "--json")
    assert (code, json.loads(out)["wordings"] > 30) == (0, True)
    with file.open("rb") as stream:
        store = tmxfile(stream, "en", "fr")
    pairs = {unit.source: unit.target for unit in store.units if unit.source}
    assert pairs["{ordinal.words} session"] == "{ordinal.words} session"
    assert ("Conseil des lacs" in pairs.values()) is (name == "lakes")
    text = file.read_text(encoding="utf-8")
    assert "candidate" not in text
    assert "reading variant" not in text


def test_set_phrases_are_filled_in_and_only_free_text_is_empty(folder: Path) -> None:
    root = etree.parse(folder / f"{STEM}-FR.xlf").getroot()
    states = {
        unit.get("id"): [segment.get("state") for segment in unit.iterfind("x:segment", NS)]
        for unit in root.iterfind(".//x:unit", NS)
    }
    assert states["part1-publisher-1"] == ["final"]
    assert states["part1-session-1"] == ["final"]
    assert [key for key, value in states.items() if value == ["initial"]] == ["part2-1"]
    text = etree.tostring(root, encoding="unicode")
    assert "Douzième session" in text
    assert "La glace a couvert" not in text, "the annex as received is not for translation"


def test_when_the_last_version_is_complete_the_document_is_issued(
    verbale: Run, folder: Path
) -> None:
    for number, (lang, text) in enumerate(TARGETS.items(), start=1):
        answer = taken_in(verbale, fill(folder.parent / waiting(folder, lang), text))
        expected = "issued" if number == len(TARGETS) else "awaiting-translation"
        assert (answer["state"], codes(answer)) == (expected, [])
    assert set(answer["versions"].values()) == {"issued"}
    assert not list(folder.glob("*.xlf"))
    for lang, text in {**TARGETS, "en": "presents its compliments"}.items():
        kept = json.loads((folder / f"{STEM}-{lang.upper()}.json").read_text(encoding="utf-8"))
        assert "awaiting" not in json.dumps(kept)
        page = (folder / f"{STEM}-{lang.upper()}.txt").read_text(encoding="utf-8")
        assert text.split()[0] in page
        assert (folder / f"{STEM}-{lang.upper()}.pdf").read_bytes()[:5] == b"%PDF-"
        assert "La glace a couvert le lac du Nord" in page
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["state"] == "issued"


def waiting(folder: Path, lang: str) -> Path:
    """The file for translators of a version, copied out of the folder that is made anew."""
    copy = folder.parent / f"{lang}.xlf"
    copy.write_bytes((folder / f"{STEM}-{lang.upper()}.xlf").read_bytes())
    return copy


def test_circulating_the_same_bytes_again_does_not_undo_a_translation(
    verbale: Run, folder: Path
) -> None:
    taken_in(verbale, fill(waiting(folder, "fr"), TARGETS["fr"]))
    before = (folder / f"{STEM}-FR.json").read_bytes()
    code, out, _ = verbale("circulate", str(EXAMPLE), "--date", "2026-03-16", "--json")
    assert code == 0
    assert (folder / f"{STEM}-FR.json").read_bytes() == before
    awaited = [
        f["values"]["lang"]
        for f in json.loads(out)["findings"]
        if f["code"] == "translation-awaited"
    ]
    assert sorted(awaited) == ["ar", "es", "ru", "zh"]


def test_a_number_that_differs_is_left_to_a_person(verbale: Run, folder: Path) -> None:
    for lang, text in TARGETS.items():
        wrong = text.replace("2025/26", "2025/27") if lang == "fr" else text
        answer = taken_in(verbale, fill(waiting(folder, lang), wrong))
        assert codes(answer) == (["translation-number-differs"] if lang == "fr" else [])
    assert answer["state"] == "awaiting-translation"
    shutil.copy(folder.parent / "fr.xlf", folder.parent / "again.xlf")
    answer = taken_in(verbale, fill(folder.parent / "again.xlf", TARGETS["fr"]))
    assert (answer["state"], codes(answer)) == ("issued", [])


def test_a_person_may_issue_what_differs(verbale: Run, folder: Path) -> None:
    assert verbale("issue", SYMBOL)[0] == 2
    for lang, text in TARGETS.items():
        taken_in(verbale, fill(waiting(folder, lang), text.replace("26", "twenty-six")))
    code, out, _ = verbale("issue", SYMBOL, "--json")
    assert (code, json.loads(out)["state"]) == (0, "issued")


def test_an_empty_target_keeps_the_whole_file_out(verbale: Run, folder: Path) -> None:
    answer = taken_in(verbale, str(folder / f"{STEM}-RU.xlf"), code=1)
    assert codes(answer) == ["translation-empty"]
    assert answer["versions"]["ru"] == "awaiting-translation"


def test_the_file_of_another_document_or_with_altered_source_is_refused_whole(
    verbale: Run, folder: Path, tmp_path: Path
) -> None:
    good = Path(fill(waiting(folder, "es"), TARGETS["es"])).read_text(encoding="utf-8")
    for old, new, code in (
        (f'original="{SYMBOL}"', 'original="CL/C/12/G/2"', "translation-of-another"),
        ("the winter of 2025/26", "the winter of 2024/25", "translation-source-altered"),
        ("Twelfth session", "Eleventh session", "translation-source-altered"),
    ):
        assert old in good
        bad = tmp_path / "bad.xlf"
        bad.write_text(good.replace(old, new), encoding="utf-8")
        answer = taken_in(verbale, str(bad), code=1)
        assert (codes(answer), answer["folder"]) == ([code], None)
    shown = json.loads(verbale("show", SYMBOL, "--json")[1])
    assert shown["versions"]["es"] == "awaiting-translation"


def test_the_same_translation_twice_is_one(verbale: Run, folder: Path) -> None:
    done = fill(waiting(folder, "fr"), TARGETS["fr"])
    taken_in(verbale, done)
    first = verbale("history", SYMBOL, "--json")[1]
    taken_in(verbale, done)
    assert verbale("history", SYMBOL, "--json")[1] == first


def test_a_document_issued_before_its_translations_takes_them_in_once(
    verbale: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "at-once"))
    verbale("init", "--institution", "lakes")
    out = verbale("circulate", str(EXAMPLE), "--json")[1]
    assert json.loads(out)["state"] == "issued"
    file = waiting(tmp_path / "OUT" / STEM, "ru")
    again = tmp_path / "again.xlf"
    again.write_bytes(file.read_bytes())
    answer = taken_in(verbale, fill(file, TARGETS["ru"]))
    assert (answer["versions"]["ru"], answer["versions"]["fr"]) == (
        "issued",
        "awaiting-translation",
    )
    code, _, err = verbale("translate", "import", SYMBOL, fill(again, TARGETS["ru"] + " Да."))
    assert (code, "issued already" in err) == (2, True)
    code, _, err = verbale("translate", "export", SYMBOL, "--to", "ru")
    assert (code, "nothing waits" in err) == (2, True)


def test_a_set_phrase_altered_by_a_translator_stays_as_the_table_has_it(
    verbale: Run, folder: Path
) -> None:
    done = Path(fill(waiting(folder, "fr"), TARGETS["fr"]))
    text = done.read_text(encoding="utf-8")
    done.write_text(text.replace("Conseil des lacs", "Conseil lacustre"), encoding="utf-8")
    answer = taken_in(verbale, str(done))
    assert set(codes(answer)) == {"translation-phrase-altered"}
    page = (folder / f"{STEM}-FR.txt").read_text(encoding="utf-8")
    assert "Conseil lacustre" not in page


@pytest.mark.parametrize(
    "content",
    [
        b"no xml",
        b"<xliff/>",
        b"",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_no_translation_file_is_said(
    verbale: Run, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / "bad.xlf"
    bad.write_bytes(content)
    code, _, err = verbale("translate", "import", SYMBOL, str(bad))
    assert code == 2
    assert "bad.xlf" in err


def test_a_communication_can_go_to_translators_before_it_is_registered(
    verbale: Run, tmp_path: Path
) -> None:
    lakes = str(tmp_path / "lakes")
    code, out, _ = verbale(
        "translate",
        "export",
        str(EXAMPLE),
        "--to",
        "fr",
        "--out",
        "early.xlf",
        "-i",
        lakes,
        "--json",
    )
    assert (code, json.loads(out)["free"]) == (0, 1)
    done = fill(tmp_path / "early.xlf", TARGETS["fr"])
    verbale("circulate", str(EXAMPLE), "--date", "2026-03-16")
    answer = taken_in(verbale, done)
    assert answer["versions"]["fr"] == "ready"
