"""A document as reference managers take it: text, BibTeX, RIS, CSL-JSON.

Source: BibTeX, O. Patashnik, 1988; RIS format specifications, Research Information Systems;
CSL-JSON, citationstyles.org, schema 1.0.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from verbale.languages import rules
from verbale.model.language import Language
from verbale.text.scripts import isolate

if TYPE_CHECKING:
    from verbale.records.record import Record

#: How a citation is put together in a language: a comma, a full stop, quotation marks.
_MARKS = {
    "ar": ("، ", ".", "”", "“"),
    "zh": ("，", "。", "《", "》"),
    "en": (", ", ".", "“", "”"),
    "fr": (", ", ".", "« ", " »"),
    "ru": (", ", ".", "«", "»"),
    "es": (", ", ".", "«", "»"),
}
_NOT_KEY = re.compile(r"[^A-Za-z0-9]+")
#: What TeX would read as an order.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
_RIS_ENDS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")


def text(record: Record) -> str:
    """The citation as a sentence in the record's language."""
    comma, stop, opening, closing = _MARKS.get(record.lang, _MARKS["en"])
    pieces = [*record.authors]
    if record.title != record.printed:
        pieces.append(f"{opening}{record.title}{closing}")
    # Without it the figures of the date would run on with those of the symbol.
    leftward = Language(record.lang).direction == "rtl"
    pieces += [record.publisher, isolate(record.printed) if leftward else record.printed]
    if record.date is not None:
        pieces.append(rules(record.lang).date(record.date))
    return f"{comma.join(pieces)}{stop} {record.address}"


def bibtex(record: Record) -> str:
    """One ``@techreport``; its key is the symbol, what is no letter or digit left out."""
    fields = [
        ("title", f"{{{_tex(record.title)}}}"),
        ("author", " and ".join(f"{{{_tex(each)}}}" for each in record.authors)),
        ("institution", _tex(record.publisher)),
        ("number", _tex(record.printed)),
        ("type", _tex(record.kind)),
        ("year", str(record.date.year) if record.date else ""),
        ("month", str(record.date.month) if record.date else ""),
        ("day", str(record.date.day) if record.date else ""),
        ("language", record.title_language),
        # An address holds no braces: they are escaped in it.
        ("url", record.address),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    key = _NOT_KEY.sub("-", record.symbol).strip("-")
    return "\n".join([f"@techreport{{{key},", *lines, "}", ""])


def ris(record: Record) -> str:
    """One reference of type ``RPRT``; lines end as the format says."""
    lines = [("TY", "RPRT"), ("TI", record.title)]
    lines += [("AU", each) for each in record.authors]
    lines += [("PB", record.publisher), ("M1", record.printed), ("SN", record.symbol)]
    if record.date is not None:
        lines += [("PY", str(record.date.year)), ("DA", f"{record.date:%Y/%m/%d/}")]
    lines += [("LA", record.title_language), ("UR", record.address), ("ER", "")]
    said = [(tag, " ".join(_RIS_ENDS.sub(" ", value).split())) for tag, value in lines]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in said if value or tag == "ER")


def csl(record: Record) -> dict[str, Any]:
    """The item of CSL-JSON."""
    made: dict[str, Any] = {
        "id": record.symbol,
        "type": "report",
        "title": record.title,
        "publisher": record.publisher,
        "number": record.printed,
        "URL": record.address,
    }
    if record.authors:
        made["author"] = [{"literal": each} for each in record.authors]
    if record.date is not None:
        made["issued"] = {
            "date-parts": [[record.date.year, record.date.month, record.date.day]]
        }
    if record.title_language:
        made["language"] = record.title_language
    if record.kind:
        made["genre"] = record.kind
    return made


def csl_json(record: Record) -> str:
    """CSL-JSON: a list of one item."""
    return json.dumps([csl(record)], ensure_ascii=False, indent=1) + "\n"


def _tex(value: str) -> str:
    return " ".join(value.translate(_TEX).split())
