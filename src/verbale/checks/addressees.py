"""A communication is addressed to whom its body receives letters and notes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"


def unusual(case: Case) -> Iterator[Finding]:
    """Every addressee is one that the body's own table lists."""
    listed = _listed(case)
    if not listed:
        return
    for index, addressee in enumerate(case.recognition.communication.addressees):
        if addressee not in listed:
            yield Finding(
                code="addressee-unusual",
                severity=Severity.WARNS,
                place=case.place(f"/communication/addressees/{index}", near=case.message),
                values={"addressee": addressee, "body": ", ".join(case.bodies)},
            )


def order(case: Case) -> Iterator[Finding]:
    """Several addressees stand in the order of the body's table."""
    given = case.recognition.communication.addressees
    listed = _listed(case)
    expected = tuple(sorted(given, key=lambda each: _rank(each, listed)))
    if given != expected:
        yield Finding(
            code="addressees-order",
            severity=Severity.NOTES,
            place=case.place("/communication/addressees/0", near=case.message),
            values={"given": ", ".join(given), "expected": ", ".join(expected)},
        )


def _listed(case: Case) -> tuple[str, ...]:
    bodies = case.institution.bodies
    every = (a for code in case.bodies if code in bodies for a in bodies[code].addressees)
    return tuple(dict.fromkeys(every))


def _rank(addressee: str, listed: tuple[str, ...]) -> int:
    return listed.index(addressee) if addressee in listed else len(listed)


CHECKS = (
    Check("addressee-unusual", source=_MANUAL, run=unusual),
    Check("addressees-order", source=_MANUAL, run=order),
)
