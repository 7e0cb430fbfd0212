"""Golden cases: a folder with ``input.*``, ``expected.*`` and ``ORIGIN`` (source and licence).

``VERBALE_ACCEPT=1`` writes what came out as what is expected; then read the difference.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent / "golden"


@dataclass(frozen=True, slots=True)
class Golden:
    """One case."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.name

    def source(self) -> Path:
        """The input file."""
        (path,) = self.folder.glob("input.*")
        return path

    def matches(self, name: str, out: bytes) -> bool:
        """Whether *out* is what the case's file *name* holds."""
        assert (self.folder / "ORIGIN").is_file(), f"{self.folder}: where is it from?"
        expected = self.folder / name
        if os.environ.get("VERBALE_ACCEPT"):
            expected.write_bytes(out)
        return expected.read_bytes() == out


def golden(folder: str) -> list[Golden]:
    """The cases of a folder under ``tests/golden``, in alphabetical order."""
    cases = [Golden(path) for path in sorted((_ROOT / folder).iterdir()) if path.is_dir()]
    assert cases, f"no golden cases in {folder}"
    return cases
