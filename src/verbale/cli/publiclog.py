"""The command ``log``: its head, proofs from it, its audit, and new keys."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale import institutions
from verbale.cli.common import as_json, bytes_of, messages_in, say, say_findings, shown
from verbale.errors import UsageError
from verbale.proof.plain_json import parsed
from verbale.proof.statements import Head
from verbale.workflow.acts import which

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.edges.home import Home
    from verbale.registry.fault import Fault
    from verbale.registry.store import Store

_out_file = click.option(
    "--out", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file."
)


@click.group("log")
def log() -> None:
    """The public log: its signed head, proofs from it, and whether it agrees with itself."""


@log.command("head")
@as_json
def log_head(as_json: bool) -> int:  # noqa: FBT001
    """Sign the log as it is now, publish it in the registry's folder, and show its head."""
    from verbale.edges.bundle import prover  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    with acting(open_home()) as at:
        head = prover(at).head
    if as_json:
        say(head.plain())
    else:
        for name, value in head.plain().items():
            click.echo(f"{name}: {value}")
    return 0


@log.command("proof")
@click.argument("symbol", required=False)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="A head kept from before: prove that the log only grew since.",
)
@_out_file
def log_proof(symbol: str | None, since: Path | None, out: Path | None) -> int:
    """Write a small file that shows the events of SYMBOL to be in the log.

    With --since HEAD.json instead: that what the log held then is what it still begins with. A
    stranger checks either with tools/check_proof.py, which needs nothing but Python.
    """
    from verbale.edges.bundle import prover  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415
    from verbale.workflow.exporting import growth_file, proof_file  # noqa: PLC0415

    if (symbol is None) == (since is None):
        raise UsageError(
            "a proof is of one thing", remedy="Name a symbol, or an earlier head with --since."
        )
    with acting(open_home()) as at:
        if since is not None:
            data = growth_file(prover(at), _head_in(since))
        else:
            data = proof_file(prover(at), which(str(symbol)))
    if out is None:
        click.echo(data.decode("utf-8"), nl=False)
    else:
        out.write_bytes(data)
    return 0


@log.command("audit")
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A head kept from before; may be repeated.",
)
@as_json
@messages_in
def log_audit(heads: tuple[Path, ...], as_json: bool, lang: str) -> int:  # noqa: FBT001
    """Derive the log anew from the register and compare everything with everything.

    With --head: is the log of that head the beginning of this one?

    Exit 0: everything agrees; 1: something does not; 2: the registry or a head cannot be read.
    """
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.messages import render, word  # noqa: PLC0415

    home = open_home()
    held = [(path.name, _head_in(path)) for path in heads]
    store = home.store()
    try:
        faults = list(_faults(home, store, held))
        size = store.log_size()
    finally:
        store.close()
    told = [(each, render(each.code, each.values, lang)) for each in faults]
    if as_json:
        reasons = [
            {
                "code": each.code,
                "values": dict(each.values),
                "message": words.message,
                "remedy": words.remedy,
            }
            for each, words in told
        ]
        said = [words.message for _, words in told]
        say({"leaves": size, "faults": said, "reasons": reasons})
    else:
        for _, words in told:
            click.echo(shown(words.message))
        for remedy in dict.fromkeys(words.remedy for _, words in told):
            click.echo(f"    {remedy}")
        counts = ("leaves", size), ("disagreements", len(faults))
        click.echo(", ".join(f"{word(label, lang)}: {count}" for label, count in counts))
    return 1 if faults else 0


@log.command("rotate")
@as_json
def log_rotate(as_json: bool) -> int:  # noqa: FBT001
    """Make new signing keys. What was signed before stays verifiable; the log says so."""
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import new_keys  # noqa: PLC0415

    home = open_home()
    key, findings = new_keys(home, institutions.load(home.institution))
    if as_json:
        say({"key": key, "findings": [each.code for each in findings]})
    else:
        click.echo(f"The registry signs with {key} from now on.")
        say_findings(findings, "en")
    return 0


def _head_in(path: Path) -> Head:
    """The head in a file. Raises `ProofError` if it is none."""
    name, data = bytes_of(path)
    return Head.of(parsed(data, name))


def _faults(home: Home, store: Store, heads: list[tuple[str, Head]]) -> Iterator[Fault]:
    from verbale.edges.keys import known_keys  # noqa: PLC0415
    from verbale.edges.log_files import published_faults  # noqa: PLC0415
    from verbale.workflow import auditing  # noqa: PLC0415

    now = datetime.datetime.now(datetime.UTC)
    keys = known_keys(home.path)
    yield from auditing.audit_register(store, keys, now)
    yield from auditing.audit_objects(store, home.objects)
    yield from published_faults(home.path, store, now)
    for name, head in heads:
        yield from auditing.extends_head(store, head, keys, name, now=now)
