from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from verbale.messages import codes

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_findings_is_what_the_tables_say() -> None:
    tool = ROOT / "tools" / "write_reference.py"
    done = subprocess.run([sys.executable, tool, "--check"], check=False)  # noqa: S603 - our own tool
    assert done.returncode == 0, "stale: run python tools/write_reference.py"
    page = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    assert page.count("\n### ") == len(codes())
