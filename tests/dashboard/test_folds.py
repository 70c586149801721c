"""Folded parts: what leads to one unfolds it, by pointer, by keyboard and by address."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page

pytestmark = pytest.mark.browser
PART = "place-0-0"


def test_parts_are_folded_until_somebody_asks(tab: Page, address: str) -> None:
    open_page(tab, address)
    expect(tab.locator("details.fold[open]")).to_have_count(0)
    tab.locator("summary", has_text="Family stability").click()
    expect(tab.locator(f"#{PART}").get_by_role("table")).to_be_visible()


def test_a_box_of_the_framework_unfolds_its_part(tab: Page, address: str) -> None:
    open_page(tab, address)
    tab.locator(".framework").get_by_role("link", name="Family stability").click()
    expect(tab.locator(f"details#{PART}")).to_have_attribute("open", "")
    expect(tab.locator(f"#{PART}")).to_be_in_viewport()
    assert tab.url.endswith(f"#{PART}")


def test_a_box_is_followed_by_keyboard(tab: Page, address: str) -> None:
    open_page(tab, address)
    tab.locator(".framework").get_by_role("link", name="Child wellbeing").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("details#place-1-0")).to_have_attribute("open", "")


def test_an_address_that_names_a_part_unfolds_it(tab: Page, address: str) -> None:
    open_page(tab, f"{address}/#{PART}")
    expect(tab.locator(f"details#{PART}")).to_have_attribute("open", "")
    expect(tab.locator(f"#{PART}")).to_be_in_viewport()


def test_without_scripts_a_part_unfolds_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("summary", has_text="Family stability").click()
    expect(page.locator(f"#{PART}").get_by_role("table")).to_be_visible()
    context.close()
