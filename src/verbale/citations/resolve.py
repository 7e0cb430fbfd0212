"""Decide what a mention means: candidates with reasons, chosen by the words around.

The weight of a candidate is the sum of what speaks for it. The date beside a number tells
sessions of different bodies apart almost always; then the body named, then "its", then the body
of the citing document. Where two candidates weigh the same, nothing is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.find import find
from verbale.citations.model import Candidate, Citation, Kind, Mention
from verbale.errors import SymbolError
from verbale.model.symbol_reading import read_symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WEIGHTS = {
    "adjacent": 6.0,
    "listed": 5.0,
    "subject": 4.5,
    "own": 3.0,
    "behind": 1.5,
    "listed-after": 0.5,
    "near": 1.0,
}
_DATE_FITS = 5.0
_DATE_DOES_NOT = -5.0
_OWN_DOCUMENT = 0.6
_ONLY_ONE = 0.5
_NOT_YET_HELD = -2.0
# Sessions beyond the last one in the table that may have been held since it was made.
_SINCE = 9
_KNOWN_NUMBER = 6.5
# Alone these do not decide; and below these numbers many bodies have resolutions.
_NO_EVIDENCE = frozenset({"number", "date-differs", "not-yet-held", "near"})
_LEAST_PLAIN = 200
_FIRST_OF_ASSEMBLY = 31
_MARGIN = 0.25
_SURE = 4.0
_COUNCILS = ("sc", "hrc", "ecosoc")
# The number says one thing and the year or date beside it another: seen, and shown.
_DIFFERS = frozenset({"date-differs", "year-differs"})
_DOUBTFUL = 0.5
_NO_SYMBOL = frozenset({"other"})


@dataclass(frozen=True, slots=True)
class Citing:
    """The citing document: the body whose document it is (a key of ``numbering.tsv``)."""

    body: str = ""


def citing(symbol: str) -> Citing:
    """What is known of the citing document from its own symbol, empty for none."""
    first = symbol.strip().upper().replace(" ", "")
    if first.startswith("A/HRC/"):
        return Citing("hrc")
    return Citing({"A/": "ga", "S/": "sc", "E/": "ecosoc"}.get(first[:2], ""))


def find_citations(text: str, lang: str = "", *, symbol: str = "") -> Iterator[Citation]:
    """What *text* cites and means, from left to right.

    *lang* is a language's code, told from the text where it is empty; *symbol* the citing
    document's own. Offsets count in *text* as given.
    """
    return resolve(find(text, lang, symbol=symbol), text, citing(symbol))


def resolve(mentions: Iterable[Mention], text: str, own: Citing) -> Iterator[Citation]:
    """Decide each mention of *text*."""
    council = own.body if own.body in _COUNCILS else ""
    for mention in mentions:
        for named in mention.named:
            if named.body in _COUNCILS and named.how in ("adjacent", "subject"):
                council = named.body
        citation = decide(mention, text, own, council)
        # A meeting of a body whose number names none is no reference to anything.
        if citation.symbol or mention.kind is not Kind.MEETING:
            yield citation


def decide(mention: Mention, text: str, own: Citing, council: str = "") -> Citation:
    """Decide one mention; *council* is what "the Council" means here, if that is known."""
    if mention.symbol:
        only = Candidate(mention.symbol, 1.0, ("printed",))
        return _citation(mention, text, mention.symbol, (only,), 1.0, "printed")
    if not mention.form:
        return _citation(mention, text, None, (), 1.0, "named")
    candidates = sorted(
        _candidates(mention, own, council), key=lambda each: (-each.weight, each.symbol)
    )
    if not candidates:
        return _citation(mention, text, None, (), 0.5, "unknown")
    best = candidates[0]
    second = candidates[1].weight if len(candidates) > 1 else best.weight - _SURE
    margin = best.weight - second
    foreign = _foreign(mention)
    if foreign and best.weight < _WEIGHTS["adjacent"]:
        return _citation(mention, text, None, tuple(candidates), 0.5, "unknown")
    if margin < _MARGIN:
        return _citation(mention, text, None, tuple(candidates), 0.3, "ambiguous")
    if not _is_enough(mention, best):
        return _citation(mention, text, None, tuple(candidates), 0.3, "unknown")
    confidence = round(min(0.99, 0.6 + 0.1 * min(margin, _SURE)), 2)
    reason = best.reasons[0]
    if _DIFFERS.intersection(best.reasons):
        confidence, reason = _DOUBTFUL, next(r for r in best.reasons if r in _DIFFERS)
    return _citation(mention, text, best.symbol, tuple(candidates), confidence, reason)


def _citation(
    mention: Mention,
    text: str,
    symbol: str | None,
    candidates: tuple[Candidate, ...],
    confidence: float,
    reason: str,
) -> Citation:
    return Citation(
        mention.start,
        mention.end,
        text[mention.start : mention.end],
        mention.kind,
        symbol,
        candidates,
        confidence,
        reason,
        mention,
    )


def _is_enough(mention: Mention, best: Candidate) -> bool:
    """Whether more than the mere shape of the number speaks for the best candidate."""
    words = {reason for reason in best.reasons if reason not in _NO_EVIDENCE}
    if mention.form == "meeting":
        return bool(words - {"near"}) or any(n.body == "sc" for n in mention.named)
    if mention.form == "plain":
        return bool(words) or int(mention.number) >= _LEAST_PLAIN
    if mention.form != "session":
        return True
    old = int(mention.number.partition("/")[0]) < _FIRST_OF_ASSEMBLY
    if best.weight < 0:
        return not old and bool(words)
    return not old or bool(words)


def _foreign(mention: Mention) -> bool:
    """Whether the words name a body whose numbers have no symbol here."""
    return any(n.body in _NO_SYMBOL and n.how in ("adjacent", "listed") for n in mention.named)


def _candidates(mention: Mention, own: Citing, council: str) -> Iterator[Candidate]:
    rows = [
        row
        for row in tables.numbering_of(mention.kind.value, mention.form)
        if _within(row, mention)
    ]
    for row in rows:
        symbol = symbol_of(row, mention)
        if symbol is None:
            continue
        weight, reasons = _weigh(row, mention, own, council)
        if len(rows) == 1:
            weight += _ONLY_ONE
            reasons = (*reasons, "number")
        if weight or row.body in ("ga", "hrc", "sc", "ecosoc"):
            yield Candidate(symbol, weight, reasons or ("number",))


def _within(row: tables.Numbering, mention: Mention) -> bool:
    session, _, item = mention.number.partition("/")
    if mention.form == "special":
        return row.body == "ga" or not session.startswith("E")
    if not item:
        return True
    last = tables.last_session(row.body) if mention.form == "session" else 0
    most = min(row.most, last + _SINCE) if last else row.most
    return row.least <= int(session) <= most and int(item) <= row.items


def _weigh(
    row: tables.Numbering, mention: Mention, own: Citing, council: str
) -> tuple[float, tuple[str, ...]]:
    """The weight of a row and the reasons, the strongest first."""
    found: list[tuple[float, str]] = []
    for named in mention.named:
        body = named.body
        if body == "own":
            body = own.body
        elif body == "council":
            body = council or "council"
        if body == row.body:
            found.append((_WEIGHTS[named.how], _REASONS[named.how]))
        elif body == "council" and row.body in _COUNCILS:
            found.append((_WEIGHTS[named.how] / 2, _REASONS[named.how]))
    if mention.form == "session" and 0 < tables.last_session(row.body) < int(
        mention.number.partition("/")[0]
    ):
        found.append((_NOT_YET_HELD, "not-yet-held"))
    if mention.form == "year" and tables.year_of_council().get(int(mention.number)):
        found.append((_KNOWN_NUMBER, "number"))
        if tables.year_of_council()[int(mention.number)] != mention.year:
            found.append((0.0, "year-differs"))
    fits = _date_fits(row, mention)
    if fits is not None:
        found.append(
            (_DATE_FITS if fits else _DATE_DOES_NOT, "date" if fits else "date-differs")
        )
    if row.body == own.body:
        found.append((_OWN_DOCUMENT, "own"))
    found.sort(reverse=True)
    return sum(weight for weight, _ in found), tuple(reason for _, reason in found)


_REASONS = {
    "adjacent": "named",
    "listed": "list",
    "subject": "named",
    "own": "own",
    "listed-after": "list",
    "behind": "near",
    "near": "near",
}


def _date_fits(row: tables.Numbering, mention: Mention) -> bool | None:
    """Whether the date beside the number falls in the session, ``None`` where nothing tells."""
    if not mention.dated:
        return None
    if mention.form in ("session", "special"):
        session = mention.number.partition("/")[0]
        years = tables.session_years().get((row.body, session))
        return None if years is None else years[0] <= mention.dated <= years[1]
    if mention.form == "year-session":
        # Sessions begin in the year before: E/RES/2024/1 is of 27 July 2023.
        return 0 <= int(mention.number[:4]) - mention.dated <= 1
    return None


def symbol_of(row: tables.Numbering, mention: Mention) -> str | None:
    """The canonical symbol that *row* makes of a number; ``None`` where it makes none."""
    number, year = mention.number, mention.year
    if row.form in ("year", "plain"):
        known = tables.year_of_council().get(int(number))
        if row.form == "plain" or (known and known != year):
            year = known or 0
        if not year:
            return None
    session, _, item = number.partition("/")
    return _canonical(
        row.template.format(
            number=number,
            letter=f" {mention.letter}" if mention.letter else "",
            roman=mention.session,
            year=year,
            session=session,
            item=item,
        )
    )


@lru_cache(maxsize=16384)
def _canonical(text: str) -> str | None:
    try:
        return str(read_symbol(text).symbol)
    except SymbolError:
        return None
