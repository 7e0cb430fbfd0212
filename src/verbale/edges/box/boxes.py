"""The boxes behind the port of `verbale.workflow.outside`: one file, one box, never used again.

A process of one thread that holds no secrets copies itself; any other has its boxes made by
keepers, clean processes kept warm in a pool. Whoever asks notices no difference.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, TypeVar

from verbale import catalogue
from verbale.edges.box import acts, wire
from verbale.edges.box.lockdown import EVERY, Means, opens_nothing
from verbale.edges.box.running import Answer, BoxEndedError, End, can_fork, run, seconds_left
from verbale.errors import ReadingStoppedError, VerbaleError
from verbale.model.finding import Finding, Place, Severity
from verbale.readers.limits import DEFAULTS, Limits, shown
from verbale.text.legal import replace_illegal
from verbale.workflow import reading

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from verbale.compose.translation import Returned
    from verbale.edges.box.pool import BoxPool
    from verbale.institutions import Institution
    from verbale.model.recognition import Recognition
    from verbale.proof.pdf_checking import PdfSignature
    from verbale.readers.base import Reading

_LOG: Final = logging.getLogger(__name__)
#: Acts after which the checks are needed.
_TO_CHECK: Final = frozenset({"read", "check"})
_LONGEST_NAME: Final = 255
_Got = TypeVar("_Got")
_SEND_AGAIN: Final = "Save it under a new name in the program that made it and send that."
_CODES: Final = {
    End.TIME: "reading-too-long",
    End.MEMORY: "reading-too-much-memory",
    End.OUTPUT: "reading-too-much-memory",
    End.BROKE: "reader-broke",
}


class Boxes:
    """Reads each file in a box of its own.

    With ``copy_self`` boxes are copies of this process where it has one thread; secrets it
    holds would be in the copy, so only a process that reads files and does nothing else asks
    for it. ``means`` leaves out locks, for tests.
    """

    def __init__(
        self,
        limits: Limits = DEFAULTS,
        means: Means | None = None,
        *,
        copy_self: bool = False,
        keepers: int = 2,
    ) -> None:
        self.limits = limits
        self.means = means or Means()
        self._copy_self = copy_self
        self._keepers = keepers
        self._done: Counter[str] = Counter()
        self._said = False
        self._saying = threading.Lock()

    @cached_property
    def _pool(self) -> BoxPool:
        from verbale.edges.box.pool import BoxPool  # noqa: PLC0415 - seldom needed by commands

        return BoxPool(self.limits, self.means, most=self._keepers)

    def read(self, data: bytes, *, name: str, format: str = "") -> Reading:  # noqa: A002
        """Read a file. Raises what its reader raises, and `ReadingStoppedError`."""
        name = _plain(name)
        if not hasattr(os, "fork"):
            return self._unboxed(reading.read_here(data, name=name, format=format), name)
        here = partial(acts.read, data, name=name, format=format, limits=self.limits)
        ask = {"act": "read", "name": name, "format": format}
        answer = self._answer(here, ask, data, name, None)
        found = self._unpacked(wire.unpack_reading, answer, name)
        return self._unboxed(found, name) if self._weak(answer) else found

    def understand(
        self,
        found: Reading,
        *,
        name: str,
        institution: Institution,
        today: datetime.date | None,
        circulating: bool,
        spent: float,
    ) -> Recognition:
        """Recognise and check what was read. Raises `ReadingStoppedError`."""
        name = _plain(name)
        occasion = acts.Occasion(today, circulating)
        if not hasattr(os, "fork"):
            return reading.understand_here(
                found, institution, today=today, circulating=circulating
            )
        limits = replace(self.limits, seconds=seconds_left(self.limits, spent))
        here = partial(
            acts.understand, found, institution=institution, occasion=occasion, limits=limits
        )
        ask = {"act": "understand", "name": name, "seconds": str(limits.seconds)}
        ask |= occasion.to_words()
        data = b"" if self._copies() else wire.pack_reading(found)
        answer = self._answer(here, ask, data, name, institution, limits)
        return self._unpacked(wire.unpack_recognition, answer, name)

    def check(self, data: bytes, *, name: str, institution: Institution) -> tuple[Finding, ...]:
        """Say everything there is to say of a file, what became of the box among it."""
        name = _plain(name)
        if not hasattr(os, "fork"):
            said = reading.check_here(data, name=name, institution=institution)
            return (*said, _weakness((), name))
        here = partial(acts.check, data, name=name, institution=institution, limits=self.limits)
        ask = {"act": "check", "name": name}
        try:
            answer = self._answer(here, ask, data, name, institution)
            said = self._unpacked(wire.unpack_findings, answer, name)
        except VerbaleError as error:
            return (reading.finding_of(error, name),)
        return (*said, _weakness(answer.shut, name)) if self._weak(answer) else said

    def returned(self, data: bytes, *, name: str) -> Returned:
        """A translation file as it came back. Raises `UnreadableFileError`."""
        return self._asked(acts.returned, wire.unpack_returned, data, name)

    def page_texts(self, data: bytes, *, name: str) -> list[str]:
        """The text of each page of a PDF. Raises `UnreadableFileError`."""
        return self._asked(acts.page_texts, wire.unpack_texts, data, name)

    def signatures(self, data: bytes, *, name: str) -> Sequence[PdfSignature]:
        """The signatures in a PDF. Raises `ReadingStoppedError`."""
        return self._asked(acts.signatures, wire.unpack_signatures, data, name)

    def keyword(self, data: bytes, *, name: str) -> str:
        """The symbol that a PDF claims. Raises `ReadingStoppedError`."""
        return "".join(self._asked(acts.keyword, wire.unpack_texts, data, name))

    def harmless(self, data: bytes, *, name: str) -> bool:
        """Whether additions to a signed PDF are harmless. Raises `UnreadableFileError`."""
        return self._asked(acts.harmless, wire.unpack_yes, data, name)

    def _asked(
        self,
        act: Callable[..., bytes],
        unpack: Callable[[bytes], _Got],
        data: bytes,
        name: str,
    ) -> _Got:
        name = _plain(name)
        here = partial(act, data, name=name, limits=self.limits)
        if not hasattr(os, "fork"):
            return unpack(here())
        if self._copy_self:
            acts.warm_for(act.__name__)
        answer = self._answer(here, {"act": act.__name__, "name": name}, data, name, None)
        self._weak(answer)
        return self._unpacked(unpack, answer, name)

    def doors(self) -> tuple[str, ...]:
        """Which doors of a box are shut on this machine, of `lockdown.EVERY`."""
        if not hasattr(os, "fork"):
            return ()
        ask = {"act": "nothing", "name": ""}
        try:
            return self._answer(bytes, ask, b"", "", None).shut
        except VerbaleError:
            return ()

    def start(self) -> None:
        """Have a keeper get ready, where this process will need one."""
        if not self._copy_self and hasattr(os, "fork"):
            self._pool.start()

    def close(self) -> None:
        """End the keepers, if there are any."""
        if "_pool" in vars(self):
            self._pool.close()

    def _answer(
        self,
        here: Callable[[], bytes],
        ask: dict[str, str],
        data: bytes,
        name: str,
        institution: Institution | None,
        limits: Limits | None = None,
    ) -> Answer:
        try:
            if self._copies():
                first = self._warm(ask["act"], institution)
                # What is read will be understood and checked: the checks load beside the box.
                meanwhile = catalogue.checks if first and ask["act"] in _TO_CHECK else None
                return run(here, limits or self.limits, self.means, meanwhile=meanwhile)
            return self._pool.ask(ask, data, institution)
        except BoxEndedError as ended:
            if ended.note:
                _LOG.debug("a reader broke:\n%s", ended.note)
            raise self._ended(ended.why, name) from ended

    def _copies(self) -> bool:
        """Whether boxes are copied from this process, so that they have what it has."""
        return self._copy_self and can_fork()

    def _warm(self, act: str, institution: Institution | None) -> bool:
        """Load what every box would load for itself: with the second file that pays.

        Whether this is the first box for *act*.
        """
        self._done[act] += 1
        first = self._done[act] == 1
        needed = opens_nothing(self.means)
        if needed and self._done.total() == 1:
            acts.warm_for_nothing()
        if self._done[act] == 2 or (first and needed):  # noqa: PLR2004
            acts.warm(institution)
        return first

    def _unpacked(self, unpack: Callable[[bytes], _Got], answer: Answer, name: str) -> _Got:
        try:
            return unpack(answer.data)
        except (wire.WireError, UnicodeDecodeError) as bad:
            raise self._ended(End.BROKE, name) from bad

    def _ended(self, why: End, name: str) -> ReadingStoppedError:
        limits = self.limits
        most = shown("memory", limits.written if why is End.OUTPUT else limits.memory)
        reasons = {
            End.TIME: f"reading it takes longer than {limits.seconds} seconds",
            End.MEMORY: f"reading it takes more than {most} of memory",
            End.OUTPUT: f"reading it gives more than {most}",
            End.BROKE: "its reader stopped in the middle of it",
        }
        values = {"file": name, "seconds": str(limits.seconds), "limit": most}
        return ReadingStoppedError(
            name, reasons[why], remedy=_SEND_AGAIN, code=_CODES[why], values=values
        )

    def _weak(self, answer: Answer) -> bool:
        """Whether a door stays open on this machine; said in the log, once."""
        missing = _missing(answer.shut)
        if missing:
            with self._saying:
                if not self._said:
                    self._said = True
                    _LOG.warning(
                        "files are read with less protection: not in force here: %s",
                        ", ".join(missing),
                    )
        return bool(missing)

    def _unboxed(self, found: Reading, name: str) -> Reading:
        return replace(found, findings=(*found.findings, _weakness((), name)))


def _missing(shut: tuple[str, ...]) -> tuple[str, ...]:
    # The network is out of reach by either lock: an empty namespace, or no call for sockets.
    there = {*shut, *(("namespaces",) if "system calls" in shut else ())}
    return tuple(door for door in EVERY if door not in there)


def _weakness(shut: tuple[str, ...], name: str) -> Finding:
    values = {"missing": ", ".join(_missing(shut))}
    return Finding("box-incomplete", Severity.NOTES, Place(file=name), values)


def _plain(name: str) -> str:
    """A file's name as it may stand in a place: the end of a long one, nothing unprintable."""
    with suppress(UnicodeEncodeError):
        name.encode("utf-8")
        if len(name) <= _LONGEST_NAME and replace_illegal(name) == name:
            return name
    return replace_illegal(name)[-_LONGEST_NAME:]
