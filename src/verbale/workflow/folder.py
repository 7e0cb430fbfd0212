"""A document's folder: versions in every format, files for translators, originals, manifest."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any, Protocol

from verbale import catalogue
from verbale.compose.candidates import candidates
from verbale.compose.translation import bitext
from verbale.errors import RegistryError
from verbale.model.language import UND, Language
from verbale.proof.bundle import MADE
from verbale.proof.merkle import leaf_hash
from verbale.registry.entry import FileRecord, FileRole, VersionState
from verbale.workflow.linking import linked
from verbale.writers.base import Options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.compose.translation import Bitext, Returned
    from verbale.institutions import Institution
    from verbale.model.document import Document
    from verbale.registry.entry import Entry
    from verbale.registry.log import Leaf
    from verbale.registry.store import Objects, Store
    from verbale.writers.base import Typesetter

    Files = dict[str, tuple[FileRecord, bytes]]

#: The formats every version is written in, in the order of the manifest.
FORMATS = ("pdf", "docx", "html", "akn", "txt", "json")
#: Formats in which a citation is a link.
LINKED = frozenset({"pdf", "html", "akn", "docx"})
#: The format that holds the whole tree: versions are read back from it.
TREE = "json"


class Exchange(Protocol):
    """Files for translators: how a bitext is written and read back. ``suffix`` has its dot."""

    suffix: str

    def write(self, work: Bitext) -> bytes:
        """The file for a translator. Same text, same bytes."""
        ...

    def read(self, data: bytes, *, name: str) -> Returned:
        """A file that came back. Raises `UnreadableFileError`."""
        ...


def write_version(
    document: Document,
    stem: str,
    *,
    moment: datetime.date | None,
    labels: Mapping[str, str],
    typesetter: Typesetter,
    public_url: str = "",
) -> Files:
    """One version in every format: record and bytes by file name.

    With *public_url* the formats that have links carry one on each citation.
    """
    lang = document.language.code
    options = Options(
        moment=moment, labels=labels, typesetter=typesetter, public_url=public_url
    )
    with_links = linked(document, public_url) if public_url else document
    files = {}
    for name in FORMATS:
        writer = catalogue.writer(name)
        data = writer.write(with_links if name in LINKED else document, options)
        file = f"{stem}-{lang.upper()}{writer.suffix}"
        record = FileRecord(
            file,
            hashlib.sha256(data).hexdigest(),
            len(data),
            writer.media_type,
            lang,
            name,
            FileRole.COMPOSED,
        )
        files[file] = (record, data)
    return files


def kept_files(entry: Entry, objects: Objects) -> Files:
    """The composed files of the present issue, as the registry keeps them."""
    return {each.name: (each, kept(entry, each, objects)) for each in entry.current}


def kept_originals(entry: Entry, objects: Objects) -> dict[str, bytes]:
    """What was received, by file name, as the registry keeps it."""
    return {each.name: kept(entry, each, objects) for each in entry.received}


def kept(entry: Entry, file: FileRecord, objects: Objects) -> bytes:
    """The bytes of a file of *entry*. Raises `RegistryError`, which names both."""
    try:
        return objects.get(file.sha256)
    except RegistryError as bad:
        message = f"{entry.name}, {file.name}: {bad.message}"
        raise RegistryError(message, remedy=bad.remedy) from bad


def trees(files: Files) -> dict[str, Document]:
    """The tree of each version by language, from the files."""
    reader = catalogue.reader(TREE)
    return {
        record.language: reader.read(data, name=name).document
        for name, (record, data) in files.items()
        if record.format == TREE
    }


def masthead_date(entry: Entry) -> datetime.date | None:
    """The masthead date it was composed with."""
    day = entry.inputs.get("masthead_date")
    return datetime.date.fromisoformat(day) if day else None


def bitext_of(
    entry: Entry, documents: Mapping[str, Document], lang: str, institution: Institution
) -> Bitext:
    """The version in *lang* for a translator; *documents* are all versions by language."""
    said = json.loads(entry.masthead)
    submitted = said.get("language")
    is_candidate = candidates(
        institution, lang, body=said.get("body"), moment=masthead_date(entry)
    )
    return bitext(
        "-".join(entry.symbols),
        documents[lang],
        documents,
        Language(submitted) if submitted else UND,
        is_candidate,
    )


def folder_files(
    entry: Entry,
    files: Files,
    received: Mapping[str, bytes],
    institution: Institution | None = None,
    exchange: Exchange | None = None,
    *,
    documents: Mapping[str, Document] | None = None,
    logged: Leaf | None = None,
) -> dict[str, bytes]:
    """Everything that goes into the document's folder, the manifest last.

    *documents* are the trees of the versions where they are at hand; *logged* is the entry's
    last leaf in the log (`verbale.workflow.folder.last_leaf`).
    """
    out = {name: data for name, (_, data) in files.items()}
    waiting = [
        version.language
        for version in entry.versions
        if version.state is VersionState.AWAITING_TRANSLATION
    ]
    documents = documents or trees(files)
    if institution is not None and exchange is not None and waiting:
        stem = next(iter(files)).rpartition("-")[0]
        for lang in waiting:
            work = bitext_of(entry, documents, lang, institution)
            out[f"{stem}-{lang.upper()}{exchange.suffix}"] = exchange.write(work)
    for name, data in received.items():
        out[f"received/{name}"] = data
    said = manifest(entry, out, stamps=stamps_of(documents), logged=logged)
    out["manifest.json"] = (as_json(said, indent=1) + "\n").encode("utf-8")
    return out


def stamps_of(documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The stamps that the versions bear: ``specimen``, ``reproduction``."""
    first = next(iter(documents.values()), None)
    return tuple(stamp.value for stamp in first.stamps) if first else ()


def last_leaf(store: Store, entry: Entry) -> Leaf | None:
    """The leaf of the log that says how *entry* was left last."""
    leaves = store.leaves_of(entry.receipt)
    return leaves[-1] if leaves else None


def manifest(
    entry: Entry,
    files: Mapping[str, bytes],
    *,
    stamps: Sequence[str] = (),
    logged: Leaf | None = None,
) -> dict[str, Any]:
    """Symbol, state, where it stands in the log, and each file with its SHA-256.

    The kind of a file is ``received``, ``composed``, or ``made`` for what goes with a document
    and is neither; ``leaf`` is the hash of the log's leaf that *logged* is.
    """
    composed = {record.name for record in entry.composed}
    said = {
        "format": "verbale-manifest/1",
        "symbol": "-".join(entry.symbols),
        "state": entry.state.value,
        "restricted": entry.restricted,
        "embargo_until": entry.embargo_until.isoformat() if entry.embargo_until else None,
        "versions": {each.language: each.state.value for each in entry.versions},
        "stamps": list(stamps),
        "inputs": dict(entry.inputs),
        "log": None
        if logged is None
        else {"index": logged.index, "leaf": leaf_hash(logged.line.encode()).hex()},
    }
    return {
        **said,
        "files": [
            {
                "name": name,
                "kind": "received"
                if name.startswith("received/")
                else "composed"
                if name in composed
                else MADE,
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for name, data in files.items()
        ],
    }


def as_json(value: object, indent: int | None = None) -> str:
    """JSON as a person reads it, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, indent=indent)
