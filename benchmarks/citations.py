"""Score the citation gold: per language precision, recall, F1, and what was gained and lost.

    .venv/bin/python benchmarks/citations.py [--accept] [--errors LANG] [--off-label N]

A clean label (quality full-symbol or number-only) counts as found when a citation that
overlaps it has the label's symbol. Canonical symbols are compared. Citations where labels are
unclean are left out of account; so are the pairs on which the language versions disagree.
``--accept`` writes benchmarks/citations.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from verbale.citations.resolve import find_citations
from verbale.errors import SymbolError
from verbale.model.symbol_reading import read_symbol

HERE = Path(__file__).parent
CORPUS = Path(os.environ.get("VERBALE_CORPUS", HERE.parent.parent / "shared" / "corpus"))
RESULT = HERE / "citations.json"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
CLEAN = ("full-symbol", "number-only")


@dataclass
class Score:
    """What was found of one language's labels."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    off_label: int = 0
    apart: int = 0
    keys: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.wrong + self.missed or 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


def canonical(text: str | None) -> str:
    """The canonical spelling of a target; the text itself where it is no symbol."""
    if not text:
        return ""
    try:
        return str(read_symbol(text.lstrip("/")).symbol.unstarred)
    except SymbolError:
        return text.replace(" ", "").upper()


def disagreements() -> set[tuple[str, str]]:
    path = CORPUS / "citation-gold" / "language-disagreements.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {(row["source"], row["anchor"]) for row in rows}


def score(lang: str, apart: set[tuple[str, str]]) -> Score:
    out = Score()
    path = CORPUS / "citation-gold" / f"paragraphs_{lang}.jsonl"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        text = row["text"]
        found = list(find_citations(text, lang, symbol=row["symbol"]))
        labelled = []
        for label in row["cites"]:
            start, end = label["start"], label["end"]
            here = [c for c in found if c.start < end and c.end > start]
            labelled += here
            if label["quality"] not in CLEAN:
                continue
            if (row["symbol"], label["anchor"].strip()) in apart:
                out.apart += 1
                continue
            target = canonical(label["target"])
            symbols = {canonical(c.symbol) for c in here if c.symbol}
            around = (
                text[max(0, start - 90) : start]
                + "⟦"
                + text[start:end]
                + "⟧"
                + text[end : end + 60]
            )
            if target in symbols:
                out.right += 1
                out.keys.append(f"{number}:{start}:{target}")
            elif symbols:
                out.wrong += 1
                out.errors.append(
                    f"WRONG {row['symbol']} target={target} ours={symbols} {around!r}"
                )
            else:
                out.missed += 1
                why = [(c.text, c.reason) for c in here]
                out.errors.append(f"MISSED {row['symbol']} target={target} {why} {around!r}")
        for citation in found:
            if citation not in labelled:
                out.off_label += 1
                around = (
                    text[max(0, citation.start - 70) : citation.start]
                    + "⟦"
                    + citation.text
                    + "⟧"
                    + text[citation.end : citation.end + 50]
                )
                what = f"{citation.kind.value} {citation.symbol} {citation.reason}"
                out.extra.append(f"{lang} {row['symbol']} {what} {around!r}")
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--accept", action="store_true")
    options.add_argument("--errors", default="", help="language whose errors to list")
    options.add_argument("--off-label", type=int, default=0, help="how many to list, by chance")
    given = options.parse_args()
    before = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    apart = disagreements()
    result = {}
    extra = []
    for lang in LANGUAGES:
        began = time.perf_counter()
        its = score(lang, apart)
        spent = time.perf_counter() - began
        extra += its.extra
        old = set(before.get(lang, {}).get("found", ()))
        new = set(its.keys)
        print(
            f"{lang}  precision {its.precision:.4f}  recall {its.recall:.4f}  F1 {its.f1:.4f}"
            f"  right {its.right} wrong {its.wrong} missed {its.missed} apart {its.apart}"
            f"  off label {its.off_label}  gained {len(new - old)} lost {len(old - new)}"
            f"  {spent:.2f} s"
        )
        for key in sorted(old - new):
            print(f"    lost {lang} {key}")
        if given.errors in (lang, "all"):
            print("\n".join(its.errors))
        result[lang] = {
            "precision": round(its.precision, 4),
            "recall": round(its.recall, 4),
            "f1": round(its.f1, 4),
            "off_label": its.off_label,
            "found": sorted(its.keys),
        }
    if given.off_label:
        random.seed(given.off_label)
        print("\n".join(random.sample(extra, min(given.off_label, len(extra)))))
    if given.accept:
        RESULT.write_text(
            json.dumps(result, indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
