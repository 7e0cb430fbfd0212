"""What is done inside a box: bytes in, the bytes of a packed answer out."""

from __future__ import annotations

import datetime
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale import catalogue
from verbale.citations.find import every_family
from verbale.edges.box import wire
from verbale.edges.xliff import read_xliff
from verbale.errors import MissingPartError, UnknownFormatError, UnreadableFileError
from verbale.messages import LANGUAGES
from verbale.proof.inspecting import HERE
from verbale.readers.limits import Limits, use_limits
from verbale.text.legal import replace_illegal
from verbale.workflow import reading
from verbale.workflow.outside import use_box
from verbale.workflow.pages import page_texts_here
from verbale.writers.base import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verbale.institutions import Institution
    from verbale.readers.base import Reading

#: What readers import only when they read; loaded beforehand where many files are read.
_PARSERS: Final = (
    "heapq", "lxml.etree", "email.parser", "email.policy", "pypdfium2", "pypdfium2.raw",
    "pikepdf",
    "verbale.readers._html_own", "verbale.readers._html_foreign", "verbale.readers._akn_tree",
)  # fmt: skip
#: What is imported only where a PDF is asked about, by the name of the act.
_NEEDS: Final = {
    "page_texts": ("pypdfium2",),
    "keyword": ("pikepdf",),
    "signatures": (
        "asn1crypto.cms", "cryptography.x509", "cryptography.hazmat.primitives.asymmetric.ec",
        "cryptography.hazmat.primitives.asymmetric.rsa",
    ),
    "harmless": ("pyhanko.sign.validation", "pyhanko.sign.diff_analysis"),
}  # fmt: skip
_OURS: Final = b"The Permanent Mission presents its compliments to the Secretariat."
_OURS_IN_PARTS: Final = b"""# Note verbale

The Permanent Mission presents its compliments to the Secretariat and requests it to circulate
the note and its annex as a document under item 1, in accordance with resolution 60/1 of 2005.

# Annex

1. First, see A/60/1, paragraph 3, of 9 March 2026.[^1]

| No. | Day |
|---|---|
| 1 | 9 March |

[^1]: See article 2 of the Charter.
"""


def read(data: bytes, *, name: str, format: str, limits: Limits) -> bytes:  # noqa: A002
    """Read a file; the answer is for `wire.unpack_reading`."""
    _alone(limits)
    try:
        return wire.pack_reading(reading.read(data, name=name, format=format))
    except (UnreadableFileError, UnknownFormatError, MissingPartError) as error:
        return wire.pack_error(error)


@dataclass(frozen=True, slots=True)
class Occasion:
    """For what a document is understood: the day, and whether it is to be circulated."""

    today: datetime.date | None = None
    circulating: bool = False

    def to_words(self) -> dict[str, str]:
        """As a keeper is asked."""
        day = self.today.isoformat() if self.today else ""
        return {"today": day, "circulating": "yes" if self.circulating else ""}

    @classmethod
    def from_words(cls, ask: Mapping[str, str]) -> Occasion:
        """What `to_words` wrote."""
        day = datetime.date.fromisoformat(ask["today"]) if ask["today"] else None
        return cls(day, ask["circulating"] == "yes")


def understand(
    found: Reading, *, institution: Institution, occasion: Occasion, limits: Limits
) -> bytes:
    """Understand what was read before; the answer is for `wire.unpack_recognition`."""
    _alone(limits)
    understood = reading.understand(
        found, institution, today=occasion.today, circulating=occasion.circulating
    )
    return wire.pack_recognition(understood)


def understand_packed(
    data: bytes, *, institution: Institution, occasion: Occasion, limits: Limits
) -> bytes:
    """The same for what comes packed: nothing of it is looked at outside the box."""
    found = wire.unpack_reading(data)
    return understand(found, institution=institution, occasion=occasion, limits=limits)


def check(data: bytes, *, name: str, institution: Institution, limits: Limits) -> bytes:
    """Say everything there is to say of a file; for `wire.unpack_findings`."""
    _alone(limits)
    return wire.pack_findings(reading.check(data, name=name, institution=institution))


def returned(data: bytes, *, name: str, limits: Limits) -> bytes:
    """Read a translation file that came back; for `wire.unpack_returned`."""
    _alone(limits)
    try:
        return wire.pack_returned(read_xliff(data, name=name))
    except UnreadableFileError as error:
        return wire.pack_error(error)


def page_texts(data: bytes, *, name: str, limits: Limits) -> bytes:
    """The text of each page of a PDF; for `wire.unpack_texts`."""
    _alone(limits)
    try:
        return wire.pack_texts(page_texts_here(data, name=name))
    except UnreadableFileError as error:
        return wire.pack_error(error)


def signatures(data: bytes, *, name: str, limits: Limits) -> bytes:
    """The signatures in a PDF; for `wire.unpack_signatures`."""
    del name
    _alone(limits)
    return wire.pack_signatures(HERE.signatures(data))


def keyword(data: bytes, *, name: str, limits: Limits) -> bytes:
    """The symbol that a PDF claims; for `wire.unpack_texts`."""
    del name
    _alone(limits)
    return wire.pack_texts([replace_illegal(HERE.keyword(data))])


def harmless(data: bytes, *, name: str, limits: Limits) -> bytes:
    """Whether additions to a signed PDF are harmless; for `wire.unpack_yes`."""
    del name
    _alone(limits)
    return wire.pack_yes(yes=HERE.harmless(data))


#: What is asked of a file by name, beside reading and checking.
BY_NAME: Final = {
    each.__name__: each for each in (returned, page_texts, signatures, keyword, harmless)
}


def warm(institution: Institution | None = None) -> None:
    """Load what reading needs, so that each box that is copied from here has it."""
    _load(_PARSERS)
    catalogue.readers()
    every_family()
    "".encode("cp437")  # the names of a zip's members
    if institution is not None:
        # The phrases are compiled when they are first tried: here, once, and not in every box.
        reading.check_here(_OURS, name="note.txt", institution=institution)


def warm_for_more(institution: Institution | None = None) -> None:
    """Load what any file may need: a fifth of a second, where many are to come."""
    from verbale.edges.box import rehearsal  # noqa: PLC0415 - no command for one file needs it

    rehearsal.load_everything(LANGUAGES)
    if institution is not None:
        document = reading.read_here(_OURS_IN_PARTS, name="note.md").document
        data = catalogue.writer("docx").write(document, DEFAULTS)
        reading.check_here(data, name="note.docx", institution=institution)


def warm_for_nothing() -> None:
    """Load what a box needs that can open nothing: it has what is in memory, or it has not."""
    from verbale.edges.box import rehearsal  # noqa: PLC0415 - seldom needed

    rehearsal.load_encodings()
    warm_for_more()
    for act in _NEEDS:
        warm_for(act)


def warm_for(act: str) -> None:
    """Load what a question by name needs, before the first box is copied for it."""
    _load(_NEEDS.get(act, ()))


def _load(modules: Iterable[str]) -> None:
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # the reader that needs it says so


def _alone(limits: Limits) -> None:
    """The box's own copy: it reads here, and within these limits."""
    use_limits(limits)
    use_box(None)
