"""From findings to a verdict on the file, and to an explanation of a code."""

from __future__ import annotations

import difflib
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.messages import codes, render, rule, source, word
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_ABOUT_TEXT = "text"


class Verdict(StrEnum):
    """What becomes of a file that was handed in."""

    ACCEPT = "accept"
    ACCEPT_WITH_WARNING = "accept with warning"
    REFUSE = "refuse"


_SLOT = re.compile(r"\{[a-z_]+\}")
# How a colon is set; in the other languages it follows the word at once.
_COLONS = {"fr": "\u00a0: ", "zh": "："}
_DECIDES = {Verdict.REFUSE: Severity.BLOCKS, Verdict.ACCEPT_WITH_WARNING: Severity.WARNS}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file's name and what was found in it."""

    file: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether the file can be taken."""
        return verdict(self.findings)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes that made the verdict, each once; none where the file is accepted."""
        deciding = {
            Verdict.REFUSE: Severity.BLOCKS,
            Verdict.ACCEPT_WITH_WARNING: Severity.WARNS,
        }
        grave = deciding.get(self.verdict)
        return tuple(
            dict.fromkeys(
                each.code
                for each in self.findings
                if each.severity is grave and not _is_about_text(each.code)
            )
        )

    @property
    def blocks(self) -> bool:
        """Whether a finding, on the file or on its text, keeps it from being issued."""
        return any(each.severity is Severity.BLOCKS for each in self.findings)


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


def explanation(code: str, lang: str) -> dict[str, str]:
    """What the tables say of a code, in *lang*: its message, rule, source, example, remedy.

    Raises `UsageError` for a code that is not in the table, with those that are like it.
    """
    known = codes().get(code)
    if known is None:
        raise UsageError(f"no finding has the code {code!r}", remedy=_nearest(code))
    message, remedy = said_of_any(code, lang)
    told = asdict(known) | {"message": message, "remedy": remedy, "lang": lang}
    text, example = rule(code, lang)
    return told | {"rule": text, "example": example, "source": source(code, lang)}


def said_of_any(code: str, lang: str) -> tuple[str, str]:
    """The message and remedy of a code, not of one finding: each value is an ellipsis."""
    words = render(code, {}, lang)
    return _SLOT.sub("…", words.message), _SLOT.sub("…", words.remedy)


def explain(code: str, lang: str) -> str:
    """The `explanation` of a code as a few lines. Raises `UsageError` like it."""
    told = explanation(code, lang)
    told["severity"] = word(told["severity"], lang)
    labels = ("severity", "rule", "source", "example", "remedy", "since")
    colon = _COLONS.get(lang, ": ")
    lines = [f"{word(label, lang)}{colon}{told[label]}" for label in labels]
    return "\n".join([code, told["message"], "", *lines])


def _nearest(code: str) -> str:
    like = difflib.get_close_matches(code, codes(), n=3, cutoff=0.5)
    if like:
        return f"Did you mean {', '.join(like)}?"
    return "Copy the code as `verbale check` prints it, e.g. masthead-symbol-missing."


def _is_about_text(code: str) -> bool:
    known = codes().get(code)
    return known is not None and known.about == _ABOUT_TEXT
