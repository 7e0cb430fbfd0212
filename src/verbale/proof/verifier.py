"""Is this file one that the registry issued? A verdict with its reasons, never a bare "valid".

The bytes decide: a file is ours when its SHA-256 is in the register, or in a manifest that the
registry signed. Signatures in the file only say *why* another one is not: what was appended,
swapped, removed, or signed with a key that is not ours. What is ours by its bytes needs no
further reading; a stranger's file is read by the `Inspector`, which knows the box.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import ReadingStoppedError
from verbale.proof.inspecting import HERE
from verbale.proof.pdf_checking import Coverage, whole
from verbale.proof.verdicts import Judged, Known, Reason, Standing, Verdict

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from verbale.proof.inspecting import Inspector
    from verbale.proof.pdf_checking import PdfSignature
    from verbale.proof.verdicts import Evidence

    Said = tuple[Verdict, tuple[Reason, ...]]

_BY_STANDING = {
    Standing.ISSUED: (Verdict.ISSUED, "proof-issued"),
    Standing.SUPERSEDED: (Verdict.SUPERSEDED, "proof-superseded"),
    Standing.REISSUED: (Verdict.SUPERSEDED, "proof-reissued"),
    Standing.REPLACED: (Verdict.SUPERSEDED, "proof-replaced"),
    Standing.WITHDRAWN: (Verdict.SUPERSEDED, "proof-withdrawn"),
    Standing.VOID: (Verdict.UNKNOWN, "proof-void"),
    Standing.NOT_ISSUED: (Verdict.UNKNOWN, "proof-not-issued"),
    Standing.EMBARGOED: (Verdict.UNKNOWN, "proof-embargoed"),
}
#: The name of a file that came without one.
NAMELESS = "standard-input.txt"


def judge(
    name: str,
    data: bytes,
    evidence: Evidence | None,
    *,
    now: datetime.datetime,
    inspector: Inspector = HERE,
) -> Judged:
    """The verdict on the bytes *data*, shown under *name*.

    Without *evidence* a signature can show that a file was altered, never that it was issued.
    *now* tells whether an embargo has ended, and a certificate of somebody else. A file that
    *inspector* cannot read to its end is never called issued.
    """
    plain = name.replace("\\", "/").rpartition("/")[2]
    held = evidence.find(hashlib.sha256(data).hexdigest()) if evidence is not None else ()
    try:
        if evidence is None:
            said = _alone(plain, data, inspector, now)
        elif held:
            said = _known(plain, data, held, inspector, evidence, now)
        else:
            said = _strange(plain, data, inspector, evidence, now)
    except ReadingStoppedError as ended:
        # Of a file that stopped its reader nothing is said but what its bytes say.
        verdict, first = Verdict.UNKNOWN, Reason("proof-unread")
        if evidence is not None and not held and evidence.named(plain):
            verdict, first = Verdict.ALTERED, Reason("proof-bytes-changed", {"name": plain})
        said = verdict, (first, Reason(ended.finding_code, ended.values))
    return Judged(name, *said)


def _known(
    name: str,
    data: bytes,
    held: Sequence[Known],
    inspector: Inspector,
    evidence: Evidence,
    now: datetime.datetime,
) -> Said:
    here = min(held, key=lambda each: (each.name != name, each.standing is not Standing.ISSUED))
    if here.until is not None and here.until > now and here.standing is Standing.ISSUED:
        here = replace(here, standing=Standing.EMBARGOED)
    what = {"symbol": here.symbol, "lang": here.language}
    if here.name != name and evidence.named(name):
        return Verdict.ALTERED, (Reason("proof-swapped", {**what, "name": name}),)
    signatures: Sequence[PdfSignature] = ()
    if not here.received:
        # These bytes were made by the registry, unless only they themselves say who it is.
        made_here = evidence.vouched and bool(here.name)
        signatures = (HERE if made_here else inspector).signatures(data)
    for each in signatures:
        if each.certificate not in evidence.keys.certificates:
            return _foreign(data=b"", signature=each, evidence=evidence, now=now)
    verdict, code = _BY_STANDING[here.standing]
    if here.standing is Standing.ISSUED and (here.received or here.beside):
        code = "proof-received" if here.received else "proof-beside"
    until = here.until.date().isoformat() if here.until else ""
    reasons = [Reason(code, {**what, "by": here.by, "date": until})]
    reasons += _besides(here, name)
    mine = whole(signatures)
    if mine is not None and mine.by is not None:
        reasons.append(Reason("proof-signed", {"name": mine.by.name, "key": mine.certificate}))
    return verdict, (*reasons, *evidence.said)


def _besides(here: Known, name: str) -> list[Reason]:
    """What else is to be said of a file that stands."""
    reasons = []
    if here.name not in {name, ""} and name != NAMELESS:
        reasons.append(Reason("proof-renamed", {"name": here.name}))
    if here.standing is not Standing.ISSUED:
        return reasons
    if here.restricted:
        reasons.append(Reason("proof-restricted", {"symbol": here.symbol}))
    if here.waits and not here.received and not here.beside:
        reasons.append(Reason("proof-version-waits", {"lang": here.language}))
    if here.specimen and not here.received:
        reasons.append(Reason("proof-specimen"))
    return reasons


def _strange(
    name: str,
    data: bytes,
    inspector: Inspector,
    evidence: Evidence,
    now: datetime.datetime,
) -> Said:
    """Why bytes are not in the register."""
    signatures = inspector.signatures(data)
    shown = evidence.named(name)
    ours = [each for each in signatures if each.certificate in evidence.keys.certificates]
    if ours:
        return _changed(name, data, ours, signatures, evidence)
    for each in signatures:
        # A certificate that nothing vouches for, in our name or in a file of ours, is ours with
        # a byte changed: who signs in another's name makes an authority to vouch for it.
        as_ours = bool(shown) or _is_named_as_we(each, evidence)
        if each.by is not None and (each.certified or not as_ours):
            return _foreign(data=data, signature=each, evidence=evidence, now=now)
    if any(not each.known for each in signatures):
        return Verdict.NOT_OURS, (Reason("proof-signature-other-kind"),)
    is_pdf = data[:5] == b"%PDF-"
    symbol = shown[0].symbol if shown else inspector.keyword(data) if is_pdf else ""
    if is_pdf and symbol and (shown or evidence.has(symbol)):
        if signatures:
            return Verdict.ALTERED, (Reason("proof-signature-damaged", {"symbol": symbol}),)
        if evidence.keys.certificates:
            return Verdict.ALTERED, (Reason("proof-signature-removed", {"symbol": symbol}),)
    if signatures:
        return Verdict.ALTERED, (Reason("proof-signature-damaged", {"symbol": name}),)
    if shown:
        return Verdict.ALTERED, (Reason("proof-bytes-changed", {"name": name}),)
    return Verdict.UNKNOWN, (Reason("proof-not-registered"),)


def _changed(
    name: str,
    data: bytes,
    ours: list[PdfSignature],
    every: Sequence[PdfSignature],
    evidence: Evidence,
) -> Said:
    """Why a file that bears our signature is not in the register."""
    mine = ours[0]
    values = {"name": mine.by.name if mine.by else "", "key": mine.certificate}
    if mine.intact and mine.coverage is Coverage.APPENDED:
        more = str(len(data) - mine.end)
        return Verdict.ALTERED, (Reason("proof-appended", {"bytes": more}),)
    if whole(every) is None:
        return Verdict.ALTERED, (Reason("proof-changed-after-signing", values),)
    if evidence.named(name):
        # Signed by us, under the name of another: an earlier file, or another document's.
        return Verdict.ALTERED, (Reason("proof-another-file", {"name": name}),)
    return Verdict.UNKNOWN, (Reason("proof-signed-not-registered", values), *evidence.said)


def _foreign(
    *, data: bytes, signature: PdfSignature, evidence: Evidence, now: datetime.datetime
) -> Said:
    """A signature that is not ours, with our name or another; and what is wrong with it."""
    by = signature.by
    values = {"name": by.name if by else "?", "key": signature.certificate or "?"}
    ours = _is_named_as_we(signature, evidence)
    code = "proof-other-key" if ours else "proof-unknown-signer"
    return Verdict.NOT_OURS, (
        Reason(code, values),
        *_wrong_with(data, signature),
        *_certificate(signature, now),
    )


def _wrong_with(data: bytes, signature: PdfSignature) -> list[Reason]:
    if signature.intact and signature.coverage is Coverage.APPENDED and data:
        return [Reason("proof-appended", {"bytes": str(len(data) - signature.end)})]
    if not signature.intact and signature.by is not None and signature.known:
        return [Reason("proof-changed-after-signing", {"name": signature.by.name})]
    return []


def _certificate(signature: PdfSignature, now: datetime.datetime) -> list[Reason]:
    """What a stranger's certificate does not hold for."""
    by = signature.by
    if by is None:
        return []
    reasons = []
    values = {"key": by.certificate, "start": by.not_before[:10], "date": by.not_after[:10]}
    if by.at and not by.held_at(by.at):
        reasons.append(Reason("proof-certificate-time", {**values, "at": by.at[:10]}))
    elif not by.held_at(now.isoformat()):
        reasons.append(Reason("proof-certificate-expired", values))
    if not by.usable:
        reasons.append(Reason("proof-certificate-use", values))
    return reasons


def _is_named_as_we(signature: PdfSignature, evidence: Evidence) -> bool:
    return bool(evidence.keys.name) and _same_name(evidence.keys.name, signature)


def _same_name(name: str, signature: PdfSignature) -> bool:
    """Whether a reader would take the signer for the registry *name*."""
    by = signature.by
    if by is None:
        return False
    shown = [by.name.rpartition(" (")[0] or by.name, by.organization]
    return any(_seen(each) in {_seen(name), _seen(name[:64])} for each in shown if each.strip())


def _seen(name: str) -> str:
    """A name as the eye takes it: without case, spaces, and the forms of letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _alone(name: str, data: bytes, inspector: Inspector, now: datetime.datetime) -> Said:
    """Without anything to hold it against: a good signature says only who signed."""
    signatures = inspector.signatures(data)
    nothing = Reason("proof-nothing-to-compare")
    if not signatures:
        return Verdict.UNKNOWN, (nothing,)
    if any(not each.known for each in signatures):
        return Verdict.UNKNOWN, (Reason("proof-signature-other-kind"), nothing)
    last = signatures[-1]
    if all(each.intact for each in signatures) and last.by is not None:
        first = min(signatures, key=lambda each: each.end)
        added = _wrong_with(data, first)
        if added and not inspector.harmless(data):
            return Verdict.ALTERED, tuple(added)
        values = {"name": last.by.name, "key": last.certificate}
        said = Reason("proof-signer-unconfirmed", values)
        return Verdict.UNKNOWN, (said, *added, *_certificate(last, now), nothing)
    for each in signatures:
        if each.by is not None and not each.intact:
            return Verdict.ALTERED, tuple(_wrong_with(data, each))
    return Verdict.ALTERED, (Reason("proof-signature-damaged", {"symbol": name}),)
