"""One file per language: ordinals, dates, numerals, typography. Each offers ``LANGUAGE``."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from verbale.languages.base import LanguageRules


@cache
def rules(code: str) -> LanguageRules:
    """The rules of a language by its code. Raises `KeyError` for one that has no file here."""
    try:
        module = importlib.import_module(f"verbale.languages.{code}")
    except ModuleNotFoundError:
        raise KeyError(code) from None
    return cast("LanguageRules", module.LANGUAGE)
