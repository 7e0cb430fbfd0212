"""The tables of the register.

An entry's record (`verbale.registry.record`) is the truth, in one row, so that one statement
reads it whole. The other columns and tables find entries, and hold by UNIQUE constraints what
must never happen twice, whatever a program does.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CounterRow(models.Model):
    """The last number given in a series."""

    series = models.TextField(primary_key=True)
    last = models.BigIntegerField()

    class Meta:
        """Its name in the database."""

        db_table = "register_counter"

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class EntryRow(models.Model):
    """One entry, under the number of its receipt."""

    receipt = models.BigIntegerField(primary_key=True)
    state = models.TextField()
    key = models.TextField(unique=True, null=True)  # noqa: DJ001 - many have none, each is unique
    fingerprint = models.TextField(db_index=True)
    received_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, db_index=True)
    embargo_until = models.DateTimeField(null=True)
    restricted = models.BooleanField(default=False)
    record = models.TextField()

    class Meta:
        """Its name in the database."""

        db_table = "register_entry"
        indexes: ClassVar = [models.Index(fields=["state", "receipt"], name="entry_by_state")]

    def __str__(self) -> str:
        return f"receipt {self.receipt}"


class SymbolRow(models.Model):
    """A symbol once given, and its number in its series: neither is ever given again."""

    symbol = models.TextField(primary_key=True)
    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="symbols")
    series = models.TextField()
    number = models.BigIntegerField()

    class Meta:
        """Its name in the database, and what may not happen twice."""

        db_table = "register_symbol"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="number_once_in_series")
        ]

    def __str__(self) -> str:
        return self.symbol


class FileRow(models.Model):
    """Which entry a file belongs to, by its content."""

    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        """Its name in the database, and what may not happen twice."""

        db_table = "register_file"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "sha256"], name="file_once_in_entry")
        ]

    def __str__(self) -> str:
        return self.sha256


class RelationRow(models.Model):
    """What an entry is to the document *symbol*, which may be another registry's."""

    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="relations")
    kind = models.TextField()
    symbol = models.TextField(db_index=True)

    class Meta:
        """Its name in the database, and what may not happen twice."""

        db_table = "register_relation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "kind", "symbol"], name="relation_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.symbol}"


class CalendarRow(models.Model):
    """One change of the calendar; the last of a session holds."""

    number = models.BigIntegerField(primary_key=True)
    body = models.TextField()
    session = models.TextField()
    act = models.TextField()
    actor = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()
    record = models.TextField()

    class Meta:
        """Its name in the database."""

        db_table = "register_calendar"
        indexes: ClassVar = [models.Index(fields=["body", "number"], name="calendar_by_body")]

    def __str__(self) -> str:
        return f"{self.number}: {self.act} {self.body} {self.session}"


class EventRow(models.Model):
    """One line of history; ``number`` runs from 1 over the whole register without a gap."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="events")
    symbol = models.TextField()
    act = models.TextField()
    actor = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()
    values = models.TextField()
    record = models.CharField(max_length=64)

    class Meta:
        """Its name in the database."""

        db_table = "register_event"

    def __str__(self) -> str:
        return f"{self.number}: {self.act} {self.symbol}"


class LogLeafRow(models.Model):
    """One leaf of the log: what it tells of. ``text`` is a statement of the registry's own."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    number = models.BigIntegerField()
    text = models.TextField(default="")

    class Meta:
        """Its name in the database, and what may not happen twice."""

        db_table = "log_leaf"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="told_once")
        ]

    def __str__(self) -> str:
        return f"leaf {self.index}: {self.kind} {self.number}"


class LogNodeRow(models.Model):
    """The hash over a complete subtree of the log, in hexadecimal."""

    level = models.IntegerField()
    index = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        """Its name in the database, and what may not happen twice."""

        db_table = "log_node"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "index"], name="node_once")
        ]

    def __str__(self) -> str:
        return f"node {self.level}, {self.index}"


class LogHeadRow(models.Model):
    """A signed head of the log: how many leaves, and the statement as JSON."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField()
    statement = models.TextField()

    class Meta:
        """Its name in the database."""

        db_table = "log_head"

    def __str__(self) -> str:
        return f"head of {self.size}"
