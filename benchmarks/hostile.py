"""Every file of the hostile corpus, each in an empty folder: `make hostile`.

Prints a table by kind: verdicts as expected, limits kept, nothing leaked. With ``--accept`` the
result is written to ``benchmarks/hostile.json``; what was gained and lost since is shown.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "hostile.json"
SECONDS = 20
MEGABYTES = 512
CANARY_PORT = 47999
LONGEST_NAME = 250
VERBALE = Path(sys.executable).parent / "verbale"


@dataclass
class Outcome:
    """What became of one file."""

    verdict: str
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
    given = row["upload_as"].strip().strip('"')
    if given and "/" not in given and "\0" not in given and len(given.encode()) < LONGEST_NAME:
        return given
    return "in." + row["file"].rpartition(".")[2]


def command(folder: Path, *arguments: str) -> tuple[int, str, str, float, int]:
    """Exit code, output, errors, seconds and peak kilobytes of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [str(VERBALE), *arguments],
            cwd=folder,
            capture_output=True,
            timeout=SECONDS + 10,
            check=False,
            env={**os.environ, "VERBALE_HOME": str(folder / "registry")},
        )
    except subprocess.TimeoutExpired:
        return -1, "", "", time.perf_counter() - start, 0
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
        time.perf_counter() - start,
        peak if peak > before else 0,
    )


def judge(row: dict[str, str], canary: Canary) -> Outcome:
    """Check, recognise and convert one file in an empty folder."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "job"
        folder.mkdir()
        path = folder / name_of(row)
        shutil.copyfile(corpus() / row["file"], path)
        calls = canary.calls
        code, out, err, seconds, peak = command(folder, "check", "--json", f"./{path.name}")
        verdict = "none"
        if out.strip():
            verdict = json.loads(out.splitlines()[-1]).get("verdict", "none")
        outcome = Outcome(verdict)
        allowed = {row["expect"], *filter(None, row["also_ok"].split("|"))}
        if verdict not in allowed:
            outcome.faults.append(f"verdict {verdict}, expected {' or '.join(sorted(allowed))}")
        if code < 0 or seconds > SECONDS:
            outcome.faults.append(f"{seconds:.0f} s")
        if peak > MEGABYTES * 1024:
            outcome.faults.append(f"{peak // 1024} MB")
        texts = [out, err]
        for arguments in (("recognise", "--json"), ("convert", "--to", "txt")):
            _, out, err, seconds, _ = command(folder, *arguments, f"./{path.name}")
            texts += [out, err]
            if seconds > SECONDS:
                outcome.faults.append(f"{arguments[0]}: {seconds:.0f} s")
            if "CANARY-" in out:
                outcome.faults.append(f"{arguments[0]} gives hidden text away")
        if any("Traceback" in text for text in texts):
            outcome.faults.append("a traceback")
        if any("root:x:0" in text for text in texts):
            outcome.faults.append("a file of the machine")
        if list(Path(made).rglob("ESCAPED-*")):
            outcome.faults.append("wrote outside")
        if canary.calls != calls:
            outcome.faults.append("called out")
        return outcome


def main() -> None:
    """Run all, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write benchmarks/hostile.json")
    parser.add_argument("--only", default="", help="kinds that begin with this")
    parser.add_argument("--faults", action="store_true", help="list each fault")
    arguments = parser.parse_args()
    with (corpus() / "INDEX.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["kind"].startswith(arguments.only)]
    canary = Canary()
    canary.start()
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    found: dict[str, list[str]] = {}
    for row in rows:
        outcome = judge(row, canary)
        kinds[row["kind"]][1] += 1
        kinds[row["kind"]][0] += not outcome.faults
        found[row["file"]] = outcome.faults
        if arguments.faults and outcome.faults:
            print(f"{row['file']}: {'; '.join(outcome.faults)}")
    for kind, (good, total) in sorted(kinds.items()):
        print(f"{kind:<22} {good:>3} of {total}")
    good = sum(not faults for faults in found.values())
    print(f"{'all':<22} {good:>3} of {len(found)}")
    if RESULTS.exists():
        before = set(json.loads(RESULTS.read_text("utf-8"))["good"])
        now = {name for name, faults in found.items() if not faults}
        print(f"gained {len(now - before)}, lost {len(before & found.keys() - now)}")
    if arguments.accept:
        names = sorted(name for name, faults in found.items() if not faults)
        RESULTS.write_text(json.dumps({"good": names}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
