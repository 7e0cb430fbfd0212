"""Whether a text as composed holds wording that nobody has reviewed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from verbale.compose.phrases import capital, phrase
from verbale.institutions.model import Review
from verbale.languages import rules
from verbale.model.walk import plain
from verbale.phrasebook import Line, Phrasebook
from verbale.text.folding import same_text
from verbale.text.sentences import sentences

if TYPE_CHECKING:
    import datetime

    from verbale.institutions import Institution


#: Kept between documents: their tables cost more to make than a version has to ask.
_KEPT: dict[tuple[int, str, str | None, datetime.date | None], Candidates] = {}
_MOST_KEPT, _MOST_SAID = 64, 4096


def candidates(
    institution: Institution, lang: str, *, body: str | None, moment: datetime.date | None
) -> Candidates:
    """The `Candidates` of a language and body at a date, made once and kept for the next."""
    key = (id(institution), lang, body, moment)
    held = _KEPT.get(key)
    # The institution is kept in its book, so that its id is not given to another.
    if held is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        held = _KEPT[key] = Candidates(institution, lang, body=body, moment=moment)
    return held


class Candidates:
    """Tells it by reading a text back and seeing which cells would write it again.

    A text that no wording of the tables reads counts as unreviewed: in doubt, a person looks.
    """

    def __init__(
        self,
        institution: Institution,
        lang: str,
        *,
        body: str | None,
        moment: datetime.date | None,
    ) -> None:
        self._book = Phrasebook(institution, moment=moment)
        self._said: dict[str, bool] = {}
        self._turn = threading.Lock()
        # Some lines of a masthead stay in another language: there the text may be of either.
        self._langs = dict.fromkeys((lang, institution.masthead_lines_in.get(lang, lang)))
        self._body = body
        keys = dict.fromkeys(key.partition("@")[0] for key in institution.phrases)
        self._anchors = [
            (anchor, each, key)
            for each in self._langs
            for key in keys
            for anchor in self._book.anchors(key, each)
        ]
        agenda = institution.agenda(body or "") or {}
        self._known = {
            cells[lang].text: cells[lang].review for cells in agenda.values() if lang in cells
        }
        names = {capital(rules(each).language_names[lang]) for each in self._langs}
        self._known |= dict.fromkeys(names, Review.REVIEWED)

    def __call__(self, text: str) -> bool:
        """Whether any sentence of *text* holds a candidate."""
        known = self._known.get(text)
        if known is not None:
            return known is Review.CANDIDATE
        return any(self._sentence(text[start:end]) for start, end in sentences(text))

    def _sentence(self, text: str) -> bool:
        with self._turn:
            if text not in self._said:
                if len(self._said) >= _MOST_SAID:
                    self._said.clear()
                self._said[text] = self._read(text)
            return self._said[text]

    def _read(self, text: str) -> bool:
        line = Line(text)
        lower = line.lower
        fitting = [(lang, key) for anchor, lang, key in self._anchors if anchor in lower]
        for lang, key in dict.fromkeys(fitting):
            self._book.printed.clear()
            try:
                match = self._book.read(key, lang, line)
                if match is None:
                    continue
                values = {bound.name: bound.value for bound in match.bound} | {"fn": False}
                written = self._book.write(key, lang, values, body=self._body).text
            except KeyError:
                # A wording with slots of its own, or one that is only read.
                continue
            if same_text(plain(phrase(capital(written))).rstrip("."), text.rstrip(".")):
                return bool(self._book.candidates())
        return True
