"""Composes the language versions of a document.

Masthead, title, footnotes and set sentences come out in the language of the version; free text
stays in the language of submission, marked as awaiting translation; an annex as received is the
same tree in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.compose.masthead import masthead_part
from verbale.compose.phrases import phrase
from verbale.compose.sentences import Rewriter, awaiting_count
from verbale.compose.titles import annex_heading, title
from verbale.model.document import Document, Heading, Paragraph, Part, PartKind, Span, Stamp
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND, Language
from verbale.model.walk import plain, without_places
from verbale.phrasebook import Phrasebook
from verbale.text.folding import squeeze

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from verbale.institutions import Institution
    from verbale.model.document import Block, Inline
    from verbale.model.masthead import Masthead
    from verbale.model.recognition import Recognition
    from verbale.model.symbol import Symbol


#: Roles the recogniser gives to what the title says, or the secretariat leaves out.
_ORIGINAL_ONLY = frozenset({"note-label", "date-line", "closing", "salutation", "address"})


@dataclass(frozen=True, slots=True)
class Version:
    """One language version. ``awaiting`` counts the pieces that wait for a translator."""

    language: Language
    document: Document
    awaiting: int

    @property
    def complete(self) -> bool:
        """Whether it is all in its language, as far as it is to be."""
        return self.awaiting == 0


@dataclass(frozen=True, slots=True)
class Composition:
    """All versions of one document, in the institution's order of languages."""

    versions: tuple[Version, ...]
    findings: tuple[Finding, ...]
    labels: Mapping[str, Mapping[str, str]]


def compose(
    recognition: Recognition,
    masthead: Masthead,
    institution: Institution,
    *,
    symbols: tuple[Symbol, ...] = (),
    stamps: tuple[Stamp, ...] = (),
    moment: datetime.date | None = None,
) -> Composition:
    """Compose every version of what was recognised.

    *masthead* has the values to print (complete, whatever the source printed); *symbols* the
    symbol given. *moment* is the date for which wordings must hold. Same arguments, same trees.
    """
    book = Phrasebook(institution, moment=moment)
    # Where a piece stood in the source is not said of what is composed.
    recognition = replace(recognition, document=without_places(recognition.document))
    values = replace(masthead, symbols=symbols or masthead.symbols)
    versions = tuple(
        _version(recognition, values, Language(code), book, stamps)
        for code in institution.languages
    )
    labels = {code: page_labels(code, book) for code in institution.languages}
    return Composition(versions, tuple(_findings(book, versions, stamps)), labels)


def _version(
    recognition: Recognition,
    values: Masthead,
    language: Language,
    book: Phrasebook,
    stamps: tuple[Stamp, ...],
) -> Version:
    lang = language.code
    heading = _title(recognition, values, language, book)
    head = masthead_part(values, lang, book, title=heading)
    parts = [head]
    parts += [
        _part(part, recognition, values, language, book)
        for part in recognition.document.parts
        if part.kind is not PartKind.MASTHEAD
    ]
    words = [book.write(f"stamp.{stamp}", lang, {}).text for stamp in stamps]
    document = Document(
        parts=tuple(parts),
        language=language,
        stamps=stamps,
        stamp_text=" · ".join(words),
        symbol="-".join(map(str, values.symbols)),
        title=squeeze(plain(heading)),
    )
    return Version(language, document, sum(_awaiting(part) for part in parts))


def with_symbols(composition: Composition, symbols: tuple[Symbol, ...]) -> Composition:
    """The same versions under other symbols, as `compose` with *symbols* would give them."""
    text = "-".join(map(str, symbols))
    return replace(
        composition,
        versions=tuple(
            replace(version, document=_under(version.document, text))
            for version in composition.versions
        ),
    )


def _under(document: Document, symbol: str) -> Document:
    head, *rest = document.parts
    lines = tuple(
        replace(block, content=phrase(symbol))
        if isinstance(block, Paragraph) and block.role == "symbol"
        else block
        for block in head.blocks
    )
    return replace(document, symbol=symbol, parts=(replace(head, blocks=lines), *rest))


def _awaiting(part: Part) -> int:
    return awaiting_count(part) + sum(_awaiting(inner) for inner in part.parts)


def _title(
    recognition: Recognition, values: Masthead, language: Language, book: Phrasebook
) -> tuple[Inline, ...]:
    """The title as received in its own language, by the phrasebook in the others."""
    received = _received_title(recognition)
    own = recognition.document.language
    if received and language == own:
        return received
    written = title(recognition.communication, language.code, book, body=values.body)
    if written or not received:
        return written
    return (Span(received, language=None if own == UND else own, awaiting=True),)


def _received_title(recognition: Recognition) -> tuple[Inline, ...]:
    for part in recognition.document.parts:
        if part.kind is PartKind.MASTHEAD:
            for block in part.blocks:
                role = getattr(block, "role", "")
                if role == "title":
                    return tuple(getattr(block, "content", ()))
    return ()


def _part(
    part: Part,
    recognition: Recognition,
    values: Masthead,
    language: Language,
    book: Phrasebook,
) -> Part:
    part = replace(part, blocks=tuple(b for b in part.blocks if not _stays(b)))
    is_annex = part.kind is PartKind.ANNEX
    if is_annex and not _has_heading(part):
        part = _with_heading(part, recognition, values, language, book)
    if part.as_received or part.language == language:
        return part
    source = part.language if part.language != UND else recognition.document.language
    rewritten = Rewriter(book, source, language, body=values.body).part(part)
    if is_annex:
        # The heading of an annex that is translated comes out in the language of the version.
        heading = annex_heading(
            recognition.communication, part.number, language.code, book, body=values.body
        )
        first = Heading(1, heading, role="annex-heading")
        rewritten = replace(rewritten, blocks=(first, *rewritten.blocks[1:]))
    return rewritten


def _stays(block: Block) -> bool:
    """Whether a block is one that stays with the original: a label, date line or courtesy."""
    return getattr(block, "role", "") in _ORIGINAL_ONLY


def _has_heading(part: Part) -> bool:
    first = part.blocks[0] if part.blocks else None
    return isinstance(first, Heading) and first.role == "annex-heading"


def _with_heading(
    part: Part,
    recognition: Recognition,
    values: Masthead,
    language: Language,
    book: Phrasebook,
) -> Part:
    """An annex that came as a file of its own gets the secretariat's heading."""
    content = annex_heading(
        recognition.communication, part.number, language.code, book, body=values.body
    )
    own = language if part.language != language else None
    heading = Heading(1, content, role="annex-heading", language=own)
    return replace(part, blocks=(heading, *part.blocks))


def page_labels(lang: str, book: Phrasebook) -> dict[str, str]:
    """The words a page itself needs, by key."""
    return {
        key.removeprefix("label."): book.write(key, lang, {}).text
        for key in book.keys("label.")
    }


def _findings(
    book: Phrasebook, versions: tuple[Version, ...], stamps: tuple[Stamp, ...]
) -> list[Finding]:
    found = [
        Finding(
            "phrase-candidate",
            Severity.NOTES,
            values={"key": cell.key, "lang": cell.lang, "text": cell.text},
            source=cell.source,
        )
        for cell in book.candidates()
    ]
    found += [
        Finding(
            "translation-awaited",
            Severity.NOTES,
            values={"lang": str(version.language), "count": str(version.awaiting)},
        )
        for version in versions
        if not version.complete
    ]
    found += [Finding(f"{stamp}-stamped", Severity.NOTES) for stamp in stamps]
    return found
