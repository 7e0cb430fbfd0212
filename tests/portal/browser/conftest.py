"""The site served for real, and Debian's Chromium to read it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_site import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Request

ROOT = Path(__file__).resolve().parents[3]
#: Without these Chromium looks for its maker's hosts at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program(name: str, *others: str) -> str:
    """The path of a program; skip without it, but fail under CI."""
    for each in (name, *others):
        path = shutil.which(each)
        if path:
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed: make system")
    pytest.skip(f"{name} is not installed: make system")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A registry with the Lakes example, and the site as users start it."""
    home = tmp_path_factory.mktemp("served") / "registry"
    verbale = Path(sys.executable).with_name("verbale")
    environment = os.environ | {"VERBALE_HOME": str(home)}
    note = ROOT / "examples" / "lakes" / "note-verbale.md"
    out = home.with_name("out")
    for command in (["init", "--institution", "lakes"], ["circulate", note, "--out", out]):
        subprocess.run(  # noqa: S603 - our own command
            [verbale, *map(str, command)], env=environment, check=True, capture_output=True
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(  # noqa: S603 - our own command
        [verbale, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/en/", process)
            yield Served(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(10)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the site stopped"
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - ours
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the site did not answer within 60 seconds")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, until the next module: its loop would keep other tests from theirs."""
    chromium = program("chromium", "chromium-browser")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - 160 MB, only with Chromium

    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=chromium, args=QUIET)
        yield made
        made.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


def _refused(request: Request) -> list[str]:
    # A page that is left while its icon is on the way gives the icon up.
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that has nothing to complain of: no refused resource, no script, no error."""
    made = context.new_page()
    said: list[str] = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.on("requestfailed", lambda request: said.extend(_refused(request)))
    yield made
    assert said == []
