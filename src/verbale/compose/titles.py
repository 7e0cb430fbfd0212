"""The title of a communication and the heading of an annex, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.compose.phrases import capital, phrase
from verbale.languages import rules
from verbale.model.communication import Kind

if TYPE_CHECKING:
    from verbale.model.communication import Communication, Sender
    from verbale.model.document import Inline
    from verbale.phrasebook import Phrasebook


def title(
    communication: Communication, lang: str, book: Phrasebook, *, body: str | None
) -> tuple[Inline, ...]:
    """``Note verbale dated … from … addressed to …``; empty where a piece is not known."""
    if communication.kind is None:
        return ()
    key = f"title.{_joint(communication)}{communication.kind}"
    return _write(key, communication, lang, book, body, {})


def annex_heading(
    communication: Communication, number: int, lang: str, book: Phrasebook, *, body: str | None
) -> tuple[Inline, ...]:
    """The heading of an annex, naming what it is annexed to; else the bare word."""
    suffix = ".n" if number else ""
    values = {"annex": number} if number else {}
    known = (Kind.NOTE_VERBALE, Kind.IDENTICAL_LETTERS)
    kind = communication.kind if communication.kind in known else Kind.LETTER
    key = f"annex.heading.{_joint(communication)}{kind}{suffix}"
    long = _write(key, communication, lang, book, body, values)
    if long:
        return long
    return phrase(book.write(f"annex.heading.bare{suffix}", lang, values, body=body).text)


def _joint(communication: Communication) -> str:
    """How the keys of wordings for several senders begin."""
    return "joint-" if len(communication.senders) > 1 else ""


def in_order(senders: tuple[Sender, ...], book: Phrasebook) -> tuple[Sender, ...]:
    """Several senders in the English alphabetical order of their States, in every language.

    Source: United Nations Editorial Manual, Communications.
    """

    def name(sender: Sender) -> str:
        names = book.institution.states.get(f"{sender.state}.short", {}).get("en", ())
        return names[-1].text.casefold() if names else ""

    return tuple(sorted(senders, key=name))


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
        "senders": in_order(communication.senders, book),
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
