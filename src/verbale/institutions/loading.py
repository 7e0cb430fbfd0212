"""Loads an institution's folder: TOML for structure, TSV for cells."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.errors import DataTableError, UnknownInstitutionError
from verbale.institutions.model import (
    Body,
    Cell,
    Institution,
    Limits,
    Review,
    Series,
    SessionDates,
    Slot,
    Station,
)
from verbale.text.tables import table_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HERE = Path(__file__).parent
_COLUMNS = ["key", "lang", "text", "source", "review", "from"]
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


def known() -> tuple[str, ...]:
    """The institutions that come with the product."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/institution.toml")))


@lru_cache(maxsize=8)
def load(name: str) -> Institution:
    """Load an institution by its name, or by the path of its folder.

    Raises `UnknownInstitutionError`, or `DataTableError` naming file and line.
    """
    folder = _HERE / name if _NAME.match(name) else Path(name)
    if not (folder / "institution.toml").is_file():
        raise UnknownInstitutionError(
            f"no institution {name!r}: there is no {folder.name}/institution.toml",
            remedy=f"Name one of {', '.join(known())}, or a folder with an institution.toml.",
        )
    hashes: dict[str, str] = {}
    facts = _toml(folder / "institution.toml", hashes)
    try:
        return _build(folder, facts, hashes)
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        raise DataTableError(
            f"{folder.name}/institution.toml: {bad}",
            remedy="Compare it with the institutions that come with the product.",
        ) from bad


def load_agenda(path: Path) -> dict[str, dict[str, Cell]]:
    """Load an agenda's item titles by item and language from a table like ``agendas/hrc.tsv``.

    Raises `DataTableError` when it is not there, or naming file and line.
    """
    if not path.is_file():
        raise DataTableError(
            f"{path}: there is no such table",
            remedy=f"Name a table with the columns {' '.join(_COLUMNS)}, the item as the key.",
        )
    return _table(_cells(path, {}))


def _build(folder: Path, facts: dict[str, Any], hashes: dict[str, str]) -> Institution:
    sessions = _sessions(folder / "sessions.tsv", hashes)
    agendas = {
        path.stem: _table(_cells(path, hashes, prefix="agendas/"))
        for path in sorted(folder.glob("agendas/*.tsv"))
    }
    return Institution(
        name=folder.name,
        languages=tuple(facts["languages"]),
        bodies={b["code"]: _body(b, sessions.get(b["code"], {})) for b in facts["body"]},
        stations={
            s["code"]: Station(s["code"], s["zone"], s.get("job_prefix", ""))
            for s in facts.get("station", [])
        },
        phrases={
            **_phrases(_cells(_HERE / "base" / "phrases.tsv", hashes, prefix="base/")),
            **_phrases(_cells(folder / "phrases.tsv", hashes)),
        },
        states=_phrases(_cells(folder / "states.tsv", hashes)),
        state_variants=_variants(folder / "state_variants.tsv", hashes),
        agendas=agendas,
        masthead_lines_in=dict(facts.get("masthead", {}).get("lines_in", {})),
        standing=_standing(folder / "membership.tsv", hashes),
        gate=facts.get("gate", "all"),
        has_identity=bool(facts.get("identity", False)),
        limits=_limits(facts.get("limits", {})),
        hashes=hashes,
    )


def _toml(path: Path, hashes: dict[str, str]) -> dict[str, Any]:
    data = path.read_bytes()
    hashes[path.name] = hashlib.sha256(data).hexdigest()
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise DataTableError(
            f"{path.name}: {bad}", remedy="Mend the file at that place."
        ) from bad


def _limits(facts: Mapping[str, Any]) -> Limits:
    return Limits(
        words={kind: int(most) for kind, most in facts.get("words", {}).items()},
        slots={kind: _slot(row) for kind, row in facts.get("slots", {}).items()},
    )


def _slot(row: Mapping[str, Any]) -> Slot:
    submit, process, issue = row["weeks"]
    return Slot(submit, process, issue, tuple(row.get("stations", ())))


def _body(facts: Mapping[str, Any], sessions: Mapping[int, SessionDates]) -> Body:
    return Body(
        code=facts["code"],
        organ=facts["organ"],
        parent=facts.get("parent", ""),
        station=facts.get("station", ""),
        sessions_by=facts.get("sessions_by", "number"),
        year_one=facts.get("year_one"),
        requires_item=facts.get("requires_item", False),
        agenda=facts.get("agenda", ""),
        addressees=tuple(facts.get("addressees", ())),
        series=tuple(
            Series(kind, row["symbol"], row.get("number_from", 1))
            for kind, row in facts.get("series", {}).items()
        ),
        sessions=sessions,
    )


def rows(
    path: Path, columns: list[str], hashes: dict[str, str], prefix: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with their line numbers; a table that is not there has none.

    Lines that begin with ``#`` before the header are notes. Raises `DataTableError`.
    """
    if not path.is_file():
        return
    data = table_bytes(path) if path.is_relative_to(_HERE) else path.read_bytes()
    hashes[prefix + path.name] = hashlib.sha256(data).hexdigest()
    seen_header = False
    for number, line in enumerate(data.decode("utf-8").split("\n"), start=1):
        if not line or (line.startswith("#") and not seen_header):
            continue
        cells = line.split("\t")
        if not seen_header:
            if cells != columns:
                raise DataTableError(
                    f"{path.name}:{number}: expected the columns {' '.join(columns)}",
                    remedy="Put these names, separated by tabs, in the table's first line.",
                )
            seen_header = True
            continue
        if len(cells) != len(columns):
            raise DataTableError(
                f"{path.name}:{number}: expected {len(columns)} cells, found {len(cells)}",
                remedy="Separate cells by one tab each; leave an empty cell empty.",
            )
        yield number, cells


def _cells(path: Path, hashes: dict[str, str], prefix: str = "") -> Iterator[Cell]:
    table = rows(path, _COLUMNS, hashes, prefix)
    for number, (key, lang, text, source, review, since) in table:
        try:
            day = datetime.date.fromisoformat(since) if since else None
            yield Cell(key, lang, text, source, Review(review), day)
        except ValueError as bad:
            raise DataTableError(
                f"{path.name}:{number}: {bad}",
                remedy="The review is verified, reviewed, candidate or read; the date is ISO.",
            ) from bad


def _phrases(cells: Iterator[Cell]) -> dict[str, dict[str, tuple[Cell, ...]]]:
    table: dict[str, dict[str, tuple[Cell, ...]]] = {}
    for cell in cells:
        of_key = table.setdefault(cell.key, {})
        of_key[cell.lang] = (*of_key.get(cell.lang, ()), cell)
    return table


def _table(cells: Iterator[Cell]) -> dict[str, dict[str, Cell]]:
    table: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        table.setdefault(cell.key, {})[cell.lang] = cell
    return table


def _variants(
    path: Path, hashes: dict[str, str]
) -> dict[str, tuple[tuple[str, str, str], ...]]:
    table: dict[str, tuple[tuple[str, str, str], ...]] = {}
    columns = ["code", "lang", "text", "kind", "source"]
    for _, (code, lang, text, kind, _source) in rows(path, columns, hashes):
        table[lang] = (*table.get(lang, ()), (text, code, kind))
    return table


def _standing(path: Path, hashes: dict[str, str]) -> dict[str, str]:
    columns = ["code", "standing", "since", "source"]
    return {code: standing for _, (code, standing, *_) in rows(path, columns, hashes)}


def _sessions(path: Path, hashes: dict[str, str]) -> dict[str, dict[int, SessionDates]]:
    table: dict[str, dict[int, SessionDates]] = {}
    columns = ["body", "session", "start", "end", "source"]
    for number, (body, session, start, end, source) in rows(path, columns, hashes):
        try:
            dates = SessionDates(
                datetime.date.fromisoformat(start), datetime.date.fromisoformat(end), source
            )
            table.setdefault(body, {})[int(session)] = dates
        except ValueError as bad:
            raise DataTableError(
                f"{path.name}:{number}: {bad}", remedy="Write ISO dates and a session's number."
            ) from bad
    return table
