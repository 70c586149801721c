"""The frame around pages in a browser: memory, shortcuts, menu, progress, help."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page
from tests.dashboard.fake_api import RATE
from tests.dashboard.reading import AUTHORITY

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]
INDICATOR = f"/indicators/{RATE}"


def test_the_authority_that_was_chosen_is_taken_along_to_another_indicator(
    tab: Page, address: str
) -> None:
    open_page(tab, f"{address}{INDICATOR}?area={AUTHORITY}")
    expect(tab.locator("#own-area")).to_contain_text("Your authority: Brennowcombe")
    open_page(tab, address + "/pairs")
    expect(tab.locator("#own-area")).to_contain_text("Brennowcombe")
    tab.evaluate(f"""() => {{
        const link = document.createElement("a");
        link.href = "{INDICATOR}"; link.textContent = "there"; link.id = "there";
        document.getElementById("main").prepend(link);
    }}""")
    tab.locator("#there").click()
    expect(tab.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")
    assert f"area={AUTHORITY}" in tab.url  # what is shown stands in the address


def test_a_page_opened_without_an_authority_offers_the_remembered_one(
    tab: Page, address: str
) -> None:
    open_page(tab, f"{address}{INDICATOR}?area={AUTHORITY}")
    open_page(tab, address + INDICATOR)
    expect(tab.locator(".lead-sentence")).to_contain_text("Made-up country")
    tab.get_by_role("link", name="Show it on this page").click()
    expect(tab.locator(".lead-sentence")).to_contain_text("Brennowcombe, ")


def test_the_authority_is_forgotten_when_asked(tab: Page, address: str) -> None:
    open_page(tab, f"{address}{INDICATOR}?area={AUTHORITY}")
    open_page(tab, address + "/areas")
    tab.get_by_role("button", name="Forget Brennowcombe as your authority").click()
    expect(tab.locator("#own-area")).to_be_hidden()
    open_page(tab, address + INDICATOR)
    expect(tab.locator("#own-area")).to_be_hidden()


def test_choosing_no_authority_forgets_it(tab: Page, address: str) -> None:
    open_page(tab, f"{address}{INDICATOR}?area={AUTHORITY}")
    tab.select_option("#area", "none")
    expect(tab.locator("#own-area")).to_be_hidden()


def test_a_slash_goes_to_the_search_and_letters_go_to_pages(tab: Page, address: str) -> None:
    open_page(tab, address + "/about")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "site-search"
    tab.keyboard.type("g?")  # in a field, keys are letters
    assert tab.locator("#site-search").input_value() == "g?"
    tab.locator("#main").focus()
    tab.keyboard.press("g")
    tab.keyboard.press("a")
    tab.wait_for_url("**/areas")


def test_shortcuts_are_listed_and_can_be_switched_off(tab: Page, address: str) -> None:
    open_page(tab, address + "/about")
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    tab.get_by_label("Turn these shortcuts off").check()
    tab.keyboard.press("Escape")
    expect(tab.locator("#keys")).to_be_hidden()
    open_page(tab, address + "/about")
    tab.keyboard.press("?")
    expect(tab.locator("#keys")).to_be_hidden()
    tab.get_by_role("button", name="Keyboard shortcuts").click()
    expect(tab.get_by_label("Turn these shortcuts off")).to_be_checked()


def test_the_menu_of_a_narrow_window_opens_and_folds_after_a_choice(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    open_page(page, address + "/about")
    menu = page.get_by_role("button", name="Menu")
    expect(page.locator("#site-nav")).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.locator("#site-nav").get_by_role("link", name="Authorities").click()
    expect(page.locator("h1")).to_have_text("Find an authority")
    expect(page.locator("#site-nav")).to_be_hidden()
    page.close()


def test_without_scripts_the_whole_menu_stands_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(address + "/about")
    expect(page.locator("#site-nav")).to_be_visible()
    expect(page.locator("#menu-button")).to_be_hidden()
    context.close()


def test_a_page_that_takes_long_shows_a_line_and_is_announced(tab: Page, address: str) -> None:
    open_page(tab, address + "/about")
    tab.route("**/_dash-update-component*", lambda route: None)  # an answer that never comes
    tab.locator("#site-nav").get_by_role("link", name="Authorities").click()
    expect(tab.locator("#main")).to_have_attribute("aria-busy", "true")
    expect(tab.locator("#announcement")).to_have_text("Loading the page")
    shown = "getComputedStyle(document.getElementById('main'), '::before').animationName"
    assert tab.evaluate(shown) == "outcomes-progress"


def test_the_page_of_an_authority_makes_it_the_readers_own(tab: Page, address: str) -> None:
    open_page(tab, f"{address}/areas/{AUTHORITY}")
    expect(tab.locator("#own-area")).to_contain_text("Your authority: Brennowcombe")


def test_a_region_is_nobodys_own_authority(tab: Page, address: str) -> None:
    open_page(tab, f"{address}/areas/X12000001")
    expect(tab.locator("#own-area")).to_be_hidden()
