"""The page of an authority in a browser: on paper, on a phone, by keyboard, on one screen."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import open_page
from tests.dashboard.real_paths import KENT, LONDON_CITY

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]
MANY_INSPECTIONS = "E06000039"


@pytest.mark.parametrize("code", [KENT, LONDON_CITY, MANY_INSPECTIONS])
def test_the_page_prints_on_one_or_two_sheets_with_release_and_sources(
    tab: Page, real_address: str, code: str
) -> None:
    open_page(tab, f"{real_address}/areas/{code}")
    document = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    assert 1 <= len(document) <= 2
    width, height = document[0].get_size()
    assert width > height  # landscape, as two sides stand beside each other
    pages = [sheet.get_textpage().get_text_range() for sheet in document]
    words = re.sub(r"\s+", " ", " ".join(pages))
    assert "Release shipped-" in words
    assert "Sources of the figures above: Department for Education" in words
    assert "See them all" not in words
    picture = document[0].render(scale=1).to_pil().convert("L")
    dark = sum(count for count, shade in picture.getcolors(1 << 16) if shade < 128)
    assert dark > 0.01 * picture.width * picture.height


def test_sentence_what_stands_out_and_the_first_rows_are_on_the_first_screen(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/areas/{KENT}")
    expect(tab.locator(".lead-sentence")).to_be_in_viewport()
    expect(tab.get_by_role("heading", name="What stands out")).to_be_in_viewport()
    expect(tab.locator(".profile-rows thead").first).to_be_in_viewport()


def test_on_a_phone_a_row_is_a_card_and_nothing_is_wider_than_the_window(
    tab: Page, real_address: str
) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    open_page(tab, f"{real_address}/areas/{KENT}?view=all")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    row = tab.locator("#rereferral_12m_pct tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "grid"
    assert tab.get_by_role("row").count() > 90  # still rows to those who listen


def test_a_switch_changes_the_page_and_its_address_and_the_way_back_works(
    tab: Page, real_address: str
) -> None:
    open_page(tab, f"{real_address}/areas/{KENT}")
    switches = tab.get_by_role("navigation", name="What is shown")
    switches.get_by_role("link", name="2021").focus()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"model=2021"))
    expect(tab.get_by_text("Neighbours 2021, median").first).to_be_visible()
    tab.go_back()
    expect(tab.get_by_text("Neighbours 2025, median").first).to_be_visible()


def test_a_report_is_saved_as_a_file_and_the_page_stays(tab: Page, real_address: str) -> None:
    open_page(tab, f"{real_address}/areas/{KENT}")
    with tab.expect_download() as saved:
        tab.get_by_role("link", name="Report for a board (PDF)").click()
    assert saved.value.suggested_filename.startswith("kent-profile-")
    assert len(pypdfium2.PdfDocument(saved.value.path())) == 2
    expect(tab.get_by_role("heading", level=1, name="Kent")).to_be_visible()
