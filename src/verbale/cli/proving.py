"""Commands that prove: ``log``, ``verify``, ``export``, ``backup``, ``restore``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verbale import institutions
from verbale.cli.common import as_json, bytes_of, messages_in, say, say_findings
from verbale.errors import UsageError, VerbaleError
from verbale.proof.statements import Head, Keys, parsed
from verbale.proof.verifier import Judged, Reason, Verdict, judge
from verbale.workflow.acts import which

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.edges.home import Home
    from verbale.proof.verifier import Evidence
    from verbale.registry.store import Store
    from verbale.workflow.proving import RegisterEvidence

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
@click.argument("symbol")
@_out_file
def log_proof(symbol: str, out: Path | None) -> int:
    """Write a small file that shows the events of SYMBOL to be in the log.

    A stranger checks it with tools/check_proof.py, which needs nothing but Python.
    """
    from verbale.edges.bundle import prover  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415
    from verbale.workflow.proving import proof_file  # noqa: PLC0415

    with acting(open_home()) as at:
        data = proof_file(prover(at), which(symbol))
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
def log_audit(heads: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001
    """Derive the log anew from the register and compare everything with everything.

    With --head: is the log of that head the beginning of this one? Exit 1 when anything does
    not agree.
    """
    from verbale.edges.home import open_home  # noqa: PLC0415

    home = open_home()
    store = home.store()
    try:
        faults = list(_faults(home, store, heads))
        size = store.log_size()
    finally:
        store.close()
    if as_json:
        say({"leaves": size, "faults": faults})
    else:
        for each in faults:
            click.echo(each)
        click.echo(f"{size} leaves; {len(faults) or 'no'} disagreements.")
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


def _faults(home: Home, store: Store, heads: tuple[Path, ...]) -> Iterator[str]:
    from verbale.edges.log_files import published_faults  # noqa: PLC0415
    from verbale.workflow.proving import audit_register, extends_head  # noqa: PLC0415

    now = datetime.datetime.now(datetime.UTC)
    keys = _keys_of(home)
    yield from audit_register(store, home.objects, keys, now)
    yield from published_faults(home.path, store)
    for path in heads:
        name, data = bytes_of(path)
        yield from extends_head(store, Head.of(parsed(data, name)), keys, name)


def _keys_of(home: Home) -> Keys | None:
    from verbale.edges.keys import has_keys, public_keys  # noqa: PLC0415

    return public_keys(home.path) if has_keys(home.path) else None


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--offline", is_flag=True, help="Ask no registry: the files' own manifest only.")
@click.option("--all", "everything", is_flag=True, help="Everything this registry keeps.")
@click.option("--key", default="", help="The name of the registry's key, as you know it.")
@as_json
@messages_in
def verify(
    paths: tuple[Path, ...],
    offline: bool,  # noqa: FBT001
    everything: bool,  # noqa: FBT001
    key: str,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Say of files, folders and bundles what they are: issued, superseded, altered, not ours.

    Asks the registry that VERBALE_HOME names, if there is one; with --offline only the signed
    manifest that lies with the files. Exit 0: every file issued; 1: one is not; 2: unusable.
    """
    if everything and (paths or offline):
        raise UsageError("--all takes no files", remedy="Leave the files or --all out.")
    if not everything and not paths:
        raise UsageError("no file is named", remedy="Name files or folders, or give --all.")
    home = None if offline else _home_if_any()
    if everything and home is None:
        raise UsageError("there is no registry here", remedy="Name one with VERBALE_HOME.")
    store = home.store() if home is not None else None
    good = True
    try:
        evidence = _evidence(home, store) if home is not None and store is not None else None
        judged = (
            _verify_all(home, store, evidence)
            if everything
            else _verify_paths(paths, evidence, key)
        )
        for each in judged:
            good = good and each.verdict is Verdict.ISSUED
            _say_judged(each, as_json=as_json, lang=lang)
    finally:
        if store is not None:
            store.close()
    return 0 if good else 1


def _home_if_any() -> Home | None:
    from verbale.edges.home import FILE, home_path, open_home  # noqa: PLC0415

    return open_home() if (home_path() / FILE).exists() else None


def _evidence(home: Home, store: Store) -> RegisterEvidence:
    from verbale.workflow.proving import RegisterEvidence  # noqa: PLC0415

    rules = institutions.load(home.institution)
    keys = _keys_of(home) or Keys("", {}, {})
    now = datetime.datetime.now(datetime.UTC)
    return RegisterEvidence(store, keys, not rules.has_identity, now)


def _verify_paths(
    paths: tuple[Path, ...], evidence: RegisterEvidence | None, key: str
) -> Iterator[Judged]:
    from verbale.edges.bundle import read_folders  # noqa: PLC0415
    from verbale.workflow.proving import verify_folder  # noqa: PLC0415

    trusted = evidence.keys if evidence is not None and evidence.keys.public else None
    for path in paths:
        if path.is_dir() or path.suffix.lower() == ".zip":
            for folder, files in read_folders(path).items():
                if not folder:
                    yield from (judge(str(path / n), d, evidence) for n, d in files.items())
                    continue
                for each in verify_folder(files, evidence, trusted=trusted, pin=key):
                    yield Judged(str(path / folder / each.file), each.verdict, each.reasons)
            continue
        name, data = bytes_of(path)
        beside = evidence or _manifest_beside(path, key)
        if isinstance(beside, Reason):
            yield Judged(str(path), Verdict.ALTERED, (beside,))
        else:
            found = judge(name, data, beside)
            yield Judged(str(path), found.verdict, found.reasons)


def _manifest_beside(path: Path, key: str) -> Evidence | Reason | None:
    """The manifest in the file's folder, or the one above it; why not, if it does not hold."""
    from verbale.proof.bundle import MANIFEST, MARK, PROOF, RECORD, Bundle  # noqa: PLC0415

    for folder in (path.absolute().parent, path.absolute().parent.parent):
        if (folder / MANIFEST).is_file() and (folder / MARK).is_file():
            names = (MANIFEST, MARK, PROOF, RECORD)
            files = {n: (folder / n).read_bytes() for n in names if (folder / n).is_file()}
            try:
                return Bundle.of(files, None, key)
            except VerbaleError as bad:
                return Reason("proof-bundle-altered", {"detail": bad.message})
            except (ValueError, KeyError, TypeError, AttributeError) as bad:
                return Reason("proof-bundle-altered", {"detail": str(bad)})
    return None


def _verify_all(
    home: Home | None, store: Store | None, evidence: RegisterEvidence | None
) -> Iterator[Judged]:
    """Every file of every entry, then whatever does not agree."""
    if home is None or store is None or evidence is None:
        return
    for entry in store.entries():
        for file in (*entry.received, *entry.composed):
            name = f"{entry.name}/{file.name}"
            try:
                data = home.objects.get(file.sha256)
            except VerbaleError as bad:
                fault = Reason("proof-register-fault", {"detail": bad.message})
                yield Judged(name, Verdict.ALTERED, (fault,))
                continue
            judged = judge(file.name, data, evidence)
            # What waits, or no longer stands, is as it should be; only what is wrong counts.
            whole = judged.verdict in {Verdict.SUPERSEDED, Verdict.UNKNOWN, Verdict.ISSUED}
            verdict = Verdict.ISSUED if whole else judged.verdict
            yield Judged(name, verdict, judged.reasons)
    for disagreement in _faults(home, store, ()):
        reason = Reason("proof-register-fault", {"detail": disagreement})
        yield Judged(str(home.path), Verdict.ALTERED, (reason,))


def _say_judged(judged: Judged, *, as_json: bool, lang: str) -> None:
    from verbale.messages import render  # noqa: PLC0415

    words = [render(each.code, each.values, lang) for each in judged.reasons]
    if as_json:
        say({
            "file": judged.file,
            "verdict": judged.verdict.value,
            "reasons": [
                {"code": each.code, "values": dict(each.values), "message": said.message}
                for each, said in zip(judged.reasons, words, strict=True)
            ],
        })  # fmt: skip
        return
    click.echo(f"{judged.file}: {judged.verdict.value}")
    for said in words:
        click.echo(f"    {said.message}")
    if judged.verdict is not Verdict.ISSUED and words:
        click.echo(f"    {words[0].remedy}")


@click.command()
@click.argument("what", metavar="SYMBOL|SESSION")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("EXPORT"),
    show_default=True,
    help="A folder, or a name that ends in .zip.",
)
@as_json
def export(what: str, out: Path, as_json: bool) -> int:  # noqa: FBT001
    """Write a bundle that verifies elsewhere, without network and without this registry.

    SYMBOL is one document; SESSION the beginning of symbols, such as CL/C/12: all of them.
    """
    from verbale.cli.registry import put_folder  # noqa: PLC0415
    from verbale.edges.bundle import export as bundles_of  # noqa: PLC0415
    from verbale.edges.bundle import write_zip  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    with acting(open_home()) as at:
        bundles = bundles_of(at, what)
    if out.suffix.lower() == ".zip":
        write_zip(bundles, out)
    else:
        for folder, files in bundles.items():
            put_folder(out / folder, files)
    count = sum(len(files) for files in bundles.values())
    if as_json:
        say({"out": str(out), "documents": sorted(bundles), "files": count})
    else:
        click.echo(f"{len(bundles)} documents, {count} files: {out}")
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--with-keys", is_flag=True, help="The private keys too, under their passphrase.")
@as_json
def backup(file: Path, with_keys: bool, as_json: bool) -> int:  # noqa: FBT001
    """Write the whole registry to FILE (a ZIP) while it runs; private keys only when asked."""
    from verbale.edges.backup import backup as make  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415

    now = datetime.datetime.now(datetime.UTC)
    _say_backup(make(open_home(), file, now, with_keys=with_keys), file, as_json=as_json)
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("directory", type=click.Path(path_type=Path))
@as_json
def restore(file: Path, directory: Path, as_json: bool) -> int:  # noqa: FBT001
    """Make the registry of the backup FILE anew in DIRECTORY, whole or not at all."""
    from verbale.edges.backup import restore as make  # noqa: PLC0415

    _say_backup(make(file, directory), directory, as_json=as_json)
    return 0


def _say_backup(index: dict[str, Any], where: Path, *, as_json: bool) -> None:
    if as_json:
        say({"file": str(where), **index})
    else:
        click.echo(f"{where}: log of {index['size']} leaves, root {index['root']}")
