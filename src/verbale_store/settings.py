"""Django's settings for the register alone: no application that it does not need.

The portal begins with these and adds its own.
"""

from __future__ import annotations

from typing import Any

#: Signs nothing here; the portal has a key of its own.
SECRET_KEY = "the-register-signs-nothing-with-this"  # noqa: S105 - protects nothing
INSTALLED_APPS = ["verbale_store"]
DATABASES: dict[str, dict[str, Any]] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
#: The program sets up logging, not Django.
LOGGING_CONFIG = None
