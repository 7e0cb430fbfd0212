"""Golden files: a case is a folder with ``expected.*`` and an ORIGIN (source, licence)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


@dataclass(frozen=True)
class Golden:
    """One case; ``str()`` is its name in the test's id."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.name

    def source(self) -> Path:
        """The one file called ``input.*``."""
        (found,) = self.folder.glob("input.*")
        return found

    def matches(self, name: str, data: bytes, *, accept: bool) -> bool:
        """Whether *data* is what the file says; with *accept* the file is rewritten first."""
        path = self.folder / name
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert path.is_file(), f"{path} is not there: run `make accept` and read the diff"
        return path.read_bytes() == data


def golden(where: str) -> list[Golden]:
    """The cases below a folder, in order of name."""
    return [Golden(path.parent) for path in sorted((GOLDEN / where).glob("*/ORIGIN"))]
