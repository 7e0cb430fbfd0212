"""``cite`` and ``quotes`` as a stranger runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from verbale.citations.links import links_of
from verbale.cli.main import run
from verbale.model.document import Document, Footnote, Paragraph, Part, PartKind, Text
from verbale.model.language import Language
from verbale.workflow.citing import symbol_of_heading, symbol_of_name

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def verbale(capfd: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return command


def test_lines_are_answered_one_for_one_in_order(verbale: Run, tmp_path: Path) -> None:
    rows = [
        {
            "id": "a",
            "lang": "en",
            "text": "Recalling its resolution 43/25",
            "symbol": "A/HRC/44/2",
        },
        {"id": "b", "lang": "en", "text": "Nothing here."},
        {"id": 3, "lang": "ru", "text": "резолюции 1754 (2007)"},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    code, out, _ = verbale("cite", "--jsonl", str(path))
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "b", 3]
    assert [[c["symbol"] for c in answer["citations"]] for answer in answers] == [
        ["A/HRC/RES/43/25"],
        [],
        ["S/RES/1754 (2007)"],
    ]
    keys = {"start", "end", "text", "symbol", "candidates", "kind", "confidence", "reason"}
    assert keys <= set(answers[0]["citations"][0])


def test_a_line_that_is_no_object_keeps_its_place_and_is_said(
    verbale: Run, tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(
        '{"id": 1, "text": "A/RES/70/1"}\nnonsense\n[1]\n{"id": 4}\n', encoding="utf-8"
    )
    code, out, _ = verbale("cite", "--jsonl", str(path))
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [answer["id"] for answer in answers] == [1, None, None, 4]
    assert ["error" in answer for answer in answers] == [False, True, True, True]


def test_cite_gives_one_object_for_a_file(verbale: Run, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("See A/RES/70/1 and resolution 43/25.", encoding="utf-8")
    code, out, _ = verbale("cite", str(path), "--json")
    answer = json.loads(out)
    assert code == 0
    assert [c["symbol"] for c in answer["citations"]] == ["A/RES/70/1", None]
    code, out, _ = verbale("cite", str(path))
    assert "A/RES/70/1" in out


def test_a_file_or_folder_that_is_not_there_is_said_in_words(
    verbale: Run, tmp_path: Path
) -> None:
    assert verbale("cite", str(tmp_path / "none.txt"))[0] == 2
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    code, _, err = verbale("quotes", str(tmp_path / "a.txt"), "--against", str(tmp_path / "no"))
    assert code == 2
    assert "no such folder" in err


def test_quotes_of_the_seed_come_in_the_promised_shape(
    verbale: Run, corpus: Callable[[str], Path], tmp_path: Path
) -> None:
    seed = str(next(corpus("seed").glob("*.txt")))
    page = tmp_path / "report.html"
    held = str(corpus("cr-unsc-gold"))
    code, out, _ = verbale("quotes", seed, "--against", held, "--json", "--html", str(page))
    answer = json.loads(out)
    assert code == 0
    assert [q["verdict"] for q in answer["quotations"]] == ["exact", "altered", "unattributed"]
    altered = answer["quotations"][1]
    assert altered["citation"]["symbol"] == "S/RES/822 (1993)"
    assert "Kelbadjar" in altered["source"]["text"]
    assert {"kind": "spelling", "quoted": "Kalbajar", "source": "Kelbadjar"} in altered[
        "difference"
    ]
    (wrong,) = answer["dates"]
    assert (wrong["given"], wrong["true"]) == ("1993-04-06", "1993-04-30")
    assert "30 April 1993" in wrong["source"]
    written = page.read_text(encoding="utf-8")
    assert "Kelbadjar" in written
    assert '<mark class="altered">' in written


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("S_RES_0822_1993_EN_GOLD.txt", "S/RES/822 (1993)"),
        ("A_HRC_43_G_1-ES.pdf", "A/HRC/43/G/1"),
        ("A_RES_70_1.html", "A/RES/70/1"),
        ("holiday-pictures.txt", ""),
    ],
)
def test_the_symbol_of_a_file_is_read_from_its_name(name: str, symbol: str) -> None:
    assert symbol_of_name(name) == symbol


@pytest.mark.parametrize(
    ("head", "symbol"),
    [
        ("RESOLUTION 822 (1993)\n\nAdopted by the Security Council", "S/RES/822 (1993)"),
        ("Resolution 853 (1993)\nof 29 July 1993\n\nThe Security Council,", "S/RES/853 (1993)"),
        ("United Nations\n\nA/HRC/43/G/1\n\nGeneral Assembly\n", "A/HRC/43/G/1"),
        ("94 (1951). Resolution of 29 May 1951\n(S/2174)\n\nThe Council,", "S/RES/94 (1951)"),
        ("A letter\n\nwith reference to resolution 822 (1993) and much more text\n", ""),
    ],
)
def test_the_heading_says_the_symbol_before_the_name_does(head: str, symbol: str) -> None:
    assert symbol_of_heading(head) == symbol


def test_links_stand_off_from_the_tree_with_offsets_into_each_block() -> None:
    english, russian = Language("en"), Language("ru")
    note = Footnote("1", "1", (Paragraph((Text("See S/2019/822."),)),))
    document = Document(
        (
            Part(
                PartKind.NOTE,
                (Paragraph((Text("Recalling its "), Text("resolution 43/25"))),),
                english,
                (note,),
            ),
            Part(
                PartKind.ANNEX,
                (Paragraph((Text("ничего"),)), Paragraph((Text("резолюции 1754 (2007)"),))),
                russian,
            ),
        ),
        symbol="A/HRC/44/2",
    )
    found = [[(k.start, k.end, k.symbol) for k in each.links] for each in links_of(document)]
    assert found == [
        [(25, 30, "A/HRC/RES/43/25")],
        [(4, 14, "S/2019/822")],
        [(10, 21, "S/RES/1754 (2007)")],
    ]
