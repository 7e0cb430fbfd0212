"""The command ``verbale serve``: the site on one port, in several processes."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import click

from verbale.edges.home import home_path, open_home
from verbale.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="VERBALE_PORT")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="VERBALE_HOST")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    envvar="VERBALE_WORKERS",
    help="Processes that answer; one for each core by default.",
)
@click.option("--demo", is_flag=True, help="Make a registry of the invented Lakes and show it.")
def serve(port: int, host: str, workers: int | None, demo: bool) -> None:  # noqa: FBT001
    """Show the registry that VERBALE_HOME names, at http://HOST:PORT, until stopped."""
    home = home_path()
    _check_free(host, port)
    if demo:
        from verbale_portal.demo import start_loading  # noqa: PLC0415 - only then

        start_loading(home)  # the site answers meanwhile, with what is there already
    from verbale_portal.settings import configure  # noqa: PLC0415 - help needs none of it

    opened = open_home(home)
    configure(home)  # before the register sets Django up for itself alone
    opened.store().close()  # says what is wrong before anything listens
    _listen(home, host, port, workers or min(os.cpu_count() or 1, 4))


def _check_free(host: str, port: int) -> None:
    """Raise `UsageError` if another program listens there: the server would share the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, OverflowError) as bad:
            reason = getattr(bad, "strerror", None) or bad
            raise UsageError(
                f"cannot listen on {host}:{port}: {reason}",
                remedy="Stop the program that has this port, or give another with --port.",
            ) from bad


def _listen(home: Path, host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - a server, only when one is wanted
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    from verbale_portal.indexing import keep_indexed  # noqa: PLC0415

    os.environ["VERBALE_HOME"] = str(home)
    keep_indexed(home)
    click.echo(f"The site is at http://{host}:{port}/ — stop it with Ctrl-C.", err=True)
    Server(
        "verbale_portal.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
