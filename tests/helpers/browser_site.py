"""The site as the browser tests see it."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
#: The sides of a telephone and of a desk.
WIDTHS = (360, 1440)
#: The document of the example, complete in English and with an annex in French.
SYMBOL = "CL/C/12/G/1"


@dataclass(frozen=True)
class Served:
    """A site that answers at *address*."""

    address: str

    def __call__(self, path: str) -> str:
        """The address of *path* on it."""
        return self.address + path
