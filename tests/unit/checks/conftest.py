"""Cases built by hand: a note of Northmere, an invented State, to an invented conference."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.base import Case, Check, run_checks
from verbale.institutions.model import Body, Cell, Institution, Review, SessionDates
from verbale.model.communication import Communication, Kind, Request, Sender
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.finding import Finding, Place
from verbale.model.language import EN, OFFICIAL
from verbale.model.masthead import AgendaItem, Distribution, JobNumber, Masthead, Session
from verbale.model.recognition import Recognition
from verbale.model.symbol import Symbol

if TYPE_CHECKING:
    from collections.abc import Callable

SESSION = SessionDates(datetime.date(2026, 3, 2), datetime.date(2026, 3, 20))


def paragraph(text: str, *, line: int, file: str = "note.txt") -> Paragraph:
    return Paragraph((Text(text),), place=Place(file, line=line, column=1))


def _lakes() -> Institution:
    titles = {"en": Cell("4", "en", "Levels of the lakes", "invented", Review.VERIFIED)}
    return Institution(
        name="lakes",
        languages=tuple(each.code for each in OFFICIAL),
        bodies={
            "LC": Body(
                "LC",
                "LC",
                requires_item=True,
                agenda="lc",
                addressees=("SG", "PLC"),
                sessions={12: SESSION},
            ),
            "LC/PB": Body("LC/PB", "LC", parent="LC"),
        },
        stations={},
        phrases={},
        states={},
        state_variants={},
        agendas={"lc": {"4": titles, "7": titles, "7 (a)": titles}},
        masthead_lines_in={},
        standing={},
    )


@pytest.fixture
def lakes() -> Institution:
    return _lakes()


@pytest.fixture
def masthead() -> Masthead:
    """A masthead that lacks nothing."""
    return Masthead(
        organ="LC",
        body="LC",
        symbols=(Symbol.parse("LC/12/G/1"),),
        distribution=Distribution.GENERAL,
        date=datetime.date(2026, 3, 10),
        language=EN,
        original=(EN,),
        session=Session(number=12, start=SESSION.start, end=SESSION.end),
        items=(AgendaItem(4),),
        job_number=JobNumber("LC.26-00001", "E"),
    )


@pytest.fixture
def note() -> Communication:
    """A note verbale that lacks nothing."""
    return Communication(
        kind=Kind.NOTE_VERBALE,
        date=datetime.date(2026, 3, 6),
        senders=(Sender(text="the Permanent Mission of Northmere"),),
        addressees=("SG",),
        requests=(Request("LC", 12, (AgendaItem(4),)),),
    )


@pytest.fixture
def document() -> Document:
    """A masthead, a note that announces its annex, and the annex."""
    return Document(
        (
            Part(PartKind.MASTHEAD, (paragraph("Conference of the Lakes", line=1),), EN),
            Part(
                PartKind.NOTE,
                (
                    paragraph("The Permanent Mission has the honour to …", line=5),
                    paragraph("… to circulate the present note and its annex.", line=7),
                ),
                EN,
            ),
            Part(
                PartKind.ANNEX,
                (paragraph("Statement", line=11), paragraph("The levels fell.", line=13)),
                EN,
            ),
        )
    )


@pytest.fixture
def case(
    document: Document, masthead: Masthead, note: Communication, lakes: Institution
) -> Callable[..., Case]:
    """Make a case without a flaw, but for the fields of the recognition that are given."""

    def make(
        *, today: datetime.date | None = None, circulating: bool = False, **over: object
    ) -> Case:
        whole = Recognition(document, masthead, note)
        return Case(replace(whole, **over), lakes, today=today, circulating=circulating)

    return make


@pytest.fixture
def findings() -> Callable[[tuple[Check, ...], Case], list[Finding]]:
    """Run the checks of one module."""
    return lambda checks, given: list(run_checks(given, checks))
