"""Folded parts: what leads to one unfolds it, by pointer, by keyboard and by address."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page, serving
from tests.dashboard.fake_api import COUNT, SHARE, FakeApi
from tests.dashboard.reading import AUTHORITY
from tests.dashboard.test_accessibility import all_violations

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]
PART = "outcome_4"


def test_parts_but_the_first_are_folded_until_somebody_asks(
    tab: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.components.indicator_list.FEW", 0)
    open_page(tab, f"{address}/indicators")
    expect(tab.locator("details.fold[open]")).to_have_count(1)
    tab.locator("summary", has_text="Outcome 4").click()
    expect(tab.locator(f"#{PART}").get_by_role("table")).to_be_visible()


def test_a_place_of_the_framework_unfolds_its_part_by_keyboard(
    tab: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.components.indicator_list.FEW", 0)
    open_page(tab, address)
    tab.locator(".framework").get_by_role("link", name="Outcome 4").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(f"details#{PART}")).to_have_attribute("open", "")
    expect(tab.locator(f"#{PART}")).to_be_in_viewport()
    assert tab.url.endswith(f"/indicators#{PART}")


def test_without_scripts_a_part_unfolds_too(
    browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.components.indicator_list.FEW", 0)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/indicators")
    page.locator("summary", has_text="Outcome 4").click()
    expect(page.locator(f"#{PART}").get_by_role("table")).to_be_visible()
    context.close()


@pytest.fixture(scope="module")
def folded() -> Iterator[str]:
    """The address of an authority's page on which some indicators are not in the core set."""
    fake = FakeApi()
    fake.not_core = {SHARE, COUNT}
    fake.figures.values[(SHARE, "RY2025", AUTHORITY)] = 99.0
    with serving(fake) as served:
        yield f"{served}/areas/{AUTHORITY}"


def test_an_empty_side_of_an_authority_leads_to_all_indicators(tab: Page, folded: str) -> None:
    open_page(tab, folded)
    tab.get_by_role("link", name="1 among all indicators").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(f"#{SHARE}").get_by_role("link", name="Moved often")).to_be_visible()
    expect(tab).to_have_url(re.compile("view=all"))


def test_what_cannot_be_compared_leads_to_the_reason(tab: Page, folded: str) -> None:
    open_page(tab, folded)
    tab.get_by_role("link", name="cannot compare: no interval").first.click()
    expect(tab.get_by_text("The spread is not published.")).to_be_in_viewport()


def test_the_wide_table_of_an_authority_is_a_view(tab: Page, folded: str) -> None:
    open_page(tab, folded)
    tab.get_by_role("link", name="Wide table").click()
    wide = tab.get_by_role("region", name=re.compile("indicators beside"))
    expect(wide.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_unfolded_meets_wcag_and_fits(browser: Browser, folded: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    open_page(page, folded)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    found = all_violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found == []
    assert wide <= width
