"""What leaves a registry whole: ``export``, ``backup``, and ``restore`` to bring it back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from verbale.cli.common import as_json, say


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
    from verbale.cli.desk import put_folder  # noqa: PLC0415
    from verbale.edges.bundle import export as bundles_of  # noqa: PLC0415
    from verbale.edges.bundle import write_zip  # noqa: PLC0415
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    with acting(open_home()) as at:
        made = bundles_of(at, what)
    bundles = made.bundles
    if out.suffix.lower() == ".zip":
        write_zip(bundles, out)
    else:
        for folder, files in bundles.items():
            put_folder(out / folder, files)
    count = sum(len(files) for files in bundles.values())
    if as_json:
        documents, left_out = sorted(bundles), list(made.left_out)
        say({
            "out": str(out), "documents": documents, "files": count, "left_out": left_out
        })  # fmt: skip
        return 0
    many = "1 document" if len(bundles) == 1 else f"{len(bundles)} documents"
    click.echo(f"{many}, {count} files: {out}")
    if made.left_out:
        click.echo(
            f"Restricted or under embargo, and left out: {', '.join(made.left_out)}.\n"
            "Name one itself to export it."
        )
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
@click.option(
    "--database",
    default="",
    help="The URL of an empty database for the register; else a file in DIRECTORY.",
)
@as_json
def restore(file: Path, directory: Path, database: str, as_json: bool) -> int:  # noqa: FBT001
    """Make the registry of the backup FILE anew in DIRECTORY, whole or not at all."""
    from verbale.edges.restoring import restore as make  # noqa: PLC0415

    index = make(file, directory, database=database)
    _say_backup(index, directory, as_json=as_json)
    if not as_json and not index["with_keys"]:
        click.echo(
            "It verifies, and cannot sign: put its private keys back into "
            f"{directory / 'keys'}, or make new ones with `verbale log rotate`."
        )
    return 0


def _say_backup(index: dict[str, Any], where: Path, *, as_json: bool) -> None:
    if as_json:
        say({"file": str(where), **index})
    else:
        click.echo(f"{where}: log of {index['size']} leaves, root {index['root']}")
