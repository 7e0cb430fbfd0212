"""What a text cites can exist: number, year and date of a resolution go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.citations.model import Kind
from verbale.citations.tables import session_years, year_of_council
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_RESOLUTIONS = "Resolutions of the Security Council, by year"
_SESSIONS = "Rules of procedure of the bodies: when each session is held"
_HEAD = 40
#: From this year on the bounds of the table are not all confirmed: the year beside is let pass.
_UNCONFIRMED = 2015


def year(case: Case) -> Iterator[Finding]:
    """The year behind a resolution of the Security Council is the one it was adopted in."""
    for stretch, start, citation in case.citations:
        mention = citation.mention
        if mention.form != "year" or citation.reason != "year-differs":
            continue
        true = year_of_council().get(int(mention.number))
        doubtful = max(mention.year, true or 0) >= _UNCONFIRMED
        if true is None or abs(true - mention.year) <= (1 if doubtful else 0):
            continue
        yield Finding(
            "citation-year-differs",
            Severity.WARNS,
            case.spot(stretch, start, start + len(citation.text)),
            {"text": citation.text, "found": str(mention.year), "expected": str(true)},
        )


def date(case: Case) -> Iterator[Finding]:
    """The date behind a resolution falls in the session that its number names."""
    for stretch, start, citation in case.citations:
        mention = citation.mention
        if citation.kind is not Kind.RESOLUTION or citation.reason != "date-differs":
            continue
        # Chinese dates a resolution before its number: which of two dates is meant is not sure.
        if stretch.part.language.code == "zh":
            continue
        named = any(each.how == "adjacent" for each in mention.named)
        session, _, _ = mention.number.partition("/")
        body = next((each.body for each in mention.named if each.how == "adjacent"), "")
        years = session_years().get((body, session))
        if not named or years is None or years[0] <= mention.dated <= years[1]:
            continue
        yield Finding(
            "citation-date-differs",
            Severity.WARNS,
            case.spot(stretch, start, start + len(citation.text)),
            {
                "text": citation.text,
                "found": str(mention.dated),
                "expected": f"{years[0]}-{years[1]}",
            },
        )


def itself(case: Case) -> Iterator[Finding]:
    """A document does not cite itself by its symbol."""
    masthead = case.recognition.masthead
    if masthead is None or not masthead.symbols:
        return
    own = {str(symbol.unstarred) for symbol in masthead.symbols}
    for stretch, start, citation in case.citations:
        if citation.symbol in own and citation.kind is Kind.SYMBOL:
            # Alone in its paragraph, or nearly, it is the running head of a page.
            if len(stretch.text) < len(citation.text) + _HEAD:
                continue
            yield Finding(
                "citation-of-itself",
                Severity.NOTES,
                case.spot(stretch, start, start + len(citation.text)),
                {"symbol": citation.text},
            )
            return


CHECKS = (
    Check("citation-year-differs", source=_RESOLUTIONS, run=year),
    Check("citation-date-differs", source=_SESSIONS, run=date),
    Check("citation-of-itself", source="Verbale: one work, one symbol", run=itself),
)
