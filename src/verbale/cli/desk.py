"""What commands that act share: who acts, where, and where the document's folder goes."""

from __future__ import annotations

import datetime
import getpass
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from verbale import institutions
from verbale.cli.common import say
from verbale.workflow import acts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from verbale.edges.home import Home
    from verbale.institutions import Institution
    from verbale.model.finding import Finding
    from verbale.registry.entry import Entry
    from verbale.workflow.acts import Desk

actor_option = click.option(
    "--actor", envvar="VERBALE_ACTOR", default=None, help="Who does it; else the user's name."
)
key_option = click.option(
    "--key", default="", help="The sender's key: once used, the same receipt."
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("OUT"),
    show_default=True,
    help="Where the document's folder goes.",
)


def reason_option(*, required: bool) -> Callable[[Any], Any]:
    """``--reason``, which some acts owe."""
    return click.option("--reason", default="", required=required, help="Why; it stays.")


def actor_name(actor: str | None) -> str:
    """Who acts: as said, else the name of the user who runs the program."""
    if actor:
        return actor
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def desk(actor: str | None) -> Iterator[Desk]:
    """The registry's parts for one act; its store is closed afterwards."""
    from verbale.edges.home import open_home  # noqa: PLC0415
    from verbale.edges.signing import acting  # noqa: PLC0415

    home = open_home()
    rules = institutions.load(home.institution)
    with acting(home) as at:
        yield acts.Desk(
            at.store,
            home.objects,
            rules,
            at.typesetter(),
            at.clock,
            actor_name(actor),
            today_at(rules, ""),
        )


def new_home(path: Path | None, institution: str, findings: list[Finding]) -> Home:
    """Make a registry with its keys; *findings* receives what is to be said of it."""
    from verbale.edges.home import create_home, home_path  # noqa: PLC0415
    from verbale.edges.signing import first_keys  # noqa: PLC0415

    rules = institutions.load(institution)
    prepare = first_keys(rules, findings, home_path(path))
    return create_home(path, institution, prepare=prepare)


def today_at(rules: Institution, body: str) -> datetime.date:
    """The civil date at the duty station of the body."""
    known = rules.bodies.get(body)
    station = (
        rules.stations.get(known.station) if known else next(iter(rules.stations.values()))
    )
    zone = ZoneInfo(station.zone if station else "UTC")
    return datetime.datetime.now(zone).date()


def put_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a document's folder whole: beside the old one first, then in its place.

    Where the registry has keys, the signature on the manifest goes with it.
    """
    from verbale.edges.signing import marked  # noqa: PLC0415

    files = marked(files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".verbale-", dir=folder.parent) as made:
        new = Path(made) / folder.name
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():
            folder.rename(Path(made) / "before")
        new.rename(folder)


def say_entry(entry: Entry, act: str, *, as_json: bool) -> None:
    """What an act left."""
    if as_json:
        say({"act": act, **entry_line(entry)})
        return
    click.echo(f"{entry.name}  {entry.state}")


def entry_line(entry: Entry) -> dict[str, Any]:
    """An entry in short."""
    until = entry.embargo_until
    return {
        "symbol": entry.printed or None,
        "symbols": list(entry.symbols),
        "receipt": entry.receipt,
        "state": entry.state.value,
        "restricted": entry.restricted,
        "embargo_until": until.isoformat() if until else None,
    }
