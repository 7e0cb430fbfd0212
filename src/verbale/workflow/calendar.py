"""The calendar as commands use it: agendas from CSV, items by their numbers of then and now."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from verbale.errors import UnreadableFileError, UsageError
from verbale.messages import LANGUAGES
from verbale.registry.calendar import AgendaLine, now_called, session_code
from verbale.workflow.kept import masthead_of

if TYPE_CHECKING:
    from verbale.institutions import Institution
    from verbale.registry.entry import Entry
    from verbale.registry.store import Store

_ITEM, _FORMERLY, _TITLE = "item", "formerly", "title"


def agenda_lines(data: bytes, *, name: str, lang: str = "en") -> tuple[AgendaLine, ...]:
    """The items of a CSV file in UTF-8 with the columns ``item``, ``title``, ``formerly``.

    ``title`` is in *lang*; ``title_fr`` and the like name their language. ``formerly`` is the
    item's number in the form of the agenda before. Only ``item`` must be there. Raises
    `UnreadableFileError` naming the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise UnreadableFileError(
            name, "not UTF-8", offset=bad.start, remedy="Save the table as CSV in UTF-8."
        ) from bad
    rows = csv.DictReader(io.StringIO(text), restkey="", restval="")
    columns = [column.strip().lower() for column in rows.fieldnames or ()]
    titles = {_TITLE: lang, **{f"{_TITLE}_{code}": code for code in LANGUAGES}}
    strange = [each for each in columns if each not in {_ITEM, _FORMERLY, *titles}]
    if _ITEM not in columns or strange:
        raise UnreadableFileError(
            name,
            f"unknown column {strange[0]!r}" if strange else "no column `item`",
            remedy="Columns: item, title (or title_ar … title_es), formerly.",
        )
    rows.fieldnames = columns
    lines = []
    for number, row in enumerate(rows, start=2):
        if "" in row or not row[_ITEM].strip():
            raise UnreadableFileError(
                name,
                f"line {number}: {'too many cells' if '' in row else 'no item'}",
                remedy="Put a title that has a comma between quotation marks.",
            )
        said = {titles[each]: row[each].strip() for each in columns if each in titles}
        lines.append(
            AgendaLine(
                row[_ITEM].strip(),
                {code: title for code, title in said.items() if title},
                (row.get(_FORMERLY) or "").strip(),
            )
        )
    return tuple(lines)


def check_body(institution: Institution, body: str) -> str:
    """*body* as the institution writes it. Raises `UsageError` if it has no such body."""
    for code in institution.bodies:
        if code.casefold() == body.strip().casefold():
            return code
    raise UsageError(
        f"no body {body!r} in this institution",
        remedy=f"Bodies: {', '.join(institution.bodies)}.",
    )


def agenda_items(store: Store, entry: Entry) -> list[dict[str, str | None]]:
    """The items of a document as it cites them, and their numbers in the agenda in force."""
    masthead = masthead_of(entry.masthead)
    if masthead.session is None or not masthead.body:
        return []
    name = session_code(masthead.session)
    held = [each for each in store.calendar(masthead.body) if each.name == name]
    return [
        {
            "item": str(item),
            "agenda": masthead.agenda.value,
            "now": (now_called(held[0], str(item), masthead.agenda) or None) if held else None,
        }
        for item in masthead.items
    ]
