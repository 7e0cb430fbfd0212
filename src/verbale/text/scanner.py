"""Left-to-right reading of a text that knows its offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, Protocol

if TYPE_CHECKING:
    import re

    from verbale.errors import GrammarError


class ErrorFactory(Protocol):
    """Makes the error to raise: what was expected, the text, the offset."""

    def __call__(self, expected: str, text: str, start: int) -> GrammarError:
        """Make the error."""
        ...


class Scanner:
    """Reads *text* from its start; ``at`` is the offset of the next character."""

    def __init__(self, text: str, *, error: ErrorFactory) -> None:
        self.text = text
        self.at = 0
        self._error = error

    @property
    def done(self) -> bool:
        """Whether everything was read."""
        return self.at >= len(self.text)

    def skip(self, literal: str) -> bool:
        """Step over *literal* if it comes next; say whether it did."""
        if self.text.startswith(literal, self.at):
            self.at += len(literal)
            return True
        return False

    def sees(self, pattern: re.Pattern[str]) -> bool:
        """Whether *pattern* matches at the present offset; nothing is read."""
        return pattern.match(self.text, self.at) is not None

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Read what *pattern* matches here, or nothing."""
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def take(self, pattern: re.Pattern[str], *, expected: str) -> str:
        """Read what *pattern* matches here, or raise saying what was *expected*."""
        match = self.find(pattern)
        if match is None:
            self.fail(expected)
        return match.group()

    def fail(self, expected: str) -> NoReturn:
        """Raise at the present offset."""
        raise self._error(expected, self.text, self.at)
