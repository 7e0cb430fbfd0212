"""Job numbers: ``GE.21-08237(E)``, ``17-19883 (E) 141117 *1719883*``.

Pattern: [place.]YY-NNNNN, the language's letter, dates DDMMYY, a bar code between asterisks.
Source: documents of Geneva, New York and Vienna, 1998-2021.
"""

from __future__ import annotations

import re

_JOB = re.compile(
    r"(?P<number>(?:(?:GE|V|Na)\.)?\d{2}-\d{5})\s?(?:\((?P<letter>[ACEFRSGO])\))?"
    r"(?:\s+\d{6}){0,3}(?:\s*\*\d{7}\*)?"
)


def find_job_number(text: str) -> tuple[tuple[str, str], int, int] | None:
    """The first job number in *text*: (number, language letter), start, end; ``None`` if none.

    A number without place and letter is taken only with its bar code: ``12-34567`` alone may
    be anything.
    """
    for match in _JOB.finditer(text):
        plain = not match["letter"] and "." not in match["number"] and "*" not in match.group()
        before = text[match.start() - 1 : match.start()]
        if not plain and not before.isalnum():
            return (match["number"], match["letter"] or ""), match.start(), match.end()
    return None
