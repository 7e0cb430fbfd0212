"""What a command does not need it does not load: a command is started for one small answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"django", "lxml", "pikepdf", "pyhanko", "tantivy", "typst"}
#: Runs one command, then says on standard error which packages were loaded.
PROGRAM = """
import json, sys
from verbale.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
finally:
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})), file=sys.stderr)
"""
NOTE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip()
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    found = loaded(*arguments)
    assert "verbale" in found
    assert not found & HEAVY


def test_recognising_a_text_loads_nothing_heavy() -> None:
    found = loaded("recognise", str(NOTE))
    assert "verbale" in found
    assert not found & HEAVY
