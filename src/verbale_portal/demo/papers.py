"""The papers of the demonstration, as the data say them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

#: In ``say``, what stands for the paper's own sentence.
OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A communication, or what amends one. ``at`` is the instant it was circulated.

    ``say`` names its sentences in order: those of ``frames.toml``, and ``own``. ``hidden`` is
    ``restricted`` or ``embargoed``; ``waits`` are the languages that nobody translated it into.
    """

    name: str
    symbol: str
    at: datetime.datetime
    language: str
    say: tuple[str, ...]
    subject: Mapping[str, str]
    own: Mapping[str, str]
    state: str = ""
    body: str = ""
    session: str = ""
    item: str = ""
    also: str = ""
    annex: str = ""
    about: str = ""
    replies: bool = False
    act: str = ""
    amends: str = ""
    languages: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    hidden: str = ""
    until: datetime.datetime | None = None
    reason: str = ""

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter and not a note verbale."""
        return self.say[0].startswith("letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act on a symbol: ``do`` is ``reissue``, ``reserve``, ``void`` or ``withdraw``."""

    do: str
    symbol: str
    at: datetime.datetime
    reason: str
    body: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that happens, and the sentences that papers share, by name and language."""

    papers: tuple[Paper, ...]
    deeds: tuple[Deed, ...]
    frames: Mapping[str, Mapping[str, str]]
    signatories: Mapping[str, Mapping[str, str]]


def story() -> Story:
    """The whole demonstration, as its data say it."""
    folder = files("verbale_portal.demo")
    papers = [
        _paper(name, said)
        for file in sorted(folder.joinpath("papers").iterdir(), key=lambda each: each.name)
        for name, said in tomllib.loads(file.read_text("utf-8")).items()
    ]
    return Story(
        tuple(papers),
        tuple(_deed(said) for said in _table("acts.toml")["act"]),
        _table("frames.toml"),
        _table("signatories.toml"),
    )


def annex_of(paper: Paper) -> tuple[str, bytes] | None:
    """The annex of a paper as it came: name and bytes."""
    if not paper.annex:
        return None
    place = files("verbale_portal.demo").joinpath("annexes", paper.annex)
    return f"annex-{paper.annex}", place.read_bytes()


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("verbale_portal.demo").joinpath(name).read_text("utf-8"))


def _paper(name: str, said: dict[str, Any]) -> Paper:
    body, session, item = [*said.pop("for", "").split(), "", "", ""][:3]
    for key in ("say", "languages", "waits"):
        said[key] = tuple(said.get(key, ()))
    said = {"subject": {}, "own": {}, **said}
    return Paper(name=name, body=body, session=session, item=item, **said)


def _deed(said: dict[str, Any]) -> Deed:
    body, session = [*said.pop("for", "").split(), "", ""][:2]
    return Deed(body=body, session=session, **said)
