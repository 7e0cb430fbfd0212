"""One folder of data per institution: what is where, who its members are, how it words things.

A folder holds ``institution.toml`` (structure) and tables with one row a cell
(``key lang text source review from``): ``phrases.tsv``, ``states.tsv``, ``agendas/*.tsv``,
``sessions.tsv``. Nothing of the trade is written in code.
"""

from __future__ import annotations

from verbale.institutions.loading import known, load
from verbale.institutions.model import (
    Body,
    Cell,
    Institution,
    Review,
    Series,
    SessionDates,
    Station,
)

__all__ = [
    "Body",
    "Cell",
    "Institution",
    "Review",
    "Series",
    "SessionDates",
    "Station",
    "known",
    "load",
]
