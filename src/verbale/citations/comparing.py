"""A quoted passage against the text it is taken from, word by word.

What a quotation may do is told apart from what it may not: other line breaks, quotation marks,
hyphens and a first letter in another case are typography; ``…`` and ``[…]`` leave out lawfully,
``[words]`` insert lawfully; names spelt in several ways come from a table; damage by optical
character recognition is told by letters that such programs confuse. The rest is alteration.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cache, lru_cache

from verbale.citations import tables
from verbale.citations.flat import bare, flatten

# Words that the difference names, in the order of their weight.
_LAWFUL = frozenset({"elision", "bracket", "typography", "case", "ocr"})
_WORD = re.compile(
    r"\[[^\[\]]{0,80}\]|\.\.\.|…|[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['~-][^\W_]+)*"
)
_ELISION = re.compile(r"\[?\s*(?:\.\s?\.\s?\.|…+)\s*\]?")
_NUMBERED = re.compile(r"[0-9]{1,3}|[a-z]|[ivx]{1,4}")
_OCR_SAME = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("li", "h"), ("ii", "n"), ("fi", "h"))
_OCR_LETTERS = str.maketrans("1!|i0568ceunvyz", "lllloosbccnnuvs")
_ENDING = re.compile(r"[.;:!?。؟…][\])\"'”’»*_\s]*$|^\s*$")
_JOINERS = str.maketrans("", "", "-'~")
_LEAST_WORDS = 4
_LEAST_FOUND = 0.6
_OCR_ALIKE = 0.7
_OCR_DAMAGED = 0.5
_LONG_WORD = 6
_STEM = 4
_BACK = 60
_FORGIVEN = 3
_MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``quoted`` and ``source`` are the words on both sides.

    ``kind`` is inserted, left-out, replaced, moved, case, inflection, spelling, typography,
    ocr, elision or bracket.
    """

    kind: str
    quoted: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``verdict`` is exact, typography, altered, not-found or short.

    ``short``: too few words to say anything of. ``start`` and ``end`` bound the passage in the
    source, equal where it was not found; ``ratio`` is the share of quoted words found there.
    """

    verdict: str
    changes: tuple[Change, ...] = ()
    start: int = 0
    end: int = 0
    ratio: float = 0.0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    key: str
    start: int
    end: int


class Source:
    """A held text, cut into words once for all quotations from it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _words(text)
        #: Whether the text ends as texts do: of one that breaks off nothing can be missed.
        self.whole = _ENDING.search(text) is not None
        self.places: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            self.places.setdefault(word.key, []).append(at)

    def of(self, key: str, after: int) -> list[int]:
        """Where a word stands, from *after* on: the first places of it.

        A word that stands at more places tells little, and a text of one word repeated would
        take time as the square of its length.
        """
        places = self.places.get(key, [])
        first = bisect_left(places, after)
        return places[first : first + _MOST_PLACES]


def compare(quote: str, source: Source) -> Comparison:
    """Compare *quote* with the passage of *source* that it is nearest to."""
    pieces = [_words(piece) for piece in _ELISION.split(quote)]
    pieces = [piece for piece in pieces if piece]
    brackets = [Change("bracket", w.text) for p in pieces for w in p if w.text[0] == "["]
    pieces = [[w for w in piece if w.text[0] != "["] for piece in pieces]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return Comparison("short")
    total = sum(len(piece) for piece in pieces)
    changes: list[Change] = []
    start = end = found = after = 0
    for piece in pieces:
        region = _locate(piece, source, after)
        if region is None:
            changes.append(Change("inserted", _text(quote, piece, spread=True)))
            continue
        its, matched = _align(piece, source, *region)
        changes += its[0]
        found += matched
        if not end:
            start = source.words[its[1]].start
        end = max(end, source.words[its[2] - 1].end)
        after = its[2]
    ratio = found / total
    if len(pieces) > 1 or _ELISION.search(quote):
        changes.append(Change("elision", "…"))
    changes = [*changes, *brackets]
    if ratio < _LEAST_FOUND:
        verdict = "short" if total < _LEAST_WORDS else "not-found"
        return Comparison(verdict, ratio=round(ratio, 3))
    passage = source.text[start:end]
    changes = _forgive_damage(changes)
    if any(change.kind not in _LAWFUL for change in changes):
        verdict = "short" if total < _LEAST_WORDS else "altered"
    elif any(change.kind in ("typography", "ocr", "case") for change in changes):
        verdict = "typography"
    else:
        verdict = "exact" if _same_signs(quote, passage, changes) else "typography"
    if verdict == "typography" and not changes:
        changes = [Change("typography", _squeezed(quote), _squeezed(passage))]
    return Comparison(verdict, tuple(changes), start, end, round(ratio, 3))


@lru_cache(maxsize=8)
def _words(text: str) -> list[_Word]:
    flat = flatten(text)
    return [
        _Word(
            match[0],
            bare(match[0]).casefold().translate(_JOINERS),
            flat.origin(match.start()),
            flat.origin_end(match.end()),
        )
        for match in _WORD.finditer(flat.text)
        if match[0] not in ("...", "…")
    ]


def _text(quote: str, words: list[_Word], *, spread: bool) -> str:
    if not words:
        return ""
    if spread:
        return _squeezed(quote[words[0].start : words[-1].end])
    return " ".join(word.text for word in words)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _locate(piece: list[_Word], source: Source, after: int) -> tuple[int, int] | None:
    """The window of words of *source* in which *piece* most likely stands."""
    votes: Counter[int] = Counter()
    size = min(3, len(piece))
    for at in range(len(piece) - size + 1):
        keys = [word.key for word in piece[at : at + size]]
        known = [len(source.places.get(key, ())) for key in keys]
        rare = known.index(min(known))
        for found in source.of(keys[rare], after + rare):
            place = found - rare
            if [w.key for w in source.words[place : place + size]] == keys:
                votes[place - at] += 1
    if not votes:
        for at, word in enumerate(piece):
            places = source.of(word.key, after)
            if len(places) <= _FORGIVEN:
                votes.update(place - at for place in places)
    if not votes:
        return None
    best = max(votes, key=lambda offset: (_near_votes(votes, offset), -offset))
    slack = len(piece) // 2 + 12
    return max(after, best - slack), min(len(source.words), best + len(piece) + slack)


def _near_votes(votes: Counter[int], offset: int) -> int:
    return sum(votes[offset + shift] for shift in range(-3, 4))


def _align(
    piece: list[_Word], source: Source, low: int, high: int
) -> tuple[tuple[list[Change], int, int], int]:
    """The changes, the bounds of the passage in words, and how many words agree."""
    here = source.words[low:high]
    matcher = SequenceMatcher(
        None, [w.key for w in piece], [w.key for w in here], autojunk=False
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    blocks = _without_stray(blocks)
    if not blocks:
        return ([Change("inserted", " ".join(w.text for w in piece))], low, low + 1), 0
    first, last = blocks[0], blocks[-1]
    changes: list[Change] = []
    begin = low + first.b
    matched = 0
    head = piece[: first.a]
    if head:
        begin, head_changes, gained = _head(head, source, begin)
        changes += head_changes
        matched += gained
    at_quote, at_source = first.a, first.b
    for block in blocks:
        changes_here, gained = _between(
            piece[at_quote : block.a], here[at_source : block.b], source
        )
        changes += changes_here
        matched += gained + block.size
        changes += _case_changes(piece, here, block.a, block.b, block.size)
        at_quote, at_source = block.a + block.size, block.b + block.size
    finish = low + last.b + last.size
    tail = piece[last.a + last.size :]
    if tail:
        following = source.words[finish : finish + len(tail)]
        changes_here, gained = _between(tail, following, source, open_end=True)
        changes += changes_here
        matched += gained
        finish += len(following) if gained else 0
    return (_with_moves(changes), begin, finish), matched


def _without_stray(blocks: list[Match]) -> list[Match]:
    """Leave out single words at the ends that match far from the rest: chance, no agreement."""
    while len(blocks) > 1 and blocks[0].size < _FORGIVEN:
        gap = blocks[1].b - blocks[0].b - blocks[0].size
        quoted = blocks[1].a - blocks[0].a - blocks[0].size
        if gap - quoted <= _FORGIVEN + quoted:
            break
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1].size < _FORGIVEN:
        gap = blocks[-1].b - blocks[-2].b - blocks[-2].size
        quoted = blocks[-1].a - blocks[-2].a - blocks[-2].size
        if gap - quoted <= _FORGIVEN + quoted:
            break
        blocks = blocks[:-1]
    return blocks


def _head(head: list[_Word], source: Source, begin: int) -> tuple[int, list[Change], int]:
    """What the quotation has before its first agreeing word.

    Where an earlier word of the same sentence is another form of it, the words between were
    left out: "demanding immediate withdrawal" for "Demands the immediate cessation …, as well
    as immediate withdrawal".
    """
    before = source.words[max(0, begin - len(head)) : begin]
    pairs = _pairs(head, before)
    if pairs is not None:
        return begin - len(head), [change for change in pairs if change.kind], len(head)
    for back in range(begin - 1, max(-1, begin - _BACK), -1):
        word = source.words[back]
        kind = _kind_of(head[-1], word)
        if kind in ("inflection", "case", "same"):
            changes = []
            if len(head) > 1:
                changes.append(Change("inserted", " ".join(w.text for w in head[:-1])))
            if kind != "same":
                changes.append(Change(kind, head[-1].text, word.text))
            between = source.words[back + 1 : begin]
            if between:
                passage = source.text[between[0].start : between[-1].end]
                changes.append(Change("left-out", "", _squeezed(passage)))
            return back, changes, 1
        if source.text[word.end : word.end + 1] in (".", ";"):
            break
    return begin, [Change("inserted", " ".join(w.text for w in head))], 0


def _between(
    quoted: list[_Word], source: list[_Word], held: Source, *, open_end: bool = False
) -> tuple[list[Change], int]:
    """Name what changed between two agreeing passages; say how many words still agree."""
    if not quoted and not source:
        return [], 0
    if not quoted:
        text = _squeezed(held.text[source[0].start : source[-1].end])
        if all(_NUMBERED.fullmatch(word.key) and word.key.isdigit() for word in source):
            # Footnote figures loose in the line, as text taken from a page has them.
            return [Change("typography", "", text)], 0
        return [Change("left-out", "", text)], 0
    pairs = _pairs(quoted, source)
    if pairs is not None:
        return [change for change in pairs if change.kind], len(quoted)
    text = " ".join(word.text for word in quoted)
    if not source or open_end:
        joined = "".join(word.key for word in source[: len(quoted) + 1])
        if joined and joined.startswith("".join(word.key for word in quoted)):
            return [Change("typography", text, " ".join(w.text for w in source))], len(quoted)
        return [Change("inserted", text)], 0
    if "".join(w.key for w in quoted) == "".join(w.key for w in source):
        return [Change("typography", text, " ".join(w.text for w in source))], len(quoted)
    passage = _squeezed(held.text[source[0].start : source[-1].end])
    if _ocr_alike("".join(w.key for w in quoted), "".join(w.key for w in source)):
        return [Change("ocr", text, passage)], len(quoted)
    return [Change("replaced", text, passage)], 0


def _pairs(quoted: list[_Word], source: list[_Word]) -> list[Change] | None:
    """Word for word changes, where every word has a counterpart that is like it."""
    if len(quoted) != len(source) or not quoted:
        return None
    changes = []
    for mine, its in zip(quoted, source, strict=True):
        kind = _kind_of(mine, its)
        if not kind:
            return None
        changes.append(
            Change(
                "" if kind == "same" and mine.text == its.text else kind, mine.text, its.text
            )
        )
    return [Change("", c.quoted, c.source) if c.kind == "same" else c for c in changes]


def _kind_of(mine: _Word, its: _Word) -> str:
    """How two words are alike: same, spelling, ocr, inflection; empty where they are not."""
    if mine.key == its.key:
        return "same"
    spelt = _spellings()
    if spelt.get(mine.key, mine.key) == spelt.get(its.key, its.key):
        return "spelling"
    mine_parts, its_parts = mine.text.split("-"), its.text.split("-")
    if len(mine_parts) == len(its_parts) > 1 and all(
        spelt.get(_key(a), _key(a)) == spelt.get(_key(b), _key(b))
        for a, b in zip(mine_parts, its_parts, strict=True)
    ):
        return "spelling"
    if _confusable(mine.key) == _confusable(its.key) or _ocr_alike(mine.key, its.key):
        return "ocr"
    return "inflection" if _inflected(mine.key, its.key) else ""


def _key(word: str) -> str:
    return bare(word).casefold().replace("'", "")


@cache
def _spellings() -> dict[str, str]:
    """For each spelling of a name, in small letters without accents, the name."""
    return {
        _key(spelling).replace("-", ""): name
        for name, spellings in tables.own("spellings", "name spellings")
        for spelling in spellings.split(";")
    }


def _confusable(word: str) -> str:
    for pair, one in _OCR_SAME:
        word = word.replace(pair, one)
    return word.translate(_OCR_LETTERS)


def _inflected(mine: str, its: str) -> bool:
    """Whether two words share a stem and differ only in a short ending."""
    shared = 0
    for a, b in zip(mine, its, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(mine), len(its))
    return shared >= _STEM and longest - shared <= _STEM and shared * 2 >= longest


def _ocr_alike(mine: str, its: str) -> bool:
    """Whether one word is the other damaged: a figure or a sign among its letters."""
    if min(len(mine), len(its)) < _STEM:
        return False
    damaged = any(_is_damaged(word) for word in (mine, its))
    alike = SequenceMatcher(None, mine, its, autojunk=False).ratio()
    return alike >= (_OCR_DAMAGED if damaged else 1.0)


def _is_damaged(word: str) -> bool:
    """Whether figures stand among the letters of a word."""
    return any(char.isdigit() for char in word) and any(char.isalpha() for char in word)


def _forgive_damage(changes: list[Change]) -> list[Change]:
    """Where recognition plainly damaged a passage, take its other odd words for damage too."""
    damaged = sum(change.kind == "ocr" for change in changes)
    odd = [c for c in changes if c.kind in ("replaced", "inflection") and _interior(c)]
    if damaged + len(odd) < 2 or (not damaged and len(odd) < _FORGIVEN):  # noqa: PLR2004
        return changes
    return [Change("ocr", c.quoted, c.source) if c in odd else c for c in changes]


def _interior(change: Change) -> bool:
    """Whether the words differ inside, as damage makes them and grammar does not."""
    quoted, source = change.quoted.casefold(), change.source.casefold()
    alike = SequenceMatcher(None, quoted, source, autojunk=False).ratio()
    return alike >= _OCR_ALIKE and not _inflected(quoted, source)


def _case_changes(
    piece: list[_Word], here: list[_Word], at_quote: int, at_source: int, size: int
) -> list[Change]:
    changes = []
    for step in range(size):
        mine, its = piece[at_quote + step].text, here[at_source + step].text
        if mine != its:
            kind = "case" if mine.casefold() == its.casefold() else "typography"
            kind = "ocr" if "~" in mine + its else kind
            changes.append(Change(kind, mine, its))
    return changes


def _with_moves(changes: list[Change]) -> list[Change]:
    """Call words that were left out here and inserted there moved."""
    out = list(changes)
    for left in [c for c in changes if c.kind == "left-out"]:
        words = left.source.casefold()
        same = [c for c in out if c.kind == "inserted" and c.quoted.casefold() == words]
        if same:
            out[out.index(same[0])] = Change("moved", same[0].quoted, left.source)
            out.remove(left)
    return out


def _same_signs(quote: str, passage: str, changes: list[Change]) -> bool:
    """Whether the punctuation agrees too, white space and the ends aside."""
    if any(change.kind in ("elision", "bracket") for change in changes):
        return True
    return _bones(quote) == _bones(passage)


def _bones(text: str) -> str:
    return "".join(text.split()).strip(".,;:*\"'“”«»‘’ ")
