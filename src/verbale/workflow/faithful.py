"""That what was to be reproduced as received is, in every version: recorded, and checked again.

The record (``faithful.json``) names, for each part that is as received in each version, where
its text stands in an original under ``received/``, and its hash. `recheck` needs nothing but
the files of a bundle: it reads the original and the versions again, JSON and HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.errors import VerbaleError
from verbale.model.walk import block_text, document_text, parts
from verbale.proof.bundle import FAITHFUL
from verbale.proof.faithful import (
    FORMAT,
    Passage,
    find_passage,
    holds,
    normal_form,
    passage_of,
    plain,
    text_hash,
)
from verbale.proof.plain_json import parsed
from verbale.workflow.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.model.document import Part

_RECEIVED = "received/"
#: The formats that are read again: both keep which part is as received.
_AGAIN = (".json", ".html")
_OWN = frozenset({FAITHFUL, "manifest.json", "record.json", "proof.json"})


def faithful_record(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The record for a document's folder: *files* by their path in it."""
    originals = _originals(files)
    found = []
    for name in _versions(files, ".json"):
        for number, text in enumerate(_as_received(files[name], name), start=1):
            passage = find_passage(text, originals)
            said: dict[str, Any] = {"version": name.removesuffix(".json"), "part": number}
            if passage is None:
                said |= {"sha256": text_hash(text), "original": None}
            else:
                said |= plain(passage)
            found.append(said)
    return {"format": FORMAT, "passages": found}


def recheck(files: Mapping[str, bytes]) -> tuple[int, list[str]]:
    """How many passages are to the letter as received, and the files in which one is not."""
    try:
        passages = parsed(files[FAITHFUL], FAITHFUL)["passages"]
        wanted: dict[str, dict[int, Passage | None]] = {}
        for each in passages:
            held = passage_of(each) if each.get("original") else None
            wanted.setdefault(str(each["version"]), {})[int(each["part"])] = held
    except (VerbaleError, KeyError, TypeError, ValueError, AttributeError):
        return 0, [FAITHFUL]
    originals = _originals(files)
    wrong: list[str] = []
    count = 0
    for name in _versions(files, *_AGAIN):
        expected = wanted.get(name.rpartition(".")[0], {})
        texts = dict(enumerate(_as_received(files[name], name), start=1))
        good = sum(
            passage is not None
            and number in texts
            and holds(passage, originals.get(passage.original, ""), texts[number])
            for number, passage in expected.items()
        )
        count += good
        if good != len(expected) or set(texts) != set(expected):
            wrong.append(name)
    return count, wrong


def _versions(files: Mapping[str, bytes], *suffixes: str) -> list[str]:
    return [
        name
        for name in sorted(files)
        if name.endswith(suffixes) and "/" not in name and name not in _OWN
    ]


def _as_received(data: bytes, name: str) -> list[str]:
    """The passages of the parts that are as received: blocks, then each note; see `_texts`."""
    try:
        document = read(data, name=name).document
    except VerbaleError:
        return []
    texts = [text for part in parts(document) if part.as_received for text in _texts(part)]
    return [text for text in texts if normal_form(text)]


def _texts(part: Part) -> Iterator[str]:
    """The text of a part's own blocks, and of each of its notes.

    They are apart because a note may stand elsewhere in the original than in a version.
    """
    yield "\n".join(block_text(block) for block in part.blocks)
    for note in part.footnotes:
        yield "\n".join(block_text(block) for block in note.blocks)


def _originals(files: Mapping[str, bytes]) -> dict[str, str]:
    """The text of each original that can be read, by its path."""
    texts = {}
    for name, data in files.items():
        if name.startswith(_RECEIVED):
            try:
                texts[name] = document_text(read(data, name=name).document)
            except VerbaleError:
                continue
    return texts
