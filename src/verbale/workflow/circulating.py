"""The main job: a communication in, an official document in all its versions out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from verbale import __version__
from verbale.compose import Composition, compose, with_symbols
from verbale.errors import ConflictError, UsageError
from verbale.model.finding import Finding, Severity
from verbale.model.symbol import Symbol
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale.registry.entry import FileRecord, Relation, VersionState
from verbale.registry.merging import with_calendar
from verbale.workflow.folder import (
    as_json,
    folder_files,
    kept_files,
    last_leaf,
)
from verbale.workflow.issuing import Registry, settle, write_versions
from verbale.workflow.linking import cited
from verbale.workflow.orders import Order, keep_received, recognise_order
from verbale.workflow.planning import Plan, plan_of
from verbale.workflow.shapes import communication_shape, masthead_shape

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from verbale.institutions import Institution
    from verbale.model.masthead import Masthead
    from verbale.model.recognition import Recognition
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Objects, Store
    from verbale.workflow.folder import Exchange
    from verbale.writers.base import Typesetter


@dataclass(frozen=True, slots=True)
class Circulation:
    """What became of an order.

    ``files`` are the composed files and the manifest by their name in the document's folder;
    empty when something blocked. ``entry`` is ``None`` when nothing was registered.
    """

    recognition: Recognition
    findings: tuple[Finding, ...]
    masthead: Masthead | None = None
    entry: Entry | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    folder: str = ""

    @property
    def blocked(self) -> bool:
        """Whether something kept it from being circulated."""
        return self.entry is None and any(f.severity is Severity.BLOCKS for f in self.findings)


def circulate(
    order: Order,
    *,
    institution: Institution,
    store: Store,
    objects: Objects,
    typesetter: Typesetter,
    clock: Clock,
    exchange: Exchange | None = None,
    dry_run: bool = False,
) -> Circulation:
    """Check, register, number, compose; issue when the gate is met.

    The same bytes a second time give the same entry and the same files, translations that came
    in between among them. *exchange* writes the files for translators. Nothing is registered
    when something blocks that nobody let pass when it was received. Raises `UsageError` when
    body, session or item are nowhere named, or the reserved symbol is of another series.
    """
    tables, calendar = institution, store.calendar()
    institution = with_calendar(tables, calendar)
    recognition = recognise_order(order, institution)
    findings = recognition.findings
    blocking = {each.code for each in findings if each.severity is Severity.BLOCKS}
    let_pass = _let_pass(order, store, blocking)
    if blocking - let_pass:
        return Circulation(recognition, findings)
    findings = tuple(
        replace(each, severity=Severity.NOTES) if each.code in let_pass else each
        for each in findings
    )
    if recognition.communication.kind is None:
        # A masthead over something that nobody sent: a resolution, a report of the house.
        blocked = [
            replace(f, severity=Severity.BLOCKS) if f.code == "not-a-communication" else f
            for f in findings
        ]
        return Circulation(recognition, tuple(blocked))
    plan = plan_of(order, recognition, institution)
    if plan.sessions and calendar:
        # The agenda is that of the session the document is for, which is known only now.
        institution = with_calendar(tables, calendar, at=plan.sessions)
        plan = plan_of(order, recognition, institution)
    trial = _compose(recognition, plan, institution, plan.first_symbols)
    if dry_run:
        return Circulation(recognition, (*findings, *trial.findings), plan.masthead)
    _check_reserved(order, plan, store)
    received = keep_received(order, objects)
    first, *also = plan.numberings
    entry = register(
        store,
        series=first.series,
        shape=first.shape,
        number_from=first.number_from,
        also=also,
        submission=_submission(order, recognition, plan, received, institution),
        received=order.reserved or None,
        actor=order.actor,
        clock=clock,
    )
    if len(entry.numbers) < len(plan.numberings):
        raise ConflictError(
            f"{entry.name} is there already, as a document of one body",
            remedy="A joint document takes its numbers at once: withdraw this one with a "
            "reason, or make it void, and circulate it again.",
        )
    symbols = tuple(Symbol.parse(text) for text in entry.symbols)
    kept = plan.kept(entry)
    if kept == plan:
        composition = with_symbols(trial, symbols)
    else:
        composition = _compose(recognition, kept, institution, symbols)
    folder = symbols[0].file_stem
    if entry.current:
        files, documents = kept_files(entry, objects), None
    else:
        address = entry.inputs.get("public_url", "")
        files = write_versions(composition, folder, kept.masthead, typesetter, address)
        documents = {each.language.code: each.document for each in composition.versions}
        place = Registry(store, objects, institution)
        entry = settle(place, entry, composition, files, actor=order.actor, clock=clock)
    every = (*findings, *(each for each in composition.findings if _holds(each, entry)))
    originals = dict((order.note, *order.annexes))
    logged = last_leaf(store, entry)
    out = folder_files(
        entry, files, originals, institution, exchange, documents=documents, logged=logged
    )
    return Circulation(recognition, every, kept.masthead, entry, out, folder)


def _let_pass(order: Order, store: Store, codes: Collection[str]) -> set[str]:
    """Which of *codes* a person let pass, for a reason, when these files were received."""
    if not codes:
        return set()
    hashes = {sha256(data).hexdigest() for _, data in (order.note, *order.annexes)}
    known = (store.find_key(order.key) if order.key else None) or store.find_received(hashes)
    if known is None:
        return set()
    return {kept.finding.code for kept in known.findings if kept.override is not None}


def _check_reserved(order: Order, plan: Plan, store: Store) -> None:
    """Whether the symbol that is named was reserved where the communication goes."""
    if not order.reserved:
        return
    held = [number.series for number in store.get(order.reserved).numbers]
    wanted = [each.series for each in plan.numberings]
    if held != wanted:
        raise UsageError(
            f"{order.reserved} is a number of {' and '.join(held) or 'no series'}; "
            f"this is for {' and '.join(wanted)}",
            remedy="Name the body and the session that it was reserved for.",
        )


def _holds(finding: Finding, entry: Entry) -> bool:
    """Whether a finding of composing still holds: a translation may have come in since."""
    if finding.code != "translation-awaited":
        return True
    states = {version.language: version.state for version in entry.versions}
    return states.get(finding.values["lang"]) is VersionState.AWAITING_TRANSLATION


def composed(order: Order, institution: Institution) -> tuple[Composition, Masthead]:
    """What an order would be composed to under the first number of its series.

    Raises `UsageError` when something blocks, or body, session or item are nowhere named.
    """
    recognition = recognise_order(order, institution)
    blocking = {each.code for each in recognition.findings if each.severity is Severity.BLOCKS}
    if blocking or recognition.communication.kind is None:
        raise UsageError(
            f"{order.note[0]} cannot be composed: "
            f"{', '.join(sorted(blocking)) or 'not-a-communication'}",
            remedy="`verbale check` says what is wrong and what to do.",
        )
    plan = plan_of(order, recognition, institution)
    return _compose(recognition, plan, institution, plan.first_symbols), plan.masthead


def _compose(
    recognition: Recognition, plan: Plan, institution: Institution, symbols: tuple[Symbol, ...]
) -> Composition:
    return compose(
        recognition,
        plan.masthead,
        institution,
        symbols=symbols,
        stamps=plan.stamps,
        moment=plan.masthead.date,
    )


def _submission(
    order: Order,
    recognition: Recognition,
    plan: Plan,
    received: Sequence[FileRecord],
    institution: Institution,
) -> Submission:
    masthead = masthead_shape(plan.masthead, recognition.document)
    return Submission(
        files=received,
        masthead=as_json(masthead),
        communication=as_json(communication_shape(recognition.communication)),
        findings=recognition.findings,
        inputs={
            "institution": institution.name,
            "masthead_date": plan.masthead.date.isoformat() if plan.masthead.date else "",
            "product": __version__,
            **({"public_url": order.public_url} if order.public_url else {}),
            **{f"table:{name}": value for name, value in sorted(institution.hashes.items())},
        },
        relations=[
            Relation("cites", symbol)
            for symbol in cited(recognition.document, str(plan.first_symbols[0]))
        ],
        key=order.key,
    )
