"""Each act does what it says, whole, and leaves an event with actor, time and reason."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from verbale.errors import ConflictError, NotAllowedError, UsageError
from verbale.model.finding import Finding, Severity
from verbale.registry.acts.addendum import addendum
from verbale.registry.acts.await_translation import await_translation
from verbale.registry.acts.corrigendum import corrigendum
from verbale.registry.acts.derestrict import derestrict
from verbale.registry.acts.embargo import embargo
from verbale.registry.acts.issue import issue
from verbale.registry.acts.override import override
from verbale.registry.acts.receive import receive
from verbale.registry.acts.register import register
from verbale.registry.acts.reissue import reissue
from verbale.registry.acts.reply_to import reply_to
from verbale.registry.acts.reserve import reserve
from verbale.registry.acts.restrict import restrict
from verbale.registry.acts.revision import revision
from verbale.registry.acts.translate import translate
from verbale.registry.acts.void import void
from verbale.registry.acts.withdraw import withdraw
from verbale.registry.entry import FileRecord, Relation, State, Version, VersionState
from verbale.registry.numbering import Numbering
from verbale.registry.versions import Composed

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.store import Store

    Note = Callable[..., Submission]
    Who = dict[str, Any]

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}
ONE = "A/HRC/43/G/1"
WAITS = VersionState.AWAITING_TRANSLATION


def file(name: str, content: str = "0") -> FileRecord:
    return FileRecord(name, content * 64, 10)


@pytest.fixture
def registered(store: Store, note: Note, who: Who) -> Entry:
    return register(store, **SERIES, submission=note("note"), **who)


@pytest.fixture
def issued(store: Store, registered: Entry, who: Who) -> Entry:
    composed = Composed(
        files=[file("1-ES.pdf")],
        versions=[Version("es")],
        inputs={"masthead_date": "2020-05-06"},
    )
    return issue(store, registered.symbol, composed, **who)


def test_a_reserved_number_waits_for_its_communication(
    store: Store, note: Note, who: Who
) -> None:
    kept = reserve(store, [Numbering("A/HRC/43/G", "A/HRC/43/G/{n}")], reason="agreed", **who)
    other = register(store, **SERIES, submission=note("other"), **who)
    filled = register(store, **SERIES, submission=note("late"), received=kept.symbol, **who)
    assert (kept.state, kept.symbol, other.symbol) == (State.RESERVED, ONE, "A/HRC/43/G/2")
    assert (filled.state, filled.symbol) == (State.REGISTERED, ONE)
    assert len(filled.received) == 1


@pytest.mark.usefixtures("registered")
def test_an_issued_entry_has_its_files_time_and_versions(store: Store, issued: Entry) -> None:
    assert issued.state is State.ISSUED
    assert issued.published_at == store.events(ONE)[-1].at
    assert issued.versions == (Version("es", VersionState.ISSUED),)
    assert [each.name for each in issued.current] == ["1-ES.pdf"]
    assert store.get(ONE) == issued


def test_issuing_twice_changes_nothing(store: Store, issued: Entry, who: Who) -> None:
    again = issue(store, ONE, Composed(files=[file("1-ES.pdf", "f")]), **who)
    assert again == issued
    assert [event.act for event in store.events(ONE)] == ["register", "issue"]


@pytest.mark.usefixtures("registered")
def test_the_gate_holds_until_every_version_is_there(store: Store, who: Who) -> None:
    waiting = await_translation(
        store,
        ONE,
        files=[file("1-ES.pdf")],
        versions=[Version("es"), Version("fr", WAITS)],
        masthead='{"job_number":"GE.20-06178"}',
        **who,
    )
    assert waiting.state is State.AWAITING_TRANSLATION
    assert store.get(ONE).masthead == '{"job_number":"GE.20-06178"}'
    with pytest.raises(NotAllowedError, match="fr, ru"):
        issue(store, ONE, gate=["es", "fr", "ru"], **who)
    translate(store, ONE, "fr", files=[file("1-FR.pdf", "1")], **who)
    translate(store, ONE, "ru", files=[file("1-RU.pdf", "2")], **who)
    entry = issue(store, ONE, gate=["es", "fr", "ru"], **who)
    assert {each.state for each in entry.versions} == {VersionState.ISSUED}
    assert [each.name for each in entry.current] == ["1-ES.pdf", "1-FR.pdf", "1-RU.pdf"]


@pytest.mark.usefixtures("issued")
def test_a_translation_may_follow_the_issue_but_never_replace_what_readers_have(
    store: Store, who: Who
) -> None:
    entry = translate(store, ONE, "fr", files=[file("1-FR.pdf", "1")], **who)
    assert Version("fr", VersionState.ISSUED) in entry.versions
    with pytest.raises(ConflictError, match="1-FR"):
        translate(store, ONE, "fr", files=[file("1-FR.pdf", "2")], **who)
    assert store.get(ONE) == entry


def test_a_finding_that_blocks_keeps_back_the_issue_until_it_is_overridden(
    store: Store, note: Note, who: Who
) -> None:
    findings = (Finding("letter-unsigned", Severity.BLOCKS), Finding("other", Severity.WARNS))
    register(store, **SERIES, submission=note("letter", findings=findings), **who)
    with pytest.raises(NotAllowedError, match="letter-unsigned") as caught:
        issue(store, ONE, **who)
    assert "override" in caught.value.remedy
    with pytest.raises(UsageError, match="reason"):
        override(store, ONE, "letter-unsigned", reason=" ", **who)
    with pytest.raises(UsageError, match="never-seen"):
        override(store, ONE, "never-seen", reason="so", **who)
    entry = override(store, ONE, "letter-unsigned", reason="signed copy seen", **who)
    event = store.events(ONE)[-1]
    assert (event.act, event.actor, event.reason) == (
        "override", who["actor"], "signed copy seen",
    )  # fmt: skip
    assert entry.findings[0].override is not None
    assert entry.findings[0].override.at == event.at
    assert entry.findings[1].override is None
    assert issue(store, ONE, **who).state is State.ISSUED


@pytest.mark.usefixtures("registered")
def test_a_void_number_stays_visible_and_is_not_given_again(
    store: Store, note: Note, who: Who
) -> None:
    void(store, ONE, reason="sent to the wrong body", **who)
    assert store.get(ONE).state is State.VOID
    assert store.events(ONE)[-1].reason == "sent to the wrong body"
    assert register(store, **SERIES, submission=note("b"), **who).symbol == "A/HRC/43/G/2"
    with pytest.raises(NotAllowedError, match="void"):
        issue(store, ONE, **who)
    with pytest.raises(NotAllowedError):
        register(store, **SERIES, submission=note("note"), received=ONE, **who)


def test_what_is_issued_can_be_withdrawn_not_made_void(
    store: Store, issued: Entry, who: Who
) -> None:
    with pytest.raises(NotAllowedError, match="issued") as caught:
        void(store, ONE, reason="too late", **who)
    assert "withdraw" in caught.value.remedy
    entry = withdraw(store, ONE, reason="at the mission's request", **who)
    assert (entry.state, entry.published_at) == (State.WITHDRAWN, issued.published_at)
    assert not entry.is_public(entry.published_at)


def test_what_is_received_can_be_withdrawn_before_it_has_a_number(
    store: Store, note: Note, who: Who
) -> None:
    receipt = receive(store, note("note"), **who)
    assert withdraw(store, receipt.number, reason="sent too early", **who).symbols == ()
    assert register(store, **SERIES, submission=note("note"), **who).receipt == 2


def test_a_reissue_has_an_asterisk_a_dated_note_and_the_masthead_date_it_had(
    store: Store, issued: Entry, who: Who
) -> None:
    day = datetime.date(2020, 5, 8)
    again = Composed(files=[file("1-ES.pdf", "a")], inputs={"masthead_date": "2020-05-06"})
    late = Composed(inputs={"masthead_date": "2020-05-08"})
    with pytest.raises(NotAllowedError, match="2020-05-06, not 2020-05-08"):
        reissue(store, ONE, late, date=day, reason="fonts", **who)
    entry = reissue(store, ONE, again, date=day, reason="fonts", **who)
    assert entry.printed == ONE + "*"
    assert [(each.kind, each.date) for each in entry.notes] == [("reissue", day)]
    assert [each.sha256[0] for each in entry.current] == ["a"]
    assert [(each.sha256[0], each.issue) for each in entry.composed] == [("0", 0), ("a", 1)]
    assert entry.published_at == issued.published_at
    twice = reissue(store, ONE, again, date=day, reason="fonts again", **who)
    assert twice.printed == ONE + "**"
    assert store.get(ONE + "**") == twice


@pytest.mark.usefixtures("issued")
def test_amendments_number_under_their_parent_and_both_sides_show_them(
    store: Store, note: Note, who: Who
) -> None:
    first = corrigendum(store, ONE, note("c1"), languages=["fr", "es"], parts=["annex"], **who)
    second = corrigendum(store, ONE, note("c2"), **who)
    added = addendum(store, ONE, note("a1"), **who)
    assert [each.symbol for each in (first, second, added)] == [
        ONE + "/Corr.1", ONE + "/Corr.2", ONE + "/Add.1",
    ]  # fmt: skip
    assert (first.concerns, first.parts) == (("fr", "es"), ("annex",))
    assert store.related(first.symbol) == (Relation("corrects", ONE),)
    assert store.related(ONE) == (
        Relation("corrected-by", first.symbol),
        Relation("corrected-by", second.symbol),
        Relation("added-to-by", added.symbol),
    )
    assert [event.act for event in store.events(ONE)][-3:] == ["amend"] * 3
    assert corrigendum(store, ONE, note("c1"), **who) == first
    assert register(store, **SERIES, submission=note("b"), **who).symbol == "A/HRC/43/G/2"


@pytest.mark.usefixtures("registered")
def test_what_was_never_issued_cannot_be_amended(store: Store, note: Note, who: Who) -> None:
    with pytest.raises(NotAllowedError, match="amend"):
        corrigendum(store, ONE, note("c"), **who)
    receipt = receive(store, note("raw"), **who)
    with pytest.raises(NotAllowedError, match="amend"):
        revision(store, receipt.number, note("r"), **who)


@pytest.mark.usefixtures("issued")
def test_a_revision_supersedes_the_last_form_once_it_is_issued(
    store: Store, note: Note, who: Who
) -> None:
    first = revision(store, ONE, note("r1"), **who)
    assert first.symbol == ONE + "/Rev.1"
    assert store.get(ONE).state is State.ISSUED
    issue(store, first.symbol, **who)
    assert store.get(ONE).state is State.SUPERSEDED
    assert issue(store, ONE, **who).state is State.SUPERSEDED
    for named in (ONE, ONE + "/Rev.1"):
        later = revision(store, named, note(named), **who)
        assert later.relations == (Relation("revises", ONE + "/Rev.1"),)
    assert later.symbol == ONE + "/Rev.3"
    mended = corrigendum(store, first.symbol, note("c"), **who)
    assert mended.symbol == ONE + "/Rev.1/Corr.1"


def test_a_joint_document_has_joint_corrigenda(store: Store, note: Note, who: Who) -> None:
    joint = register(
        store,
        series="A/74",
        shape="A/74/{n}",
        also=[Numbering("S/2020", "S/2020/{n}")],
        submission=note("a"),
        **who,
    )
    issue(store, joint.symbol, **who)
    mended = corrigendum(store, "S/2020/1", note("c"), **who)
    assert mended.symbols == ("A/74/1/Corr.1", "S/2020/1/Corr.1")


@pytest.mark.usefixtures("registered")
def test_what_is_restricted_or_under_embargo_is_not_public(store: Store, who: Who) -> None:
    hour = datetime.datetime(
        2020, 5, 7, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=2))
    )
    with pytest.raises(UsageError, match="zone"):
        embargo(store, ONE, hour.replace(tzinfo=None), **who)
    embargo(store, ONE, hour, **who)
    entry = issue(store, ONE, **who)
    second = datetime.timedelta(seconds=1)
    assert [entry.is_public(hour + n * second) for n in (-1, 0, 1)] == [False, True, True]
    assert store.events(ONE)[1].values == {"until": "2020-05-07T08:00:00Z"}
    hidden = restrict(store, ONE, reason="names a witness", **who)
    assert not hidden.is_public(hour)
    assert derestrict(store, ONE, **who).is_public(hour)
    with pytest.raises(NotAllowedError):
        embargo(store, ONE, None, **who)


@pytest.mark.usefixtures("issued")
def test_a_reply_is_shown_by_both_sides_and_said_once(
    store: Store, note: Note, who: Who
) -> None:
    answer = register(store, **SERIES, submission=note("answer"), **who)
    reply_to(store, answer.symbol, ONE, **who)
    reply_to(store, answer.symbol, ONE + "*", **who)
    reply_to(store, answer.symbol, "S/2019/7", **who)
    assert store.related(ONE) == (Relation("replied-by", answer.symbol),)
    assert store.related(answer.symbol) == (
        Relation("reply-to", ONE),
        Relation("reply-to", "S/2019/7"),
    )
    with pytest.raises(UsageError, match="itself"):
        reply_to(store, ONE, ONE, **who)
