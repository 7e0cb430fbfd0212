"""A version that still waits when the others are issued is not in readers' hands yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from verbale.errors import ConflictError
from verbale.registry.acts.issue import issue
from verbale.registry.acts.register import register
from verbale.registry.acts.translate import translate
from verbale.registry.entry import FileRecord, State, Version, VersionState
from verbale.registry.versions import Composed

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.store import Store

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}


def file(lang: str, content: str) -> FileRecord:
    return FileRecord(f"1-{lang.upper()}.pdf", content * 64, 10, language=lang)


@pytest.fixture
def issued(store: Store, note: Callable[..., Submission], who: dict[str, Any]) -> Entry:
    """Spanish is issued; French is there, its free text in Spanish still."""
    entry = register(store, **SERIES, submission=note("note"), **who)
    composed = Composed(
        files=[file("es", "0"), file("fr", "1")],
        versions=[Version("es"), Version("fr", VersionState.AWAITING_TRANSLATION)],
    )
    return issue(store, entry.symbol, composed, **who)


def test_a_translation_completes_the_version_that_waited(
    store: Store, issued: Entry, who: dict[str, Any]
) -> None:
    assert issued.versions[1].state is VersionState.AWAITING_TRANSLATION
    values = {"translation": "f" * 64}
    done = translate(store, issued.symbol, "fr", files=[file("fr", "2")], values=values, **who)
    assert (done.state, done.versions[1].state) == (State.ISSUED, VersionState.ISSUED)
    assert [each.sha256[0] for each in done.current] == ["0", "2"]
    event = store.events(issued.symbol)[-1]
    # The hash of the file before stays in the event, so that it is known again.
    said = {**values, "language": "fr", "replaced": file("fr", "1").sha256}
    assert (event.act, dict(event.values)) == ("translate", said)


def test_once_issued_it_stays_and_so_do_the_others(
    store: Store, issued: Entry, who: dict[str, Any]
) -> None:
    done = translate(store, issued.symbol, "fr", files=[file("fr", "2")], **who)
    for lang in ("fr", "es"):
        with pytest.raises(ConflictError, match=lang.upper()):
            translate(store, issued.symbol, lang, files=[file(lang, "3")], **who)
    assert store.get(issued.symbol) == done
