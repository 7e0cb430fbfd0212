"""The words of findings and errors, one table per language; and the table of the codes."""

from __future__ import annotations

from verbale.messages.codes import Code, codes, rule, source
from verbale.messages.rendering import LANGUAGES, Words, language_name, render, word

__all__ = [
    "LANGUAGES",
    "Code",
    "Words",
    "codes",
    "language_name",
    "render",
    "rule",
    "source",
    "word",
]
