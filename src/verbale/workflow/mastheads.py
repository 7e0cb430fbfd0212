"""Mastheads line by line: cover pages to fields and values, values to cover pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.compose.cover import cover_lines
from verbale.institutions.loading import load, load_agenda
from verbale.phrasebook import Phrasebook
from verbale.recognise.cover import CoverReader
from verbale.workflow._cover_json import cover_of, cover_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from verbale.institutions.model import Cell
    from verbale.recognise.cover import CoverLine, CoverReading

#: What a line is called among the fields, by its role.
FIELDS = {
    "symbol": "symbol", "publisher": "publisher", "organ": "issuingBody",
    "body": "subsidiaryBody", "distribution": "distribution", "date": "dateText",
    "original": "originalLanguage", "language": "languageLine", "session": "session",
    "agenda-item": "agendaItem", "agenda-title": "agendaTitle", "title": "title",
    "source": "source", "job-number": "jobNumber", "resolution": "resolution",
    "adoption": "adoption", "type": "documentType", "proponent": "proponent",
    "group": "decisionType", "number": "number",
}  # fmt: skip


class Mastheads:
    """Reads and writes mastheads of one institution, and keeps what makes that quick."""

    def __init__(self, institution: str = "un", agenda: Path | None = None) -> None:
        self._institution = load(institution)
        self._reader = CoverReader(Phrasebook(self._institution))
        self._agenda: Mapping[str, Mapping[str, Cell]] | None = (
            load_agenda(agenda) if agenda else None
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the institution has mastheads."""
        return self._institution.languages

    def parse(self, lines: list[str], lang: str | None = None) -> dict[str, Any]:
        """The language, the fields as on the lines, and the values, of one cover page.

        ``findings`` is there only where a line was not read as it stands: what was ``read``,
        what it was ``taken`` for, and a ``confidence`` below 1.
        """
        reading = self._reader.read(lines, lang)
        answer: dict[str, Any] = {
            "language": reading.language,
            "fields": _fields(reading),
            "masthead": cover_shape(reading.cover),
        }
        findings = list(_findings(reading))
        if findings:
            answer["findings"] = findings
        return answer

    def compose(self, masthead: Mapping[str, Any], lang: str) -> list[str]:
        """The lines in *lang* of a masthead as `parse` gives it.

        Raises `UsageError` naming the value that cannot be one.
        """
        cover = cover_of(masthead)
        book = Phrasebook(self._institution, moment=cover.date)
        return [text for _, text in cover_lines(cover, lang, book, agenda=self._agenda)]


def _fields(reading: CoverReading) -> dict[str, Any]:
    """The text of each field as it stands on its line; several where one name holds one."""
    fields: dict[str, Any] = {}
    titles: list[str] = []
    symbols: list[str] = []
    for line in reading.lines:
        name = FIELDS.get(line.reading.role)
        if name is None:
            continue
        fields.setdefault(name, line.text)
        if name == "agendaTitle":
            titles.append(line.text)
        elif name == "symbol":
            symbols.append(line.text)
    if len(titles) > 1:
        fields["agendaTitles"] = titles
    if len(symbols) > 1:
        fields["symbols"] = symbols
    cover = reading.cover
    if cover.date is not None:
        fields["dateIso"] = cover.date.isoformat()
    for session in cover.sessions[:1]:
        number = session.number or session.year
        if number is not None:
            fields["sessionNumber"] = str(number)
        if session.start and session.end:
            fields["sessionStart"] = session.start.isoformat()
            fields["sessionEnd"] = session.end.isoformat()
    return fields


def _findings(reading: CoverReading) -> Iterator[dict[str, Any]]:
    for line in reading.lines:
        if line.reading.confidence < 1:
            yield _finding(line)


def _finding(line: CoverLine) -> dict[str, Any]:
    return {
        "code": "masthead-line-damaged",
        "line": line.at + 1,
        "field": FIELDS.get(line.reading.role, line.reading.role),
        "read": line.text,
        "taken": line.reading.taken,
        "confidence": line.reading.confidence,
    }
