"""Inlines as text with numbered tags: how a translator's tool is given them, and gives back.

Only the numbers go out and come back; what they stand for stays here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from verbale.model.document import Span, Text
from verbale.model.walk import join_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from verbale.model.document import Inline, Mark


@dataclass(frozen=True, slots=True)
class Tag:
    """An inline by its number; ``content`` is what it stands around, ``None`` for a point."""

    id: str
    content: Coded | None = None


Coded: TypeAlias = "tuple[str | Tag, ...]"


def text_of(coded: Coded) -> str:
    """The text of coded content, the tags left out."""
    pieces = (each if isinstance(each, str) else text_of(each.content or ()) for each in coded)
    return "".join(pieces)


def tags_in(coded: Coded) -> Iterator[str]:
    """The numbers of its tags, in order."""
    for each in coded:
        if isinstance(each, Tag):
            yield each.id
            yield from tags_in(each.content or ())


def normal(coded: Coded) -> Coded:
    """The same content, neighbouring texts joined and runs of white space one blank."""
    out: list[str | Tag] = []
    for each in coded:
        if isinstance(each, Tag):
            inner = each.content
            out.append(Tag(each.id, normal(inner) if inner is not None else None))
        elif out and isinstance(out[-1], str):
            out[-1] += each
        else:
            out.append(each)
    return tuple(" ".join(each.split()) if isinstance(each, str) else each for each in out)


def decode(
    coded: Coded, tags: Mapping[str, Inline], marks: frozenset[Mark] = frozenset()
) -> tuple[Inline, ...]:
    """Coded content as inlines. Raises `KeyError` for a tag that stands for nothing."""
    out: list[Inline] = []
    for each in coded:
        if isinstance(each, str):
            out.append(Text(each, marks))
            continue
        match tags[each.id]:
            case Text(marks=more):
                out += decode(each.content or (), tags, marks | more)
            case Span() as span:
                out.append(replace(span, content=decode(each.content or (), tags, marks)))
            case inline:
                out.append(inline)
    return join_text(out)


class Coder:
    """Turns inlines into coded content, numbering tags through one unit."""

    def __init__(self) -> None:
        self._count = 0
        self._added = 0

    def source(self, content: Iterable[Inline], tags: dict[str, Inline]) -> Coded:
        """*content* as coded content; *tags* is told what each number stands for."""

        def number(inline: Inline) -> str:
            self._count += 1
            tags[str(self._count)] = inline
            return str(self._count)

        return _coded(content, number)

    def target(self, content: Iterable[Inline], tags: dict[str, Inline]) -> Coded:
        """As `source`; an inline of the source keeps its number, another gets its own."""
        free = dict(tags)

        def number(inline: Inline) -> str:
            same = next((key for key, held in free.items() if held == inline), None)
            if same is None:
                self._added += 1
                same = f"t{self._added}"
                tags[same] = inline
            free.pop(same, None)
            return same

        return _coded(content, number)


def _coded(content: Iterable[Inline], number: Callable[[Inline], str]) -> Coded:
    out: list[str | Tag] = []
    for inline in content:
        match inline:
            case Text(text=text, marks=marks) if not marks:
                out.append(text)
            case Text(text=text):
                out.append(Tag(number(inline), (text,)))
            case Span(content=inner):
                out.append(Tag(number(inline), _coded(inner, number)))
            case _:
                out.append(Tag(number(inline)))
    return tuple(out)
