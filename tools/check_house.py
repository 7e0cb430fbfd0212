"""House rules that no linter knows: size of modules, changelog fragments, words left behind."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 530
LARGEST = 16 * 1024 * 1024
FRAGMENT = re.compile(r"\d+\.(added|changed|fixed|removed|security|rules)\.md\Z")
LEFT_BEHIND = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")


def tracked() -> list[Path]:
    """The files git has."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the git of whoever runs the check
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def complaints() -> list[str]:
    """One line for each rule that is broken."""
    found = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if not path.is_file():
            continue
        if path.stat().st_size > LARGEST:
            found.append(f"{name}: larger than {LARGEST >> 20} MB")
        if name.startswith("changes/") and not FRAGMENT.match(path.name):
            found.append(f"{name}: call a fragment NUMBER.added.md (or changed, fixed, …)")
        if path.suffix != ".py" or not name.startswith(("src/", "tools/")):
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        if len(lines) > LONGEST and "/migrations/" not in name:
            found.append(f"{name}: {len(lines)} lines; one idea in {LONGEST} lines at most")
        if path != Path(__file__).resolve():
            found += [
                f"{name}:{number}: left behind: {line.strip()}"
                for number, line in enumerate(lines, start=1)
                if LEFT_BEHIND.search(line)
            ]
    if not any(path.parent.name == "changes" for path in tracked()):
        found.append("changes/: no fragment says what the user sees of this change")
    return found


if __name__ == "__main__":
    broken = complaints()
    for line in broken:
        print(line)
    sys.exit(1 if broken else 0)
