"""Versions out to translators and back, and the issue when the last of them is complete."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale import catalogue
from verbale.compose import page_labels
from verbale.compose.candidates import candidates
from verbale.compose.translation import bitext, complete
from verbale.compose.translation_checks import check
from verbale.errors import NotAllowedError, UsageError
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND
from verbale.phrasebook import Phrasebook
from verbale.registry.acts.issue import issue
from verbale.registry.acts.translate import translate
from verbale.registry.entry import Version, VersionState
from verbale.registry.states import FALLEN, State, after
from verbale.registry.versions import gate_misses
from verbale.workflow.circulating import composed
from verbale.workflow.folder import (
    TREE,
    bitext_of,
    folder_files,
    kept_files,
    kept_originals,
    last_leaf,
    masthead_date,
    trees,
    write_version,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.compose.translation import Bitext
    from verbale.institutions import Institution
    from verbale.model.document import Document
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Which
    from verbale.workflow.folder import Exchange
    from verbale.workflow.issuing import Registry
    from verbale.workflow.orders import Order
    from verbale.writers.base import Typesetter

#: Under these names an event keeps the hashes of the version before, and of the file taken in.
_BEFORE, _FILE = "awaiting", "translation"
#: And under this one, the codes of what was found to differ from the source.
_DOUBTS = "doubts"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a translation: ``taken`` is false when a finding kept it out."""

    entry: Entry
    language: str
    findings: tuple[Finding, ...]
    taken: bool


def for_translator(registry: Registry, which: Which, lang: str) -> Bitext:
    """What a translator into *lang* is given of a registered document.

    Raises `NotAllowedError` when that version waits for nothing, `UsageError` when the
    institution has no such version.
    """
    entry = registry.store.get(which)
    work = _work(registry, entry, lang)[1]
    done = Version(lang, VersionState.ISSUED) in entry.versions
    if done or not any(segment.free for unit in work.units for segment in unit.segments):
        raise NotAllowedError(
            f"{entry.name}: nothing waits for translation into {lang}",
            remedy="`verbale show` lists the versions that wait.",
        )
    return work


def for_translator_of(order: Order, institution: Institution, lang: str) -> Bitext:
    """The same for a communication that is not registered yet: it is named by its hash.

    What comes back can be taken in once the same bytes are registered. Raises `UsageError`.
    """
    composition, masthead = composed(order, institution)
    documents = {each.language.code: each.document for each in composition.versions}
    if lang not in documents:
        raise UsageError(
            f"no version in {lang!r} is composed",
            remedy=f"Versions there are: {', '.join(documents)}.",
        )
    name = content_name(hashlib.sha256(order.note[1]).hexdigest())
    tells = candidates(institution, lang, body=masthead.body, moment=masthead.date)
    submitted = masthead.language or UND
    return bitext(name, documents[lang], documents, submitted, tells)


def content_name(sha256: str) -> str:
    """How a work without a symbol is named: by the hash of what was received."""
    return f"sha256:{sha256}"


def take_in(
    registry: Registry,
    which: Which,
    file: tuple[str, bytes],
    *,
    exchange: Exchange,
    typesetter: Typesetter,
    actor: str,
    clock: Clock,
) -> TakenIn:
    """Check a translation (name, bytes) and complete its version; issue after the last one.

    A finding that blocks keeps the whole file out. One that warns is left to a person: the
    version is complete, and the document waits for `issue_document`. A corrected file may come
    in again until the document is issued; the same file again changes nothing. Raises
    `UnreadableFileError`, `UsageError`, `ConflictError` when the version is issued already, or
    `NotAllowedError` when the document is withdrawn or void.
    """
    name, data = file
    entry = registry.store.get(which)
    if entry.state in FALLEN:
        after("translate", entry.state, name=entry.name)
    returned = exchange.read(data, name=name)
    document, work, before = _work(registry, entry, returned.target)
    received = {content_name(each.sha256) for each in entry.received}
    findings = tuple(check(work, returned, name=name, also=received))
    taken = TakenIn(entry, returned.target, findings, taken=False)
    if any(each.severity is Severity.BLOCKS for each in findings):
        return taken
    filled = {key: target for key, (_, target) in returned.segments.items()}
    made = complete(document, work, filled)
    moment = masthead_date(entry)
    book = Phrasebook(registry.institution, moment=moment)
    files = write_version(
        made,
        _stem(entry),
        moment=moment,
        labels=page_labels(returned.target, book),
        typesetter=typesetter,
        public_url=entry.inputs.get("public_url", ""),
    )
    taken = replace(taken, taken=True)
    records = [record for record, _ in files.values()]
    if {each.sha256 for each in records} <= {each.sha256 for each in entry.current}:
        return taken
    registry.objects.put_all(content for _, content in files.values())
    doubts = ",".join(sorted({f.code for f in findings if f.severity is Severity.WARNS}))
    entry = translate(
        registry.store,
        which,
        returned.target,
        files=records,
        values={_BEFORE: before, _FILE: registry.objects.put(data), _DOUBTS: doubts},
        actor=actor,
        clock=clock,
    )
    taken = replace(taken, entry=entry)
    if _ready(registry.institution, entry) and not _doubts(registry, entry):
        return replace(taken, entry=issue_document(registry, which, actor=actor, clock=clock))
    return taken


def issue_document(registry: Registry, which: Which, *, actor: str, clock: Clock) -> Entry:
    """Issue a document whose versions are complete, as the institution's gate asks.

    Raises `NotAllowedError` naming the versions that wait, or what else keeps it back.
    """
    entry = registry.store.get(which)
    if entry.state in FALLEN:
        after("issue", entry.state, name=entry.name)
    if not entry.current:
        raise NotAllowedError(
            f"{entry.name} cannot be issued: nothing is composed yet",
            remedy="Circulate the communication again: `verbale circulate`.",
        )
    gate = _gate(registry.institution)
    return issue(registry.store, which, gate=gate, actor=actor, clock=clock)


def folder_of(
    registry: Registry, entry: Entry, exchange: Exchange
) -> tuple[str, Mapping[str, bytes]]:
    """The name of the document's folder and its files, as the registry keeps them."""
    received = kept_originals(entry, registry.objects)
    files = kept_files(entry, registry.objects)
    logged = last_leaf(registry.store, entry)
    return _stem(entry), folder_files(
        entry, files, received, registry.institution, exchange, logged=logged
    )


def _work(registry: Registry, entry: Entry, lang: str) -> tuple[Document, Bitext, str]:
    """The version before any translation, what is to be translated of it, and its hash."""
    documents = trees(kept_files(entry, registry.objects))
    if lang not in documents:
        known = ", ".join(documents) or "none is composed yet"
        raise UsageError(
            f"{entry.name} has no version in {lang!r}", remedy=f"Versions there are: {known}."
        )
    tree = next(f.sha256 for f in entry.current if (f.format, f.language) == (TREE, lang))
    for event in registry.store.events(entry.symbol):
        if event.act == "translate" and event.values.get("language") == lang:
            tree = event.values.get(_BEFORE, tree)
    data = registry.objects.get(tree)
    documents[lang] = catalogue.reader(TREE).read(data, name=f"{entry.name} {lang}").document
    return documents[lang], bitext_of(entry, documents, lang, registry.institution), tree


def _doubts(registry: Registry, entry: Entry) -> bool:
    """Whether the last translation into any language differs from the source in anything."""
    said = {
        event.values["language"]: event.values.get(_DOUBTS, "")
        for event in registry.store.events(entry.symbol)
        if event.act == "translate"
    }
    return any(said.values())


def _ready(institution: Institution, entry: Entry) -> bool:
    return entry.state is State.AWAITING_TRANSLATION and not gate_misses(
        entry, _gate(institution)
    )


def _gate(institution: Institution) -> tuple[str, ...]:
    return institution.languages if institution.gate == "all" else ()


def _stem(entry: Entry) -> str:
    """What its files are called before language and suffix."""
    return entry.current[0].name.rpartition("-")[0]
