"""The folder of a registry and its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from verbale.edges.home import create_home, open_home
from verbale.errors import ConflictError, RegistryError, UsageError


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "INSTITUTION", "DATABASE_URL", "OBJECTS"):
        monkeypatch.delenv(f"VERBALE_{name}", raising=False)


def test_a_new_registry_is_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    home = create_home(tmp_path / "deep" / "registry", "lakes")
    assert sorted(path.name for path in home.path.iterdir()) == [
        "objects", "registry.sqlite3", "verbale.toml",
    ]  # fmt: skip
    assert [path.name for path in home.path.parent.iterdir()] == ["registry"]
    assert home.institution == "lakes"
    assert list(home.store().entries()) == []
    assert list(home.objects) == []


def test_an_empty_folder_becomes_the_registry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = create_home(Path(), "un")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "objects", "registry.sqlite3", "verbale.toml",
    ]  # fmt: skip
    assert open_home(Path()).path == home.path


def test_a_registry_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    create_home(tmp_path / "registry", "lakes")
    before = everything(tmp_path)
    with pytest.raises(ConflictError, match="already"):
        create_home(tmp_path / "registry", "un")
    assert everything(tmp_path) == before


def test_a_folder_with_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(UsageError, match="not an empty folder"):
        create_home(tmp_path, "lakes")
    with pytest.raises(UsageError, match="not an empty folder"):
        create_home(tmp_path / "letter.txt", "lakes")
    assert everything(tmp_path) == before


@pytest.mark.parametrize("there", [True, False])
def test_an_init_that_fails_leaves_nothing_behind(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "registry"
    if there:
        path.mkdir()
    before = everything(tmp_path)

    def no_keys(folder: Path) -> None:
        assert (folder / "registry.sqlite3").exists()
        raise RegistryError("no keys")

    with pytest.raises(RegistryError, match="no keys"):
        create_home(path, "lakes", prepare=no_keys)
    assert everything(tmp_path) == before


def test_a_disk_that_fails_while_pieces_are_put_in_place_leaves_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def fail_on_settings(self: Path, target: Path) -> Path:
        if self.name == "verbale.toml":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", fail_on_settings)
    with pytest.raises(RegistryError, match="No space left"):
        create_home(tmp_path, "lakes")
    assert everything(tmp_path) == {}


def test_what_is_prepared_is_part_of_the_registry(tmp_path: Path) -> None:
    home = create_home(
        tmp_path / "registry", "lakes", prepare=lambda folder: (folder / "keys").mkdir()
    )
    assert (home.path / "keys").is_dir()


def test_each_setting_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = create_home(tmp_path / "registry", "lakes").path
    home = open_home(path)
    assert home.settings["institution"].source == str(path / "verbale.toml")
    assert home.settings["objects"].source == "default"
    monkeypatch.setenv("VERBALE_INSTITUTION", "un")
    assert (open_home(path).institution, open_home(path).settings["institution"].source) == (
        "un",
        "VERBALE_INSTITUTION",
    )
    given = open_home(path, {"institution": "unesco"}).settings["institution"]
    assert (given.value, given.source) == ("unesco", "option")


def test_the_folder_comes_from_the_environment_when_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "here"))
    assert create_home(None, "lakes").path == tmp_path / "here"
    assert open_home().institution == "lakes"


def test_a_password_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = create_home(tmp_path / "registry", "lakes").path
    monkeypatch.setenv("VERBALE_DATABASE_URL", "postgresql://me:hush@host/register")
    setting = open_home(path).settings["database"]
    assert setting.shown == "postgresql://me:***@host/register"
    assert "hush" not in repr(setting)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = 1\ninstitution = ", "verbale.toml"),
        ('format = 2\ninstitution = "un"\n', "format 1"),
        ('format = 1\ninstitutoin = "un"\n', "institutoin"),
        (b"format = 1\n\xff", "verbale.toml"),
    ],
)
def test_settings_that_cannot_be_read_are_refused_with_the_file(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "verbale.toml").write_bytes(data)
    with pytest.raises(RegistryError, match=message) as caught:
        open_home(tmp_path)
    assert caught.value.remedy


def test_where_there_is_no_registry_the_remedy_is_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no registry at") as caught:
        open_home(tmp_path / "nowhere")
    assert "verbale init" in caught.value.remedy


@pytest.mark.parametrize("name", ["with space", "caf\u00e9 #1?%20", 'quo"te'])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    home = create_home(tmp_path / name, str(tmp_path / name / "institution"))
    assert home.institution == str(tmp_path / name / "institution")
    assert list(home.store().entries()) == []
    assert (home.path / "registry.sqlite3").exists()
