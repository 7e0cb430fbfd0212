"""Findings as SARIF 2.1.0, the form that editors and build systems show beside the text.

Source: OASIS Standard, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import verbale
from verbale.checks.report import said_of_any
from verbale.messages import codes, render, rule, word
from verbale.model.finding import NOWHERE, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verbale.checks.report import Checked
    from verbale.model.finding import Finding, Place

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.BLOCKS: "error", Severity.WARNS: "warning", Severity.NOTES: "note"}
_UNESCAPED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def sarif(
    files: Iterable[Checked], lang: str, *, unopened: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One run over *files*, ready for `json.dumps`; the rules are those that found something.

    *unopened* are files that could not be opened, with the reason: the run did not reach them.
    Offsets count characters from 0, lines and columns from 1, as in `Place`.
    """
    checked = list(files)
    used = sorted({finding.code for each in checked for finding in each.findings})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "verbale",
                        "semanticVersion": verbale.__version__,
                        "rules": [_rule(code, lang) for code in used],
                    }
                },
                "invocations": [_invocation(unopened or {})],
                "language": lang,
                "columnKind": "unicodeCodePoints",
                "artifacts": [
                    {"location": {"uri": _uri(each.file)}, "properties": _verdict(each)}
                    for each in {each.file: each for each in checked}.values()
                ],
                "results": [
                    _result(finding, each.file, used.index(finding.code), lang)
                    for each in checked
                    for finding in each.findings
                ],
            }
        ],
    }


def _verdict(checked: Checked) -> dict[str, Any]:
    return {"verdict": checked.verdict.value, "reasons": list(checked.reasons)}


def _invocation(unopened: Mapping[str, str]) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not unopened}
    if unopened:
        invocation["toolExecutionNotifications"] = [
            {
                "level": "error",
                "message": {"text": f"{file}: cannot be read ({reason})"},
                "locations": [_location(NOWHERE, file)],
            }
            for file, reason in unopened.items()
        ]
    return invocation


def _rule(code: str, lang: str) -> dict[str, Any]:
    known = codes().get(code)
    if known is None:
        return {"id": code}
    text, example = rule(code, lang)
    _, remedy = said_of_any(code, lang)
    return {
        "id": code,
        "shortDescription": {"text": text},
        "fullDescription": {"text": f"{text} {word('example', lang)}: {example}"},
        # Our page of codes has no address of its own on the web: the command shows the same.
        "help": {"text": remedy, "markdown": f"{remedy} `verbale check --explain {code}`"},
        "defaultConfiguration": {"level": _LEVELS[Severity(known.severity)]},
        "properties": {"source": known.source, "about": known.about},
    }


def _result(finding: Finding, file: str, index: int, lang: str) -> dict[str, Any]:
    words = render(finding.code, finding.values, lang)
    said = f"{words.message} {words.remedy}".strip()
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [_location(finding.place, file)],
        "properties": {"values": dict(sorted(finding.values.items()))},
    }


def _location(place: Place, file: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    region = _region(place)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    within = _within(place)
    if within:
        location["logicalLocations"] = [{"fullyQualifiedName": within}]
    return location


def _region(place: Place) -> dict[str, int]:
    region = {}
    if place.line is not None:
        region["startLine"] = place.line
    if place.line is not None and place.column is not None:
        region["startColumn"] = place.column
    if place.start is not None:
        region["charOffset"] = place.start
        region["charLength"] = max((place.end or place.start) - place.start, 0)
    return region


def _within(place: Place) -> str:
    """Where in a file that has no lines: ``word/document.xml/paragraph 3``, ``page 2``."""
    pieces = [place.part] if place.part else []
    if place.page is not None:
        pieces.append(f"page {place.page}")
    if place.paragraph is not None:
        pieces.append(f"paragraph {place.paragraph}")
    return "/".join(pieces)


def _uri(file: str) -> str:
    """A file's name as a relative URI reference (RFC 3986): bytes of UTF-8, escaped.

    Done here because names come from outside: a colon must not turn one into a scheme.
    """
    data = file.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _UNESCAPED else f"%{byte:02X}" for byte in data)
