"""The acts of the demonstration in the order of the day, each done once.

Whether an act is done is asked of the register itself, so that loading may be cut off anywhere
and goes on with what is missing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from verbale.edges.xliff import Xliff
from verbale.errors import NotRegisteredError, RegistryError
from verbale.registry.acts.embargo import embargo
from verbale.registry.acts.reply_to import reply_to
from verbale.registry.acts.restrict import restrict
from verbale.registry.acts.void import void
from verbale.registry.acts.withdraw import withdraw
from verbale.registry.entry import Version, VersionState
from verbale.registry.states import State
from verbale.workflow import acts, translating
from verbale.workflow.circulating import circulate
from verbale.workflow.issuing import Registry
from verbale.workflow.orders import Destination, Order
from verbale_portal.demo.papers import annex_of
from verbale_portal.demo.writing import translated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.registry.entry import Entry
    from verbale.workflow.acts import Desk
    from verbale_portal.demo.papers import Deed, Paper, Story
    from verbale_portal.demo.writing import Writer

_AFTER_A_DAY = datetime.timedelta(days=1)
_HOUR = datetime.timedelta(hours=1)
#: A number is reserved, and hidden, before there is anything to hide.
_BEFORE = datetime.timedelta(minutes=30)


class Step(Protocol):
    """One act. ``at`` is the instant it is done at; ``symbol`` what it is done to."""

    @property
    def at(self) -> datetime.datetime:
        """When it happens."""
        ...

    @property
    def symbol(self) -> str:
        """The symbol it is about."""
        ...

    def is_done(self, desk: Desk) -> bool:
        """Whether the register has it."""
        ...

    def do(self, desk: Desk, writer: Writer) -> None:
        """Do it, by the desk's clock."""
        ...


@dataclass(frozen=True, slots=True)
class Instant:
    """The port `verbale.registry.store.Clock` at one instant."""

    at: datetime.datetime

    def now(self) -> datetime.datetime:
        """That instant."""
        return self.at


def steps(story: Story, languages: tuple[str, ...]) -> list[Step]:
    """Every act of a story, in the order of the day."""
    made: list[Step] = []
    for paper in story.papers:
        made += _of_paper(paper, languages)
    made += [Act(deed.at, deed.symbol, deed) for deed in story.deeds]
    return sorted(made, key=lambda step: step.at)


def _of_paper(paper: Paper, languages: tuple[str, ...]) -> Iterator[Step]:
    if paper.hidden:
        yield Hide(paper.at - _BEFORE, paper.symbol, paper)
    yield Circulate(paper.at, paper.symbol, paper)
    if paper.replies:
        yield Reply(paper.at + _HOUR, paper.symbol, paper)
    into = paper.languages or languages
    for number, lang in enumerate(each for each in into if each != paper.language):
        if lang not in paper.waits:
            at = paper.at + _AFTER_A_DAY + number * _HOUR
            yield Translate(at, paper.symbol, paper, lang)


@dataclass(frozen=True, slots=True)
class Hide:
    """Reserve a number and restrict it, or hold it back, before its text is there."""

    at: datetime.datetime
    symbol: str
    paper: Paper

    def is_done(self, desk: Desk) -> bool:
        """Whether it is hidden."""
        entry = held(desk, self.symbol)
        return entry is not None and (entry.restricted or entry.embargo_until is not None)

    def do(self, desk: Desk, writer: Writer) -> None:  # noqa: ARG002 - as every step
        """Reserve it if it is not, and hide it."""
        paper = self.paper
        if held(desk, self.symbol) is None:
            _reserve(desk, paper.body, paper.session, paper.symbol)
        if paper.hidden == "restricted":
            restrict(
                desk.store, self.symbol, reason=paper.reason, actor=desk.actor, clock=desk.clock
            )
        else:
            embargo(
                desk.store,
                self.symbol,
                paper.until,
                reason=paper.reason,
                actor=desk.actor,
                clock=desk.clock,
            )


@dataclass(frozen=True, slots=True)
class Circulate:
    """Circulate a paper, or what amends one."""

    at: datetime.datetime
    symbol: str
    paper: Paper

    def is_done(self, desk: Desk) -> bool:
        """Whether it was issued, whatever became of it since."""
        entry = held(desk, self.symbol)
        return entry is not None and bool(entry.current)

    def do(self, desk: Desk, writer: Writer) -> None:
        """Register, compose and issue it."""
        paper = self.paper
        note = writer.file(paper)
        if paper.act:
            done = acts.amend_with(
                desk, paper.act, paper.amends, note, languages=paper.languages, key=paper.name
            )
            _check(done.entry, paper)
            return
        annex = annex_of(paper)
        order = Order(
            note=note,
            annexes=(annex,) if annex else (),
            body=paper.body,
            session=int(paper.session),
            item=paper.item,
            also=(Destination.parse(paper.also),) if paper.also else (),
            reserved=paper.symbol if paper.hidden else "",
            date=paper.at.date(),
            key=paper.name,
            actor=desk.actor,
        )
        done_with = circulate(
            order,
            institution=desk.institution,
            store=desk.store,
            objects=desk.objects,
            typesetter=desk.typesetter,
            clock=desk.clock,
        )
        _check(done_with.entry, paper)


@dataclass(frozen=True, slots=True)
class Translate:
    """Bring in a translation, as it comes from a translator."""

    at: datetime.datetime
    symbol: str
    paper: Paper
    lang: str

    def is_done(self, desk: Desk) -> bool:
        """Whether the version waits for nothing."""
        entry = held(desk, self.symbol)
        waits = Version(self.lang, VersionState.AWAITING_TRANSLATION)
        return entry is not None and bool(entry.current) and waits not in entry.versions

    def do(self, desk: Desk, writer: Writer) -> None:
        """Fill the translator's file and take it in."""
        registry = Registry(desk.store, desk.objects, desk.institution)
        work = translating.for_translator(registry, self.symbol, self.lang)
        filled = translated(work, writer.translations(self.paper, self.lang))
        exchange = Xliff()
        name = f"{self.paper.name}-{self.lang.upper()}{exchange.suffix}"
        taken = translating.take_in(
            registry,
            self.symbol,
            (name, exchange.write(filled)),
            exchange=exchange,
            typesetter=desk.typesetter,
            actor=desk.actor,
            clock=desk.clock,
        )
        if not taken.taken:
            codes = ", ".join(sorted({each.code for each in taken.findings}))
            raise RegistryError(f"{name} was not taken in: {codes}")


@dataclass(frozen=True, slots=True)
class Reply:
    """Say that a paper answers another one."""

    at: datetime.datetime
    symbol: str
    paper: Paper

    def is_done(self, desk: Desk) -> bool:
        """Whether it is said."""
        entry = held(desk, self.symbol)
        return entry is not None and any(each.kind == "reply-to" for each in entry.relations)

    def do(self, desk: Desk, writer: Writer) -> None:  # noqa: ARG002 - as every step
        """Relate the two."""
        reply_to(desk.store, self.symbol, self.paper.about, actor=desk.actor, clock=desk.clock)


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the secretariat on a symbol."""

    at: datetime.datetime
    symbol: str
    deed: Deed

    def is_done(self, desk: Desk) -> bool:
        """Whether the entry is in the state that the act leads to."""
        entry = held(desk, self.symbol)
        if entry is None:
            return False
        return {
            "reissue": entry.asterisks > 0,
            "reserve": True,
            "void": entry.state is State.VOID,
            "withdraw": entry.state is State.WITHDRAWN,
        }[self.deed.do]

    def do(self, desk: Desk, writer: Writer) -> None:  # noqa: ARG002 - as every step
        """Do it for the reason that the data give."""
        deed = self.deed
        if deed.do == "reserve":
            _reserve(desk, deed.body, deed.session, deed.symbol, deed.reason)
        elif deed.do == "reissue":
            acts.reissue_again(desk, self.symbol, reason=deed.reason)
        else:
            act = {"void": void, "withdraw": withdraw}[deed.do]
            act(desk.store, self.symbol, reason=deed.reason, actor=desk.actor, clock=desk.clock)


def on_the_day(desk: Desk, step: Step) -> Desk:
    """The desk at the instant of a step."""
    return replace(desk, clock=Instant(step.at), today=step.at.date())


def held(desk: Desk, symbol: str) -> Entry | None:
    """The entry of a symbol; ``None`` before it is given."""
    try:
        return desk.store.get(symbol)
    except NotRegisteredError:
        return None


def _reserve(desk: Desk, body: str, session: str, symbol: str, reason: str = "") -> None:
    where = Destination(body, int(session))
    entry = acts.reserve_number(desk, [where], reason=reason)
    if entry.symbol != symbol:
        raise RegistryError(f"{symbol} was to be reserved, and {entry.symbol} was")


def _check(entry: Entry | None, paper: Paper) -> None:
    """Raise `RegistryError` when a paper did not get the symbol that the data expect."""
    if entry is None or paper.symbol not in entry.symbols:
        got = entry.name if entry else "nothing"
        raise RegistryError(f"the paper {paper.name!r} was to be {paper.symbol}, and is {got}")
