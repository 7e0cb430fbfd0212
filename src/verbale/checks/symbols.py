"""A symbol, and what the masthead and the text say beside it, go together.

A symbol carries the body, the session or year, and the series; the masthead says each again.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, explains_asterisk
from verbale.errors import SymbolError
from verbale.model.document import PartKind
from verbale.model.finding import Finding, Severity
from verbale.model.masthead import Distribution, SessionKind
from verbale.model.symbol import join_symbols, parse_symbols
from verbale.model.symbol_explain import explain
from verbale.text.folding import fold
from verbale.text.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.model.finding import Place
    from verbale.model.symbol import Symbol

_SYMBOLS = "United Nations Editorial Manual, Document symbols"
_MASTHEADS = "United Nations Editorial Manual, Mastheads and cover pages"
# The series that a category of distribution belongs to, by the letter in the symbol.
_SERIES = {"series-L": Distribution.LIMITED, "series-R": Distribution.RESTRICTED}
_PROPERTIES = frozenset({"symbol", "symbol1", "running-header"})
_SUFFIXES = {"addendum": "is_addendum", "corrigendum": "is_corrigendum"}


def session(case: Case) -> Iterator[Finding]:
    """The session or year in a symbol is the one that the masthead names."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.session is None:
        return
    named = masthead.session
    if named.kind is not SessionKind.REGULAR:
        return
    for symbol in masthead.symbols:
        for piece in explain(symbol):
            printed = {"session": named.number, "year": named.year}.get(piece.key)
            if printed is not None and piece.values["n"] != str(printed):
                yield Finding(
                    "masthead-session-differs",
                    Severity.WARNS,
                    _place(case),
                    {
                        "symbol": str(symbol),
                        "found": str(printed),
                        "expected": piece.values["n"],
                    },
                )


def body(case: Case) -> Iterator[Finding]:
    """The body that a symbol names is the one that the masthead names."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.body is None:
        return
    homes = {_home(case, symbol) for symbol in masthead.symbols} - {""}
    # A document of two bodies has two symbols and may name either.
    if homes and not any(_related(home, masthead.body) for home in homes):
        yield Finding(
            "masthead-body-differs",
            Severity.WARNS,
            _place(case),
            {
                "symbol": join_symbols(masthead.symbols),
                "found": masthead.body,
                "expected": ", ".join(sorted(homes)),
            },
        )


def distribution(case: Case) -> Iterator[Finding]:
    """Temporary texts (L.) have limited distribution, restricted ones (R.) restricted."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.distribution is None:
        return
    for symbol in masthead.symbols:
        for piece in explain(symbol):
            expected = _SERIES.get(piece.key)
            if expected is not None and masthead.distribution is Distribution.GENERAL:
                yield Finding(
                    "distribution-series-differs",
                    Severity.WARNS,
                    case.place("/document/distribution", near=case.head),
                    {
                        "symbol": str(symbol),
                        "found": masthead.distribution.value,
                        "expected": expected.value,
                    },
                )


def year(case: Case) -> Iterator[Finding]:
    """The year in a symbol is that of the masthead, or the one beside it."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.date is None:
        return
    for symbol in masthead.symbols:
        for piece in explain(symbol):
            if piece.key != "year" or abs(int(piece.values["n"]) - masthead.date.year) <= 1:
                continue
            yield Finding(
                "masthead-year-differs",
                Severity.WARNS,
                case.place("/document/masthead_date", near=case.head),
                {
                    "symbol": str(symbol),
                    "date": masthead.date.isoformat(),
                    "expected": piece.values["n"],
                },
            )


def reissue(case: Case) -> Iterator[Finding]:
    """An asterisk on a symbol is explained in a footnote."""
    masthead = case.recognition.masthead
    starred = [s for s in masthead.symbols if s.is_reissue] if masthead else []
    if starred and not explains_asterisk(case):
        yield Finding(
            "reissue-note-missing",
            Severity.WARNS,
            _place(case),
            {"symbol": join_symbols(tuple(starred))},
        )


def corrigendum(case: Case) -> Iterator[Finding]:
    """A corrigendum says what it corrects: a page, a paragraph, a table, the title."""
    masthead = case.recognition.masthead
    if masthead is None or not any(s.is_corrigendum for s in masthead.symbols):
        return
    text = fold(" ".join(s.text for s in case.stretches if s.part is not case.head)).text
    lang = case.recognition.document.language.code
    words = _wordings().get(("place", lang), ())
    if words and not any(word in text.casefold() for word in words):
        yield Finding(
            "corrigendum-place-missing",
            Severity.WARNS,
            _place(case),
            {"symbol": join_symbols(masthead.symbols)},
        )


def suffix(case: Case) -> Iterator[Finding]:
    """A document headed “Addendum” or “Corrigendum” has a symbol that says so."""
    masthead = case.recognition.masthead
    if masthead is None or not masthead.symbols:
        return
    for stretch in case.stretches:
        if stretch.part.kind in (PartKind.ANNEX, PartKind.ENCLOSURE) or stretch.note:
            return
        line = fold(stretch.text).text.strip(" *").casefold()
        for (kind, _), words in _wordings().items():
            has = _SUFFIXES.get(kind)
            if has is None or line not in words:
                continue
            if not any(getattr(symbol, has) for symbol in masthead.symbols):
                yield Finding(
                    "symbol-suffix-missing",
                    Severity.WARNS,
                    case.spot(stretch, 0, len(stretch.text)),
                    {
                        "word": stretch.text.strip(),
                        "symbol": join_symbols(masthead.symbols),
                    },
                )
            return


def metadata(case: Case) -> Iterator[Finding]:
    """The symbol in a file's own properties and running header is the one on its first page."""
    masthead = case.recognition.masthead
    if masthead is None or not masthead.symbols:
        return
    printed = {symbol.unstarred for symbol in masthead.symbols}
    for name, value in case.recognition.document.properties:
        if name.casefold() not in _PROPERTIES:
            continue
        with suppress(SymbolError):
            # What is no symbol is a title or a note of the editors: nothing to compare.
            said = {symbol.unstarred for symbol in parse_symbols(value.strip(" *"))}
            # A part of a document may carry the symbol of the whole on its later pages.
            if not any(_related(str(one), str(other)) for one in said for other in printed):
                yield Finding(
                    "metadata-symbol-differs",
                    Severity.WARNS,
                    _place(case),
                    {"said": value, "symbol": join_symbols(masthead.symbols)},
                )
                return


def _home(case: Case, symbol: Symbol) -> str:
    """The last piece of a symbol that names a body of the institution."""
    home = ""
    for piece in explain(symbol):
        kind, _, name = piece.key.partition("-")
        if kind in ("organ", "body") and name in case.institution.bodies:
            home = name
    return home


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _place(case: Case) -> Place:
    return case.place("/document/symbol", "/document", near=case.head)


@cache
def _wordings() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Words by kind and language, folded for comparing, from ``suffix_words.tsv``."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for lang, kind, text in table_rows(Path(__file__).with_name("suffix_words.tsv")):
        found[kind, lang] = (*found.get((kind, lang), ()), fold(text).text.casefold())
    return found


CHECKS = (
    Check("masthead-session-differs", source=_SYMBOLS, run=session),
    Check("masthead-body-differs", source=_SYMBOLS, run=body),
    Check("masthead-year-differs", source=_SYMBOLS, run=year),
    Check("distribution-series-differs", source=_MASTHEADS, run=distribution),
    Check("reissue-note-missing", source=_SYMBOLS, run=reissue),
    Check("corrigendum-place-missing", source=_SYMBOLS, run=corrigendum),
    Check("symbol-suffix-missing", source=_SYMBOLS, run=suffix),
    Check("metadata-symbol-differs", source=_MASTHEADS, run=metadata),
)
