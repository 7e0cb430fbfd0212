"""The public pages of a registry, by their hashes: ``python pages.py HOME`` in a process.

The addresses come from standard input, one a line; the answer is JSON, status and SHA-256 by
address. A site is one registry's, so that two are asked in two processes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Page = tuple[int, str]


def pages_of(home: Path, addresses: Iterable[str]) -> dict[str, Page]:
    """Status and hash of each page that the site of *home* shows."""
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, __file__, str(home)],
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        address: (status, body) for address, (status, body) in json.loads(done.stdout).items()
    }


def main(home: Path) -> None:
    from verbale_portal.settings import configure  # noqa: PLC0415 - in the process that asks
    from verbale_portal.site import show  # noqa: PLC0415

    configure(home)
    from django.test import Client  # noqa: PLC0415 - after Django is set up

    show(home)
    client = Client(headers={"host": "localhost"})
    found = {}
    for address in sys.stdin.read().split():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = answer.status_code, hashlib.sha256(body).hexdigest()
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
