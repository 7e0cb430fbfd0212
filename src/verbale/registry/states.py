"""The states of an entry and the moves between them: one table, drawn in the docs from here."""

from __future__ import annotations

from enum import StrEnum

from verbale.errors import NotAllowedError


class State(StrEnum):
    """Where an entry stands. A state is never left for an earlier one."""

    RECEIVED = "received"
    RESERVED = "reserved"
    REGISTERED = "registered"
    AWAITING_TRANSLATION = "awaiting-translation"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    VOID = "void"
    WITHDRAWN = "withdrawn"


_R, _W = State.REGISTERED, State.AWAITING_TRANSLATION
_OPEN = (State.RECEIVED, State.RESERVED, _R, _W)
_OUT = (State.ISSUED, State.SUPERSEDED)


def _stay(*states: State) -> dict[State | None, State]:
    return {state: state for state in states}


#: For each act, the states it is allowed in and the state it leads to (``None``: no entry yet).
MOVES: dict[str, dict[State | None, State]] = {
    "receive": {None: State.RECEIVED},
    "reserve": {None: State.RESERVED},
    "register": {None: _R, State.RECEIVED: _R, State.RESERVED: _R},
    "corrigendum": {None: _R},
    "addendum": {None: _R},
    "revision": {None: _R},
    "override": _stay(*_OPEN),
    "await-translation": {_R: _W, _W: _W},
    "translate": _stay(_W, State.ISSUED),
    "issue": {_R: State.ISSUED, _W: State.ISSUED},
    "reissue": _stay(State.ISSUED),
    "amend": _stay(*_OUT),
    "supersede": {State.ISSUED: State.SUPERSEDED},
    "void": dict.fromkeys((State.RESERVED, _R, _W), State.VOID),
    "withdraw": dict.fromkeys((State.RECEIVED, _R, _W, *_OUT), State.WITHDRAWN),
    "restrict": _stay(*_OPEN, *_OUT),
    "derestrict": _stay(*_OPEN, *_OUT),
    "embargo": _stay(*_OPEN),
    "reply-to": _stay(*_OPEN, *_OUT),
}

#: States in which the same bytes, sent again, are a communication of their own.
FALLEN = frozenset({State.VOID, State.WITHDRAWN})


def after(act: str, state: State | None, *, name: str = "") -> State:
    """The state that *act* leads to. Raises `NotAllowedError`, saying what is allowed."""
    allowed = MOVES[act]
    if state in allowed:
        return allowed[state]
    can = [other for other, moves in MOVES.items() if state in moves]
    remedy = f"Acts allowed now: {', '.join(can)}." if can else "It stays as it is for good."
    raise NotAllowedError(
        f"{name or 'the entry'} is {state or 'not there yet'}: {act} is not allowed",
        remedy=remedy,
    )


def drawing() -> str:
    """The table as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2"]
    for act, moves in MOVES.items():
        for before, then in moves.items():
            start = "[*]" if before is None else _node(before)
            lines.append(f"    {start} --> {_node(then)}: {act}")
    return "\n".join(lines) + "\n"


def _node(state: State) -> str:
    return state.value.replace("-", "_")
