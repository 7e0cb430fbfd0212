"""What is said twice is said alike: in masthead, title, note, request and annex headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from verbale.checks.base import Case, Check, Stretch, annexes
from verbale.languages import rules
from verbale.model.document import PartKind
from verbale.model.finding import Finding, Severity
from verbale.phrasebook import Line

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from verbale.model.communication import Request, Sender
    from verbale.phrasebook import Match

_MANUAL = "United Nations Editorial Manual, Communications"
_TITLES = (
    "title.note-verbale",
    "title.letter",
    "title.identical-letters",
    "title.joint-note-verbale",
    "title.joint-letter",
    "title.joint-identical-letters",
)
_DATE_LINE = 60
_PLACE = 40
_HEADING = 40
_OPENING = 4


class _Facts(NamedTuple):
    """What a phrase says of a communication."""

    date: datetime.date | None
    states: frozenset[str]
    addressees: frozenset[str]


def date(case: Case) -> Iterator[Finding]:
    """The date in the title is the one that the note or letter bears."""
    title = _title(case)
    if title is None or title.date is None:
        return
    for stretch in _message(case):
        found = _date_line(stretch)
        if found is not None and found[0] != title.date:
            day, start, end = found
            yield Finding(
                "title-date-differs",
                Severity.WARNS,
                case.spot(stretch, start, end),
                {"title": title.date.isoformat(), "note": day.isoformat()},
            )
            return


def sender(case: Case) -> Iterator[Finding]:
    """The sender in the title is the one that greets in the note."""
    title, greeting = _title(case), _greeting(case)
    if title is None or greeting is None:
        return
    stretch, match, lang = greeting
    first = match.bounds("text") or (0, 0)
    found = case.book.find_sender(lang, Line(stretch.text[: first[1]]), first[0], first[1])
    if found is None or found.state is None or not title.states:
        return
    if found.state not in title.states:
        yield Finding(
            "title-sender-differs",
            Severity.WARNS,
            case.spot(stretch, *first),
            {
                "title": _shown(case, title.states, "{}.short"),
                "note": case.name_of(f"{found.state}.short"),
            },
        )


def addressee(case: Case) -> Iterator[Finding]:
    """The addressee in the title is the one that is greeted in the note."""
    title, greeting = _title(case), _greeting(case)
    if title is None or greeting is None or not title.addressees:
        return
    stretch, match, lang = greeting
    greeted = [bound for bound in match.bound if bound.name == "text"][-1]
    line = match.line
    # The preposition may be one word with the article: "saluda al Secretario".
    before = max(line.text.rfind(" ", 0, max(greeted.start - 1, 0)), 0)
    stop = min(line.end, greeted.start + _DATE_LINE)
    names = case.book.names("addressee", lang)
    found = {code for code, start, _ in names.find_all(line, before, line.end) if start < stop}
    if found and not found & title.addressees:
        at = line.folded.origin(greeted.start, greeted.end)
        yield Finding(
            "title-addressee-differs",
            Severity.WARNS,
            case.spot(stretch, *at),
            {
                "title": _shown(case, title.addressees, "addressee.{}"),
                "note": _shown(case, frozenset(found), "addressee.{}"),
            },
        )


def annex_heading(case: Case) -> Iterator[Finding]:
    """The heading of an annex repeats the title of the communication it is annexed to."""
    own = case.recognition.communication
    said = _Facts(own.date, _states(own.senders), frozenset(own.addressees))
    for part in annexes(case):
        stretch = next((each for each in case.stretches if each.part is part), None)
        if stretch is None or len(stretch.text) < _HEADING:
            continue
        match = _read(case, case.book.keys("annex.heading."), stretch.text)
        if match is None:
            continue
        heading = _facts(match)
        pairs: tuple[tuple[str, str], ...] = (
            (_shown(case, heading.date), _shown(case, said.date)),
            (_shown(case, heading.states, "{}.short"), _shown(case, said.states, "{}.short")),
            (
                _shown(case, heading.addressees, "addressee.{}"),
                _shown(case, said.addressees, "addressee.{}"),
            ),
        )
        for here, there in pairs:
            if here and there and here != there:
                yield Finding(
                    "annex-heading-differs",
                    Severity.WARNS,
                    case.spot(stretch, 0, len(stretch.text)),
                    {"heading": here, "note": there},
                )


def body(case: Case) -> Iterator[Finding]:
    """A document is one of the body that the request asks for."""
    masthead = case.recognition.masthead
    asked = [each.body for each in case.recognition.communication.requests if each.body]
    if not case.is_sent or masthead is None or masthead.body is None:
        return
    if not asked or masthead.body in asked:
        return
    yield Finding(
        "request-body-differs",
        Severity.WARNS,
        case.place("/communication/requests/0", near=case.message),
        {"request": ", ".join(dict.fromkeys(asked)), "masthead": masthead.body},
    )


def session(case: Case) -> Iterator[Finding]:
    """A document is one of the session that the request asks for."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.session is None:
        return
    number = masthead.session.number or masthead.session.year
    for index, request in _requests_for(case, masthead.body):
        if request.session is not None and number is not None and request.session != number:
            yield Finding(
                "request-session-differs",
                Severity.WARNS,
                case.place(f"/communication/requests/{index}", near=case.message),
                {"request": str(request.session), "masthead": str(number)},
            )


def item(case: Case) -> Iterator[Finding]:
    """A document is issued under the item that the request asks for."""
    masthead = case.recognition.masthead
    if masthead is None or not masthead.items:
        return
    printed = {each.number for each in masthead.items}
    for index, request in _requests_for(case, masthead.body):
        asked = {each.number for each in request.items}
        if asked and not asked & printed:
            yield Finding(
                "request-item-differs",
                Severity.WARNS,
                case.place(f"/communication/requests/{index}", near=case.message),
                {
                    "request": ", ".join(map(str, request.items)),
                    "masthead": ", ".join(map(str, masthead.items)),
                },
            )


def _requests_for(case: Case, code: str | None) -> Iterator[tuple[int, Request]]:
    if not case.is_sent:  # a resolution requests things too
        return
    for index, request in enumerate(case.recognition.communication.requests):
        if request.body is None or request.body == code:
            yield index, request


def _title(case: Case) -> _Facts | None:
    """What the title says, where it is in a set wording."""
    title = case.recognition.document.title
    match = _read(case, _TITLES, title) if title else None
    return _facts(match) if match is not None else None


def _read(case: Case, keys: Iterable[str], text: str) -> Match | None:
    """The first of the phrases *keys* that *text* is; the document's language comes first."""
    line = Line(text)
    first = case.recognition.document.language.code
    for lang in sorted(case.institution.languages, key=lambda code: code != first):
        for key in keys:
            match = case.book.read(key, lang, line)
            if match is not None:
                return match
    return None


def _facts(match: Match) -> _Facts:
    senders = match.value("senders") or tuple(filter(None, [match.value("sender")]))
    addressees = match.value("addressees") or tuple(filter(None, [match.value("addressee")]))
    return _Facts(match.value("date"), _states(senders), frozenset(addressees))


def _states(senders: Iterable[Sender]) -> frozenset[str]:
    return frozenset(each.state for each in senders if each.state)


def _message(case: Case) -> Iterator[Stretch]:
    kinds = (PartKind.NOTE, PartKind.LETTER)
    return (s for s in case.stretches if s.part.kind in kinds and s.note is None)


def _greeting(case: Case) -> tuple[Stretch, Match, str] | None:
    """The paragraph that presents compliments, and its language."""
    for stretch, _ in zip(_message(case), range(_OPENING), strict=False):
        lang = stretch.part.language.code
        match = case.book.read_start("move.salutation", lang, stretch.text)
        if match is not None:
            return stretch, match, lang
    return None


def _date_line(stretch: Stretch) -> tuple[datetime.date, int, int] | None:
    """A line that is a date, or a place and a date, and nothing else."""
    text = stretch.text
    lang = stretch.part.language.code
    if not 0 < len(text) <= _DATE_LINE:
        return None
    line = Line(text)
    try:
        language = rules(lang)
    except KeyError:
        return None
    for at in line.words:
        before = line.text[:at].strip()
        if before and (len(before) > _PLACE or not before.endswith((",", "،", ", le", ", a"))):
            continue
        for day, end in language.read_date(line.text, at):
            if not line.text[end:].strip(" ."):
                return day, *line.folded.origin(at, end)
    return None


def _shown(case: Case, value: frozenset[str] | datetime.date | None, key: str = "") -> str:
    """A date or names as a reader knows them, empty for nothing. *key* is of the tables."""
    if isinstance(value, frozenset):
        return ", ".join(case.name_of(key.format(code)) for code in sorted(value))
    return value.isoformat() if value else ""


CHECKS = (
    Check("title-date-differs", source=_MANUAL, run=date),
    Check("title-sender-differs", source=_MANUAL, run=sender),
    Check("title-addressee-differs", source=_MANUAL, run=addressee),
    Check("annex-heading-differs", source=_MANUAL, run=annex_heading),
    Check("request-body-differs", source=_MANUAL, run=body),
    Check("request-session-differs", source=_MANUAL, run=session),
    Check("request-item-differs", source=_MANUAL, run=item),
)
