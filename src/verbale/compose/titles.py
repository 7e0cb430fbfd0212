"""The title of a communication and the heading of an annex, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.compose.phrases import capital, phrase
from verbale.languages import rules
from verbale.model.communication import Kind

if TYPE_CHECKING:
    from verbale.model.communication import Communication
    from verbale.model.document import Inline
    from verbale.phrasebook import Phrasebook


def title(
    communication: Communication, lang: str, book: Phrasebook, *, body: str | None
) -> tuple[Inline, ...]:
    """``Note verbale dated … from … addressed to …``; empty where a piece is not known."""
    if communication.kind is None:
        return ()
    return _write(f"title.{communication.kind}", communication, lang, book, body, {})


def annex_heading(
    communication: Communication, number: int, lang: str, book: Phrasebook, *, body: str | None
) -> tuple[Inline, ...]:
    """The heading of an annex, naming what it is annexed to; else the bare word."""
    suffix = ".n" if number else ""
    values = {"annex": number} if number else {}
    kind = Kind.NOTE_VERBALE if communication.kind is Kind.NOTE_VERBALE else Kind.LETTER
    long = _write(f"annex.heading.{kind}{suffix}", communication, lang, book, body, values)
    if long:
        return long
    return phrase(book.write(f"annex.heading.bare{suffix}", lang, values, body=body).text)


def _write(
    key: str,
    communication: Communication,
    lang: str,
    book: Phrasebook,
    body: str | None,
    extra: dict[str, Any],
) -> tuple[Inline, ...]:
    if not (communication.date and communication.senders and communication.addressees):
        return ()
    values = {
        "date": communication.date,
        "sender": communication.senders[0],
        "addressee": communication.addressees[0],
        "addressees": communication.addressees,
        **extra,
    }
    try:
        text = book.write(key, lang, values, body=body).text
    except KeyError:
        # A sender without an office, an addressee of no table: nothing is made up for it.
        return ()
    return phrase(rules(lang).typeset(capital(text)))
