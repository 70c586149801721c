"""The views of an indicator in a real browser: choices keep the view, chips go, it all fits."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page
from tests.dashboard.fake_api import RATE
from tests.dashboard.reading import AUTHORITY

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

PAGE = f"/indicators/{RATE}"


def test_a_view_is_one_link_away_and_keeps_the_authority(tab: Page, address: str) -> None:
    open_page(tab, f"{address}{PAGE}?area={AUTHORITY}")
    tab.evaluate("window.isSameDocument = true")
    views = tab.get_by_role("navigation", name="Views of this indicator")
    views.get_by_role("link", name="Ranked").click()
    expect(views.locator("[aria-current=page]")).to_have_text("Ranked")
    expect(tab.locator("svg.ranked g.chosen")).to_have_count(1)
    tab.select_option("#area", "X06000003")
    expect(tab.locator("svg.ranked g.chosen")).to_have_attribute("data-go", "/indicators/" + RATE
        + "?area=X06000003&view=ranked")  # fmt: skip
    assert tab.evaluate("window.isSameDocument")


def test_an_area_is_pointed_out_and_no_longer(tab: Page, address: str) -> None:
    open_page(tab, f"{address}{PAGE}?area={AUTHORITY}&view=trend")
    tab.select_option("#areas", label="Corveldale")
    chip = tab.get_by_role("link", name="No longer point out Corveldale")
    expect(chip).to_be_visible()
    expect(tab.locator("svg.courses g.further")).to_have_count(1)
    tab.select_option("#areas", "X06000004")
    expect(tab.locator("svg.courses g.further")).to_have_count(2)
    assert "areas=X06000003," in tab.url
    chip.click()
    expect(tab.locator("svg.courses g.further")).to_have_count(1)


def test_the_table_is_filtered_by_writing(tab: Page, address: str) -> None:
    open_page(tab, f"{address}{PAGE}?view=table")
    tab.locator("#find").fill("corveldale")
    tab.keyboard.press("Enter")
    expect(tab.locator(".rows-shown")).to_have_text("1 of 153 authorities shown.")
    tab.go_back()
    expect(tab.locator(".rows-shown")).to_have_text("153 of 153 authorities shown.")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_view_is_wider_than_the_window_and_type_stays_legible(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for view in (
        "",
        "map",
        "ranked",
        "distribution",
        "funnel",
        "trend",
        "groups",
        "parts",
        "table",
    ):
        open_page(page, f"{address}{PAGE}?area={AUTHORITY}&areas=X06000003&view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
        smallest = page.evaluate(SMALLEST)
        assert smallest is None or smallest >= (11 if width >= 390 else 9.5), (view, smallest)
    page.close()


SMALLEST = """() => {
  const sizes = Array.from(document.querySelectorAll(
    "svg.ranked text, svg.distribution text, svg.funnel text, svg.courses text"
  )).map(text => {
    const svg = text.ownerSVGElement;
    const scale = svg.clientWidth / svg.viewBox.baseVal.width;
    return parseFloat(getComputedStyle(text).fontSize) * scale;
  });
  return sizes.length ? Math.min(...sizes) : null;
}"""
