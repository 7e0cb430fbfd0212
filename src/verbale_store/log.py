"""The log's leaves, nodes and heads in their tables."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import DatabaseError

from verbale.proof import merkle
from verbale.registry.calendar import CalendarChange
from verbale.registry.log import CALENDAR, EVENT, STATEMENT, Leaf, change_line, event_line
from verbale_store.models import CalendarRow, EventRow, LogHeadRow, LogLeafRow, LogNodeRow
from verbale_store.rows import event_of

#: How a damaged row fails: bytes that are no text, no time, no JSON.
_DAMAGE = (DatabaseError, ValueError, TypeError, AttributeError)


def append(alias: str, index: int, kind: str, number: int, line: str) -> None:
    """Add leaf *index*, and the nodes that it completes."""
    text = line if kind == STATEMENT else ""
    LogLeafRow(index=index, kind=kind, number=number, text=text).save(
        using=alias, force_insert=True
    )
    leaf = merkle.leaf_hash(line.encode("utf-8"))
    made = merkle.added(index, leaf, lambda level, at: node(alias, level, at))
    LogNodeRow.objects.using(alias).bulk_create(
        [LogNodeRow(level=level, index=at, hash=held.hex()) for level, at, held in made]
    )


def node(alias: str, level: int, index: int) -> bytes:
    """The hash of a node; of none (zeros), which no proof fits, if it is gone or damaged."""
    row = LogNodeRow.objects.using(alias).filter(level=level, index=index).first()
    try:
        return bytes.fromhex(row.hash) if row else bytes(32)
    except ValueError:
        return bytes(32)


def size(alias: str) -> int:
    """How many leaves there are."""
    row = LogLeafRow.objects.using(alias).order_by("-index").first()
    return row.index + 1 if row else 0


def leaves(alias: str, first: int, limit: int) -> tuple[Leaf, ...]:
    """At most *limit* leaves from *first*."""
    rows = LogLeafRow.objects.using(alias).filter(index__gte=first).order_by("index")[:limit]
    return _told(alias, list(rows))


def leaves_of(alias: str, receipt: int) -> tuple[Leaf, ...]:
    """The leaves of an entry's events, oldest first."""
    numbers = EventRow.objects.using(alias).filter(entry_id=receipt).values_list("number")
    rows = LogLeafRow.objects.using(alias).filter(kind=EVENT, number__in=numbers)
    return _told(alias, list(rows.order_by("index")))


def statements(alias: str) -> tuple[str, ...]:
    """What the registry stated itself, oldest first."""
    rows = LogLeafRow.objects.using(alias).filter(kind=STATEMENT).order_by("index")
    return tuple(row.text for row in rows)


def hashes(alias: str, first: int, limit: int) -> tuple[bytes, ...]:
    """The hashes of at most *limit* leaves from *first*, as they are kept."""
    rows = LogNodeRow.objects.using(alias).filter(level=0, index__gte=first)
    held = rows.order_by("index").values_list("hash", flat=True)[:limit]
    return tuple(bytes.fromhex(each) for each in held)


def nodes(alias: str) -> dict[tuple[int, int], str]:
    """Every node there is, as it is kept: for an audit."""
    rows = LogNodeRow.objects.using(alias).values_list("level", "index", "hash")
    return {(level, index): held for level, index, held in rows.iterator()}


def keep_head(alias: str, number: int, leaves_in: int, statement: str) -> None:
    """Keep signed head *number*, of a log of *leaves_in* leaves."""
    row = LogHeadRow(number=number, size=leaves_in, statement=statement)
    row.save(using=alias, force_insert=True)


def heads(alias: str) -> tuple[tuple[int, str], ...]:
    """Every signed head with its size, oldest first."""
    rows = LogHeadRow.objects.using(alias).order_by("number")
    return tuple(rows.values_list("size", "statement"))


def last_head(alias: str) -> tuple[int, str] | None:
    """The last signed head with its size."""
    row = LogHeadRow.objects.using(alias).order_by("-number").first()
    return (row.size, row.statement) if row else None


def _told(alias: str, rows: list[LogLeafRow]) -> tuple[Leaf, ...]:
    told = {
        (kind, number): said
        for kind, model in ((EVENT, EventRow), (CALENDAR, CalendarRow))
        for number, said in _lines(
            alias, model, {row.number for row in rows if row.kind == kind}
        ).items()
    }
    made = []
    for row in rows:
        line, receipt = told.get((row.kind, row.number), ("", 0))
        text = row.text if row.kind == STATEMENT else line
        made.append(Leaf(row.index, row.kind, row.number, text, receipt))
    return tuple(made)


def _lines(
    alias: str, model: type[EventRow | CalendarRow], numbers: set[int]
) -> dict[int, tuple[str, int]]:
    """The line of each row and the receipt it is about.

    A row that cannot be read has no line, and keeps no other back.
    """
    if not numbers:
        return {}
    rows = model.objects.using(alias).filter(number__in=numbers)
    try:
        return {row.number: (_line(row), getattr(row, "entry_id", 0)) for row in rows}
    except _DAMAGE:
        if len(numbers) == 1:
            if model is CalendarRow:
                return {}
            events = EventRow.objects.using(alias).filter(number__in=numbers)
            held = events.values_list("number", "entry_id")
            return {number: ("", receipt) for number, receipt in held}
        made: dict[int, tuple[str, int]] = {}
        for number in numbers:
            made |= _lines(alias, model, {number})
        return made


def _line(row: EventRow | CalendarRow) -> str:
    if isinstance(row, EventRow):
        return event_line(event_of(row))
    names = [each.name for each in fields(CalendarChange)]
    return change_line(CalendarChange(**{name: getattr(row, name) for name in names}))


def begin(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401 - what a migration is given
    """Log what a register held before it had a log: its events, then its calendar."""
    alias = schema_editor.connection.alias
    models = [apps.get_model("verbale_store", name) for name in ("EventRow", "CalendarRow")]
    events, changes = (model.objects.using(alias).order_by("number") for model in models)
    made = [(EVENT, row.number, event_line(event_of(row))) for row in events.iterator()]
    made += [
        (CALENDAR, values["number"], change_line(CalendarChange(**values)))
        for values in changes.values()
    ]
    if not made:
        return
    leaf_rows, node_rows = (
        apps.get_model("verbale_store", name) for name in ("LogLeafRow", "LogNodeRow")
    )
    leaf_rows.objects.using(alias).bulk_create(
        [leaf_rows(index=at, kind=kind, number=n) for at, (kind, n, _) in enumerate(made)]
    )
    held = merkle.levels(merkle.leaf_hash(line.encode("utf-8")) for _, _, line in made)
    node_rows.objects.using(alias).bulk_create(
        [
            node_rows(level=level, index=at, hash=each.hex())
            for level, row in enumerate(held)
            for at, each in enumerate(row)
        ],
        batch_size=500,
    )
    counters = apps.get_model("verbale_store", "CounterRow").objects.using(alias)
    counters.create(series=":log", last=len(made))
