"""That what was to be reproduced as received is, in every version: recorded, and checked again.

The record (``faithful.json``) names, for each part that is as received in each version, where
its text stands in an original under ``received/``, and its hash. `recheck` needs nothing but
the files of a bundle, and compares

- the versions in JSON, HTML, AKN and DOCX, which keep what part is as received: its text is the
  passage of the original, to the letter;
- the versions in PDF and plain text, which do not: each line and cell of that text stands in
  theirs, to the letter.

Reading again is not always possible: what the text of a page is, is a reader's guess. The
record names the files in which every passage was found when it was made; another one is said
not to be compared, and not called altered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verbale.errors import ReadingStoppedError, VerbaleError
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
from verbale.proof.verdicts import Reason
from verbale.workflow.pages import page_texts
from verbale.workflow.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from verbale.model.document import Part

_RECEIVED = "received/"
_LINE = re.compile(r"[\n\t]").split
#: The format whose parts the record numbers, and those that keep which part is as received.
_TREE = ".json"
_AGAIN = (_TREE, ".html", ".xml", ".docx")
#: Formats that hold the text alone.
_TEXT = (".pdf", ".txt")
_OWN = frozenset({FAITHFUL, "manifest.json", "record.json", "proof.json"})


@dataclass(frozen=True, slots=True)
class Compared:
    """How many passages are to the letter as received; the files in which one is not.

    ``unread`` are files whose text could not be compared; ``stopped`` is why reading one of
    them was given up, after which nothing else was compared.
    """

    count: int
    wrong: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    stopped: Reason | None = None


def faithful_record(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The record for a document's folder: *files* by their path in it.

    Raises `ReadingStoppedError` when one cannot be read to its end.
    """
    originals = _originals(files)
    found = []
    compared = []
    for tree in _versions(files, _TREE):
        version = tree.removesuffix(_TREE)
        passages = _as_received(files[tree], tree)
        for number, text in enumerate(passages, start=1):
            passage = find_passage(text, originals)
            said: dict[str, Any] = {"version": version, "part": number}
            if passage is None:
                said |= {"sha256": text_hash(text), "original": None}
            else:
                said |= plain(passage)
            found.append(said)
        compared += [
            name
            for name in (version + suffix for suffix in (*_AGAIN, *_TEXT))
            if name in files and passages and _has(passages, name, files[name])
        ]
    return {"format": FORMAT, "passages": found, "compared": compared}


def recheck(files: Mapping[str, bytes]) -> Compared:
    """Compare the versions among *files* with the originals again, as the record says."""
    try:
        return _compared(files)
    except ReadingStoppedError as ended:
        return Compared(0, stopped=Reason(ended.finding_code, ended.values))


def _compared(files: Mapping[str, bytes]) -> Compared:
    try:
        record = parsed(files[FAITHFUL], FAITHFUL)
        wanted: dict[str, dict[int, Passage | None]] = {}
        for each in record["passages"]:
            held = passage_of(each) if each.get("original") else None
            wanted.setdefault(str(each["version"]), {})[int(each["part"])] = held
        compared = frozenset(map(str, record["compared"]))
    except (VerbaleError, KeyError, TypeError, ValueError, AttributeError):
        return Compared(0, (FAITHFUL,))
    originals = _originals(files)
    wrong: list[str] = []
    unread: list[str] = []
    count = 0
    for tree in _versions(files, _TREE):
        expected = wanted.get(tree.removesuffix(_TREE), {})
        passages = _as_received(files[tree], tree)
        here = dict(enumerate(passages, start=1))
        if set(here) != set(expected) or not all(
            passage is not None and holds(passage, originals.get(passage.original, ""), here[n])
            for n, passage in expected.items()
        ):
            wrong.append(tree)
            continue
        for name in (tree.removesuffix(_TREE) + suffix for suffix in (*_AGAIN, *_TEXT)):
            if name not in files or not passages:
                continue
            if name not in compared:
                unread.append(name)
            elif _has(passages, name, files[name]):
                count += len(passages)
            else:
                wrong.append(name)
    return Compared(count, tuple(wrong), tuple(unread))


def _has(passages: Sequence[str], name: str, data: bytes) -> bool:
    """Whether the file *name* has each of *passages*, as far as its format can show."""
    if not name.endswith(_AGAIN):
        return _stands_in(passages, name, data)
    here = _as_received(data, name)
    return [normal_form(each) for each in here] == [normal_form(each) for each in passages]


def _stands_in(passages: Sequence[str], name: str, data: bytes) -> bool:
    """Whether each line and cell of *passages* stands in the text of a PDF or text file."""
    try:
        pages = page_texts(data, name=name) if name.endswith(".pdf") else [data.decode("utf-8")]
    except ReadingStoppedError:
        raise
    except (VerbaleError, UnicodeDecodeError):
        return False
    # Plain text shows emphasis with asterisks.
    held = [normal_form(each).replace("*", "") for each in pages]
    lines = [normal_form(line).replace("*", "") for text in passages for line in _LINE(text)]
    return all(_stands(line, held) for line in lines)


def _stands(line: str, pages: Sequence[str]) -> bool:
    """Whether *line* stands in a page whole, or its pieces in pages that follow each other."""
    for number, page in enumerate(pages):
        if line in page:
            return True
        after = pages[number + 1] if number + 1 < len(pages) else ""
        if after and any(
            line[:cut] in page and line[cut:] in after for cut in range(1, len(line))
        ):
            return True
    return False


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
    except ReadingStoppedError:
        raise
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
            except ReadingStoppedError:
                raise
            except VerbaleError:
                continue
    return texts
