"""From findings to a verdict on the file, and to an explanation of a code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.messages import codes, render, word
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_ABOUT_TEXT = "text"


class Verdict(StrEnum):
    """What becomes of a file that was handed in."""

    ACCEPT = "accept"
    ACCEPT_WITH_WARNING = "accept with warning"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file's name and what was found in it."""

    file: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether the file can be taken."""
        return verdict(self.findings)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Judge the file alone: is it safe, is it readable, is nothing hidden in it.

    What the text is not (no sender, no request) never changes it. What kept the file from being
    judged does: a reader that is not installed, or a code in no table, which may be something
    grave that another package's reader saw.
    """
    counting = {each.severity for each in findings if not _is_about_text(each.code)}
    if Severity.BLOCKS in counting:
        return Verdict.REFUSE
    if Severity.WARNS in counting:
        return Verdict.ACCEPT_WITH_WARNING
    return Verdict.ACCEPT


def explain(code: str, lang: str) -> str:
    """What a code means, as a few lines: message, rule, source, example, remedy.

    The message, the remedy and the labels are in *lang*; rule and example are in English.
    Raises `UsageError` for a code that is not in the table.
    """
    known = codes().get(code)
    if known is None:
        raise UsageError(
            f"no finding has the code {code!r}",
            remedy="Copy the code as `verbale check` prints it, e.g. masthead-symbol-missing.",
        )
    words = render(code, {}, lang)
    lines = (
        ("severity", word(known.severity, lang)),
        ("rule", known.rule),
        ("source", known.source),
        ("example", known.example),
        ("remedy", words.remedy),
        ("since", known.since),
    )
    return "\n".join(
        [code, words.message, "", *(f"{word(label, lang)}: {text}" for label, text in lines)]
    )


def _is_about_text(code: str) -> bool:
    known = codes().get(code)
    return known is not None and known.about == _ABOUT_TEXT
