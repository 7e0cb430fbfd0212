"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Named so that its tables and migrations are found under ``verbale_store``."""

    name = "verbale_store"
    default_auto_field = "django.db.models.BigAutoField"
