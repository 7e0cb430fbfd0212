"""The folder of a registry, and the settings in force there.

::

    HOME/verbale.toml       the settings that differ from the defaults
    HOME/registry.sqlite3   the register (unless ``database`` names another)
    HOME/objects/ab/cdef…   received and composed bytes by SHA-256

A setting comes from ``verbale.toml``, then from the environment (``VERBALE_DATABASE_URL`` for
``database``), then from an option; the later wins.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from verbale.edges.objects import FolderObjects
from verbale.errors import ConflictError, MissingPartError, RegistryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from verbale.registry.store import Store

FILE = "verbale.toml"
FORMAT = 1
#: The environment's name for each setting, and its value where nothing is said.
SETTINGS = {
    "institution": ("VERBALE_INSTITUTION", "un"),
    "database": ("VERBALE_DATABASE_URL", ""),
    "objects": ("VERBALE_OBJECTS", "objects"),
    "public_url": ("VERBALE_PUBLIC_URL", ""),
}
_PASSWORD = re.compile(r"(://[^:/@]*):[^@]*@")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in force. ``source`` is the file, the variable, ``option`` or ``default``."""

    name: str
    value: str = field(repr=False)
    source: str

    @property
    def shown(self) -> str:
        """The value without a password, for ``verbale doctor``."""
        return _PASSWORD.sub(r"\1:***@", self.value)


@dataclass(frozen=True, slots=True)
class Home:
    """A registry's folder, opened: its settings; its store and objects when asked for."""

    path: Path
    settings: Mapping[str, Setting]

    @property
    def institution(self) -> str:
        """The institution's name, or the folder of its data."""
        return self.settings["institution"].value

    @property
    def database(self) -> str:
        """The database as a URL: ``sqlite:///…`` or ``postgresql://…``."""
        return (
            self.settings["database"].value
            or f"sqlite:///{quote(str(self.path / 'registry.sqlite3'))}"
        )

    @property
    def objects(self) -> FolderObjects:
        """Where the bytes are kept."""
        return FolderObjects(self.path / self.settings["objects"].value)

    def store(self, *, create: bool = False, fill_from: Path | None = None) -> Store:
        """Open the register; with *create*, make it, filled from a copy where one is given.

        Raises `RegistryError` if it cannot be used.
        """
        store: Store = store_opener()(self.path, create=create, fill_from=fill_from)
        return store

    def save_copy(self, target: Path) -> None:
        """Write the register, as it is at one moment, to the file *target*: for a backup."""
        store = store_opener()(self.path)
        try:
            store.save_copy(target)
        finally:
            store.close()

    def upgrade(self) -> tuple[str, ...]:
        """Bring an older register to this version's shape; the steps taken."""
        store = store_opener()(self.path, upgrade=True)
        steps: tuple[str, ...] = store.steps_taken
        store.close()
        return steps


def store_opener() -> Callable[..., Any]:
    """The installed store. Raises `MissingPartError` if there is none."""
    points = entry_points(group="verbale.stores", name="default")
    for point in points:
        opener: Callable[..., Any] = point.load()
        return opener
    raise MissingPartError(
        "no store is installed", remedy="Install Verbale again: `pip install verbale`."
    )


def home_path(path: Path | None = None) -> Path:
    """*path*, else ``VERBALE_HOME``, else ``./registry``; absolute."""
    return (path or Path(os.environ.get("VERBALE_HOME") or "registry")).absolute()


def open_home(path: Path | None = None, options: Mapping[str, str] | None = None) -> Home:
    """Read the settings of a registry. Raises `RegistryError` if *path* is none."""
    path = home_path(path)
    file = path / FILE
    try:
        with file.open("rb") as stream:
            said = tomllib.load(stream)
    except FileNotFoundError as bad:
        raise RegistryError(
            f"no registry at {path}",
            remedy="Make one with `verbale init`, or name another with VERBALE_HOME.",
        ) from bad
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise RegistryError(f"{file}: {bad}", remedy="Correct this file.") from bad
    if said.pop("format", None) != FORMAT:
        raise RegistryError(
            f"{file} is not of format {FORMAT}",
            remedy="Use the version of Verbale that made this registry, or a later one.",
        )
    said.pop("limits", None)  # a table of its own: `verbale.edges.box.settings`
    unknown = sorted(set(said) - set(SETTINGS))
    if unknown:
        raise RegistryError(
            f"{file}: no setting is called {unknown[0]!r}",
            remedy=f"Settings: {', '.join(SETTINGS)}; and the table [limits].",
        )
    return Home(path, _effective(said, options or {}, file))


def _effective(
    said: Mapping[str, object], options: Mapping[str, str], file: Path
) -> dict[str, Setting]:
    settings = {}
    for name, (variable, default) in SETTINGS.items():
        value, source = default, "default"
        if name in said:
            value, source = str(said[name]), str(file)
        if os.environ.get(variable):
            value, source = os.environ[variable], variable
        if options.get(name):
            value, source = options[name], "option"
        settings[name] = Setting(name, value, source)
    return settings


def create_home(
    path: Path | None,
    institution: str,
    *,
    prepare: Callable[[Path], None] | None = None,
) -> Home:
    """Make a registry at *path* whole, or leave nothing behind.

    *prepare* is called with the folder before it is in place, to add what belongs to it, such
    as keys. Raises `ConflictError` if there is one already, `UsageError` if the folder holds
    other files.
    """
    path = home_path(path)
    if (path / FILE).exists():
        raise ConflictError(
            f"there is a registry at {path} already; it was left as it is",
            remedy="Give another folder, or go on with this one.",
        )
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(
            f"{path} is not an empty folder", remedy="Give an empty folder or a new name."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path if path.exists() else path.parent
        made = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=beside))
    except OSError as bad:
        raise _cannot_make(path, bad) from bad
    try:
        _fill(made, institution, prepare)
        _put_in_place(made, path)
    except OSError as bad:
        raise _cannot_make(path, bad) from bad
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return open_home(path)


def _cannot_make(path: Path, bad: OSError) -> RegistryError:
    return RegistryError(
        f"cannot make a registry at {path}: {bad.strerror or bad}",
        remedy="Choose a folder on a disk with space, where you may write.",
    )


def _fill(made: Path, institution: str, prepare: Callable[[Path], None] | None) -> None:
    text = settings_text({"institution": institution})
    (made / FILE).write_text(text, encoding="utf-8")
    (made / "objects").mkdir()
    open_home(made).store(create=True).close()
    if prepare is not None:
        prepare(made)


def settings_text(settings: Mapping[str, str]) -> str:
    """What ``verbale.toml`` says for *settings*."""
    # A JSON string is a basic string of TOML.
    lines = [f"{name} = {json.dumps(v, ensure_ascii=False)}\n" for name, v in settings.items()]
    return (
        "# Settings of this registry. `verbale doctor` shows those in force and their source.\n"
        f"format = {FORMAT}\n" + "".join(lines)
    )


def _put_in_place(made: Path, path: Path) -> None:
    """Rename in one step; into a folder that is there, piece by piece, the settings last."""
    if not path.exists():
        made.chmod(0o755)
        made.rename(path)
        return
    moved: list[Path] = []
    try:
        for piece in sorted(made.iterdir(), key=lambda each: each.name == FILE):
            moved.append(path / piece.name)
            piece.rename(moved[-1])
    except BaseException:
        for each in moved:
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink(missing_ok=True)
        raise
