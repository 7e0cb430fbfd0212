"""What the API answers, as OpenAPI describes it."""

# Pydantic reads these annotations when the module is loaded.
import datetime
from typing import Any

from ninja import Schema


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None


class At(Schema):
    """A body, session and items a document is of."""

    body: str
    session: str | None
    items: list[str]


class Summary(Schema):
    """A document in a list. ``address`` negotiates language and format."""

    symbol: str
    symbols: list[str]
    printed: str
    state: str
    title: str | None
    title_language: str | None
    kind: str | None
    date: datetime.date | None
    published_at: datetime.datetime | None
    states: list[str]
    languages: list[str]
    places: list[At]
    address: str


class Documents(Schema):
    """A page of a list: ``total`` in all, from ``offset``."""

    total: int
    limit: int
    offset: int
    documents: list[Summary]


class File(Schema):
    """A file; ``size`` in bytes, ``sha256`` in hexadecimal."""

    language: str
    format: str
    address: str
    media_type: str
    size: int
    sha256: str


class Files(Schema):
    """The files of a document."""

    files: list[File]


class Related(Schema):
    """Another document and what it is to this one."""

    kind: str
    symbol: str


class Document(Summary):
    """A document whole, but for its text. ``versions`` is the state of each by language."""

    titles: dict[str, str]
    original: str | None
    distribution: str | None
    changed_at: datetime.datetime
    versions: dict[str, str]
    relations: list[Related]
    cited_by: list[str]
    files: list[File]


class Hit(Summary):
    """A document found: the language it was found in, and an extract."""

    language: str
    extract: str


class Found(Schema):
    """A page of what was found; counts of works by facet and value."""

    total: int
    page: int
    size: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]


class Body(Schema):
    """A body and how many documents it has."""

    body: str
    name: str
    documents: int


class Session(Schema):
    """A session and how many documents it has."""

    body: str
    session: str
    documents: int


class Item(Schema):
    """An agenda item with its documents."""

    item: str
    title: str | None
    documents: list[Summary]


class Agenda(Schema):
    """The items of a session."""

    body: str
    session: str
    items: list[Item]


class Head(Schema):
    """A signed head of the log of ``size`` leaves."""

    size: int
    statement: dict[str, Any]


class Proof(Schema):
    """The path from a leaf to the root of a head of ``tree_size`` leaves, RFC 6962."""

    leaf_index: int
    leaf_hash: str
    tree_size: int
    path: list[str]


class Vouched(Schema):
    """A file the registry vouches for, and where its document stands."""

    symbol: str
    name: str
    standing: str
    language: str | None
    received: bool
    specimen: bool
    superseded_by: str | None


class Verification(Schema):
    """What the registry knows of a hash; nothing for what is not public."""

    sha256: str
    known: bool
    files: list[Vouched]
