"""What a database says when it fails, in words a user can act on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, InterfaceError

from verbale.errors import ConflictError, RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BACKUP = "Keep a copy of the damaged file, then restore the register from a backup."
# The first phrase found in the database's own words decides. Sources: the result codes of
# SQLite (sqlite.org/rescode.html) and the error messages of PostgreSQL.
_REASONS = (
    ("locked", "another program is writing to it", "Wait for it to end, and try again."),
    ("lock timeout", "another program is writing to it", "Wait for it to end, and try again."),
    ("readonly", "it may only be read", "Give this user the right to write to its folder."),
    ("read-only", "it may only be read", "Let the server accept writing, and try again."),
    ("is full", "the disk is full", "Nothing was changed. Free space and send it again."),
    ("disk i/o", "the disk failed", "Nothing was changed. Look at the disk, and try again."),
    ("not a database", "the file is not a database", _BACKUP),
    ("malformed", "the file is damaged", _BACKUP),
    ("unable to open", "the file cannot be opened", "Look at its folder and rights."),
    ("connection", "the server does not answer", "Start it, or correct the database's URL."),
    ("does not exist", "its tables are not there", "Make a registry with `verbale init`."),
    ("no such", "its tables are not there", "Make a registry with `verbale init`."),
)


@contextmanager
def plain_errors(where: str) -> Iterator[None]:
    """Turn a failure of the database *where* into a `RegistryError` or `ConflictError`."""
    try:
        yield
    except IntegrityError as bad:
        raise ConflictError(
            f"the register at {where} holds this already: {_first_line(bad)}",
            remedy="Nothing was changed. Look at the entry that is there.",
        ) from bad
    except (DatabaseError, InterfaceError) as bad:
        said = _first_line(bad)
        for phrase, reason, remedy in _REASONS:
            if phrase in said.lower():
                raise RegistryError(
                    f"the register at {where} cannot be used: {reason} ({said})", remedy=remedy
                ) from bad
        raise RegistryError(
            f"the register at {where} cannot be used: {said}",
            remedy="Run `verbale doctor`, and look at the database.",
        ) from bad


def _first_line(bad: BaseException) -> str:
    lines = str(bad).strip().splitlines()
    return lines[0] if lines else type(bad).__name__
