"""The moves of a note or letter: who greets whom, what is handed over, what is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.languages import rules
from verbale.model.communication import Communication, Kind, Request, Sender
from verbale.phrasebook import Line, Match, Phrasebook
from verbale.text.folding import squeeze
from verbale.text.sentences import sentences

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from verbale.model.located import Located
    from verbale.model.masthead import AgendaItem

_TITLE_KINDS = {
    "title.note-verbale": Kind.NOTE_VERBALE,
    "title.letter": Kind.LETTER,
    "title.identical-letters": Kind.IDENTICAL_LETTERS,
    "title.joint-note-verbale": Kind.NOTE_VERBALE,
    "title.joint-letter": Kind.LETTER,
    "title.joint-identical-letters": Kind.IDENTICAL_LETTERS,
}
_SHORT_LINE = 90
_LONG_NAME = 300
# What stands before the date in a date line: a place and a comma, an article, or the word date.
_PLACE = re.compile(
    r"(?:[A-ZÀ-ÝА-Я][\w' -]{1,30},(?: the| le| a| el| den)?|\bdated?:?|\bfecha:?|,|،)\Z",
    re.UNICODE,
)
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field was read: a paragraph of the note and bounds in its text."""

    text: Located
    start: int
    end: int


class Moves:
    """Reads one communication. ``spots`` has, by the field's path, where each was read."""

    def __init__(self, book: Phrasebook, lang: str) -> None:
        self._book = book
        self.lang = lang
        self.spots: dict[str, Spot] = {}
        self.found = Communication()

    def read_title(self, title: Located, *, origin: bool = True) -> bool:
        """Read the title of a circulated communication; say whether it is in set words."""
        for key, kind in _TITLE_KINDS.items():
            for lang in (self.lang, *self._book.institution.languages):
                match = self._book.read(key, lang, title.text)
                if match is None:
                    continue
                self._take_title(match, kind, title if origin else None)
                return True
        return False

    def _take_title(self, match: Match, kind: Kind, title: Located | None) -> None:
        sender: Sender | None = match.value("sender")
        addressees = match.value("addressees") or tuple(
            filter(None, [match.value("addressee")])
        )
        self.found = replace(
            self.found,
            kind=kind,
            date=match.value("date"),
            senders=match.value("senders") or ((sender,) if sender else ()),
            addressees=addressees,
        )
        if title is None:
            return
        for path, name in (
            ("/communication/date", "date"),
            ("/communication/senders/0", "sender"),
            ("/communication/senders/0", "senders"),
            ("/communication/addressees/0", "addressee"),
            ("/communication/addressees/0", "addressees"),
        ):
            bounds = match.bounds(name)
            if bounds is not None:
                self.spots[path] = Spot(title, *bounds)

    def read_note(self, paragraphs: Sequence[Located]) -> None:
        """Read the paragraphs of the communication itself."""
        lines = [Line(p.text) for p in paragraphs]
        self._salutation(paragraphs, lines)
        self._named(paragraphs, lines)
        self._letter(paragraphs, lines)
        if self.found.date is None:
            self._date(paragraphs, lines)
        self._transmits(paragraphs)
        self._reply(paragraphs)
        self.read_requests(paragraphs)

    def _salutation(self, paragraphs: Sequence[Located], lines: Sequence[Line]) -> None:
        for paragraph, line in zip(paragraphs, lines, strict=True):
            match = self._book.read_start("move.salutation", self.lang, line)
            if match is None:
                continue
            first, second = [b for b in match.bound if b.name == "text"][:2]
            self.found = replace(self.found, kind=self.found.kind or Kind.NOTE_VERBALE)
            if not self.found.senders:
                start, end = line.folded.origin(first.start, first.end)
                sender = self._sender(line, first.start, first.end)
                if sender is not None:
                    self.found = replace(self.found, senders=(sender,))
                    self.spots["/communication/senders/0"] = Spot(paragraph, start, end)
            if not self.found.addressees:
                self._addressees(paragraph, line, second.start)
            return

    def _sender(self, line: Line, start: int, end: int) -> Sender | None:
        """Who speaks: a mission in a set wording, else whoever the text names with a State."""
        start = max(start, self._behind_dates(line, start, end))
        text = squeeze(line.slice(start, end))
        match = self._book.find_sender(self.lang, line, start, end)
        if match is not None:
            return replace(match, text=text)
        state = self._book.names("state-any", self.lang).find(line, start, end)
        return Sender(state[0] if state else None, None, None, text) if text else None

    def _behind_dates(self, line: Line, start: int, end: int) -> int:
        """Where a sentence that greets begins: behind a date line run together with it."""
        begins = start
        words = line.words
        for at in words[bisect_left(words, start) : bisect_left(words, end)]:
            dates = rules(self.lang).read_date(line.text, at)
            begins = max(begins, *(last for _, last in dates), begins)
        for stop in (". ", "。"):
            at = line.text.rfind(stop, begins, end)
            begins = at + len(stop) if at >= 0 else begins
        return begins if begins < end else start

    def _addressees(self, paragraph: Located, line: Line, start: int) -> None:
        # The preposition may be one word with the article: "saluda al Secretario".
        before = max(line.text.rfind(" ", 0, max(start - 1, 0)), 0)
        end = min(line.end, start + _SHORT_LINE)
        found = self._book.names("addressee", self.lang).find(
            line, before, min(line.end, end + _LONG_NAME)
        )
        if found is None or found[1] > end:
            return
        self.found = replace(self.found, addressees=(found[0],))
        bounds = line.folded.origin(found[1], found[2])
        self.spots["/communication/addressees/0"] = Spot(paragraph, *bounds)

    def _named(self, paragraphs: Sequence[Located], lines: Sequence[Line]) -> None:
        """A heading that says what it is: "Note verbale"."""
        if self.found.kind is not None:
            return
        for paragraph, line in zip(paragraphs, lines, strict=True):
            if len(paragraph.text) < _SHORT_LINE and self._book.read_start(
                "move.note-verbale", self.lang, line
            ):
                self.found = replace(self.found, kind=Kind.NOTE_VERBALE)
                return

    def _letter(self, paragraphs: Sequence[Located], lines: Sequence[Line]) -> None:
        """A form of address opens a letter, a signature closes it."""
        for line in lines:
            if self.found.kind is None and self._book.read_start(
                "move.letter", self.lang, line
            ):
                text = line.text.strip()
                if len(text) < _SHORT_LINE or "," in text[:40]:
                    self.found = replace(self.found, kind=Kind.LETTER)
        if self.found.kind is None and self._has_honour(lines):
            self.found = replace(self.found, kind=Kind.LETTER)
        own = [line for each in paragraphs for line in each.lines()]
        self._signature(own)
        if self.found.kind is Kind.LETTER:
            self._address(own)

    def _signature(self, lines: Sequence[Located]) -> None:
        """The signature and the title under it, a line each; in a note too, to be said."""
        for index, located_line in enumerate(lines):
            signed = self._book.find("move.signed", self.lang, located_line.text)
            name = squeeze(str(signed.value("text") or "")) if signed else ""
            if signed is None or not name or self.found.signatories:
                continue
            self.found = replace(self.found, signatories=(name,))
            start, end = signed.bounds("text") or (0, len(located_line.text))
            self.spots["/communication/signatories/0"] = Spot(located_line, start, end)
            self._signed_as(lines[index + 1 : index + 4])

    def _address(self, lines: Sequence[Located]) -> None:
        """The address at the foot of a letter."""
        for located_line in lines:
            line = Line(located_line.text)
            if not self.found.addressees and line.end - line.start <= _SHORT_LINE:
                self._addressees(located_line, line, line.start)

    def _signed_as(self, lines: Sequence[Located]) -> None:
        """The title under a signature names the sender of a letter."""
        for located_line in lines:
            line = Line(located_line.text)
            sender = self._book.find_sender(self.lang, line, line.start, line.end)
            if sender is not None and not self.found.senders:
                self.found = replace(self.found, senders=(sender,))
                end = len(located_line.text)
                self.spots["/communication/senders/0"] = Spot(located_line, 0, end)

    def _has_honour(self, lines: Sequence[Line]) -> bool:
        return any(self._book.find("move.honour", self.lang, line) for line in lines[:6])

    def _date(self, paragraphs: Sequence[Located], lines: Sequence[Line]) -> None:
        """The date line: "Geneva, 8 April 2020", alone or at the head or foot of a text."""
        order = [*range(min(_EDGE, len(lines))), *range(len(lines) - 1, -1, -1)]
        for index in order:
            line = lines[index]
            for start, end in self._date_spots(line):
                found = self._date_at(line, start, end)
                if found is not None:
                    self.found = replace(self.found, date=found[0])
                    bounds = line.folded.origin(found[1], found[2])
                    self.spots["/communication/date"] = Spot(paragraphs[index], *bounds)
                    return

    def _date_spots(self, line: Line) -> Iterator[tuple[int, int]]:
        """The pieces of a text that may be a date line: short sentences and lines."""
        for first, last in sentences(line.text):
            at = first
            for piece in line.text[first:last].split("  "):
                yield at, at + len(piece)
                at += len(piece) + 2

    def _date_at(
        self, line: Line, start: int, end: int
    ) -> tuple[datetime.date, int, int] | None:
        """A date in a piece that has nothing before it but a place and a reference."""
        words = line.words
        last = bisect_left(words, min(end, start + _SHORT_LINE))
        for at in words[bisect_left(words, start) : last]:
            before = line.text[start:at].rstrip()
            if before and not _PLACE.search(before):
                continue
            for day, past in rules(self.lang).read_date(line.text, at):
                return day, at, past
        return None

    def _transmits(self, paragraphs: Sequence[Located]) -> None:
        """What is handed over: from the verb to the end of the sentence or "(see annex)"."""
        for paragraph in paragraphs:
            for start, end in sentences(paragraph.text):
                line = Line(paragraph.text[start:end])
                honour = self._book.find("move.honour", self.lang, line)
                at = honour.end if honour else 0
                verb = self._verb(line, at)
                if verb is None or (honour is None and verb > 200):  # noqa: PLR2004
                    continue
                stop = self._book.find("see-annex", self.lang, line)
                last = stop.start if stop and stop.start > verb else line.end
                text = squeeze(line.slice(verb, last)).rstrip(" .,;")
                if text:
                    self.found = replace(self.found, transmits=text)
                    first, past = line.folded.origin(verb, last)
                    first += len(paragraph.text[start + first :]) - len(
                        paragraph.text[start + first :].lstrip()
                    )
                    self.spots["/communication/transmits"] = Spot(
                        paragraph, start + first, start + past
                    )
                    return

    def _verb(self, line: Line, at: int) -> int | None:
        """The offset behind the first verb of handing over from *at* on."""
        for match in self._book.find_all("move.transmit", self.lang, line):
            if match.start >= at and match.start - at < 160:  # noqa: PLR2004 - a date may stand between
                return match.end
        return None

    def _reply(self, paragraphs: Sequence[Located]) -> None:
        """What it answers: "in reply to the note …" up to the next comma or full stop."""
        for paragraph in paragraphs[:4]:
            line = Line(paragraph.text)
            for match in self._book.find_all("move.reply", self.lang, line):
                stops = [line.text.find(c, match.end) for c in (",", ";", ".", "，", "。", "،")]
                end = min([s for s in stops if s >= 0], default=line.end)
                tail = Line(line.text[match.end : end])
                if self._book.find("move.written", self.lang, tail):
                    text = squeeze(line.slice(match.end, end))
                    self.found = replace(self.found, in_reply_to=text)
                    bounds = line.folded.origin(match.end, end)
                    self.spots["/communication/in_reply_to"] = Spot(paragraph, *bounds)
                    return

    def read_requests(self, paragraphs: Sequence[Located]) -> None:
        """Read what is asked; a version half translated asks in the language of the version."""
        requests: list[Request] = []
        for paragraph in paragraphs:
            for start, end in sentences(paragraph.text):
                line = Line(paragraph.text[start:end])
                if not self._book.find("move.circulate", self.lang, line):
                    continue
                request = self._request(line)
                if request is not None:
                    path = f"/communication/requests/{len(requests)}"
                    requests.append(request)
                    self.spots[path] = Spot(paragraph, start, end)
        self.found = replace(self.found, requests=tuple(requests))

    def _request(self, line: Line) -> Request | None:
        table = self._book.names("body", self.lang)
        bodies = [code for code, _, _ in table.find_all(line, line.start, line.end)]
        session = self._book.find("fragment.session", self.lang, line)
        items = self._book.find("fragment.item", self.lang, line)
        if not bodies and session is None and items is None:
            return None
        # The body named last is the narrowest: "the Assembly's Council" asks for the Council.
        known = self._book.institution.bodies
        nested = [code for code in bodies if known[code].parent]
        asked: tuple[AgendaItem, ...] = (items.value("items") or ()) if items else ()
        return Request(
            body=(nested or bodies or [None])[0],
            session=session.value("ordinal") if session else None,
            items=asked,
        )
