"""The overview and the list of indicators over real figures, in a browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]
SCREEN = 900
LONGEST = 3600


def test_the_first_screen_has_sentence_search_and_the_beginning_of_the_framework(
    tab: Page, real_address: str
) -> None:
    open_page(tab, real_address)
    for part in (".lead-sentence", "#q", "#code", ".framework-place", ".framework-lines li"):
        box = tab.locator(f"#painted {part}").first.bounding_box()
        assert box is not None
        assert box["y"] + min(box["height"], 40) < SCREEN, part
    assert tab.evaluate("document.documentElement.scrollHeight") < LONGEST


def test_a_line_of_the_framework_is_one_line_on_a_wide_window(tab: Page, real_address: str) -> None:
    open_page(tab, real_address)
    heights = tab.locator("#painted .framework-outcome .framework-lines li").evaluate_all(
        "lines => lines.map(line => line.getBoundingClientRect().height)"
    )
    assert len(heights) == 55
    assert sum(height > 32 for height in heights) <= 3


def test_a_place_of_the_framework_leads_to_its_indicators(tab: Page, real_address: str) -> None:
    open_page(tab, real_address)
    tab.locator("#painted").get_by_role("link", name="Outcome 4").click()
    fold = tab.locator("details#outcome_4")
    expect(fold).to_have_attribute("open", "")
    expect(fold.get_by_role("link", name="Care leavers aged 19 to 21 in suitable")).to_be_visible()


def test_a_filter_is_chosen_by_keyboard_and_stands_in_the_address(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/indicators")
    tab.select_option("#only", "core")
    expect(tab.locator("h1")).to_have_text("Core set of indicators")
    tab.select_option("#kind", "outcome")
    expect(tab.locator("h1")).to_contain_text("outcome for children and families")
    assert "only=core" in tab.url
    assert "kind=outcome" in tab.url
    tab.go_back()
    expect(tab.locator("#kind")).to_have_value("any")


def test_without_scripts_overview_search_and_filters_work(
    browser: Browser, real_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_address)
    expect(page.locator(".framework-lines li")).to_have_count(68)
    page.locator("#q").fill("looked aftr")
    page.get_by_role("search", name="Search the service").get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("Search: looked aftr")
    page.get_by_role("link", name="All 62 indicators in a list").click()
    expect(page.locator("h1")).to_have_text("Indicators with “looked after”")
    context.close()


def test_a_method_is_read_from_the_list_and_its_parts_are_reached(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/methods")
    tab.locator("#painted").get_by_role("link", name="Comparison: is a difference real?").click()
    expect(tab.locator("h1")).to_have_text("Comparison: is a difference real?")
    tab.locator("#painted").get_by_role("link", name="Many at once").first.click()
    expect(tab.locator("#painted #many-at-once")).to_be_in_viewport()
