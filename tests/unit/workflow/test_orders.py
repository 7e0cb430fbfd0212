"""An order's files become one document, each with its own footnotes."""

from __future__ import annotations

from verbale import institutions
from verbale.model.document import PartKind
from verbale.model.walk import block_text
from verbale.workflow.orders import Order, recognise_order

NOTE = """# Note verbale

The Permanent Mission of the Republic of Meravia to the Conference of the Lakes presents its
compliments to the Secretary of the Conference and has the honour to transmit herewith the
levels of the lake[^1] (see annex).

Portavel, 9 March 2026

[^1]: In metres.
"""
ANNEX = """**Annex**

The level was 73.95 metres on the fourth of March.[^1] It rose in April and in May of the year.

[^1]: Read at seven hours in the morning, before the wind rose.
"""


def test_footnotes_of_two_files_with_the_same_number_stay_apart() -> None:
    order = Order(("note.md", NOTE.encode()), annexes=(("annex.md", ANNEX.encode()),))
    found = recognise_order(order, institutions.load("lakes"))
    held = {
        part.kind: [block_text(note.blocks[0]) for note in part.footnotes]
        for part in found.document.parts
    }
    assert held[PartKind.NOTE] == ["In metres."]
    assert held[PartKind.ANNEX] == ["Read at seven hours in the morning, before the wind rose."]


def test_a_file_handed_in_as_an_annex_is_one_whatever_it_begins_with() -> None:
    lights = "# Table of lights\n\n1. The light at the harbour was out on 9 March.\n"
    glace = "La glace a couvert le lac du Nord du 14 décembre au 2 mars de cette année.\n"
    order = Order(
        ("note.md", NOTE.encode()),
        annexes=(("lights.md", lights.encode()), ("glace.txt", glace.encode())),
    )
    found = recognise_order(order, institutions.load("lakes"))
    annexes = [part for part in found.document.parts if part.kind is PartKind.ANNEX]
    assert [part.number for part in annexes] == [1, 2]
    assert [part.language.code for part in annexes] == ["en", "fr"]
    assert [block_text(part.blocks[0]) for part in annexes] == [
        "Table of lights",
        glace.strip(),
    ]
    assert [(fact.heading, fact.title) for fact in found.annexes] == [
        ("", "Table of lights"),
        ("", ""),
    ]
    assert "annex-missing" not in {each.code for each in found.findings}


def test_an_annex_of_one_line_that_is_no_heading_is_one() -> None:
    order = Order(("note.md", NOTE.encode()), annexes=(("a.txt", b"73.95"),))
    found = recognise_order(order, institutions.load("lakes"))
    annexes = [part for part in found.document.parts if part.kind is PartKind.ANNEX]
    assert [block_text(part.blocks[0]) for part in annexes] == ["73.95"]


def test_no_line_of_a_file_handed_in_as_an_annex_goes_into_the_note() -> None:
    """Neither when the next file has a heading, nor when its own stands lower down."""
    plain, headed = b"73.95 metres at the harbour", b"# Annex II\n\nThe lights were out.\n"
    late = b"Statement of the harbour master\n\n# Annex\n\nThe lights were out.\n"
    for files in ((("a.txt", plain), ("b.md", headed)), (("c.md", late),)):
        order = Order(("note.md", NOTE.encode()), annexes=files)
        found = recognise_order(order, institutions.load("lakes"))
        annexes = [part for part in found.document.parts if part.kind is PartKind.ANNEX]
        assert len(annexes) == len(files)
        first = files[0][1].decode().split("\n")[0]
        assert block_text(annexes[0].blocks[0]) == first
        note = next(part for part in found.document.parts if part.kind is PartKind.NOTE)
        assert first not in " ".join(block_text(block) for block in note.blocks)
