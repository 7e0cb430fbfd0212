"""From findings to a verdict on the file, and to an explanation of a code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from verbale.errors import UsageError
from verbale.messages import codes, render, word
from verbale.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_ABOUT_FILE = "file"


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

    What the text is not (no sender, no request) never changes it. A code that stands in no
    table counts as about the file: another package's reader may have seen something grave.
    """
    about_file = {each.severity for each in findings if _is_about_file(each.code)}
    if Severity.BLOCKS in about_file:
        return Verdict.REFUSE
    if Severity.WARNS in about_file:
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


def as_json(finding: Finding, lang: str) -> dict[str, Any]:
    """A finding as the commands print it: code, severity, place, values, words in *lang*.

    ``source`` is the finding's own, else the one of the table of codes.
    """
    words = render(finding.code, finding.values, lang)
    known = codes().get(finding.code)
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "place": place_as_json(finding.place),
        "values": dict(finding.values),
        "message": words.message,
        "remedy": words.remedy,
        "source": finding.source or (known.source if known else ""),
    }


def place_as_json(place: Place) -> dict[str, Any]:
    """The fields of a place that say something; empty for a place that is nowhere."""
    every = ((name, getattr(place, name)) for name in Place.__slots__)
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in every
        if value not in (None, "")
    }


def _is_about_file(code: str) -> bool:
    known = codes().get(code)
    return known is None or known.about == _ABOUT_FILE
