"""The computer's clock."""

from __future__ import annotations

import datetime


class SystemClock:
    """The port `verbale.registry.store.Clock` on the computer's own time."""

    def now(self) -> datetime.datetime:
        """The present instant in UTC."""
        return datetime.datetime.now(datetime.UTC)
