"""The bundle of one document, as ``verbale export`` writes it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from verbale.edges.bundle import export, write_zip
from verbale.edges.signing import acting
from verbale_portal.site import site


def bundle_of(symbol: str) -> bytes:
    """A ZIP that verifies elsewhere. Whether it may be given out is its caller's to ask.

    Raises `ProofError` if the registry has no keys, or they cannot be used.
    """
    with acting(site().home) as at:
        made = export(at, symbol)
    with tempfile.TemporaryDirectory(prefix="verbale-") as folder:
        path = Path(folder) / "bundle.zip"
        write_zip(made.bundles, path)
        return path.read_bytes()
