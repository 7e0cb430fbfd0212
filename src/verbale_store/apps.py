"""The register as a Django application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class StoreConfig(AppConfig):
    """Named so that its tables and migrations are found under ``verbale_store``."""

    name = "verbale_store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let damaged text in SQLite be read, so that an audit can name the row it is in."""
        connection_created.connect(_read_damaged_text, dispatch_uid=self.name)


def _read_damaged_text(connection: Any, **_: object) -> None:  # noqa: ANN401 - Django's
    # Else one flipped bit would keep every row of a table from being read, and say of none
    # which. What is no text is shown as its number, which no hash fits.
    if connection.vendor == "sqlite":
        connection.connection.text_factory = _text


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
