"""A registry of the Lakes filled with short texts, put in without being composed."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING

from verbale import catalogue
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.language import Language
from verbale.model.masthead import AgendaItem, Masthead, Session
from verbale.registry.entry import (
    Entry,
    Event,
    FileRecord,
    FileRole,
    Number,
    Version,
    VersionState,
)
from verbale.registry.states import State
from verbale.workflow.shapes import masthead_shape
from verbale.writers.base import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.registry.store import Objects, Store

NOON = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)


def tree(text: str, language: str, title: str = "") -> Document:
    """A document of one paragraph for each line of *text*."""
    blocks = tuple(Paragraph((Text(line),)) for line in text.splitlines())
    code = Language(language)
    return Document((Part(PartKind.NOTE, blocks, code),), code, title=title)


def put(  # noqa: PLR0913 - what tells one document from another
    store: Store,
    objects: Objects,
    number: int,
    texts: Mapping[str, str],
    *,
    symbol: str = "",
    kind: str = "note-verbale",
    state: str = "QM",
    item: str = "8",
    embargo_until: datetime.datetime | None = None,
) -> str:
    """Put in document *number*, issued, with a version for each of *texts*; its symbol."""
    files = []
    for language, text in texts.items():
        title, _, rest = text.partition("\n")
        data = catalogue.writer("json").write(tree(rest or title, language, title), DEFAULTS)
        files.append(
            FileRecord(
                f"{number}-{language}.json",
                objects.put(data),
                len(data),
                "application/json",
                language,
                "json",
                FileRole.COMPOSED,
            )
        )
    masthead = Masthead(
        organ="CL",
        body="CL/C",
        date=(NOON + datetime.timedelta(days=number)).date(),
        session=Session(number=12),
        items=(AgendaItem.parse(item),),
        original=(Language(next(iter(texts))),),
    )
    given = symbol or f"CL/C/12/G/{number}"
    entry = Entry(
        receipt=number,
        state=State.ISSUED,
        received_at=NOON,
        numbers=(Number(given, given.rpartition("/")[0], number),),
        masthead=json.dumps(masthead_shape(masthead, Document(()))),
        communication=json.dumps({"kind": kind, "senders": [{"state": state}]}),
        composed=tuple(files),
        versions=tuple(Version(language, VersionState.ISSUED) for language in texts),
        published_at=NOON,
        embargo_until=embargo_until,
    )
    record = hashlib.sha256(given.encode()).hexdigest()
    with store.transaction() as tx:
        tx.add(entry)
        tx.record(
            Event(act="issue", receipt=number, actor="t", at=NOON, symbol=given, record=record)
        )
    return given
