"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.readers.limits import DEFAULTS, use_limits
from verbale.workflow.outside import use_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent


#: Taken when tests begin: a test may change the folder that a relative path is from.
_CORPUS = Path(os.environ.get("VERBALE_CORPUS", ROOT.parent / "shared" / "corpus")).absolute()


def corpus_root() -> Path:
    """Where the corpus lies: ``VERBALE_CORPUS``, else beside the project."""
    return _CORPUS


@pytest.fixture(scope="session")
def corpus() -> Callable[[str], Path]:
    """Give a folder of the corpus; skip when there is none, fail when only it is missing."""

    def folder(name: str) -> Path:
        root = corpus_root()
        if not root.is_dir():
            pytest.skip(f"no corpus at {root}: set VERBALE_CORPUS to run this test")
        path = root / name
        assert path.is_dir(), f"the corpus at {root} has no folder {name!r}"
        return path

    return folder


@pytest.fixture(autouse=True)
def _own_limits() -> Iterator[None]:
    """Leave no limits or box behind that a command put in force in this process."""
    yield
    use_limits(DEFAULTS)
    use_box(None)
