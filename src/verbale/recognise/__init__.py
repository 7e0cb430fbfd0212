"""Document to Communication with the phrasebook: masthead, title, moves of the note, parts.

Every field that is understood has its place; what is not there is ``None`` and a finding.
"""

from __future__ import annotations

from verbale.recognise.recogniser import recognise

__all__ = ["recognise"]
