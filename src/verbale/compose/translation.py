"""What a translator is given of a version: passages beside each other in two languages.

A unit is one paragraph, its segments are sentences: set phrases, written already, and free
text, to be translated. Inlines become text and numbered tags; only the numbers come back, what
they stand for stays here. A part reproduced as received is not in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from verbale.compose.coding import Coded, Coder, decode
from verbale.compose.phrases import cut
from verbale.model.document import (
    Document,
    Heading,
    Inline,
    Paragraph,
    Part,
    PartKind,
    Span,
    Text,
)
from verbale.model.walk import join_text, map_blocks, plain
from verbale.text.folding import squeeze
from verbale.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from verbale.model.document import Block
    from verbale.model.language import Language

#: Written without a blank between sentences.
NO_BLANKS = frozenset({"zh"})
#: Masthead lines that are no text: they are the same in every version.
_NO_TEXT = frozenset({"symbol", "job-number"})

Leaf: TypeAlias = "Paragraph | Heading"


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, or several set phrases in a row.

    ``target`` is empty for free text. ``candidate``: nobody has reviewed the set phrase yet.
    ``tags`` says what the tags of both sides stand for; ``gap`` is the blank that follows.
    """

    id: str
    source: Coded
    target: Coded
    tags: Mapping[str, Inline]
    candidate: bool = False
    gap: str = ""

    @property
    def free(self) -> bool:
        """Whether it is for the translator."""
        return not self.target


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph. ``place`` names its part, ``role`` what it is there."""

    id: str
    place: str
    role: str
    language: Language
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Bitext:
    """A version and the text it comes from. ``original`` names the work: symbol or hash."""

    original: str
    source: Language
    target: Language
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A translation file as it came back: source and target by unit and segment."""

    original: str
    source: str
    target: str
    segments: Mapping[tuple[str, str], tuple[Coded, Coded]]


def bitext(
    original: str,
    target: Document,
    versions: Mapping[str, Document],
    submitted: Language,
    is_candidate: Callable[[str], bool],
) -> Bitext:
    """The version *target* beside what it comes from.

    *versions* are all trees by language, *submitted* the language of submission, *is_candidate*
    tells whether a set phrase holds wording that nobody has reviewed.
    """
    sources: dict[str, dict[str, tuple[str, Leaf]]] = {}
    spoken = {part.id: part for part in _parts(target)}
    units = []
    languages: Counter[Language] = Counter()
    for key, (where, leaf) in _leaves(target):
        part = spoken[where].part
        if part.as_received or part.language != target.language or leaf.role in _NO_TEXT:
            continue
        language = _source_language(part, submitted)
        code, held = language.code, None
        if language != target.language and code in versions:
            if code not in sources:
                sources[code] = dict(_leaves(versions[code]))
            held = sources[code].get(key)
        source = held[1].content if held else None
        if source is not None and any(_awaits(inline) for inline in source):
            source = None  # that version waits for a translation of it too
        segments = tuple(_segments(leaf.content, source, target.language, is_candidate))
        if segments:
            place = part.kind.value + (f" {part.number}" if part.number else "")
            units.append(Unit(key, place, leaf.role, language, segments))
            languages[language] += sum(segment.free for segment in segments)
    most = languages.most_common(1)
    return Bitext(original, most[0][0] if most else submitted, target.language, tuple(units))


def complete(
    document: Document, work: Bitext, filled: Mapping[tuple[str, str], Coded]
) -> Document:
    """The version with every free segment translated: *filled* by unit and segment.

    Set phrases stay as they were composed.
    """
    units = {unit.id: unit for unit in work.units}

    def put(key: str, leaf: Leaf) -> Leaf:
        unit = units.get(key)
        if unit is None or not any(_awaits(inline) for inline in leaf.content):
            return leaf
        texts = [
            decode(filled[unit.id, segment.id], segment.tags)
            for segment in unit.segments
            if segment.free
        ]
        return replace(leaf, content=_filled(leaf.content, texts, document.language.code))

    made = _rebuild(document, put)
    title = next((leaf for _, (_, leaf) in _leaves(made) if leaf.role == "title"), None)
    return replace(made, title=squeeze(plain(title.content))) if title else made


def _segments(
    content: tuple[Inline, ...],
    source: tuple[Inline, ...] | None,
    target: Language,
    is_candidate: Callable[[str], bool],
) -> Iterator[Segment]:
    coder = Coder()
    for number, (before, after, gap) in enumerate(_pairs(content, source), start=1):
        tags: dict[str, Inline] = {}
        coded = coder.source(before, tags)
        written = coder.target(after, tags)
        yield Segment(
            f"s{number}",
            coded,
            written,
            tags,
            candidate=bool(after) and is_candidate(plain(after)),
            gap="" if target.code in NO_BLANKS else gap,
        )


_Pair: TypeAlias = "tuple[tuple[Inline, ...], tuple[Inline, ...], str]"


def _pairs(content: tuple[Inline, ...], source: tuple[Inline, ...] | None) -> list[_Pair]:
    """Each segment's source and target (empty: free text), and the gap behind it."""
    free = [each.content for each in content if isinstance(each, Span) and each.awaiting]
    written = _between(content)
    if not free:
        return [(source, content, "")] if source and plain(content).strip() else []
    if len(content) == 1 or source is None:
        return [(piece, (), " ") for piece in free]
    groups = _groups(source, list(free))
    phrases = sum(not is_free for is_free, _, _ in groups)
    if len(groups) - phrases != len(free) or phrases != len(written):
        # The two sides do not run side by side: the free text alone is sure.
        return [(piece, (), " ") for piece in free]
    texts = iter(written)
    return [
        (cut(source, start, end), () if is_free else next(texts), _gap(source, groups, number))
        for number, (is_free, start, end) in enumerate(groups)
    ]


_Group: TypeAlias = "tuple[bool, int, int]"


def _groups(source: tuple[Inline, ...], free: list[tuple[Inline, ...]]) -> list[_Group]:
    """The source as free sentences, and runs of sentences that were written with phrases."""
    groups: list[_Group] = []
    for start, end in sentences(plain(source)):
        if free and cut(source, start, end) == free[0]:
            del free[0]
            groups.append((True, start, end))
        elif groups and not groups[-1][0]:
            groups[-1] = (False, groups[-1][1], end)
        else:
            groups.append((False, start, end))
    return groups


def _gap(source: tuple[Inline, ...], groups: list[_Group], number: int) -> str:
    if number + 1 == len(groups):
        return ""
    return plain(source)[groups[number][2] : groups[number + 1][1]]


def _between(content: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """What stands between free texts, blanks at the ends left out."""
    runs: list[list[Inline]] = [[]]
    for inline in content:
        if _awaits(inline):
            runs.append([])
        else:
            runs[-1].append(inline)
    found = []
    for run in runs:
        text = plain(run)
        if text.strip():
            start = len(text) - len(text.lstrip())
            found.append(cut(run, start, len(text.rstrip())))
    return found


def _filled(
    content: tuple[Inline, ...], texts: list[tuple[Inline, ...]], lang: str
) -> tuple[Inline, ...]:
    """Translated texts in their places, with the blanks that the language puts between."""
    blank = "" if lang in NO_BLANKS else " "
    out: list[Inline] = []
    rest = iter(texts)
    after = False
    for inline in content:
        if _awaits(inline):
            if out:
                out = _ending(out, blank)
            out += next(rest)
            after = True
        elif after and isinstance(inline, Text):
            lead = inline.text.lstrip()
            if lead:
                out += _ending([], blank) if blank else []
                out.append(replace(inline, text=lead))
            after = False
        else:
            out.append(inline)
            after = False
    return join_text(out)


def _ending(out: list[Inline], blank: str) -> list[Inline]:
    """*out* ending with *blank* in the place of any white space there."""
    last = out[-1] if out else None
    if isinstance(last, Text):
        out = [*out[:-1], replace(last, text=last.text.rstrip())]
    return [*out, Text(blank)] if blank else out


def _awaits(inline: Inline) -> bool:
    return isinstance(inline, Span) and inline.awaiting


def _source_language(part: Part, submitted: Language) -> Language:
    """The language of the text that waits in *part*, else that of submission."""
    found = (
        inline.language
        for leaf in _part_leaves(part)
        for inline in leaf.content
        if isinstance(inline, Span) and inline.awaiting
    )
    return next((language for language in found if language), submitted)


def _part_leaves(part: Part) -> Iterator[Leaf]:
    blocks = (*part.blocks, *(block for note in part.footnotes for block in note.blocks))
    seen: list[Leaf] = []

    def note(block: Block) -> Block:
        if isinstance(block, Paragraph | Heading):
            seen.append(block)
        return block

    map_blocks(blocks, note)
    yield from seen


@dataclass(frozen=True, slots=True)
class _Numbered:
    id: str
    part: Part


def _parts(document: Document) -> Iterator[_Numbered]:
    def within(parts: tuple[Part, ...], prefix: str) -> Iterator[_Numbered]:
        for number, part in enumerate(parts, start=1):
            key = f"{prefix}{number}"
            yield _Numbered(key, part)
            yield from within(part.parts, f"{key}.")

    yield from within(document.parts, "part")


def _leaves(document: Document) -> Iterator[tuple[str, tuple[str, Leaf]]]:
    """Each paragraph and heading by its id, with the id of its part."""
    for numbered in _parts(document):
        name = _Namer(numbered)
        for leaf in _part_leaves(numbered.part):
            yield name(leaf), (numbered.id, leaf)


class _Namer:
    """Names the paragraphs of a part: by number, in a masthead by what the line is.

    Versions have the same paragraphs in their parts, but not the same lines in their mastheads.
    """

    def __init__(self, numbered: _Numbered) -> None:
        self._id = numbered.id
        self._by_role = numbered.part.kind is PartKind.MASTHEAD
        self._seen: Counter[str] = Counter()

    def __call__(self, leaf: Leaf) -> str:
        role = leaf.role if self._by_role else ""
        self._seen[role] += 1
        number = str(self._seen[role])
        return f"{self._id}-{role}-{number}" if role else f"{self._id}-{number}"


def _rebuild(document: Document, change: Callable[[str, Leaf], Leaf]) -> Document:
    """The same tree with each paragraph and heading as *change* makes it from its id."""

    def within(parts: tuple[Part, ...], prefix: str) -> tuple[Part, ...]:
        out = []
        for number, part in enumerate(parts, start=1):
            name = _Namer(_Numbered(f"{prefix}{number}", part))

            def leaf(block: Block, name: _Namer = name) -> Block:
                if isinstance(block, Paragraph | Heading):
                    return change(name(block), block)
                return block

            blocks = map_blocks(part.blocks, leaf)
            notes = tuple(
                replace(note, blocks=map_blocks(note.blocks, leaf)) for note in part.footnotes
            )
            inner = within(part.parts, f"{prefix}{number}.")
            out.append(replace(part, blocks=blocks, footnotes=notes, parts=inner))
        return tuple(out)

    return replace(document, parts=within(document.parts, "part"))
