"""Who may see what: one table of roles, actions and states decides, and nothing else does.

Every page, list, count, feed, search and answer asks `may` with the object itself. What the
table does not name is denied: an unknown role, an unknown state, an object that is not there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from verbale.registry.states import State

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

__all__ = ["TABLE", "Action", "Condition", "Guarded", "Role", "conditions", "may"]


class Role(StrEnum):
    """In what capacity somebody asks."""

    PUBLIC = "public"  # anybody; nobody has logged in
    READER = "reader"  # has the right to restricted documents
    TRANSLATOR = "translator"  # works on versions that are not out yet
    OFFICER = "officer"  # does the acts of the secretariat


class Action(StrEnum):
    """What is asked for."""

    LIST = "list"  # that it stands in lists, counts, searches and feeds
    KNOW = "know"  # that its number was given, and what became of it
    READ = "read"  # its text, masthead, versions, files, relations, history and proof
    ORIGINALS = "originals"  # the files as they were received


class Condition(StrEnum):
    """What holds beside an entry's state, and keeps it from readers in any state."""

    RESTRICTED = "restricted"
    EMBARGOED = "embargoed"


class Guarded(Protocol):
    """What the table is asked about: an entry, or what a list keeps of one."""

    @property
    def state(self) -> State:
        """Where it stands."""
        ...

    @property
    def restricted(self) -> bool:
        """Whether it is hidden from those without the right."""
        ...

    @property
    def embargo_until(self) -> datetime.datetime | None:
        """The instant before which it is not shown."""
        ...


_HEAD = ("list", "know", "read", "originals")
# A row for each state and condition, a column for each action, in a cell the roles that may.
# Where a condition holds, its row and that of the state must both allow.
_WRITTEN = """
received              | -       | officer            | officer            | officer
reserved              | -       | officer            | officer            | officer
registered            | -       | translator officer | translator officer | officer
awaiting-translation  | -       | translator officer | translator officer | officer
issued                | all     | all                | all                | all
superseded            | all     | all                | all                | all
void                  | -       | all                | officer            | officer
withdrawn             | -       | all                | officer            | officer
restricted            | reader officer | reader officer | reader officer  | officer
embargoed             | officer | translator officer | translator officer | officer
"""


def _read(
    text: str,
) -> Mapping[State | Condition, Mapping[Action, frozenset[Role]]]:
    table = {}
    for line in text.strip().splitlines():
        name, *cells = (cell.strip() for cell in line.split("|"))
        row = State(name) if name in set(State) else Condition(name)
        table[row] = {
            Action(action): _roles(cell) for action, cell in zip(_HEAD, cells, strict=True)
        }
    return table


def _roles(cell: str) -> frozenset[Role]:
    if cell == "all":
        return frozenset(Role)
    return frozenset(Role(word) for word in cell.split() if word != "-")


#: State or condition, action, and the roles that may.
TABLE = _read(_WRITTEN)


def conditions(entry: Guarded, now: datetime.datetime) -> tuple[State | Condition, ...]:
    """The rows that decide about *entry* at the instant *now*."""
    held: list[State | Condition] = [entry.state]
    if entry.restricted:
        held.append(Condition.RESTRICTED)
    if entry.embargo_until is not None and entry.embargo_until > now:
        held.append(Condition.EMBARGOED)
    return tuple(held)


def may(role: Role, action: Action, entry: Guarded | None, now: datetime.datetime) -> bool:
    """Whether *role* may do *action* to *entry* at *now*; what is not in the table may not."""
    if entry is None:
        return False
    return all(
        role in TABLE.get(row, {}).get(action, frozenset()) for row in conditions(entry, now)
    )
