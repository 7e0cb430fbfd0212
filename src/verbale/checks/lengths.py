"""A document keeps to the length allowed for its kind. A finding, never a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.document import Document, PartKind
from verbale.model.finding import Finding, Severity
from verbale.model.walk import block_text, blocks, parts
from verbale.text.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = "hidden-text"


def length(document: Document) -> int:
    """The words of *document*: headings, tables and footnotes included, the masthead not."""
    return sum(
        count_words(block_text(block))
        for part in parts(document)
        if part.kind is not PartKind.MASTHEAD
        for block in blocks(part)
        if not hasattr(block, "blocks") and not hasattr(block, "items")
    )


def over_limit(case: Case) -> Iterator[Finding]:
    """A text longer than the institution's limit for its kind; hidden text counts too.

    What has its symbol already was issued at its length.
    """
    masthead = case.recognition.masthead
    if masthead is not None and masthead.symbols:
        return
    kind = case.kind
    limit = case.institution.limits.words.get(kind)
    if limit is None:
        return
    hidden = sum(
        count_words(f.values.get("text", "")) for f in case.findings if f.code == _HIDDEN
    )
    count = length(case.recognition.document) + hidden
    if count > limit:
        yield Finding(
            code="length-over-limit",
            severity=Severity.WARNS,
            place=case.place("/document/title", near=case.message),
            values={"count": str(count), "kind": kind, "limit": str(limit)},
        )


CHECK = Check("length-over-limit", source="The institution's own limits", run=over_limit)
