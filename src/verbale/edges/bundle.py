"""Bundles as they are exported; `verbale.edges.folders` reads what comes back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.edges.keys import known_keys
from verbale.edges.log_files import last_head, publish
from verbale.edges.signing import mark
from verbale.errors import ProofError
from verbale.proof.bundle import CHECKER, KEYS, MANIFEST, MARK, README
from verbale.proof.plain_json import written
from verbale.workflow.exporting import Prover, export_entry, in_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verbale.edges.home import Home
    from verbale.edges.signing import Registrar
    from verbale.registry.store import Store

# A ZIP says when each file was written; this is the earliest it can say.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_WORDS = """This folder holds {symbol}, and what shows that it is as it was issued.

With Verbale:          verbale verify --offline .
With nothing but Python: python3 check_proof.py .

Both name the key that signed. Compare it with the one that the registry itself names; a folder
that names another key was made by somebody else. See docs/how-to/verify.md of Verbale.
"""


def prover(at: Registrar) -> Prover:
    """What bundles of an open registry are made from; its log's head is signed if it is not.

    Raises `ProofError` if the registry has no keys.
    """
    if at.ring is None:
        raise ProofError(
            "this registry has no keys, so that it can sign nothing",
            remedy="Make some: `verbale log rotate`.",
        )
    head = publish(at.home.path, at.store, at.ring, at.clock.now())
    return Prover(at.store, at.home.objects, last_head(at.store) or head, at.ring.public)


def public_prover(home: Home, store: Store) -> Prover:
    """What a site proves with: the last published head and public keys; nothing is signed.

    Raises `ProofError` if the registry has no head or no keys yet.
    """
    head, keys = last_head(store), known_keys(home.path)
    if head is None or keys is None:
        raise ProofError(
            "this registry has signed no head of its log yet",
            remedy="Sign one: `verbale log head`.",
        )
    return Prover(store, home.objects, head, keys)


@dataclass(frozen=True, slots=True)
class Exported:
    """Bundles by the name of their folder, and the symbols that were left out.

    What is restricted or under embargo goes out with a session only when it is named itself.
    """

    bundles: dict[str, dict[str, bytes]]
    left_out: tuple[str, ...]


def export(at: Registrar, what: str) -> Exported:
    """Bundles of one document, or of all of a session that any reader may see.

    Raises `NotRegisteredError` if there is neither, `ProofError` if nothing is composed.
    """
    source = prover(at)
    assert at.ring is not None  # noqa: S101 - prover() says so
    made = {}
    found, left_out = in_session(at.store, what, at.clock.now())
    for which in found:
        files = export_entry(source, which)
        files[MARK] = mark(files[MANIFEST], at.ring)
        files[KEYS] = written(at.ring.public.plain())
        files[CHECKER] = checker()
        stem = next(iter(files)).rpartition("-")[0]
        files[README] = _WORDS.format(symbol=str(which)).encode("utf-8")
        made[stem] = files
    return Exported(made, tuple(left_out))


def checker() -> bytes:
    """The checker that needs no Verbale: in the package, or in ``tools`` of a checkout."""
    here = Path(__file__).resolve().parent.parent
    for path in (here / "proof" / CHECKER, here.parents[1] / "tools" / CHECKER):
        if path.is_file():
            return path.read_bytes()
    raise ProofError(
        f"{CHECKER} is not installed", remedy="Install Verbale again: `pip install verbale`."
    )


def write_zip(bundles: Mapping[str, Mapping[str, bytes]], path: Path) -> None:
    """Write bundles as one ZIP. Same bundles, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, files in sorted(bundles.items()):
            for name, data in sorted(files.items()):
                info = zipfile.ZipInfo(f"{folder}/{name}", _NO_TIME)
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(out.getvalue())
    beside.replace(path)
