"""A keeper, seen from inside: ``python -m verbale.edges.box.keeper SETTINGS``.

It reads jobs from standard input and writes answers to standard output, each a frame of eight
bytes that say how long it is and so many bytes. It looks at no byte of a file itself.
"""

from __future__ import annotations

import itertools
import json
import os
import pickle
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from verbale.edges.box import acts, kernel
from verbale.edges.box.lockdown import Means, opens_nothing
from verbale.edges.box.pool import SIZE
from verbale.edges.box.running import BoxEndedError, End, run
from verbale.readers.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.institutions import Institution

_CHUNK = 1 << 20


def main(settings: str) -> None:
    """Serve until standard input ends."""
    said = json.loads(settings)
    limits, means = Limits(**said["limits"]), Means(**said["means"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        kernel.die_with_parent()
    acts.warm()
    if opens_nothing(means):
        acts.warm_for_nothing()
    tables: dict[str, Institution] = {}
    for number in itertools.count(1):
        head = _frame()
        if head is None:
            return
        ask = json.loads(head)
        pickled, data = _frame(), _frame()
        if pickled is None or data is None:
            return
        if pickled:
            # From whoever started this process, never from a box.
            tables = {ask["tables"]: pickle.loads(pickled)}  # noqa: S301
            acts.warm(tables[ask["tables"]])
        acts.warm_for(ask["act"])
        job = _job(ask, data, tables.get(ask["tables"]), limits)
        # A further box of a file has the seconds that are left of it.
        _serve(job, replace(limits, seconds=int(ask.get("seconds", limits.seconds))), means)
        if number == 1:
            acts.warm_for_more(tables.get(ask["tables"]))


def _job(
    ask: dict[str, Any], data: bytes, institution: Institution | None, limits: Limits
) -> Callable[[], bytes]:
    if ask["act"] == "read":
        return partial(acts.read, data, name=ask["name"], format=ask["format"], limits=limits)
    if ask["act"] == "check" and institution is not None:
        return partial(
            acts.check, data, name=ask["name"], institution=institution, limits=limits
        )
    if ask["act"] == "understand" and institution is not None:
        return partial(
            acts.understand_packed,
            data,
            institution=institution,
            occasion=acts.Occasion.from_words(ask),
            limits=limits,
        )
    named = acts.BY_NAME.get(ask["act"])
    return bytes if named is None else partial(named, data, name=ask["name"], limits=limits)


def _serve(job: Callable[[], bytes], limits: Limits, means: Means) -> None:
    try:
        answer = run(job, limits, means)
    except BoxEndedError as ended:
        _answer({"end": ended.why.value, "note": ended.note}, b"")
    except OSError:
        _answer({"end": End.BROKE.value}, b"")  # no process could be made
    else:
        _answer({"shut": list(answer.shut)}, answer.data)


def _answer(said: dict[str, Any], data: bytes) -> None:
    for frame in (json.dumps(said).encode(), data):
        view = memoryview(SIZE.pack(len(frame)) + frame)
        while view:
            view = view[os.write(1, view[:_CHUNK]) :]


def _frame() -> bytes | None:
    size = _exactly(SIZE.size)
    return None if size is None else _exactly(SIZE.unpack(size)[0])


def _exactly(size: int) -> bytes | None:
    got = bytearray()
    while len(got) < size:
        chunk = os.read(0, min(_CHUNK, size - len(got)))
        if not chunk:
            return None
        got += chunk
    return bytes(got)


if __name__ == "__main__":
    main(sys.argv[1])
