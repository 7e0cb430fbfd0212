"""Every hostile file of the corpus, and as many made anew, each in an empty folder.

`make hostile`. For each file the command ``verbale check`` is run as a stranger would run it;
what ``recognise`` and ``convert`` give of it is made by the library, in boxes. Prints a table
by kind: verdicts as expected, limits kept, what must be said said, nothing leaked, and how long
it took. With ``--accept`` the result is written to ``benchmarks/hostile.json``; what was gained
and lost since is shown. With ``FULL=1`` it is 10,000 files that are damaged at random.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

import damaging  # noqa: E402
import hostile_files  # noqa: E402

from verbale import institutions  # noqa: E402
from verbale.edges.box.boxes import Boxes  # noqa: E402
from verbale.errors import VerbaleError  # noqa: E402
from verbale.workflow import reading, shapes  # noqa: E402
from verbale.workflow.outside import use_box  # noqa: E402

RESULTS = ROOT / "benchmarks" / "hostile.json"
SECONDS = 20
MEGABYTES = 512
CANARY_PORT = 47999
LONGEST_NAME = 250
DAMAGED = 300
SMALL = 200_000
DAMAGED_FULL = 10_000
WORKERS = min(2, os.cpu_count() or 1)
VERBALE = Path(sys.executable).parent / "verbale"
FORMATS = ("txt", "html", "md")
#: What the findings on a file of a kind must say, where a program can tell: the first words of
#: the kind, and a pattern for the codes and English sentences.
SAYS = {
    "docx-embedded": "object|embed",
    "docx-external": "elsewhere|outside",
    "docx-macro": "macro",
    "docx-password": "password",
    "docx-template": "template",
    "docx-tracked": "change|comment",
    "docx-xxe": "DOCTYPE|entit",
    "gen-ambiguous": "two",
    "gen-empty": "empty",
    "gen-external-ref": "elsewhere|outside",
    "gen-hidden-content": "hidden",
    "gen-image-bomb": "points",
    "gen-macro-disguise": "macro",
    "gen-mismatch": "name",
    "gen-path-traversal": "name",
    "gen-pdf-active2": "script|action",
    "gen-pdf-attach2": "attach",
    "gen-polyglot": "two",
    "gen-truncated": "incomplete",
    "gen-xml-bomb": "DOCTYPE|entit",
    "gen-xxe": "DOCTYPE|entit",
    "gen-zip-bomb": "more than",
    "legacy-type": "not taken|password",
    "odt-hidden": "change|hidden",
    "odt-macro": "macro|script|not known",
    "pdf-attach": "attach",
    "pdf-password": "password|encrypt|lock|damaged",
    "pdf-scan": "scan|text layer|picture|damaged|no text",
    "sig-": "sign",
    "wrong-type": "not taken|name|not known",
}


@dataclass(frozen=True)
class Job:
    """A file to judge: where it is from, its kind and name, what is right for it."""

    key: str
    kind: str
    name: str
    data: bytes
    allowed: frozenset[str]
    says: str = ""


@dataclass
class Outcome:
    """What became of one file."""

    seconds: float = 0.0
    peak: int = 0
    faults: list[str] = field(default_factory=list)


class Canary(threading.Thread):
    """Listens where the hostile files try to reach, and counts who comes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", CANARY_PORT))

    def run(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            self.calls += 1
            connection.close()


def corpus() -> Path:
    """The folder of hostile files."""
    return Path(os.environ.get("VERBALE_CORPUS", ROOT.parent / "shared" / "corpus")) / "hostile"


def name_of(row: dict[str, str]) -> str:
    """The name the sender gave the file, else ``in.`` and its ending."""
    given = str(json.loads(row["upload_as"] or '""'))
    size = len(os.fsencode(given))
    if given and "/" not in given and "\0" not in given and size < LONGEST_NAME:
        return given
    return "in." + row["file"].rpartition(".")[2]


def of_corpus() -> list[Job]:
    """The files of the corpus, as its index describes them."""
    jobs = []
    with (corpus() / "INDEX.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            allowed = frozenset({row["expect"], *filter(None, row["also_ok"].split("|"))})
            says = next((v for k, v in SAYS.items() if row["kind"].startswith(k)), "")
            data = (corpus() / row["file"]).read_bytes()
            jobs.append(Job(row["file"], row["kind"], name_of(row), data, allowed, says))
    return jobs


def made_anew() -> list[Job]:
    """The files that are made here."""
    return [
        Job(f"new/{m.kind}/{m.name}", f"new-{m.kind}", m.name, m.data, m.allowed, m.says)
        for m in hostile_files.every()
    ]


def checked(folder: Path, name: str) -> tuple[str, str, float, int]:
    """Output, errors, seconds and peak megabytes of ``verbale check`` on one file."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [str(VERBALE), "check", "--json", f"./{name}"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env={**os.environ, "VERBALE_HOME": str(folder / "registry")},
            start_new_session=True,
        )
        timer = threading.Timer(SECONDS + 10, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        texts = (out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace"))
    return *texts, seconds, usage.ru_maxrss // 1024


def judge(job: Job, institution: Any) -> Outcome:  # noqa: ANN401 - as the library gives it
    """Check, recognise and convert one file in an empty folder."""
    outcome = Outcome()
    faults = outcome.faults
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "job"
        folder.mkdir()
        (folder / job.name).write_bytes(job.data)
        out, err, outcome.seconds, outcome.peak = checked(folder, job.name)
        found: dict[str, Any] = {}
        with suppress(ValueError, IndexError):
            found = json.loads(out.splitlines()[-1])
        verdict = found.get("verdict", "none")
        if verdict not in job.allowed:
            faults.append(f"verdict {verdict}, expected {' or '.join(sorted(job.allowed))}")
        words = " ".join(f"{f['code']} {f['message']}" for f in found.get("findings", []))
        if job.says and verdict != "accept" and not re.search(job.says, words, re.IGNORECASE):
            faults.append(f"does not say {job.says!r}")
        if verdict == "refuse" and not all(
            f["message"] and f["remedy"] for f in found["findings"] if f["severity"] == "blocks"
        ):
            faults.append("a refusal without a reason or a remedy")
        if outcome.seconds > SECONDS:
            faults.append(f"{outcome.seconds:.0f} s")
        if outcome.peak > MEGABYTES:
            faults.append(f"{outcome.peak} MB")
        start = time.perf_counter()
        given = outputs(job, institution)
        if time.perf_counter() - start > SECONDS * (len(FORMATS) + 1):
            faults.append("recognise and convert take too long")
        for text in (out, err, *given):
            faults += [said for mark, said in LEAKS.items() if mark in text]
        if list(Path(made).rglob("*ESCAPED-*")):
            faults.append("wrote outside")
        shutil.rmtree(folder)
    return outcome


LEAKS = {
    "CANARY-": "hidden text comes out",
    "root:x:0": "a file of the machine comes out",
    "Traceback": "a traceback",
}


def outputs(job: Job, institution: Any) -> list[str]:  # noqa: ANN401
    """What ``recognise`` and ``convert`` give of a file, or why they do not."""
    said = []
    try:
        found = reading.recognise_file(job.data, name=job.name, institution=institution)
        said.append(json.dumps(shapes.recognition_shape(found, "en"), ensure_ascii=False))
        said += [
            reading.convert(job.data, name=job.name, to=form).decode("utf-8")
            for form in FORMATS
        ]
    except VerbaleError as error:
        said.append(str(error))
    except Exception as error:  # noqa: BLE001 - the fault that is looked for
        said.append(f"Traceback: {type(error).__name__}: {error}")
    return said


def damaged(count: int, institution: Any) -> tuple[int, list[str]]:  # noqa: ANN401
    """How many damaged files were checked, and those that broke or outran their reader."""
    boxes = Boxes(copy_self=True)
    good = [(made.name, made.data) for made in hostile_files.honest()]
    good += [(job.name, job.data) for job in of_corpus() if len(job.data) < SMALL]
    faults = []
    for number, (name, data) in enumerate(damaging.cases(good, count)):
        codes = {f.code for f in boxes.check(data, name=name, institution=institution)}
        bad = codes & {"reader-broke", "reading-too-long", "reading-too-much-memory"}
        if bad:
            faults.append(f"case {number} of {name}: {', '.join(bad)}")
    return count, faults


def main() -> None:
    """Run all, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write benchmarks/hostile.json")
    parser.add_argument("--only", default="", help="kinds that begin with this")
    arguments = parser.parse_args()
    institution = institutions.load("un")
    if not arguments.only:
        count, broke = damaged(
            DAMAGED_FULL if os.environ.get("FULL") == "1" else DAMAGED, institution
        )
        print(f"{'damaged':<22} {count - len(broke):>5} of {count:>5}")
        print("".join(f"  {each}\n" for each in broke), end="")
    canary = Canary()
    canary.start()
    jobs = [j for j in (*of_corpus(), *made_anew()) if j.kind.startswith(arguments.only)]
    boxes = Boxes(keepers=WORKERS)
    use_box(boxes)
    start = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as workers:
        outcomes = list(workers.map(lambda job: judge(job, institution), jobs))
    boxes.close()
    report(jobs, outcomes, canary.calls, time.perf_counter() - start)
    compare(jobs, outcomes, accept=arguments.accept)


def report(jobs: list[Job], outcomes: list[Outcome], calls: int, seconds: float) -> None:
    """The table: good of all, median and longest seconds, peak, by kind; then each fault."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for job, outcome in zip(jobs, outcomes, strict=True):
        kinds[job.kind].append(outcome)
        kinds["all, corpus" if job.key.count("/") == 0 else "all, made anew"].append(outcome)
    print(f"{'kind':<22} {'good':>5}    {'all':>5}  {'median s':>8} {'longest':>8} {'MB':>5}")
    for kind, found in sorted(kinds.items(), key=lambda each: each[0].startswith("all")):
        times = [each.seconds for each in found]
        print(
            f"{kind:<22} {sum(not each.faults for each in found):>5} of {len(found):>5}"
            f"  {statistics.median(times):>8.2f} {max(times):>8.2f}"
            f" {max(each.peak for each in found):>5}"
        )
    for job, outcome in zip(jobs, outcomes, strict=True):
        if outcome.faults:
            print(f"{job.key}: {'; '.join(outcome.faults)}")
    print(f"calls to the canary's port: {calls}; {seconds:.0f} s in all")


def compare(jobs: list[Job], outcomes: list[Outcome], *, accept: bool) -> None:
    """What was gained and lost since the result that is kept."""
    now = {job.key for job, outcome in zip(jobs, outcomes, strict=True) if not outcome.faults}
    if RESULTS.exists():
        before = set(json.loads(RESULTS.read_text("utf-8"))["good"])
        run = {job.key for job in jobs}
        print(f"gained {len(now - before)}, lost {len((before & run) - now)}")
    if accept:
        good = {"good": sorted(now), "run": len(jobs)}
        RESULTS.write_text(json.dumps(good, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
