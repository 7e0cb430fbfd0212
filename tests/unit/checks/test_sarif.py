from __future__ import annotations

import json
from typing import TYPE_CHECKING

from verbale.checks.report import Checked
from verbale.checks.sarif import sarif
from verbale.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from typing import Any

FINDINGS = (
    Finding("letter-unsigned", Severity.BLOCKS, Place("n.txt", 10, 14, line=2, column=3)),
    Finding("footnote-without-text", Severity.WARNS, Place("n.txt", 10, 11), {"mark": "*"}),
    Finding("footnote-without-text", Severity.WARNS, Place("n.txt", line=7), {"mark": "**"}),
    Finding("hidden-text", Severity.NOTES, Place("n", part="word/document.xml", paragraph=3)),
    Finding("of-another-package", Severity.NOTES),
)


def run(*files: Checked, lang: str = "en") -> dict[str, Any]:
    log = json.loads(json.dumps(sarif(files, lang)))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    [only] = log["runs"]
    return only


def test_the_structure_has_what_the_standard_requires() -> None:
    only = run(Checked("n.txt", FINDINGS))
    driver = only["tool"]["driver"]
    assert driver["name"] == "verbale"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    assert len(only["results"]) == len(FINDINGS)
    for result in only["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note", "none"}
        assert result["message"]["text"]
        [location] = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "n.txt"
        region = location["physicalLocation"].get("region", {})
        assert all(region[key] >= 1 for key in ("startLine", "startColumn") if key in region)
        assert region.get("charOffset", 0) >= 0
    for rule in driver["rules"]:
        if "shortDescription" in rule:
            assert rule["shortDescription"]["text"]
            assert rule["help"]["text"]
            assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_places_become_regions_and_parts_of_a_package_logical_locations() -> None:
    places = [each["locations"][0] for each in run(Checked("n.txt", FINDINGS))["results"]]
    assert places[0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 3,
        "charOffset": 10,
        "charLength": 4,
    }
    assert places[1]["physicalLocation"]["region"] == {"charOffset": 10, "charLength": 1}
    assert places[2]["physicalLocation"]["region"] == {"startLine": 7}
    assert "region" not in places[3]["physicalLocation"]
    assert places[3]["logicalLocations"] == [
        {"fullyQualifiedName": "word/document.xml/paragraph 3"}
    ]


def test_the_words_are_in_the_language_that_was_asked_for() -> None:
    only = run(Checked("n.txt", FINDINGS[:1]), lang="ru")
    assert only["language"] == "ru"
    assert only["results"][0]["message"]["text"].startswith("Письмо не подписано.")


def test_a_file_without_findings_is_an_artifact_without_results() -> None:
    only = run(Checked("good.txt", ()))
    assert only["results"] == []
    [artifact] = only["artifacts"]
    assert artifact["location"] == {"uri": "good.txt"}
    assert artifact["properties"] == {"verdict": "accept", "reasons": []}


def test_a_name_from_outside_stays_one_relative_address() -> None:
    only = run(Checked("javascript:x \u202e?#نص.docx", ()))
    uri = only["artifacts"][0]["location"]["uri"]
    assert uri == "javascript%3Ax%20%E2%80%AE%3F%23%D9%86%D8%B5.docx"
