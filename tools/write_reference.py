"""Write the pages of docs/reference that come from tables: ``python tools/write_reference.py``.

With ``--check`` nothing is written; the exit code is 1 when a page is not what it should be.
"""

from __future__ import annotations

import sys
from pathlib import Path

from verbale.messages import codes, render
from verbale.registry.states import MOVES, State, drawing

ROOT = Path(__file__).resolve().parent.parent
FINDINGS = ROOT / "docs" / "reference" / "findings.md"
STATES = ROOT / "docs" / "reference" / "states.md"

_ABOUT = {
    "text": (
        "About the text",
        "What the text says, or leaves out. These never change the verdict on the file.",
    ),
    "file": (
        "About the file",
        """Whether the file can be taken: is it safe, is it readable, is nothing hidden in it. A
finding that blocks makes the verdict `refuse`, one that warns `accept with warning`.""",
    ),
    "act": (
        "About what was asked",
        "Errors of the program, of the registry, of what was asked.",
    ),
}

_TOP = """# Findings

Written by `tools/write_reference.py` from `src/verbale/messages/codes.tsv` and `en.tsv`; do not
edit.

A code is stable: it is never given another meaning, and one that is given up is never used
again. `verbale check --explain CODE` shows the same in six languages. The severity is the usual
one; a finding carries its own. Names in braces are values of the finding."""


def findings_page() -> str:
    """The reference of the codes, in the order of the table."""
    lines = [_TOP]
    for about, (title, said) in _ABOUT.items():
        lines += ["", f"## {title}", "", said]
        for row in codes().values():
            if row.about != about:
                continue
            words = render(row.code, {}, "en")
            lines += [
                "",
                f"### {row.code}",
                "",
                f"{words.message} {words.remedy}",
                "",
                f"- Severity: {row.severity}",
                f"- Rule: {row.rule}",
                f"- Source: {row.source}",
                f"- Example: {row.example}",
                f"- Since: {row.since}",
            ]
    return "\n".join(lines) + "\n"


def states_page() -> str:
    """The states of an entry and the acts allowed in each, drawn and as a table."""
    lines = [
        "# States of an entry",
        "",
        "Written by `tools/write_reference.py` from `verbale.registry.states`; do not edit.",
        "",
        "Each act leads from the state on the left to the one named; where a cell is empty the",
        "act is not allowed, and says so with what is.",
        "",
        f"| act | (none) | {' | '.join(State)} |",
        f"|---|{'---|' * (len(State) + 1)}",
    ]
    for act, moves in MOVES.items():
        cells = [moves.get(None, ""), *(moves.get(state, "") for state in State)]
        lines.append(f"| {act} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", "```mermaid", drawing().rstrip(), "```", ""])


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them."""
    pages = {FINDINGS: findings_page(), STATES: states_page()}
    if "--check" in arguments:
        return int(
            any(
                not path.is_file() or path.read_text(encoding="utf-8") != page
                for path, page in pages.items()
            )
        )
    for path, page in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
