"""Make the demonstration's registry, and load it: as often as asked, what is missing only."""

from __future__ import annotations

import fcntl
import logging
import multiprocessing
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.edges.home import FILE, create_home, home_path, open_home
from verbale.edges.signing import acting, first_keys
from verbale.errors import UsageError, VerbaleError
from verbale.workflow.acts import Desk
from verbale_portal.demo.papers import story as whole_story
from verbale_portal.demo.steps import on_the_day, steps
from verbale_portal.demo.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from verbale.edges.home import Home
    from verbale.edges.signing import Registrar
    from verbale.writers.base import Typesetter
    from verbale_portal.demo.steps import Step

#: A registry with this file is a demonstration; no other one is ever touched.
MARK = "demo.txt"
_WORDS = "This registry is a demonstration. `verbale serve --demo` fills it.\n"
_INSTITUTION = "lakes"
_ACTOR = "secretariat"
#: Seconds between two looks whether the registry is there.
_LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: the registry's folder, acts in all, and those done this time."""

    home: Path
    acts: int
    done: int


def is_demo(path: Path | None = None) -> bool:
    """Whether the registry at *path* (else the usual one) is a demonstration."""
    return (home_path(path) / MARK).is_file()


def demo_home(path: Path | None = None) -> Home:
    """The demonstration's registry, made if there is none yet; empty when it was just made.

    Raises `UsageError` when the registry there is no demonstration: it is left as it is.
    """
    path = home_path(path)
    _must_be_demo(path)
    if not (path / FILE).exists():
        rules = institutions.load(_INSTITUTION)
        keys = first_keys(rules, [], path)

        def prepare(made: Path) -> None:
            keys(made)
            (made / MARK).write_text(_WORDS, encoding="utf-8")

        return create_home(path, _INSTITUTION, prepare=prepare)
    return open_home(path)


def load_demo(
    path: Path | None = None,
    *,
    typesetter: Typesetter | None = None,
    symbols: Collection[str] = (),
    each: Callable[[Step], None] | None = None,
) -> Loaded:
    """Do what the demonstration's registry at *path* has not seen yet, in the order of the day.

    May be cut off and called again. *symbols* limits it to documents whose symbols begin so
    (``CL/F``), *typesetter* replaces that of the pages; *each* is called after every act.
    Raises `UsageError` when the registry there is no demonstration.
    """
    home = demo_home(path)
    rules = institutions.load(home.institution)
    story = whole_story()
    writer = Writer.of(story, rules)
    todo = [
        step
        for step in steps(story, rules.languages)
        if not symbols or step.symbol.startswith(tuple(symbols))
    ]
    done = 0
    with _alone(home.path), acting(home) as at:
        desk = _desk(at, home, typesetter)
        for step in todo:
            if step.is_done(desk):
                continue
            step.do(on_the_day(desk, step), writer)
            done += 1
            if each is not None:
                each(step)
    return Loaded(home.path, len(todo), done)


def start_loading(path: Path | None = None) -> SpawnProcess:
    """Make and load the demonstration beside this process, which may show what there is of it.

    There is a registry when this returns. Loading ends with this process, or before, and goes
    on when it is started again; what keeps it from going on is logged. Raises `UsageError` when
    the registry at *path* is no demonstration.
    """
    path = home_path(path)
    _must_be_demo(path)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_load, args=(path,), daemon=True)
    process.start()
    while process.is_alive() and not (path / FILE).exists():
        time.sleep(_LOOK)
    return process


def _load(path: Path) -> None:
    # An interrupt is for the process that shows the site; this one ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        load_demo(path)
    except (VerbaleError, OSError) as bad:
        logging.getLogger("verbale").warning("the demonstration is not loaded: %s", bad)


def _must_be_demo(path: Path) -> None:
    if (path / FILE).exists() and not is_demo(path):
        raise UsageError(
            f"the registry at {path} is not a demonstration; it was left as it is",
            remedy="Name another folder: VERBALE_HOME=demo verbale serve --demo.",
        )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Wait until nobody else loads this registry, and keep others waiting."""
    with (home / MARK).open("rb") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        yield


def _desk(at: Registrar, home: Home, typesetter: Typesetter | None) -> Desk:
    rules = institutions.load(home.institution)
    return Desk(
        store=at.store,
        objects=home.objects,
        institution=rules,
        typesetter=typesetter or at.typesetter(),
        clock=at.clock,
        actor=_ACTOR,
        today=at.clock.now().date(),
    )
