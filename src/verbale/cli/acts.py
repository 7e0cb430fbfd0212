"""Acts of the secretariat on what is registered: ``void``, ``reissue``, ``corrigendum``.

Each takes a symbol in any spelling, or ``receipt 12``; says who does it (``--actor``, else the
user's name) and why (``--reason``); and leaves an event that `verbale history` shows.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from verbale.cli.common import as_json
from verbale.cli.desk import actor_option, desk, reason_option, say_entry
from verbale.errors import UsageError
from verbale.registry.acts.derestrict import derestrict as derestrict_act
from verbale.registry.acts.embargo import embargo as embargo_act
from verbale.registry.acts.reply_to import reply_to as reply_to_act
from verbale.registry.acts.restrict import restrict as restrict_act
from verbale.registry.acts.void import void as void_act
from verbale.registry.acts.withdraw import withdraw as withdraw_act
from verbale.workflow import acts

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.registry.entry import Entry


def _simple(
    name: str, act: Callable[..., Entry], said: str, *, owes_reason: bool
) -> click.Command:
    """A command for an act that takes a symbol and a reason."""

    @click.command(name, help=said)
    @click.argument("symbol")
    @reason_option(required=owes_reason)
    @actor_option
    @as_json
    def command(symbol: str, reason: str, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
        with desk(actor) as at:
            entry = act(
                at.store, acts.which(symbol), reason=reason, actor=at.actor, clock=at.clock
            )
        say_entry(entry, name, as_json=as_json)
        return 0

    return command


void = _simple(
    "void", void_act, "Make SYMBOL void: given, never issued, never given again.",
    owes_reason=True,
)  # fmt: skip
withdraw = _simple(
    "withdraw", withdraw_act, "Withdraw SYMBOL: it is no longer shown; the register keeps it.",
    owes_reason=True,
)  # fmt: skip
restrict = _simple(
    "restrict", restrict_act, "Restrict SYMBOL: shown only to those with the right.",
    owes_reason=True,
)  # fmt: skip
derestrict = _simple(
    "derestrict", derestrict_act, "Lift the restriction of SYMBOL.", owes_reason=False
)


@click.command()
@click.argument("symbol")
@click.argument("until", required=False)
@click.option("--lift", is_flag=True, help="Lift the embargo.")
@reason_option(required=False)
@actor_option
@as_json
def embargo(
    symbol: str,
    until: str | None,
    lift: bool,  # noqa: FBT001
    reason: str,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Hold SYMBOL back UNTIL an hour with its zone, such as 2020-05-06T09:00+02:00."""
    if (until is None) is not lift:
        raise UsageError(
            "an embargo needs an hour, or --lift", remedy="Such as 2020-05-06T09:00+02:00."
        )
    try:
        ends = datetime.datetime.fromisoformat(until) if until else None
    except ValueError as bad:
        raise UsageError(
            f"not an hour: {until}", remedy="Such as 2020-05-06T09:00+02:00."
        ) from bad
    with desk(actor) as at:
        called = acts.which(symbol)
        entry = embargo_act(
            at.store, called, ends, reason=reason, actor=at.actor, clock=at.clock
        )
    say_entry(entry, "embargo", as_json=as_json)
    return 0


@click.command("override")
@click.argument("symbol")
@click.argument("code")
@reason_option(required=True)
@actor_option
@as_json
def override(symbol: str, code: str, reason: str, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Let the findings CODE of SYMBOL pass; version-missing passes the gate of issuing."""
    with desk(actor) as at:
        entry = acts.override_finding(at, acts.which(symbol), code, reason=reason)
    say_entry(entry, "override", as_json=as_json)
    return 0


@click.command("reply-to")
@click.argument("symbol")
@click.argument("answered")
@actor_option
@as_json
def reply_to(symbol: str, answered: str, actor: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Say that SYMBOL replies to ANSWERED; `verbale show` tells it on both sides."""
    with desk(actor) as at:
        called, target = acts.which(symbol), acts.which(answered)
        entry = reply_to_act(at.store, called, str(target), actor=at.actor, clock=at.clock)
    say_entry(entry, "reply-to", as_json=as_json)
    return 0
