"""What policy officials come for, in a real browser over England's shipped figures."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.dashboard.conftest import open_page, watch
from tests.dashboard.real_paths import KENT

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

RATE = "indicator=cla_31mar_rate_10k"
LEAVERS = "/indicators/care_leaver_eet_19_21_pct"


def says(tab: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the first sentence of the page holds these words."""
    expect(tab.locator(".lead-sentence")).to_contain_text(words)


def row_of(tab: Page, table: str, name: str) -> Locator:
    """Return the row of a table that begins with a name."""
    head = tab.locator("th").get_by_text(name, exact=True)
    return tab.get_by_role("table", name=table).locator("tr", has=head)


def assert_others_see_the_same(browser: Browser, tab: Page) -> None:
    """Open the address of a window as another reader does, and compare what both show."""
    context = browser.new_context()
    other = context.new_page()
    troubles = watch(other)
    open_page(other, tab.url)
    expect(other).to_have_title(tab.title())
    seen, meant = other.locator("#ready").text_content(), tab.locator("#ready").text_content()
    context.close()
    assert seen == meant
    assert troubles == []


def focused(tab: Page) -> str:
    return str(tab.evaluate("document.activeElement.textContent"))


def press_tab_until(tab: Page, words: str, most: int = 40) -> None:
    """Go by the Tab key to the link or button of these words."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if focused(tab).strip() == words:
            return
    raise AssertionError(f"no stop of the keyboard says {words!r}, the last {focused(tab)!r}")


def test_an_official_sees_which_way_england_goes_and_how_many_authorities_differ(
    tab: Page, base: str
) -> None:
    open_page(tab, base)
    says(tab, "3 are getting better beyond chance and 9 worse")
    moves = tab.locator(".framework-lines li", has_text="Three or more placements")
    expect(moves).to_contain_text("rising, worse")
    expect(moves).to_contain_text("1 better, 2 worse")
    expect(tab.locator("main")).to_contain_text("121 differ beyond chance")


def test_an_official_tells_outcomes_from_process_and_sees_what_nobody_measures(
    tab: Page, base: str
) -> None:
    open_page(tab, base)
    homes = tab.locator(".framework-place", has_text="Outcome 2:")
    expect(homes).to_contain_text("Whether children feel safe: nobody measures this")
    expect(tab.locator("main")).to_contain_text("What children and families say")
    outcome = tab.locator(".framework-lines li", has_text="Injury admissions")
    expect(outcome).to_contain_text("outcome, core set")
    performance = tab.locator(".framework-lines li", has_text="Repeat referrals")
    expect(performance).to_contain_text("performance, core set")
    homes.get_by_role("link", name=re.compile("Outcome 2")).click()
    expect(tab.locator("h1")).not_to_contain_text("How are children")
    expect(tab.get_by_role("link", name=re.compile("second or later plan")).first).to_be_visible()


def test_an_official_sees_whether_a_fall_is_more_than_chance(tab: Page, base: str) -> None:
    open_page(tab, base + LEAVERS)
    tab.get_by_label("Authority", exact=True).select_option(label="Kent")
    says(tab, "Kent, 51% in the year ending 31 March 2025, is similar to England (54%)")
    change = tab.get_by_text("4 percentage points lower than in the year ending 31 March 2024")
    expect(change).to_contain_text("among all the indicators of the authority it is not")


def test_an_official_reads_why_a_figure_matters_and_what_to_mind_beside_it(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}{LEAVERS}?area={KENT}")
    tab.get_by_role("link", name="About", exact=True).click()
    expect(tab.get_by_role("heading", name="Read with care")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("losing touch lowers the figure")
    expect(tab.locator("main")).to_contain_text("Higher is better.")
    says(tab, "similar to England")


def test_an_official_sees_whether_the_rate_goes_with_the_inspection_judgement(
    tab: Page, base: str, browser: Browser
) -> None:
    open_page(tab, f"{base}/compare?{RATE}")
    tab.get_by_label("Group by").select_option(label="Ofsted: impact of leaders")
    says(tab, "9% of the variation in the order of authorities lies between the groups")
    inadequate = row_of(tab, "Looked after rate, 31 March 2025: groups", "Inadequate")
    expect(inadequate).to_contain_text("14 of 15")
    expect(inadequate).to_contain_text("93 to 97")
    expect(tab.locator("main")).to_contain_text("a difference between grades does not show its")
    tab.get_by_label("And across").select_option(label="Deprivation")
    expect(tab.get_by_role("table", name=re.compile("the median authority"))).to_be_visible()
    assert_others_see_the_same(browser, tab)


def test_an_official_sees_that_type_tells_more_of_the_rate_than_rurality(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/compare?{RATE}&compare=area_type")
    says(tab, "38% of the variation")
    tab.get_by_label("Group by").select_option(label="Rural or urban (2011)")
    says(tab, "these groups do not differ by more than chance")
    tab.go_back()
    says(tab, "38% of the variation")
    expect(tab.get_by_label("Group by")).to_have_value("area_type")
    tab.go_forward()
    says(tab, "these groups do not differ by more than chance")
    expect(tab.get_by_label("Group by")).to_have_value("rural_urban")


def test_an_official_narrows_the_comparison_to_counties_of_one_judgement_and_shares_it(
    tab: Page, base: str, browser: Browser
) -> None:
    open_page(tab, f"{base}/compare?{RATE}&compare=deprivation")
    tab.get_by_text("Filter authorities").click()
    kind = tab.get_by_label("Type of authority")
    kind.focus()  # as a hand or the keyboard does; select_option alone does not
    kind.select_option(label="County")
    expect(tab.locator("main")).to_contain_text("21 of 21 authorities")
    expect(kind).to_be_focused()
    tab.get_by_label("Ofsted judgement").select_option(label="impact of leaders: good")
    says(tab, "nobody can say whether groups differ here")
    expect(tab.locator("main")).to_contain_text("9 of 9 authorities in 3 groups")
    expect(tab.locator(".chips .chip")).to_have_count(2)
    assert "area_type=county" in tab.url
    assert_others_see_the_same(browser, tab)


def test_an_official_sees_on_the_tartan_rug_only_what_is_beyond_chance(
    tab: Page, base: str, browser: Browser
) -> None:
    open_page(tab, f"{base}/search?q=tartan+rug")
    tab.get_by_role("link", name="Heat table").last.click()
    tab.get_by_label("Your authority").select_option(label="Kent")
    says(tab, "(11 authorities, 25 indicators), 11 differ from England beyond chance")
    tab.get_by_role("link", name="Differences beyond chance only").click()
    expect(tab.locator(".heat-scroll tbody tr", has_text="Kent")).to_contain_text("91")
    expect(tab.locator("main")).to_contain_text("Without any difference and not listed: 7")
    expect(tab.locator("main")).to_contain_text("a difference is a question, not a verdict")
    assert_others_see_the_same(browser, tab)


def test_an_official_sees_whether_an_authority_intervenes_more_than_its_need_explains(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/pairs")
    tab.get_by_role("link", name="Intervention beside need").click()
    says(tab, "0.64 (0.52 to 0.73) for looked after rate")
    tab.get_by_label("Authority", exact=True).select_option(label="Kent")
    says(tab, "higher by more than chance in referral rate and starting to be looked after")
    assert f"area={KENT}" in tab.url


def test_an_official_reads_moves_beside_stability_and_is_not_told_a_verdict(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/pairs?area={KENT}")
    tab.get_by_role("link", name="Many moves in a year, and settled for two years").click()
    says(tab, "Neither differs from England by more than chance.")
    expect(tab.get_by_role("heading", name="Read with care")).to_be_visible()


def test_an_official_begins_with_the_agreed_small_set_and_its_history(tab: Page, base: str) -> None:
    open_page(tab, base)
    tab.get_by_role("link", name="Core set of 25 indicators").click()
    says(tab, "Of 25 indicators for England, 1 is getting better beyond chance and 4 worse")
    tab.get_by_label("Kind").select_option(label="Outcome for children and families")
    says(tab, "Of 10 indicators for England")
    tab.go_back()
    says(tab, "Of 25 indicators")
    tab.get_by_role("link", name="Children looked after on 31 March, per 10,000 children").click()
    tab.get_by_role("link", name="Trend", exact=True).click()
    expect(tab.locator("main")).to_contain_text("no clear trend")


def test_an_official_without_a_mouse_goes_from_an_abbreviation_to_an_answer(
    tab: Page, base: str
) -> None:
    open_page(tab, base)
    press_tab_until(tab, "Children’s social care outcomes")
    tab.keyboard.press("Tab")
    tab.keyboard.type("LAC")
    tab.keyboard.press("Enter")
    says(tab, re.compile(r"Found for “LAC”: \d\d indicators"))
    expect(tab.locator("h1")).to_have_text("Search: LAC")
    press_tab_until(tab, "Children looked after on 31 March, per 10,000 children")
    tab.keyboard.press("Enter")
    says(tab, "67 per 10,000")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.id") == "area":
            break
    tab.keyboard.type("Kent")
    tab.keyboard.press("Enter")
    says(tab, "Kent, 53 per 10,000")
    assert f"area={KENT}" in tab.url


def test_an_official_who_types_wrongly_is_asked_what_was_meant(tab: Page, base: str) -> None:
    open_page(tab, base)
    tab.get_by_role("searchbox").first.fill("Mancester")
    tab.keyboard.press("Enter")
    says(tab, "Did you mean Manchester?")
    tab.locator("main").get_by_role("link", name="Manchester").first.click()
    expect(tab.locator("h1")).to_have_text("Manchester")


def test_an_official_who_looks_for_a_league_table_learns_why_a_rank_says_little(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/search?q=league+table")
    tab.get_by_role("link", name="Ranks and quarters").click()
    expect(tab.locator("h1")).to_contain_text("Position")
    expect(tab.locator("main")).to_contain_text("A place in a list says less than it seems to")
    open_page(tab, f"{base}{LEAVERS}?area={KENT}&view=ranked")
    expect(tab.locator("main")).to_contain_text("the order of two authorities means little")


def test_an_official_sees_why_a_figure_is_missing_and_never_a_nought(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/indicators/ks2_rwm_expected_pct_cla")
    tab.get_by_label("Authority", exact=True).select_option(label="City of London")
    says(tab, "no figure in the academic year 2024-25: not applicable, because there was nothing")
    tab.get_by_role("link", name="Missing figures").click()
    says(tab, "60,281 are missing, most of them suppressed (44,922)")


def test_an_official_sees_whether_figures_of_the_year_were_sent(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}/returns")
    says(tab, "No return of Kent is in this release.")
    expect(tab.locator("main")).to_contain_text("Figures from a return are provisional")


def test_an_official_finds_what_a_word_means_how_it_is_tested_and_when_figures_came(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/heat?area={KENT}")
    tab.get_by_role("link", name=re.compile("what “beyond chance” means")).click()
    expect(tab.locator("h1")).to_contain_text("Comparison")
    tab.get_by_role("link", name="Definitions", exact=True).last.click()
    expect(tab.locator("h1")).to_contain_text("Definitions")
    tab.get_by_role("link", name="Releases", exact=True).click()
    says(tab, "1 release of figures is held")
    children = tab.get_by_role("row", name=re.compile("Children in need"))
    expect(children.filter(has_text="30 October 2025")).to_be_visible()


def test_an_official_puts_a_chart_with_its_source_into_a_paper_and_a_page(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/compare?{RATE}&compare=area_type")
    tab.get_by_text("Share, save and embed").click()
    picture = tab.get_by_role("link", name="Picture as SVG").get_attribute("href")
    drawn = tab.request.get(urljoin(base, picture or "")).text()
    for words in ("type of authority", "Department for Education", "shipped-2026-04-02"):
        assert words in drawn
    frame = tab.get_by_role("link", name="The chart alone").get_attribute("href")
    tab.goto(urljoin(base, frame or ""))
    expect(tab.locator("h1")).to_contain_text("type of authority")
    expect(tab.get_by_role("img", name=re.compile("type of authority"))).to_be_visible()
    expect(tab.locator("body")).to_contain_text("Department for Education")


def test_an_official_on_the_train_compares_groups_and_finds_the_menu(tab: Page, base: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    open_page(tab, f"{base}/compare?{RATE}&compare=ofsted:leadership&across=deprivation")
    says(tab, "9% of the variation")
    fits = "document.documentElement.scrollWidth <= 390"
    assert tab.evaluate(fits)
    tab.get_by_text("Menu", exact=True).click()
    tab.get_by_role("link", name="Trends", exact=True).click()
    expect(tab.locator("h1")).to_contain_text("over time")
    assert tab.evaluate(fits)
