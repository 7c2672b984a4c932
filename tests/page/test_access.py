"""Every kind of page, in both themes and languages: no violation that axe can find, no sideways scroll on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from huiqi.page.server import Server

PAGES = {
    "home": "/?on=2026-06-30",
    "firm": "/firm/drug-maker?on=2026-06-30",
    "policy": "/policy/hz-2022-software?on=2026-06-30",
    "no such page": "/firm/drugmaker",
    "bad date": "/firm/drug-maker?on=nonsense",
}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Rows of a list are alike, and axe takes as long as there are rows: of each list some are enough.
SHORTEN = """
for (const [each, what, n] of [['.group', 'details', 3], ['tbody', 'tr', 5], ['main', '.clause', 10], ['.versions', 'li', 3]])
  document.querySelectorAll(each).forEach(list => [...list.querySelectorAll(what)].slice(n).forEach(e => e.remove()))
"""
WIDTHS = [1440, 768, 390, 320]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One page of one browser, used by every test in turn: starting them is what takes time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        page = browser.new_page()
        page.set_default_timeout(20000)
        yield page
        browser.close()


def show(page: Page, server: Server, target: str, lang: str, width: int) -> None:
    """Go to a page and unfold everything on it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server.url.rstrip("/") + target + ("&" if "?" in target else "?") + f"lang={lang}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_either_theme(page: Page, server: Server, name: str, lang: str) -> None:
    show(page, server, PAGES[name], lang, 1440)
    page.evaluate(SHORTEN)
    found = {}
    for scheme in THEMES:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = [(v["id"], [n["html"] for n in v["nodes"][:3]]) for v in Axe().run(page).response["violations"]]
    assert found == {scheme: [] for scheme in THEMES}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_no_sideways_scroll(page: Page, server: Server, name: str, lang: str) -> None:
    show(page, server, PAGES[name], lang, WIDTHS[0])
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide.append(page.evaluate("document.documentElement.scrollWidth"))
    assert wide == WIDTHS


def test_tables_are_cards_on_a_phone(page: Page, server: Server) -> None:
    shown = []
    for width in (1440, 390):
        show(page, server, PAGES["home"], "zh", width)
        shown.append(page.evaluate("[...document.querySelectorAll('tbody tr')].map(e => getComputedStyle(e).display)"))
    assert [set(each) for each in shown] == [{"table-row"}, {"block"}]


def test_themes_differ_and_style_is_applied_under_the_policy(page: Page, server: Server) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(server.url + "firm/drug-maker?on=2026-06-30")
    colours = set()
    for scheme in THEMES:
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        colours.add(page.evaluate("getComputedStyle(document.querySelector('.amount .figures')).color"))
    assert (len(colours), said) == (4, [])


def test_results_open_by_keyboard_and_amounts_tell_the_exact_sum(page: Page, server: Server) -> None:
    page.goto(server.url + "firm/drug-maker?on=2026-06-30")
    second = page.locator("details.result").nth(1)
    assert second.evaluate("d => d.open") is False
    second.locator("summary").focus()
    page.keyboard.press("Enter")
    assert second.evaluate("d => d.open") is True
    figure = page.locator(".amount data").first
    assert figure.get_attribute("title") == f"{float(figure.get_attribute('value') or 0):,.0f} 元"
