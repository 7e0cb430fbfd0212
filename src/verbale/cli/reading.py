"""Commands that read one file: ``recognise``, ``convert``. They never open a registry."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale import institutions
from verbale.cli.common import (
    as_json,
    bytes_of,
    file_argument,
    messages_in,
    print_fields,
    say,
    say_findings,
    with_tables,
)
from verbale.model.finding import Severity
from verbale.workflow import reading, shapes

if TYPE_CHECKING:
    from verbale.model.finding import Finding
    from verbale.writers.base import Typesetter


@click.command()
@file_argument()
@with_tables
@as_json
@messages_in
def recognise(
    file: Path,
    institution: str,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Say what was understood of FILE, each field with its place in the source.

    Without FILE, or with -, standard input is read. Exit 0: done;
    1: a finding blocks; 2: not readable.
    """
    name, data = bytes_of(file)
    found = reading.recognise_file(data, name=name, institution=institutions.load(institution))
    shape = shapes.recognition_shape(found, lang)
    if as_json:
        say(shape)
    else:
        for section in ("document", "communication"):
            click.echo(section)
            print_fields(shape[section])
        for number, part in enumerate(shape["parts"], start=1):
            click.echo(f"part {number}")
            print_fields(part)
        for note in shape["footnotes"]:
            click.echo(f"footnote {note['mark']} on {note['anchor']!r}: {note['text']}")
        say_findings(found.findings, lang)
    return _exit_code(found.findings)


@click.command()
@file_argument()
@click.option("--to", "target", required=True, metavar="FORMAT", help="txt md html json pdf …")
@click.option(
    "--from", "source", default="", metavar="FORMAT", help="When the name does not say."
)
@click.option("--out", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
@click.option(
    "--institution",
    "-i",
    default=None,
    help="Recognise its parts first, by these tables: un, lakes, or a folder of tables.",
)
@as_json
def convert(
    file: Path,
    target: str,
    source: str,
    out: Path | None,
    institution: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Convert one document to FORMAT, without a registry, on standard output or to --out.

    With --institution its parts are recognised first. Exit 0: done; 2: not readable.
    """
    from verbale.writers.base import Options  # noqa: PLC0415

    name, data = bytes_of(file)
    options = Options(typesetter=_typesetter(target))
    rules = institutions.load(institution) if institution else None
    written = reading.convert(
        data, name=name, to=target, options=options, institution=rules, source=source
    )
    if out is not None:
        out.write_bytes(written)
    if as_json:
        say(
            {"file": name, "to": target, "size": len(written), "out": str(out) if out else None}
        )
    elif out is None:
        sys.stdout.buffer.write(written)
        sys.stdout.flush()
    return 0


def _typesetter(target: str) -> Typesetter | None:
    if target != "pdf":
        return None
    from verbale.edges.typeset import Typesetter as Typst  # noqa: PLC0415 - 80 MB of compiler

    return Typst()


def _exit_code(findings: tuple[Finding, ...]) -> int:
    return 1 if any(each.severity is Severity.BLOCKS for each in findings) else 0
