"""Many files checked, in the order given: opened one by one, on two processors where that pays.

A file that cannot be opened is said and the next one is taken: one bad name in a list of five
hundred must not cost the answers on the others.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.checks.report import Checked
from verbale.edges.box.settings import put_box_in_force
from verbale.model.finding import Finding, Severity
from verbale.workflow import reading
from verbale.workflow.outside import box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STANDARD_INPUT = "-"
#: Fewer files are done before a second process has loaded its tables.
_WORTH_IT = 48
_MOST_PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file that could not be opened, and why, in a sentence."""

    file: str
    reason: str


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to check: each path given, and for a folder all files in it, by name.

    What begins with a full stop is not looked for: editors and systems keep their own there.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, inner, names in os.walk(path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            yield from (
                Path(folder) / name for name in sorted(names) if not name.startswith(".")
            )


def check_files(
    files: Sequence[Path], institution: str, *, debug: bool = False
) -> Iterator[Checked | Unopened]:
    """Check each of *files* with the tables of *institution*; answers come in their order.

    ``-`` is standard input. With *debug* an error that nobody foresaw ends the run; without it
    the file gets the finding ``error``. Raises `UnknownInstitutionError`.
    """
    institutions.load(institution)  # an unknown name is said once, before any file
    check = partial(_check, institution=institution, debug=debug)
    several = len(files) >= _WORTH_IT and (os.cpu_count() or 1) > 1 and not debug
    if not several or Path(STANDARD_INPUT) in files:
        yield from map(check, files)
        return
    done = 0
    # A fresh interpreter each: a copy of this one would share its open files and its locks.
    workers = ProcessPoolExecutor(_MOST_PROCESSES, mp_context=get_context("spawn"))
    try:
        for answer in workers.map(check, files, chunksize=4):
            done += 1
            yield answer
    except BrokenProcessPool:
        yield from map(check, files[done:])
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _check(path: Path, *, institution: str, debug: bool) -> Checked | Unopened:
    try:
        data = _bytes(path)
    except OSError as bad:
        return Unopened(str(path), bad.strerror or str(bad))
    # Letters of standard input may be of any format; the bytes tell, and text is the default.
    name = path.name if str(path) != STANDARD_INPUT else "standard-input.txt"
    if box() is None:
        put_box_in_force(copy_self=True)
    try:
        found = reading.check(data, name=name, institution=institutions.load(institution))
    except Exception as error:
        if debug:
            raise
        values = {"name": name, "reason": type(error).__name__}
        found = (Finding("error", Severity.BLOCKS, values=values),)
    return Checked(str(path), found)


def _bytes(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == STANDARD_INPUT else path.read_bytes()
