"""How faithfully mastheads are read and composed, measured on the UN's own cover pages.

Prints, per language and field, how many are exact, of how many, and how many were made up;
how many composed lines are equal to the real ones, in the language read and from English into
the others; what was gained and lost since ``fidelity.json``, which ``--accept`` rewrites.
Lines that say the dates of a session are left out of all scores (the XML drops the dash and a
year), agenda titles where no agenda is loaded. Errors of the source that stand in
``institutions/un/misprints.tsv`` are counted apart.

The corpus is found by ``VERBALE_CORPUS``, by default ``../shared/corpus`` beside the project.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from verbale.languages import rules
from verbale.model.language import OFFICIAL
from verbale.workflow.mastheads import Mastheads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
RECORD = Path(__file__).with_name("fidelity.json")
MISPRINTS = ROOT / "src/verbale/institutions/un/misprints.tsv"
LANGUAGES = tuple(language.code for language in OFFICIAL)
FIELDS = (
    "symbol", "publisher", "issuingBody", "subsidiaryBody", "distribution", "dateText",
    "dateIso", "originalLanguage", "languageLine", "session", "sessionNumber", "sessionStart",
    "sessionEnd", "agendaItem", "agendaTitle", "title", "source", "jobNumber",
)  # fmt: skip
#: Fields of the gold that are no text of a line but a value beside it.
VALUES = frozenset({"dateIso", "sessionNumber", "sessionStart", "sessionEnd"})
OWN_AGENDA = "A/HRC/"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
PDF_NAME = re.compile(r"_((?:A|S)_[A-Za-z0-9_.]+)\.pdf$")


@dataclass
class Tally:
    """Counts of one language and what was missed, each by a name that stays the same."""

    exact: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    made_up: Counter[str] = field(default_factory=Counter)
    misprints: Counter[str] = field(default_factory=Counter)
    missed: dict[str, list[str]] = field(default_factory=dict)

    def miss(self, name: str, what: str) -> None:
        """Keep one miss to look at."""
        self.missed.setdefault(name, []).append(what)


def corpus() -> Path:
    """The folder of real documents."""
    return Path(os.environ.get("VERBALE_CORPUS", ROOT.parent / "shared/corpus")).resolve()


def gold(lang: str) -> list[dict[str, Any]]:
    """The cover pages of one language: ``lines`` and ``fields``."""
    path = corpus() / "masthead-gold" / f"mastheads_{lang}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def covers() -> dict[str, dict[str, list[str]]]:
    """The lines of the cover pages of the Akoma Ntoso files, by symbol and language."""
    pages: dict[str, dict[str, list[str]]] = {}
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    for path in sorted(corpus().glob("un-akn-*/**/*.xml")):
        lang = path.parent.name
        cover = etree.parse(path, parser).find(f".//{AKN}coverPage")
        if lang not in LANGUAGES or cover is None:
            continue
        lines = [
            _squeezed("".join(str(text) for text in p.itertext()))
            for p in cover.iter(f"{AKN}p")
        ]
        lines = [line for line in lines if line]
        symbol = next((line for line in lines if re.match(r"[ASE]/", line)), "")
        pages.setdefault(re.sub(r" ?\(", " (", symbol), {})[lang] = lines
    return pages


def misprints() -> set[tuple[str, str, str]]:
    """Symbol, language and field or text of what is known to be wrong in the source."""
    rows = MISPRINTS.read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")][1:]
    return {(symbol, lang, _same(text)) for symbol, lang, text, *_ in cells}


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _same(text: str) -> str:
    """A text for comparing: kinds of white space and marks of direction do not matter."""
    return _squeezed(re.sub("[\u200e\u200f\u2066-\u2069]", "", text))


def equal_lines(real: Sequence[str], made: Sequence[str]) -> list[bool]:
    """For each real line whether the composed ones have it, in order (longest common row)."""
    rows = [[0] * (len(made) + 1) for _ in range(len(real) + 1)]
    for i in reversed(range(len(real))):
        for j in reversed(range(len(made))):
            rows[i][j] = (
                rows[i + 1][j + 1] + 1
                if real[i] == made[j]
                else max(rows[i + 1][j], rows[i][j + 1])
            )
    found, i, j = [False] * len(real), 0, 0
    while i < len(real) and j < len(made):
        if real[i] == made[j]:
            found[i] = True
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _is_dates(line: str, lang: str) -> bool:
    return any(end >= len(line) - 6 for _, end in rules(lang).read_date_range(line, 0))


def score_fields(
    pages: list[dict[str, Any]], answers: list[dict[str, Any]], lang: str
) -> Tally:
    """Every field of every gold page against what was read."""
    tally, known = Tally(), misprints()
    for page, answer in zip(pages, answers, strict=True):
        want, got = page["fields"], answer["fields"]
        lines = {_same(line) for line in page["lines"]}
        symbol = want["symbol"]
        for name in FIELDS:
            expected, found = want.get(name), got.get(name)
            if name == "jobNumber" and expected and _same(expected) not in lines:
                expected = None  # the gold has it from elsewhere: it is not on the page
            if expected is None and found is None:
                continue
            exact = None not in (expected, found) and _same(found) == _same(expected)
            apart = {(symbol, lang, name), (symbol, lang, _same(expected or found))} & known
            if apart and not exact:
                tally.misprints[name] += 1
                continue
            if expected is not None:
                tally.total[name] += 1
                tally.exact[name] += exact
            else:
                tally.made_up[name] += 1
            if not exact:
                tally.miss(name, f"{symbol}: {found!r} for {expected!r}")
    return tally


def score_lines(
    name: str, cases: Iterator[tuple[str, list[str], list[str], list[str]]], lang: str
) -> Tally:
    """Composed lines against real ones: symbol, real lines, composed ones, lines left out."""
    tally, known = Tally(), misprints()
    for symbol, real, made, left_out in cases:
        out = {_same(line) for line in left_out}
        lines = [_same(line) for line in real if not _is_dates(line, lang)]
        lines = [line for line in lines if line not in out]
        mine = [_same(line) for line in made]
        for line, found in zip(lines, equal_lines(lines, mine), strict=True):
            if not found and (symbol, lang, line) in known:
                tally.misprints[name] += 1
                continue
            tally.total[name] += 1
            tally.exact[name] += found
            if not found:
                tally.miss(name, f"{symbol}: {line!r} not in {mine}")
    return tally


def same_language(
    mastheads: Mastheads, pages: list[dict[str, Any]], answers: list[dict[str, Any]], lang: str
) -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Each gold page read and composed again in its own language."""
    for page, answer in zip(pages, answers, strict=True):
        made = mastheads.compose(_bare(answer["masthead"]), lang)
        yield page["fields"]["symbol"], page["lines"], made, _titles(answer)


def across(
    mastheads: Mastheads, pages: dict[str, dict[str, list[str]]], lang: str
) -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Each English cover page composed in *lang*, with the real page of the same symbol."""
    for symbol, by_lang in pages.items():
        if "en" in by_lang and lang in by_lang:
            masthead = mastheads.parse(by_lang["en"])["masthead"]
            made = mastheads.compose(_bare(masthead), lang)
            yield symbol, by_lang[lang], made, _titles(mastheads.parse(by_lang[lang]))


def _bare(masthead: dict[str, Any]) -> dict[str, Any]:
    """The values as they come back from a file."""
    value: dict[str, Any] = json.loads(json.dumps(masthead))
    return value


def _titles(answer: dict[str, Any]) -> list[str]:
    """The lines of agenda titles, where no agenda of the body is loaded."""
    fields = answer["fields"]
    if fields.get("symbol", "").startswith(OWN_AGENDA):
        return []
    return fields.get("agendaTitles") or [fields.get("agendaTitle", "")]


def score_pdfs(mastheads: Mastheads) -> Tally:
    """Symbol and date on the reports in PDF that have a text layer."""
    import pypdfium2  # noqa: PLC0415 - a second to load

    tally = Tally()
    for path in sorted((corpus() / "un-pdf-sc-reports").glob("*.pdf")):
        text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:
            continue
        match = PDF_NAME.search(path.name)
        want = match[1].replace("_", "/") if match else ""
        answer = mastheads.parse(lines)["masthead"]
        got = "/".join(answer.get("symbols", []))
        tally.total["symbol"] += 1
        tally.exact["symbol"] += got == want
        day = answer.get("date", "")
        tally.total["date"] += 1
        tally.exact["date"] += _printed_date(lines) == day != ""
        if got != want or _printed_date(lines) != day:
            tally.miss("pdf", f"{path.name}: {got} {day}")
    return tally


def _printed_date(lines: list[str]) -> str:
    """The first whole line of a page's head that is an English date: nothing else is read."""
    for line in lines[:14]:
        for day, end in rules("en").read_date(line, 0):
            if end == len(line):
                return day.isoformat()
    return ""


def rates(tally: Tally, name: str) -> str:
    """``199/200``, and what was made up."""
    made = f" +{tally.made_up[name]}" if tally.made_up[name] else ""
    apart = f" ~{tally.misprints[name]}" if tally.misprints[name] else ""
    return f"{tally.exact[name]}/{tally.total[name]}{made}{apart}"


def main() -> int:
    """Measure, print, compare, and write the record when asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--accept", action="store_true", help="write fidelity.json")
    options.add_argument("--misses", action="store_true", help="list what was missed")
    given = options.parse_args()
    mastheads = Mastheads()
    pages = covers()
    record: dict[str, Any] = {}
    tallies: dict[str, dict[str, Tally]] = {}
    seconds, count = 0.0, 0
    for lang in LANGUAGES:
        rows = gold(lang)
        start = time.perf_counter()
        answers = [mastheads.parse(row["lines"]) for row in rows]
        seconds, count = seconds + time.perf_counter() - start, count + len(rows)
        tallies[lang] = {
            "fields": score_fields(rows, answers, lang),
            "same": score_lines("same", same_language(mastheads, rows, answers, lang), lang),
            "across": score_lines("across", across(mastheads, pages, lang), lang),
        }
        record[lang] = {
            kind: {
                name: [t.exact[name], t.total[name], t.made_up[name]]
                for name in sorted(t.total | t.made_up)
            }
            for kind, t in tallies[lang].items()
        }
    _print(tallies)
    pdf = score_pdfs(mastheads)
    record["pdf"] = {name: [pdf.exact[name], pdf.total[name], 0] for name in sorted(pdf.total)}
    print(f"PDFs with a text layer: symbol {rates(pdf, 'symbol')}, date {rates(pdf, 'date')}")
    print(f"{count / seconds:,.0f} mastheads read a second")
    if given.misses:
        _print_misses(tallies, pdf)
    _compare(record)
    if given.accept:
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def _print(tallies: dict[str, dict[str, Tally]]) -> None:
    print("exact/total, + made up, ~ misprints of the source set apart")
    print(f"{'':18}" + "".join(f"{lang:>14}" for lang in LANGUAGES))
    for name in FIELDS:
        cells = [rates(tallies[lang]["fields"], name) for lang in LANGUAGES]
        print(f"{name:18}" + "".join(f"{cell:>14}" for cell in cells))
    for kind, words in (("same", "lines, same"), ("across", "lines, from en")):
        cells = [rates(tallies[lang][kind], kind) for lang in LANGUAGES]
        print(f"{words:18}" + "".join(f"{cell:>14}" for cell in cells))
        shares = [tallies[lang][kind] for lang in LANGUAGES]
        cells = [f"{100 * t.exact[kind] / max(1, t.total[kind]):.2f} %" for t in shares]
        print(f"{'':18}" + "".join(f"{cell:>14}" for cell in cells))


def _print_misses(tallies: dict[str, dict[str, Tally]], pdf: Tally) -> None:
    for lang in LANGUAGES:
        for kind, tally in tallies[lang].items():
            for name, misses in tally.missed.items():
                for miss in misses:
                    print(f"{lang} {kind} {name} {miss}")
    for miss in pdf.missed.get("pdf", []):
        print(f"pdf {miss}")


def _compare(record: dict[str, Any]) -> None:
    if not RECORD.is_file():
        return
    before = json.loads(RECORD.read_text(encoding="utf-8"))
    for lang, kinds in record.items():
        groups = kinds.items() if lang != "pdf" else [("pdf", kinds)]
        for kind, names in groups:
            old = before.get(lang, {}) if lang == "pdf" else before.get(lang, {}).get(kind, {})
            for name, (exact, _, made) in names.items():
                was = old.get(name, [0, 0, 0])
                if (exact, made) != (was[0], was[2]):
                    print(
                        f"{lang} {kind} {name}: exact {was[0]} -> {exact}, "
                        f"made up {was[2]} -> {made}"
                    )


if __name__ == "__main__":
    sys.exit(main())
