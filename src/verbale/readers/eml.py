"""Mail: the message itself as the note, each attachment that can be read as an annex."""

from __future__ import annotations

import importlib
from dataclasses import replace
from email import errors as mail_errors
from email import policy
from email.headerregistry import HeaderRegistry
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, cast

from verbale.errors import UnreadableFileError
from verbale.model.document import Document, Part, PartKind
from verbale.model.finding import Finding, Place, Severity
from verbale.readers.base import Reader, Reading
from verbale.readers.limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

_NEEDED = ("from", "date", "subject", "message-id", "received", "mime-version")
_ENOUGH = 2
_SINGLE = ("from", "sender", "date", "subject", "to", "cc", "message-id")
# Attachments that become annexes, by their ending; the others are named and left out.
_ANNEXES = {
    ".txt": "txt", ".md": "md", ".html": "html", ".htm": "html", ".docx": "docx",
    ".odt": "odt", ".pdf": "pdf",
}  # fmt: skip
_LONGEST_HEADER = 80
_REMEDY = "Send one message, saved with its attachments, or send the files themselves."


class _Forgiving(policy.EmailPolicy):
    """Headers that Python's reader breaks on are text, or not there where they steer it."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as Python's
        """A header's value, whatever it is."""
        try:
            return super().header_fetch_parse(name, value)
        except Exception:  # noqa: BLE001 - hostile headers break it in any way there is
            if name.lower().startswith("content-"):
                return self.header_factory(name, "")
            return _AS_TEXT(name, " ".join(str(value).split()))


_FORGIVING = _Forgiving()
_AS_TEXT = HeaderRegistry(use_default_map=False)


def _broken_headers(part: EmailMessage) -> Iterator[str]:
    """The names of the headers of a part that cannot be understood."""
    for name, value in part.raw_items():
        try:
            policy.default.header_fetch_parse(name, value)
        except Exception:  # noqa: BLE001 - as above
            yield name[:_LONGEST_HEADER]


def read_eml(data: bytes, *, name: str) -> Reading:
    """Read a mail message. Nothing in it is opened that no reader of ours reads.

    Raises `UnreadableFileError` when it is no message or holds too much.
    """
    message = cast("EmailMessage", BytesParser(policy=_FORGIVING).parsebytes(data))
    if sum(header in message for header in _NEEDED) < _ENOUGH:
        raise UnreadableFileError(
            name, "no mail message: its headers are missing", remedy=_REMEDY
        )
    every = list(_walk(message, name))
    findings = list(_defects(message, every, name))
    body, more = _body(message, name)
    findings += more
    parts = [body]
    for part in message.iter_attachments():
        annex, said = _attachment(part, name, number=len(parts))
        findings += said
        if annex is not None:
            parts.append(annex)
    document = Document(tuple(parts), properties=tuple(_properties(message)))
    return Reading(document, tuple(findings))


def _walk(message: EmailMessage, name: str, depth: int = 1) -> Iterator[EmailMessage]:
    """Every part of the message; raises when there are too many or they lie too deep."""
    most, deepest = limits().mail_parts, limits().mail_depth
    stack = [(message, depth)]
    count = 0
    while stack:
        part, level = stack.pop()
        count += 1
        if level > deepest or count > most:
            raise UnreadableFileError(
                name,
                f"a message of more than {most} parts, or nested over {deepest} deep",
                remedy=_REMEDY,
                code="mail-too-large",
                values={"limit": str(most)},
            )
        yield part
        if part.is_multipart():
            stack += [(inner, level + 1) for inner in part.iter_parts()]  # type: ignore[misc]


def _defects(message: EmailMessage, every: list[EmailMessage], name: str) -> Iterator[Finding]:
    twice = [header for header in _SINGLE if len(message.get_all(header, [])) > 1]
    defects = [type(d).__name__ for part in every for d in part.defects]
    for header in _SINGLE:
        value = message.get(header)
        defects += [type(d).__name__ for d in getattr(value, "defects", ())]
    harmless = mail_errors.MissingHeaderBodySeparatorDefect.__name__
    grave = sorted({defect for defect in defects if defect != harmless})
    for header in dict.fromkeys(each for part in every for each in _broken_headers(part)):
        yield _finding("mail-malformed", name, Severity.WARNS, {"what": f"{header}:"})
    for header in twice:
        yield _finding("mail-malformed", name, Severity.WARNS, {"what": f"{header} twice"})
    for defect in grave:
        yield _finding("mail-malformed", name, Severity.WARNS, {"what": defect})


def _body(message: EmailMessage, name: str) -> tuple[Part, list[Finding]]:
    """The text of the message: the plain one, else the page, without scripts."""
    chosen = message.get_body(preferencelist=("plain", "html"))
    if chosen is None:
        empty = Part(PartKind.BODY, ())
        return empty, [_finding("mail-malformed", name, Severity.WARNS, {"what": "no text"})]
    form = "html" if chosen.get_content_type() == "text/html" else "txt"
    try:
        content = chosen.get_content()
        reading = _read(form, str(content).encode("utf-8"), f"{name}:message")
    except (UnreadableFileError, LookupError, ValueError) as bad:
        values = {"what": getattr(bad, "reason", None) or "the text cannot be decoded"}
        return Part(PartKind.BODY, ()), [
            _finding("mail-malformed", name, Severity.WARNS, values)
        ]
    return reading.document.parts[0], list(reading.findings)


def _attachment(
    part: EmailMessage, name: str, *, number: int
) -> tuple[Part | None, list[Finding]]:
    """An attachment as an annex, when one of our readers reads it; named in any case."""
    called = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    called = called or f"attachment-{number}"
    values = {"attachment": called, "type": part.get_content_type()}
    said = [_finding("mail-attachment", name, Severity.NOTES, values)]
    form = _ANNEXES.get("." + called.lower().rpartition(".")[2])
    data = part.get_payload(decode=True)
    if form is None or not isinstance(data, bytes):
        return None, said
    try:
        reading = _read(form, data, f"{name}:{called}")
    except (UnreadableFileError, ModuleNotFoundError) as bad:
        reason = getattr(bad, "reason", "no reader for it is installed")
        values = {"attachment": called, "reason": reason}
        return None, [*said, _finding("mail-attachment-unread", name, Severity.WARNS, values)]
    blocks = tuple(block for each in reading.document.parts for block in each.blocks)
    notes = tuple(note for each in reading.document.parts for note in each.footnotes)
    prefix = f"a{number}-"
    annex = Part(PartKind.ANNEX, blocks, number=number, footnotes=notes)
    return _renamed(annex, prefix), [*said, *reading.findings]


def _renamed(part: Part, prefix: str) -> Part:
    """The part with ids of footnotes that no other attachment has."""
    from verbale.model.document import Heading, NoteRef, Paragraph  # noqa: PLC0415 - rarely
    from verbale.model.walk import map_blocks, map_inlines  # noqa: PLC0415

    if not part.footnotes:
        return part

    def block(each: object) -> object:
        if isinstance(each, Paragraph | Heading):
            content = map_inlines(
                each.content,
                lambda i: replace(i, note=prefix + i.note) if isinstance(i, NoteRef) else i,
            )
            return replace(each, content=content)
        return each

    return replace(
        part,
        blocks=map_blocks(part.blocks, block),  # type: ignore[arg-type]
        footnotes=tuple(replace(note, id=prefix + note.id) for note in part.footnotes),
    )


def _read(form: str, data: bytes, name: str) -> Reading:
    module = importlib.import_module(f"verbale.readers.{form}")
    reading: Reading = module.READER.read(data, name=name)
    return reading


def _properties(message: EmailMessage) -> Iterator[tuple[str, str]]:
    for header in ("subject", "from", "date", "message-id"):
        value = message.get(header)
        if value is not None:
            yield f"mail-{header}", str(value)


def _finding(code: str, name: str, severity: Severity, values: dict[str, str]) -> Finding:
    return Finding(code, severity, Place(file=name), values)


def _looks_like(head: bytes) -> bool:
    """Whether the first lines are headers of a message."""
    lines = head.lower().split(b"\n")[:40]
    wanted = (b"from:", b"date:", b"subject:", b"message-id:", b"received:", b"mime-version:")
    return sum(any(line.startswith(w) for line in lines) for w in wanted) > _ENOUGH


READER = Reader(format="eml", suffixes=(".eml",), read=read_eml, sniff=_looks_like)
