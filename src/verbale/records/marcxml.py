"""MARC 21 as MARCXML, with the fields that the library of the United Nations uses.

Source: MARC 21 Format for Bibliographic Data; dlx and ods-marc for 191, 269, 791, 991, 089, 091
and 029. Subjects (650) stand only where an officer gave them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.records.record import MARC_LANGUAGES
from verbale.records.xml import child, element, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from verbale.records.record import Place, Record

NAMESPACE = "http://www.loc.gov/MARC21/slim"
SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
_LEADER = "00000nam a2200000 a 4500"
_FIELD = tuple[str, str, str, tuple[tuple[str, str], ...]]
#: Language letters behind job numbers.
_LETTERS = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}
_BEFORE, _AFTER = "revises", "revised-by"


def marc_element(record: Record) -> _Element:
    """The record as an element, to stand alone or within another document."""
    root = element(NAMESPACE, "record", {None: NAMESPACE})
    child(root, NAMESPACE, "leader", _LEADER)
    controls = (
        ("001", record.symbol),
        ("003", record.publisher),
        ("005", f"{record.changed_at:%Y%m%d%H%M%S}.0"),
        ("008", _fixed(record)),
    )
    for tag, text in controls:
        child(root, NAMESPACE, "controlfield", text, tag=tag)
    for tag, first, second, parts in sorted(_fields(record), key=lambda field: field[0]):
        field = child(root, NAMESPACE, "datafield", tag=tag, ind1=first, ind2=second)
        for code, text in parts:
            if text:
                child(field, NAMESPACE, "subfield", text, code=code)
    return root


def marcxml(record: Record) -> bytes:
    """The record as a document of its own."""
    return written(marc_element(record))


def _fields(record: Record) -> Iterator[_FIELD]:
    yield from _numbers(record)
    yield "245", "1", "0", (("a", record.title), ("c", "; ".join(record.authors)))
    for lang, title in record.titles.items():
        if title and lang != record.title_language:
            yield "246", "3", "1", (("a", title),)
    if record.date is not None:
        yield "260", " ", " ", (("b", record.publisher), ("c", f"{record.date:%d %b %Y}"))
        yield "269", " ", " ", (("a", record.date.isoformat()),)
    for subject in record.subjects:
        yield "650", "1", "7", (("a", subject),)
    for author in record.authors:
        yield "710", "2", " ", (("a", author),)
    for kind, symbol in record.relations:
        tag = {_BEFORE: "780", _AFTER: "785"}.get(kind, "787")
        yield tag, "0", "0" if tag != "787" else "8", (("i", kind), ("o", symbol))
    for copy in record.copies:
        parts = (("q", copy.media_type), ("s", str(copy.size)), ("u", copy.address))
        yield "856", "4", "0", (*parts, ("y", f"{copy.language} {copy.format}"))
    for place in record.places:
        for item, title in place.items:
            yield "991", " ", " ", (("b", item), ("c", title))


def _numbers(record: Record) -> Iterator[_FIELD]:
    """Numbers and codes: job numbers, languages, kind, distribution, symbols."""
    for lang, number in sorted(record.job_numbers.items()):
        given = f"{number} {_LETTERS.get(lang, '')}".strip()
        yield "029", " ", " ", (("a", "JN"), ("b", given))
    codes = "".join(sorted(MARC_LANGUAGES.get(each, each) for each in record.languages))
    for tag, parts in (
        ("041", (("a", codes),)),
        ("089", (("a", record.kind), ("2", "verbale" if record.kind else ""))),
        ("091", (("a", record.distribution),)),
    ):
        if any(text for _, text in parts):
            yield tag, " ", " ", parts
    for at, symbol in enumerate(record.symbols):
        place = record.places[at] if at < len(record.places) else None
        yield "791" if at else "191", " ", " ", (("a", symbol), *_held(place))


def _held(place: Place | None) -> tuple[tuple[str, str], ...]:
    if place is None:
        return ()
    return (("b", f"{place.body}/"), ("c", place.session))


def _fixed(record: Record) -> str:
    """The forty characters of field 008."""
    day = record.published_at or record.changed_at
    year = f"{record.date.year:04}" if record.date else "uuuu"
    spoken = MARC_LANGUAGES.get(record.original or record.lang, "und")
    return f"{day:%y%m%d}s{year}    xx {'|' * 17}{spoken} d"
