"""TMX 1.4: approved wordings for the memories of translators' tools.

Source: LISA OSCAR, TMX 1.4b Specification, 26 April 2005. Nothing in it depends on the clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale import __version__
from verbale.compose.memory import approved, pieces

if TYPE_CHECKING:
    from lxml.etree import _Element

    from verbale.institutions import Institution

SUFFIX = ".tmx"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tmx(institution: Institution) -> tuple[bytes, int]:
    """The memory of an institution, and how many wordings it holds. Slots are placeholders."""
    from lxml import etree  # noqa: PLC0415 - heavy

    root = etree.Element("tmx", {"version": "1.4"})
    facts = {
        "creationtool": "verbale",
        "creationtoolversion": __version__,
        "segtype": "phrase",
        "o-tmf": "verbale",
        "adminlang": "en",
        "srclang": "*all*",
        "datatype": "plaintext",
    }
    etree.SubElement(root, "header", facts)
    body = etree.SubElement(root, "body")
    count = 0
    for wording in approved(institution):
        count += 1
        unit = etree.SubElement(body, "tu", {"tuid": wording.key})
        for lang, cell in wording.cells.items():
            variant = etree.SubElement(unit, "tuv", {_LANG: lang})
            for kind, value in (("review", cell.review.value), ("source", cell.source)):
                etree.SubElement(variant, "prop", {"type": f"x-{kind}"}).text = value
            _fill(etree.SubElement(variant, "seg"), cell.text)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=False)
    return bytes(data) + b"\n", count


def _fill(segment: _Element, text: str) -> None:
    from lxml import etree  # noqa: PLC0415 - heavy

    last: _Element | None = None
    slots = 0
    for piece, is_slot in pieces(text):
        if is_slot:
            slots += 1
            last = etree.SubElement(segment, "ph", {"x": str(slots)})
            last.text = piece
        elif last is None:
            segment.text = piece
        else:
            last.tail = piece
