"""Is this file one that the registry issued? A verdict with its reasons, never a bare "valid".

The bytes decide: a file is ours when its SHA-256 is in the register, or in a manifest that the
registry signed. Signatures in the file only say *why* another one is not: what was appended,
swapped, removed, or signed with a key that is not ours.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from verbale.proof.pdf_checking import Coverage, pdf_keywords, pdf_signatures, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.proof.pdf_checking import PdfSignature
    from verbale.proof.statements import Keys


class Verdict(StrEnum):
    """What a file is: of these words there is no more to say than the reasons."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    ALTERED = "altered"
    NOT_OURS = "not-ours"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Where the document stands that a known file belongs to."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REISSUED = "reissued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    NOT_ISSUED = "not-issued"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of ``messages/codes.tsv`` and the values of its slots."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one file."""

    file: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A file the registry vouches for. ``received``: it came in; else it was composed here.

    ``by`` is the symbol that took the document's place; ``waits`` says that passages of this
    version still wait for their translation.
    """

    symbol: str
    name: str
    sha256: str
    standing: Standing
    language: str = ""
    received: bool = False
    by: str = ""
    specimen: bool = False
    waits: bool = False


class Evidence(Protocol):
    """What files are held against: a register, or the signed manifest of a bundle."""

    @property
    def keys(self) -> Keys:
        """The public keys of the registry."""
        ...

    @property
    def said(self) -> Sequence[Reason]:
        """What is to be said with every verdict that rests on it."""
        ...

    def find(self, sha256: str) -> Sequence[Known]:
        """The known files of these bytes."""
        ...

    def named(self, name: str) -> Sequence[Known]:
        """The known files of that name, without folders."""
        ...

    def has(self, symbol: str) -> bool:
        """Whether a document of that symbol is known."""
        ...


_BY_STANDING = {
    Standing.ISSUED: (Verdict.ISSUED, "proof-issued"),
    Standing.SUPERSEDED: (Verdict.SUPERSEDED, "proof-superseded"),
    Standing.REISSUED: (Verdict.SUPERSEDED, "proof-reissued"),
    Standing.REPLACED: (Verdict.SUPERSEDED, "proof-replaced"),
    Standing.WITHDRAWN: (Verdict.SUPERSEDED, "proof-withdrawn"),
    Standing.VOID: (Verdict.UNKNOWN, "proof-void"),
    Standing.NOT_ISSUED: (Verdict.UNKNOWN, "proof-not-issued"),
}


def judge(name: str, data: bytes, evidence: Evidence | None) -> Judged:
    """The verdict on the bytes *data*, shown under *name*.

    Without *evidence* a signature can show that a file was altered, never that it was issued.
    """
    plain = name.replace("\\", "/").rpartition("/")[2]
    signatures = pdf_signatures(data)
    if evidence is None:
        return Judged(name, *_alone(data, signatures))
    held = evidence.find(hashlib.sha256(data).hexdigest())
    if held:
        return Judged(name, *_known(plain, held, signatures, evidence))
    return Judged(name, *_strange(plain, data, signatures, evidence))


def _known(
    name: str, held: Sequence[Known], signatures: list[PdfSignature], evidence: Evidence
) -> tuple[Verdict, tuple[Reason, ...]]:
    here = min(held, key=lambda each: (each.name != name, each.standing is not Standing.ISSUED))
    what = {"symbol": here.symbol, "lang": here.language}
    if here.name != name and evidence.named(name):
        return Verdict.ALTERED, (Reason("proof-swapped", {**what, "name": name}),)
    for each in signatures:
        if each.certificate not in evidence.keys.certificates and not here.received:
            return Verdict.NOT_OURS, (_foreign(each, evidence),)
    verdict, code = _BY_STANDING[here.standing]
    if here.received and here.standing is Standing.ISSUED:
        code = "proof-received"
    reasons = [Reason(code, {**what, "by": here.by})]
    if here.waits and here.standing is Standing.ISSUED and not here.received:
        reasons.append(Reason("proof-version-waits", {"lang": here.language}))
    if here.specimen and not here.received:
        reasons.append(Reason("proof-specimen"))
    mine = whole(signatures)
    if mine is not None and not here.received:
        reasons.append(Reason("proof-signed", {"name": mine.name, "key": mine.certificate}))
    return verdict, (*reasons, *evidence.said)


def _strange(
    name: str, data: bytes, signatures: list[PdfSignature], evidence: Evidence
) -> tuple[Verdict, tuple[Reason, ...]]:
    """Why bytes are not in the register."""
    shown = evidence.named(name)
    ours = [each for each in signatures if each.certificate in evidence.keys.certificates]
    if ours:
        return _changed(data, ours, signatures, evidence)
    damaged = [each for each in signatures if not each.certificate]
    for each in signatures:
        if each.certificate:
            return Verdict.NOT_OURS, (_foreign(each, evidence),)
    if shown:
        symbol = shown[0].symbol
        if data[:5] == b"%PDF-" and not signatures and evidence.keys.certificates:
            return Verdict.ALTERED, (Reason("proof-signature-removed", {"symbol": symbol}),)
        return Verdict.ALTERED, (Reason("proof-bytes-changed", {"name": name}),)
    symbol = pdf_keywords(data) if data[:5] == b"%PDF-" else ""
    if symbol and evidence.has(symbol):
        code = "proof-signature-damaged" if damaged else "proof-signature-removed"
        return Verdict.ALTERED, (Reason(code, {"symbol": symbol}),)
    return Verdict.UNKNOWN, (Reason("proof-not-registered"),)


def _changed(
    data: bytes, ours: list[PdfSignature], every: list[PdfSignature], evidence: Evidence
) -> tuple[Verdict, tuple[Reason, ...]]:
    mine = ours[0]
    if mine.intact and mine.coverage is Coverage.APPENDED:
        more = str(len(data) - mine.end)
        return Verdict.ALTERED, (Reason("proof-appended", {"bytes": more}),)
    if whole(every) is not None:
        values = {"name": mine.name, "key": mine.certificate}
        return Verdict.UNKNOWN, (Reason("proof-signed-not-registered", values), *evidence.said)
    return Verdict.ALTERED, (Reason("proof-changed-after-signing", {"name": mine.name}),)


def _foreign(signature: PdfSignature, evidence: Evidence) -> Reason:
    """A signature that is not ours: with our name, or with another."""
    values = {"name": signature.name or "?", "key": signature.certificate or "?"}
    if evidence.keys.name and _same_name(evidence.keys.name, signature):
        return Reason("proof-other-key", values)
    return Reason("proof-unknown-signer", values)


def _same_name(name: str, signature: PdfSignature) -> bool:
    """Whether a reader would take the signer for the registry *name*."""
    plain = name.casefold()
    shown = [signature.name.rpartition(" (")[0] or signature.name, signature.organization]
    return any(each and each.strip().casefold() in {plain, plain[:64]} for each in shown)


def _alone(data: bytes, signatures: list[PdfSignature]) -> tuple[Verdict, tuple[Reason, ...]]:
    """Without anything to hold it against: a good signature says only who signed."""
    nothing = Reason("proof-nothing-to-compare")
    mine = whole(signatures)
    if mine is not None:
        values = {"name": mine.name, "key": mine.certificate}
        return Verdict.UNKNOWN, (Reason("proof-signer-unconfirmed", values), nothing)
    for each in signatures:
        if each.intact and each.coverage is Coverage.APPENDED and len(signatures) == 1:
            more = str(len(data) - each.end)
            return Verdict.ALTERED, (Reason("proof-appended", {"bytes": more}),)
        if each.certificate and not each.intact:
            return Verdict.ALTERED, (
                Reason("proof-changed-after-signing", {"name": each.name}),
            )
    if signatures:
        return Verdict.ALTERED, (Reason("proof-signature-damaged", {"symbol": ""}),)
    return Verdict.UNKNOWN, (nothing,)
