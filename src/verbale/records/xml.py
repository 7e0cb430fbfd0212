"""XML for machines, on lxml: what may stand in it, and how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from verbale.text.legal import replace_illegal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


def element(
    namespace: str, name: str, spaces: Mapping[str | None, str], **attributes: str
) -> _Element:
    """A root of *namespace*; *spaces* are its prefixes."""
    # Dublin Core's element has only prefixes, the others a default too: lxml takes both.
    named: Any = spaces
    made = etree.Element(f"{{{namespace}}}{name}", nsmap=named)
    for key, value in attributes.items():
        made.set(key, replace_illegal(value))
    return made


def child(
    parent: _Element, namespace: str, name: str, text: str | None = None, **attributes: str
) -> _Element:
    """An element below *parent*; what XML cannot hold is left out of its text."""
    made = etree.SubElement(parent, f"{{{namespace}}}{name}")
    for key, value in attributes.items():
        made.set(key, replace_illegal(value))
    if text is not None:
        made.text = replace_illegal(text)
    return made


def written(root: _Element) -> bytes:
    """The document as UTF-8 with its declaration. Same tree, same bytes."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"
