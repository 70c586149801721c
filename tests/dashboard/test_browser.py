"""The dashboard in a real browser, with and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page
from tests.dashboard.fake_api import COUNT, RATE, RELEASE, SHARE
from tests.dashboard.reading import AUTHORITY, SOURCE_PATHS, rendered

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

INDICATOR = f"/indicators/{RATE}"
TABLE = f"{INDICATOR}?view=table"
WHERE = (
    "/",
    "/areas",
    f"/areas/{AUTHORITY}",
    "/about",
    f"/indicators/{RATE}?area={AUTHORITY}&release={RELEASE}",
    f"/indicators/{SHARE}?area={AUTHORITY}",
    f"/indicators/{COUNT}?area={AUTHORITY}",
    *SOURCE_PATHS,
)


def test_without_scripts_a_page_has_title_sentence_drawings_and_table(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + INDICATOR)
    assert page.title().startswith("Rate of children in care")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".lead-sentence")).to_have_text(rendered(INDICATOR).description)
    expect(page.locator("svg.tilemap a")).to_have_count(153)
    page.get_by_role("link", name="Table", exact=True).last.click()
    expect(page.locator("#all-areas tbody tr")).to_have_count(163)
    context.close()


def test_without_scripts_the_filters_are_a_form_that_works(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + INDICATOR)
    page.select_option("#area", AUTHORITY)
    page.select_option("#compare", "area_type")
    page.get_by_role("button", name="Show").click()
    assert f"area={AUTHORITY}" in page.url
    expect(page.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")
    context.close()


def test_the_painted_page_takes_the_place_of_the_first_html(tab: Page, address: str) -> None:
    open_page(tab, address + INDICATOR)
    expect(tab.locator("#first")).to_have_count(0)
    expect(tab.locator("h1")).to_have_count(1)
    assert tab.evaluate("performance.getEntriesByName('outcomes-ready').length") == 1


@pytest.mark.parametrize("path", [*WHERE, INDICATOR])
def test_both_forms_of_a_page_hold_the_same_words(
    browser: Browser, tab: Page, address: str, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + path)
    open_page(tab, address + path)
    first = plain.locator("#first").text_content()
    assert tab.locator("#ready").text_content() == first
    count = "*:not(svg *, option[hidden])"  # Bootstrap's list adds an empty hidden choice
    assert tab.locator(f"#ready {count}").count() == plain.locator(f"#first {count}").count()
    context.close()


def test_a_choice_changes_address_page_and_title_without_a_new_document(
    tab: Page, address: str
) -> None:
    open_page(tab, address + INDICATOR)
    tab.evaluate("window.isSameDocument = true")
    tab.select_option("#area", AUTHORITY)
    expect(tab.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")
    assert tab.url == f"{address}{INDICATOR}?area={AUTHORITY}"
    assert tab.title().startswith("Brennowcombe: ")
    tab.locator("#compare").focus()
    tab.select_option("#compare", "ofsted:leadership")
    expect(tab.locator("#compare option:checked")).to_have_text("Judgement: Leadership")
    tab.wait_for_url(f"**?area={AUTHORITY}&compare=ofsted:leadership")
    expect(tab.locator("main[aria-busy]")).to_have_count(0)
    assert tab.evaluate("window.isSameDocument")
    assert tab.evaluate("document.activeElement.id") == "compare"
    expect(tab.locator("#announcement")).to_contain_text("Brennowcombe, ")


def test_back_and_forward_go_through_the_views(tab: Page, address: str) -> None:
    open_page(tab, address + INDICATOR)
    tab.select_option("#area", AUTHORITY)
    expect(tab.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")
    tab.get_by_role("link", name="All indicators of Brennowcombe").click()
    expect(tab.locator("h1")).to_have_text("Brennowcombe")
    tab.go_back()
    expect(tab.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")
    tab.go_back()
    expect(tab.locator(".lead-sentence")).to_contain_text("Made-up country: ")
    expect(tab.locator("#area")).to_have_value("none")
    tab.go_forward()
    expect(tab.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")
    expect(tab.locator("#area")).to_have_value(AUTHORITY)


def test_a_page_changes_completely_into_another(tab: Page, address: str) -> None:
    path = f"/areas/{AUTHORITY}"
    open_page(tab, address + TABLE)
    tab.evaluate("window.isSameDocument = true")
    tab.locator("#all-areas").get_by_role("link", name="Brennowcombe", exact=True).click()
    expect(tab.locator("h1")).to_have_text("Brennowcombe")
    moved = tab.locator("#ready").text_content()
    assert tab.evaluate("window.isSameDocument")
    assert tab.evaluate("document.activeElement.id") == "main"
    open_page(tab, address + path)
    assert moved == tab.locator("#ready").text_content()


def test_a_figure_is_traced_in_one_click_without_a_new_document(tab: Page, address: str) -> None:
    open_page(tab, address + TABLE)
    tab.evaluate("window.isSameDocument = true")
    row = tab.locator("#all-areas tr", has=tab.get_by_role("link", name="Brennowcombe", exact=True))
    row.get_by_role("link", name="source").click()
    expect(tab.locator("h1")).to_have_text("Source: Children in care, Brennowcombe")
    expect(tab.locator(".lead-sentence")).to_contain_text("column “Rate_per_10000” of the file")
    assert tab.evaluate("window.isSameDocument")
    tab.go_back()
    expect(tab.locator(".lead-sentence")).to_contain_text("Made-up country: ")


def test_a_hexagon_chooses_its_authority(tab: Page, address: str) -> None:
    open_page(tab, address + INDICATOR)
    tab.locator("svg.tilemap a[href*='X06000003']").click()
    expect(tab.locator(".lead-sentence")).to_contain_text("Corveldale, ")
    assert "area=X06000003" in tab.url


def test_a_hexagon_can_be_reached_and_chosen_by_keyboard(tab: Page, address: str) -> None:
    open_page(tab, address + INDICATOR)
    tab.locator(".overview-charts .skip-part").focus()
    tab.keyboard.press("Tab")
    label = tab.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r".+: .+", label)
    tab.keyboard.press("Enter")
    expect(tab.locator(".lead-sentence")).to_contain_text(label.partition(": ")[0])


def test_many_links_can_be_skipped(tab: Page, address: str) -> None:
    open_page(tab, address + INDICATOR)
    tab.locator(".overview-charts .skip-part").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    section = "document.activeElement.closest('section').getAttribute('aria-labelledby')"
    assert tab.evaluate(section) == "overview"


def test_the_first_stop_of_the_keyboard_skips_to_the_content(tab: Page, address: str) -> None:
    open_page(tab, address + "/about")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to main content"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_sorting_is_a_link(tab: Page, address: str) -> None:
    open_page(tab, address + TABLE)
    tab.locator("#all-areas thead").get_by_role("link", name="Value").click()
    tab.wait_for_url("**/*sort=-value*")
    expect(tab.locator("#all-areas th[aria-sort=descending]")).to_contain_text("Value")


def test_the_figure_library_loads_only_when_asked_for(tab: Page, address: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    open_page(tab, f"{address}{INDICATOR}?area={AUTHORITY}&view=trend")
    tab.wait_for_load_state("networkidle")
    assert not any("plotly" in url or "async-graph" in url for url in asked)
    tab.get_by_role("button", name="Interactive chart").click()
    tab.locator("#series-place .js-plotly-plot .main-svg").first.wait_for()
    assert any("plotly.min" in url for url in asked)
    expect(tab.locator("#series-place .legendtext")).to_have_count(3)


def test_an_authority_is_found_by_its_name(tab: Page, address: str) -> None:
    open_page(tab, address + "/")
    tab.select_option("#code", label="Brennowcombe")
    tab.get_by_role("button", name="Go").click()
    tab.wait_for_selector("[data-ready]:visible")
    expect(tab.locator("h1")).to_have_text("Brennowcombe")
    assert tab.url == f"{address}/areas/{AUTHORITY}"


def test_an_unknown_address_is_explained(browser: Browser, address: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{address}/nowhere")
    assert answer is not None
    assert answer.status == 404
    page.wait_for_selector("[data-ready]:visible")
    expect(page.locator("h1")).to_have_text("Page not found")
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_window(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in WHERE:
        page.goto(address + path)
        page.wait_for_selector("[data-ready]:visible")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
