"""The embedded index: a folder that `tantivy` keeps, one writer, any number of readers.

One entry of the index is one work. Its terms are made here (`verbale.search.analysis`), so that
indexing, asking and marking compare the same terms; tantivy splits them at blanks and does the
rest. A marker entry, receipt 0, is written with every change and says how far the index has
come: it is there exactly if the change is.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import tempfile
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.errors import ConflictError, SearchIndexError
from verbale.search.analysis import distinct, found
from verbale.search.asking import Asking, folded_symbol, may_widen
from verbale.search.base import (
    FACETS,
    Found,
    Hit,
    Order,
    Reached,
    Request,
    Searchable,
)
from verbale.search.extracts import (
    NONE,
    Kept,
    Place,
    Sought,
    best_place,
    extract,
    kept,
    marked,
    vocabulary,
)
from verbale.search.query import read_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import tantivy

    from verbale.search.names import Names
    from verbale.search.query import Asked

#: The shape of the index; one of another shape is made anew.
FORMAT = "4"
_STAMP = "format"
_MARKER = 0
_HEAP = 60_000_000
_FACET_SIZE = 100
_COUNTS: dict[str, Any] = {
    "works": {"value_count": {"field": "receipt"}},
    **{name: {"terms": {"field": name, "size": _FACET_SIZE}} for name in FACETS},
}
#: Between passages stands what no word is, so that no phrase reaches over.
_BREAK = "\u2029"
_REMEDY = "Make the index anew: `verbale reindex`."


class EmbeddedIndex:
    """An index in a folder, for reading; safe to be asked by many threads.

    A folder that was put in the place of the one before (`verbale reindex`) is noticed.
    Raises `SearchIndexError` where there is no index or it cannot be read.
    """

    def __init__(self, folder: Path, names: Names) -> None:
        self.folder = folder
        self._names = names
        self._turn = threading.Lock()
        self._beside = ThreadPoolExecutor(thread_name_prefix="counts")
        self._opened: tuple[tuple[int, int], tantivy.Index] | None = None

    def is_there(self) -> bool:
        """Whether there is an index of this version that can be read."""
        try:
            self._index()
        except SearchIndexError:
            return False
        return True

    def search(self, request: Request) -> Found:
        """As `Index` says."""
        asked = read_query(request.text)
        if asked.notes and not asked.groups:
            return Found(total=0, hits=(), facets=dict.fromkeys(FACETS, ()), notes=asked.notes)
        found = self._search(request, asked, wide=False)
        if not found.total and any(may_widen(item) for item in asked.items):
            # "employment" is not meant by "deployment~", and looking so wide takes long.
            found = self._search(request, asked, wide=True)
        return found

    def _search(self, request: Request, asked: Asked, *, wide: bool) -> Found:
        index = self._index()
        searcher = index.searcher()
        asking = Asking(index.schema, self._names, {*request.hidden, _MARKER}, wide)
        with _plain_errors(self.folder):
            query = asking.query(asked, request.facets)
        # Where nothing tells how well a work fits, the newest is first.
        ranked = any(item.name in {"", "title", "symbol"} for item in asked.items)
        by_date = request.order is Order.DATE or not ranked
        with _plain_errors(self.folder):
            # Counting and finding take about as long, and each lets the other run.
            counting = self._beside.submit(searcher.aggregate, query, _COUNTS)
            result = searcher.search(
                query,
                limit=request.size,
                count=False,
                offset=(max(request.page, 1) - 1) * request.size,
                order_by_field="date" if by_date else None,
            )
            documents = [searcher.doc(address) for _, address in result.hits]
        sought = asking.sought
        hits = tuple(_hit(each, sought, request.language) for each in documents)
        with _plain_errors(self.folder):
            counted = counting.result()
        return Found(
            total=int(counted["works"]["value"]),
            hits=hits,
            facets={name: _buckets(counted[name]) for name in FACETS},
            notes=asked.notes,
        )

    def complete(self, beginning: str, *, limit: int = 10) -> tuple[str, ...]:
        """As `Index` says."""
        folded = folded_symbol(beginning)
        if not folded:
            return ()
        with _plain_errors(self.folder):
            found = self._index().searcher().terms_with_prefix("symbol", folded, limit=limit)
        return tuple(term for term, _ in found)

    def reached(self) -> Reached | None:
        """As `Index` says."""
        import tantivy  # noqa: PLC0415

        index = self._index()
        query = tantivy.Query.term_query(index.schema, "receipt", _MARKER)
        searcher = index.searcher()
        hits = searcher.search(query, limit=1).hits
        if not hits:
            return None
        said = _unpacked(searcher.doc(hits[0][1]), "kept")
        at = datetime.datetime.fromisoformat(said["at"])
        return Reached(int(said["event"]), said["record"], at)

    def renew(self) -> None:
        """See at once what was committed just now; by itself it takes up to half a second."""
        with _plain_errors(self.folder):
            self._index().reload()

    def _index(self) -> tantivy.Index:
        try:
            there = _state_of(self.folder)
        except OSError as bad:
            raise SearchIndexError(
                f"there is no index at {self.folder}", remedy=_REMEDY
            ) from bad
        opened = self._opened
        if opened is None or opened[0] != there:
            with self._turn:
                opened = self._opened = (there, open_folder(self._readable()))
        return opened[1]

    def _readable(self) -> Path:
        """The folder, or where nothing can be written one of links to its files.

        Even to read tantivy locks a file. The links go when this goes.
        """
        if os.access(self.folder, os.W_OK):
            return self.folder
        with _plain_errors(self.folder):
            links = Path(tempfile.mkdtemp(prefix="verbale-index-"))
            weakref.finalize(self, shutil.rmtree, links, ignore_errors=True)
            for path in self.folder.resolve().iterdir():
                if path.suffix != ".lock":
                    (links / path.name).symlink_to(path)
        return links


def _state_of(folder: Path) -> tuple[int, int]:
    """What changes when an open index must be opened again. Raises `OSError` for no folder."""
    said = folder.stat()
    # What can be written tantivy watches by itself.
    return said.st_ino, 0 if os.access(folder, os.W_OK) else said.st_mtime_ns


def open_folder(folder: Path) -> tantivy.Index:
    """Open the index in *folder*. Raises `SearchIndexError` for none of this version."""
    import tantivy  # noqa: PLC0415

    stamp = folder / _STAMP
    with _plain_errors(folder):
        if not stamp.is_file() or stamp.read_text("ascii", "replace").strip() != FORMAT:
            raise SearchIndexError(f"{folder} holds no index of this version", remedy=_REMEDY)
        index = tantivy.Index.open(str(folder))
        index.config_reader("commit")
        return index


def make_folder(folder: Path) -> None:
    """Make an empty index in *folder*, which must not be there."""
    import tantivy  # noqa: PLC0415

    folder.mkdir(parents=True)
    with _plain_errors(folder):
        tantivy.Index(_schema(), str(folder))
    (folder / _STAMP).write_text(FORMAT + "\n", "ascii")


@contextmanager
def writing(folder: Path, *, threads: int = 1, heap: int = _HEAP) -> Iterator[EmbeddedWriting]:
    """Write to the index in *folder*. Raises `ConflictError` while another process does."""
    index = open_folder(folder)
    try:
        writer = index.writer(heap, threads)
    except ValueError as bad:
        if "LockBusy" in str(bad) or "Lockfile" in str(bad):
            raise ConflictError(
                f"another process writes to the index {folder}",
                remedy="Leave it to that one: `verbale serve` keeps its index itself.",
            ) from bad
        raise SearchIndexError(f"{folder}: {bad}", remedy=_REMEDY) from bad
    try:
        yield EmbeddedWriting(writer, index.schema, folder)
    finally:
        with _plain_errors(folder):
            writer.wait_merging_threads()


class EmbeddedWriting:
    """A writer of the index, as `Writing` says."""

    def __init__(
        self, writer: tantivy.IndexWriter, schema: tantivy.Schema, folder: Path
    ) -> None:
        self._writer = writer
        self._schema = schema
        self._folder = folder

    def keep(
        self, works: Iterable[Searchable], gone: Iterable[int], reached: Reached | None
    ) -> None:
        """As `Writing` says."""
        held = tuple(works)
        old = [*gone, *(work.receipt for work in held), *([_MARKER] if reached else [])]
        with _plain_errors(self._folder):
            try:
                if old:
                    self._writer.delete_documents_by_query(self._of(old))
                for work in held:
                    self._writer.add_document(_document(work))
                if reached is not None:
                    self._writer.add_document(_marker(reached))
                self._writer.commit()
            except BaseException:
                self._writer.rollback()
                raise

    def _of(self, receipts: list[int]) -> tantivy.Query:
        import tantivy  # noqa: PLC0415

        # Not by term: a number given as a term is taken for a signed one, and deletes nothing.
        return tantivy.Query.term_set_query(self._schema, "receipt", receipts)


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    """What tantivy raises, in words."""
    try:
        yield
    except (ValueError, OSError) as bad:
        said = f"the index {folder} cannot be used: {bad}"
        raise SearchIndexError(said, remedy=_REMEDY) from bad


def _schema() -> tantivy.Schema:
    import tantivy  # noqa: PLC0415

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("receipt", stored=True, indexed=True, fast=True)
    builder.add_integer_field("date", fast=True)
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("title_word", "word"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("symbol", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("versions", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("kept", stored=True)
    builder.add_bytes_field("vocabulary", stored=True)
    return builder.build()


def _document(work: Searchable) -> tantivy.Document:
    import tantivy  # noqa: PLC0415

    made = tantivy.Document()
    made.add_unsigned("receipt", work.receipt)
    made.add_integer("date", _day(work.date))
    for symbol in {folded_symbol(each) for each in (*work.symbols, "-".join(work.symbols))}:
        made.add_text("symbol", symbol)
    titles = {lang: kept(lang, work.titles.get(lang, "")) for lang in work.versions}
    for each in titles.values():
        made.add_text("title", each.terms)
    passages = [kept(each.language, each.text) for each in work.passages]
    made.add_text("text", _BREAK.join(each.terms for each in passages))
    said = [frozenset(found(each.text)) for each in passages]
    titled = {lang: frozenset(found(each.text)) for lang, each in titles.items()}
    made.add_text("title_word", distinct(chain(*titled.values())))
    made.add_text("word", distinct(chain(*said, *titled.values())))
    for name in (*FACETS, "versions"):
        for value in work.facets.get(name, ()):
            made.add_text(name, value)
    whole = {
        "symbols": work.symbols,
        "titles": titles,
        "passages": passages,
        "versions": dict(work.versions),
    }
    made.add_bytes("kept", _packed(whole))
    # The words of each version, for those who look for beginnings and likenesses.
    words = {
        lang: vocabulary(titled[lang].union(*(said[each] for each in numbers)))
        for lang, numbers in work.versions.items()
    }
    made.add_bytes("vocabulary", _packed(words))
    return made


def _marker(reached: Reached) -> tantivy.Document:
    import tantivy  # noqa: PLC0415

    made = tantivy.Document()
    made.add_unsigned("receipt", _MARKER)
    made.add_integer("date", 0)
    at = reached.at.isoformat()
    made.add_bytes(
        "kept", _packed({"event": reached.event, "record": reached.record, "at": at})
    )
    return made


def _day(date: datetime.date | None) -> int:
    return date.toordinal() if date else 0


def _packed(value: object) -> bytes:
    # Not compressed: the index compresses what it keeps.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _unpacked(document: tantivy.Document, name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(document[name][0])
    return held


def _buckets(counted: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    return tuple((str(each["key"]), int(each["doc_count"])) for each in counted["buckets"])


def _hit(document: tantivy.Document, sought: Sought, language: str) -> Hit:
    held = _unpacked(document, "kept")
    words = _unpacked(document, "vocabulary") if sought.loose else {}
    versions: dict[str, list[int]] = held["versions"]
    shown, most, place, forms = language, -1, Place(), NONE
    also = []
    # The reader's language first, so that of equals it is shown.
    for lang in sorted(versions, key=lambda each: each != language):
        own = sought.forms(words[lang]) if words else NONE
        found_at = best_place(
            (Kept(*held["passages"][number]) for number in versions[lang]), sought, own
        )
        weight = found_at.weight + sought.weight(Kept(*held["titles"][lang]), own)
        if weight:
            also.append(lang)
        if weight > most:
            shown, most, place, forms = lang, weight, found_at, own
        if weight and lang == language:
            break
    title = held["titles"][shown][1] if shown in held["titles"] else ""
    return Hit(
        receipt=document["receipt"][0],
        symbols=tuple(held["symbols"]),
        language=shown,
        title=marked(title, shown, sought, forms),
        title_language=shown,
        extract=extract(place, sought, forms),
        extract_language=place.passage.language if place.passage else shown,
        languages=tuple(versions),
        also_in=tuple(each for each in also if each != shown),
    )
