"""Gaps: parts against their own total, with intervals and both years, and no claim of widening."""

from xml.etree import ElementTree

import pytest

from dashboard.charts.charting import CHARTS
from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.svg.gaps import GapLine, GapPanel, gap_panel, gap_scale, height_of
from tests.dashboard.reading import nodes_of, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT, LONDON_CITY

SPACE = "{http://www.w3.org/2000/svg}"
BARNET = "E09000003"
ABSENCE = "/gaps?indicator=absence_persistent_pct_cino"


def links_of(page: Page) -> list[str]:
    return [found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"]


def test_what_differs_what_does_not_and_what_is_untested_have_shapes_of_their_own() -> None:
    lines = [
        GapLine("A", 40, 38, 42, "40% worse", "differs"),
        GapLine("B", 50, 45, 55, "50% similar", "similar"),
        GapLine("C", 60, None, None, "60%", "untested"),
        GapLine("D <&>", None, None, None, "suppressed", "untested"),
    ]
    panel = GapPanel("p", "Vale", "d", lines, 48, "All 48%")
    scale, ticks = gap_scale([panel])
    svg = gap_panel(panel, scale, ticks, "%", height_of([panel]))
    root = ElementTree.fromstring(svg)  # noqa: S314 - made by us a line above
    groups = {g.get("class"): g for g in root.iter(f"{SPACE}g")}
    shapes = {
        kind: next(e.tag.removeprefix(SPACE) for e in group if e.get("class") == "symbol")
        for kind, group in groups.items()
    }
    assert shapes == {"differs": "circle", "similar": "circle", "untested": "rect"}
    words = [e.text for e in root.iter(f"{SPACE}text")]
    assert {"40% worse", "50% similar", "suppressed", "All 48%"} <= set(words)


def test_parts_that_a_figure_lacks_are_not_silently_others(real: RealPages) -> None:
    said = "No parts by sex are held of this figure. It is shown by school phase."
    assert said in text_of(real.page(f"{ABSENCE}&by=sex").content)
    assert "No parts" not in text_of(real.page(f"{ABSENCE}&by=school_phase").content)


def test_the_country_is_shown_where_no_area_was_chosen(real: RealPages) -> None:
    page = real.page("/gaps?indicator=care_leaver_eet_19_21_pct&by=ethnicity")
    assert page.description.startswith("England: against all together, beyond chance: better for")
    rows = tables_of(page)["England, by ethnicity"]
    assert rows[0][0] == "All ethnic groups"
    assert len(rows) == 7


def test_the_example_of_the_method_stands_on_the_page(real: RealPages) -> None:
    page = real.page(f"{ABSENCE}&area={BARNET}")
    rows = {row[0]: row for row in tables_of(page)["Barnet, by school phase"]}
    assert "+10.8 (6.0 to 15.4)" in rows["State-funded secondary"][3]
    assert rows["Special"][3].startswith("similar")
    assert rows["State-funded alternative provision"][3] == "few counted"
    assert "The largest gap of parts that can be compared is 26.5" in text_of(page.content)


def test_the_chosen_area_comes_first_and_the_country_beside_it(real: RealPages) -> None:
    tables = list(tables_of(real.page(f"{ABSENCE}&area={BARNET}")))
    assert tables[:2] == ["Barnet, by school phase", "England, by school phase"]


def test_both_years_are_shown_and_no_gap_is_said_to_have_widened(real: RealPages) -> None:
    page = real.page(f"{ABSENCE}&area={BARNET}")
    words = text_of(page.content)
    assert "academic year 2024-25 and academic year 2023-24" in words
    assert "is not tested" in words
    assert "widened" not in words
    assert "narrowed" not in words


def test_shares_of_a_whole_are_not_called_gaps(real: RealPages) -> None:
    page = real.page("/gaps?indicator=cla_31mar_rate_10k&by=age")
    assert "what the figure is made up of" in text_of(page.content)
    assert 'class="ref country"' not in to_html(page.content)
    assert "beyond chance" not in page.description


def test_an_area_without_parts_says_why_and_the_country_stands_in(real: RealPages) -> None:
    page = real.page(f"/gaps?indicator=care_leaver_eet_19_21_pct&by=ethnicity&area={KENT}")
    assert page.description.startswith("No part has a figure for Kent")
    assert "England: against all together" in page.description


def test_the_same_for_other_groups_is_not_tested(real: RealPages) -> None:
    page = real.page(f"/gaps?indicator=ks2_rwm_expected_pct_cla&by=family&area={KENT}")
    assert "not tested against each other" in page.description
    assert len(tables_of(page)["The same for each group"]) == 3


def test_hidden_groups_keep_their_reason(real: RealPages) -> None:
    page = real.page(f"/gaps?indicator=ks2_rwm_expected_pct_cla&by=family&area={LONDON_CITY}")
    assert "suppressed" in text_of(page.content)


def test_a_figure_without_parts_says_what_to_do(real: RealPages) -> None:
    page = real.page("/gaps?indicator=cin_rate_10k&by=sex")
    assert page.status == 200
    assert "Choose another indicator" in page.description


def test_several_areas_have_a_panel_each_up_to_twelve(real: RealPages) -> None:
    page = real.page(f"{ABSENCE}&areas=within:E12000007")
    assert to_html(page.content).count('class="drawing dots gaps"') >= 12
    assert "more areas are left out" in text_of(page.content)


def test_parts_are_shown_over_time_with_the_way_to_all_years(real: RealPages) -> None:
    page = real.page(f"{ABSENCE}&area={BARNET}")
    ways = [
        one for one in links_of(page) if one.startswith("/trends?") and "by=school_phase" in one
    ]
    assert any(f"area={BARNET}" in one for one in ways)


def test_one_update_asks_for_little(real: RealPages) -> None:
    real.page(f"{ABSENCE}&area={BARNET}")
    dear = [url for url in real.asked if "/inequalities" in url or "/observations" in url]
    assert len(dear) == 2


@pytest.mark.parametrize("query", ["indicator=nothing", "area=nowhere", "areas=nowhere"])
def test_what_is_not_there_is_a_page_that_says_so(real: RealPages, query: str) -> None:
    assert real.page(f"/gaps?{query}").status in {400, 404}


def test_it_is_a_chart_by_itself() -> None:
    assert "gaps" in CHARTS


def test_an_abolished_authority_has_no_parts_and_that_is_said(real: RealPages) -> None:
    page = real.page("/gaps?area=E10000021&by=ethnicity&indicator=care_leaver_eet_19_21_pct")
    assert page.description.startswith("No part")
    assert "Northamptonshire" in page.description
