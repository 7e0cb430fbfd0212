"""What the words around a number say: which noun, which body, which date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.model import Kind, Mention, Named
from verbale.citations.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from verbale.citations.families._designation import Designation
    from verbale.citations.families.base import Page
    from verbale.citations.vocabulary import Word

NOUNS = {
    "resolution": (Kind.RESOLUTION, False),
    "decision": (Kind.DECISION, False),
    "own-resolution": (Kind.RESOLUTION, True),
    "own-decision": (Kind.DECISION, True),
}
#: Languages with words in the tables.
LANGUAGES = frozenset({"ar", "zh", "en", "fr", "ru", "es"})
#: How far back words still speak for a number.
WINDOW = 220
_ITS = ("own", "own-self")
# Distances in characters: letters between noun and number besides a body's name; "its" before
# the noun; a body before "its"; the same, so near that it is the subject; a body beside a noun.
_ADJACENT = 14
_OWN_NEAR = 30
_SUBJECT_NEAR = 40
_CLOSE_SUBJECT = 14
_BESIDE_BODY = 4

_DAY = r"[0-9]{1,2}(?: ?(?:er|º|°|-го|st|[nr]d|th)\b)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9/])"
_DATE = rf"{_DAY}[^0-9.;()]{{1,34}}?{_YEAR}"
# A date behind the number: "of 3 May 2001", ", de 3 de mayo de 2001", "of May 3, 2001".
_DATED = re.compile(
    rf"[^0-9.;()]{{0,16}}?(?:{_DATE}"
    r"|\b[^\W\d]{3,10}\.? [0-9]{1,2},? (?P<y2>(?:19|20)[0-9]{2})(?![0-9/]))"
)
_DATED_BEFORE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}) ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日[^0-9。;]{0,60}$"
)
# ", annex, sect. II" between a number and its body.
_PLACE = (
    r"(?:, ?(?:annexe?|anexo|приложение|附件|المرفق"
    r"|(?:sect|secc|para?|párr|разд|пункт|art|chap|cap)s?\.? ?[0-9IVXLCA-H]{1,5})){0,3}"
)
_AFTER = re.compile(
    rf"{_PLACE}[ ,(]*(?:(?:of|on|dated|du|de|del|от|en date du|de fecha|المؤرخ|المؤرخة)?"
    rf" *{_DATE}"
    r"(?: ?г(?:ода|\.))?)?"
    r"[ ,]*(?:adopted by |of |by |adoptée par |aprobada por |принятой |принятая )?"
    r"(?:the |de la |de l'|del |du |des |la |le |l'"
    r"|الصادر عن |الصادرة عن |الذي اتخذه |الذي اتخذته )?"
)
_BEHIND = re.compile(r"[^0-9.;()]{1,45}")
_SENTENCE_END = re.compile(
    r"[.;。؛!?؟](?:(?<=[。؛!?؟])|(?<=;)(?! *[^\W\d]{0,3} *[0-9])"
    r"|(?<=\.) +(?=[A-ZА-ЯÀ-Þ\u0600-\u06ff]))"
)
_LAST_WORD = re.compile(r"([^\W\d_]{3,20})[)\]\"'»]?$")
# A full stop behind these ends no sentence.
_NO_SENTENCE = {
    *("sect", "para", "paras", "art", "arts", "chap", "chaps", "vol", "suppl", "nos"),
    *("par", "párr", "párrs", "secc", "cap", "núm", "núms", "разд", "пункт", "гл"),
}
_HAN_NOUN = re.compile(r"[^。;]{0,160}?号(决议|决定)")
_HAN_DATE = re.compile(r"[0-9]{4} ?年(?: ?[0-9]{1,2} ?月)?(?: ?[0-9]{1,2} ?日)?|第")


@cache
def words_of(lang: str) -> Vocabulary:
    """Nouns, "its" and the names of bodies in one language, with the roles of the tables."""
    cells = [
        (text, role) for role, its, text in tables.own("words", "role lang text") if its == lang
    ]
    cells += [
        (text, body)
        for body, its, text in tables.own("bodies", "body lang text")
        if its == lang
    ]
    return vocabulary(cells, lang)


@dataclass(slots=True)
class Context:
    """What the words before a number say. ``noun`` is the kind of the last noun.

    ``beside``: nothing but a body's name and small words stand between noun and number.
    """

    kind: Kind | None = None
    beside: bool = False
    named: tuple[Named, ...] = ()
    broken: bool = False
    start: int = 0


def read_context(page: Page, at: int, *, listed: bool) -> Context:
    """What the words between the last citation (or the sentence's beginning) and *at* say."""
    low = page.low
    last = page.found[-1].end if page.found else 0
    start = max(0, at - WINDOW, last)
    broken = False
    for match in _SENTENCE_END.finditer(page.text, start, at):
        if page.text[match.start()] != "." or _is_sentence_end(page.text, match.start()):
            start, broken = match.end(), True
    start = max(start, page.used)
    words = list(words_of(page.lang).find(low, start, at)) if page.lang in LANGUAGES else []
    context = Context(broken=broken, start=start)
    noun = next((w for w in reversed(words) if w.role in NOUNS), None)
    bodies = [w for w in words if w.role not in NOUNS and w.role not in _ITS]
    if page.lang == "zh":
        context.named = _han_evidence(low, words, bodies, at)
        return context
    if noun is None:
        how = "listed-after" if listed and not broken else "near"
        context.named = (Named(bodies[-1].role, how),) if bodies else ()
        return context
    context.kind, its = NOUNS[noun.role]
    context.start = noun.start
    between = low[noun.end : at]
    inside = [w for w in bodies if w.start >= noun.end]
    for word in inside:
        between = between.replace(low[word.start : word.end], "")
    letters = sum(char.isalpha() for char in between)
    context.beside = letters <= _ADJACENT
    context.named = _evidence(words, bodies, noun, its=its)
    return context


def _is_sentence_end(text: str, at: int) -> bool:
    """Whether the full stop at *at* ends a sentence, and no abbreviation or initial."""
    word = _LAST_WORD.search(text, max(0, at - 22), at)
    return word is not None and word[1].lower() not in _NO_SENTENCE


def _han_evidence(
    low: str, words: list[Word], bodies: list[Word], at: int
) -> tuple[Named, ...]:
    """Chinese names the body before date and number, and the noun once, behind the list."""
    named = []
    if bodies:
        between = _HAN_DATE.sub("", low[bodies[-1].end : at])
        close = len(between) <= _BESIDE_BODY or ("," not in between and "关于" in between)
        named.append(Named(bodies[-1].role, "adjacent" if close else "near"))
    its = [w for w in words if w.role in _ITS and at - w.end <= WINDOW // 4]
    if its and not (bodies and bodies[-1].start > its[-1].start):
        if named and its[-1].start - bodies[-1].end <= _CLOSE_SUBJECT:
            named = [Named(bodies[-1].role, "subject")]
        named.append(Named("own", "own"))
    return tuple(named)


def _evidence(
    words: list[Word], bodies: list[Word], noun: Word, *, its: bool
) -> tuple[Named, ...]:
    """Which bodies the words around the noun name, and how."""
    named = [Named(w.role, "adjacent") for w in bodies if w.start >= noun.end][:1]
    before = [w for w in bodies if w.end <= noun.start]
    if not named and before and noun.start - before[-1].end <= _BESIDE_BODY:
        named.append(Named(before[-1].role, "adjacent"))
        # Two bodies may share one noun: "General Assembly and Security Council resolutions".
        if len(before) > 1 and before[-1].start - before[-2].end <= _BESIDE_BODY + 1:
            named.append(Named(before[-2].role, "adjacent"))
    owns = [w for w in words if w.role in _ITS and w.end <= noun.start]
    own_at = noun.start if its else owns[-1].start if owns else -1
    if own_at >= 0 and noun.start - own_at <= _OWN_NEAR and not named:
        myself = not its and any(w.role == "own-self" for w in owns[-2:])
        subject = [w for w in before if own_at - w.end <= _SUBJECT_NEAR and not myself]
        if subject:
            close = own_at - subject[-1].end <= _CLOSE_SUBJECT
            named.append(Named(subject[-1].role, "subject" if close else "near"))
        named.append(Named("own", "own"))
    elif before and not named:
        named.append(Named(before[-1].role, "near"))
    return tuple(named)


def han_kind(text: str, end: int) -> Kind | None:
    """The noun behind the number or its list: 第70/1号和第71/2号决议."""
    match = _HAN_NOUN.match(text, end, end + WINDOW)
    if match is None:
        return None
    return Kind.DECISION if match[1] == "决定" else Kind.RESOLUTION


def inherited(named: tuple[Named, ...], listed: Mention, lang: str) -> tuple[Named, ...]:
    """The evidence for a member of a list: that of the member before it, and its own."""
    if lang == "zh" and any(n.how in ("adjacent", "own") for n in named):
        return named
    return tuple(
        Named(n.body, "listed" if n.how in ("adjacent", "listed") else n.how)
        for n in listed.named
    )


def dated_year(page: Page, shape: Designation, listed: Mention | None) -> int:
    """The year of the date beside the number, 0 where there is none."""
    match = _DATED.match(page.low, shape.end, shape.end + 70)
    if match is not None:
        return int(match["year"] or match["y2"])
    if page.lang == "zh":
        window = page.low[max(0, shape.start - 90) : shape.start]
        match = _DATED_BEFORE.search(window)
        if match is not None:
            return int(match["year"])
        if listed is not None and shape.start - listed.end <= _ADJACENT:
            return listed.dated
    return 0


def with_body_behind(page: Page, mention: Mention, *, chained: bool) -> Mention:
    """Add the body named right behind the number, also to those before it in the list."""
    if page.lang not in LANGUAGES or any(n.how == "adjacent" for n in mention.named):
        return mention
    low = page.low
    words = words_of(page.lang)
    spot = _AFTER.match(low, mention.end, mention.end + 120)
    if spot is None:
        return mention
    word = words.pattern.match(low, spot.end(), spot.end() + 60)
    if word is None or words.role(word[1]) in (*NOUNS, *_ITS):
        return _with_body_further(page, mention)
    page.used = max(page.used, word.end())
    named = Named(words.role(word[1]), "adjacent")
    if chained:
        at = len(page.found) - 1
        while at >= 0 and page.found[at].kind is mention.kind and page.found[at].form:
            each = page.found[at]
            if any(n.how == "adjacent" for n in each.named):
                break
            page.found[at] = replace(each, named=(Named(named.body, "listed"), *each.named))
            at -= 1
    return replace(mention, named=(named, *mention.named))


def _with_body_further(page: Page, mention: Mention) -> Mention:
    """Note a body a few words behind the number: "decision 10/2 of the tenth Conference …"."""
    if mention.form != "session" or page.lang == "zh":
        return mention
    ahead = _BEHIND.match(page.low, mention.end)
    if ahead is None:
        return mention
    for word in words_of(page.lang).find(page.low, ahead.start(), ahead.end()):
        if word.role in NOUNS or word.role in _ITS:
            break
        return replace(mention, named=(*mention.named, Named(word.role, "behind")))
    return mention
