"""What each kind of slot reads and writes.

A value is language-neutral: a date, a number, a code of the institution's tables, a `Sender`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from verbale.languages import rules
from verbale.model.communication import Office, Sender
from verbale.model.language import Language
from verbale.phrasebook import references
from verbale.phrasebook.tables import NameTable
from verbale.phrasebook.template import FOOTNOTE, Line, Slot

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping

    from verbale.model.masthead import AgendaItem
    from verbale.phrasebook.book import Phrasebook

_TWO = 2
#: Where ``58(a)`` takes a blank in the form ``spaced``.
_BEFORE_SUB = re.compile(r"(?<=[0-9])(?=\()")
_YEAR = re.compile(r" ?((?:1[89]|20|21)[0-9]{2})(?![0-9])")
_MARK = re.compile(r"\*+|[†‡]|(?=.)|$")
#: A State in a list, behind the first: a preposition may stand once for all of them.
_NEXT = Slot("states", "next")
_SEPARATOR = re.compile(r" ?(?:[/,;、和]| and | et | y | e | и | و) ?")


class SlotReaders:
    """Reads slots of one language. Tables of names are built on first use and kept."""

    def __init__(self, book: Phrasebook, lang: str) -> None:
        self._book = book
        self._lang = lang
        self._rules = rules(lang)
        self._tables: dict[str, NameTable[Any]] = {}
        self._readers: Mapping[str, Callable[[Slot, Line, int], Iterator[tuple[Any, int]]]] = {
            "date": lambda _, line, at: self._rules.read_date(line.text, _past_blank(line, at)),
            "range": lambda _, line, at: self._rules.read_date_range(
                line.text, _past_blank(line, at)
            ),
            "ordinal": lambda _, line, at: self._rules.read_ordinal(
                line.text, _past_blank(line, at)
            ),
            "items": lambda _, line, at: self._rules.read_items(
                line.text, _past_blank(line, at)
            ),
            "annex": lambda _, line, at: self._rules.read_annex_number(
                line.text, _past_blank(line, at)
            ),
            "year": _read_year,
            "fn": _read_mark,
            "languages": self._read_languages,
            "language": lambda _, line, at: self.table("language").read(line, at),
            "state": lambda _, line, at: self.table("state").read(line, at),
            "station": lambda _, line, at: self.table("station").read(line, at),
            "body": lambda _, line, at: self.table("body").read(line, at),
            "addressee": self._read_addressee,
            "addressees": self._read_addressees,
            "sender": self._read_sender,
            "senders": self._read_senders,
            "states": self._read_states,
            "committee": lambda _, line, at: self.table("committee").read(line, at),
            "number": references.read_number,
            "meeting": references.read_meeting,
            "act": references.read_act,
            "symbols": references.read_symbols,
            "paragraphs": references.read_paragraphs,
        }

    def read(self, slot: Slot, line: Line, at: int) -> Iterator[tuple[Any, int]]:
        """Values of *slot* that begin at *at*, with the offset behind each."""
        reader = self._readers.get(slot.name)
        if reader is None:
            raise KeyError(f"no slot of the name {slot.name!r}")
        yield from reader(slot, line, at)

    def table(self, kind: str) -> NameTable[Any]:
        """The names of a kind, made on first use."""
        if kind not in self._tables:
            named = _next_states if kind == "state-next" else partial(_names, kind=kind)
            self._tables[kind] = NameTable(named(self._book, self._lang))
        return self._tables[kind]

    def _read_addressee(self, slot: Slot, line: Line, at: int) -> Iterator[tuple[str, int]]:
        short = slot.form.startswith("short")
        yield from self.table("addressee-short" if short else "addressee").read(line, at)

    def _read_addressees(
        self, slot: Slot, line: Line, at: int
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        for first, end in self._read_addressee(slot, line, at):
            joint = _SEPARATOR.match(line.lower, end)
            if joint:
                for rest, last in self._read_addressees(slot, line, joint.end()):
                    yield (first, *rest), last
            yield (first,), end

    def _read_languages(
        self, _slot: Slot, line: Line, at: int
    ) -> Iterator[tuple[tuple[Language, ...], int]]:
        for first, end in self.table("language").read(line, at):
            joint = _SEPARATOR.match(line.lower, end)
            if joint:
                for rest, last in self._read_languages(_slot, line, joint.end()):
                    yield (first, *rest), last
            yield (first,), end

    def _read_senders(
        self, slot: Slot, line: Line, at: int
    ) -> Iterator[tuple[tuple[Sender, ...], int]]:
        """Several senders: of one office in the plural, else one after the other."""
        for office in Office:
            for key in (f"senders.{office}{end}" for end in ("", ".two", ".gen")):
                for end, bound in self._book.matches(key, self._lang, line, at):
                    facts = {b.name: b.value for b in bound}
                    text = line.slice(at, end).strip()
                    station = facts.get("station")
                    states = facts.get("states", ())
                    yield tuple(Sender(s, office, station, text) for s in states), end
        for first, end in self._read_sender(slot, line, at):
            joint = _SEPARATOR.match(line.lower, end)
            if joint:
                for rest, last in self._read_senders(slot, line, joint.end()):
                    yield (first, *rest), last
            yield (first,), end

    def _read_states(
        self, slot: Slot, line: Line, at: int
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        table = "state-next" if slot.form == "next" else "state"
        for first, end in self.table(table).read(line, at):
            joint = _SEPARATOR.match(line.lower, end)
            if joint:
                for rest, last in self._read_states(_NEXT, line, joint.end()):
                    yield (first, *rest), last
            yield (first,), end

    def _read_sender(self, slot: Slot, line: Line, at: int) -> Iterator[tuple[Sender, int]]:
        short = slot.form.startswith("short")
        for office in Office:
            key = f"sender.short.{office}" if short else f"sender.{office}"
            for each in (key, f"{key}.gen"):
                for end, bound in self._book.matches(each, self._lang, line, at):
                    facts = {b.name: b.value for b in bound}
                    text = line.slice(at, end).strip()
                    yield (
                        Sender(facts.get("state"), office, facts.get("station"), text),
                        end,
                    )


def _names(book: Phrasebook, lang: str, kind: str) -> Iterator[tuple[str, Any]]:
    """The names of a kind in one language, each with its value."""
    institution = book.institution
    if kind in ("state", "state-any"):
        for key, cells in institution.states.items():
            code, _, form = key.partition(".")
            if form.endswith("of") or kind == "state-any":
                yield from ((cell.text, code) for cell in cells.get(lang, ()))
        for text, code, variant in institution.state_variants.get(lang, ()):
            if variant == "of" or kind == "state-any":
                yield text, code
        return
    if kind == "language":
        for code, name in rules(lang).language_names.items():
            yield name, Language(code)
        return
    prefix = {"addressee-short": "addressee.short."}.get(kind, f"{kind}.")
    for key, by_lang in institution.phrases.items():
        plain = key.partition("@")[0]
        if not plain.startswith(prefix) or (
            kind == "addressee" and plain.startswith("addressee.short.")
        ):
            continue
        code = plain.removeprefix(prefix).partition(".")[0]
        for cell in by_lang.get(lang, ()):
            yield cell.text, code


def _next_states(book: Phrasebook, lang: str) -> Iterator[tuple[str, Any]]:
    """The names of States as they stand in a list behind the first."""
    once = _once(book, lang)
    for name, code in _names(book, lang, "state"):
        yield name, code
        if once and name.startswith(once):
            yield name.removeprefix(once), code


def _once(book: Phrasebook, lang: str) -> str:
    """The preposition that stands once before a list of States, with its blank; else empty."""
    if not book.has("list.states.once", lang):
        return ""
    return f"{book.write('list.states.once', lang, {}).text} "


def _past_blank(line: Line, at: int) -> int:
    return at + 1 if line.text.startswith(" ", at) else at


def _read_year(_slot: Slot, line: Line, at: int) -> Iterator[tuple[int, int]]:
    match = _YEAR.match(line.text, at)
    if match:
        yield int(match[1]), match.end()


def _read_mark(_slot: Slot, line: Line, at: int) -> Iterator[tuple[str, int]]:
    match = _MARK.match(line.text, at)
    if match:
        yield match.group(), match.end()


class SlotWriters:
    """Writes slots of one language for one body; nested phrases come from the book."""

    def __init__(self, book: Phrasebook, lang: str, body: str | None) -> None:
        self._book = book
        self._lang = lang
        self._body = body
        self._rules = rules(lang)

    def write(self, slot: Slot, values: Mapping[str, Any]) -> str:
        """The text of *slot*. Raises `KeyError` naming the slot when it has no value."""
        if slot.name == "fn":
            return FOOTNOTE if values.get("fn") else ""
        value = values[slot.name]
        match slot.name:
            case "meeting" | "symbols" | "paragraphs":
                joints = self._rules.list_joints
                return references.WRITERS[slot.name](value, slot.form, joints)
            case "date" | "range":
                days = value if slot.name == "range" else (value,)
                return self._dates(*days)
            case "ordinal":
                return self._rules.ordinal(value, slot.form or self._session_form())
            case "items":
                return self._items(value, slot.form)
            case "annex":
                return self._rules.annex_number(value)
            case "languages":
                return "/".join(self._rules.language_names[each.code] for each in value)
            case "state":
                return self._state(value, slot.form)
            case "sender":
                return self._sender(value, slot.form)
            case "senders" | "states" | "addressees":
                return self._several(slot.name, value, slot.form)
            case "addressee" | "body" | "station" | "committee":
                return self._form(slot.name, value, slot.form)
            case _:
                return str(value)

    def _dates(self, first: datetime.date, last: datetime.date | None = None) -> str:
        return self._rules.date_range(first, last) if last else self._rules.date(first)

    def _items(self, items: tuple[AgendaItem, ...], form: str) -> str:
        text = self._rules.items(items)
        return _BEFORE_SUB.sub(" ", text) if form == "spaced" else text

    def _session_form(self) -> str:
        template = self._book.template("session.regular", self._lang, self._body)
        forms = [slot.form for slot in template.slots if slot.name == "ordinal"]
        return forms[0] if forms and forms[0] else self._rules.ordinal_forms[0]

    def _form(self, name: str, code: str, form: str) -> str:
        """``addressee.short.OHCHR.to``, or the plain form where a language has no such case."""
        word, _, case = form.rpartition(".") if form.startswith("short.") else ("", "", form)
        if form == "short":
            word, case = "short", ""
        stem = f"{name}.{word}.{code}" if word else f"{name}.{code}"
        for key in (f"{stem}.{case}" if case else stem, stem):
            if self._book.has(key, self._lang):
                return self._book.write(key, self._lang, {}, body=self._body).text
        raise KeyError(f"{name} {code}")

    def _state(self, code: str, form: str) -> str:
        key = (
            f"{code}.{form}" if form.startswith(("short", "formal")) else f"{code}.short.{form}"
        )
        return self._book.state(key, self._lang)

    def _sender(self, sender: Sender, form: str) -> str:
        if sender.office is None:
            raise KeyError("sender: its office")
        values = {
            name: value
            for name, value in (("state", sender.state), ("station", sender.station))
            if value is not None
        }
        stem = f"sender.short.{sender.office}" if form == "short" else f"sender.{sender.office}"
        case = f"{stem}.{form}"
        key = case if form and form != "short" and self._book.has(case, self._lang) else stem
        return self._book.write(key, self._lang, values, body=self._body).text

    def _several(self, kind: str, values: tuple[Any, ...], form: str) -> str:
        if kind == "senders":
            return self._senders(values, form)
        if kind == "addressees":
            return self._list(kind, [self._form("addressee", code, form) for code in values])
        once = _once(self._book, self._lang)
        texts = [self._state(code, form) for code in values]
        return self._list(kind, [texts[0], *(each.removeprefix(once) for each in texts[1:])])

    def _senders(self, senders: tuple[Sender, ...], form: str) -> str:
        """Senders of one office at one station share it in the plural."""
        shared = {(sender.office, sender.station) for sender in senders}
        states = tuple(sender.state for sender in senders)
        office, station = next(iter(shared))
        if len(senders) == 1 or len(shared) > 1 or office is None or None in states:
            return self._list("senders", [self._sender(each, form) for each in senders])
        stem = f"senders.{office}"
        two = ("two",) if len(senders) == _TWO else ()
        keys = [f"{stem}.{case}" for case in (*two, form) if case]
        key = next((each for each in keys if self._book.has(each, self._lang)), stem)
        values = {"states": states, "station": station}
        return self._book.write(key, self._lang, values, body=self._body).text

    def _list(self, kind: str, texts: list[str]) -> str:
        """``A, B and C``, as the language joins a list of this kind."""
        text = texts[0]
        for number, following in enumerate(texts[1:], start=2):
            key = f"list.{kind}.{'two' if number == len(texts) else 'more'}"
            pair = {"first": text, "second": following}
            text = self._book.write(key, self._lang, pair).text
        return text
