"""``/api/``: the public register for programs; ``/api/openapi.json`` describes it (3.1).

Errors are problem details (RFC 9457). Nothing is answered that a reader without any right may
not see; what may not be seen is answered as what never was.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError
from ninja.errors import ValidationError as NotValidError

from verbale import __version__
from verbale.errors import NotRegisteredError, SearchIndexError
from verbale.proof import merkle
from verbale.proof.public_keys import Keys
from verbale.registry.states import FALLEN
from verbale.search.base import FACETS, Request
from verbale.workflow.evidence import RegisterEvidence
from verbale_portal.addresses import document_address
from verbale_portal.answers import VARY, has
from verbale_portal.api_shapes import (
    Agenda,
    At,
    Body,
    Document,
    Documents,
    File,
    Files,
    Found,
    Head,
    Hit,
    Item,
    Problem,
    Proof,
    Related,
    Session,
    Summary,
    Verification,
    Vouched,
)
from verbale_portal.caching import Page
from verbale_portal.pages.recording import base_of, record_of
from verbale_portal.site import site

if TYPE_CHECKING:
    from verbale.records.record import Record
    from verbale.workflow.cards import Card

PROBLEM = "application/problem+json"
_SHA256 = r"^[0-9a-f]{64}$"
_Lang = Annotated[
    str, Query(pattern="^(ar|zh|en|fr|ru|es)$", description="Of names and titles.")
]
_Symbol = Annotated[str, Path(min_length=1, max_length=300, description="Such as CL/C/12/G/1.")]
_Word = Annotated[str, Query(max_length=100)]

_ERRORS: Any = {400: Problem, 404: Problem}


class _Api(NinjaAPI):
    """Ninja's, whose answers are tagged with what is in them."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,  # noqa: ANN401 - of any endpoint
        **more: Any,  # noqa: ANN401
    ) -> HttpResponse:
        """As ninja's; 304 where the program has the answer already."""
        response: HttpResponse = super().create_response(request, data, **more)
        tag = Page.of(response.content).tag
        response.headers["Vary"] = VARY
        response.headers["Cache-Control"] = "no-cache"
        if response.status_code == 200:  # noqa: PLR2004 - the usual status
            response.headers["ETag"] = tag
            if has(request, tag):
                return HttpResponse(status=304, headers=dict(response.headers))
        return response


api = _Api(
    title="Verbale",
    version=__version__,
    description="The public documents of a registry, to be read by programs.",
    docs_url=None,
    urls_namespace="api",
)


def problem(status: int, title: str, detail: str = "") -> HttpResponse:
    """Problem details as an answer."""
    said = {"type": "about:blank", "title": title, "status": status}
    if detail:
        said["detail"] = detail
    return HttpResponse(json.dumps(said), content_type=PROBLEM, status=status)


@api.exception_handler(NotRegisteredError)
@api.exception_handler(Http404)
def _not_found(request: HttpRequest, bad: Exception) -> HttpResponse:  # noqa: ARG001 - ninja's
    return problem(404, "Not found", "There is no such document here. Look at its symbol.")


@api.exception_handler(SearchIndexError)
def _no_index(request: HttpRequest, bad: SearchIndexError) -> HttpResponse:  # noqa: ARG001
    made = problem(503, "No search index", "It is being made, or cannot be read. Try again.")
    made.headers["Retry-After"] = "5"
    return made


@api.exception_handler(NotValidError)
def _not_valid(request: HttpRequest, bad: NotValidError) -> HttpResponse:  # noqa: ARG001
    where = ", ".join(sorted({str(each["loc"][-1]) for each in bad.errors}))
    return problem(400, "Bad request", f"Look at the form of: {where}.")


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, bad: HttpError) -> HttpResponse:  # noqa: ARG001
    return problem(bad.status_code, str(bad))


@api.get("/documents", response={200: Documents, **_ERRORS}, tags=["documents"])
def documents(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    body: _Word = "",
    session: _Word = "",
    item: _Word = "",
    state: _Word = "",
    kind: _Word = "",
    language: _Word = "",
    year: Annotated[str, Query(pattern="^([0-9]{4})?$")] = "",
    lang: _Lang = "en",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Documents:
    """Documents, the newest first, narrowed by what is said."""
    found = [
        card
        for card in site().register.shelf().cards
        if _is_at(card, body, session, item)
        and (not state or state in card.states)
        and (not kind or kind == card.kind)
        and (not language or language in card.languages)
        and (not year or (card.date is not None and f"{card.date.year:04}" == year))
    ]
    base = base_of(request)
    return Documents(
        total=len(found),
        limit=limit,
        offset=offset,
        documents=[_summary(each, lang, base) for each in found[offset : offset + limit]],
    )


@api.get("/documents/{path:symbol}/files", response={200: Files, **_ERRORS}, tags=["documents"])
def files(request: HttpRequest, symbol: _Symbol) -> Files:
    """The files of every version, with their hashes."""
    return Files(files=_files(_record(request, symbol, "en")))


@api.get("/documents/{path:symbol}", response={200: Document, **_ERRORS}, tags=["documents"])
def document(request: HttpRequest, symbol: _Symbol, lang: _Lang = "en") -> Document:
    """A document: titles, versions, places, relations, files."""
    card = _card(symbol)
    record = record_of(card, lang, base_of(request))
    return Document(
        **_summary(card, lang, base_of(request)).dict(),
        titles=dict(record.titles),
        original=record.original or None,
        distribution=record.distribution or None,
        changed_at=record.changed_at,
        versions={each.language: each.state.value for each in card.versions},
        relations=[Related(kind=kind, symbol=other) for kind, other in record.relations],
        cited_by=[each.symbol for each in site().register.cited_by(card)],
        files=_files(record),
    )


@api.get("/search", response={200: Found, **_ERRORS}, tags=["documents"])
def search(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    q: Annotated[str, Query(max_length=1000)] = "",
    body: _Word = "",
    session: _Word = "",
    item: _Word = "",
    state: _Word = "",
    kind: _Word = "",
    language: _Word = "",
    year: _Word = "",
    lang: _Lang = "en",
    page: Annotated[int, Query(ge=1, le=100)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 10,
) -> Found:
    """What the site's search finds, with the counts of each facet."""
    said = {
        "body": body, "session": session, "item": item, "state": state,
        "kind": kind, "language": language, "year": year,
    }  # fmt: skip
    facets = {name: (said[name],) for name in FACETS if said.get(name)}
    found = site().search.find(
        Request(text=q, language=lang, facets=facets, page=page, size=size)
    )
    base = base_of(request)
    held = site().register.shelf().by_receipt
    return Found(
        total=found.total,
        page=page,
        size=size,
        hits=[
            Hit(
                **_summary(held[each.receipt], lang, base).dict(),
                language=each.language,
                extract="".join(piece.text for piece in each.extract),
            )
            for each in found.hits
            if each.receipt in held
        ],
        facets={name: dict(counts) for name, counts in found.facets.items()},
    )


@api.get("/bodies", response={200: list[Body], **_ERRORS}, tags=["bodies"])
def bodies(request: HttpRequest, lang: _Lang = "en") -> list[Body]:  # noqa: ARG001
    """The bodies, with how many documents each has."""
    names, held = site().names(lang), site().register.shelf().bodies
    return [
        Body(body=code, name=names.body(code), documents=len(held.get(code, ())))
        for code in site().institution.bodies
    ]


@api.get("/sessions", response={200: list[Session], **_ERRORS}, tags=["bodies"])
def sessions(request: HttpRequest, body: _Word = "") -> list[Session]:  # noqa: ARG001
    """The sessions that documents are of, of one body or of all."""
    held = site().register.shelf().sessions
    return [
        Session(body=at, session=sitting, documents=len(cards))
        for (at, sitting), cards in sorted(held.items())
        if sitting and (not body or body == at)
    ]


@api.get("/agenda", response={200: Agenda, **_ERRORS}, tags=["bodies"])
def agenda(
    request: HttpRequest,
    body: Annotated[str, Query(min_length=1, max_length=100)],
    session: Annotated[str, Query(min_length=1, max_length=100)],
    lang: _Lang = "en",
) -> Agenda:
    """The items of a session that documents are under, each with its documents."""
    if body not in site().institution.bodies:
        raise Http404
    names, base = site().names(lang), base_of(request)
    held = {
        item: cards
        for (at, sitting, item), cards in site().register.shelf().items.items()
        if (at, sitting) == (body, session)
    }
    return Agenda(
        body=body,
        session=session,
        items=[
            Item(
                item=item,
                title=names.item_title(body, item) or None,
                documents=[_summary(each, lang, base) for each in cards],
            )
            for item, cards in sorted(held.items())
        ],
    )


@api.get("/log/head", response={200: Head, **_ERRORS}, tags=["log"])
def head(request: HttpRequest) -> Head:  # noqa: ARG001 - ninja's
    """The last signed head of the public log."""
    last = site().register.store.last_head()
    if last is None:
        raise Http404
    return Head(size=last[0], statement=json.loads(last[1]))


@api.get("/log/proof/{path:symbol}", response={200: Proof, **_ERRORS}, tags=["log"])
def proof(request: HttpRequest, symbol: _Symbol) -> Proof:  # noqa: ARG001 - ninja's
    """That the last act on a document stands in the log: the path from its leaf to the root."""
    register = site().register
    held = register.proof(_card(symbol))
    last = register.store.last_head()
    if held is None or last is None or held[0] >= last[0]:
        raise Http404
    index, leaf = held
    path = merkle.inclusion(index, last[0], register.store.node)
    return Proof(
        leaf_index=index,
        leaf_hash=leaf,
        tree_size=last[0],
        path=[each.hex() for each in path],
    )


@api.get("/verify/{sha256}", response={200: Verification, **_ERRORS}, tags=["log"])
def verify(
    request: HttpRequest,  # noqa: ARG001 - ninja's
    sha256: Annotated[str, Path(pattern=_SHA256, description="In lower-case hexadecimal.")],
) -> Verification:
    """Whether the registry vouches for a file of that hash, and where its document stands."""
    register = site().register
    evidence = RegisterEvidence(
        register.store,
        Keys("", {}, {}),
        not site().institution.has_identity,
        register.now(),
        public=True,
    )
    found = evidence.find(sha256)
    return Verification(
        sha256=sha256,
        known=bool(found),
        files=[
            Vouched(
                symbol=each.symbol,
                name=each.name,
                standing=each.standing.value,
                language=each.language or None,
                received=each.received,
                specimen=each.specimen,
                superseded_by=each.by or None,
            )
            for each in found
        ],
    )


def _is_at(card: Card, body: str, session: str, item: str) -> bool:
    return any(
        (not body or body == at)
        and (not session or session == sitting)
        and (not item or item in items)
        for at, sitting, items in card.places
    )


def _card(symbol: str) -> Card:
    """The card of a document that may be read. Raises `Http404`."""
    card = site().register.find(symbol)
    if card is None:
        raise Http404
    if card.state in FALLEN:
        raise HttpError(410, f"{card.printed} is {card.state.value}")
    return card


def _record(request: HttpRequest, symbol: str, lang: str) -> Record:
    return record_of(_card(symbol), lang, base_of(request))


def _summary(card: Card, lang: str, base: str) -> Summary:
    title = site().register.title(card, (lang,))
    return Summary(
        symbol=card.symbol,
        symbols=list(card.symbols),
        printed=card.printed,
        state=card.state.value,
        title=title.text or None,
        title_language=title.language or None,
        kind=card.kind or None,
        date=card.date,
        published_at=card.published_at,
        states=list(card.states),
        languages=list(card.languages),
        places=[
            At(body=body, session=session or None, items=list(items))
            for body, session, items in card.places
            if body
        ],
        address=f"{base}{document_address(card)}",
    )


def _files(record: Record) -> list[File]:
    return [
        File(
            language=each.language,
            format=each.format,
            address=each.address,
            media_type=each.media_type,
            size=each.size,
            sha256=each.sha256,
        )
        for each in record.copies
    ]
