"""The command ``check``: what is to be said of files before they are issued."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale.cli.common import (
    as_json,
    messages_in,
    say,
    say_findings,
    shown,
    with_tables,
)
from verbale.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from verbale.checks.report import Checked
    from verbale.edges.checking import Unopened

_SEVERAL = 2


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="How the findings are printed: for people, one JSON line a file, or SARIF 2.1.0.",
)
@click.option(
    "--explain",
    metavar="CODE",
    help="Say what a code means (rule, source, example, remedy), and end.",
)
@with_tables
@as_json
@messages_in
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    form: str,
    explain: str | None,
    institution: str,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """List what is to be said of FILES before they are issued.

    FILES are files or folders; without any, or with -, standard input is read. The verdict
    (accept, accept with warning, refuse) judges each file alone: is it safe, is it readable,
    is nothing hidden in it. What the text says or leaves out are findings and never change it.

    Exit 0: nothing blocks; 1: a finding blocks; 2: a file cannot be opened (the others are
    checked all the same).
    """
    form = "json" if as_json else form
    if explain is not None:
        _say_explanation(explain, lang, form)
        return 0
    from verbale.edges.checking import check_files, files_under  # noqa: PLC0415

    debug = bool(context.find_root().params.get("debug"))
    paths = list(files_under(files or (Path("-"),)))
    answers = check_files(paths, institution, debug=debug)
    said = _say_each(_with_progress(answers, len(paths)), form, lang)
    return _exit_code(said)


def _say_explanation(code: str, lang: str, form: str) -> None:
    from verbale.checks.report import explain, explanation  # noqa: PLC0415

    if form == "text":
        click.echo(explain(code, lang))
    else:
        say(explanation(code, lang))


def _with_progress(
    answers: Iterator[Checked | Unopened], total: int
) -> Iterator[Checked | Unopened]:
    """Show on a terminal how far it is; standard output stays free for the findings."""
    if total < _SEVERAL or not sys.stderr.isatty():
        yield from answers
        return
    from rich.console import Console  # noqa: PLC0415 - only where it is seen
    from rich.progress import track  # noqa: PLC0415

    console = Console(stderr=True)
    yield from track(answers, "check", total=total, console=console, transient=True)


def _say_each(
    answers: Iterable[Checked | Unopened], form: str, lang: str
) -> Sequence[Checked | Unopened]:
    from verbale.checks.report import Checked  # noqa: PLC0415
    from verbale.checks.sarif import sarif  # noqa: PLC0415

    said = []
    for answer in answers:
        said.append(answer)
        if not isinstance(answer, Checked):
            click.echo(f"{shown(answer.file)}: cannot be read ({answer.reason})", err=True)
            click.echo("Name a file that is there and that you may read.", err=True)
        elif form == "json":
            say(_shape(answer, lang))
        elif form == "text":
            _say_text(answer, lang)
    checked = [each for each in said if isinstance(each, Checked)]
    if form == "sarif":
        unopened = {e.file: e.reason for e in said if not isinstance(e, Checked)}
        say(sarif(checked, lang, unopened=unopened))
    elif form == "text" and len(said) >= _SEVERAL:
        _say_sum(checked, len(said) - len(checked), lang)
    return said


def _shape(checked: Checked, lang: str) -> dict[str, Any]:
    from verbale.workflow.shapes import finding_shape  # noqa: PLC0415

    return {
        "file": checked.file,
        "verdict": checked.verdict.value,
        "reasons": list(checked.reasons),
        "findings": [finding_shape(each, lang) for each in checked.findings],
    }


def _say_text(checked: Checked, lang: str) -> None:
    from verbale.messages import word  # noqa: PLC0415

    colour = {"accept": "green", "accept with warning": "yellow", "refuse": "red"}
    verdict = checked.verdict.value
    click.echo(f"{shown(checked.file)}: {click.style(word(verdict, lang), fg=colour[verdict])}")
    say_findings(checked.findings, lang)


def _say_sum(checked: Sequence[Checked], unopened: int, lang: str) -> None:
    """One line at the end of many files: how many of each verdict, how many findings."""
    from verbale.checks.report import Verdict  # noqa: PLC0415
    from verbale.messages import word  # noqa: PLC0415

    verdicts = Counter(each.verdict for each in checked)
    severities = Counter(f.severity for each in checked for f in each.findings)
    counts = [("files", len(checked) + unopened)]
    counts += [(verdict.value, verdicts[verdict]) for verdict in Verdict]
    if unopened:
        counts.append(("not opened", unopened))
    files = ", ".join(f"{word(label, lang)}: {count}" for label, count in counts)
    found = ", ".join(f"{word(each.value, lang)}: {severities[each]}" for each in Severity)
    click.echo(f"\n{files}\n{found}")


def _exit_code(said: Iterable[Checked | Unopened]) -> int:
    from verbale.checks.report import Checked  # noqa: PLC0415

    codes = [(1 if each.blocks else 0) if isinstance(each, Checked) else 2 for each in said]
    return max(codes, default=0)
