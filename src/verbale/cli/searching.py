"""Commands that search: ``search``, ``reindex``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from verbale.cli.common import as_json, messages_in, say
from verbale.messages import render
from verbale.search.base import FACETS, Order, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.edges.indexing import Indexer
    from verbale.search.base import Found, Hit, Piece


@contextmanager
def _indexer() -> Iterator[Indexer]:
    from verbale.edges.home import open_home  # noqa: PLC0415 - beside what needs a registry
    from verbale.edges.indexing import Indexer  # noqa: PLC0415

    home = open_home()
    store = home.store()
    try:
        yield Indexer(home, store)
    finally:
        store.close()


def _narrowing(command: Any) -> Any:  # noqa: ANN401 - a decorator of commands
    for name in reversed(FACETS):
        command = click.option(
            f"--{name}", name, multiple=True, help=f"Only this {name}; may be repeated."
        )(command)
    return command


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@_narrowing
@click.option("--sort", type=click.Choice([each.value for each in Order]), help="The order.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--page", type=click.IntRange(1, 1000), default=1, show_default=True)
@as_json
@messages_in
def search(
    query: tuple[str, ...],
    sort: str | None,
    limit: int,
    page: int,
    as_json: bool,  # noqa: FBT001
    lang: str,
    **facets: tuple[str, ...],
) -> int:
    """Find public documents: words, "a phrase", begin*, like~, -without, OR, body:A/HRC.

    The same syntax and results as the site. Fields: symbol, title, body, session, item, state,
    kind, language, year. The index is brought up to date first, and made if there is none.
    """
    with _indexer() as at:
        at.catch_up()
        found = at.search.find(
            Request(
                text=" ".join(query),
                language=lang,
                facets={name: values for name, values in facets.items() if values},
                order=Order(sort) if sort else Order.RELEVANCE,
                page=page,
                size=limit,
            )
        )
    if as_json:
        say(found_shape(found))
    else:
        _print(found, lang)
    return 0


@click.command()
@as_json
def reindex(as_json: bool) -> int:  # noqa: FBT001
    """Make the search index anew from the register; searches go on meanwhile."""
    with _indexer() as at:
        caught = at.rebuild()
    if as_json:
        say({"documents": caught.put, "event": caught.event})
    else:
        click.echo(f"{caught.put} documents are indexed, up to event {caught.event}.")
    return 0


def found_shape(found: Found) -> dict[str, Any]:
    """The JSON of what was found."""
    return {
        "total": found.total,
        "hits": [_hit_shape(hit) for hit in found.hits],
        "facets": {name: dict(counts) for name, counts in found.facets.items()},
        "notes": [{"code": note.code, "about": note.about} for note in found.notes],
    }


def _hit_shape(hit: Hit) -> dict[str, Any]:
    return {
        "symbol": "-".join(hit.symbols),
        "language": hit.language,
        "languages": list(hit.languages),
        "also_in": list(hit.also_in),
        "title": _text(hit.title),
        "title_language": hit.title_language,
        "extract": [{"text": each.text, "marked": each.marked} for each in hit.extract],
        "extract_language": hit.extract_language,
    }


def _text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def _print(found: Found, lang: str) -> None:
    for note in found.notes:
        said = render(f"search-{note.code}", {"about": note.about}, lang)
        click.echo(f"{said.message} {said.remedy}", err=True)
    for hit in found.hits:
        click.echo(f"{'-'.join(hit.symbols)}  [{hit.language}]  {_text(hit.title)}")
        marked = (
            click.style(each.text, bold=True) if each.marked else each.text
            for each in hit.extract
        )
        if hit.extract:
            click.echo("    " + "".join(marked))
    click.echo(f"{found.total}")
