"""Rebuild the seeded cells of the table of States from UNTERM, and say what differs.

    python tools/build_states.py --corpus CORPUS            report only
    python tools/build_states.py --corpus CORPUS --write    renew the seeded rows in place

Seeded are the short and the formal name in six languages and, in every language but Russian,
the form that follows "Permanent Mission" (``.of``), which UNTERM's articles decide. The Russian
genitive and every row with another source were written by hand and stand in the table only:
this tool never touches them. A row whose wording was seen in a document names that document.

Source: datasets/country-codes, commit caa72d1e, ``country-codes.csv``, PDDL.
Exit 0: nothing differs; 1: something differs; 2: the corpus or the table is not readable.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "verbale" / "institutions" / "un" / "states.tsv"
UNTERM = "UNTERM (datasets/country-codes caa72d1e)"
DERIVED = "derived from UNTERM, grammar"
HEADER = "key\tlang\ttext\tsource\treview\tfrom"

#: Language codes in the order of the table, with the name the columns of UNTERM use.
LANGUAGES = {
    "ar": "Arabic",
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "ru": "Russian",
    "es": "Spanish",
}
FORMS = ("short", "formal", "short.of", "formal.of")

_ARTICLES = {
    "en": ("the",),
    "fr": ("le", "la", "l’", "les"),
    "es": ("el", "la", "los", "las"),
}
# "de" and the article, as one word where the language contracts them.
_CONTRACTED = {
    "fr": {"le": "du ", "la": "de la ", "l’": "de l’", "les": "des "},
    "es": {"el": "del ", "la": "de la ", "los": "de los ", "las": "de las "},
}
# A capital before which French "de" loses its vowel. The h of Haïti is the only one among the
# names without an article, and it is mute.
_FRENCH_ELISION = re.compile(r"[AEIOUYÉÈÎÔÂH]")


@dataclass(frozen=True, slots=True)
class Row:
    """One cell: a wording of one form of one State's name in one language."""

    key: str
    lang: str
    text: str
    source: str
    review: str
    since: str = ""

    def __str__(self) -> str:
        cells = (self.key, self.lang, self.text, self.source, self.review, self.since)
        return "\t".join(cells)


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the article UNTERM gives it, empty where it gives none."""

    text: str
    article: str


def clean(text: str) -> str:
    """Drop UNTERM's asterisks and doubled spaces; print the apostrophe as the documents do."""
    text = text.replace("'", "’").replace("*", "")
    # UNTERM has "تيمور- ليشتي" beside "تيمور - ليشتي": the documents print the second.
    text = re.sub(r"(?<=\w)- ", " - ", text)
    return " ".join(text.split())


def short_name(text: str, lang: str) -> Name:
    """Read ``Azerbaïdjan (l’)``: the bracket is an article, or else part of the name."""
    text = clean(text)
    bare, _, bracket = text.partition(" (")
    article = bracket.removesuffix(")")
    return Name(bare, article) if article in _ARTICLES.get(lang, ()) else Name(text, "")


def formal_name(text: str, lang: str) -> Name:
    """Read ``la République d’Azerbaïdjan``: a small first word is the article."""
    text = clean(text)
    for article in _ARTICLES.get(lang, ()):
        opening = article if article.endswith("’") else article + " "
        if text.startswith(opening):
            return Name(text.removeprefix(opening), article)
    return Name(text, "")


def follows(name: Name, lang: str) -> str:
    """Give *name* as it follows "Permanent Mission": ``de l’Azerbaïdjan``, ``لأذربيجان``."""
    if lang == "en":
        return f"of the {name.text}" if name.article else f"of {name.text}"
    if lang == "ar":
        return arabic_to(name.text)
    if lang == "zh":
        return name.text
    if name.article:
        return _CONTRACTED[lang][name.article] + name.text
    if lang == "fr" and _FRENCH_ELISION.match(name.text):
        return "d’" + name.text
    return "de " + name.text


def arabic_to(name: str) -> str:
    """Join *name* to ``ل``; the alif of the article falls (``العراق``, ``للعراق``)."""
    return "لل" + name.removeprefix("ال") if name.startswith("ال") else "ل" + name


def seeded(record: dict[str, str]) -> Iterator[Row]:
    """Give the seeded rows of one State from one line of UNTERM."""
    code = record["ISO3166-1-Alpha-2"]
    for lang, column in LANGUAGES.items():
        written = record[f"UNTERM {column} Short"]
        short = short_name(written, lang)
        formal = formal_name(record[f"UNTERM {column} Formal"], lang)
        yield Row(f"{code}.short", lang, short.text, UNTERM, "reviewed")
        yield Row(f"{code}.formal", lang, formal.text, UNTERM, "reviewed")
        if lang == "ru":
            continue
        # "Iran (Islamic Republic of)" is the form of lists; running text has the formal name.
        running = formal if " (" in short.text else short
        yield Row(f"{code}.short.of", lang, follows(running, lang), DERIVED, "candidate")
        yield Row(f"{code}.formal.of", lang, follows(formal, lang), DERIVED, "candidate")


def read_unterm(path: Path) -> list[Row]:
    """Read the UNTERM columns of *path*: rows for every entry that has names."""
    with path.open(encoding="utf-8", newline="") as lines:
        records = [r for r in csv.DictReader(lines) if r["UNTERM English Short"]]
    return [row for record in records for row in seeded(record)]


def read_table(path: Path) -> tuple[list[str], list[Row]]:
    """Read the table: its opening comments and its rows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    body = [line for line in lines if line and not line.startswith("#")]
    if body[0] != HEADER:
        raise ValueError(f"{path}: the header is not {HEADER!r}")
    return comments, [Row(*line.split("\t")) for line in body[1:]]


def order(row: Row) -> tuple[str, int, int, str]:
    """Sort by code, form, language and date."""
    code, _, form = row.key.partition(".")
    return code, FORMS.index(form), list(LANGUAGES).index(row.lang), row.since


def is_seeded(row: Row) -> bool:
    """Whether the wording of *row* came from this tool and not from a person."""
    return UNTERM in row.source or DERIVED in row.source


def merge(held: list[Row], built: list[Row]) -> tuple[list[Row], list[str]]:
    """Renew the seeded rows of *held* by *built*; give the new rows and what differed."""
    wanted = {(row.key, row.lang): row for row in built}
    result: list[Row] = []
    said: list[str] = []
    seen: set[tuple[str, str]] = set()
    for row in held:
        place = (row.key, row.lang)
        seen.add(place)
        new = wanted.get(place)
        if new is None or new.text == row.text:
            result.append(row)
        elif is_seeded(row):
            said.append(f"{row.key} {row.lang}: held {row.text!r}, UNTERM gives {new.text!r}")
            result.append(replace(new, since=row.since))
        else:
            result.append(row)
    for place, new in wanted.items():
        if place not in seen:
            said.append(f"{new.key} {new.lang}: not held, UNTERM gives {new.text!r}")
            result.append(new)
    return sorted(result, key=order), said


def kept_by_hand(held: list[Row], built: list[Row]) -> list[str]:
    """List the cells in which a person decided against UNTERM."""
    wanted = {(row.key, row.lang): row.text for row in built}
    return [
        f"{row.key} {row.lang}: by hand {row.text!r} ({row.source}), UNTERM {text!r}"
        for row in held
        if (text := wanted.get((row.key, row.lang))) and text != row.text and not is_seeded(row)
    ]


def main(arguments: list[str] | None = None) -> int:
    """Compare, report, and write when asked to."""
    parser = argparse.ArgumentParser(
        description="Rebuild the seeded cells of the table of States."
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder with country-names/")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--write", action="store_true", help="renew the seeded rows")
    given = parser.parse_args(arguments)
    try:
        built = read_unterm(given.corpus / "country-names" / "country-codes.csv")
        comments, held = read_table(given.table)
    except (OSError, ValueError, KeyError) as bad:
        print(f"cannot compare: {bad}", file=sys.stderr)
        return 2
    rows, said = merge(held, built)
    for line in kept_by_hand(held, built):
        print(line)
    for line in said:
        print(line)
    print(f"{len(built)} cells built, {len(held)} held, {len(said)} differ")
    if given.write:
        lines = [*comments, HEADER, *map(str, rows)]
        given.table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
