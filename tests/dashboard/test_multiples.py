"""Small multiples: one axis, lines cut by breaks, gaps that stay gaps, ways beyond chance."""

from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard.charts.charting import CHARTS
from dashboard.prerender import to_html
from dashboard.svg.grid import grid_of
from dashboard.svg.multiples import Moment, Panel, axis_of, panel_drawing, runs_of
from dashboard.words.multiples import named_sentence, way_words, ways_sentence
from tests.dashboard.reading import nodes_of, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT

SPACE = "{http://www.w3.org/2000/svg}"
TABLE = "Each figure over time"
LEVEL: dict[str, Any] = {"marker": "no_change", "better_or_worse": None, "reason": "Chance"}
UP = LEVEL | {"marker": "increasing", "better_or_worse": "worse"}
UNTOLD = LEVEL | {"marker": None, "reason": "Fewer than five years"}


def drawn(*own: Moment, zero: bool = False) -> ElementTree.Element:
    panel = Panel("p", "Vale <& co>", "12, increasing", "d", own, own, ("2020", "2025"))
    svg = panel_drawing(panel, axis_of([panel], "%", from_zero=zero))
    return ElementTree.fromstring(svg)  # noqa: S314 - made by us a line above


def test_a_line_is_cut_at_a_break_and_at_a_missing_value() -> None:
    moments = [Moment(1, 5), Moment(2, 6), Moment(3, None), Moment(4, 7), Moment(5, 8, True)]
    assert [[m.at for m in run] for run in runs_of(moments)] == [[1, 2], [4], [5]]


def test_a_value_alone_is_a_dot_and_a_break_a_dashed_line() -> None:
    root = drawn(Moment(1, 5), Moment(2, 6), Moment(3, 7, True))
    own = [e for e in root.iter() if "own" in (e.get("class") or "")]
    assert [e.tag.removeprefix(SPACE) for e in own] == ["path", "circle", "circle"]
    assert len([e for e in root.iter(f"{SPACE}line") if e.get("class") == "break"]) == 1


def test_an_axis_begins_at_nought_only_where_that_is_asked() -> None:
    words = [[e.text for e in drawn(Moment(1, 40), Moment(2, 44), zero=zero).iter(f"{SPACE}text")]
             for zero in (True, False)]  # fmt: skip
    assert "0%" in words[0]
    assert "0%" not in words[1]


def test_panels_as_one_drawing_keep_their_order_and_names() -> None:
    panels = [f'<svg viewBox="0 0 1 1"><text>{n}</text></svg>' for n in range(5)]
    root = ElementTree.fromstring(grid_of("g", "t", "d", panels, (10, 20), 2))  # noqa: S314
    assert root.get("viewBox") == "0 0 20 60"
    assert [e.text for e in root.iter("text")] or [e.text for e in root.iter(f"{SPACE}text")]


def test_ways_are_counted_and_named_and_what_chance_explains_is_no_way() -> None:
    assert way_words(UP) == "increasing (worse)"
    assert way_words(LEVEL) == "no change beyond chance"
    assert ways_sentence([UP, LEVEL, LEVEL], "area", "areas") == (
        "Of 3 areas, 1 is increasing and 2 show no change beyond chance."
    )
    assert named_sentence({"A": UP, "B": LEVEL}) == "Increasing: A. No change beyond chance: B."


def test_where_no_trend_can_be_told_the_reason_is_said_once() -> None:
    assert ways_sentence([UNTOLD, UNTOLD], "area", "areas") == "No trend can be told of 2 areas."
    assert named_sentence({"A": UNTOLD, "B": UNTOLD}) == (
        "No trend can be told here: fewer than five years."
    )


def test_the_regions_are_shown_where_nothing_was_chosen(real: RealPages) -> None:
    page = real.page("/trends")
    rows = tables_of(page)[TABLE]
    assert len(rows) == 9
    assert to_html(page.content).count('class="drawing multiple"') >= 9
    assert {row[1].partition(" (")[0] for row in rows} <= {
        "increasing", "decreasing", "no change beyond chance",
    }  # fmt: skip


def test_the_chosen_authority_comes_first_and_its_neighbours_follow(real: RealPages) -> None:
    page = real.page(f"/trends?indicator=cla_31mar_rate_10k&area={KENT}")
    rows = tables_of(page)[TABLE]
    assert len(rows) == 11
    assert rows[0][0].startswith("Kent")
    assert page.description.startswith("Kent: 53, no change beyond chance.")


@pytest.mark.parametrize(("sort", "column"), [("-value", -1), ("value", -1), ("name", 0)])
def test_panels_and_table_stand_in_the_order_asked_for(
    real: RealPages, sort: str, column: int
) -> None:
    page = real.page(f"/trends?areas=within:E12000008&sort={sort}")
    said = [row[column] for row in tables_of(page)[TABLE]]
    keys = [float(w) for w in said] if column else said
    assert keys == sorted(keys, reverse=sort.startswith("-"))
    names = [e["props"]["children"][0] for e in nodes_of(page.content) if e["type"] == "Th"]
    assert names


def test_more_panels_than_can_be_looked_at_are_left_out_and_that_is_said(real: RealPages) -> None:
    page = real.page("/trends?areas=authority")
    assert len(tables_of(page)[TABLE]) == 40
    assert "The first 40 are shown" in text_of(page.content)


def test_a_missing_figure_is_a_gap_with_its_reason_in_the_table(real: RealPages) -> None:
    page = real.page(f"/trends?indicator=ks2_rwm_expected_pct_cla&areas={KENT},E09000021")
    rows = {row[0]: row for row in tables_of(page)[TABLE]}
    assert "not available" in rows["Kent"]
    assert any("suppressed" in cell for cell in rows["Kingston upon Thames"])


def test_indicators_of_one_area_have_each_an_axis_of_its_own(real: RealPages) -> None:
    page = real.page(f"/trends?area={KENT}&stage=leaving_care")
    assert "each panel has its own" in text_of(page.content)
    assert page.title.startswith("Trends: Kent:")


def test_parts_of_a_figure_have_panels_and_no_trend_is_claimed(real: RealPages) -> None:
    page = real.page("/trends?indicator=cla_31mar_rate_10k&by=age")
    names = [row[0] for row in tables_of(page)[TABLE]]
    assert names == ["Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over"]
    assert "not worked out" in page.description
    assert "increasing" not in page.description


def test_an_indicator_without_parts_says_what_to_do(real: RealPages) -> None:
    page = real.page("/trends?indicator=cin_rate_10k&view=parts")
    assert "Choose another indicator" in page.description


def test_one_update_asks_for_little(real: RealPages) -> None:
    real.page(f"/trends?area={KENT}&view=areas")
    assert len([url for url in real.asked if "/observations" in url or "/trends" in url]) == 2


@pytest.mark.parametrize("query", ["indicator=nothing", "areas=nowhere", "area=nowhere"])
def test_what_is_not_there_is_a_page_that_says_so(real: RealPages, query: str) -> None:
    assert real.page(f"/trends?{query}").status in {400, 404}


def test_it_is_a_chart_by_itself() -> None:
    assert "multiples" in CHARTS


def test_an_abolished_authority_stands_beside_those_it_became_and_no_series_joins_them(
    real: RealPages,
) -> None:
    page = real.page("/trends?indicator=cla_31mar_rate_10k&area=E10000021&view=areas")
    rows = {row[0].removesuffix("chosen").strip(): row for row in tables_of(page)[TABLE]}
    assert set(rows) == {"Northamptonshire", "North Northamptonshire", "West Northamptonshire"}
    assert rows["Northamptonshire"][2][:1].isdigit()
    assert not rows["Northamptonshire"][-1][:1].isdigit()
    assert not rows["West Northamptonshire"][2][:1].isdigit()
    assert "no part of theirs" in text_of(page.content)


def test_a_figure_of_the_country_alone_is_shown_for_the_country(real: RealPages) -> None:
    page = real.page("/trends?indicator=adoption_decision_to_match_months")
    assert page.description == (
        "This figure is published for England alone, and not for smaller areas."
    )
    assert [row[0] for row in tables_of(page)[TABLE]] == ["England"]


def test_a_list_of_the_readers_own_has_a_panel_for_each(real: RealPages) -> None:
    page = real.page(f"/trends?indicator=cla_31mar_rate_10k&own={KENT},E10000014")
    assert {row[0] for row in tables_of(page)[TABLE]} == {"Kent", "Hampshire"}


def test_an_area_without_figures_of_the_latest_period_has_no_trend(real: RealPages) -> None:
    page = real.page("/trends?area=E10000021")
    assert "none is of the latest period" in page.description
    assert "parts" not in page.description
