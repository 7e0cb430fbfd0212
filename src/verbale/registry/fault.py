"""What an audit says of a register that does not agree with itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.messages import render

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Fault:
    """One disagreement: a code of ``messages/codes.tsv``, and what stands in its slots.

    Its values name the entry, leaf, head, series or file that it is about. As a string it is
    its English sentence, for logs.
    """

    code: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return render(self.code, self.values, "en").message
