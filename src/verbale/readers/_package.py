"""Zip packages of XML parts, opened with every bolt shut: DOCX and ODT stand on it.

Nothing is written to disk, nothing is fetched, no entity is resolved. Names are checked before
anything is unpacked, and what comes out is counted as it comes, whatever the file declares.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from verbale.errors import MissingPartError, UnreadableFileError
from verbale.model.finding import Finding, Place, Severity
from verbale.readers import _zip
from verbale.readers.limits import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = "<!DOCTYPE"
_DOCTYPES = tuple(_DOCTYPE.encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be"))
_ENTITIES = tuple(
    mark.encode(form)
    for mark in ("<!ENTITY", "[")
    for form in ("utf-8", "utf-16-le", "utf-16-be")
)
_PROLOGUE = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_AGAIN = "Open the file in the program that made it, save it under a new name and send that."
_UNLOCK: Final = "Take the password off."
#: Unpacked parts that are kept for the readers; larger ones are unpacked again.
_KEPT = 64 * 1024 * 1024


class Package:
    """The members of a zip file; case makes no names differ (OPC, 6.2.2.3).

    ``notes`` is what was seen of it beside its text.
    """

    def __init__(self, data: bytes, *, name: str, kind: str) -> None:
        """Open it and look through all of it, also through what no reader will ask for.

        Raises `UnreadableFileError`: *kind* says what was expected.
        """
        self.name = name
        self.kind = kind
        self.notes: list[Finding] = []
        if data.startswith(_OLE):
            raise self.error(
                "locked with a password, or in the old binary format",
                f"Take the password off and save the file as {kind}.",
                code="file-password",
            )
        if not data.startswith(_zip.LOCAL):
            article = "an" if kind.startswith(("A", "E", "I", "O")) else "a"
            raise self.error(f"not {article} {kind} file", f"Send a file saved as {kind}.")
        self._data = data
        self._limits = limits()
        self._kept: dict[str, bytes] = {}
        try:
            members = _zip.members_of(data, self._limits)
            self._members: Mapping[str, _zip.Member] = {m.name.casefold(): m for m in members}
            self._look_through(members)
        except _zip.ZipError as bad:
            raise self._trapped(bad) from bad
        self._parser = _parser()

    def error(
        self, reason: str, remedy: str = _AGAIN, *, code: str = "", **values: str
    ) -> UnreadableFileError:
        """An error about this file."""
        return UnreadableFileError(self.name, reason, remedy=remedy, code=code, values=values)

    def _trapped(self, bad: _zip.ZipError) -> UnreadableFileError:
        remedy = _UNLOCK if bad.trap is _zip.Trap.PASSWORD else _AGAIN
        limit = str(self._limits.members)
        return self.error(bad.reason, remedy, code=bad.trap.value, limit=limit)

    def _look_through(self, members: tuple[_zip.Member, ...]) -> None:
        """Unpack every member, counting, and look into those that are XML."""
        left = self._limits.unpacked
        keep = _KEPT
        for member in members:
            data = _zip.unpacked(self._data, member, self._limits, most=left)
            left -= len(data)
            if _defines_entities(data):
                raise self._entities(member.name)
            if len(data) <= keep:
                keep -= len(data)
                self._kept[member.name.casefold()] = data

    def _entities(self, member: str) -> UnreadableFileError:
        reason = f"its part {member} has a document type declaration"
        return self.error(reason, code="file-entities")

    def __contains__(self, member: str) -> bool:
        return member.casefold() in self._members

    def members(self) -> tuple[str, ...]:
        """The names of the members, as they are written."""
        return tuple(member.name for member in self._members.values())

    def read(self, member: str) -> bytes:
        """The bytes of a member; raises `UnreadableFileError` when it is missing."""
        key = member.casefold()
        if key in self._kept:
            return self._kept[key]
        found = self._members.get(key)
        if found is None:
            raise self.error(f"its part {member} is missing", code="file-incomplete")
        try:
            return _zip.unpacked(self._data, found, self._limits, most=self._limits.unpacked)
        except _zip.ZipError as bad:
            raise self._trapped(bad) from bad

    def xml(self, member: str) -> etree._Element:
        """The root of an XML member. One with a document type or broken XML is an error."""
        return self.parse(self.read(member), member)

    def parse(self, data: bytes, member: str) -> etree._Element:
        """Parse the bytes of *member*."""
        from lxml import etree  # noqa: PLC0415 - heavy

        if any(mark in data for mark in _DOCTYPES):
            raise self._entities(member)
        try:
            root = etree.fromstring(data, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as bad:
            reason = getattr(bad, "msg", None) or str(bad)
            if "depth" in reason.lower():
                depth = str(self._limits.xml_depth)
                raise self.error(
                    f"its part {member} is nested more than {depth} deep",
                    "Copy the text into a new document and send that.",
                    code="file-nested-too-deep",
                    limit=depth,
                ) from bad
            raise self.error(
                f"its part {member} is not well-formed: {reason}", code="file-incomplete"
            ) from bad
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise self._entities(member)
        self._measure(root, member)
        return root  # type: ignore[no-any-return]  # the stubs of lxml do not say

    def _measure(self, root: etree._Element, member: str) -> None:
        """Note a part that is nested deeper than a person writes; refuse one over the limit."""
        warn, most = self._limits.xml_depth_warn, self._limits.xml_depth
        if not _has_depth(root, warn + 1):
            return
        # The first depth at which nothing stands one deeper.
        levels = range(most)
        depth = bisect_left(levels, x=True, lo=warn, key=lambda d: not _has_depth(root, d + 1))
        if _has_depth(root, most + 1):
            raise self.error(
                f"its part {member} is nested more than {most} deep",
                "Copy the text into a new document and send that.",
                code="file-nested-too-deep",
                limit=str(most),
            )
        place = Place(self.name, part=member)
        values = {"file": self.name, "depth": str(depth)}
        if all(note.place != place for note in self.notes):
            self.notes.append(Finding("file-nested-deep", Severity.WARNS, place, values))


def _has_depth(root: etree._Element, depth: int) -> bool:
    """Whether an element stands so deep; the root stands 1 deep."""
    return bool(root.xpath("boolean(" + "/*" * depth + ")"))


def _defines_entities(data: bytes) -> bool:
    """Whether XML has a document type of its own making.

    One that only names a public one is harmless where nothing is loaded: OpenOffice wrote such
    into formulas and macros.
    """
    head = data[:_PROLOGUE]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if not head.replace(b"\0", b"").lstrip().startswith(b"<"):
        return False
    start = min((at for mark in _DOCTYPES if (at := data.find(mark)) >= 0), default=-1)
    if start < 0:
        return False
    declaration = data[start : data.find(b">", start) + 1 or None]
    return any(mark in declaration for mark in _ENTITIES)


def _parser() -> Any:  # noqa: ANN401 - the stubs do not know the type by its public name
    try:
        from lxml import etree  # noqa: PLC0415 - heavy
    except ImportError as bad:
        raise MissingPartError(
            "office files are read with lxml, which is not installed",
            remedy="Install it: pip install lxml.",
        ) from bad
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def join(member: str, target: str) -> str:
    """The member that *target* means, seen from *member*; a leading slash is the root."""
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(member), target))


def looks_like_zip(head: bytes) -> bool:
    """Whether the first bytes are those of a zip file."""
    return head.startswith(_zip.LOCAL)
