"""With what the symbols of an institution begin, and which texts in its links are none."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from verbale.institutions.loading import load, rows

__all__ = ["malformed", "symbol_roots"]

_HERE = Path(__file__).parent


@lru_cache(maxsize=8)
def symbol_roots(name: str) -> frozenset[str]:
    """The first parts of its symbols: those of its bodies, and the rows of ``series.tsv``.

    *name* is an institution's name or the path of its folder, as for `load`, whose errors it
    raises. For `verbale.model.symbol.belongs`.
    """
    institution = load(name)
    roots = {code.split("/")[0] for code in institution.bodies}
    columns = ["root", "kind", "name", "source", "review"]
    roots |= {root for _, (root, *_) in rows(_folder(name) / "series.tsv", columns, {})}
    return frozenset(roots)


def malformed(name: str) -> dict[str, str]:
    """Texts of its own links that are no symbols, with the reasons; from ``malformed.tsv``."""
    table = rows(_folder(name) / "malformed.tsv", ["text", "reason"], {})
    return {text: reason for _, (text, reason) in table}


def _folder(name: str) -> Path:
    folder = _HERE / name
    return folder if folder.is_dir() else Path(name)
