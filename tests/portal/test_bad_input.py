"""Whatever is asked, the answer says what happened and what to do, and the site stays up."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from verbale.edges.home import create_home
from verbale_portal.words import LANGUAGES, words

from .conftest import shown

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from lakes_site import Lakes

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nothing", 404),
        ("A//B", 404),
        ("CL/C/12/G/1/pdf/pdf", 404),
        ("%E2%80%AEgpj", 404),
        ("%00", 400),
        ("a" * 5000, 414),
        ("CL/C/12/G/1/received/0", 404),
        ("CL/C/12/G/1/received/99999999999999999999", 404),
        ("dates/2026-13-99/", 404),
        ("dates/now/", 404),
        ("bodies/NONE/", 404),
        ("bodies/CL/C/sessions/999/", 404),
        ("states/XX/", 404),
        ("?page=0", 404),
        ("?page=999999", 404),
        ("?page=1%27", 404),
        ("?page=%00", 400),
        ("../../etc/passwd", 404),
        ("CL/C/12/G/1/beside/en/beside/fr", 404),
    ],
)
def test_a_page_says_so_in_the_readers_language(
    client: Client, lang: str, address: str, status: int
) -> None:
    response = client.get(f"/{lang}/{address}")
    text = response.content.decode()
    assert response.status_code == status, address
    assert f'<html lang="{lang}"' in text
    assert words(lang)[f"error.{status}"] in text
    assert words(lang)[f"error.{status}.do"] in text
    assert "Traceback" not in text
    for header in HEADERS:
        assert header in response.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["/en/", "/CL/C/12/G/1", "/nothing", "/log/head.json"])
def test_only_reading_is_allowed(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert words("en")["error.405"] in response.content.decode()


def test_a_method_in_a_header_changes_nothing(client: Client) -> None:
    response = client.get("/en/", headers={"x-http-method-override": "DELETE"})
    assert response.status_code == 200


def test_a_language_without_a_version_lists_those_there_are(
    client: Client, lakes: Lakes
) -> None:
    symbol = lakes.symbols["corrigendum"]  # composed in French alone
    response = client.get(f"/ru/{symbol}")
    text = response.content.decode()
    assert response.status_code == 404
    assert f'href="/fr/{symbol}"' in text
    assert "русский" in text
    assert client.get(f"/ru/{symbol}/pdf").status_code == 404
    assert client.get(f"/fr/{symbol}/beside/ru").status_code == 404


def test_thousands_of_fields_are_no_trouble(client: Client) -> None:
    assert client.get("/en/?" + "&".join(["a"] * 2000)).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "a b", "localhost:99999999", ""])
def test_an_unknown_host_is_refused_in_words(client: Client, host: str) -> None:
    response = client.get("/en/", headers={"host": host})
    if host != "localhost:99999999":
        assert response.status_code == 400
        assert "VERBALE_HOSTS" in response.content.decode()


def test_the_log_gives_its_own_files_only(client: Client) -> None:
    for name in ("../verbale.toml", "..%2Fsite.key", ".turn", "heads/1.json", "heads"):
        assert client.get(f"/log/{name}").status_code == 404


def test_an_empty_registry_says_so(tmp_path: Path) -> None:
    home = create_home(tmp_path / "registry", "lakes")
    with shown(home.path) as client:
        for lang in LANGUAGES:
            for where in ("", "bodies/CL/C/", "dates/"):
                text = client.get(f"/{lang}/{where}").content.decode()
                assert words(lang)["list.none"] in text
            assert client.get(f"/{lang}/bodies/CL/C/sessions/12/").status_code == 200


def test_without_a_registry_the_site_answers_in_words(tmp_path: Path) -> None:
    home = create_home(tmp_path / "registry", "lakes")
    with shown(home.path) as client:
        (home.path / "registry.sqlite3").unlink()
        response = client.get("/es/")
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "60"
        assert words("es")["error.503.do"] in response.content.decode()
        assert str(home.path) not in response.content.decode()
        assert client.get("/es/help/").status_code == 200


def test_a_register_that_may_only_be_read_is_shown(
    lakes: Lakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "registry"
    shutil.copytree(lakes.home.path, copy)
    for path in copy.glob("registry.sqlite3-*"):
        path.unlink()
    # As on a disk that is mounted for reading only, which a test cannot mount.
    monkeypatch.setattr("verbale_store.databases.cannot_change", lambda _: True)
    with shown(copy) as client:
        for address in ("/en/", "/fr/CL/C/12/G/1", "/fr/CL/C/12/G/1/pdf", "/en/bodies/CL/C/"):
            assert client.get(address).status_code == 200, address
    assert not list(copy.glob("registry.sqlite3-*"))


def test_a_broken_object_harms_its_own_document_only(lakes: Lakes, tmp_path: Path) -> None:
    copy = tmp_path / "registry"
    shutil.copytree(lakes.home.path, copy)
    store = lakes.home.store()
    entry = store.get(lakes.symbols["plain"])
    store.close()
    for file in entry.current:
        if file.language == "en":
            (copy / "objects" / file.sha256[:2] / file.sha256[2:]).write_bytes(b"broken")
    with shown(copy) as client:
        page = client.get("/en/CL/C/12/G/1")
        assert page.status_code == 503
        text = page.content.decode()
        assert words("en")["doc.broken"] in text
        assert 'href="/fr/CL/C/12/G/1"' in text
        assert client.get("/en/CL/C/12/G/1/pdf").status_code == 503
        assert client.get("/fr/CL/C/12/G/1").status_code == 200
        assert client.get("/en/CL/C/12/G/2").status_code == 200
        assert "CL/C/12/G/1" in client.get("/en/").content.decode()
