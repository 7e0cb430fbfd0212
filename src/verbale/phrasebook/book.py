"""The phrasebook of an institution: reads and writes its set phrases in every language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from verbale.institutions.model import Cell, Review
from verbale.phrasebook.slots import SlotReaders, SlotWriters
from verbale.phrasebook.template import Bound, Line, Slot, Template

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from verbale.institutions.model import Institution
    from verbale.model.communication import Sender
    from verbale.phrasebook.tables import NameTable


@dataclass(frozen=True, slots=True)
class Written:
    """A phrase as written. ``text`` has the house's inline marks (``43^{er}``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase as read: which key, its values, and its bounds in the line's normal form."""

    key: str
    line: Line
    start: int
    end: int
    bound: tuple[Bound, ...]

    def value(self, name: str) -> Any | None:  # noqa: ANN401 - a slot's value has any type
        """The value of the first slot of that name."""
        return next((each.value for each in self.bound if each.name == name), None)

    def bounds(self, name: str) -> tuple[int, int] | None:
        """Where the first slot of that name stood in the original text."""
        for each in self.bound:
            if each.name == name:
                return self.line.folded.origin(each.start, each.end)
        return None

    @property
    def span(self) -> tuple[int, int]:
        """The bounds of the whole phrase in the original text."""
        return self.line.folded.origin(self.start, self.end)


class Phrasebook:
    """Set phrases, both ways. One for each institution; building it is cheap, use fills it.

    ``printed`` collects the cells a composition used, so that it can say which were candidates.
    """

    def __init__(
        self, institution: Institution, *, moment: datetime.date | None = None
    ) -> None:
        self.institution = institution
        self.moment = moment
        self.printed: dict[tuple[str, str], Cell] = {}
        self._templates: dict[tuple[str, str], tuple[Template, ...]] = {}
        self._readers: dict[str, SlotReaders] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._anchors: dict[str, frozenset[str]] = {}

    # Reading

    def matches(
        self, key: str, lang: str, line: Line, at: int
    ) -> Iterator[tuple[int, tuple[Bound, ...]]]:
        """Every way a wording of *key*, whatever body it is for, fits *line* from *at*."""
        for template in self._wordings(key, lang):
            if template.anchor in line.lower:
                # A language's tables are made only when one of its wordings may fit.
                yield from template.match(line, at, self._reader(lang).read)

    def anchors(self, key: str, lang: str) -> tuple[str, ...]:
        """A piece of each wording of *key*, in normal form: what has none of them is not it."""
        return tuple(template.anchor for template in self._wordings(key, lang))

    def may_read(self, prefix: str, line: Line) -> bool:
        """Whether a phrase whose key begins with *prefix* could stand in a line: a quick no."""
        if prefix not in self._anchors:
            langs = self.institution.languages
            every = (self.anchors(key, lang) for key in self.keys(prefix) for lang in langs)
            self._anchors[prefix] = frozenset(anchor for each in every for anchor in each)
        return any(anchor in line.lower for anchor in self._anchors[prefix])

    def read(self, key: str, lang: str, text: str | Line) -> Match | None:
        """Read a whole text as the phrase *key*, white space and a final full stop aside."""
        line = Line(text) if isinstance(text, str) else text
        for end, bound in self.matches(key, lang, line, line.start):
            if end >= line.end or line.text[end : line.end].strip(" .:;,") == "":
                return Match(key, line, line.start, end, bound)
        return None

    def read_start(self, key: str, lang: str, text: str | Line) -> Match | None:
        """Read the phrase *key* at the start of a text that may go on."""
        line = Line(text) if isinstance(text, str) else text
        for end, bound in self.matches(key, lang, line, line.start):
            return Match(key, line, line.start, end, bound)
        return None

    def find(self, key: str, lang: str, text: str | Line) -> Match | None:
        """The first place in a text where the phrase *key* stands."""
        return next(self.find_all(key, lang, text), None)

    def find_all(self, key: str, lang: str, text: str | Line) -> Iterator[Match]:
        """Every place in a text where the phrase *key* stands, from left to right."""
        line = Line(text) if isinstance(text, str) else text
        wordings = [t for t in self._wordings(key, lang) if t.anchor in line.lower]
        if not wordings:
            return
        readers = self._reader(lang)
        literal = [t for t in wordings if isinstance(t.pieces[0], str)]
        others = [t for t in wordings if not isinstance(t.pieces[0], str)]
        behind = line.start
        for at in line.words:
            if at < behind:
                continue
            fitting = [t for t in literal if line.lower.startswith(t.opening, at)]
            for template in (*fitting, *others):
                found = next(template.match(line, at, readers.read), None)
                if found is not None and found[0] > at:
                    yield Match(key, line, at, found[0], found[1])
                    behind = found[0]
                    break

    def names(self, kind: str, lang: str) -> NameTable[Any]:
        """The names of one kind in a language, for searching in a text.

        Kinds: ``state-any`` (every name of every State), ``addressee``, ``addressee-short``,
        ``body``, ``station``, ``language``.
        """
        return self._reader(lang).table(kind)

    def find_sender(self, lang: str, line: Line, start: int, end: int) -> Sender | None:
        """The first sender in a set wording between two offsets."""
        readers = self._reader(lang)
        for at in line.words:
            if start <= at < end:
                for value, last in readers.read(Slot("sender"), line, at):
                    if last <= end:
                        return cast("Sender", value)
        return None

    def keys(self, prefix: str) -> tuple[str, ...]:
        """The keys that begin with *prefix*, without bodies, each once, in table order."""
        if prefix not in self._keys:
            plain = (key.partition("@")[0] for key in self.institution.phrases)
            self._keys[prefix] = tuple(dict.fromkeys(k for k in plain if k.startswith(prefix)))
        return self._keys[prefix]

    def _reader(self, lang: str) -> SlotReaders:
        if lang not in self._readers:
            self._readers[lang] = SlotReaders(self, lang)
        return self._readers[lang]

    def _wordings(self, key: str, lang: str) -> tuple[Template, ...]:
        found = self._templates.get((key, lang))
        if found is None:
            cells = [
                cell
                for each in self._qualified(key)
                for cell in self.institution.phrases[each].get(lang, ())
            ]
            texts = dict.fromkeys(cell.text for cell in cells)
            found = tuple(_parsed(text) for text in texts)
            self._templates[key, lang] = found
        return found

    def _qualified(self, key: str) -> list[str]:
        if "" not in self._keys:
            by_plain: dict[str, list[str]] = {}
            for each in self.institution.phrases:
                by_plain.setdefault(each.partition("@")[0], []).append(each)
            self._by_plain = by_plain
            self._keys[""] = ()
        return self._by_plain.get(key, [])

    # Writing

    def has(self, key: str, lang: str, body: str | None = None) -> bool:
        """Whether there is a wording to print."""
        return self._cell(key, lang, body) is not None

    def template(self, key: str, lang: str, body: str | None = None) -> Template:
        """The wording to print. Raises `KeyError` when there is none."""
        cell = self._cell(key, lang, body)
        if cell is None:
            raise KeyError(f"{key} in {lang}")
        return _parsed(cell.text)

    def wordings(self, key: str, lang: str, body: str | None = None) -> tuple[Cell, ...]:
        """Every wording of *key* that may be printed for *body*, the nearest first."""
        return tuple(
            cell
            for where in (*(f"{key}@{each}" for each in self.institution.lineage(body)), key)
            for cell in self.institution.phrases.get(where, {}).get(lang, ())
            if cell.review is not Review.READ
        )

    def write(
        self,
        key: str,
        lang: str,
        values: Mapping[str, Any],
        *,
        body: str | None = None,
        wording: int | None = None,
    ) -> Written:
        """Write the phrase *key*. Raises `KeyError` with the key, or the slot without value.

        *wording* is a number among `wordings`, where another than the usual one is meant.
        """
        cell = self._cell(key, lang, body)
        if wording is not None:
            known = self.wordings(key, lang, body)
            cell = known[wording] if 0 <= wording < len(known) else cell
        if cell is None:
            raise KeyError(f"{key} in {lang}")
        self.printed[cell.key, lang] = cell
        writers = SlotWriters(self, lang, body)
        pieces = (
            piece if isinstance(piece, str) else writers.write(piece, values)
            for piece in _split(cell.text)
        )
        return Written("".join(pieces))

    def state(self, key: str, lang: str) -> str:
        """A State's name in a form, ``AZ.short.of``. Raises `KeyError` when there is none."""
        cells = self.institution.states[key][lang]
        cell = self._newest(reversed(cells)) or cells[0]
        self.printed[cell.key, lang] = cell
        return cell.text

    def candidates(self) -> tuple[Cell, ...]:
        """The cells printed so far that nobody has confirmed, in order of key and language."""
        waiting = (c for c in self.printed.values() if c.review is Review.CANDIDATE)
        return tuple(sorted(waiting, key=lambda cell: (cell.key, cell.lang)))

    def _cell(self, key: str, lang: str, body: str | None) -> Cell | None:
        for where in (*(f"{key}@{each}" for each in self.institution.lineage(body)), key):
            cell = self._newest(self.institution.phrases.get(where, {}).get(lang, ()))
            if cell is not None:
                return cell
        return None

    def _newest(self, cells: Iterable[Cell]) -> Cell | None:
        """The first of *cells* that is printed and holds on the day."""
        for cell in cells:
            holds = not (cell.since and self.moment and cell.since > self.moment)
            if cell.review is not Review.READ and holds:
                return cell
        return None


#: Phrasebooks for reading: their tables cost more to make than a document to read.
_READERS: dict[int, tuple[Institution, Phrasebook]] = {}
_MOST_READERS = 32


def reading_book(institution: Institution) -> Phrasebook:
    """The phrasebook to read with, made once for an institution; write with one of your own."""
    held = _READERS.get(id(institution))
    if held is None:
        if len(_READERS) >= _MOST_READERS:
            _READERS.clear()
        # The institution is kept beside it, so that its id is not given to another.
        held = _READERS.setdefault(id(institution), (institution, Phrasebook(institution)))
    return held[1]


@cache
def _parsed(text: str) -> Template:
    return Template.parse(text)


@cache
def _split(text: str) -> tuple[str | Slot, ...]:
    """A cell's text in literals as printed and slots."""
    pieces: list[str | Slot] = []
    at = 0
    for slot in _parsed(text).slots:
        start = text.index(str(slot), at)
        if start > at:
            pieces.append(text[at:start])
        pieces.append(slot)
        at = start + len(str(slot))
    if at < len(text):
        pieces.append(text[at:])
    return tuple(pieces)
