"""Zip packages of XML parts, opened with every bolt shut: DOCX and ODT stand on it.

Nothing is written to disk, nothing is fetched, no entity is resolved. Names are checked before
anything is unpacked, and what comes out is counted as it comes, whatever the file declares.
"""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from verbale.errors import MissingPartError, UnreadableFileError

if TYPE_CHECKING:
    from lxml import etree

MOST_MEMBERS: Final = 1000
MOST_BYTES: Final = 200 * 1024 * 1024
#: Text packs ten or twenty to one; a hundred to one is made to burst.
MOST_RATIO: Final = 100
_RATIO_FROM: Final = 1024 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = "<!DOCTYPE"
_DOCTYPES = tuple(_DOCTYPE.encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be"))
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_AGAIN = "Open the file in the program that made it, save it under a new name and send that."
# What zipfile raises, undocumented, when the bytes it is given make no sense.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)


class Package:
    """The members of a zip file, read on demand; case makes no names differ (OPC, 6.2.2.3)."""

    def __init__(self, data: bytes, *, name: str, kind: str) -> None:
        """Open and check. Raises `UnreadableFileError`: *kind* says what was expected."""
        self.name = name
        self.kind = kind
        self._left = MOST_BYTES
        if data.startswith(_OLE):
            raise self.error(
                "locked with a password, or in the old binary format",
                f"Take the password off and save the file as {kind}.",
            )
        if not data.startswith(_ZIP):
            article = "an" if kind.startswith(("A", "E", "I", "O")) else "a"
            raise self.error(f"not {article} {kind} file", f"Send a file saved as {kind}.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as bad:
            raise self.error(
                "incomplete or damaged: its table of contents is missing", _AGAIN
            ) from bad
        self._infos = self._checked(infos)
        self._parser = _parser()

    def error(self, reason: str, remedy: str = _AGAIN) -> UnreadableFileError:
        """An error about this file."""
        return UnreadableFileError(self.name, reason, remedy=remedy)

    def _checked(self, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(infos) > MOST_MEMBERS:
            raise self.error(f"{len(infos)} parts inside, at most {MOST_MEMBERS} are read")
        if sum(info.file_size for info in infos) > MOST_BYTES:
            raise self.error(f"more than {MOST_BYTES // 1024**2} MB when unpacked")
        found: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            path = info.orig_filename
            pieces = path.replace("\\", "/").split("/")
            if path.startswith(("/", "\\")) or ".." in pieces or ":" in pieces[0]:
                raise self.error("a part inside has a name that leads out of the file")
            if stat.S_ISLNK(info.external_attr >> 16):
                raise self.error("a part inside is a link to another file")
            if info.flag_bits & _ENCRYPTED:
                raise self.error("locked with a password", "Take the password off.")
            if info.compress_type not in _METHODS:
                raise self.error("packed by a method that is not allowed in such files")
            if info.file_size > _RATIO_FROM and _ratio(info.file_size, info) > MOST_RATIO:
                raise self.error("a part inside is packed far too tightly to be text")
            key = path.casefold()
            if key in found:
                raise self.error("two parts inside have the same name")
            found[key] = info
        return found

    def __contains__(self, member: str) -> bool:
        return member.casefold() in self._infos

    def members(self) -> tuple[str, ...]:
        """The names of the members, as they are written."""
        return tuple(info.filename for info in self._infos.values())

    def read(self, member: str) -> bytes:
        """The bytes of a member; raises `UnreadableFileError` when it is missing or damaged."""
        info = self._infos.get(member.casefold())
        if info is None:
            raise self.error(f"its part {member} is missing")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self._left + 1)
        except _BROKEN as bad:
            raise self.error(
                f"incomplete or damaged: its part {member} cannot be unpacked"
            ) from bad
        self._left -= len(data)
        if self._left < 0:
            raise self.error(f"more than {MOST_BYTES // 1024**2} MB when unpacked")
        return data

    def xml(self, member: str) -> etree._Element:
        """The root of an XML member. One with a document type or broken XML is an error."""
        return self.parse(self.read(member), member)

    def parse(self, data: bytes, member: str) -> etree._Element:
        """Parse the bytes of *member*."""
        from lxml import etree  # noqa: PLC0415 - heavy

        if any(mark in data for mark in _DOCTYPES):
            raise self.error(f"its part {member} has a document type declaration")
        try:
            root = etree.fromstring(data, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as bad:
            reason = getattr(bad, "msg", None) or str(bad)
            raise self.error(f"its part {member} is not well-formed: {reason}") from bad
        if root is None or root.getroottree().docinfo.doctype:
            raise self.error(f"its part {member} has a document type declaration")
        return root  # type: ignore[no-any-return]  # the stubs of lxml do not say


def _ratio(size: int, info: zipfile.ZipInfo) -> float:
    return size / max(info.compress_size, 1)


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
    return head.startswith(_ZIP)
