"""The main job: a communication in, an official document in all its versions out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verbale import __version__
from verbale.compose import Composition, compose
from verbale.errors import UsageError
from verbale.model.document import Document, Part, PartKind, Stamp
from verbale.model.finding import Finding, Severity
from verbale.model.masthead import AgendaItem, Distribution, Masthead, Session, SessionKind
from verbale.model.symbol import Symbol
from verbale.registry.acts.await_translation import await_translation
from verbale.registry.acts.issue import Composed, issue
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale.registry.calendar import session_code
from verbale.registry.entry import FileRecord, Relation, Version, VersionState
from verbale.registry.merging import with_calendar
from verbale.registry.numbering import Numbering
from verbale.registry.states import State
from verbale.workflow.folder import as_json, folder_files, kept_files, write_version
from verbale.workflow.linking import cited
from verbale.workflow.reading import read, understand
from verbale.workflow.shapes import communication_shape, masthead_shape

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from verbale.institutions import Institution
    from verbale.institutions.model import Body, Series
    from verbale.model.recognition import Recognition
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Objects, Store
    from verbale.workflow.folder import Exchange, Files
    from verbale.writers.base import Typesetter

_ACTOR = "secretariat"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be circulated and how: files as (name, bytes), the note first.

    What an option names wins over what the text asks for; ``today`` is the civil date at the
    duty station. ``kind`` is the named session's; ``also`` are further bodies of a joint
    document, which gets a number in the series of each. ``public_url`` is where citations link.
    """

    note: tuple[str, bytes]
    annexes: tuple[tuple[str, bytes], ...] = ()
    body: str = ""
    session: int | None = None
    item: str = ""
    kind: SessionKind = SessionKind.REGULAR
    also: tuple[str, ...] = ()
    date: datetime.date | None = None
    today: datetime.date | None = None
    key: str = ""
    public_url: str = ""


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
    when something blocks. Raises `UsageError` when body, session or item are nowhere named.
    """
    tables, calendar = institution, store.calendar()
    institution = with_calendar(tables, calendar)
    recognition = recognise_order(order, institution)
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
    if plan.masthead.session is not None and calendar:
        # The agenda is that of the session the document is for, which is known only now.
        at = {plan.body.code: session_code(plan.masthead.session)}
        institution = with_calendar(tables, calendar, at=at)
        plan = _plan(order, recognition, institution)
    trial = _compose(recognition, plan, institution, (plan.symbol(plan.series.number_from),))
    if dry_run:
        return Circulation(recognition, (*findings, *trial.findings), plan.masthead)
    received = keep_received(order, objects)
    entry = register(
        store,
        series=plan.counter,
        shape=plan.shape,
        number_from=plan.series.number_from,
        also=[_numbering(code, order, plan, institution) for code in order.also],
        submission=_submission(order, recognition, plan, received, institution),
        actor=_ACTOR,
        clock=clock,
    )
    plan = plan.kept(entry)
    symbols = tuple(Symbol.parse(text) for text in entry.symbols)
    composition = _compose(recognition, plan, institution, symbols)
    folder = symbols[0].file_stem
    if entry.current:
        files = kept_files(entry, objects)
    else:
        address = entry.inputs.get("public_url", "")
        files = write_versions(composition, folder, plan.masthead, typesetter, address)
        entry = _issue(entry, composition, files, institution, store, objects, clock)
    every = (*findings, *(each for each in composition.findings if _holds(each, entry)))
    out = out_files(entry, files, order, institution, exchange)
    return Circulation(recognition, every, plan.masthead, entry, out, folder)


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
    plan = _plan(order, recognition, institution)
    symbols = (plan.symbol(plan.series.number_from),)
    return _compose(recognition, plan, institution, symbols), plan.masthead


def recognise_order(order: Order, institution: Institution) -> Recognition:
    """Read an order's files, the annexes as annexes, and understand them."""
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
    recognition: Recognition

    @property
    def shape(self) -> str:
        """The symbol of the series with all but its number: ``A/HRC/43/G/{n}``."""
        session = self.masthead.session
        year = self.masthead.date.year if self.masthead.date else 0
        number = session_code(session) if session and session.number else None
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
        agenda=masthead.agenda if masthead and masthead.items else body.agenda_status,
        title=masthead.title if masthead else "",
    )
    stamps = [] if institution.has_identity else [Stamp.SPECIMEN]
    if masthead is not None:
        stamps.append(Stamp.REPRODUCTION)
    return _Plan(body, series, values, tuple(stamps), recognition)


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
    if order.session and order.kind is not SessionKind.REGULAR:
        asked = Session(order.session, kind=order.kind)
        held = body.special_sessions.get(session_code(asked))
        return replace(asked, start=held.start, end=held.end) if held else asked
    number = order.session or (request.session if request else None)
    number = number or _sitting(body, recognition.communication.date)
    if number is None:
        return None
    dates = body.sessions.get(number)
    return Session(
        number, start=dates.start if dates else None, end=dates.end if dates else None
    )


def _sitting(body: Body, day: datetime.date | None) -> int | None:
    """The session in which a communication of that day was sent, where the calendar has one."""
    if day is None:
        return None
    held = (n for n, dates in body.sessions.items() if dates.start <= day <= dates.end)
    return next(held, None)


def _items(order: Order, recognition: Recognition, body: Body) -> tuple[AgendaItem, ...]:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    if order.item:
        return tuple(AgendaItem.parse(each.strip()) for each in order.item.split(","))
    items = (masthead.items if masthead else ()) or (request.items if request else ())
    if not items and body.requires_item:
        raise UsageError(
            f"no agenda item is named, and documents of {body.code} are issued under one",
            remedy="Name it with --item, or in the request of the note.",
        )
    return items


def _numbering(code: str, order: Order, plan: _Plan, institution: Institution) -> Numbering:
    """The number that a joint document takes in the series of a second body."""
    other = _plan(replace(order, body=code, also=()), plan.recognition, institution)
    return Numbering(other.counter, other.shape, other.series.number_from)


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


def keep_received(order: Order, objects: Objects) -> tuple[FileRecord, ...]:
    """Keep the bytes of an order; their records, the note first."""
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
        relations=[Relation("cites", symbol) for symbol in cited(recognition.document)],
        key=order.key,
    )


def write_versions(
    composition: Composition,
    stem: str,
    masthead: Masthead,
    typesetter: Typesetter,
    public_url: str = "",
) -> Files:
    """Every version in every format: record and bytes by file name."""
    files: Files = {}
    for version in composition.versions:
        files |= write_version(
            version.document,
            stem,
            moment=masthead.date,
            labels=composition.labels[version.language.code],
            typesetter=typesetter,
            public_url=public_url,
        )
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
    entry: Entry,
    files: Files,
    order: Order,
    institution: Institution | None = None,
    exchange: Exchange | None = None,
) -> dict[str, bytes]:
    """Everything that goes into the document's folder, the manifest last.

    With *institution* and *exchange* also a file for the translators of each waiting version.
    """
    received = dict((order.note, *order.annexes))
    return folder_files(entry, files, received, institution, exchange)
