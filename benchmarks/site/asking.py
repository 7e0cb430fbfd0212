"""What is asked of the index and of the site: words of the real texts, by kind of query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import LANGUAGES

if TYPE_CHECKING:
    import random

    from corpus import Speech

_MANY = 60
_BODIES = ("A/HRC", "A", "S", "E")


def queries(speaking: dict[str, Speech], chance: random.Random) -> dict[str, list[str]]:
    """Sixty queries of each kind; those of no one language take turns in all but Chinese."""
    held = [speaking[lang] for lang in LANGUAGES if lang != "zh"]

    def of(make: object, speech: Speech | None = None) -> list[str]:
        return [make(speech or held[n % len(held)], chance) for n in range(_MANY)]

    return {
        "rare": of(rare),
        "common": of(common),
        "and": of(both),
        "phrase": of(phrase),
        "prefix": of(prefix),
        "fuzzy": of(fuzzy),
        "narrowed": [
            f"{word} body:{_BODIES[n % 4]} year:{2021 + n % 4}"
            for n, word in enumerate(of(common))
        ],
        "chinese": of(chinese, speaking["zh"]),
        "arabic": of(both, speaking["ar"]),
    }


def rare(speech: Speech, chance: random.Random) -> str:
    return chance.choice(speech.words[len(speech.words) // 2 :])


def common(speech: Speech, chance: random.Random) -> str:
    return chance.choice([word for word in speech.words[:60] if len(word) > 3][:20])  # noqa: PLR2004


def both(speech: Speech, chance: random.Random) -> str:
    return f"{common(speech, chance)} {chance.choice(speech.words[60:600])}"


def phrase(speech: Speech, chance: random.Random) -> str:
    pieces, places = chance.choice([cut for cut in speech.sentences if len(cut[1]) > 6])  # noqa: PLR2004
    first = chance.randrange(len(places) - 3)
    return '"' + " ".join(pieces[at] for at in places[first : first + 2]) + '"'


def prefix(speech: Speech, chance: random.Random) -> str:
    return chance.choice([word for word in speech.words[:2000] if len(word) > 6])[:5] + "*"  # noqa: PLR2004


def fuzzy(speech: Speech, chance: random.Random) -> str:
    word = chance.choice([word for word in speech.words[:2000] if len(word) > 6])  # noqa: PLR2004
    return f"{word[:2]}{word[3]}{word[2]}{word[4:]}~"


def chinese(speech: Speech, chance: random.Random) -> str:
    pieces, places = chance.choice([cut for cut in speech.sentences if len(cut[1]) > 12])  # noqa: PLR2004
    first = chance.randrange(len(places) - 6)
    return "".join(pieces[at] for at in places[first : first + 4])
