"""The acts of the secretariat on what is registered, as commands and pages call them.

Each takes what a person gives (a symbol in any spelling, a file, a reason) to one act of
`verbale.registry.acts`. What comes with a file is read, checked and composed as a
communication is; the bytes are kept before the act begins.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from verbale import __version__
from verbale.compose import Composition, compose, page_labels
from verbale.errors import NotAllowedError, UsageError, VerbaleError
from verbale.model.document import Stamp
from verbale.model.symbol import Symbol
from verbale.model.symbol_reading import read_symbol
from verbale.phrasebook import Phrasebook
from verbale.registry.acts.addendum import addendum
from verbale.registry.acts.corrigendum import corrigendum
from verbale.registry.acts.override import override
from verbale.registry.acts.receive import receive
from verbale.registry.acts.reissue import reissue
from verbale.registry.acts.reserve import reserve
from verbale.registry.acts.revision import revision
from verbale.registry.arrival import Submission
from verbale.registry.states import after
from verbale.registry.versions import Composed
from verbale.workflow.folder import (
    folder_files,
    kept_files,
    kept_originals,
    last_leaf,
    masthead_date,
    trees,
    write_version,
)
from verbale.workflow.issuing import Registry, settle, write_versions
from verbale.workflow.kept import masthead_of
from verbale.workflow.orders import Order, keep_received, recognise_order
from verbale.workflow.planning import numbering_for
from verbale.workflow.reading import finding_of
from verbale.workflow.reissuing import candidates, reissued
from verbale.workflow.shapes import communication_shape, masthead_shape

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from verbale.institutions import Institution
    from verbale.model.finding import Finding
    from verbale.model.masthead import Masthead
    from verbale.model.recognition import Recognition
    from verbale.registry.entry import Entry, Receipt
    from verbale.registry.store import Clock, Objects, Store
    from verbale.workflow.folder import Files
    from verbale.workflow.orders import Destination
    from verbale.writers.base import Typesetter

#: Found of whatever is not a communication of its own, which what amends one need not be.
_AS_SENT = frozenset({"not-a-communication", "masthead-missing"})
#: The acts that add a document to another one.
AMENDMENTS: Mapping[str, Callable[..., Entry]] = {
    "corrigendum": corrigendum,
    "addendum": addendum,
    "revision": revision,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an act is done: the registry's parts, who does it, and the civil date there."""

    store: Store
    objects: Objects
    institution: Institution
    typesetter: Typesetter
    clock: Clock
    actor: str
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Done:
    """What an act left: the entry, what was found, and the files to hand out by their name."""

    entry: Entry
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    folder: str


def which(text: str) -> str | int:
    """What *text* calls: a symbol in any spelling, or ``receipt 12``, ``12``."""
    word = text.strip().lower().removeprefix("receipt").strip()
    if word.isascii() and word.isdigit():
        return int(word)
    return read_symbol(text).text


def receive_files(desk: Desk, files: Sequence[tuple[str, bytes]], *, key: str = "") -> Receipt:
    """Keep *files*, the communication first, and give their receipt, at once.

    What is to be said of them stands in the receipt; nothing keeps them from being received.
    """
    order = Order(files[0], tuple(files[1:]), today=desk.today)
    records = keep_received(order, desk.objects)
    try:
        found = recognise_order(order, desk.institution)
    except VerbaleError as error:
        submission = Submission(
            files=records, findings=[finding_of(error, files[0][0])], key=key
        )
    else:
        said = json.dumps(communication_shape(found.communication), ensure_ascii=False)
        submission = Submission(
            files=records, communication=said, findings=found.findings, key=key
        )
    return receive(desk.store, submission, actor=desk.actor, clock=desk.clock)


def reserve_number(
    desk: Desk, bodies: Sequence[Destination], *, kind: str = "communication", reason: str = ""
) -> Entry:
    """Reserve the next number of the series *kind* of each body: two make a joint symbol.

    Raises `UsageError` if there is no such body or series, or a session is not named.
    """
    numberings = [numbering_for(each, desk.institution, kind, desk.today) for each in bodies]
    return reserve(desk.store, numberings, reason=reason, actor=desk.actor, clock=desk.clock)


def amend_with(
    desk: Desk,
    act: str,
    called: str | int,
    file: tuple[str, bytes],
    *,
    languages: Sequence[str] = (),
    parts: Sequence[str] = (),
    key: str = "",
) -> Done:
    """Register *file* as corrigendum, addendum or revision of *called*, compose it, issue it.

    It carries the masthead of what it amends, with the day of its own submission. A corrigendum
    to some *languages* is composed in those only. Raises `NotAllowedError` if what it amends
    was never issued, `UsageError` for a language the institution has not.
    """
    parent = desk.store.get(called)
    after("amend", parent.state, name=parent.name)
    strange = [each for each in languages if each not in desk.institution.languages]
    if strange:
        raise UsageError(
            f"no language version {strange[0]!r} here",
            remedy=f"Language versions: {', '.join(desk.institution.languages)}.",
        )
    order = Order(file, today=desk.today)
    found = recognise_order(order, desk.institution)
    found = replace(found, findings=tuple(f for f in found.findings if f.code not in _AS_SENT))
    masthead = replace(masthead_of(parent.masthead), date=desk.today, title="")
    submission = _submission(desk, order, found, masthead, key)
    more: dict[str, Any] = {"actor": desk.actor, "clock": desk.clock}
    if act == "corrigendum":
        more |= {"languages": languages, "parts": parts}
    entry = AMENDMENTS[act](desk.store, called, submission, **more)
    symbols = tuple(Symbol.parse(text) for text in entry.symbols)
    masthead = replace(masthead, date=masthead_of(entry.masthead).date)
    composition = _in_languages(_compose(desk, found, masthead, symbols), entry.concerns)
    stem = symbols[0].file_stem
    if entry.current:
        files = kept_files(entry, desk.objects)
    else:
        files = write_versions(composition, stem, masthead, desk.typesetter)
        place = Registry(desk.store, desk.objects, desk.institution)
        entry = settle(place, entry, composition, files, actor=desk.actor, clock=desk.clock)
    findings = (*found.findings, *composition.findings)
    out = folder_files(
        entry, files, dict([file]), desk.institution, logged=last_leaf(desk.store, entry)
    )
    return Done(entry, findings, out, stem)


def reissue_again(desk: Desk, called: str | int, *, reason: str) -> Done:
    """Write the versions again as they are kept, with one asterisk more and a dated note.

    The masthead keeps its date. Raises `NotAllowedError` if it is not issued, or if no version
    of it is kept here.
    """
    entry = desk.store.get(called)
    after("reissue", entry.state, name=entry.name)
    versions = trees(kept_files(entry, desk.objects))
    if not versions:
        raise NotAllowedError(
            f"{entry.name} was not composed here: there is nothing to issue again",
            remedy="Register the new text as a revision.",
        )
    moment = masthead_date(entry)
    book = Phrasebook(desk.institution, moment=moment)
    stem = Symbol.parse(entry.symbol).file_stem
    files: Files = {}
    for lang, document in versions.items():
        files |= write_version(
            reissued(document, desk.today, entry.asterisks + 1, book),
            stem,
            moment=moment,
            labels=page_labels(lang, book),
            typesetter=desk.typesetter,
            public_url=entry.inputs.get("public_url", ""),
        )
    desk.objects.put_all(data for _, data in files.values())
    entry = reissue(
        desk.store,
        called,
        Composed(files=tuple(record for record, _ in files.values())),
        date=desk.today,
        reason=reason,
        actor=desk.actor,
        clock=desk.clock,
    )
    originals = kept_originals(entry, desk.objects)
    out = folder_files(
        entry, files, originals, desk.institution, logged=last_leaf(desk.store, entry)
    )
    return Done(entry, tuple(candidates(book)), out, stem)


def override_finding(desk: Desk, called: str | int, code: str, *, reason: str) -> Entry:
    """Let the findings of *code* pass for a *reason*.

    ``version-missing`` lets the entry be issued without the versions that its gate waits for;
    which ones, stays in the record. Raises `UsageError` if there is no such finding.
    """
    gate = desk.institution.languages if desk.institution.gate == "all" else ()
    return override(
        desk.store, called, code, gate=gate, reason=reason, actor=desk.actor, clock=desk.clock
    )


def _submission(
    desk: Desk, order: Order, found: Recognition, masthead: Masthead, key: str
) -> Submission:
    return Submission(
        files=keep_received(order, desk.objects),
        masthead=json.dumps(masthead_shape(masthead, found.document), ensure_ascii=False),
        communication=json.dumps(communication_shape(found.communication), ensure_ascii=False),
        findings=found.findings,
        inputs={
            "institution": desk.institution.name,
            "masthead_date": desk.today.isoformat(),
            "product": __version__,
            **_tables(desk.institution),
        },
        key=key,
    )


def _tables(institution: Institution) -> dict[str, str]:
    return {f"table:{name}": value for name, value in sorted(institution.hashes.items())}


def _compose(
    desk: Desk, found: Recognition, masthead: Masthead, symbols: tuple[Symbol, ...]
) -> Composition:
    stamps = () if desk.institution.has_identity else (Stamp.SPECIMEN,)
    return compose(
        found, masthead, desk.institution, symbols=symbols, stamps=stamps, moment=masthead.date
    )


def _in_languages(composition: Composition, languages: Sequence[str]) -> Composition:
    """The versions of *languages* only; all of them where none is named."""
    if not languages:
        return composition
    kept = tuple(each for each in composition.versions if each.language.code in languages)
    said = tuple(
        each for each in composition.findings if each.values.get("lang") in {None, *languages}
    )
    return replace(composition, versions=kept, findings=said)
