"""A query as the index asks it, and what is to be marked in what it finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verbale.search.analysis import spellings, stem, words
from verbale.search.base import FACETS
from verbale.search.extracts import Sought
from verbale.search.query import How, Item

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tantivy import Query, Schema

    from verbale.search.names import Names
    from verbale.search.query import Asked

_TITLE_WEIGHT = 3.0
_SYMBOL_WEIGHT = 30.0
_FUZZY_FROM, _FUZZY_TWICE_FROM = 4, 8
#: Languages whose stems differ; every other writing has one stem a word.
_LANGUAGES = ("en", "fr", "es", "")
_SYMBOL = re.compile(r"[A-Za-z][\w.]*(?:[/-][\w.()]+)+\**\Z|[A-Za-z]+/\Z")
_TOO_WIDE = 2
_LONGEST_NAME = 8


@dataclass
class Asking:
    """Makes the index's query of an `Asked`; collects what is to be marked meanwhile.

    ``hidden`` are the receipts of works that are never found; in a *wide* query two letters of
    a long word sought by likeness may differ, else one.
    """

    schema: Schema
    names: Names
    hidden: Collection[int]
    wide: bool = False
    _terms: set[str] = field(default_factory=set)
    _prefixes: list[str] = field(default_factory=list)
    _phrases: list[str] = field(default_factory=list)
    _enough: int = 0
    _likes: list[tuple[str, int]] = field(default_factory=list)

    def query(self, asked: Asked, facets: Mapping[str, tuple[str, ...]]) -> Query:
        """Everything asked, narrowed by *facets*."""
        from tantivy import Occur, Query  # noqa: PLC0415 - when there is something to ask

        groups = [self._group(group) for group in asked.groups]
        if not groups:
            whole = Query.all_query()
        elif len(groups) == 1:
            whole = groups[0]
        else:
            whole = Query.boolean_query([(Occur.Should, each) for each in groups])
        gone = Query.term_set_query(self.schema, "receipt", list(self.hidden))
        clauses = [(Occur.Must, whole), (Occur.MustNot, gone)]
        for name, values in facets.items():
            if name in FACETS and values:
                chosen = [(Occur.Should, self._facet(name, value)) for value in values]
                narrow = Query.const_score_query(Query.boolean_query(chosen), 0.0)
                clauses.append((Occur.Must, narrow))
        return Query.boolean_query(clauses)

    @property
    def sought(self) -> Sought:
        """What to mark."""
        prefixes = tuple(dict.fromkeys(self._prefixes))
        phrases = tuple(dict.fromkeys(self._phrases))
        likes = tuple(dict.fromkeys(self._likes))
        return Sought(frozenset(self._terms), prefixes, phrases, likes, max(1, self._enough))

    def _group(self, group: tuple[Item, ...]) -> Query:
        from tantivy import Occur, Query  # noqa: PLC0415

        wanted = [item for item in self._with_names(group) if not item.out]
        self._enough += sum(not item.name or item.name == "title" for item in wanted)
        asked = [self._item(item) for item in wanted]
        clauses = [(Occur.Must, each) for each in asked]
        without = [self._item(item) for item in group if item.out]
        if not clauses:
            clauses.append((Occur.Must, Query.all_query()))
        clauses += [(Occur.MustNot, each) for each in without]
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _with_names(self, group: tuple[Item, ...]) -> Iterator[Item]:
        """*group* with words that are together a name of a State as one phrase."""
        at = 0
        while at < len(group):
            for end in range(min(len(group), at + _LONGEST_NAME), at + 1, -1):
                run = group[at:end]
                text = " ".join(each.text for each in run)
                bare = all(e.how is How.WORD and not e.name and not e.out for e in run)
                if bare and self.names.code(text):
                    yield Item(text, How.PHRASE)
                    at = end
                    break
            else:
                yield group[at]
                at += 1

    def _item(self, item: Item) -> Query:
        if item.name in FACETS:
            return self._facet(item.name, item.text)
        if item.name == "versions":
            return self._term("versions", item.text.lower())
        if item.name == "symbol":
            return self._symbol(item.text, exact=item.how is not How.PREFIX)
        only_title = item.name == "title"
        if item.how is How.WORD and not only_title and _SYMBOL.match(item.text):
            return self._any(
                [
                    self._symbol(item.text, exact=False),
                    *self._phrase(item.text, mark=not item.out),
                ]
            )
        mark = not item.out
        match item.how:
            case How.PREFIX:
                return self._any(self._prefix(item.text, only_title=only_title, mark=mark))
            case How.FUZZY:
                return self._any(self._fuzzy(item.text, only_title=only_title, mark=mark))
            case _:
                return self._any(
                    self._phrase(item.text, only_title=only_title, mark=mark)
                    + [
                        each
                        for other in self.names.others(item.text)
                        for each in self._phrase(other, only_title=only_title, mark=mark)
                    ]
                )

    def _phrase(self, text: str, *, only_title: bool = False, mark: bool = True) -> list[Query]:
        """A word, or several one after the other, in every language's terms."""
        from tantivy import Query  # noqa: PLC0415

        found = [match[0] for match in words(text)]
        made: list[Query] = []
        runs = dict.fromkeys(
            tuple(filter(None, (stem(word, language) for word in found)))
            for language in _LANGUAGES
        )
        for run in runs:
            if not run:
                continue
            if mark:
                self._mark(run)
            for name, weight in self._fields(only_title=only_title):
                query = (
                    self._term(name, run[0])
                    if len(run) == 1
                    else Query.phrase_query(self.schema, name, list(run))
                )
                made.append(query if weight == 1 else Query.boost_query(query, weight))
        return made

    def _mark(self, run: tuple[str, ...]) -> None:
        if len(run) == 1:
            self._terms.add(run[0])
        else:
            self._phrases.append(" ".join(run))

    def _prefix(self, text: str, *, only_title: bool, mark: bool) -> list[Query]:
        from tantivy import Query  # noqa: PLC0415

        starts = self._one_word(text)
        if not starts or len(starts[0]) < _TOO_WIDE:
            return self._phrase(text, only_title=only_title, mark=mark)
        if mark:
            self._prefixes += starts
        return [
            Query.regex_query(self.schema, name, re.escape(start) + ".*")
            for start in starts
            for name in self._spelt(only_title=only_title)
        ]

    def _fuzzy(self, text: str, *, only_title: bool, mark: bool) -> list[Query]:
        from tantivy import Query  # noqa: PLC0415

        made = self._phrase(text, only_title=only_title, mark=mark)
        (name,) = self._spelt(only_title=only_title)
        for each in self._one_word(text):
            if len(each) < _FUZZY_FROM:
                continue
            distance = 2 if self.wide and len(each) >= _FUZZY_TWICE_FROM else 1
            if mark:
                self._likes.append((each, distance))
            made.append(Query.fuzzy_term_query(self.schema, name, each, distance=distance))
        return made

    def _one_word(self, text: str) -> tuple[str, ...]:
        """The spellings of *text* if it is one word; none if it is more, or a Han character."""
        found = [match[0] for match in words(text)]
        return spellings(found[0]) if len(found) == 1 else ()

    def _symbol(self, text: str, *, exact: bool) -> Query:
        from tantivy import Query  # noqa: PLC0415

        folded = folded_symbol(text)
        clauses = [Query.boost_query(self._term("symbol", folded), _SYMBOL_WEIGHT)]
        if not exact:
            pattern = re.escape(folded.rstrip("/")) + "/.*"
            clauses.append(Query.regex_query(self.schema, "symbol", pattern))
        return self._any(clauses)

    def _facet(self, name: str, value: str) -> Query:
        if name == "state":
            value = self.names.code(value) or value.upper()
        elif name in {"language", "kind"}:
            value = value.lower()
        elif name in {"body", "session"}:
            value = value.upper()
        return self._term(name, value)

    def _fields(self, *, only_title: bool) -> tuple[tuple[str, float], ...]:
        return (
            (("title", _TITLE_WEIGHT),)
            if only_title
            else (("title", _TITLE_WEIGHT), ("text", 1))
        )

    def _spelt(self, *, only_title: bool) -> tuple[str, ...]:
        """The fields that have whole spellings."""
        return ("title_word",) if only_title else ("word",)

    def _term(self, name: str, value: str) -> Query:
        from tantivy import Query  # noqa: PLC0415

        return Query.term_query(self.schema, name, value)

    def _any(self, clauses: list[Query]) -> Query:
        from tantivy import Query  # noqa: PLC0415

        if not clauses:
            return Query.empty_query()
        return clauses[0] if len(clauses) == 1 else Query.disjunction_max_query(clauses)


def may_widen(item: Item) -> bool:
    """Whether a wide query asks for more than a narrow one."""
    return item.how is How.FUZZY and len(item.text) >= _FUZZY_TWICE_FROM


def folded_symbol(text: str) -> str:
    """A symbol as the index keeps it: small letters, no blanks, no asterisks."""
    return "".join(text.casefold().split()).rstrip("*")
