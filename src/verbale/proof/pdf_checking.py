"""What the signatures in a PDF say, read from its bytes alone and believed only whole.

A general reader must weigh which later changes of a signed file are harmless. A registry need
not: its file has one signature, which covers every byte but its own. Whatever else there is, is
said to be wrong. So nothing of the file is parsed but the byte ranges and the CMS between them.
Sources: ISO 32000-1, 12.8.1; ETSI EN 319 142-1.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from verbale.proof.cms import Cms, OtherKindError, Signing

if TYPE_CHECKING:
    from collections.abc import Sequence

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
#: No file has an offset of more digits.
_MOST_DIGITS = 15
# Some writers leave the brackets to what is signed.
_HEX = re.compile(rb"<[0-9A-Fa-f\s]*>|[0-9A-Fa-f\s]*")
# ISO 32000-1, 7.9.4.
_SAID_AT = re.compile(rb"/M\s*\(D(?::|\\072)(\d{14})(?:([Z+-])(\d\d)?'?(\d\d)?)?")
#: A file with more places that look like one is not read further: no registry makes such.
_MOST = 50


class Coverage(StrEnum):
    """How much of the file a signature covers."""

    WHOLE = "whole"
    APPENDED = "appended"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature: who, what it covers, and whether what it covers is unchanged.

    ``by`` is ``None`` when the signature does not fit the file or cannot be read; ``known`` is
    false for a kind that is not checked here. ``end`` is where the signed revision ends, in
    bytes; ``certified``: the certificates that came with it vouch for each other.
    """

    coverage: Coverage
    intact: bool
    end: int
    by: Signing | None = None
    known: bool = True
    certified: bool = False

    @property
    def certificate(self) -> str:
        """The signer's certificate by SHA-256; empty when the signature cannot be read."""
        return self.by.certificate if self.by else ""

    @property
    def good(self) -> bool:
        """Whether it covers the whole file, unchanged."""
        return self.intact and self.certified and self.coverage is Coverage.WHOLE


def may_be_signed(data: bytes) -> bool:
    """Whether there is anything in a file that looks like a signature; nothing is parsed."""
    return b"/ByteRange" in data


def pdf_signatures(data: bytes) -> list[PdfSignature]:
    """Every signature in a file, in the order of their places. Never raises for bad bytes.

    Room that was left for a signature, and holds none, is none.
    """
    places = list(_RANGE.finditer(data))[:_MOST]
    found = [_signature(data, match) for match in places]
    return [each for each in found if each is not None]


def empty_places(data: bytes) -> int:
    """How many places a file has that were left for a signature and hold none."""
    return sum(_is_empty(data, match) for match in list(_RANGE.finditer(data))[:_MOST])


def whole(signatures: Sequence[PdfSignature]) -> PdfSignature | None:
    """The signature of a file that has one, good, over all of it; else ``None``."""
    return signatures[0] if len(signatures) == 1 and signatures[0].good else None


def _signature(data: bytes, match: re.Match[bytes]) -> PdfSignature | None:
    if max(map(len, match.groups())) > _MOST_DIGITS:
        return PdfSignature(Coverage.BROKEN, intact=False, end=0)
    start, first, second, rest = (int(each) for each in match.groups())
    end = second + rest
    gap = data[first:second]
    if start or not first < second or end > len(data) or not _HEX.fullmatch(gap):
        return PdfSignature(Coverage.BROKEN, intact=False, end=end)
    if _is_empty(data, match):
        return None
    covers = Coverage.WHOLE if end == len(data) else Coverage.APPENDED
    try:
        cms = Cms.read(bytes.fromhex(gap.strip(b"<>").decode("ascii")))
        intact = cms.is_of(data[:first] + data[second:end])
        # PAdES puts the time into the dictionary, not into the CMS.
        by = replace(cms.signing, at=cms.signing.at or _time(data, match.start(), second))
        return PdfSignature(covers, intact, end, by, certified=cms.is_whole())
    except OtherKindError:
        return PdfSignature(covers, intact=False, end=end, known=False)
    except Exception:  # noqa: BLE001 - hostile DER makes its parser fail in any way there is
        return PdfSignature(Coverage.BROKEN, intact=False, end=end)


def _is_empty(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether the place for a signature that a byte range leaves out holds zeros alone."""
    if max(map(len, match.groups())) > _MOST_DIGITS:
        return False
    start, first, second, rest = (int(each) for each in match.groups())
    inside = not start and first < second and second + rest <= len(data)
    return inside and not data[first:second].strip(b"<0>\r\n ")


def _time(data: bytes, inside: int, after: int) -> str:
    """The time (ISO 8601) that the signature dictionary around these places claims."""
    start = data.rfind(b" obj", 0, inside)
    found = _SAID_AT.search(data, max(start, 0), data.find(b"endobj", after))
    if found is None:
        return ""
    digits, sign, hours, minutes = (each.decode() if each else "" for each in found.groups())
    zone = f"{sign}{hours}:{minutes or '00'}" if sign in {"+", "-"} else "+00:00"
    try:
        said = datetime.datetime.strptime(digits + zone, "%Y%m%d%H%M%S%z")
    except ValueError:
        return ""
    return said.isoformat()


def pdf_keywords(data: bytes) -> str:
    """The first keyword of a PDF, where Verbale writes the symbol; empty if there is none."""
    import io  # noqa: PLC0415 - beside its only use

    import pikepdf  # noqa: PLC0415 - heavy

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            said = str(pdf.docinfo.get("/Keywords", ""))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return ""
    return said.partition(",")[0].strip()
