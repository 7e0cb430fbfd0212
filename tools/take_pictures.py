"""Take the pictures of the README and the documentation anew: ``make pictures``.

The site is served with its demonstration and looked at with Chromium; the pages of a document
come from its PDF files by way of ``pdftoppm``. Chromium gets the Chinese face that documents
are composed with: the site leaves Chinese to the reader's own, and a machine may have none.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

from verbale_fonts import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
HOME = ROOT / "var" / "pictures"
_WAIT = 600
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{faces}</dir>
</fontconfig>
"""


@dataclass(frozen=True)
class Picture:
    """A page of the site and how it is looked at; sizes are pixels of the style sheet."""

    name: str
    address: str
    width: int = 1280
    height: int = 900
    dark: bool = False


SITE = (
    Picture("site-document", "/en/CL/C/11/G/2"),
    Picture("site-arabic", "/ar/CL/C/12/G/1"),
    Picture("site-chinese", "/zh/CL/C/12/G/1"),
    Picture("site-search", "/fr/search?q=glace+navigation"),
    Picture("site-agenda", "/ru/bodies/CL/C/sessions/12/", dark=True),
    Picture("site-telephone", "/es/CL/C/12/G/1", width=390, height=800),
)
#: The document whose first pages are shown, and in which languages.
COMPOSED, LANGUAGES = "CL/C/12/G/1", ("en", "ar", "zh")


def main() -> int:
    """Take every picture."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - says what is missing

    chromium = _program("chromium")
    with tempfile.TemporaryDirectory(prefix="verbale-pictures-") as held:
        fonts = Path(held) / "fonts.conf"
        fonts.write_text(_FONTS.format(faces=folder()), "utf-8")
        site = _served()
        base = next(site)
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=chromium,
                args=["--no-sandbox", "--disable-gpu"],
                env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            )
            for picture in SITE:
                _take(browser, base, picture)
            _take_pages(browser, base, Path(held))
            browser.close()
        site.close()
    for path in sorted(PICTURES.glob("*.png")):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


def _take(browser: Browser, base: str, picture: Picture) -> None:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
    )
    page.goto(base + picture.address, wait_until="networkidle")
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    page.close()


def _take_pages(browser: Browser, base: str, at: Path) -> None:
    """The first pages of one document in several languages, side by side."""
    shown = []
    for lang in LANGUAGES:
        file = at / f"{lang}.pdf"
        file.write_bytes(_answer(f"{base}/{lang}/{COMPOSED}/pdf"))
        first = ["-png", "-r", "110", "-singlefile", "-f", "1", "-l", "1"]
        command = [_program("pdftoppm"), *first, str(file), str(at / lang)]
        subprocess.run(command, check=True)  # noqa: S603 - a program of the system
        data = base64.b64encode((at / f"{lang}.png").read_bytes()).decode()
        shown.append(f'<img src="data:image/png;base64,{data}">')
    page = browser.new_page(viewport={"width": 1830, "height": 530})
    style = (
        "body{margin:0;padding:10px;background:#c8c8c8;display:flex;gap:10px}"
        "img{width:597px;height:510px;object-fit:cover;object-position:top}"
    )
    page.set_content(f"<style>{style}</style>{''.join(shown)}")
    page.screenshot(path=PICTURES / "composed.png")
    page.close()


def _served() -> Iterator[str]:
    """The demonstration, whole and served; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(  # noqa: S603 - our own program
        [Path(sys.executable).with_name("verbale"), "serve", "--demo", "--port", str(port)],
        env={**os.environ, "VERBALE_HOME": str(HOME)},
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + _WAIT
        # The last of its documents, found: then all are there, and indexed.
        while b"/en/CL/C/13/G/6" not in _answer(f"{base}/en/search?q=symbol:CL/C/13/G/6"):
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit("the demonstration is not served: run `verbale serve --demo`")
            time.sleep(1)
        yield base
    finally:
        process.terminate()
        process.wait(30)


def _answer(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - ours
            return bytes(answer.read())
    except (URLError, OSError):
        return b""


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise SystemExit(f"{name} is not installed: make system")
    return path


if __name__ == "__main__":
    sys.exit(main())
