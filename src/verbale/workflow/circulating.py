"""The main job: a communication in, an official document in all its versions out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from verbale import __version__, catalogue
from verbale.compose import Composition, compose
from verbale.errors import UsageError
from verbale.model.document import Document, Part, PartKind, Stamp
from verbale.model.finding import Finding, Severity
from verbale.model.masthead import AgendaItem, Distribution, Masthead, Session
from verbale.model.symbol import Symbol
from verbale.registry.acts.await_translation import await_translation
from verbale.registry.acts.issue import Composed, issue
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale.registry.entry import FileRecord, FileRole, Version, VersionState
from verbale.registry.states import State
from verbale.workflow.reading import read, understand
from verbale.workflow.shapes import communication_shape, masthead_shape
from verbale.writers.base import Options

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from verbale.institutions import Institution
    from verbale.institutions.model import Body, Series
    from verbale.model.recognition import Recognition
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Objects, Store
    from verbale.writers.base import Typesetter

#: The formats every version is written in, in the order of the manifest.
FORMATS = ("pdf", "html", "txt", "json")
_ACTOR = "secretariat"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be circulated and how: files as (name, bytes), the note first.

    What an option names wins over what the text asks for; ``today`` is the civil date at the
    duty station.
    """

    note: tuple[str, bytes]
    annexes: tuple[tuple[str, bytes], ...] = ()
    body: str = ""
    session: int | None = None
    item: str = ""
    date: datetime.date | None = None
    today: datetime.date | None = None
    key: str = ""


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
    dry_run: bool = False,
) -> Circulation:
    """Check, register, number, compose; issue when the gate is met.

    The same bytes a second time give the same entry and the same files. Nothing is registered
    when something blocks. Raises `UsageError` when body, session or item are nowhere named.
    """
    recognition = _recognise(order, institution)
    findings = recognition.findings
    if any(each.severity is Severity.BLOCKS for each in findings):
        return Circulation(recognition, findings)
    if recognition.communication.kind is None:
        # A masthead over something that nobody sent: a resolution, a report of the house.
        blocked = [
            replace(f, severity=Severity.BLOCKS) if f.code == "not-a-communication" else f
            for f in findings
        ]
        return Circulation(recognition, tuple(blocked))
    plan = _plan(order, recognition, institution)
    trial = _compose(recognition, plan, institution, (plan.symbol(plan.series.number_from),))
    if dry_run:
        return Circulation(recognition, (*findings, *trial.findings), plan.masthead)
    received = _received(order, objects)
    entry = register(
        store,
        series=plan.counter,
        shape=plan.shape,
        number_from=plan.series.number_from,
        submission=_submission(order, recognition, plan, received, institution),
        actor=_ACTOR,
        clock=clock,
    )
    plan = plan.kept(entry)
    symbols = tuple(Symbol.parse(text) for text in entry.symbols)
    composition = _compose(recognition, plan, institution, symbols)
    folder = symbols[0].file_stem
    files = write_versions(composition, folder, plan.masthead, typesetter)
    entry = _issue(entry, composition, files, institution, store, objects, clock)
    every = (*findings, *composition.findings)
    return Circulation(
        recognition,
        every,
        plan.masthead,
        entry,
        out_files(entry, files, order),
        folder,
    )


def _recognise(order: Order, institution: Institution) -> Recognition:
    name, data = order.note
    reading = read(data, name=name)
    if order.annexes:
        parts = list(reading.document.parts)
        for number, (annex_name, annex_data) in enumerate(order.annexes, start=1):
            annex = read(annex_data, name=annex_name)
            parts += _annex_parts(annex.document, number if len(order.annexes) > 1 else 0)
            reading = replace(reading, findings=(*reading.findings, *annex.findings))
        reading = replace(reading, document=replace(reading.document, parts=tuple(parts)))
    return understand(reading, institution, today=order.date or order.today, circulating=True)


def _annex_parts(document: Document, number: int) -> list[Part]:
    """A file handed in beside the note is an annex, whatever it begins with."""
    blocks = tuple(block for part in document.parts for block in part.blocks)
    footnotes = tuple(note for part in document.parts for note in part.footnotes)
    return [Part(PartKind.ANNEX, blocks, footnotes=footnotes, number=number)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the document goes: the body and series, and the masthead to print."""

    body: Body
    series: Series
    masthead: Masthead
    stamps: tuple[Stamp, ...]

    @property
    def shape(self) -> str:
        """The symbol of the series with all but its number: ``A/HRC/43/G/{n}``."""
        session = self.masthead.session
        year = self.masthead.date.year if self.masthead.date else 0
        number = session.number if session and session.number else None
        shape = self.series.symbol
        for slot, value in (
            ("session", number),
            ("year", session.year if session and session.year else year),
        ):
            if f"{{{slot}}}" in shape:
                if value is None:
                    raise UsageError(
                        f"no session is named, and {shape} needs one",
                        remedy="Name it with --session, or in the request of the note.",
                    )
                shape = shape.replace(f"{{{slot}}}", str(value))
        return shape

    @property
    def counter(self) -> str:
        """The key of the series' counter."""
        return self.shape.replace("{n}", "").rstrip("/.")

    def symbol(self, number: int) -> Symbol:
        """The symbol with that number."""
        return Symbol.parse(self.shape.replace("{n}", str(number)))

    def kept(self, entry: Entry) -> _Plan:
        """The plan with the masthead date the entry was registered with: it never moves."""
        import datetime  # noqa: PLC0415 - only a name for types above

        day = entry.inputs.get("masthead_date")
        if not day:
            return self
        return replace(
            self, masthead=replace(self.masthead, date=datetime.date.fromisoformat(day))
        )


def _plan(order: Order, recognition: Recognition, institution: Institution) -> _Plan:
    """What the options say, else the masthead, else the request of the communication."""
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    code = (
        order.body
        or (masthead.body if masthead else None)
        or (request.body if request else None)
    )
    body = institution.bodies.get(code or "")
    if body is None:
        known = ", ".join(institution.bodies)
        raise UsageError(
            f"no body {code!r} in this institution" if code else "no body is named",
            remedy=f"Name one with --body, or in the request of the note: {known}.",
        )
    series = body.series_of("communication")
    if series is None:
        raise UsageError(
            f"{body.code} numbers no communications",
            remedy="Add a series `communication` to the body in institution.toml.",
        )
    date = (masthead.date if masthead else None) or order.date or order.today
    submitted = recognition.communication.submitted_in
    values = Masthead(
        organ=body.organ,
        body=body.code,
        distribution=(masthead.distribution if masthead else None) or Distribution.GENERAL,
        date=date,
        language=recognition.document.language,
        original=(masthead.original if masthead else ()) or ((submitted,) if submitted else ()),
        session=_session(order, recognition, body, date),
        items=_items(order, recognition, body),
        title=masthead.title if masthead else "",
    )
    stamps = [] if institution.has_identity else [Stamp.SPECIMEN]
    if masthead is not None:
        stamps.append(Stamp.REPRODUCTION)
    return _Plan(body, series, values, tuple(stamps))


def _session(
    order: Order, recognition: Recognition, body: Body, date: datetime.date | None
) -> Session | None:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    if body.sessions_by == "none":
        return None
    if body.sessions_by == "year":
        year = order.session or (date.year if date else None)
        return Session(year=year)
    if masthead and masthead.session and order.session in (None, masthead.session.number):
        return masthead.session
    number = order.session or (request.session if request else None)
    if number is None:
        return None
    dates = body.sessions.get(number)
    return Session(
        number, start=dates.start if dates else None, end=dates.end if dates else None
    )


def _items(order: Order, recognition: Recognition, body: Body) -> tuple[AgendaItem, ...]:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    if order.item:
        return (AgendaItem.parse(order.item),)
    items = (masthead.items if masthead else ()) or (request.items if request else ())
    if not items and body.requires_item:
        raise UsageError(
            f"no agenda item is named, and documents of {body.code} are issued under one",
            remedy="Name it with --item, or in the request of the note.",
        )
    return items


def _compose(
    recognition: Recognition, plan: _Plan, institution: Institution, symbols: tuple[Symbol, ...]
) -> Composition:
    return compose(
        recognition,
        plan.masthead,
        institution,
        symbols=symbols,
        stamps=plan.stamps,
        moment=plan.masthead.date,
    )


def _received(order: Order, objects: Objects) -> tuple[FileRecord, ...]:
    records = []
    for name, data in (order.note, *order.annexes):
        records.append(FileRecord(name, objects.put(data), len(data)))
    return tuple(records)


def _submission(
    order: Order,
    recognition: Recognition,
    plan: _Plan,
    received: Sequence[FileRecord],
    institution: Institution,
) -> Submission:
    masthead = masthead_shape(plan.masthead, recognition.document)
    return Submission(
        files=received,
        masthead=_json(masthead),
        communication=_json(communication_shape(recognition.communication)),
        findings=recognition.findings,
        inputs={
            "institution": institution.name,
            "masthead_date": plan.masthead.date.isoformat() if plan.masthead.date else "",
            "product": __version__,
            **{f"table:{name}": value for name, value in sorted(institution.hashes.items())},
        },
        key=order.key,
    )


def write_versions(
    composition: Composition, stem: str, masthead: Masthead, typesetter: Typesetter
) -> dict[str, tuple[FileRecord, bytes]]:
    """Every version in every format: record and bytes by file name."""
    files = {}
    for version in composition.versions:
        lang = version.language.code
        options = Options(
            moment=masthead.date, labels=composition.labels[lang], typesetter=typesetter
        )
        for name in FORMATS:
            writer = catalogue.writer(name)
            data = writer.write(version.document, options)
            file = f"{stem}-{lang.upper()}{writer.suffix}"
            record = FileRecord(
                file,
                hashlib.sha256(data).hexdigest(),
                len(data),
                writer.media_type,
                lang,
                name,
                FileRole.COMPOSED,
            )
            files[file] = (record, data)
    return files


def _issue(
    entry: Entry,
    composition: Composition,
    files: Mapping[str, tuple[FileRecord, bytes]],
    institution: Institution,
    store: Store,
    objects: Objects,
    clock: Clock,
) -> Entry:
    """Issue when the gate is met, else keep the versions until they are translated."""
    if entry.state in (State.ISSUED, State.VOID, State.WITHDRAWN):
        return entry
    for _, data in files.values():
        objects.put(data)
    records = tuple(record for record, _ in files.values())
    ready, waiting = VersionState.READY, VersionState.AWAITING_TRANSLATION
    versions = tuple(
        Version(each.language.code, ready if each.complete else waiting)
        for each in composition.versions
    )
    gate = institution.languages if institution.gate == "all" else ()
    missing = [each.language for each in versions if each.state is waiting]
    if not [language for language in missing if language in gate]:
        composed = Composed(files=records, versions=versions)
        return issue(store, entry.symbol, composed, gate=gate, actor=_ACTOR, clock=clock)
    if entry.state is State.AWAITING_TRANSLATION:
        return entry
    return await_translation(
        store, entry.symbol, files=records, versions=versions, actor=_ACTOR, clock=clock
    )


def out_files(
    entry: Entry, files: Mapping[str, tuple[FileRecord, bytes]], order: Order
) -> dict[str, bytes]:
    """Everything that goes into the document's folder, the manifest last."""
    out = {name: data for name, (_, data) in files.items()}
    for name, data in (order.note, *order.annexes):
        out[f"received/{name}"] = data
    out["manifest.json"] = (_json(manifest(entry, out), indent=1) + "\n").encode("utf-8")
    return out


def manifest(entry: Entry, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Symbol, state, and each file with its SHA-256; nothing in it depends on the clock."""
    return {
        "format": "verbale-manifest/1",
        "symbol": "-".join(entry.symbols),
        "state": entry.state.value,
        "versions": {each.language: each.state.value for each in entry.versions},
        "inputs": dict(entry.inputs),
        "files": [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ],
    }


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
