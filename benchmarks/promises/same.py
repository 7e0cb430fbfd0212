"""R10: same input, same bytes, on any clock, in any locale, with any number of workers.

``python same.py FOLDER WORKERS NOTES`` is the process that composes.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from places import BrokenError, MissingError, folder
from workers import EXAMPLE

from verbale import institutions
from verbale.edges.typeset import Typesetter
from verbale.proof.pdf_signing import prepare
from verbale.workflow.circulating import composed, write_versions
from verbale.workflow.orders import Order

HERE = Path(__file__).resolve().parent
DAY = datetime.date(2026, 3, 9)
#: Two worlds: a clock's shift in seconds, zone, locale, order of sets, workers.
WORLDS = (
    {"CLOCK_SHIFT": "0", "TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"CLOCK_SHIFT": "300000000", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8",
     "LANGUAGE": "ar", "PYTHONHASHSEED": "77", "RAYON_NUM_THREADS": "1"},
)  # fmt: skip
WORKERS = (1, 3)


def reproduced(database: str, *, full: bool) -> str:
    """Compose the same notes in two worlds; every file before signing is the same."""
    del database
    notes = 20 if full else 2
    if shutil.which("gcc") is None:
        raise MissingError("no C compiler for the library that moves the clock")
    with folder() as own:
        library = own / "clock.so"
        make = ["gcc", "-shared", "-fPIC", "-o", str(library), str(HERE / "clock.c"), "-ldl"]
        subprocess.run(make, check=True)  # noqa: S603 - ours
        made = []
        years = []
        for number, (world, workers) in enumerate(zip(WORLDS, WORKERS, strict=True)):
            out = own / str(number)
            done = subprocess.run(  # noqa: S603 - ours
                [sys.executable, __file__, str(out), str(workers), str(notes)],
                env={**os.environ, **world, "LD_PRELOAD": str(library)},
                capture_output=True,
                text=True,
                check=True,
            )
            years.append(done.stdout.strip())
            made.append({
                str(path.relative_to(out)): path.read_bytes()
                for path in out.rglob("*") if path.is_file()
            })  # fmt: skip
        if years[0] == years[1]:
            raise BrokenError("the clocks were the same")
        first, second = made
        different = [name for name in first if first[name] != second.get(name)]
        if different or set(first) != set(second):
            raise BrokenError(f"different: {different[:5]}")
    return f"{len(first)} files, in {years[0]} and {years[1]}: equal to the byte"


def _compose(number: int, out: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    changed = text.replace("the northern lake", f"the northern lake, station {number},")
    order = Order((EXAMPLE.name, changed.encode()), date=DAY, today=DAY)
    composition, masthead = composed(order, institutions.load("lakes"))
    files = write_versions(composition, f"note-{number}", masthead, Typesetter())
    for name, (_, data) in files.items():
        ready = prepare(data, lambda lang: f"Signature {lang}") if name[-4:] == ".pdf" else data
        (out / name).write_bytes(ready)


def main(out: Path, workers: int, notes: int) -> None:
    out.mkdir()
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_compose, range(notes), [out] * notes))
    print(datetime.datetime.now(datetime.UTC).year)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
