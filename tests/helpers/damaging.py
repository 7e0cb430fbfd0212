"""Files damaged at random, the same each time: bits, pieces, members and tags of good ones."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from zips import zip_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 20_200_506
_TAG = re.compile(rb"<[^<>]{1,200}>")
_SIGNS = (b"\0", b"\xff", b"<", b"&", b"]]>", b"%", b"(", b"\xe2\x80\xae", b"9" * 40)


def cases(files: Sequence[tuple[str, bytes]], count: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged copies of *files*, name and bytes."""
    chance = random.Random(SEED)  # noqa: S311 - the same each time
    for _ in range(count):
        name, data = chance.choice(files)
        yield name, _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    inside = data.startswith(b"PK") and chance.random() < 0.6
    if inside:
        again = _in_member(data, chance)
        if again is not None:
            return again
    for _ in range(chance.choice((1, 1, 2, 8))):
        data = _once(data, chance)
    return data


def _in_member(data: bytes, chance: random.Random) -> bytes | None:
    """Damage in one member of a zip file that is sound but for it."""
    from hostile_files import entries  # noqa: PLC0415 - it uses zips as well

    try:
        members = entries(data)
    except Exception:  # noqa: BLE001 - a file of the corpus that is no sound zip
        return None
    if not members or sum(len(each.data) for each in members) > 4_000_000:
        return None
    one = chance.choice(members)
    one.data = _once(one.data, chance)
    for each in members:
        each.method = 0 if each.name == "mimetype" else 8
    return zip_of(members)


def _once(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return chance.choice(_SIGNS)
    at = chance.randrange(len(data))
    match chance.randrange(7):
        case 0:
            return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + chance.randrange(1, 200) :]
        case 3:
            piece = data[at : at + chance.randrange(1, 500)]
            return data[:at] + piece * chance.choice((2, 2, 50)) + data[at:]
        case 4:
            return data[:at] + chance.choice(_SIGNS) + data[at:]
        case 5:
            tags = _TAG.findall(data[:200_000])
            tag = chance.choice(tags) if tags else b"<a>"
            return data[:at] + tag * chance.choice((1, 1, 300)) + data[at:]
        case _:
            other = chance.randrange(len(data))
            return data[:at] + data[other : other + 300] + data[at + 300 :]
