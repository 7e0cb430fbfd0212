"""``python -m verbale_store upgrade HOME``: bring a register to this version's shape."""

from __future__ import annotations

import sys
from pathlib import Path

from verbale.errors import VerbaleError
from verbale_store.opening import upgrade_store

_WORDS = 2


def main(words: list[str]) -> int:
    """Run the upgrade; exit code 0 done, 2 not possible."""
    if len(words) != _WORDS or words[0] != "upgrade":
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        steps = upgrade_store(Path(words[1]))
    except VerbaleError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("".join(f"{step}\n" for step in steps))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
