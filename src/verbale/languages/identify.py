"""In which language a text is, so that each part of a document can say so.

The script tells Arabic, Chinese and Russian; the commonest words tell English, French and
Spanish. A text in another language is called that language or ``und``, and so is one too short
or too mixed to tell: a wrong answer costs more than none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from verbale.languages import en, es, fr
from verbale.languages._other_words import OTHER_WORDS
from verbale.model.language import AR, RU, UND, ZH, Language

if TYPE_CHECKING:
    from collections.abc import Iterable

_LATIN_SMALL = re.compile(r"[a-zß-öø-ÿāăąćčďđēęěğīıłńňōőœřśşšťūůűźżžșțơưạ-ỹ]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_KANA = re.compile("[\u3041-\u30ff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
_NOT_ARABIC = re.compile("[\u0671-\u06d3]+")  # letters that Persian, Urdu, Kurdish add
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_NOT_RUSSIAN = re.compile("[\u0400\u0402-\u040f\u0450\u0452-\u052f]+")
_WORD = re.compile(r"[^\W\d_]+")
_SYMBOL = re.compile(r"(?<!\S)[(\[]?[A-Z0-9][\w().-]*/\S+")

# One Chinese character says about as much as three letters.
_HAN_LETTERS = 3
# A script decides from this share of the letters on: symbols, names and the English lines of a
# masthead stand in every text, and capitals are not counted.
_SHARE = 0.4
# From this share of foreign letters on the script is used for another language.
_FOREIGN = 0.02

# Endings of long words, by language; the table below is built from them.
_ENDINGS = {
    "en": "tion tions ing ment ments ity ness ship",
    "fr": "tion tions ment ments ité ités eux eurs ées aux ère",
    "es": "ción ciones dad dades miento mientos ión ismo",
    "pt": "ção ções dade dades ões ência ável",
    "it": "zione zioni mente tà enza glia",
    "ca": "ció cions itat tats",
    "gl": "ción cións dade dades",
    "de": "ung ungen keit lich liche lichen isch ischen schaft",
    "nl": "ing ingen heid lijk lijke schap atie ijk",
    "ro": "ție ții ului ilor area",
    "sv": "ning ningar het",
    "da": "ning hed else elser",
}
_ENDING_WEIGHT = 0.5
_LONG_WORD = 6
# Words of the trade and of dates that no neighbour spells so: headings have few small words.
_TRADE = {
    "en": "annex united council assembly affairs foreign agreement letter dated report adopted"
    " january february march june july october december",
    "fr": "annexe unies conseil assemblée affaires étrangères lettre datée rapport adoptée"
    " janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "anexo naciones consejo asamblea relaciones gobierno ministerio fecha informe carta"
    " período sesiones tema enero febrero marzo abril mayo junio julio agosto septiembre"
    " octubre noviembre diciembre",
    "pt": "anexo nações conselho assembleia relações governo ministério carta período sessões"
    " janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "allegato nazioni consiglio assemblea affari governo ministero carta tema gennaio"
    " febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre",
    "nl": "bijlage regering koninkrijk verdrag nederland nederlanden brief minister januari"
    " februari maart mei juni juli augustus oktober",
    "de": "anlage vereinten regierung botschaft auswärtige amt vertrag januar februar märz mai"
    " juni juli oktober dezember",
    "ca": "consell assemblea relacions govern carta gener febrer març abril maig juny juliol",
}
# Languages in which a text of the trade is often written; of a word that two languages share
# the others get half as much.
_USUAL = frozenset({"en", "fr", "es", "pt", "it", "de", "nl"})
# The least evidence for an answer, how many times that of the second the best must have, and
# how much of it there must be for each word that is not a name. Tuned on the UN's resolutions
# and on notes between the Netherlands and others; raise the second if a seventh language is
# ever taken for one of the six.
_LEAST = 0.8
_MARGIN = 1.3
_COVERAGE = 0.09

_OFFICIAL = (en.LANGUAGE, fr.LANGUAGE, es.LANGUAGE)


def _shares(tables: Iterable[tuple[str, str]], weight: float) -> dict[str, dict[str, float]]:
    """For each word (or ending) the languages that use it, *weight* shared out among them."""
    users: dict[str, dict[str, float]] = {}
    for code, words in tables:
        for word in words.split():
            users.setdefault(word, {})[code] = 1.0 if code in _USUAL else 0.5
    return {
        word: {code: weight * part / sum(parts.values()) for code, part in parts.items()}
        for word, parts in users.items()
    }


_WORDS = _shares(
    (
        *((rules.language.code, " ".join(rules.function_words)) for rules in _OFFICIAL),
        *OTHER_WORDS.items(),
        *_TRADE.items(),
    ),
    1.0,
)
_LAST = _shares(_ENDINGS.items(), _ENDING_WEIGHT)
_LONGEST_ENDING = max(map(len, _LAST))


def identify(text: str) -> Language:
    """The language of *text*, ``und`` where it is not clear; speed some megabytes a second."""
    latin = _count(_LATIN_SMALL, text)
    han, kana, hangul = _count(_HAN, text), _count(_KANA, text), _count(_HANGUL, text)
    sizes = {
        "Han": _HAN_LETTERS * (han + kana + hangul),
        "Arabic": _count(_ARABIC, text),
        "Cyrillic": _count(_CYRILLIC, text),
    }
    script, size = max(sizes.items(), key=lambda item: item[1])
    if size and size >= _SHARE * (latin + sum(sizes.values())):
        if script == "Han":
            return _east_asian(han, kana, hangul)
        return _arabic(text, size) if script == "Arabic" else _russian(text, size)
    return _latin(text)


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


def _east_asian(han: int, kana: int, hangul: int) -> Language:
    if hangul > han + kana:
        return Language("ko")
    # Chinese texts quote a Japanese name at most.
    return Language("ja") if kana > _FOREIGN * (han + kana) else ZH


def _arabic(text: str, size: int) -> Language:
    return UND if _count(_NOT_ARABIC, text) > _FOREIGN * size else AR


def _russian(text: str, size: int) -> Language:
    lower = text.lower()
    # Bulgarian has ъ as a vowel and neither ы nor э.
    bulgarian = lower.count("ъ") > lower.count("ы") + lower.count("э") + 1
    return UND if bulgarian or _count(_NOT_RUSSIAN, text) > _FOREIGN * size else RU


def _latin(text: str) -> Language:
    words = Counter(_WORD.findall(_SYMBOL.sub(" ", text)))
    scores: defaultdict[str, float] = defaultdict(float)
    names = 0
    for word, times in words.items():
        lower = word.lower()
        for code, weight in (_WORDS.get(lower) or _ending(lower)).items():
            scores[code] += weight * times
        names += times if word[0].isupper() else 0
    if not scores:
        return UND
    (most, best), (second, _) = (
        *sorted(((score, code) for code, score in scores.items()), reverse=True),
        (0.0, ""),
    )[:2]
    total = words.total()
    # A list of States is names only; a heading in capitals is not.
    counted = total - names or total
    clear = most >= max(_LEAST, _MARGIN * second, _COVERAGE * counted)
    return Language(best) if clear else UND


def _ending(word: str) -> dict[str, float]:
    if len(word) >= _LONG_WORD:
        for size in range(_LONGEST_ENDING, 1, -1):
            if (found := _LAST.get(word[-size:])) is not None:
                return found
    return {}
