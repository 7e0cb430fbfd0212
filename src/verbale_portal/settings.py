"""Django's settings for the site: safe where nothing is said, changed by the environment.

::

    VERBALE_HOME         the registry that is shown (``./registry``)
    VERBALE_PUBLIC_URL   the address readers know, such as ``https://docs.example.org``
    VERBALE_HOSTS        further names the site answers to, with commas between them
    VERBALE_SECRET_KEY   instead of the key in ``HOME/site.key``, which only the owner can read

There is no debug mode: what goes wrong is logged and said in words, never shown.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from verbale.edges.home import open_home
from verbale.errors import VerbaleError

_log = logging.getLogger("verbale")
KEY_FILE = "site.key"
_HERE = Path(__file__).resolve().parent


def secret_key(home: Path) -> str:
    """The site's key: of the environment, of the registry's folder, or for this run only.

    It is made the first time and can be read by its owner alone.
    """
    said = os.environ.get("VERBALE_SECRET_KEY", "")
    if said:
        return said
    path = home / KEY_FILE
    made = secrets.token_urlsafe(50)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(made)
    except FileExistsError:
        return _kept_key(path) or made
    except OSError as bad:
        _log.warning("no key is kept in %s: %s", home, bad)
    return made


def _kept_key(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as bad:
        _log.warning("the key in %s cannot be read: %s", path, bad)
        return ""


def hosts(public_url: str) -> list[str]:
    """The names the site answers to: this machine's, that of its public address, those said."""
    said = os.environ.get("VERBALE_HOSTS", "")
    named = [each.strip() for each in said.split(",") if each.strip()]
    public = urlsplit(public_url).hostname
    own = [socket.gethostname(), "localhost", "127.0.0.1", "[::1]"]
    return list(dict.fromkeys([*named, *([public] if public else []), *own]))


def site_settings(home: Path) -> dict[str, Any]:
    """The settings for the registry at *home*; what the register needs stands in its own."""
    try:
        public_url = open_home(home).settings["public_url"].value
    except VerbaleError:
        public_url = ""  # the site answers, and says what is wrong
    return {
        "DEBUG": False,
        "SECRET_KEY": secret_key(home),
        "ALLOWED_HOSTS": hosts(public_url),
        "ROOT_URLCONF": "verbale_portal.urls",
        "MIDDLEWARE": ["verbale_portal.middleware.SiteMiddleware"],
        "APPEND_SLASH": False,
        # The length of a query is bounded already; counting its fields would be an error twice.
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": None,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [_HERE / "templates"],
                "OPTIONS": {"builtins": ["verbale_portal.tags"]},
            }
        ],
    }


def configure(home: Path) -> None:
    """Set Django up for the site of the registry at *home*, once a process."""
    import django  # noqa: PLC0415 - 150 ms that only the site needs
    from django.conf import settings  # noqa: PLC0415

    from verbale_store import settings as register  # noqa: PLC0415

    if not settings.configured:
        named = {name: getattr(register, name) for name in dir(register) if name.isupper()}
        settings.configure(**{**named, **site_settings(home)})
        django.setup()
