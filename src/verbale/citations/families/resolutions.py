"""Resolutions and decisions by number: ``1779 (2007)``, ``70/1``, ``S-10/2``, ``2200 A (XXI)``.

A number is a citation where a noun (``words.tsv``) stands beside it or before its list, or
where number and year or number and date fit each other and nothing else. Which body is meant is
not decided here: the words around are kept as evidence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.families._around import (
    WINDOW,
    Context,
    dated_year,
    han_kind,
    inherited,
    read_context,
    with_body_behind,
)
from verbale.citations.families._designation import Designation, read_designation
from verbale.citations.families.base import Family
from verbale.citations.model import Kind, Mention

if TYPE_CHECKING:
    from verbale.citations.families.base import Page

_HAN_NUMBER = re.compile(r" ?[A-Z]? ?号")
_AMOUNT = re.compile(r" ?(?:%|per ?cent|million|billion)")
_TIGHT = re.compile(r"(?:[,،、;]|[,،、;]? ?(?:and|et|y|e|и|&)| ?و| ?[和及]) ?(?:第)?$")
_FRACTIONS = {
    *("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8"),
    *("3/8", "5/8", "7/8", "1/10", "9/11", "24/7"),
}
# Sessions of the General Assembly whose resolutions are numbered so, with some to come.
_GA_FIRST, _GA_LAST = 31, 99
# Without a noun an old number has at least three figures: "14 (I)" may be anything.
_LEAST_OLD = 100
_ITEMS_OF_YEAR = 100
_JOINER = re.compile(r" ?(?:,|、|،| and| et| y| e| и| و|和|及| &)+ ?(?:and |et |y |и |و ?)?")
_NUMBER_SIGN = r"(?: ?(?:no|nos|nº|n°|núm|numéro|number|№|رقم)\.?)?"
# What stands right before a bare number: the noun, "No." behind it, or the body between them.
_NOUN_END = re.compile(
    r"(?:résolutions?|resolutions?|resoluci[óo]n(?:es)?|резолюци\w{0,3}|决议|قرار\w{0,5}|第"
    r"|council|sc|безопасности|conseil de sécurité|seguridad|الامن)'?s?"
    rf"{_NUMBER_SIGN} {{0,40}}$"
)
_RIGHT_BEHIND = re.compile(rf"\w+{_NUMBER_SIGN} {{0,40}}")


def read_numbers(page: Page, at: int) -> list[Mention]:
    """The resolution or decision whose number begins at *at*, if it is one."""
    shape = read_designation(page.text, at)
    if shape is None or shape.start < page.done:
        return []
    listed = _previous(page, shape)
    if shape.form == "plain":
        return _plain(page, shape, listed)
    context = read_context(page, shape.start, listed=listed is not None)
    kind = context.kind or (listed.kind if listed and not context.broken else None)
    if page.lang == "zh":
        kind = han_kind(page.text, shape.end) or kind
    dated = dated_year(page, shape, listed)
    if not _is_citation(page, shape, context, kind, dated):
        return []
    named = context.named
    if listed and not context.broken and context.kind is None:
        named = inherited(named, listed, page.lang)
    mention = Mention(
        shape.start,
        shape.end,
        kind or Kind.RESOLUTION,
        form=shape.form,
        number=shape.number,
        letter=shape.letter,
        session=shape.session,
        year=shape.year,
        dated=dated,
        named=named,
    )
    return [with_body_behind(page, mention, chained=context.kind is None)]


def _previous(page: Page, shape: Designation) -> Mention | None:
    """The designation before this one, if it is near enough to be of the same list."""
    if not page.found:
        return None
    last = page.found[-1]
    if last.kind not in (Kind.RESOLUTION, Kind.DECISION):
        return None
    return last if shape.start - last.end <= WINDOW else None


def _is_citation(
    page: Page,
    shape: Designation,
    context: Context,
    kind: Kind | None,
    dated: int,
) -> bool:
    """Whether number and words together say that something is cited."""
    text = page.text
    listed = context.kind is None and kind is not None
    if context.beside and kind is not None:
        return True
    if page.lang == "zh" and kind is not None:
        signed = _HAN_NUMBER.match(text, shape.end) or text.startswith("第", shape.start - 1)
        if signed and shape.form != "year":
            return True
    if shape.form == "year":
        fits = tables.year_of_council().get(int(shape.number)) == shape.year
        # A number above the table's end is of a later year; a listed one may have a wrong year.
        later = shape.year > max(tables.council_years())
        return fits or (kind is not None and (later or _is_tight(page, shape, listed=listed)))
    if shape.form == "roman":
        return kind is not None or int(shape.number) >= _LEAST_OLD
    if shape.form == "special":
        return True
    if _AMOUNT.match(text, shape.end) or shape.number in _FRACTIONS:
        return False
    first, item = (int(part) for part in shape.number.split("/"))
    tight = _is_tight(page, shape, listed=listed)
    if shape.form == "year-session":
        running = (first + 1) % _ITEMS_OF_YEAR == item
        return kind is not None and (tight or not running or bool(dated))
    if tight or (dated and _fits(shape.number, dated)):
        return True
    return kind is not None and _GA_FIRST <= first <= _GA_LAST


def _is_tight(page: Page, shape: Designation, *, listed: bool) -> bool:
    """Whether it stands in a list, a comma or "and" right before it."""
    return listed and _TIGHT.search(page.low, max(0, shape.start - 8), shape.start) is not None


def _fits(number: str, year: int) -> bool:
    """Whether any body adopted something under that number in that year."""
    session = number.partition("/")[0]
    years = tables.session_years()
    return any(
        (body, session) in years and years[body, session][0] <= year <= years[body, session][1]
        for body in ("ga", "hrc")
    )


def _plain(page: Page, shape: Designation, listed: Mention | None) -> list[Mention]:
    """``resolution 822``: a number alone is one only right behind its noun or in its list."""
    window = page.low[max(page.done, shape.start - 40) : shape.start]
    if not any(char.isalpha() or char == "," for char in window):
        return []
    if (
        listed is not None
        and listed.form == "plain"
        and _JOINER.fullmatch(page.low, listed.end, shape.start)
    ):
        return [
            replace(
                listed,
                start=shape.start,
                end=shape.end,
                number=shape.number,
                dated=dated_year(page, shape, None),
            )
        ]
    if not _NOUN_END.search(window):
        return []
    context = read_context(page, shape.start, listed=False)
    between = page.low[context.start : shape.start]
    if context.kind is not Kind.RESOLUTION or not context.beside or ":" in between:
        return []
    mention = Mention(
        context.start if _RIGHT_BEHIND.fullmatch(between) else shape.start,
        shape.end,
        Kind.RESOLUTION,
        form="plain",
        number=shape.number,
        dated=dated_year(page, shape, None),
        named=context.named,
    )
    return [with_body_behind(page, mention, chained=False)]


FAMILY = Family(name="resolutions", order=2, at_digits=read_numbers)
