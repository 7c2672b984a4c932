"""Every kind of page, in both themes and languages: no violation that axe can find, no sideways scroll on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from huiqi.page.server import Server

PAGES = {
    "home": "/?on=2026-06-30",
    "firm": "/firm/drug-maker?on=2026-06-30",
    "firm, other payees": "/firm/carmaker?on=2026-06-30",
    "policy": "/policy/hz-2022-software?on=2026-06-30",
    "no such page": "/firm/drugmaker",
    "bad date": "/firm/drug-maker?on=nonsense",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        yield browser
        browser.close()


def opened(browser: Browser, server: Server, target: str, scheme: str, width: int) -> Page:
    """The page with everything unfolded; what it writes to the console is kept, for the policy forbids inline code."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_default_timeout(20000)
    page.goto(server.url.rstrip("/") + target)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, server: Server, name: str, lang: str, scheme: str) -> None:
    target = PAGES[name] + ("&" if "?" in PAGES[name] else "?") + f"lang={lang}"
    page = opened(browser, server, target, scheme, 1440)
    found = Axe().run(page)
    page.close()
    assert [(v["id"], [n["html"] for n in v["nodes"][:3]]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sideways_scroll(browser: Browser, server: Server, lang: str, width: int) -> None:
    wide = {}
    for name, target in PAGES.items():
        page = opened(browser, server, target + ("&" if "?" in target else "?") + f"lang={lang}", "light", width)
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
        page.close()
    assert wide == dict.fromkeys(PAGES, width)


def test_themes_differ_and_style_is_applied_under_the_policy(browser: Browser, server: Server) -> None:
    colours, said = [], []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.on("console", lambda message: said.append(message.text))
        page.goto(server.url + "firm/drug-maker?on=2026-06-30")
        colours.append(page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.amount .figures')).color]"))
        page.close()
    assert (len({str(c) for c in colours}), said) == (2, [])


def test_amounts_and_reasons_by_keyboard(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.goto(server.url + "firm/drug-maker?on=2026-06-30")
    second = page.locator("details.result").nth(1)
    second.locator("summary").focus()
    page.keyboard.press("Enter")
    assert second.evaluate("d => d.open") is True
    figure = page.locator(".amount data").first
    assert figure.get_attribute("title") == f"{float(figure.get_attribute('value') or 0):,.0f} 元"
    page.keyboard.press("Escape")
    page.close()
