from __future__ import annotations

import pytest

from verbale.checks.report import Checked, Verdict, explain, explanation, verdict
from verbale.errors import UsageError
from verbale.messages import LANGUAGES, codes, rule, source
from verbale.model.finding import Finding, Severity

HIDDEN = Finding("hidden-text", Severity.WARNS)
UNREADABLE = Finding("file-unreadable", Severity.BLOCKS)
UNSIGNED = Finding("letter-unsigned", Severity.BLOCKS)
NO_READER = Finding("part-missing", Severity.BLOCKS)
FOREIGN = Finding("another-package-saw-a-macro", Severity.BLOCKS)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((), "accept"),
        ((UNSIGNED,), "accept"),
        ((HIDDEN, UNSIGNED), "accept with warning"),
        ((HIDDEN, UNREADABLE), "refuse"),
        ((FOREIGN,), "refuse"),
        ((NO_READER,), "refuse"),
    ],
)
def test_the_verdict_judges_the_file_and_not_the_text(
    findings: tuple[Finding, ...], expected: str
) -> None:
    assert verdict(findings) == expected
    assert Checked("note.txt", findings).verdict is Verdict(expected)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_code_is_explained_with_its_rule_source_and_remedy(code: str, lang: str) -> None:
    text = explain(code, lang)
    told = explanation(code, lang)
    assert "{" not in told["message"] + told["remedy"]
    assert text.startswith(f"{code}\n")
    for part in (*rule(code, lang), source(code, lang), told["remedy"]):
        assert part in text


def test_a_code_that_is_not_there_says_how_codes_look() -> None:
    with pytest.raises(UsageError, match="'no-such-code'") as caught:
        explain("no-such-code", "en")
    assert caught.value.remedy
