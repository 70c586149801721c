"""The page of data as a reader uses it: ticking, searching, taking files, copying code."""

import csv
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

CLA = "cla_31mar_rate_10k"
CHOSEN = f"/data?indicators={CLA}&areas=authority"


def box(name: str, value: str) -> str:
    """Return where a box of the painted page is."""
    return f'#painted [id="{name}-{value}"]'


def test_figures_follow_every_tick_and_the_focus_stays(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/data")
    lead = expect(tab.locator("#painted .lead-sentence"))
    tab.check(box("indicators", CLA))
    lead.to_contain_text("165 rows: Looked after rate")
    expect(tab.locator(box("indicators", CLA))).to_be_focused()
    tab.check(box("areas", "authority"))
    lead.to_contain_text("153 rows")
    assert tab.url == f"{real_address}/data?indicators={CLA}&areas=authority"
    tab.go_back()
    lead.to_contain_text("165 rows")
    expect(tab.locator(box("areas", "authority"))).not_to_be_checked()


def test_neighbours_are_added_by_a_list_and_taken_out_by_their_box(
    tab: Page, real_address: str
) -> None:
    open_page(tab, real_address + f"/data?indicators={CLA}&areas=E10000016")
    lead = expect(tab.locator("#painted .lead-sentence"))
    tab.select_option("#painted #add-neighbours", "neighbours:E10000016")
    lead.to_contain_text("11 rows: Looked after rate; Kent and statistical neighbours of Kent")
    expect(tab.locator("#painted #add-neighbours")).to_have_value("any")
    tab.uncheck(box("areas", "neighbours:E10000016"))
    lead.to_contain_text("1 row: Looked after rate; Kent;")


def test_a_search_keeps_what_is_ticked(tab: Page, real_address: str) -> None:
    open_page(tab, real_address + CHOSEN)
    tab.fill("#painted #find", "referral")
    tab.keyboard.press("Enter")
    expect(tab.locator("#painted .box-list").first).to_contain_text("Also chosen")
    tab.check(box("indicators", "rereferral_12m_pct"))
    expect(tab.locator("#painted .lead-sentence")).to_contain_text("306 rows")


def test_a_box_can_be_ticked_by_keyboard_alone(tab: Page, real_address: str) -> None:
    open_page(tab, real_address + CHOSEN)
    tab.locator(box("areas", "england")).focus()
    tab.keyboard.press("Space")
    expect(tab.locator("#painted .lead-sentence")).to_contain_text("154 rows")
    expect(tab.locator(box("areas", "england"))).to_be_focused()


def test_files_hold_the_rows_that_the_page_counts(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}{CHOSEN}&labels=both")
    with tab.expect_download() as taken:
        tab.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(taken.value.path().read_text("utf-8").splitlines()))
    assert len(rows) == 153
    assert rows[0]["period_label"] == "31 March 2025"
    with tab.expect_download() as taken:
        tab.get_by_role("link", name="Excel workbook").click()
    book = ZipFile(BytesIO(taken.value.path().read_bytes()))
    assert "xl/workbook.xml" in book.namelist()


def test_code_is_copied_and_the_reader_is_told(browser: Browser, real_address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    open_page(tab, real_address + CHOSEN)
    tab.locator("#painted [data-copies=code-python]").click()
    expect(tab.locator("#announcement")).to_have_text("Copied")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == tab.locator("#code-python").text_content()
    assert f'"{real_address}/api/v1/observations.csv?indicator={CLA}&area=authority' in copied
    context.close()


def test_without_scripts_the_form_and_its_files_work(browser: Browser, real_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_address}/data")
    page.check(f'[id="indicators-{CLA}"]')
    page.check('[id="areas-england"]')
    page.check('[id="areas-region"]')
    page.select_option("#periods", "last:3")
    page.get_by_role("button", name="Show these figures").click()
    expect(page.locator(".lead-sentence")).to_contain_text("30 rows: Looked after rate")
    assert "areas=england&areas=region" in page.url
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert len(taken.value.path().read_text("utf-8").splitlines()) == 31
    context.close()
