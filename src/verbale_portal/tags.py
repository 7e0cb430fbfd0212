"""What templates need beside Django's own: labels, languages, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from verbale.model.language import Language
from verbale.registry.record import instant_text
from verbale_portal.naming import own_name

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Mapping[str, Any], key: str, **values: object) -> str:
    """A label in the reader's language. Raises `KeyError` for one that is not there."""
    text: str = context["w"][key]
    return text.format_map(values) if values else text


@register.simple_tag(takes_context=True)
def other_interface(context: Mapping[str, Any], code: str) -> str:
    """The address of this page in another language of the interface."""
    here, ui = context["here"] or "/", context["ui"]
    joined = "&" if "?" in here else "?"
    if here == f"/{ui}/" or (here.startswith(f"/{ui}/") and context.get("follows")):
        return f"/{code}/{here.removeprefix(f'/{ui}/')}{joined}ui={code}"
    return f"{here}{joined}ui={code}"


@register.filter
def word(table: Mapping[str, str], key: str) -> str:
    """A label by its key. Raises `KeyError`."""
    return table[key]


@register.filter
def fill(text: str, value: object) -> str:
    """A label whose one slot is filled with *value*."""
    start, end = text.index("{"), text.index("}")
    return f"{text[:start]}{value}{text[end + 1 :]}"


@register.filter
def named(code: str) -> str:
    """A language's name in itself."""
    return own_name(code)


@register.filter
def direction(code: str) -> str:
    """Which way a language runs."""
    return Language(code).direction


@register.filter
def instant(at: datetime.datetime) -> str:
    """An instant for machines: ``2020-05-06T09:30:00Z``."""
    return instant_text(at)


@register.filter
def unlocalized(number: int) -> str:
    """A year: figures alone."""
    return str(number)


@register.filter
def written(html: str) -> SafeString:
    """HTML that our own writer made, which escapes all text in it."""
    return mark_safe(html)  # noqa: S308 - made by verbale.writers.html alone
