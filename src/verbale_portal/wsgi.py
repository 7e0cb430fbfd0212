"""The site as a WSGI application, for granian and any other server."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from verbale.edges.home import home_path
from verbale_portal.settings import configure

configure(home_path())
application = get_wsgi_application()
