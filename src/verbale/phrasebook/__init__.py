"""One phrase, two directions: a template with slots writes a phrase and reads it back.

A template is a cell of an institution's ``phrases.tsv``:
``Note verbale dated {date} from {sender} addressed to {addressee}``. A new wording is one line
of data; what we compose we can read.
"""

from __future__ import annotations

from verbale.phrasebook.book import Match, Phrasebook, Written, reading_book
from verbale.phrasebook.template import Bound, Line, Template

__all__ = ["Bound", "Line", "Match", "Phrasebook", "Template", "Written", "reading_book"]
