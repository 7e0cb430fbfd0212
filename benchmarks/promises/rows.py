"""The rows of a register, changed behind its back and put back: for R7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from verbale.registry.store import Store

#: Each table, and the column by which a fault names a row of it. What a cell of these tables
#: says is proven, but for NULL, which has no bit, and the numbers that a database gives to the
#: rows of side tables (``id``): nothing reads them, and no record, event or leaf has them.
TABLES = {
    "register_entry": "receipt",
    "register_symbol": "entry_id",
    "register_file": "entry_id",
    "register_relation": "entry_id",
    "register_event": "entry_id",
    "register_calendar": "number",
    "log_leaf": "index",
    "log_node": "index",
    "log_head": "number",
    "register_counter": "series",
}
Row = dict[str, Any]


class Rows:
    """An open register's rows. Changes are made in a transaction that `back` undoes."""

    def __init__(self, store: Store, database: str) -> None:
        from django.db import connections  # noqa: PLC0415 - set up with the store

        self._at: Any = connections[getattr(store, "alias")]  # noqa: B009 - of the one store
        self.sqlite = database == "sqlite"
        if self.sqlite:
            self._run("PRAGMA foreign_keys=OFF", [])
        else:
            self._run("SET session_replication_role = replica", [])

    def _run(self, statement: str, values: list[Any]) -> list[Row]:
        with self._at.cursor() as cursor:
            cursor.execute(statement, values)
            if cursor.description is None:
                return []
            names = [each[0] for each in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def of(self, table: str) -> list[Row]:
        """Every row: its texts and numbers, without the keys of side tables."""
        found = self._run(f"SELECT * FROM {table} ORDER BY 1, 2", [])  # noqa: S608 - our names
        return [{k: v for k, v in row.items() if k != "id" and _plain(v)} for row in found]

    def names(self, table: str, row: Row) -> list[str]:
        """How a fault may name what this row is about."""
        held = row[TABLES[table]]
        if table == "log_node":
            leaf = [f"leaf {held}"] if row["level"] == 0 else []
            return [*leaf, f"node {held} of level {row['level']}"]
        if table == "log_leaf":
            return [f"leaf {held}"]
        if table == "log_head":
            return [f"head {held}"]
        if table == "register_calendar":
            return [f"calendar {held}"]
        if table == "register_counter":
            return [f"series {held}"]
        found = self._run("SELECT symbol FROM register_symbol WHERE entry_id=%s", [held])
        event = [f"event {row['number']}"] if table == "register_event" else []
        return [*(each["symbol"] for each in found), f"receipt {held}", *event]

    def put(self, table: str, row: Row, column: str, value: object) -> bool:
        """Change one cell; false if the database itself refuses."""
        where, values = _where(row)
        # Bytes that are no text go in as text all the same.
        cell = "CAST(%s AS TEXT)" if isinstance(value, bytes) else "%s"
        statement = f'UPDATE {table} SET "{column}" = {cell} WHERE {where}'  # noqa: S608
        return self._changed(statement, [value, *values])

    def delete(self, table: str, row: Row) -> bool:
        """Take a row away."""
        where, values = _where(row)
        return self._changed(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608

    def add(self, table: str, row: Row) -> bool:
        """Put a row in."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("%s" for _ in row)
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        return self._changed(statement, list(row.values()))

    def _changed(self, statement: str, values: list[Any]) -> bool:
        from django.db import DatabaseError  # noqa: PLC0415

        self._at.set_autocommit(False)
        try:
            self._run(statement, values)
        except DatabaseError:
            self.back()
            return False
        return True

    def back(self) -> None:
        """Undo what was changed."""
        self._at.rollback()
        self._at.set_autocommit(True)


def flipped(
    value: object, chance: random.Random, *, every_bit: bool, sqlite: bool
) -> Iterator[object]:
    """A cell with one bit flipped: a random one in each byte, or every one.

    PostgreSQL takes no bytes that are no text: there a bit is flipped that leaves text.
    """
    data = value.encode() if isinstance(value, str) else str(value).encode()
    for at, byte in enumerate(data):
        for bit in range(8) if every_bit else [chance.randrange(8)]:
            if isinstance(value, int):
                yield value ^ (1 << (bit + 8 * (at % 3)))
                continue
            changed = byte ^ (1 << (bit if sqlite else bit % 5))
            if sqlite:
                yield data[:at] + bytes([changed]) + data[at + 1 :]
            elif 31 < changed < 127 and byte < 127:  # noqa: PLR2004 - printed ASCII
                yield (data[:at] + bytes([changed]) + data[at + 1 :]).decode()


def _plain(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _where(row: Row) -> tuple[str, list[Any]]:
    return " AND ".join(f'"{name}" = %s' for name in row), list(row.values())
