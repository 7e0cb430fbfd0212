"""What comes in, and whether it is here already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verbale.errors import ConflictError
from verbale.registry.entry import (
    Entry,
    FileRecord,
    KeptFinding,
    Number,
    Relation,
    Version,
    fingerprint,
)
from verbale.registry.states import State

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from verbale.model.finding import Finding
    from verbale.registry.store import Transaction

#: The counter of receipts and entries; no series begins with a colon.
RECEIPTS = ":receipts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A communication with its annexes, as sent: the files by hash, and what was understood.

    ``masthead`` and ``communication`` are JSON text. ``key`` is the sender's idempotency key:
    the same key again gives the same receipt.
    """

    files: Sequence[FileRecord] = ()
    masthead: str = "{}"
    communication: str = "{}"
    findings: Sequence[Finding] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    relations: Sequence[Relation] = ()
    versions: Sequence[Version] = ()
    key: str = ""


def standing(tx: Transaction, submission: Submission, series: str | None) -> Entry | None:
    """The entry this submission has made already, by its key or by the bytes of its files.

    Raises `ConflictError` if the key was used for other files.
    """
    hashes = {file.sha256 for file in submission.files}
    if submission.key:
        known = tx.find_key(submission.key)
        if known is not None:
            if fingerprint(file.sha256 for file in known.received) != fingerprint(hashes):
                raise ConflictError(
                    f"the key {submission.key!r} was used for other files ({known.name})",
                    remedy="Give each submission a key of its own.",
                )
            return known
    return tx.find_received(hashes, series=series) if hashes else None


def arrive(
    tx: Transaction,
    submission: Submission,
    at: datetime.datetime,
    numbers: tuple[Number, ...] = (),
) -> Entry:
    """A new entry under the next receipt; not added yet."""
    return Entry(
        receipt=tx.next_number(RECEIPTS),
        state=State.RECEIVED,
        received_at=at,
        numbers=numbers,
        key=submission.key,
        masthead=submission.masthead,
        communication=submission.communication,
        received=tuple(submission.files),
        findings=tuple(KeptFinding(finding) for finding in submission.findings),
        inputs=dict(submission.inputs),
        relations=tuple(submission.relations),
        versions=tuple(submission.versions),
    )


def renew(known: Entry, submission: Submission) -> Entry:
    """*known* with what *submission* now says; an override stays with its finding."""
    let_pass = {kept.finding.code: kept.override for kept in known.findings}
    findings = tuple(
        KeptFinding(finding, let_pass.get(finding.code)) for finding in submission.findings
    )
    return replace(
        known,
        masthead=_said(submission.masthead, known.masthead),
        communication=_said(submission.communication, known.communication),
        received=tuple(submission.files) or known.received,
        findings=findings or known.findings,
        inputs=dict(submission.inputs or known.inputs),
        relations=tuple(submission.relations) or known.relations,
        versions=tuple(submission.versions) or known.versions,
        key=known.key or submission.key,
    )


def _said(new: str, old: str) -> str:
    return old if new == "{}" else new
