"""The computer's clock."""

from __future__ import annotations

import datetime as dt


class SystemClock:
    """The port `verbale.registry.store.Clock` on the computer's own time."""

    def now(self) -> dt.datetime:
        """The present instant in UTC."""
        return dt.datetime.now(dt.UTC)
