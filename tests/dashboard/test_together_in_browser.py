"""What a reader does with pairs, panels and gaps in a browser: choose, sort, go back."""

import pytest
from playwright.sync_api import Page

from tests.dashboard.conftest import open_page
from tests.dashboard.real_paths import KENT

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]


def wait_for(tab: Page, part_of_address: str) -> None:
    tab.wait_for_function("part => location.href.includes(part)", arg=part_of_address)
    tab.wait_for_selector("[data-ready]:visible")


def test_choosing_what_stands_upwards_updates_the_page_and_back_undoes_it(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/scatter?area={KENT}")
    tab.select_option("#painted #y", "cin_rate_10k")
    wait_for(tab, "y=cin_rate_10k")
    tab.wait_for_selector("#painted h1:has-text('children in need')")
    assert f"area={KENT}" in tab.url
    tab.go_back()
    tab.wait_for_selector("#painted h1:has-text('looked after')")


def test_sorting_the_table_opens_it_and_puts_the_highest_first(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/scatter?x=cin_rate_10k&y=referral_rate_10k&sort=-x")
    figures = tab.locator("#painted #all-authorities tbody td:nth-child(2)").all_inner_texts()
    known = [float(words) for words in figures if words[:1].isdigit()]
    assert len(known) > 100
    assert known == sorted(known, reverse=True)


def test_another_order_of_panels_keeps_indicator_and_areas(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/trends?indicator=cla_31mar_rate_10k&areas=within:E12000007")
    tab.select_option("#painted #sort", "-value")
    wait_for(tab, "sort=-value")
    assert "areas=within:E12000007" in tab.url
    last = tab.locator("#painted .over-time tbody td:last-child")
    tab.wait_for_function(
        "() => { const all = [...document.querySelectorAll('#painted .over-time tbody "
        "td:last-child')].map(e => parseFloat(e.innerText)).filter(n => !isNaN(n)); "
        "return all.length > 20 && all.every((n, k) => !k || all[k - 1] >= n); }"
    )
    assert last.count() > 20


def test_from_gaps_the_way_to_all_years_of_the_parts(tab: Page, real_address: str) -> None:
    address = "/gaps?indicator=absence_persistent_pct_cino&area=E09000003"
    open_page(tab, f"{real_address}{address}")
    tab.click("#painted a:has-text('table of all years')")
    wait_for(tab, "/trends?")
    tab.wait_for_selector("#painted .over-time")
    assert "by=school_phase" in tab.url
