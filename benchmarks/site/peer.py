"""The peer: SQLite FTS5 with the same passages, every tenth document of them."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import TYPE_CHECKING

import tantivy

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 10
_FACETS = ("body", "session", "item", "state", "kind", "language", "year")


def build(index: Path, file: Path) -> float:
    """Fill *file* from what the index keeps; documents a second."""
    database = sqlite3.connect(file)
    columns = ", ".join(_FACETS)
    database.execute(f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {columns})")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(title, text)")
    searcher = tantivy.Index.open(str(index)).searcher()
    everything = tantivy.Query.all_query()
    hits = searcher.search(everything, limit=searcher.num_docs, count=False).hits[::EVERY]
    start, count = time.perf_counter(), 0
    for _, address in hits:
        document = searcher.doc(address)
        kept = json.loads(document["kept"][0])
        if "passages" not in kept:
            continue
        count += 1
        text = "\n".join(each for _, each, _ in kept["passages"])
        values = (" ".join(title for _, title, _ in kept["titles"].values()), text)
        database.execute(
            "INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)", (count, *values)
        )
        own = [
            next(iter(kept["versions"])) if name == "language" else count % 7
            for name in _FACETS
        ]
        database.execute(f"INSERT INTO facts VALUES (?{', ?' * len(own)})", (count, *own))  # noqa: S608
    database.commit()
    database.close()
    return count / (time.perf_counter() - start)


def ask(database: sqlite3.Connection, query: str) -> None:
    """Ten hits with their extracts, and every facet counted."""
    words = query.strip('"').split()
    match = (
        f'"{" ".join(words)}"' if query.startswith('"') else " ".join(f'"{w}"' for w in words)
    )
    match = match.replace('*"', '"*')
    database.execute(
        "SELECT rowid, snippet(texts, 1, '<b>', '</b>', '…', 40) FROM texts"
        " WHERE texts MATCH ? ORDER BY rank LIMIT 10",
        (match,),
    ).fetchall()
    for name in _FACETS:
        database.execute(
            f"SELECT {name}, count(*) FROM texts JOIN facts ON facts.id = texts.rowid"  # noqa: S608
            f" WHERE texts MATCH ? GROUP BY {name}",
            (match,),
        ).fetchall()
