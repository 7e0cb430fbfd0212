"""Named places at which a crash test may kill the process.

``VERBALE_FAILPOINT=after-number`` kills it with SIGKILL when it first comes to that place,
``after-number:3`` when it comes there for the third time. Without the variable a failpoint is
one comparison. The places, in the order in which a circulation meets them: ``after-store``
(the bytes are kept), ``after-number``, ``after-row``, ``after-event`` (inside the transaction),
``after-commit``, ``after-log``, ``after-publish``.
"""

from __future__ import annotations

import os
import signal

_name, _left = "", 0


def arm(where: str) -> None:
    """Die at *where*, ``NAME`` or ``NAME:TIMES``, from now on; nowhere if it is empty."""
    global _name, _left  # noqa: PLW0603 - one process dies once
    _name, _, times = where.partition(":")
    _left = int(times or "1")


def failpoint(name: str) -> None:
    """Die here, without a word to anyone, if it is armed."""
    if name != _name:
        return
    global _left  # noqa: PLW0603 - counts the visits of one process
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ.get("VERBALE_FAILPOINT", ""))
