"""A part is in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.languages.identify import identify
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG = 200
_SHARE = 0.25


def mixed(case: Case) -> Iterator[Finding]:
    """A letter or note is in one language: a translation beside it is another version.

    A version that waits for its translation has its set phrases in another language rightly.
    """
    message = case.message
    if message is None or case.recognition.masthead is not None:
        return
    weights: dict[str, int] = {}
    for stretch in case.stretches:
        if stretch.part is not message or stretch.note is not None:
            continue
        if len(stretch.text) < (_LONG if stretch.text.isascii() else _LONG // 3):
            continue
        code = identify(stretch.text).code
        if code in case.institution.languages:
            weights[code] = weights.get(code, 0) + len(stretch.text)
    total = sum(weights.values())
    spoken = sorted(code for code, weight in weights.items() if weight > total * _SHARE)
    if len(spoken) > 1:
        yield Finding(
            "part-language-mixed",
            Severity.WARNS,
            case.place("/communication", near=message),
            {"first_lang": spoken[0], "second_lang": spoken[1]},
        )


CHECK = Check("part-language-mixed", source="Verbale: language belongs to a part", run=mixed)
