"""Papers as missions send them, and what a translator makes of each of their sentences."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.compose.phrases import capital
from verbale.errors import RegistryError
from verbale.languages import rules
from verbale.model.communication import Office, Sender
from verbale.model.masthead import AgendaItem
from verbale.phrasebook import Phrasebook
from verbale.phrasebook.template import FOOTNOTE
from verbale.text.folding import squeeze
from verbale_portal.demo.papers import OWN, annex_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.compose.translation import Bitext, Segment, Unit
    from verbale.institutions import Institution
    from verbale_portal.demo.papers import Paper, Story

_ADDRESSEE = "SEC"
#: The town that notes are dated from, in each language.
_TOWN = {
    "ar": "بورتافيل، {date}",
    "zh": "波塔韦尔，{date}",
    "en": "Portavel, {date}",
    "fr": "Portavel, le {date}",
    "ru": "Портавель, {date}",
    "es": "Portavel, {date}",
}
_NOTE = {
    "ar": "مذكرة شفوية",
    "zh": "普通照会",
    "en": "Note verbale",
    "fr": "Note verbale",
    "ru": "Вербальная нота",
    "es": "Nota verbal",
}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the papers of a story by the tables of an institution."""

    story: Story
    institution: Institution
    book: Phrasebook

    @classmethod
    def of(cls, story: Story, institution: Institution) -> Writer:
        """A writer with the institution's phrases."""
        return cls(story, institution, Phrasebook(institution))

    def file(self, paper: Paper) -> tuple[str, bytes]:
        """The communication as a Markdown file: its name and bytes."""
        lang = paper.language
        said = [self.sentence(paper, key, lang) for key in paper.say]
        gap = "" if lang == "zh" else " "
        if not paper.state:
            blocks = [gap.join(said)]
        elif paper.is_letter:
            blocks = self._letter(paper, [said[0], gap.join(said[1:])])
        else:
            blocks = self._note(paper, [said[0], gap.join(said[1:])])
        annex = annex_of(paper) if paper.act else None
        if annex:
            # What amends a document is one file.
            blocks.append(annex[1].decode("utf-8").rstrip("\n"))
        text = "\n\n".join(block for block in blocks if block) + "\n"
        kind = "letter" if paper.is_letter else "note-verbale" if paper.state else paper.act
        return f"{kind}-{paper.language}.md", text.encode("utf-8")

    def sentence(self, paper: Paper, key: str, lang: str) -> str:
        """One sentence of a paper in one language; empty where nobody wrote it."""
        wording = paper.own if key == OWN else self.story.frames[key]
        subject = paper.subject.get(lang, "")
        if lang not in wording or ("{subject}" in wording[lang] and not subject):
            return ""
        said = wording[lang].replace("{subject}", subject).replace("{symbol}", paper.about)
        return said.replace("{of}", self._of(paper.state, lang)) if paper.state else said

    def translations(self, paper: Paper, lang: str) -> Mapping[str, str]:
        """What each sentence of a paper is in *lang*, by the sentence as it was sent."""
        keys = list(paper.say)
        if paper.is_letter:
            keys += ["address", "representative", "letterhead", "to-president"]
        pairs = {
            self.sentence(paper, key, paper.language): self.sentence(paper, key, lang)
            for key in keys
        }
        for who in (self.story.signatories.get(paper.state, {}),) if paper.is_letter else ():
            pairs[self._signed(who[paper.language], paper.language)] = self._signed(
                who[lang], lang
            )
        return {squeeze(text): made for text, made in pairs.items() if made}

    def _note(self, paper: Paper, said: list[str]) -> list[str]:
        lang = paper.language
        day = rules(lang).date(paper.at.date() - datetime.timedelta(days=1))
        values = self._values(paper)
        return [
            f"# {_NOTE[lang]}",
            *said,
            self._phrase("sentence.request.note", paper, values),
            self._phrase("sentence.closing", paper, values),
            _TOWN[lang].format(date=day),
            self._as_received(paper),
        ]

    def _letter(self, paper: Paper, said: list[str]) -> list[str]:
        lang = paper.language
        frames = self.story.frames
        of = self._of(paper.state, lang)
        name = self.story.signatories[paper.state][lang]
        return [
            frames["letterhead"][lang].format(of=of),
            rules(lang).date(paper.at.date() - datetime.timedelta(days=1)),
            frames["address"][lang],
            *said,
            self._phrase("sentence.request.letter", paper, self._values(paper)),
            self._signed(name, lang),
            frames["representative"][lang].format(of=of),
            frames["to-president"][lang],
            self._as_received(paper),
        ]

    def _values(self, paper: Paper) -> dict[str, object]:
        return {
            "sender": Sender(None, Office.MISSION, None, ""),
            "addressee": _ADDRESSEE,
            "fn": "",
            "ordinal": int(paper.session),
            "body": paper.body,
            "items": (AgendaItem.parse(paper.item),),
        }

    def _phrase(self, key: str, paper: Paper, values: dict[str, object]) -> str:
        if not paper.annex and key.startswith("sentence.request"):
            key += ".alone"
        values = {**values, "fn": bool(paper.annex)}
        text = self.book.write(key, paper.language, values, body=paper.body).text
        return capital(text).replace(FOOTNOTE, "*")

    def _as_received(self, paper: Paper) -> str:
        if not paper.annex:
            return ""
        text = self.book.write("footnote.as-received", paper.language, {}).text
        return f"\\* {text}"

    def _signed(self, name: str, lang: str) -> str:
        return self.book.write("move.signed", lang, {"text": name}).text

    def _of(self, state: str, lang: str) -> str:
        return self.institution.states[f"{state}.formal.of"][lang][0].text


def translated(work: Bitext, said: Mapping[str, str]) -> Bitext:
    """A translator's file with its free text filled from *said*.

    Raises `RegistryError` for a sentence that the demonstration has no translation of.
    """
    return replace(work, units=tuple(_unit(unit, said) for unit in work.units))


def _unit(unit: Unit, said: Mapping[str, str]) -> Unit:
    segments = tuple(_segment(each, said) if each.free else each for each in unit.segments)
    return replace(unit, segments=segments)


def _segment(segment: Segment, said: Mapping[str, str]) -> Segment:
    text = squeeze("".join(each for each in segment.source if isinstance(each, str)))
    if text not in said:
        raise RegistryError(
            f"the demonstration has no translation of {text!r}",
            remedy="Add it to the paper's sentences.",
        )
    return replace(segment, target=(said[text],))
