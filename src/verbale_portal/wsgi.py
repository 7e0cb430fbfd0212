"""The site as a WSGI application, for granian and any other server."""

from __future__ import annotations

import logging
import threading

from django.core.wsgi import get_wsgi_application

from verbale.edges.home import home_path
from verbale.edges.publishing import keep_published
from verbale.errors import VerbaleError
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
    """Lay out the register before the first reader asks."""
    try:
        site().register.shelf()
    except VerbaleError as bad:
        logging.getLogger("verbale").warning("the register cannot be read yet: %s", bad)


start_logging()
configure(home_path())
application = get_wsgi_application()
_warm_up()
threading.Thread(target=_beside, name="publishing", daemon=True).start()
