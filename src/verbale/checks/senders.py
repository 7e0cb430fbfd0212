"""Who sends a communication is a State or observer known by its official name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.communication import Kind, Office
from verbale.model.finding import Finding, Severity
from verbale.phrasebook import Line
from verbale.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"
_NAMES = "The institution's own table of States"
_PERSONS = frozenset({Office.REPRESENTATIVE, Office.OBSERVER, Office.CHARGE})
_MISSIONS = frozenset({Office.MISSION, Office.OBSERVER_MISSION})


def unknown(case: Case) -> Iterator[Finding]:
    """The State in whose name a mission speaks stands in the institution's table."""
    for index, sender in enumerate(case.recognition.communication.senders):
        lang = _lang(case)
        if sender.state is not None or not sender.text or not lang:
            continue
        # A sender without the words for a mission may be an organization, which has no table.
        if _says_mission(case, sender.text, lang):
            yield Finding(
                "sender-state-unknown",
                Severity.WARNS,
                case.place(f"/communication/senders/{index}", near=case.message),
                {"sender": sender.text},
            )


def unofficial(case: Case) -> Iterator[Finding]:
    """A mission gives its State the official short or formal name."""
    lang = _lang(case)
    for index, sender in enumerate(case.recognition.communication.senders):
        text = fold(sender.text).text
        if sender.state is None or sender.office is None or not text or not lang:
            continue
        names = _official(case, sender.state, lang)
        used = _variant(case, sender.state, lang, text)
        if used and names and not any(name in text for name in names):
            yield Finding(
                "state-name-unofficial",
                Severity.NOTES,
                case.place(f"/communication/senders/{index}", near=case.message),
                {"name": used, "expected": case.book.state(f"{sender.state}.short", lang)},
            )


def person(case: Case) -> Iterator[Finding]:
    """A note verbale comes from a mission, not from a person."""
    communication = case.recognition.communication
    if communication.kind is not Kind.NOTE_VERBALE:
        return
    for index, sender in enumerate(communication.senders):
        if sender.office in _PERSONS:
            yield Finding(
                "note-sender-person",
                Severity.NOTES,
                case.place(f"/communication/senders/{index}", near=case.message),
                {"sender": sender.text or str(sender.office)},
            )


def _lang(case: Case) -> str:
    code = case.message.language.code if case.message else ""
    return code if code in case.institution.languages else ""


def _says_mission(case: Case, text: str, lang: str) -> bool:
    """Whether the text begins like a permanent mission's name: "the Permanent Mission of"."""
    folded = fold(text).text.casefold()
    for cell in case.institution.phrases.get("sender.permanent-mission", {}).get(lang, ()):
        words = fold(cell.text.partition("{")[0]).text.casefold().strip()
        if len(words.split()) > 1 and words in folded:
            return True
    return False


def _official(case: Case, state: str, lang: str) -> tuple[str, ...]:
    """The names of the table, and their forms behind "of", for one State."""
    keys = (f"{state}.{form}" for form in ("short", "formal", "short.of", "formal.of"))
    cells = (c for key in keys for c in case.institution.states.get(key, {}).get(lang, ()))
    return tuple(fold(cell.text).text for cell in cells)


def _variant(case: Case, state: str, lang: str, text: str) -> str:
    """The unofficial name that the text has for a State."""
    line = Line(text)
    for code, start, end in case.book.names("state-any", lang).find_all(line, 0, line.end):
        if code == state:
            return line.slice(start, end)
    return ""


CHECKS = (
    Check("sender-state-unknown", source=_NAMES, run=unknown),
    Check("state-name-unofficial", source=_NAMES, run=unofficial),
    Check("note-sender-person", source=_MANUAL, run=person),
)
