"""How often checks speak on real documents, and how often wrongly: `make accusations`.

Every document of the corpus that was issued or exchanged is read, recognised and checked. Each
code's hits are given by folder; ``accusations.tsv`` says how many of them a person found to be
wrong, and why. ``accusations.json`` keeps the counts; what was gained and lost since is shown,
and ``--accept`` rewrites it, to be done after looking at each new hit (``--show CODE``).

The corpus is found by ``VERBALE_CORPUS``, by default ``../shared/corpus`` beside the project.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from verbale import catalogue, institutions
from verbale.workflow import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.model.finding import Finding

HERE = Path(__file__).parent
RECORD = HERE / "accusations.json"
REVIEWED = HERE / "accusations.tsv"
FOLDERS = {
    "seed": "*.txt",
    "un-akn-hrc": "**/*.xml",
    "un-akn-ga": "**/*.xml",
    "un-akn-sc": "**/*.xml",
    "un-akn-ecosoc": "**/*.xml",
    "un-akn-ga-decisions": "**/*.xml",
    "un-docx-pdf-pairs": "*.docx",
    "exchange-of-notes-nl": "*/*.md",
    "isa-documents": "*.json",
    "iaea-infcirc": "*.json",
}


def documents(folder: Path, pattern: str) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; of records about a document the text in them."""
    for path in sorted(folder.glob(pattern)):
        data = path.read_bytes()
        if path.suffix == ".json":
            yield f"{path.stem}.txt", json.loads(data)["text"].encode()
        else:
            yield path.name, data


def hits(corpus: Path) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """Folder, name and what the checks said of each document."""
    ours = {check.code for check in catalogue.checks()}
    institution = institutions.load("un")
    for folder, pattern in FOLDERS.items():
        for name, data in documents(corpus / folder, pattern):
            said = reading.check(data, name=name, institution=institution)
            yield folder, name, tuple(each for each in said if each.code in ours)


def reviewed() -> dict[tuple[str, str], int]:
    """How many hits of a code in a folder are wrong."""
    lines = REVIEWED.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {(code, folder): int(wrong) for code, folder, wrong, _ in rows[1:]}


def main() -> int:
    """Count, compare, print. Exit 1: hits came or went since the record."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--accept", action="store_true", help="Rewrite accusations.json.")
    arguments.add_argument("--show", metavar="CODE", help="Print each hit of a code.")
    given = arguments.parse_args()
    corpus = Path(os.environ.get("VERBALE_CORPUS", HERE.parent.parent / "shared/corpus"))
    counts: Counter[str] = Counter()
    files = 0
    for folder, name, said in hits(corpus):
        files += 1
        for each in said:
            counts[f"{each.code} {folder}"] += 1
            if each.code == given.show:
                print(folder, name, each.place, dict(each.values))
    wrong = reviewed()
    for key, count in sorted(counts.items()):
        code, folder = key.split()
        print(f"{code:40} {folder:22} {count:4}   wrong {wrong.get((code, folder), 0)}")
    total, false = sum(counts.values()), sum(wrong.values())
    print(f"{files} documents, {total} hits, {false} of them wrong ({false / total:.1%})")
    before = Counter(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.exists() else {}
    changed = {key for key in {*counts, *before} if counts[key] != before.get(key, 0)}
    for key in sorted(changed):
        print(f"changed: {key}: {before.get(key, 0)} -> {counts[key]}")
    if given.accept:
        record = json.dumps(dict(sorted(counts.items())), indent=1)
        RECORD.write_text(f"{record}\n", encoding="utf-8")
        return 0
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
