"""The elements of Akoma Ntoso 3.0 by what they hold. Source: the schema of the standard."""

from __future__ import annotations

from typing import Final


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Documents that may stand under the root, in an attachment or in a collection.
DOCUMENTS: Final = _names(
    "amendmentList officialGazette documentCollection act bill debateReport debate "
    "statement amendment judgment portion doc"
)
#: The bodies of those documents, in which the text stands.
BODIES: Final = _names(
    "mainBody body debateBody judgmentBody amendmentBody portionBody collectionBody"
)
#: What stands before and after the body, in this order in the document.
AROUND: Final = _names("preface preamble header conclusions")
#: A numbered place in a text, with a heading or text or more such places in it.
HIERARCHY: Final = _names(
    "clause section part paragraph chapter title article book tome division point indent "
    "alinea rule subrule proviso subsection subpart subparagraph subchapter subtitle "
    "subdivision subclause level transitional hcontainer tblock item blockContainer "
    "recital citation administrationOfOath rollCall prayers oralStatements "
    "writtenStatements personalStatements ministerialStatements resolutions "
    "nationalInterest declarationOfVote communication petitions papers noticesOfMotion "
    "questions address proceduralMotions pointOfOrder adjournment debateSection "
    "speechGroup speech question answer other scene narrative summary introduction "
    "background motivation decision remedies"
)
#: Elements that only hold blocks.
HOLDERS: Final = _names(
    "content intro wrapUp container formula longTitle recitals citations div foreign toc "
    "coverPage amendmentHeading amendmentContent amendmentReference "
    "amendmentJustification interstitial component components attachments attachment "
    "arguments"
).union(BODIES, AROUND)
#: Blocks of their own kind.
BLOCKS: Final = _names(
    "p block list sublist blockList ul ol table heading subheading crossHeading num "
    "listIntroduction listWrapUp from tocItem caption li tr th td"
)
#: What may not stand in a line of text without breaking it.
STRUCTURE: Final = HIERARCHY | HOLDERS | BLOCKS
#: Elements in a line of text.
INLINES: Final = _names(
    "a abbr affectedDocument argument b change concept courtType date decoration def del "
    "docAuthority docCommittee docDate docIntroducer docJurisdiction docNumber "
    "docProponent docPurpose docStage docStatus docTitle docType docketNumber documentRef "
    "componentRef domain embeddedText embeddedStructure quotedStructure entity event i "
    "img inline ins judge lawyer legislature location mmod mod mref marker "
    "neutralCitation object omissis opinion organization outcome party person placeholder "
    "process quantity quotedText recordedTime ref relatedDocument remark rmod role rref "
    "session shortTitle signature span sub subFlow sup term time u vote noteRef "
    "authorialNote eol eop "
    "fillIn"  # codespell:ignore
)
KNOWN: Final = STRUCTURE | INLINES | DOCUMENTS | {"akomaNtoso", "meta"}
#: Blocks that stand in a line and are a quotation set off from it.
QUOTED: Final = _names("quotedStructure embeddedStructure")
