"""What a document's page says beside the text: versions, files, family, history, proof."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from verbale.errors import VerbaleError
from verbale.model.language import Language
from verbale.registry.entry import VersionState
from verbale.registry.states import State
from verbale.text.scripts import isolate
from verbale.workflow.kept import masthead_of
from verbale.workflow.public import best_version
from verbale_portal.addresses import FORMATS, document_address
from verbale_portal.naming import own_name
from verbale_portal.site import site
from verbale_portal.words import LANGUAGES, say, words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from verbale.registry.entry import Entry, FileRecord
    from verbale.workflow.cards import Card

_log = logging.getLogger("verbale")
_ENDINGS = {kind: ending for ending, kind in FORMATS.items()}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One language version: its names, whether it is there, its state and address."""

    lang: str
    name: str
    direction: str
    state: str
    address: str
    shown: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file to fetch: what it is, its size in words, where it lies, its hash."""

    label: str
    size: str
    address: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """One document in a list: symbol, address, title with its language, and a note."""

    symbol: str
    address: str
    title: str
    lang: str
    direction: str
    date: str
    languages: tuple[VersionRow, ...]
    note: str = ""


def version_rows(card: Card, shown: str, ui: str) -> tuple[VersionRow, ...]:
    """The versions in all languages of the site, those that are not there too."""
    say_ = words(ui)
    rows = []
    states = {each.language: each.state for each in card.versions}
    for lang in dict.fromkeys((*LANGUAGES, *card.languages)):
        there = lang in card.languages
        waits = states.get(lang) is VersionState.AWAITING_TRANSLATION
        key = "none" if not there else "waits" if waits else "issued"
        state = say_[f"doc.version.{key}"]
        if there and lang == card.original:
            state = say_["doc.version.original"]
        rows.append(
            VersionRow(
                lang=lang,
                name=own_name(lang) if lang in LANGUAGES else lang,
                direction=Language(lang).direction,
                state=state,
                address=document_address(card, lang) if there else "",
                shown=lang == shown,
            )
        )
    return tuple(rows)


def card_row(card: Card, ui: str, note: str = "") -> CardRow:
    """A document as lists show it, with its title in the reader's language where it has one.

    A title that cannot be read is left out; the list stands.
    """
    names = site().names(ui)
    lang = best_version(card, (ui,)) or ui
    try:
        title, title_lang = site().register.title(card, (ui,))
    except VerbaleError as bad:
        _log.error("%s in %s: %s", card.symbol, lang, bad)
        title, title_lang = "", lang
    if not title:
        note = note or "; ".join(
            f"{words(ui)[f'doc.family.{kind}']} {isolate(symbol)}"
            for kind, symbol in card.amends
        )
    address = document_address(card, lang)
    return CardRow(
        symbol=card.printed,
        address=address if lang == ui else f"{address}?ui={ui}",
        title=title,
        lang=title_lang or ui,
        direction=Language(title_lang or ui).direction,
        date=names.date(card.date) if card.date else "",
        languages=tuple(row for row in version_rows(card, "", ui) if row.address),
        note=note,
    )


def size_text(size: int, ui: str) -> str:
    """``57 kB``, ``1.2 MB``."""
    if size < 1000:  # noqa: PLR2004 - below a kilobyte
        return say("doc.size.b", ui, n=size)
    if size < 1_000_000:  # noqa: PLR2004 - below a megabyte
        return say("doc.size.kb", ui, n=round(size / 1000))
    comma = "." if ui in {"en", "zh", "es"} else ","
    return say("doc.size.mb", ui, n=f"{size / 1_000_000:.1f}".replace(".", comma))


def document_facts(card: Card, lang: str, ui: str) -> dict[str, Any]:
    """Everything but the text itself."""
    register, names = site().register, site().names(ui)
    entry = register.entry(card)
    family = register.family(card)
    return {
        "card": card,
        "lang": lang,
        "here": document_address(card, lang),
        "plain": document_address(card),
        "versions": version_rows(card, lang, ui),
        "version_waits": lang not in card.complete,
        "files": _files(entry, card, lang, ui),
        "originals": _originals(card, ui),
        "facts": _facts(entry, card, ui),
        "trail": [
            (
                names.body(body),
                f"/{ui}/bodies/{body}/",
                names.session(session) if session else "",
                session_address(body, session, ui),
            )
            for body, session, _ in card.places
            if body
        ],
        "superseded_by": [
            card_row(each.card, ui) for each in family if each.kind == "revised-by"
        ]
        if card.state is State.SUPERSEDED
        else [],
        "corrected_by": [
            replace(card_row(each.card, ui), note=", ".join(map(names.language, concerned)))
            for each in family
            if each.kind == "corrected-by"
            and (not (concerned := register.entry(each.card).concerns) or lang in concerned)
        ],
        "reissues": [names.date(note.date) for note in entry.notes if note.kind == "reissue"],
        "concerns": [names.language(each) for each in entry.concerns],
        "family": [
            (words(ui).get(f"doc.family.{each.kind}", each.kind), card_row(each.card, ui))
            for each in family
        ],
        "cites": [
            (symbol, card_row(held, ui) if held is not None else None)
            for symbol, held in register.cites(card)
        ],
        "cited_by": [card_row(each, ui) for each in register.cited_by(card)],
        "history": history_rows(card, ui),
        "proof": register.proof(card),
        "bundle": document_address(card, tail="bundle.zip"),
        "others": [(each, names.language(each)) for each in card.languages if each != lang],
    }


def history_rows(card: Card, ui: str) -> list[tuple[datetime.datetime, str, str, str]]:
    """The acts that readers are told of: instant, day, what was done, why."""
    names = site().names(ui)
    rows = []
    for event in site().register.history(card):
        done = words(ui)[f"doc.act.{event.act}"]
        if "language" in event.values:
            done = f"{done} ({names.language(event.values['language'])})"
        rows.append((event.at, names.date(event.at.date()), done, event.reason))
    return rows


def session_address(body: str, session: str, ui: str) -> str:
    """Where a session's page is; empty for none."""
    return f"/{ui}/bodies/{body}/sessions/{quote(session)}/" if session else ""


def _facts(entry: Entry, card: Card, ui: str) -> list[tuple[str, str, str]]:
    """Label, value and address of each line of the box of facts."""
    say_, names = words(ui), site().names(ui)
    masthead = masthead_of(entry.masthead)
    lines = [(say_["doc.symbol"], card.printed, "")]
    for body, session, items in card.places:
        if body:
            lines.append((say_["doc.body"], names.body(body), f"/{ui}/bodies/{body}/"))
        where = session_address(body, session, ui)
        if session:
            lines.append((say_["doc.session"], session, where))
        if items:
            lines.append((say_["doc.items"], ", ".join(items), where))
    lines += [
        (say_["doc.from"], names.state(state), f"/{ui}/states/{state}/")
        for state in card.states
    ]
    if card.date:
        lines.append(
            (say_["doc.date"], names.date(card.date), f"/{ui}/dates/{card.date.isoformat()}/")
        )
    lines.append((say_["doc.issued"], names.date(card.appeared_at.date()), ""))
    if masthead.distribution is not None:
        text = names.distribution(masthead.distribution.value)
        lines.append((say_["doc.distribution"], text, ""))
    if card.original:
        lines.append((say_["doc.original"], names.language(card.original), ""))
    return lines


def _files(entry: Entry, card: Card, lang: str, ui: str) -> list[FileRow]:
    return [
        FileRow(
            label=words(ui).get(f"format.{file.format}", file.format),
            size=size_text(file.size, ui),
            address=document_address(card, lang, _ENDINGS[file.format]),
            name=file.name,
            sha256=file.sha256,
        )
        for file in entry.current
        if file.language == lang and file.format in _ENDINGS
    ]


def _originals(card: Card, ui: str) -> list[FileRow]:
    records: Iterable[FileRecord] = site().register.originals(card)
    return [
        FileRow(
            label=file.name,
            size=size_text(file.size, ui),
            address=document_address(card, tail=f"received/{number}"),
            name=file.name,
            sha256=file.sha256,
        )
        for number, file in enumerate(records, start=1)
    ]


def card_rows(cards: Iterable[Card], ui: str) -> list[CardRow]:
    """Several documents as lists show them."""
    return [card_row(card, ui) for card in cards]


__all__ = [
    "CardRow",
    "FileRow",
    "VersionRow",
    "best_version",
    "card_row",
    "card_rows",
    "document_facts",
    "history_rows",
    "session_address",
    "size_text",
    "version_rows",
]
