"""The site as a WSGI application, for granian and any other server."""

from __future__ import annotations

import gc
import logging
import threading
from typing import Any
from urllib.parse import unquote
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

from verbale.edges.home import home_path
from verbale.edges.publishing import keep_published
from verbale.errors import VerbaleError
from verbale_portal.addresses import document_address
from verbale_portal.logs import start_logging
from verbale_portal.settings import configure
from verbale_portal.site import site


def _beside() -> None:
    """What goes on beside the answers: the log is published, whoever acted."""
    try:
        keep_published(site().home, threading.Event())
    except VerbaleError as bad:
        logging.getLogger("verbale").warning("the log is not published: %s", bad)


def _warm_up() -> None:
    """Lay out the register and make the newest pages before the first reader asks."""
    try:
        newest = site().register.shelf().cards[:1]
    except VerbaleError as bad:
        logging.getLogger("verbale").warning("the register cannot be read yet: %s", bad)
        return
    _ask("/en/")
    for card in newest:
        for lang in card.languages:
            _ask(document_address(card, lang))


def _ask(address: str) -> None:
    """Ask the application as a server does."""
    environ: dict[str, Any] = {"PATH_INFO": unquote(address), "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    for _ in application(environ, lambda *_: lambda _: None):
        pass


start_logging()
configure(home_path())
application = get_wsgi_application()
_warm_up()
# What stands now stays: going through the cards of a large register stops a process for half a
# second each time.
gc.freeze()
threading.Thread(target=_beside, name="publishing", daemon=True).start()
