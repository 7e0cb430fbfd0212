"""Meetings of the Security Council by number: "its 3205th meeting" is S/PV.3205.

Meetings of other bodies are numbered anew each session, so that the number alone names none:
only those whose words name the Council, or that the Council's own documents mention, are taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.citations.families._around import LANGUAGES, words_of
from verbale.citations.families.base import Family
from verbale.citations.model import Kind, Mention, Named

if TYPE_CHECKING:
    from verbale.citations.families.base import Page

_BEHIND = {
    "en": re.compile(
        r"([0-9]{1,5})(?:st|[nr]d|th) (?:\([a-z]+\) )?(?:meeting|plenary meeting)"
    ),
    "fr": re.compile(r"([0-9]{1,5}) ?(?:e|ème|re|\^\{e\}) ?séance"),
    "es": re.compile(r"([0-9]{1,5}) ?(?:ª|a|\.ª|\^\{a\})\.? ?sesión"),
    "ru": re.compile(r"([0-9]{1,5}) ?- ?(?:м|е|ем|ом|го|ое|й|я) (?:пленарн\w+ )?заседани"),
    "zh": re.compile(r"([0-9]{1,5}) ?次(?:全体)?会议"),
    "ar": re.compile(r"([0-9]{1,5})(?!\w)"),
}
_ARABIC_BEFORE = re.compile(r"(?:جلسته|جلستها|جلسة|الجلسة)(?: العامة)? {1,3}$")
_WINDOW = 160


def read_meetings(page: Page, at: int) -> list[Mention]:
    """The meeting whose number begins at *at*."""
    if page.lang not in _BEHIND:
        return []
    match = _BEHIND[page.lang].match(page.low, at)
    if match is None:
        return []
    if page.lang == "ar" and not _ARABIC_BEFORE.search(page.low, max(0, at - 24), at):
        return []
    words = words_of(page.lang) if page.lang in LANGUAGES else None
    start = max(page.done, at - _WINDOW)
    bodies = [
        w.role
        for w in (words.find(page.low, start, at) if words else ())
        if w.role not in ("resolution", "decision", "own", "own-self")
    ]
    named = Named(bodies[-1], "near") if bodies else Named("own", "own")
    return [
        Mention(
            at,
            match.end(1),
            Kind.MEETING,
            form="meeting",
            number=str(int(match[1])),
            named=(named,),
        )
    ]


FAMILY = Family(name="meetings", order=0, at_digits=read_meetings)
