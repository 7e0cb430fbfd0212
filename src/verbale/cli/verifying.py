"""The command ``verify``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale.cli.common import as_json, bytes_of, messages_in, say, shown
from verbale.errors import UsageError
from verbale.proof.verdicts import Verdict
from verbale.proof.verifier import NAMELESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.edges.verifying import Verification
    from verbale.proof.verdicts import Judged, Reason

#: Reasons that are the same for every file of a folder: said once, at the end.
_ONCE = frozenset({"proof-specimen", "proof-signed", "proof-keys-unconfirmed", "proof-logged"})


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--offline", is_flag=True, help="Ask no registry: the files' own manifest only.")
@click.option("--all", "everything", is_flag=True, help="Everything this registry keeps.")
@click.option("--key", default="", help="The name of the registry's key, as you know it.")
@click.option(
    "--keys",
    type=click.Path(path_type=Path),
    help="The registry's keys as it publishes them: log/keys.json.",
)
@as_json
@messages_in
def verify(
    paths: tuple[Path, ...],
    offline: bool,  # noqa: FBT001
    everything: bool,  # noqa: FBT001
    key: str,
    keys: Path | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Say what files, folders and bundles are, and why.

    A file is issued, superseded, altered, not ours, or unknown; never just "valid".

    Asks the registry that VERBALE_HOME names, if there is one; with --offline only the signed
    manifest that lies with the files.

    Exit 0: every file is issued (with --all: none is altered, and the register agrees with
    itself and its log); 1: one is not; 2: something cannot be read.
    """
    from verbale.edges.verifying import verification  # noqa: PLC0415

    if everything and (paths or offline):
        raise UsageError("--all takes no files", remedy="Leave the files or --all out.")
    if not everything and not paths:
        raise UsageError("no file is named", remedy="Name files or folders, or give --all.")
    if keys is not None:
        bytes_of(keys)
    good = {Verdict.ISSUED}
    if everything:
        good |= {Verdict.SUPERSEDED, Verdict.UNKNOWN}
    with verification(offline=offline, keys=keys, pin=key) as against:
        judged = against.everything() if everything else _named(against, paths)
        bad = _say_all(judged, good, as_json=as_json, lang=lang)
    return 1 if bad else 0


def _named(against: Verification, paths: tuple[Path, ...]) -> Iterator[Judged]:
    for path in paths:
        if str(path) == "-":
            yield against.file(Path(NAMELESS), sys.stdin.buffer.read())
            continue
        if not path.is_dir():
            bytes_of(path)
        yield from against.paths((path,))


def _say_all(judged: Iterable[Judged], good: set[Verdict], *, as_json: bool, lang: str) -> int:
    """Say each, then how many there are of each verdict; how many are not *good*."""
    counts: Counter[Verdict] = Counter()
    once: dict[str, None] = {}
    before: tuple[Reason, ...] = ()
    for each in judged:
        counts[each.verdict] += 1
        if as_json:
            _say_json(each, lang)
        else:
            # What is the same as of the file before is not said again.
            remedy = each.verdict not in good and each.reasons != before
            once |= dict.fromkeys(_say_words(each, lang, remedy=remedy, before=before))
            before = each.reasons
    if not as_json:
        several = counts.total() > 1
        for said in once:
            click.echo(said if several else f"    {said}")
        if several:
            _say_sum(counts, lang)
    return sum(count for verdict, count in counts.items() if verdict not in good)


def _say_sum(counts: Counter[Verdict], lang: str) -> None:
    """One line: how many files, and how many of each verdict."""
    from verbale.messages import word  # noqa: PLC0415

    said = [("files", counts.total()), *((each.value, counts[each]) for each in Verdict)]
    click.echo(", ".join(f"{word(label, lang)}: {count}" for label, count in said))
    if counts[Verdict.SUPERSEDED]:
        click.echo(word("superseded-means", lang))


def _say_json(judged: Judged, lang: str) -> None:
    from verbale.messages import render  # noqa: PLC0415

    say({
        "file": judged.file,
        "verdict": judged.verdict.value,
        "reasons": [
            {
                "code": each.code,
                "values": dict(each.values),
                "message": render(each.code, each.values, lang).message,
                "remedy": render(each.code, each.values, lang).remedy,
            }
            for each in judged.reasons
        ],
    })  # fmt: skip


def _say_words(
    judged: Judged, lang: str, *, remedy: bool, before: tuple[Reason, ...]
) -> Iterator[str]:
    """Say a verdict with its own reasons; those that hold for more than it are given back."""
    from verbale.messages import render, word  # noqa: PLC0415

    click.echo(f"{shown(judged.file)}: {word(judged.verdict.value, lang)}")
    for number, each in enumerate(judged.reasons):
        words = render(each.code, each.values, lang)
        if number and each.code in _ONCE:
            yield words.message
            continue
        if judged.reasons == before:
            continue
        click.echo(f"    {words.message}")
        if remedy and not number and words.remedy:
            click.echo(f"    {words.remedy}")
