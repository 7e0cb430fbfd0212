"""The tool that tests the promises runs, says what it found, and tells a promise it has not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[3] / "benchmarks" / "promises" / "run.py"


def tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, str(TOOL), *arguments], capture_output=True, text=True, check=False
    )


def test_a_promise_is_tested_and_its_verdict_printed() -> None:
    done = tool("R11", "--database", "sqlite")
    assert (done.returncode, done.stderr) == (0, "")
    assert " kept " in done.stdout


@pytest.mark.parametrize("promise", ["S1", "S3", "S5"])
def test_the_promises_of_signatures_are_kept(promise: str) -> None:
    done = tool(promise)
    assert done.returncode == 0, done.stdout
    assert " kept " in done.stdout


def test_a_promise_that_is_not_there_is_refused_with_those_there_are() -> None:
    done = tool("R99")
    assert done.returncode == 2
    assert "R1, R2, R3" in done.stderr
