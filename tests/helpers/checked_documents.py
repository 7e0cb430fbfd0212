"""For each check a document that it must find fault with, and one that it must pass.

The documents are those of an invented conference, whole, as missions and secretariats would
send them; a fault is one change to one of them. They go through reader, recognition and
every check.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from verbale.workflow.reading import convert

ISSUED = """Conference of the Lakes

CL/C/12/G/1

Assembly of the Lakes

Distr.: General
9 March 2026
Original: English

Council of the Lakes

Twelfth session

2–20 March 2026

Agenda item 8

Ice cover and winter navigation

Note verbale dated 9 March 2026 from the Permanent Mission of Meravia to the Conference of the \
Lakes addressed to the Secretary of the Conference

The Permanent Mission of the Republic of Meravia to the Conference of the Lakes presents its \
compliments to the Secretary of the Conference and has the honour to transmit herewith the \
observations of its Hydrographic Service (see annex).

The Permanent Mission kindly requests the Secretary of the Conference to circulate the present \
note verbale and the annex thereto* as a document of the twelfth session of the Council of the \
Lakes under agenda item 8.

* Reproduced as received, in the language of submission only.

Annex to the note verbale dated 9 March 2026 from the Permanent Mission of Meravia to the \
Conference of the Lakes addressed to the Secretary of the Conference

OBSERVATIONS OF THE HYDROGRAPHIC SERVICE

1. The ice covered the northern lake from 14 December 2025 to 2 March 2026 (79 days).

2. The lights were taken out on Wednesday, 10 December 2025 and put back on 6 March 2026.

3. The winter channel stayed open, and no accident was reported there.

4. Measurements are made every day, in accordance with the decision on exchange of data.

26-00001 (E)
"""

NOTE = """Note verbale

The Permanent Mission of the Republic of Meravia to the Conference of the Lakes presents its \
compliments to the Secretary of the Conference and has the honour to transmit herewith the \
observations of its Hydrographic Service (see annex).

The Permanent Mission kindly requests the Secretary of the Conference to circulate the present \
note verbale and the annex thereto as a document of the twelfth session of the Council of the \
Lakes under agenda item 8.

The Permanent Mission of the Republic of Meravia avails itself of this opportunity to renew to \
the Secretary of the Conference the assurances of its highest consideration.

Portavel, 9 March 2026

Annex

OBSERVATIONS OF THE HYDROGRAPHIC SERVICE

The ice covered the northern lake from 14 December 2025 to 2 March 2026, and the winter \
channel stayed open all the time.
"""
NOTE_TEXT, ANNEX = NOTE.split("Annex\n")
ANNEX = f"Annex\n{ANNEX}"

LETTER = """Portavel, 9 March 2026

Excellency,

I have the honour to transmit herewith the observations of our Hydrographic Service (see annex).

I should be grateful if you would have the present letter and its annex circulated as a \
document of the twelfth session of the Council of the Lakes under agenda item 8.

(Signed) Anna Lindqvist
Permanent Representative of Meravia to the Conference of the Lakes

Annex

OBSERVATIONS OF THE HYDROGRAPHIC SERVICE

The ice covered the northern lake from 14 December 2025 to 2 March 2026.
"""

#: Letters to two addressees.
IDENTICAL = (
    ISSUED.partition("Note verbale dated")[0]
    + """Identical letters dated 9 March 2026 \
from the Permanent Representative of Meravia to the Conference of the Lakes addressed to the \
Secretary of the Conference and the President of the Council of the Lakes

I should be grateful if you would have the present letter circulated as a document of the \
twelfth session of the Council of the Lakes under agenda item 8.

(Signed) Anna Lindqvist
"""
)

#: A masthead of the United Nations over a text of nobody.
COUNCIL = """United Nations

A/HRC/43/30

General Assembly

Distr.: General
6 March 2020
Original: English

Human Rights Council

Forty-third session

24 February–20 March 2020

Agenda item 4

Human rights situations that require the Council’s attention

Observations on the exchange of data

The Security Council, in its resolution 822 (1993), and General Assembly resolution \
60/214 of 22 December 2005 spoke of the exchange of data; see A/HRC/43/29.
"""

PORTUGUESE = (
    "A Missão Permanente tem a honra de transmitir as observações do Serviço Hidrográfico "
    "sobre a cobertura de gelo do lago do norte, que não foi interrompida durante o "
    "inverno, e sobre "
    "as medições que são feitas todos os dias pelas estações de pesquisa da República. As "
    "séries completas estão à disposição das outras estações, de acordo com a "
    "decisão sobre o assunto."
)
FRENCH = (
    "La Mission permanente de la République de Méravie auprès de la Conférence des lacs "
    "présente ses compliments au Secrétaire de la Conférence et a l’honneur de lui "
    "transmettre ci-joint "
    "les observations de son Service hydrographique sur la couverture de glace du lac du Nord, "
    "qui n’a pas été interrompue pendant tout l’hiver, ainsi que les mesures de chaque jour."
)
FRENCH_ANNEX = f"Annex\n\nOBSERVATIONS\n\n{FRENCH}\n"
ONE_TABLE = "<table><tr><{0}>Station</{0}><{0}>Ice</{0}></tr><tr><td>Reed</td><td>41</td></tr>"
PICTURE = (
    '<img alt="{}" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEA'
    'AAIBRAA7">'
)


@dataclass(frozen=True)
class Pair:
    """A document that passes a check, and what makes it fail: one text put for another.

    ``name`` tells the reader the format; ``today`` is the day it is submitted on.
    """

    passes: str
    old: str
    new: str
    institution: str = "lakes"
    name: str = "in.txt"
    today: str = ""

    @property
    def fails(self) -> str:
        """The document with the fault in it."""
        assert self.old in self.passes
        return self.passes.replace(self.old, self.new)


def page(body: str) -> str:
    """A page of HTML."""
    return f"<!DOCTYPE html><html lang='en'><body><p>Ice on the lake.</p>{body}</body></html>"


def as_json(text: str, name: str) -> str:
    """The document as our own JSON, for what text cannot show."""
    return convert(text.encode(), name=name, to="json").decode()


def with_property(document: str, name: str, value: str) -> str:
    """A document in JSON with a property of its file."""
    tree = json.loads(document) | {"properties": [[name, value]]}
    return json.dumps(tree, separators=(",", ":"))


_NOTE_OF = "from the Permanent Mission of Meravia"
_HEADING = "Annex to the note verbale dated 9 March 2026"
_DATES = "2–20 March 2026"
_CLAIM = "the winter channel stayed open all the time"
_MARCH = ("9 March 2026", "9 April 2026")


def in_council(old: str, new: str) -> Pair:
    """A fault of a document with a masthead of the United Nations."""
    return Pair(COUNCIL, old, new, "un")


PAIRS = {
    "addressee-unusual": Pair(
        NOTE.replace("twelfth session of the Council", "sixth session of the Assembly"),
        "compliments to the Secretary of the Conference",
        "compliments to the President of the Council of the Lakes",
    ),
    "addressees-order": Pair(
        IDENTICAL,
        "the Secretary of the Conference and the President of the Council of the Lakes",
        "the President of the Council of the Lakes and the Secretary of the Conference",
    ),
    "agenda-item-missing": Pair(NOTE, " under agenda item 8", ""),
    "agenda-item-unknown": Pair(NOTE, "agenda item 8", "agenda item 41"),
    "agenda-source-missing": Pair(
        ISSUED.replace("Agenda item 8", "Item 8 of the provisional agenda*").replace(
            "* Reproduced as received, in the language of submission only.", "* CL/C/12/1."
        ),
        "* CL/C/12/1.\n\n",
        "",
    ),
    "agenda-title-differs": Pair(
        ISSUED, "Ice cover and winter navigation", "Safety of navigation on the shared lakes"
    ),
    "annex-empty": Pair(NOTE, ANNEX, "Annex\n"),
    "annex-heading-differs": Pair(ISSUED, _HEADING, _HEADING.replace("9 March", "8 March")),
    "annex-language-unofficial": Pair(NOTE, ANNEX, f"Annex\n\n{PORTUGUESE}\n"),
    "annex-missing": Pair(NOTE, ANNEX, ""),
    "annex-not-announced": Pair(
        NOTE_TEXT.replace("herewith ", "").replace(" and the annex thereto", "") + ANNEX,
        " (see annex)",
        "",
    ),
    "annex-numbering": Pair(
        f"{NOTE_TEXT}Annex I\n\nWater levels.\n\nAnnex II\n\nIce.\n", "Annex II", "Annex III"
    ),
    "annex-reference-unknown": Pair(
        NOTE.replace("(see annex)", "(see annex I)").replace("Annex\n", "Annex I\n"),
        "(see annex I)",
        "(see annex III)",
    ),
    "annex-unnumbered": Pair(
        f"{NOTE_TEXT}Annex I\n\nWater levels.\n\nAnnex II\n\nIce.\n", "Annex II", "Annex"
    ),
    "as-received-mark-misplaced": Pair(
        ISSUED,
        "thereto* as a document of the twelfth session of the Council of the Lakes",
        "thereto as a document of the twelfth session of the Council of the Lakes*",
    ),
    "as-received-note-missing": Pair(
        ISSUED.partition(_HEADING)[0] + FRENCH_ANNEX,
        "* Reproduced as received, in the language of submission only.",
        "* Statement of the Hydrographic Service.",
    ),
    "bracket-unopened": Pair(NOTE, _CLAIM, "the winter channel) stayed open"),
    "characters-lost": Pair(NOTE, _CLAIM, "the winter cha\ufffdnel stayed open"),
    "citation-date-differs": in_council("22 December 2005", "22 December 2019"),
    "citation-of-itself": in_council("see A/HRC/43/29", "see A/HRC/43/30"),
    "citation-year-differs": in_council("822 (1993)", "822 (1995)"),
    "communication-date-after-masthead-date": Pair(
        ISSUED, "dated 9 March 2026", "dated 12 March 2026"
    ),
    "communication-date-after-session": Pair(
        ISSUED, "dated 9 March 2026", "dated 9 April 2026"
    ),
    "communication-date-before-session": Pair(ISSUED, "dated 9 March 2026", "dated 9 May 2025"),
    "communication-date-missing": Pair(NOTE, "Portavel, 9 March 2026\n\n", ""),
    "communication-language-unofficial": Pair(
        f"Note verbale\n\n{FRENCH}\n\n", FRENCH, f"{PORTUGUESE}\n\n{PORTUGUESE}"
    ),
    "communication-request-missing": Pair(
        NOTE, "kindly requests the Secretary of the Conference to circulate", "recalls"
    ),
    "communication-sender-missing": Pair(
        f"Note verbale\n\n{FRENCH}\n\n", FRENCH, FRENCH.partition("transmettre")[2]
    ),
    "corrigendum-place-missing": Pair(
        COUNCIL.replace("A/HRC/43/30", "A/HRC/43/30/Corr.1").partition("The Security")[0]
        + "Paragraph 12\n\nFor seventy-nine read ninety-seven.\n",
        "Paragraph 12\n\n",
        "",
        "un",
    ),
    "date-impossible": Pair(NOTE, "to 2 March 2026", "to 30 February 2026"),
    "distribution-series-differs": Pair(
        ISSUED.replace("CL/C/12/G/1", "CL/C/12/L.1").replace(
            "Distr.: General", "Distr.: Limited"
        ),
        "Distr.: Limited",
        "Distr.: General",
    ),
    "footnote-doubled": Pair(
        as_json("Ice.[^1] Wind.[^2]\n\n[^1]: Of the lake.\n\n[^2]: Of the hills.\n", "in.md"),
        '"mark":"2"',
        '"mark":"1"',
        name="in.json",
    ),
    "footnote-order": Pair(
        "Ice.[^1] Wind.[^2] Rain.[^3]\n\n[^1]: Of the lake.\n\n[^2]: Of the hills.\n\n"
        "[^3]: Of the sky.\n",
        "[^2]",
        "[^5]",
        name="in.md",
    ),
    "footnote-without-anchor": Pair(ISSUED, "thereto*", "thereto"),
    "footnote-without-text": Pair(
        ISSUED, "* Reproduced as received, in the language of submission only.\n\n", ""
    ),
    "job-number-language-differs": Pair(ISSUED, "26-00001 (E)", "26-00001 (F)"),
    "length-over-limit": Pair(NOTE, _CLAIM, "ice and water " * 2000),
    "letter-address-missing": Pair(LETTER, "Excellency,\n\n", ""),
    "letter-unsigned": Pair(LETTER, "(Signed) Anna Lindqvist\n", ""),
    "letters-mixed": Pair(NOTE, _CLAIM, "the winter ch\u0430nnel stayed open"),
    "link-local": Pair(NOTE, _CLAIM, r"see C:\Drafts\ice.docx"),
    "masthead-body-differs": in_council("A/HRC/43/30", "E/2020/30"),
    "masthead-date-missing": Pair(ISSUED, "9 March 2026\nOriginal", "Original"),
    "masthead-distribution-missing": Pair(ISSUED, "Distr.: General\n", ""),
    "masthead-job-number-missing": Pair(ISSUED, "26-00001 (E)", "The end."),
    "masthead-language-mismatch": Pair(
        ISSUED, "Original: English", "French\nOriginal: English"
    ),
    "masthead-original-missing": Pair(ISSUED, "Original: English\n", ""),
    "masthead-session-differs": Pair(ISSUED, "CL/C/12/G/1", "CL/C/11/G/1"),
    "masthead-symbol-missing": Pair(ISSUED, "CL/C/12/G/1\n\n", ""),
    "masthead-year-differs": Pair(
        COUNCIL.replace("A/HRC/43/30", "S/2020/30"), "S/2020/30", "S/2014/30", "un"
    ),
    "metadata-symbol-differs": Pair(
        with_property(as_json(ISSUED, "in.txt"), "Symbol1", "CL/C/12/G/1"),
        '"Symbol1","CL/C/12/G/1"',
        '"Symbol1","CL/C/12/G/7"',
        name="in.json",
    ),
    "note-courtesy-missing": Pair(NOTE, "avails itself of this opportunity to renew", "renews"),
    "note-first-person": Pair(
        NOTE, "The Permanent Mission kindly requests", "I have the honour to request"
    ),
    "note-greeting-missing": Pair(NOTE, "presents its compliments", "speaks"),
    "note-sender-person": Pair(
        ISSUED, _NOTE_OF, "from the Permanent Representative of Meravia"
    ),
    "note-signed": Pair(
        NOTE, "Portavel, 9 March 2026", "Portavel, 9 March 2026\n\n(Signed) Anna Lindqvist"
    ),
    "paragraph-numbering": Pair(ISSUED, "3. The winter channel", "2. The winter channel"),
    "part-language-mixed": Pair(NOTE, "Portavel, 9 March", f"{FRENCH}\n\nPortavel, 9 March"),
    "picture-without-description": Pair(
        page(PICTURE.format("A map of the lake")), "A map of the lake", "", name="in.html"
    ),
    "placeholder-left": Pair(NOTE, "Annex\n\nOBS", "Annex\n\n[insert date]\n\nOBS"),
    "reissue-note-missing": Pair(
        COUNCIL.replace("A/HRC/43/30", "A/HRC/43/30*")
        + "\n* Reissued for technical reasons on 9 March 2020.\n",
        "* Reissued for technical reasons on 9 March 2020.\n",
        "",
        "un",
    ),
    "request-body-differs": Pair(
        ISSUED,
        "twelfth session of the Council of the Lakes",
        "session of the Assembly of the Lakes",
    ),
    "request-body-missing": Pair(
        NOTE, "of the twelfth session of the Council of the Lakes ", ""
    ),
    "request-item-differs": Pair(ISSUED, "under agenda item 8", "under agenda item 7"),
    "request-session-differs": Pair(ISSUED, "the twelfth session", "the thirteenth session"),
    "sender-state-unknown": Pair(NOTE, "the Republic of Meravia", "the Republic of Fredonia"),
    "session-dates-differ": Pair(ISSUED, _DATES, "2–27 March 2026"),
    "state-name-unofficial": Pair(
        "Note verbale\n\nThe Permanent Mission of the United Arab Emirates to the United "
        "Nations presents its compliments to the Secretary-General and has the honour to "
        "inform him.\n",
        "of the United Arab Emirates",
        "of the UAE",
        "un",
    ),
    "submission-late": Pair(
        NOTE.replace("twelfth session", "thirteenth session"),
        "thirteenth session",
        "twelfth session",
        today="2026-06-25",
    ),
    "symbol-look-alike": in_council("see A/HRC/43/29", "see \u0410/HRC/43/29"),
    "symbol-suffix-missing": Pair(
        COUNCIL.replace("A/HRC/43/30", "A/HRC/43/30/Add.1").replace(
            "Observations on the exchange of data", "Observations on the exchange\n\nAddendum"
        ),
        "A/HRC/43/30/Add.1",
        "A/HRC/43/30",
        "un",
    ),
    "table-without-header": Pair(page(ONE_TABLE.format("th")), "th>", "td>", name="in.html"),
    "text-misread": Pair(NOTE, _CLAIM, "la dÃ©cision et la rÃ©solution"),
    "title-addressee-differs": Pair(
        ISSUED,
        "compliments to the Secretary of the Conference",
        "compliments to the President of the Council of the Lakes",
    ),
    "title-date-differs": Pair(
        ISSUED.replace("Annex to", "Portavel, 9 March 2026\n\nAnnex to"),
        "Portavel, 9 March",
        "Portavel, 8 March",
    ),
    "title-sender-differs": Pair(
        ISSUED, "Mission of the Republic of Meravia", "Mission of the Kingdom of Ondrelle"
    ),
    "weekday-differs": Pair(ISSUED, "Wednesday, 10 December", "Friday, 10 December"),
    "word-doubled": Pair(NOTE, _CLAIM, "the the winter channel stayed open"),
}
