"""What the metadata of a document in Akoma Ntoso says, as properties.

Its names (``FRBRWork/FRBRuri``), dates and authors (``FRBRExpression/FRBRdate/publication``),
keywords by vocabulary (``keyword/UNBIS Thesaurus``) and the job number. The history of a text
before it was issued (workflow, votes) is not carried over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.model.akoma_ntoso import NAMESPACE, OWN, from_three_letters
from verbale.model.language import UND
from verbale.readers._akn_inlines import local, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from verbale.model.language import Language

_NS = {"a": NAMESPACE, "v": OWN}
_GROUPS = ("FRBRWork", "FRBRExpression", "FRBRManifestation")
_VALUES = frozenset({"FRBRthis", "FRBRuri", "FRBRcountry", "FRBRnumber", "FRBRname"})
_NAMED = {
    "FRBRdate": ("name", "date"),
    "FRBRauthor": ("as", "href"),
    "FRBRalias": ("name", "value"),
}


def own_record(root: _Element) -> _Element | None:
    """Our own record in the metadata of a file that we wrote."""
    return root.find("a:*/a:meta/a:proprietary/v:document", _NS)


def own_properties(record: _Element) -> Iterator[tuple[str, str]]:
    """The properties as they were."""
    for each in record.iterfind("v:property", _NS):
        yield each.get("name", ""), each.get("value", "")


def properties(document: _Element) -> Iterator[tuple[str, str]]:
    """The properties of a file that another program wrote, in the order of the file."""
    yield "akn/type", local(document)
    yield "akn/name", document.get("name", "")
    meta = document.find("a:meta", _NS)
    if meta is None:
        return
    for group in _GROUPS:
        for each in meta.iterfind(f"a:identification/a:{group}/*", _NS):
            name = local(each)
            if name in _VALUES:
                yield f"{group}/{name}", each.get("value", "")
            elif name in _NAMED:
                key, value = _NAMED[name]
                yield f"{group}/{name}/{each.get(key, '')}", each.get(value, "")
    for each in meta.iterfind("a:classification/a:keyword", _NS):
        words = each.get("showAs") or each.get("value", "")
        if words:
            yield f"keyword/{each.get('dictionary', '')}", words
    for each in meta.iterfind("a:presentation//a:docketNumber", _NS):
        number = text_of(each).strip()
        if number:
            yield "job-number", number


def alias(document: _Element, group: str, name: str) -> str:
    """Another name of the work or of the language version."""
    path = f"a:meta/a:identification/a:{group}/a:FRBRalias[@name='{name}']"
    found = document.find(path, _NS)
    return "" if found is None else found.get("value", "")


def language(document: _Element) -> Language:
    """The language that the metadata gives, ``und`` where it gives none."""
    path = "a:meta/a:identification/a:FRBRExpression/a:FRBRlanguage"
    found = document.find(path, _NS)
    return (found is not None and from_three_letters(found.get("language", ""))) or UND


def meta_notes(document: _Element) -> Iterator[_Element]:
    """Notes that stand in the metadata and are printed on the first page."""
    yield from document.iterfind("a:meta/a:notes/a:note", _NS)
