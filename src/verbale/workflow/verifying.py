"""Verdicts on files, folders and statements: what `verbale verify` and the site's page say."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from verbale.errors import ProofError
from verbale.proof.bundle import (
    FAITHFUL,
    MANIFEST,
    MARK,
    OWN,
    PROOF,
    RECORD,
    Bundle,
    StrangerError,
)
from verbale.proof.plain_json import parsed
from verbale.proof.public_keys import Keys
from verbale.proof.statements import GROWTH, HEAD, Head, check_growth, check_proof
from verbale.proof.statements import PROOF as LEAVES
from verbale.proof.verdicts import Judged, Reason, Verdict
from verbale.proof.verifier import judge
from verbale.workflow.faithful import recheck
from verbale.workflow.inspecting import Outside

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from verbale.proof.verdicts import Evidence

#: What of a folder is looked at for a file that lies in it.
BESIDE = (MANIFEST, MARK, PROOF, RECORD)
_STATEMENTS = (LEAVES, GROWTH, HEAD)
_BIGGEST_STATEMENT = 10_000_000


def verify_file(
    name: str, data: bytes, evidence: Evidence | None, keys: Keys | None, now: datetime.datetime
) -> Judged:
    """The verdict on one file: a version, an original, or a statement of the registry.

    A statement (a proof, a head of the log) is held against *keys*, else against those in it,
    which is said.
    """
    kind = _statement(data)
    if kind:
        return Judged(name, *_stated(kind, data, keys, now))
    return _judge(name, data, evidence, now)


def _judge(name: str, data: bytes, evidence: Evidence | None, now: datetime.datetime) -> Judged:
    return judge(name, data, evidence, now=now, inspector=Outside(name))


def _statement(data: bytes) -> str:
    """The format of a statement; empty for any other file."""
    if data[:1] != b"{" or len(data) > _BIGGEST_STATEMENT:
        return ""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    said = values.get("format")
    return str(said) if said in _STATEMENTS else ""


def _stated(
    kind: str, data: bytes, trusted: Keys | None, now: datetime.datetime
) -> tuple[Verdict, tuple[Reason, ...]]:
    values = parsed(data, kind)
    try:
        enclosed = Keys.of(values["keys"]) if "keys" in values else None
        keys = trusted.joined(enclosed) if trusted and enclosed else trusted or enclosed
        if keys is None:
            return Verdict.UNKNOWN, (Reason("proof-nothing-to-compare"),)
        if kind == GROWTH:
            old, head = check_growth(values, keys)
            said = Reason("proof-log-grew", {"size": str(old.size), "date": old.at[:10]})
        elif kind == HEAD:
            head = Head.of(values)
            head.must_be_signed_by(keys)
            said = Reason("proof-head", {"size": str(head.size), "date": head.at[:10]})
        else:
            head, _ = check_proof(values, keys)
            said = Reason("proof-logged", {"size": str(head.size), "date": head.at[:10]})
        ahead = head.is_from_the_future(now)
    except (ProofError, ValueError, TypeError, AttributeError) as bad:
        detail = bad.message if isinstance(bad, ProofError) else str(bad)
        return Verdict.ALTERED, (Reason("proof-bundle-altered", {"detail": detail}),)
    if ahead:
        future = Reason("audit-head-future", {"head": str(head.size), "date": head.at})
        return Verdict.UNKNOWN, (future, said)
    if trusted is not None:
        return Verdict.ISSUED, (said,)
    unconfirmed = Reason("proof-keys-unconfirmed", {"name": keys.name, "key": head.key})
    return Verdict.ISSUED, (said, unconfirmed)


def verify_folder(
    files: Mapping[str, bytes],
    evidence: Evidence | None,
    *,
    trusted: Keys | None,
    pin: str = "",
    now: datetime.datetime,
) -> list[Judged]:
    """The verdicts on a document's folder: each file, each one missing, and what holds them.

    *files* are all files by their path in it. *evidence* is the register, if it may be asked;
    else the folder's own signed manifest, held against the keys *trusted* or *pin*.
    """
    bundle: Bundle | None = None
    judged: list[Judged] = []
    try:
        bundle = Bundle.of(files, trusted, pin)
    except ProofError as bad:
        judged.append(Judged(MANIFEST, *why_no_evidence(files, bad, trusted)))
    for name in sorted(set(files) - OWN):
        if evidence is None and bundle is None:
            judged.append(Judged(name, judged[0].verdict, judged[0].reasons))
            continue
        found = _judge(name, files[name], evidence or bundle, now)
        if found.verdict is Verdict.UNKNOWN and evidence is not None and bundle is not None:
            # What goes with a document is in the manifest that we signed, not in the register.
            beside = _judge(name, files[name], bundle, now)
            mine = any(each.code == "proof-beside" for each in beside.reasons)
            found = beside if mine else found
        judged.append(found)
    if bundle is not None:
        for path, _ in bundle.files:
            if path not in files:
                missing = Reason("proof-file-missing", {"name": path})
                judged.append(Judged(path, Verdict.ALTERED, (missing,)))
        judged += _text_is_kept(files, bundle)
    return judged


def why_no_evidence(
    files: Mapping[str, bytes], bad: ProofError, trusted: Keys | None
) -> tuple[Verdict, tuple[Reason, ...]]:
    """Why a folder is no evidence: signed by another, altered, or not signed at all."""
    if MARK not in files:
        return Verdict.UNKNOWN, (Reason("proof-nothing-to-compare"),)
    if isinstance(bad, StrangerError):
        ours = trusted is None or bad.name == trusted.name
        code = "proof-other-key" if ours else "proof-unknown-signer"
        return Verdict.NOT_OURS, (Reason(code, {"name": bad.name, "key": bad.key}),)
    return Verdict.ALTERED, (Reason("proof-bundle-altered", {"detail": bad.message}),)


def _text_is_kept(files: Mapping[str, bytes], bundle: Bundle) -> list[Judged]:
    if FAITHFUL not in files:
        return []
    # What is not as it was signed is said to be altered already, and is not read.
    named = {path: known.sha256 for path, known in bundle.files}
    whole = {
        name: data
        for name, data in files.items()
        if hashlib.sha256(data).hexdigest() == named.get(name)
    }
    if FAITHFUL not in whole:
        said = Reason("proof-bytes-changed", {"name": FAITHFUL})
        return [Judged(FAITHFUL, Verdict.ALTERED, (said,))]
    found = recheck(whole)
    if found.stopped:
        return [Judged(FAITHFUL, Verdict.UNKNOWN, (Reason("proof-unread"), found.stopped))]
    if found.wrong:
        reasons = tuple(Reason("proof-unfaithful", {"name": name}) for name in found.wrong)
        return [Judged(FAITHFUL, Verdict.ALTERED, reasons)]
    if not found.count:
        return []
    kept = Reason("proof-faithful", {"count": str(found.count)})
    unread = tuple(Reason("proof-text-not-compared", {"name": name}) for name in found.unread)
    return [Judged(FAITHFUL, Verdict.ISSUED, (kept, *unread))]
