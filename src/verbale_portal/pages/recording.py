"""A document of the public side as a `verbale.records.record.Record`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from verbale.records.record import Copy, Place, Record
from verbale.registry.states import FALLEN
from verbale.workflow.kept import masthead_of
from verbale_portal.addresses import FORMATS, document_address
from verbale_portal.site import site

if TYPE_CHECKING:
    from django.http import HttpRequest

    from verbale.registry.entry import Entry
    from verbale.workflow.cards import Card

_ENDINGS = {kind: ending for ending, kind in FORMATS.items()}


def base_of(request: HttpRequest) -> str:
    """The address readers know the site by, without a last slash."""
    return site().public_url or f"{request.scheme}://{request.get_host()}"


def record_of(card: Card, lang: str, base: str) -> Record:
    """The record of *card* in the words of *lang*; of a fallen one, that it fell.

    Raises `NotRegisteredError` if it may no longer be seen.
    """
    names = site().names(lang)
    common: dict[str, Any] = {
        "lang": lang,
        "symbols": card.symbols,
        "printed": card.printed,
        "address": f"{base}{document_address(card)}",
        "publisher": names.publisher,
        "changed_at": card.changed_at,
        "published_at": card.published_at,
    }
    if card.state in FALLEN:
        return Record(**common, titles={}, job_numbers={}, withdrawn=True)
    register = site().register
    entry = register.entry(card)
    said: dict[str, Any] = json.loads(entry.masthead)
    # It is that of the version whose masthead was read: the original.
    number = masthead_of(entry.masthead).job_number
    titles = {each: register.title(card, (each,)) for each in card.languages}
    return Record(
        **common,
        date=card.date,
        titles={
            each: title.text if title.language == each else "" for each, title in titles.items()
        },
        authors=tuple(names.state(code) for code in card.states),
        kind=card.kind,
        distribution=said.get("distribution") or "",
        original=card.original,
        languages=card.languages,
        places=tuple(
            Place(
                body=body,
                body_name=names.body(body),
                session=session,
                items=tuple((item, names.item_title(body, item)) for item in items),
            )
            for body, session, items in card.places
            if body
        ),
        copies=_copies(card, entry, base),
        relations=(
            *((each.kind, each.card.symbol) for each in register.family(card)),
            *(("cites", symbol) for symbol, _ in register.cites(card)),
        ),
        job_numbers={card.original: number.text} if number else {},
    )


def _copies(card: Card, entry: Entry, base: str) -> tuple[Copy, ...]:
    return tuple(
        Copy(
            language=file.language,
            format=_ENDINGS[file.format],
            address=f"{base}{document_address(card, file.language, _ENDINGS[file.format])}",
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
        )
        for file in entry.current
        if file.format in _ENDINGS
    )
