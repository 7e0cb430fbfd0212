"""References inside the document: "see annex", "paragraph 4 above", the asterisk of a note.

``key`` says what is meant: ``annex``, ``annex:II``, ``paragraph:4``, ``note:*``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.families._places import grammar
from verbale.citations.families.base import Family
from verbale.citations.flat import lower
from verbale.citations.model import Kind, Mention
from verbale.citations.vocabulary import Vocabulary, trie, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.families.base import Page

_NUMBER = r"(?:[0-9]{1,3}(?: ?\([a-zа-я0-9]{1,4}\))*|[ivxlc]{1,6}(?!\w)|[a-h](?![\w'.]))"
_SMALL = r"(?:\.? (?:the |le |la |l'|el |los |las |los |lo )?|\.? ?l'|\.? )"
_NEAR = 40
_NOTE = re.compile(r"(?<=[\w)\]\"”»])(\*{1,3})(?=[\s.,;:)]|$)")
_NOTE_LINE = re.compile(r"(?:^|\n)[ \t]*(\*{1,3})(?=[ \t]?\w)")
_OPENS_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])")


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    """The patterns of one language over small letters; groups ``w`` (place) and ``n``."""
    roles: dict[str, list[str]] = {}
    for role, its, text in tables.own("internal", "role lang text"):
        if its == lang:
            roles.setdefault(role, []).append(lower(text))
    table = tables.own("places", "kind lang text")
    words = trie(lower(text) for _, its, text in table if its == lang)
    see, here, this = (f"(?:{trie(roles[role])})" for role in ("see", "here", "this"))
    if lang == "zh":
        han = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,4})"
        return {
            "see": re.compile(rf"{see}(?P<w>附件)(?P<n>{han})?(?! ?[A-Z0-9])"),
            "here": re.compile(rf"{here}第 ?(?P<n>{han}(?:\([a-z]\))?) ?(?P<w>段|节|章)"),
            "this": re.compile(rf"{this}(?:决议|文件|函|照会|报告)(?P<w>附件)(?P<n>)"),
        }
    if lang == "ar":
        number = r"(?:[0-9]{1,3}|ال[^\W\d]{3,9})"
        return {
            "see": re.compile(rf"(?<!\w){see} (?P<w>{words})(?: (?P<n>{number}))?(?!\w| من)"),
            "here": re.compile(rf"(?<!\w)(?P<w>{words}) (?P<n>{number}) {here}(?!\w)"),
            "this": re.compile(
                rf"(?<!\w)[بل]?(?P<w>{words})(?P<n>) {this} (?:القرار|الوثيقة|الرسالة|المذكرة)"
            ),
        }
    return {
        "see": re.compile(
            rf"(?<!\w){see}{_SMALL}(?P<w>{words})\.?(?: (?P<n>{_NUMBER}))?(?=[\s),.;:]|$)"
            r"(?! (?:of|to|de|du|del|к)\b)"
        ),
        "here": re.compile(rf"(?<!\w)(?P<w>{words})\.? (?P<n>{_NUMBER}),? {here}(?!\w)"),
        "this": re.compile(
            rf"(?<!\w)(?P<w>{words})(?: (?P<n>{_NUMBER}))? (?:to|of|de|du|à|a|al|del|к)?"
            rf" ?(?:the |la |le |el )?{this} [^\W\d]{{4,14}}"
        ),
    }


@cache
def _triggers(lang: str) -> Vocabulary:
    """The words that make a place one of the document itself."""
    table = tables.own("internal", "role lang text")
    return vocabulary([(text, role) for role, its, text in table if its == lang], lang)


def find_internal(page: Page) -> Iterator[Mention]:
    """References of the page to the document itself."""
    yield from _notes(page.text)
    if page.lang not in ("ar", "zh", "en", "fr", "ru", "es"):
        return
    role = grammar(page.lang).words.role
    taken = [(pin.start, pin.end) for m in page.found for pin in m.pinpoints]
    triggers = _triggers(page.lang)
    done = 0
    for word in triggers.find(page.low):
        start = max(0, word.start - _NEAR)
        match = _patterns(page.lang)[word.role].search(page.low, start, word.end + _NEAR)
        if match is not None and match.start() >= done:
            done = match.end()
            kind = role(match["w"])
            number = page.text[match.start("n") : match.end("n")] if match["n"] else ""
            key = f"{kind}:{number}" if number else kind
            end = max(match.end("w"), match.end("n"))
            start = min(match.start("w"), match.start("n") if number else match.start("w"))
            if not any(a < end and start < b for a, b in taken):
                yield Mention(start, end, Kind.INTERNAL, key=key)


def _notes(text: str) -> Iterator[Mention]:
    """Asterisks at words where a note with as many stands at a line's beginning."""
    if "*" not in text:
        return
    bodies = {match[1] for match in _NOTE_LINE.finditer(text)}
    if not bodies:
        # White space was made plain: a note begins behind a full stop or the text's start.
        bodies = {m[1] for m in re.finditer(r"(?:^|[.;] {1,9})(\*{1,3})(?= ?\w)", text)}
    opened = False
    for match in re.finditer(r"\*{1,3}", text):
        if _OPENS_EMPHASIS.match(text, match.start()):
            opened = True
            continue
        note = _NOTE.match(text, match.start())
        if opened:
            opened = False
            continue
        if note is not None and match[0] in bodies:
            yield Mention(match.start(), match.end(), Kind.INTERNAL, key=f"note:{match[0]}")


FAMILY = Family(name="internal", order=11, throughout=find_internal)
