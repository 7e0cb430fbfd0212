"""The register and the index that the site is measured on: 200,000 documents, kept in ``var``.

Sentences are those of real resolutions in six languages, put together anew, with words swapped
and others made up so that rare words are as many as in a real library. A tenth of the documents
has all six versions, the others one. The texts stand in the index alone; the pages of the
register are those of the resolutions themselves, and its log has leaves and no nodes: it is
for speed, not for audits.
"""

from __future__ import annotations

import bisect
import datetime
import hashlib
import itertools
import json
import os
import random
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from verbale import catalogue, institutions
from verbale.edges.home import create_home, open_home
from verbale.edges.indexing import FOLDER
from verbale.model.document import Document
from verbale.model.language import Language
from verbale.model.masthead import AgendaItem, Masthead, Session
from verbale.registry.entry import (
    Entry,
    Event,
    FileRecord,
    FileRole,
    Number,
    Version,
    VersionState,
)
from verbale.registry.states import State
from verbale.search.analysis import words
from verbale.search.base import Passage, Reached, Searchable
from verbale.search.embedded import make_folder, writing
from verbale.workflow.cards import card_of
from verbale.workflow.searching import facets, passages
from verbale.workflow.shapes import masthead_shape
from verbale.writers.base import DEFAULTS

if TYPE_CHECKING:
    from verbale.edges.home import Home

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_BATCH = 2000
_START = datetime.datetime(2021, 1, 4, 9, tzinfo=datetime.UTC)
_BODIES = ("A/HRC", "A", "S", "E")
_CHANGED = 0.08  # of words
_NEW = 0.15  # of the changed: words that were never there
_AT = _START + datetime.timedelta(days=1800)


def texts() -> Path:
    return Path(os.environ.get("VERBALE_CORPUS", ROOT.parent / "shared" / "corpus"))


def documents() -> list[Document]:
    """The real resolutions, each once."""
    reader = catalogue.reader("akn")
    files = sorted(texts().glob("un-akn-*/**/*.xml"))
    if not files:
        raise SystemExit(f"no texts under {texts()}: set VERBALE_CORPUS")
    return [reader.read(file.read_bytes(), name=file.name).document for file in files]


class Speech:
    """One language's sentences and words, and texts made of them."""

    def __init__(self, sentences: list[str], chance: random.Random) -> None:
        self._chance = chance
        self.sentences = [_cut(text) for text in sentences]
        counted = Counter(pieces[at] for pieces, places in self.sentences for at in places)
        self.words = [word for word, _ in counted.most_common()]
        # Zipf's law with the exponent of running text.
        weights = [1 / (rank + 2.7) ** 1.07 for rank in range(len(self.words))]
        self._sums = list(itertools.accumulate(weights))

    def paragraph(self) -> str:
        pieces, places = self._chance.choice(self.sentences)
        varied = list(pieces)
        for _ in range(int(len(places) * _CHANGED + self._chance.random())):
            varied[self._chance.choice(places)] = self._word()
        return "".join(varied)

    def _word(self) -> str:
        word = self.words[bisect.bisect(self._sums, self._chance.random() * self._sums[-1])]
        if self._chance.random() < _NEW:
            other = self._chance.choice(self.words)
            return word[: len(word) // 2 + 1] + other[len(other) // 2 :]
        return word


def _cut(text: str) -> tuple[list[str], list[int]]:
    """A text in pieces, and which of them are words."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in words(text):
        pieces += [text[at : match.start()], match[0]]
        places.append(len(pieces) - 1)
        at = match.end()
    return [*pieces, text[at:]], places


def speeches(held: list[Document], chance: random.Random) -> dict[str, Speech]:
    found: dict[str, list[str]] = defaultdict(list)
    for document in held:
        for passage in passages(document):
            if passage.language in LANGUAGES and len(passage.text) > 30:  # noqa: PLR2004
                found[passage.language].append(passage.text[:600])
    return {lang: Speech(found[lang], chance) for lang in LANGUAGES}


def home(works: int) -> tuple[Home, dict[str, float]]:
    """The register with its index, built if it is not there; how long the building took."""
    path = ROOT / "var" / f"bench-site-{works}"
    figures = path.with_suffix(".json")
    if figures.exists():
        return open_home(path), json.loads(figures.read_text("utf-8"))
    if path.exists():
        raise SystemExit(f"{path} was left half made: remove it")
    print(f"building {works:,} documents in {path}, once; minutes", flush=True)
    made = create_home(path, "un")
    took = build(made, works)
    figures.write_text(json.dumps(took), "utf-8")
    return made, took


def build(made: Home, works: int) -> dict[str, float]:
    chance = random.Random(43)  # noqa: S311 - texts
    held = documents()
    speaking = speeches(held, chance)
    pool = _pages(made, held)
    states = sorted({key.partition(".")[0] for key in institutions.load("un").states})
    start = time.perf_counter()
    entries = [_entry(number, pool, states, chance) for number in range(1, works + 1)]
    event = _register(made, entries)
    registered = time.perf_counter() - start
    folder = made.path / FOLDER
    make_folder(folder)
    start = time.perf_counter()
    with writing(folder, threads=2, heap=200_000_000) as writer:
        texts = (_searchable(entry, speaking, chance) for entry in entries)
        while batch := list(itertools.islice(texts, _BATCH)):
            writer.keep(batch, (), None)
            print(f"\r{batch[-1].receipt:,}", end="", flush=True)
        writer.keep((), (), Reached(event.number, event.record, _AT))
    print()
    size = sum(file.stat().st_size for file in folder.iterdir())
    took = time.perf_counter() - start
    return {"register_s": registered, "index_s": took, "index_mb": size / 1e6}


def _pages(made: Home, held: list[Document]) -> dict[str, list[FileRecord]]:
    """The trees of the resolutions, kept, by language."""
    writer = catalogue.writer("json")
    pool: dict[str, list[FileRecord]] = defaultdict(list)
    for document in held:
        data = writer.write(document, DEFAULTS)
        record = FileRecord(
            "tree.json",
            made.objects.put(data),
            len(data),
            "application/json",
            document.language.code,
            "json",
            FileRole.COMPOSED,
        )
        pool[record.language].append(record)
    return pool


def _entry(
    number: int, pool: dict[str, list[FileRecord]], states: list[str], chance: random.Random
) -> Entry:
    body = _BODIES[number % len(_BODIES)]
    session = 43 + number // 8000
    own = LANGUAGES[number // len(_BODIES) % len(LANGUAGES)]
    langs = LANGUAGES if number % 10 == 0 else (own,)
    at = _START + datetime.timedelta(minutes=10 * number)
    suffix = "/Corr.1" if number % 50 == 7 else ""  # noqa: PLR2004
    symbol = f"{body}/{session}/G/{number}{suffix}"
    masthead = Masthead(
        organ=body.partition("/")[0],
        body=body,
        date=at.date(),
        session=Session(number=session),
        items=(AgendaItem.parse(str(number % 10 + 1)),),
        original=(Language(own),),
    )
    said = {
        "kind": "note-verbale" if number % 3 else "letter",
        "senders": [{"state": chance.choice(states)}],
    }
    return Entry(
        receipt=number,
        state=State.ISSUED,
        received_at=at,
        numbers=(Number(symbol, f"{body}/{session}/G{suffix}", number),),
        masthead=json.dumps(masthead_shape(masthead, Document(()))),
        communication=json.dumps(said),
        composed=tuple(pool[lang][number % len(pool[lang])] for lang in langs),
        versions=tuple(Version(lang, VersionState.ISSUED) for lang in langs),
        published_at=at,
    )


def _register(made: Home, entries: list[Entry]) -> Event:
    """Put the entries where the register keeps them, many at a time; the last act."""
    store = made.store()
    from verbale_store.models import EntryRow, EventRow, LogLeafRow, SymbolRow  # noqa: PLC0415
    from verbale_store.rows import entry_row, event_row  # noqa: PLC0415

    alias = store.alias
    event = None
    for first in range(0, len(entries), _BATCH):
        batch = entries[first : first + _BATCH]
        events = [
            Event(
                act="issue",
                receipt=entry.receipt,
                actor="bench",
                at=entry.received_at,
                symbol=entry.symbol,
                record=hashlib.sha256(entry.symbol.encode()).hexdigest(),
                number=entry.receipt,
            )
            for entry in batch
        ]
        event = events[-1]
        with store.transaction():
            EntryRow.objects.using(alias).bulk_create([entry_row(each) for each in batch])
            SymbolRow.objects.using(alias).bulk_create(
                [
                    SymbolRow(
                        symbol=n.symbol, entry_id=each.receipt, series=n.series, number=n.number
                    )
                    for each in batch
                    for n in each.numbers
                ]
            )
            EventRow.objects.using(alias).bulk_create([event_row(each) for each in events])
            LogLeafRow.objects.using(alias).bulk_create(
                [LogLeafRow(index=e.number - 1, kind="event", number=e.number) for e in events]
            )
    store.close()
    if event is None:
        raise SystemExit("no document to build")
    return event


def _searchable(entry: Entry, speaking: dict[str, Speech], chance: random.Random) -> Searchable:
    """A text of a length as real ones have: a few paragraphs, seldom many."""
    card = card_of(entry, None)
    length = min(60, max(1, int(chance.lognormvariate(1.5, 0.7))))
    made: list[Passage] = []
    versions: dict[str, tuple[int, ...]] = {}
    titles: dict[str, str] = {}
    for lang in card.languages:
        speech = speaking[lang]
        titles[lang] = speech.paragraph()[:160]
        versions[lang] = tuple(range(len(made), len(made) + length))
        made += [Passage(lang, speech.paragraph()) for _ in range(length)]
    return Searchable(
        receipt=card.receipt,
        symbols=card.symbols,
        date=card.date,
        titles=titles,
        passages=tuple(made),
        versions=versions,
        facets=facets(card),
    )
