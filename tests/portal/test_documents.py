"""Every document at its address: spelling, language, format, family, history."""

from __future__ import annotations

import re
import shutil
from html import escape
from typing import TYPE_CHECKING

import pytest
from lakes_site import HandClock

from verbale.edges.home import open_home
from verbale.edges.indexing import Indexer
from verbale.messages import word
from verbale.registry.acts.restrict import restrict
from verbale_portal.pages.files import disposition
from verbale_portal.words import LANGUAGES

from .conftest import shown

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from lakes_site import Lakes


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("fr", "fr"),
        ("zh-Hans-CN, en;q=0.5", "zh"),
        ("de, es;q=0.4, ru;q=0.6", "ru"),
        ("", "en"),
        ("xx;q=7, ;;;,", "en"),
    ],
)
def test_the_language_is_negotiated(
    client: Client, lakes: Lakes, asked: str, lang: str
) -> None:
    response = client.get(f"/{lakes.symbols['citing']}", headers={"accept-language": asked})
    # All but the English version wait for passages: the complete one goes before them.
    shown = lang if lang in response.headers["Content-Location"] else "en"
    assert response.headers["Content-Location"] == f"/{shown}/{lakes.symbols['citing']}"
    assert "Accept-Language" in response.headers["Vary"]
    assert f'<html lang="{lang}"' in response.content.decode()


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/pdf", "application/pdf"),
        ("application/json", "application/json"),
        ("application/xml;q=0.9, text/plain;q=0.3", "application/xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("image/png", "text/html"),
    ],
)
def test_the_format_is_negotiated(client: Client, lakes: Lakes, accept: str, kind: str) -> None:
    response = client.get(f"/{lakes.symbols['plain']}", headers={"accept": accept})
    assert response.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize(
    "spelling", ["cl/c/12/g/1", "CL/C/12/G/1*", "CL/C/12/G/ 1", "Cl/c/12/G/1/", "ＣＬ/C/12/G/1"]
)
def test_spelling_is_forgiven_with_the_way_to_the_one_address(
    client: Client, spelling: str
) -> None:
    for before in ("", "/fr"):
        response = client.get(f"{before}/{spelling}?ui=es")
        assert response.status_code == 301
        assert response.headers["Location"] == f"{before}/CL/C/12/G/1?ui=es"
    response = client.get(f"/{spelling.rstrip('/')}/pdf")
    assert response.headers["Location"] == "/CL/C/12/G/1/pdf"


def test_each_symbol_of_a_joint_document_reaches_the_work(client: Client, lakes: Lakes) -> None:
    whole = lakes.symbols["joint"]
    one, other = "CL/C/12/G/6", "CL/6/G/1"
    assert whole == f"{one}-{other}"
    texts = {page(client, f"/en/{symbol}") for symbol in (whole, one, other)}
    assert len(texts) == 1
    for where in ("/en/bodies/CL/", "/en/bodies/CL/C/", "/en/bodies/CL/sessions/6/"):
        assert whole in page(client, where)


def test_the_page_has_text_versions_files_family_history_and_proof(
    client: Client, lakes: Lakes
) -> None:
    text = page(client, "/fr/CL/C/12/G/1")
    assert '<div class="paper" id="text" lang="fr" dir="ltr">' in text
    assert 'id="annex"' in text
    for lang in ("ar", "zh", "en", "fr", "ru", "es"):
        assert f'href="/{lang}/CL/C/12/G/1"' in text
    for ending in ("pdf", "docx", "html", "xml", "txt", "json"):
        assert f'href="/fr/CL/C/12/G/1/{ending}"' in text
    for name in ("corrigendum", "addendum", "reply"):
        assert lakes.symbols[name] in text
    assert re.search(r'<code class="hash" dir="ltr">[0-9a-f]{64}</code>', text)
    assert "/fr/bodies/CL/C/sessions/12/" in text
    assert "officer" not in text


def test_a_corrigendum_to_some_languages_is_told_of_in_those(client: Client) -> None:
    said = "Ce texte a été rectifié par"
    assert said in page(client, "/fr/CL/C/12/G/1")
    assert said not in page(client, "/es/CL/C/12/G/1?ui=fr")


def test_what_is_superseded_says_by_what(client: Client, lakes: Lakes) -> None:
    text = page(client, f"/en/{lakes.symbols['revised']}")
    notice = text.partition("This text has been superseded by")[2].partition("</div>")[0]
    assert lakes.symbols["revision"] in notice
    assert "has been superseded" not in page(client, f"/en/{lakes.symbols['revision']}")


def test_a_reissue_says_so(client: Client, lakes: Lakes) -> None:
    text = page(client, f"/en/{lakes.symbols['reissued']}")
    assert "Reissued for technical reasons on 9 March 2026." in text
    assert f"{lakes.symbols['reissued']}*" in text


def test_citations_of_what_is_here_are_links_and_others_are_not(
    client: Client, lakes: Lakes
) -> None:
    text = page(client, f"/en/{lakes.symbols['citing']}").partition('id="text"')[2]
    assert '<a href="/CL/C/12/G/1"' in text.partition('class="beside-text"')[0]
    assert 'href="/CL/C/DEC/11/104"' not in text
    cites = text.partition('id="cites"')[2].partition("</section>")[0]
    assert "CL/C/DEC/11/104" in cites


@pytest.mark.parametrize("what", ["void", "withdrawn"])
def test_fallen_numbers_have_a_page_that_says_so(
    client: Client, lakes: Lakes, what: str
) -> None:
    symbol = lakes.symbols[what]
    for address in (f"/{symbol}", f"/es/{symbol}", f"/{symbol}/pdf", f"/es/{symbol}/pdf"):
        response = client.get(address)
        assert response.status_code == 410, address
        assert symbol in response.content.decode()
    assert "Portavel" not in client.get(f"/en/{symbol}").content.decode()
    # Why a number was made void is the house's business; why a text was withdrawn, readers'.
    reason = "At the wish of its sender." in client.get(f"/en/{symbol}").content.decode()
    assert reason is (what == "withdrawn")
    assert client.get(f"/{symbol}/received/1").status_code == 404


def test_two_versions_stand_side_by_side(client: Client) -> None:
    text = page(client, "/en/CL/C/12/G/1/beside/ar")
    rows = re.findall(r'<div class="row[^"]*" role="row">', text)
    assert len(rows) > 15
    assert text.count('role="cell"') == 2 * (len(rows) - 1)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_the_interface_is_independent_of_the_document(client: Client) -> None:
    text = page(client, "/en/CL/C/12/G/1?ui=ar")
    assert '<html lang="ar" dir="rtl">' in text
    assert 'id="text" lang="en" dir="ltr"' in text
    assert '<html lang="ar" dir="rtl">' in page(client, "/fr/CL/C/12/G/1"), "it is kept"
    client.cookies.clear()
    assert '<html lang="fr" dir="ltr">' in page(client, "/fr/CL/C/12/G/1")


def test_what_was_received_is_for_downloading_only(client: Client) -> None:
    response = client.get("/CL/C/12/G/1/received/1")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert client.get("/CL/C/12/G/1/received/2").status_code == 404


def test_html_files_keep_their_own_style_and_nothing_more(client: Client) -> None:
    response = client.get("/en/CL/C/12/G/1/html")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("note.pdf", "note.pdf"),
        ('a"b\r\nX: 1.pdf', "a_b__X_ 1.pdf"),
        ("مذكرة.docx", "_____.docx"),
        ("../../etc/passwd", "passwd"),
    ],
)
def test_file_names_are_given_safely(name: str, plain: str) -> None:
    said = disposition(name, as_download=True)
    assert said.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert said.isascii()
    assert "\n" not in said


def test_pages_are_not_sent_twice(client: Client) -> None:
    for address in ("/en/CL/C/12/G/1", "/en/CL/C/12/G/1/pdf", "/en/"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["Cache-Control"] == "no-cache"


def test_the_first_page_is_small(client: Client) -> None:
    text = client.get("/en/").content
    sheet = re.search(rb'href="(/static/site\.[0-9a-f]+\.css)"', text)
    assert sheet
    css = client.get(sheet[1].decode())
    assert "immutable" in css.headers["Cache-Control"]
    assert len(text) + len(css.content) < 60_000
    fonts = re.findall(rb"url\(([a-z.0-9-]+)\)", css.content)
    assert fonts
    for font in fonts:
        assert client.get(f"/static/{font.decode()}").status_code == 200
    assert b"<script" not in text
    assert b"style=" not in text


@pytest.mark.parametrize("lang", ["ar", "zh", "en", "fr", "ru", "es"])
def test_lists_lead_to_their_documents(client: Client, lang: str) -> None:
    for where in (
        "",
        "bodies/CL/C/",
        "bodies/CL/C/sessions/12/",
        "states/QM/",
        "dates/2026-03/",
    ):
        text = page(client, f"/{lang}/{where}")
        links = re.findall(rf'href="(/[a-z]{{2}}/CL/[^"?]+)(?:\?ui={lang})?"', text)
        assert len(links) > 5, where
        assert client.get(links[0]).status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_corrigendum_bears_the_title_of_what_it_corrects(
    demo_client: Client, lang: str
) -> None:
    parent, child = "CL/C/12/G/2", "CL/C/12/G/2/Corr.1"  # to the Russian version alone
    title = demo_client.get(f"/api/documents/{parent}?lang={lang}").json()["title"]
    borne = word("title-corrects", lang).format(title=title)
    listed = page(demo_client, f"/{lang}/bodies/CL/C/sessions/12/")
    assert f'<span class="title" lang="{lang}"' in listed
    assert f">{escape(borne)}</span>" in listed
    assert f">{escape(borne)}</span>" in page(demo_client, f"/{lang}/search?q=symbol:{child}")
    said = demo_client.get(f"/api/documents/{child}?lang={lang}").json()
    assert (said["title"], said["title_language"]) == (borne, lang)
    russian = page(demo_client, f"/ru/{child}?ui={lang}")
    assert ": исправление</p>" in russian
    assert ": исправление</title>" in russian
    feed = demo_client.get(f"/{lang}/bodies/CL/C/feed.json").json()
    assert any(": исправление" in item["title"] for item in feed["items"])


def test_a_corrigendum_bears_no_title_that_may_not_be_seen(
    lakes: Lakes, tmp_path: Path
) -> None:
    copy = tmp_path / "registry"
    shutil.copytree(lakes.home.path, copy)
    home = open_home(copy)
    store = home.store()
    Indexer(home, store).catch_up()
    child = lakes.symbols["corrigendum"]
    routes = ("/en/", f"/api/documents/{child}", f"/en/search?q=symbol:{child}", f"/fr/{child}")
    with shown(copy, HandClock(lakes.clock.at), fresh=0.0) as client:
        for address in routes:
            borne = " : rectificatif" if address.startswith("/fr") else ": corrigendum"
            assert borne in page(client, address), address
        restrict(store, lakes.symbols["plain"], reason="Not for all.", **lakes.who)
        for address in routes:
            text = page(client, address)
            assert child in text
            assert ": corrigendum" not in text
            assert " : rectificatif" not in text
    store.close()
