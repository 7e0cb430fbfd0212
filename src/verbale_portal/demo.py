"""What ``verbale serve --demo`` shows: a registry of the invented Lakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale import institutions
from verbale.edges.home import FILE, create_home
from verbale.edges.signing import first_keys

if TYPE_CHECKING:
    from pathlib import Path

    from verbale.model.finding import Finding


def make_demo(home: Path) -> None:
    """Make the registry at *home* if there is none; one that is there is shown as it is."""
    if (home / FILE).exists():
        return
    findings: list[Finding] = []
    prepare = first_keys(institutions.load("lakes"), findings, home)
    create_home(home, "lakes", prepare=prepare)
