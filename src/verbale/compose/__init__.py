"""Communication and parts to the six versions, as document trees, with the phrasebook.

Writers turn the trees into bytes and know nothing of phrases.
"""

from __future__ import annotations

from verbale.compose.composer import Composition, Version, compose, page_labels, with_symbols

__all__ = ["Composition", "Version", "compose", "page_labels", "with_symbols"]
