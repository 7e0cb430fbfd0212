"""A reader finds and reads a document, in each language, by keyboard, without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser_site import LANGUAGES, SYMBOL, WIDTHS

if TYPE_CHECKING:
    from browser_site import Served
    from playwright.sync_api import Browser, Page

PAGES = (
    "/{lang}/",
    "/{lang}/bodies/",
    "/{lang}/bodies/CL/C/",
    "/{lang}/bodies/CL/C/sessions/12/",
    "/{lang}/states/",
    "/{lang}/states/QM/",
    "/{lang}/dates/",
    "/{lang}/help/",
    "/{lang}/search?q=ice",
    "/{lang}/search?q=nothing-of-the-kind",
    "/{lang}/" + SYMBOL,
    "/{lang}/" + SYMBOL + "/beside/fr?lang={lang}",
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_is_found_from_the_front_page_and_read(
    page: Page, served: Served, lang: str
) -> None:
    page.goto(served(f"/{lang}/"))
    assert page.locator("html").get_attribute("lang") == lang
    page.get_by_role("link", name=SYMBOL).first.click()
    assert page.url.endswith(f"/{lang}/{SYMBOL}")
    text = page.locator("#text")
    assert text.get_attribute("lang") == lang
    assert SYMBOL in text.inner_text()
    assert page.locator("#annex").get_attribute("lang") == "fr"
    assert "La glace a couvert le lac du Nord" in page.locator("#annex").inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_versions_are_one_click_away(page: Page, served: Served, lang: str) -> None:
    page.goto(served(f"/{lang}/{SYMBOL}"))
    for other in LANGUAGES:
        chip = page.locator(f'.chips a[hreflang="{other}"]')
        assert chip.get_attribute("href").endswith(f"/{other}/{SYMBOL}")
    page.locator('.chips a[hreflang="ru"]').click()
    assert page.locator("#text").get_attribute("lang") == "ru"


def test_arabic_stands_from_right_to_left(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(served(f"/ar/{SYMBOL}"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    text, facts = page.locator("#text").bounding_box(), page.locator("#about").bounding_box()
    assert text is not None
    assert facts is not None
    assert text["x"] > facts["x"] + facts["width"]
    first = page.locator("#text article p").first
    assert first.evaluate("p => getComputedStyle(p).direction") in {"rtl", "ltr"}
    assert page.locator("#annex").evaluate("p => getComputedStyle(p).direction") == "ltr"
    symbol = page.locator(".trail .symbol")
    assert symbol.evaluate("p => getComputedStyle(p).direction") == "ltr"


def test_a_reader_needs_no_mouse(page: Page, served: Served) -> None:
    page.goto(served("/en/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if SYMBOL in page.evaluate("document.activeElement.textContent"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SYMBOL}")
    assert SYMBOL in page.locator("#text").inner_text()


def test_nothing_needs_javascript(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served("/en/"))
    box = page.get_by_role("searchbox").first
    box.fill("ice cover")
    box.press("Enter")
    page.wait_for_url("**/search?*")
    page.get_by_role("link", name=SYMBOL).first.click()
    page.wait_for_url(f"**/{SYMBOL}*")
    assert "ice cover" in page.locator("#text").inner_text()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_the_window(
    page: Page, served: Served, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for lang in ("ar", "ru"):
        page.goto(served(path.format(lang=lang)))
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("scheme", "languages"), [("light", ("ar", "zh", "en")), ("dark", ("fr",))]
)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(
    browser: Browser, served: Served, path: str, scheme: str, languages: tuple[str, ...]
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - with Chromium only

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for lang in languages:
        page.goto(served(path.format(lang=lang)))
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


@pytest.mark.parametrize("path", ["/en/CL/C/12/G/999", "/zh/A/../B", "/ar/search?q=%00"])
def test_a_failing_page_says_what_to_do(browser: Browser, served: Served, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    response = page.goto(served(path))
    assert response is not None
    assert 400 <= response.status < 500
    assert page.get_by_role("heading").first.inner_text()
    assert page.get_by_role("link").count() > 0
    assert Axe().run(page).violations_count == 0
    context.close()
