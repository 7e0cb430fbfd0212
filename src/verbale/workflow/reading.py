"""Bytes to a tree, to what is understood of it, to findings, to another format."""

from __future__ import annotations

import codecs
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale import catalogue
from verbale.checks.base import Case, in_order, run_checks
from verbale.errors import UnreadableFileError, VerbaleError
from verbale.model.finding import Finding, Place, Severity
from verbale.phrasebook import reading_book
from verbale.readers.kinds import examine
from verbale.readers.limits import limits, shown
from verbale.readers.unseen import odd_name, unseen
from verbale.recognise import recognise
from verbale.workflow.outside import box
from verbale.writers.base import DEFAULTS, Options

if TYPE_CHECKING:
    import datetime

    from verbale.institutions import Institution
    from verbale.model.recognition import Recognition
    from verbale.readers.base import Reading

_HEAD = 4096
#: What a file may hold and yet be empty: white space around a byte order mark.
_BLANK = b" \t\r\n\0"
_NOTHING = frozenset({b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE})


def read(data: bytes, *, name: str, format: str = "") -> Reading:  # noqa: A002 - the trade's word
    """Read a file with the reader of *format*, or the one its bytes and name call for.

    It is read in the box in force (`verbale.workflow.outside`), in this process without one.
    Raises `UnknownFormatError`, or `UnreadableFileError` when it is not of its format.
    """
    boxed = box()
    if boxed is not None:
        return boxed.read(data, name=name, format=format)
    return read_here(data, name=name, format=format)


def read_here(data: bytes, *, name: str, format: str = "") -> Reading:  # noqa: A002
    """Read a file in this process: one of our own, or inside a box. Raises as `read`."""
    most = limits().upload
    if len(data) > most:
        limit = shown("upload", most)
        reason = f"larger than the {limit} that are taken"
        remedy = "Send it in parts, or with smaller pictures."
        values = {"limit": limit}
        raise UnreadableFileError(
            name, reason, remedy=remedy, code="file-too-large", values=values
        )
    if data.strip(_BLANK) in _NOTHING:
        remedy = "Look whether it was saved, and send it again."
        raise UnreadableFileError(name, "empty", remedy=remedy, code="file-empty")
    if not format:
        examine(data, name=name)
    reader = catalogue.reader(format) if format else catalogue.reader_for(name, data[:_HEAD])
    found = reader.read(data, name=name)
    more = (*unseen(found, name=name), *odd_name(name))
    return replace(found, findings=(*found.findings, *more)) if more else found


def recognise_file(
    data: bytes,
    *,
    name: str,
    institution: Institution,
    format: str = "",  # noqa: A002
) -> Recognition:
    """Read a file and understand it; the findings are those of reading and of every check."""
    begin = time.monotonic()
    reading = read(data, name=name, format=format)
    return understand(reading, institution, name=name, spent=time.monotonic() - begin)


def understand(
    reading: Reading,
    institution: Institution,
    *,
    name: str = "",
    today: datetime.date | None = None,
    circulating: bool = False,
    spent: float = 0.0,
) -> Recognition:
    """Recognise what was read and run every check over it, in the box in force if there is one.

    *name* is the file's, and *spent* the seconds that reading it took. Raises
    `ReadingStoppedError` when a box ends before it is done.
    """
    boxed = box()
    if boxed is None:
        return understand_here(reading, institution, today=today, circulating=circulating)
    return boxed.understand(
        reading,
        name=name,
        institution=institution,
        today=today,
        circulating=circulating,
        spent=spent,
    )


def understand_here(
    reading: Reading,
    institution: Institution,
    *,
    today: datetime.date | None = None,
    circulating: bool = False,
) -> Recognition:
    """What `understand` gives, found in this process."""
    found = recognise(reading.document, reading_book(institution), text=reading.text)
    said = (*reading.findings, *found.findings)
    case = Case(found, institution, said, today, circulating, reading.text)
    return replace(found, findings=in_order((*said, *run_checks(case, catalogue.checks()))))


def check(data: bytes, *, name: str, institution: Institution) -> tuple[Finding, ...]:
    """Everything to be said of a file. A file that cannot be read is itself a finding."""
    boxed = box()
    if boxed is not None:
        return boxed.check(data, name=name, institution=institution)
    return check_here(data, name=name, institution=institution)


def check_here(data: bytes, *, name: str, institution: Institution) -> tuple[Finding, ...]:
    """What `check` says, found in this process."""
    try:
        return recognise_file(data, name=name, institution=institution).findings
    except VerbaleError as error:
        return (finding_of(error, name),)


def finding_of(error: VerbaleError, name: str) -> Finding:
    """An error as a finding, so that a list of files goes on to the next."""
    values = {"name": name, "file": name, "reason": error.message}
    code = error.code
    if isinstance(error, UnreadableFileError):
        code, values = error.finding_code, {**values, **error.values}
    return Finding(code, Severity.BLOCKS, Place(file=name), values)


def convert(
    data: bytes,
    *,
    name: str,
    to: str,
    options: Options = DEFAULTS,
    institution: Institution | None = None,
    source: str = "",
) -> bytes:
    """One document from one format to another. With an *institution* its parts are recognised.

    *source* names the format when neither the bytes nor the file's name tell it.

    Raises `UnknownFormatError`, `UnreadableFileError`, or `MissingPartError` when the format
    needs a part that is not installed.
    """
    writer = catalogue.writer(to)
    reading = read(data, name=name, format=source)
    document = reading.document
    if institution is not None and not _has_parts(reading):
        document = understand(reading, institution, name=name).document
    return writer.write(document, options)


def _has_parts(reading: Reading) -> bool:
    """Whether the format told the parts already, as our own do."""
    parts = reading.document.parts
    return len(parts) > 1 or any(part.kind != "body" for part in parts)
