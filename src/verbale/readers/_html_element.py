"""Elements of lxml with the types they really have: its stubs say less."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from verbale.model.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element


def tag_of(element: _Element) -> str:
    """The name of an element, empty for a comment."""
    tag = cast("object", element.tag)
    return tag if isinstance(tag, str) else ""


def all_text(element: _Element) -> str:
    """The text of an element and of all that stands in it."""
    return "".join(cast("Iterable[str]", element.itertext()))


def attributes_of(element: _Element) -> dict[str, str]:
    """The attributes of an element by name."""
    # A name that XML would not allow, such as "{}", cannot be asked for, only listed.
    return cast("dict[str, str]", dict(element.items()))


def place_of(element: _Element, *, name: str) -> Place:
    """The line of the file *name* on which an element begins."""
    return Place(name, line=cast("int | None", element.sourceline))
