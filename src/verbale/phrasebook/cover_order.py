"""The usual order of the lines of a cover page in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.model.cover import ORDER
from verbale.model.language import Language

if TYPE_CHECKING:
    from verbale.model.cover import Cover
    from verbale.phrasebook.book import Phrasebook

#: The wording of the table ``line.order.versions`` that puts the original before the language.
_ORIGINAL_FIRST = "original language"


def usual_order(cover: Cover, lang: str, book: Phrasebook) -> tuple[str, ...]:
    """The roles of every line a page in *lang* may have, from top to bottom.

    The language line is among them where the version is a translation. Which of it and the
    original comes first is a custom that has changed: the tables have it by body and date.
    """
    order = [*ORDER, "job-number"]
    if not cover.original or Language(lang) in cover.original:
        order.remove("language")
    elif _custom(cover, lang, book) == _ORIGINAL_FIRST:
        one, two = order.index("language"), order.index("original")
        order[one], order[two] = order[two], order[one]
    return tuple(order)


def _custom(cover: Cover, lang: str, book: Phrasebook) -> str:
    for cell in book.wordings("line.order.versions", lang, cover.owner):
        if cell.since is None or cover.date is None or cell.since <= cover.date:
            return cell.text
    return ""
