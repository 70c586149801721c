"""Every number of the page on trends follows from the figures that ship."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from indicators.boundary_history import Whose, find_history
from indicators.trend import CHI_SQUARE_LIMIT, Marker, Trend, Why, find_trends, weighted_line
from indicators.trend_points import Chosen, choose_points, points_of
from reference.periods import parse_period
from tests.indicators import shipped_columns
from tests.indicators.shipped_columns import catalogue, england, series
from tests.tree import ROOT

ACCOMMODATION = "care_leaver_suitable_accom_19_21_pct"
IN_NEED = "cin_rate_10k"
PLACEMENTS = "cla_3plus_placements_pct"
LEEDS, ROTHERHAM = "Leeds", "Rotherham"
CUMBRIA, CUMBERLAND = "E10000006", "E06000063"


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "trend.md").read_text("utf-8").split())


@cache
def judged(indicator: str, authority: str) -> tuple[Trend, Chosen]:
    code = england().resolve(authority).code
    table = points_of(catalogue()[indicator], series(indicator, [code], until="RY2025"))
    (found,) = find_trends(table)
    return found, choose_points(table)


def slopes_without_each(points: Chosen) -> list[float]:
    years = points.years - points.years[:, :1]
    errors = (points.upper - points.lower) / 3.92
    found = []
    for left_out in range(5):
        rest = [place for place in range(5) if place != left_out]
        line = weighted_line(years[:, rest], points.value[:, rest], errors[:, rest])
        found.append(float(line[1][0]))
    return found


def test_the_table_of_the_example_is_what_was_published(page: str) -> None:
    _, points = judged(ACCOMMODATION, LEEDS)
    shown = series(ACCOMMODATION, [england().resolve(LEEDS).code], until="RY2025").value[0, -5:]
    for n, year in enumerate(range(2021, 2026)):
        row = (
            f"| {year} | {points.numerator[0, n]:.0f} | {points.denominator[0, n]:.0f} "
            f"| {shown[n]:.0f} % | {points.value[0, n]:.2f} "
            f"| {points.lower[0, n]:.2f} to {points.upper[0, n]:.2f} |"
        )
        assert row in page


def test_the_steps_of_the_example_are_those_of_the_rule(page: str) -> None:
    found, points = judged(ACCOMMODATION, LEEDS)
    assert found.marker is Marker.DECREASING
    assert f"Chi-square for trend is {found.chi_square:.2f}." in page
    assert f"falls by {-(found.slope or 0):.2f} percentage points a year" in page
    without = [f"{-slope:.2f}" for slope in slopes_without_each(points)]
    assert f"by {', '.join(without[:4])} and {without[4]} points a year" in page
    assert f"the line falls by {-4 * (found.slope or 0):.1f} points" in page
    assert f"when chi-square is {CHI_SQUARE_LIMIT} or less" in page


def test_the_example_that_rests_on_one_year_does(page: str) -> None:
    found, points = judged(IN_NEED, LEEDS)
    shown = series(IN_NEED, [england().resolve(LEEDS).code], until="RY2025").value[0, -5:]
    assert found.reason is Why.RESTS_ON_ONE_POINT
    assert ", ".join(f"{value:.1f}" for value in shown) in page
    assert f"Chi-square is {found.chi_square:.2f}," in page
    assert f"the line rises by {found.slope:.2f} a year" in page
    assert f"by {-slopes_without_each(points)[0]:.2f} a year" in page


def test_the_example_within_chance_is(page: str) -> None:
    found, points = judged(PLACEMENTS, ROTHERHAM)
    shown = series(PLACEMENTS, [england().resolve(ROTHERHAM).code], until="RY2025").value[0, -5:]
    assert found.reason is Why.WITHIN_CHANCE
    assert ", ".join(f"{value:.0f}" for value in shown) + " per cent" in page
    assert f"rose by {shown[4] - shown[3]:.0f} points" in page
    top, bottom = points.numerator[0], points.denominator[0]
    assert f"{top[3]:.0f} of {bottom[3]:.0f} children and then {top[4]:.0f} of {bottom[4]:.0f}" in (
        page
    )
    assert f"chi-square is {found.chi_square:.2f}, which is what chance gives" in page


def test_about_one_series_in_four_moves(page: str) -> None:
    moved = judged_all = 0
    areas = [area.code for area in england().authorities(parse_period("RY2025").end)]
    for name, indicator in catalogue().items():
        if name in shipped_columns.totals():
            found = [
                one for one in find_trends(points_of(indicator, series(name, areas))) if one.marker
            ]
            judged_all += len(found)
            moved += sum(one.marker is not Marker.NO_CHANGE for one in found)
    assert "About one series of an authority in four moves" in page
    assert moved / judged_all == pytest.approx(0.25, abs=0.03)


def test_the_reorganised_authority_is_told_as_it_is(page: str) -> None:
    for name, until, expected in (
        (PLACEMENTS, "RY2023", Whose.PREDECESSORS),
        ("absence_overall_pct_cla", "AY2022-23", Whose.PREDECESSORS),
        ("sw_turnover_fte_pct", "SEP2023", Whose.OWN),
    ):
        periods = shipped_columns.periods_of(name, until)
        held = shipped_columns.held(name)
        history = find_history(england(), CUMBERLAND, catalogue()[name], periods, held)
        assert history.standings[-1].whose is expected
        if expected is Whose.PREDECESSORS:
            assert history.standings[-1].areas == (CUMBRIA,)
    (change,) = history.made_from
    assert f"{100 * (change.successor_share or 0):.0f} % of Cumbria's children" in page


def test_the_page_names_modules_that_are_there() -> None:
    text = Path(ROOT / "docs" / "methods" / "trend.md").read_text("utf-8")
    named = ("trend", "trend_points", "boundary_history")
    assert all(f"`indicators/{name}.py`" in text for name in named)
    assert all((ROOT / "indicators" / f"{name}.py").is_file() for name in named)


def test_the_formulas_of_the_page_give_the_numbers_of_the_code() -> None:
    found, points = judged(ACCOMMODATION, LEEDS)
    t, cases, n = points.years[0], points.numerator[0], points.denominator[0]
    total, count = n.sum(), cases.sum()
    by_hand = (
        total
        * (total * (t * cases).sum() - count * (t * n).sum()) ** 2
        / (count * (total - count) * (total * (t**2 * n).sum() - (t * n).sum() ** 2))
    )
    assert found.chi_square == pytest.approx(by_hand, rel=1e-6)
    weight = (3.92 / (points.upper[0] - points.lower[0])) ** 2
    slope = np.polyfit(t - t[0], points.value[0], 1, w=np.sqrt(weight))[0]
    assert found.slope == pytest.approx(slope, rel=1e-6)
