"""What somebody who leads performance in an authority comes for, in a browser, start to answer."""

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.conftest import open_page, watch
from tests.journeys.browser.reading import LARGEST_SIGN, SIGNS, follow, ink, saved, says, words_on

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]

KENT, HARTLEPOOL, LONDON_CITY = "E10000016", "E06000001", "E09000001"
CUMBRIA, CUMBERLAND = "E10000006", "E06000063"
RELEASE = "shipped-2026-04-02"
MOVES = "cla_3plus_placements_pct"


def test_find_us_by_a_misspelt_name_and_see_what_stands_out(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/")
    tab.locator("#site-search").fill("Hartlepol")
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_contain_text("Did you mean Hartlepool?")
    follow(tab, "Hartlepool", f"/areas/{HARTLEPOOL}")
    said = says(
        tab,
        "a figure for 85 of 98 indicators. Against England: 64 similar and 21 without",
        "Leaving care by CAO 22% higher than neighbours (7%)",
        "Repeat protection plans 32.4% worse than in 2024 (20.9%)",
    )
    assert not re.search(r"\branked? \d", said)


def test_outcomes_beside_performance_in_the_core_set_and_all_on_demand(
    tab: Page, base: str
) -> None:
    open_page(tab, f"{base}/areas/{KENT}")
    sides = [
        tab.get_by_role("heading", name=f"In care: {kind}") for kind in ("outcomes", "performance")
    ]
    left, right = [side.bounding_box() for side in sides]
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    row = tab.locator("#rereferral_12m_pct tr").first
    expect(row).to_contain_text("21.6%")
    expect(row).to_contain_text("22.6%")  # England
    follow(tab, "All (98)", "view=all")
    expect(tab.locator("#cla_short_breaks_rate_10k tr")).not_to_have_count(0)
    assert tab.locator(".profile-rows tbody").count() == 98


def test_is_our_difference_real_and_our_change_too(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}")
    follow(tab, "Three or more placements", f"/indicators/{MOVES}?area={KENT}", exact=False)
    says(
        tab,
        "Kent, 12% in the year ending 31 March 2025, is similar to England (10%)",
        "1 percentage point higher than in the year ending 31 March 2024 (11%)",
        "That is no more than chance explains.",
    )
    assert max(tab.evaluate(SIGNS)) <= LARGEST_SIGN


def test_what_does_the_number_count_and_what_must_be_read_with_it(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/indicators/{MOVES}?area={KENT}")
    follow(tab, "About", "view=about")
    says(
        tab,
        "Lower is better. Fewer children have had to move again and again.",
        "Some moves are good for a child",
        "Version 1, reviewed on 23 November 2026",
    )
    open_page(tab, f"{base}/methods/comparison")
    expect(tab.locator("main h1")).to_have_text("Comparison: is a difference real?")


def test_take_the_report_to_the_board(tab: Page, base: str, tmp_path: Path) -> None:
    open_page(tab, f"{base}/areas/{HARTLEPOOL}")
    report = pypdfium2.PdfDocument(saved(tab, "Report for a board", tmp_path / "report.pdf"))
    said = words_on(report)
    assert len(report) == 2
    assert "Hartlepool has a figure for 85 of 98 indicators." in said
    assert f"Release {RELEASE}" in said
    assert "Injury admissions" in said
    assert "Sources: Department for Education" in said
    assert 0.01 < ink(report[0].render(scale=1).to_pil()) < 0.4


def test_take_the_workbook_and_find_the_numbers_of_the_page(
    tab: Page, base: str, tmp_path: Path
) -> None:
    open_page(tab, f"{base}/areas/{HARTLEPOOL}")
    book = openpyxl.load_workbook(saved(tab, "Workbook", tmp_path / "report.xlsx"))
    rows = list(book["Profile"].iter_rows(min_row=3, values_only=True))
    by_indicator = {row[2]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    repeat = by_indicator["Repeat referrals"]
    assert len(by_indicator) == 25
    assert (repeat["Hartlepool"], repeat["England"], repeat["North East"]) == (26.5, 22.6, 20.7)
    assert (repeat["Against England"], repeat["Against neighbours 2025"]) == ("similar", "worse")
    told = dict(book["Read first"].iter_rows(min_row=3, max_col=2, values_only=True))
    assert told["Release"].startswith(RELEASE)
    expect(tab.locator("#rereferral_12m_pct tr").first).to_contain_text("26.5%")


def test_print_the_page_on_two_sheets(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}")
    paper = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    said = words_on(paper)
    assert 1 <= len(paper) <= 2
    assert f"Release {RELEASE}" in said
    assert "Repeat referrals 21.6% better than in 2024 (23.3%)" in said
    assert "Report for a board" not in said
    assert all(0.01 < ink(sheet.render(scale=1).to_pil()) < 0.4 for sheet in paper)


def test_old_and_new_neighbours_and_what_changes_with_them(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}")
    follow(tab, "Who they are, how alike, and what changes with other ones", "/neighbours")
    says(
        tab,
        "4 of them are among its neighbours by the model of 2021 as well",
        "In the model of 2021 and not in that of 2025: Swindon, Worcestershire",
    )
    assert max(tab.evaluate(SIGNS)) <= LARGEST_SIGN
    follow(tab, "What changes with other ones", "view=comparators")
    says(
        tab,
        "In 6 of 19 core indicators the conclusion on Kent depends on which list",
        "The other 19, of which 6 cannot be compared",
        "Looked after rate 53 similar lower similar",
    )


def test_who_is_like_us_and_does_well_and_how_were_they_inspected(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}/neighbours?view=better")
    tab.get_by_label("Indicator", exact=True).select_option(MOVES)
    expect(tab).to_have_url(re.compile(f"indicator={MOVES}"))
    expect(tab.locator("main")).to_contain_text("Of the 26 authorities like Kent, 1 is better")
    says(
        tab,
        "Nottinghamshire 2025, 2021 17.3% 5% 4% to 6% Outstanding published 12 July",
        "They are in the order of how alike they are, not of how well they do.",
        "Kent itself: 12%, similar.",
    )


def test_make_a_list_of_our_own_and_send_it_to_a_colleague(
    tab: Page, base: str, browser: Browser
) -> None:
    open_page(tab, f"{base}/own?view=rules&area_type=county")
    tab.get_by_label("Deprivation").select_option("3")
    expect(tab.locator("main")).to_contain_text("5 authorities meet these rules: East Sussex, Kent")
    follow(tab, "Put these 5 on the list", "own=")
    shared = tab.locator("#own-address").text_content() or ""
    says(tab, "Your list holds 5 authorities.")
    colleague = browser.new_context()
    other = colleague.new_page()
    troubles = watch(other)
    open_page(other, shared)
    expect(other.locator(".own-chips li")).to_have_count(5)
    follow(other, "See them in many indicators: the heat table", "/heat?own=")
    for name in ("East Sussex", "Kent", "Lancashire", "Lincolnshire", "Norfolk"):
        expect(other.get_by_role("rowheader", name=name, exact=False).first).to_be_visible()
    colleague.close()
    assert troubles == []


def test_our_authority_is_remembered_and_can_be_forgotten(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}")
    tab.get_by_role("navigation").get_by_role("link", name="Heat table").first.click()
    expect(tab.locator("h1:visible")).to_have_text(
        "Heat table: Kent and its statistical neighbours"
    )
    assert f"area={KENT}" in tab.url
    tab.get_by_role("button", name="Forget Kent as your authority").click()
    expect(tab.locator("#own-area")).to_be_hidden()


def test_a_link_shows_a_colleague_the_same_view(tab: Page, base: str, browser: Browser) -> None:
    open_page(tab, f"{base}/heat?area={KENT}")
    follow(tab, "Differences beyond chance only", "only=beyond_chance")
    said = says(
        tab,
        "Of 209 figures that can be compared (11 authorities, 25 indicators), 11 differ",
        "Kent differs from England in 3 of 19 figures: Starting to be looked after (higher)",
        "Without any difference and not listed: 7 authorities and 17 indicators.",
    )
    colleague = browser.new_context(viewport={"width": 1280, "height": 900})
    other = colleague.new_page()
    open_page(other, tab.url)
    seen = says(other)
    colleague.close()
    assert seen == said


def test_why_a_figure_of_ours_is_missing(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{LONDON_CITY}")
    row = tab.locator("#absence_persistent_pct_cino tr").first
    expect(row).to_contain_text("suppressed")
    open_page(tab, f"{base}/indicators/ks2_rwm_expected_pct_cla?area={LONDON_CITY}")
    said = says(tab, "no figure in the academic year 2024-25: not applicable, because there was")
    assert "City of London 0" not in said
    tab.get_by_role("link", name="Missing figures").click()
    expect(tab.locator("main")).to_contain_text("60,281 are missing, most of them suppressed")


def test_what_became_of_what_we_sent(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}/returns")
    said = says(tab, "Figures from a return are provisional")
    assert (
        f"No return of Kent is in this release. All that is told here is of release {RELEASE}"
        in (said)
    )


def test_take_our_figures_as_a_file(tab: Page, base: str, tmp_path: Path) -> None:
    chosen = f"indicators=cla_31mar_rate_10k&areas={KENT},england&periods=RY2025"
    open_page(tab, f"{base}/data?{chosen}")
    says(tab, "2 rows: Looked after rate; Kent and England; RY2025.")
    table = pd.read_csv(saved(tab, "CSV", tmp_path / "figures.csv"), comment="#")
    assert dict(zip(table["area_code"], table["value"], strict=True)) == {KENT: 53, "E92000001": 67}


def test_put_a_chart_into_a_paper(tab: Page, base: str, tmp_path: Path) -> None:
    open_page(tab, f"{base}/indicators/cla_31mar_rate_10k?area={KENT}&view=trend")
    tab.locator("#painted .chart-share summary").first.click()
    picture = Image.open(saved(tab, "PNG", tmp_path / "trend.png"))
    assert picture.width >= 1200
    assert 0.005 < ink(picture) < 0.4
    drawing = saved(tab, "SVG", tmp_path / "trend.svg").read_text("utf-8")
    said = " ".join(re.sub(r"<[^>]+>", " ", drawing).split())
    assert "Looked after rate" in said
    assert "Source: Department for Education" in said
    assert RELEASE in said


def test_our_boundaries_changed_and_nothing_became_nought(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/search?q=Cumbria")
    follow(tab, "Cumbria", f"/areas/{CUMBRIA}", exact=False)
    says(
        tab,
        "Cumbria ended on 31 March 2023; other authorities took its place.",
        "Cumberland (on 1 April 2023, with 57% of the children)",
        "Looked after rate 82 per 10,000 31 March 2023",
    )
    follow(tab, "Cumberland", f"/areas/{CUMBERLAND}")
    says(
        tab,
        "Cumberland has a figure for 83 of 98 indicators. Against England: 1 worse",
        "no trend: fewer than five years",
    )


def test_demand_process_and_outcome_together(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/pairs/moves_and_long_term_stability?area={KENT}")
    says(
        tab,
        "Neither differs from England by more than chance.",
        "either figure alone hides the other group",
    )
    open_page(tab, f"{base}/proportionality?area={KENT}")
    says(tab, "lower by more than chance in children in need rate and looked after rate")


def test_on_the_way_to_a_meeting_with_a_phone(tab: Page, base: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    open_page(tab, f"{base}/areas/{HARTLEPOOL}")
    tab.get_by_role("button", name="Menu").click()
    tab.get_by_role("link", name="Heat table").first.click()
    expect(tab).to_have_url(re.compile("/heat"))
    for path in (f"/areas/{HARTLEPOOL}", f"/indicators/{MOVES}?area={HARTLEPOOL}",
                 f"/areas/{HARTLEPOOL}/neighbours"):  # fmt: skip
        open_page(tab, f"{base}{path}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_with_the_keyboard_alone_to_our_trend_and_home_again(tab: Page, base: str) -> None:
    open_page(tab, f"{base}/areas/{KENT}")
    link = tab.locator("#rereferral_12m_pct").get_by_role("link", name="Repeat referrals").first
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(f"/indicators/rereferral_12m_pct.*{KENT}"))
    says(tab, "Kent, 21.6% in the year ending 31 March 2025")
    tab.keyboard.press("]")
    expect(tab).to_have_url(re.compile("view=map"))
    tab.keyboard.press("g")
    tab.keyboard.press("y")
    expect(tab).to_have_url(re.compile(rf"/areas/{KENT}$"))
