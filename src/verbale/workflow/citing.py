"""What a text cites and quotes: bytes in, the shapes of ``cite`` and ``quotes`` out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verbale import catalogue
from verbale.citations.comparing import Source
from verbale.citations.dates import WrongDate, wrong_dates
from verbale.citations.model import Kind
from verbale.citations.quotations import Held, Quotation, check_quotations
from verbale.citations.resolve import find_citations
from verbale.errors import SymbolError, VerbaleError
from verbale.model.symbol_reading import read_symbol
from verbale.model.walk import document_text
from verbale.readers._decoding import decode
from verbale.workflow.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from verbale.citations.comparing import Change
    from verbale.citations.model import Citation

    #: A file's name and what reads its bytes.
    File = tuple[str, Callable[[], bytes]]

Shape = dict[str, Any]

_HEAD = 2000
_HEAD_LINES = 15
_TITLE_SHARE = 0.4
_LANGUAGE_OF_NAME = re.compile(
    r"[-_ ](?:EN|FR|ES|RU|AR|ZH|[ACEFRS])(?:[-_ ][A-Za-z]+)?$", re.IGNORECASE
)
_COUNCIL_NAME = re.compile(r"S[_-]RES[_-]0*([0-9]{1,4})[_-]\(?((?:19|20)[0-9]{2})")
_LANGUAGES = frozenset({"ar", "zh", "en", "fr", "ru", "es"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text with its quotations, the dates that are wrong, and the citations."""

    name: str
    text: str
    citations: tuple[Citation, ...]
    quotations: tuple[Quotation, ...]
    dates: tuple[WrongDate, ...]


def text_of(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of a file, in which offsets count, and its own symbol, empty where unknown.

    No tree is made of plain text: it would take several times the memory of the text. Raises
    what `verbale.workflow.read` raises.
    """
    if catalogue.reader_for(name, data[:_HEAD]).format == "txt":
        text = decode(data, name=name)
        return text, _masthead_symbol(text)
    reading = read(data, name=name)
    text = reading.text or document_text(reading.document)
    return text, reading.document.symbol or _masthead_symbol(text)


def cite(text: str, *, lang: str = "", symbol: str = "") -> Iterator[Citation]:
    """What *text* cites, one by one; *symbol* is its own.

    Without *lang*, or with another than the six, the language is told from the text.
    """
    return find_citations(text, lang if lang in _LANGUAGES else "", symbol=symbol)


def cite_line(line: str) -> Shape:
    """Answer one line of ``cite --jsonl``; a line that cannot be used gets an ``error``."""
    try:
        row = json.loads(line)
    except ValueError as bad:
        return _no_answer(None, f"not JSON: {bad}")
    if not isinstance(row, dict):
        return _no_answer(None, "not a JSON object")
    text = row.get("text")
    if not isinstance(text, str):
        return _no_answer(row.get("id"), 'no string under "text"')
    lang, symbol = str(row.get("lang") or ""), str(row.get("symbol") or "")
    return {
        "id": row.get("id"),
        "citations": [citation_shape(each) for each in cite(text, lang=lang, symbol=symbol)],
    }


def _no_answer(its: object, reason: str) -> Shape:
    return {"id": its, "citations": [], "error": reason}


def quotes(data: bytes, *, name: str, against: Iterable[File]) -> Quoted:
    """Compare what a file quotes, and the dates it gives, with the texts *against*."""
    text, symbol = text_of(data, name=name)
    citations = tuple(cite(text, symbol=symbol))
    wanted = {citation.symbol for citation in citations if citation.symbol}
    held = held_texts(against, wanted)
    return Quoted(
        name,
        text,
        citations,
        tuple(check_quotations(text, citations, held)),
        tuple(wrong_dates(text, citations, held)),
    )


def held_texts(files: Iterable[File], wanted: set[str]) -> dict[str, Held]:
    """The texts of the *wanted* symbols among *files*; unreadable ones are passed over.

    A file's symbol is in its heading or masthead, else in its name.
    """
    held: dict[str, Held] = {}
    for name, load in files:
        text = _readable(name, load)
        if text is None:
            continue
        symbol = symbol_of_heading(text) or symbol_of_name(name)
        if symbol in wanted and symbol not in held:
            held[symbol] = Held(symbol, name, Source(text))
    return held


def _readable(name: str, load: Callable[[], bytes]) -> str | None:
    try:
        return text_of(load(), name=name)[0]
    except (VerbaleError, OSError):
        return None


def symbol_of_heading(text: str) -> str:
    """The symbol that a text's masthead prints or its title says, empty where neither does."""
    found = _masthead_symbol(text)
    if found:
        return found
    lines = [line.strip() for line in text[:_HEAD].split("\n") if line.strip()]
    for number, line in enumerate(lines[:_HEAD_LINES]):
        for citation in find_citations(line):
            # "94 (1951). Resolution of 29 May 1951": so the first line began until 1964.
            begins = number == citation.start == 0 and citation.kind is Kind.RESOLUTION
            if citation.symbol and (begins or len(citation.text) >= _TITLE_SHARE * len(line)):
                return citation.symbol
    return ""


def _masthead_symbol(text: str) -> str:
    for line in text[:_HEAD].split("\n")[: 2 * _HEAD_LINES]:
        mark = line.strip(" \t*_#")
        # In brackets stands the symbol of another document, such as a draft's.
        if "/" not in mark or not mark[0].isalpha():
            continue
        try:
            return str(read_symbol(mark).symbol.unstarred)
        except SymbolError:
            continue
    return ""


def symbol_of_name(name: str) -> str:
    """The symbol in a file's name: ``A_HRC_43_G_1-ES.pdf``, ``S_RES_0822_1993_EN_GOLD.txt``."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    council = _COUNCIL_NAME.match(stem)
    if council is not None:
        return f"S/RES/{int(council[1])} ({council[2]})"
    stem = _LANGUAGE_OF_NAME.sub("", stem)
    parts = stem.split("_")
    for end in range(len(parts), 1, -1):
        try:
            return str(read_symbol("/".join(parts[:end])).symbol.unstarred)
        except SymbolError:
            continue
    return ""


def citation_shape(citation: Citation) -> Shape:
    """A citation as ``cite`` answers it."""
    shape: Shape = {
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
        "symbol": citation.symbol,
        "candidates": [
            {"symbol": c.symbol, "weight": round(c.weight, 2), "reasons": list(c.reasons)}
            for c in citation.candidates
        ],
        "kind": citation.kind.value,
        "confidence": citation.confidence,
        "reason": citation.reason,
        "pinpoints": [
            {"kind": p.kind, "number": p.number or None, "start": p.start, "end": p.end}
            for p in citation.pinpoints
        ],
    }
    mention = citation.mention
    extra = {"letter": mention.letter, "joint": mention.joint, "key": mention.key}
    shape.update({key: value for key, value in extra.items() if value})
    return shape


def quoted_shape(quoted: Quoted) -> Shape:
    """The answer of ``quotes``."""
    return {
        "file": quoted.name,
        "quotations": [_quotation_shape(each) for each in quoted.quotations],
        "dates": [
            {
                "text": each.text,
                "start": each.start,
                "end": each.end,
                "symbol": each.citation.symbol,
                "given": each.given.isoformat(),
                "true": each.true.isoformat(),
                "source": f"{each.held.name}: {each.source}",
            }
            for each in quoted.dates
        ],
    }


def _quotation_shape(each: Quotation) -> Shape:
    source = None
    if each.held is not None:
        source = {
            "symbol": each.held.symbol,
            "file": each.held.name,
            "start": each.start if each.found else None,
            "end": each.end if each.found else None,
            "text": each.found or None,
        }
    return {
        "text": each.passage.text,
        "start": each.passage.start,
        "end": each.passage.end,
        "verdict": each.verdict,
        "citation": citation_shape(each.citation) if each.citation else None,
        "difference": [_change_shape(change) for change in each.changes] or None,
        "source": source,
    }


def _change_shape(change: Change) -> Shape:
    return {
        "kind": change.kind,
        "quoted": change.quoted or None,
        "source": change.source or None,
    }
