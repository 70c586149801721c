"""Groups and the heat table in a browser: choices, keyboard, narrow windows, paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import open_page
from tests.dashboard.real_paths import KENT

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

RATE = "indicator=cla_31mar_rate_10k"


def test_another_grouping_changes_sentence_chart_and_address_at_once(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/compare?{RATE}")
    tab.get_by_label("Group by").select_option("deprivation")
    expect(tab.locator(".lead-sentence")).to_contain_text("40% of the variation")
    expect(tab).to_have_url(re.compile(r"compare=deprivation"))
    expect(tab.locator(".strips .strip-name").first).to_have_text("Most deprived fifth")
    tab.go_back()
    expect(tab.locator(".lead-sentence")).to_contain_text("51% of the variation")


def test_a_dot_marks_its_authority(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/compare?{RATE}&compare=area_type")
    tab.locator(f'.strips [data-go*="area={KENT}"]').click()
    expect(tab.locator(".strips .own-name")).to_have_text("Kent")
    expect(tab.get_by_text("Kent, 53 per 10,000, is in “County”")).to_be_visible()


def test_a_filter_taken_out_by_its_chip_is_gone(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/compare?{RATE}&rural_urban=urban&area_type=unitary")
    tab.get_by_role("link", name="Rural or urban: Predominantly urban").click()
    expect(tab.locator(".chips .chip")).to_have_count(1)
    expect(tab).to_have_url(re.compile(r"area_type=unitary"))


def test_the_heat_table_is_sorted_by_keyboard_and_keeps_its_address(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/heat?area={KENT}")
    tab.locator(".heat-heads").get_by_role("link", name="Looked after rate").press("Enter")
    head = tab.locator('.heat-heads th[aria-sort="descending"]')
    expect(head).to_contain_text("Looked after rate")
    expect(tab).to_have_url(re.compile(r"sort=-cla_31mar_rate_10k"))


def test_on_a_phone_names_stay_in_sight_while_the_heat_table_scrolls(
    tab: Page, real_address: str
) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    open_page(tab, f"{real_address}/heat?area={KENT}")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    box = tab.locator(".heat-scroll:visible")
    box.evaluate("box => { box.scrollLeft = 400; }")
    name = tab.locator(".heat-scroll:visible tbody th a").first.bounding_box()
    assert name is not None
    assert 0 <= name["x"] < 60


def test_the_heat_table_prints_on_wide_paper(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/heat?area={KENT}")
    paper = tab.pdf(prefer_css_page_size=True)
    sizes = {
        tuple(map(float, one)) for one in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    }
    assert any(wide > high for wide, high in sizes), sizes
