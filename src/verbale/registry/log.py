"""The leaves of the log: every event, every change of the calendar, every key, in their order.

A leaf is written in the transaction of what it tells of, so that nothing is in the register
that is not in the log. The hashes above it are kept with it (`verbale.proof.merkle`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.registry.record import canonical, event_line, instant_text

if TYPE_CHECKING:
    from verbale.registry.calendar import CalendarChange

#: What a leaf tells of: an event, a change of the calendar, or what the registry states itself.
EVENT, CALENDAR, STATEMENT = "event", "calendar", "statement"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Leaf ``index`` (from 0): number ``number`` of its ``kind``; ``line`` is what is hashed.

    ``line`` is made anew from what it tells of, and empty if that is gone; ``receipt`` is the
    entry's that it tells of.
    """

    index: int
    kind: str
    number: int
    line: str
    receipt: int = 0


def change_line(change: CalendarChange) -> str:
    """A change of the calendar as one line of JSON with one spelling."""
    return canonical(
        {
            "number": change.number,
            "body": change.body,
            "session": change.session,
            "calendar": change.act,
            "actor": change.actor,
            "at": instant_text(change.at),
            "reason": change.reason,
            "record": change.record,
        }
    )


__all__ = ["CALENDAR", "EVENT", "STATEMENT", "Leaf", "change_line", "event_line"]
