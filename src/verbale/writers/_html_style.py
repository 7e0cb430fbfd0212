"""The style sheet that stands in every page, and the policy that lets only it in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files


@cache
def style() -> str:
    """The style sheet. Raises `ValueError` if it holds what would end its element."""
    text = "\n" + files("verbale.writers").joinpath("html.css").read_text("utf-8")
    if any(sign in text for sign in "<&\r") or "]]>" in text:
        raise ValueError("html.css may not hold '<', '&', ']]>' or a carriage return")
    return text


@cache
def policy() -> str:
    """The content security policy: this style sheet, pictures inside the page, nothing else."""
    digest = base64.b64encode(hashlib.sha256(style().encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
