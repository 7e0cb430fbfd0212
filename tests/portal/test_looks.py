"""What readers are shown beside the text: steps of a proof, feeds, months, what was found."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from verbale_portal.words import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

DOCUMENT = "/en/CL/C/12/G/1"
LONG = "/en/CL/C/11/G/4"
MARKED = re.compile(r"</?mark>")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def test_the_bundle_on_the_page_proves_the_document_as_its_help_says(
    demo_client: Client, tmp_path: Path
) -> None:
    proof = page(demo_client, DOCUMENT).partition('id="proof"')[2].partition("</section>")[0]
    bundle = re.search(r'href="([^"]+/bundle\.zip)"', proof)
    assert bundle
    with zipfile.ZipFile(BytesIO(demo_client.get(bundle[1]).content)) as packed:
        packed.extractall(tmp_path)
    steps = re.search(r'href="([^"#]+)#(\w+)"', proof)
    assert steps
    shown = page(demo_client, steps[1])
    assert f'id="{steps[2]}"' in shown
    command = re.search(r"<code[^>]*>python3 (check_proof\.py \.)</code>", shown)
    assert command
    (folder,) = tmp_path.iterdir()
    done = subprocess.run(  # noqa: S603 - the command that the page names
        [sys.executable, *command[1].split()], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"CL/C/12/G/1: issued" in done.stdout


@pytest.mark.parametrize(
    "where",
    [
        "/en/",
        "/fr/bodies/CL/C/",
        "/ru/bodies/CL/C/sessions/12/",
        "/ar/states/QM/",
        "/zh/search?q=2026&body=CL%2FC",
    ],
)
def test_a_list_says_where_it_is_followed(demo_client: Client, where: str) -> None:
    shown = page(demo_client, where)
    for kind, media_type in (("atom", "atom+xml"), ("json", "feed+json")):
        said = re.search(
            rf'type="application/{re.escape(media_type)}"[^>]*href="([^"]+)"', shown
        )
        assert said
        assert f'<a href="{said[1]}"' in shown
        feed = demo_client.get(said[1])
        assert feed.status_code == 200
        path, _, query = where.partition("?")
        assert said[1].startswith(f"{path.rstrip('/')}/feed.{kind}")
        assert said[1].endswith(query)
        assert feed.headers["Content-Type"].startswith(f"application/{media_type}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_months_have_names(demo_client: Client, lang: str) -> None:
    months = {
        "ar": "آذار/مارس 2026", "zh": "2026年3月", "en": "March 2026", "fr": "mars 2026",
        "ru": "март 2026 года", "es": "marzo de 2026",
    }  # fmt: skip
    assert months[lang] in page(demo_client, f"/{lang}/dates/")
    shown = page(demo_client, f"/{lang}/dates/2026-03/")
    assert months[lang] in shown.partition("<h1>")[2].partition("</h1>")[0]
    for never in ("2026-13", "2026-00", "2026-04-31", "1999-01"):
        assert demo_client.get(f"/{lang}/dates/{never}/").status_code == 404


def test_what_was_found_is_not_said_twice(demo_client: Client) -> None:
    shown = page(demo_client, "/en/search?q=lake")
    titled = re.findall(r'class="title"[^>]*>(.*?)</span>', shown)
    extracts = re.findall(r'class="extract"[^>]*>(.*?)</p>', shown)
    assert any("<mark>" in title for title in titled)
    titles = {MARKED.sub("", title) for title in titled}
    assert not titles & {MARKED.sub("", each).strip("… ") for each in extracts}
    by_symbol = page(demo_client, "/en/search?q=CL/C/12/G/7")
    assert not re.search(r'class="extract"[^>]*><mark>CL/C/12/G/7</mark></p>', by_symbol)
    in_text = page(demo_client, "/en/search?q=hydrological")
    assert "<mark>hydrological</mark>" in in_text.partition('class="extract"')[2]


def test_history_says_which_translation_was_added(demo_client: Client) -> None:
    shown = page(demo_client, DOCUMENT)
    for lang in ("Arabic", "Chinese", "English", "French", "Spanish"):
        assert f"Translation added ({lang})" in shown
    assert "Translation added (Russian)" not in shown, "the original"


def test_what_corrects_a_text_is_named_without_saying_it_again(demo_client: Client) -> None:
    shown = page(demo_client, "/en/CL/C/11/G/2")
    notice = shown.partition("This text has been corrected by")[2].partition("</div>")[0]
    assert "CL/C/11/G/2/Corr.1" in notice
    assert "Corrects" not in notice


def test_an_arabic_citation_keeps_its_symbol_apart_from_the_date(demo_client: Client) -> None:
    cited = demo_client.get("/ar/CL/C/12/G/1/cite.txt").content.decode()
    assert "\u2066CL/C/12/G/1\u2069،" in cited
    assert "\u2066" not in demo_client.get("/fr/CL/C/12/G/1/cite.txt").content.decode()


def test_several_notes_on_a_page_are_no_landmarks_of_one_name(demo_client: Client) -> None:
    shown = page(demo_client, LONG)
    notes = re.findall(r'<aside class="footnotes"([^>]*)>', shown)
    assert len(notes) > 1
    assert all('role="note"' in each and "aria-label" in each for each in notes)


@pytest.mark.parametrize("section", ["bodies", "states", "dates", "help"])
def test_a_section_is_found_without_its_last_stroke(demo_client: Client, section: str) -> None:
    response = demo_client.get(f"/fr/{section}?ui=es")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/fr/{section}/?ui=es"
    assert demo_client.get(response.headers["Location"]).status_code == 200
