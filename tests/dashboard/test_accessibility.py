"""WCAG 2.2 AA by axe-core, contrast included, on pages of made-up figures, narrow."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.dashboard.conftest import open_page
from tests.dashboard.fake_api import EMPTY, RATE, RELEASE, SHARE
from tests.dashboard.reading import AUTHORITY, PAIR_PATHS, SOURCE_PATHS

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

PATHS = {
    "overview": "/",
    "authorities": "/areas",
    "authority": f"/areas/{AUTHORITY}",
    "about": "/about",
    "indicator": f"/indicators/{RATE}",
    "parts": f"/indicators/{RATE}?area={AUTHORITY}&release={RELEASE}",
    "chosen": f"/indicators/{SHARE}?area={AUTHORITY}&compare=ofsted:leadership&sort=-value",
    "empty": f"/indicators/{EMPTY}",
    "source": SOURCE_PATHS[0],
    "traced": SOURCE_PATHS[2],
    "computed": SOURCE_PATHS[3],
    "pairs": PAIR_PATHS[0],
    "pair": PAIR_PATHS[2],
    "nowhere": "/nowhere",
}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, **options: Any) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def all_violations(page: Page) -> list[str]:
    standard = {"type": "tag", "values": STANDARD}
    return violations(page, runOnly=standard, rules={"target-size": {"enabled": True}})


@pytest.mark.parametrize("name", PATHS)
def test_a_page_meets_wcag(browser: Browser, small_address: str, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page = context.new_page()
    open_page(page, small_address + PATHS[name])
    found = all_violations(page)
    context.close()
    assert found == []


def test_the_first_html_meets_wcag(browser: Browser, small_address: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.route("**/_dash-component-suites/**", lambda route: route.abort())
    page.goto(small_address + PATHS["authority"])
    found = all_violations(page)
    context.close()
    assert found == []
