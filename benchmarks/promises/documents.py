"""Documents of the Lakes, circulated for real: signed, logged, with their files."""

from __future__ import annotations

import datetime
import importlib.util
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workers import EXAMPLE

from verbale import institutions
from verbale.edges.signing import acting
from verbale.edges.verifying import Verification
from verbale.workflow.circulating import circulate
from verbale.workflow.orders import Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from verbale.edges.home import Home

DAY = datetime.date(2026, 3, 9)
_CHECKER = EXAMPLE.parents[2] / "tools" / "check_proof.py"


def circulated(home: Home, count: int, *, first: int = 0) -> list[Mapping[str, bytes]]:
    """Circulate *count* notes that differ in a word; the files of each folder by name."""
    rules = institutions.load("lakes")
    text = EXAMPLE.read_text(encoding="utf-8")
    folders = []
    with acting(home) as at:
        typesetter = at.typesetter()
        for number in range(first, first + count):
            changed = text.replace("the northern lake", f"the northern lake, station {number},")
            done = circulate(
                Order(("note.md", changed.encode()), date=DAY, today=DAY),
                institution=rules,
                store=at.store,
                objects=home.objects,
                typesetter=typesetter,
                clock=at.clock,
            )
            folders.append(done.files)
    return folders


@contextmanager
def register_of(home: Home) -> Iterator[Verification]:
    """What verifies against an open registry."""
    store = home.store()
    try:
        yield Verification(home, store)
    finally:
        store.close()


def checker() -> ModuleType:
    """The independent checker, ``tools/check_proof.py``."""
    spec = importlib.util.spec_from_file_location("checker", _CHECKER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(_CHECKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def named_home(path: Path) -> Iterator[None]:
    """VERBALE_HOME is *path* for the commands that are run."""
    before = os.environ.get("VERBALE_HOME")
    os.environ["VERBALE_HOME"] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["VERBALE_HOME"]
        else:
            os.environ["VERBALE_HOME"] = before
