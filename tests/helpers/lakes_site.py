"""A registry of the Lakes with a document in every state that a reader may meet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale import institutions
from verbale.edges.home import create_home
from verbale.registry.acts.embargo import embargo
from verbale.registry.acts.reply_to import reply_to
from verbale.registry.acts.restrict import restrict
from verbale.registry.acts.void import void
from verbale.registry.acts.withdraw import withdraw
from verbale.workflow.acts import Desk, amend_with, receive_files, reissue_again, reserve_number
from verbale.workflow.circulating import circulate
from verbale.workflow.orders import Destination, Order

if TYPE_CHECKING:
    from verbale.edges.home import Home
    from verbale.registry.entry import Entry

EXAMPLE = Path(__file__).parents[2] / "examples" / "lakes" / "note-verbale.md"
NOON = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)
#: A word that stands in no other document: nothing the site answers may have it.
MARKED = "Quellmoorkrake"

_NOTE = """# Note verbale

The Permanent Mission of the Republic of Meravia to the Conference of the Lakes presents its
compliments to the Secretary of the Conference and has the honour to transmit herewith {what}.

The Permanent Mission kindly requests the Secretary of the Conference to circulate the present
note verbale and the annex thereto as a document of the twelfth session of the Council of the
Lakes under agenda item {item}.

The Permanent Mission of the Republic of Meravia avails itself of this opportunity to renew to
the Secretary of the Conference the assurances of its highest consideration.

Portavel, 9 March 2026

**Annex to the note verbale dated 9 March 2026 from the Permanent Mission of Meravia to the
Conference of the Lakes addressed to the Secretary of the Conference**

{text} The observations of this winter were made by the service and by the stations of the
northern shore, and the whole series is at the disposal of the other members of the Conference.
"""


class HandClock:
    """A clock that is set by hand."""

    def __init__(self, at: datetime.datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime.datetime:
        return self.at


def plain_page(template: str, data: str, *, moment: datetime.date) -> bytes:
    """Stands for the typesetter: the bytes of a page that nobody looks at."""
    del template, moment
    return b"%PDF-1.7\n%" + str(len(data)).encode() + b"\n%%EOF\n"


@dataclass
class Lakes:
    """The registry, and who works in it. ``symbols`` are by what became of the document."""

    home: Home
    clock: HandClock = field(default_factory=HandClock)
    symbols: dict[str, str] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return Desk(
            store=self.home.store(),
            objects=self.home.objects,
            institution=institutions.load("lakes"),
            typesetter=plain_page,
            clock=self.clock,
            actor="officer",
            today=self.clock.at.date(),
        )

    def circulate(self, name: str, text: str, *, also: tuple[Destination, ...] = ()) -> Entry:
        desk = self.desk
        done = circulate(
            Order((f"{name}.md", text.encode()), today=desk.today, also=also),
            institution=desk.institution,
            store=desk.store,
            objects=desk.objects,
            typesetter=desk.typesetter,
            clock=desk.clock,
        )
        assert done.entry is not None, done.findings
        self.symbols[name] = "-".join(done.entry.symbols)
        return done.entry

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": "officer", "clock": self.clock}


def note(what: str, text: str, item: int = 8) -> str:
    """A note verbale that transmits *what*, with *text* as its annex."""
    return _NOTE.format(what=what, text=text, item=item)


def fill(path: Path) -> Lakes:
    """Make a registry at *path* with a document in every state."""
    lakes = Lakes(create_home(path, "lakes"))
    store = lakes.home.store()
    first = lakes.circulate("plain", EXAMPLE.read_text(encoding="utf-8"))
    cites = f"See document {first.symbol} and decision CL/C/DEC/11/104."
    lakes.circulate("citing", note("a comment on the ice", cites, item=7))
    lakes.circulate("revised", note("a first text", "The first text of the annex."))
    desk = lakes.desk
    for act, of, name in (
        ("revision", "revised", "revision"),
        ("corrigendum", "plain", "corrigendum"),
        ("addendum", "plain", "addendum"),
    ):
        file = (f"{name}.md", f"The text of the {name}.".encode())
        languages = ("fr",) if act == "corrigendum" else ()
        done = amend_with(desk, act, lakes.symbols[of], file, languages=languages)
        lakes.symbols[name] = done.entry.symbol
    lakes.circulate("reissued", note("a map", "The map shows the northern lake."))
    reissue_again(desk, lakes.symbols["reissued"], reason="The map was missing.")
    reply = lakes.circulate("reply", note("a reply", "The reply."))
    reply_to(store, reply.symbol, first.symbol, **lakes.who)
    lakes.circulate(
        "joint", note("a joint text", "The joint text."), also=(Destination("CL", 6),)
    )
    reserved = reserve_number(desk, [Destination("CL/C", 12)])
    lakes.symbols["void"] = reserved.symbol
    void(store, reserved.symbol, reason="The text was not sent.", **lakes.who)
    gone = lakes.circulate("withdrawn", note("a text taken back", "What was taken back."))
    withdraw(store, gone.symbol, reason="At the wish of its sender.", **lakes.who)
    hidden = lakes.circulate(
        "restricted", note(f"the {MARKED} report", f"Of the {MARKED}; see {first.symbol}.")
    )
    restrict(store, hidden.symbol, reason="Not for all.", **lakes.who)
    held = note(f"the embargoed {MARKED} report", f"Later: {MARKED}; see {first.symbol}.")
    receipt = receive_files(desk, [("embargoed.md", held.encode())])
    until = NOON + datetime.timedelta(days=1)
    embargo(store, receipt.number, until, **lakes.who)
    lakes.circulate("embargoed", held)
    store.close()
    return lakes
