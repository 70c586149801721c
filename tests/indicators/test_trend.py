"""A movement is called one only when it is more than chance and rests on more than one year."""

from datetime import date

import numpy as np
import pytest

from indicators.intervals import interval_of, wilson
from indicators.model import DirectionWord, Indicator
from indicators.trend import (
    CHI_SQUARE_LIMIT,
    WORDS,
    Marker,
    Trend,
    Why,
    better_or_worse,
    find_trends,
    proportion_chi_square,
    weighted_line,
)
from indicators.trend_points import Series, points_of, stacked
from reference.periods import Period, PeriodKind, parse_period
from tests.indicators.definitions import an_indicator
from tests.indicators.trend_series import (
    COUNTED,
    FIVE,
    PERCENTAGE,
    PRINTED,
    PUBLISHED,
    RATE,
    SCORE,
    counted,
    printed,
)


def trend_of(series: Series, indicator: Indicator = PERCENTAGE) -> Trend:
    (found,) = find_trends(points_of(indicator, series))
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_trends_of_proportions_are_those_of_the_vectors(name: str) -> None:
    pairs, (of_proportions, of_line, slope, marker) = COUNTED[name]
    found = trend_of(counted(pairs))
    assert found.chi_square == pytest.approx(of_proportions, abs=1e-6)
    assert found.slope == pytest.approx(slope, abs=1e-6)
    assert found.marker is marker
    top, bottom = np.array(pairs, dtype=float).T[:, None, :]
    lower, upper = wilson(top, bottom)
    errors = (upper - lower) * 100 / 3.92
    line, _ = weighted_line(np.arange(5.0)[None], top / bottom * 100, errors)
    assert line[0] == pytest.approx(of_line, abs=1e-6)


@pytest.mark.parametrize("name", PRINTED)
def test_trends_of_published_intervals_are_those_of_the_vectors(name: str) -> None:
    rows, (chi_square, slope, marker) = PRINTED[name]
    found = trend_of(printed(rows), PUBLISHED)
    assert found.chi_square == pytest.approx(chi_square, abs=1e-6)
    assert found.slope == pytest.approx(slope, abs=1e-6)
    assert found.marker is marker


def test_a_single_unusual_year_makes_no_trend_in_either_direction() -> None:
    for name in ("one year up", "one year down"):
        found = trend_of(counted(COUNTED[name][0]))
        assert found.chi_square is not None
        assert found.chi_square > CHI_SQUARE_LIMIT
        assert found.is_robust is False
        assert found.reason is Why.RESTS_ON_ONE_POINT


def test_mirrored_series_have_mirrored_markers() -> None:
    pairs = COUNTED["falling"][0]
    mirrored = trend_of(counted([(n - top, n) for top, n in pairs]))
    assert mirrored.marker is Marker.INCREASING
    assert mirrored.slope == pytest.approx(2.849570, abs=1e-6)


def test_chance_alone_hardly_ever_makes_a_trend() -> None:
    numbers = np.random.default_rng(20260401)
    denominators = numbers.integers(40, 3_000, size=(4_000, 1)) * np.ones((1, 5))
    numerator = numbers.binomial(denominators.astype(int), 0.12).astype(float)
    lower, upper = interval_of(PERCENTAGE, numerator, denominators)
    value = numerator / denominators * 100
    found = find_trends(
        points_of(PERCENTAGE, Series(FIVE, value, numerator, denominators, lower, upper))
    )
    moving = sum(one.marker is not Marker.NO_CHANGE for one in found)
    assert moving <= 16  # 1 in 500 passes chi-square: 8 expected, fewer after leaving one out


def test_a_steady_movement_of_a_large_authority_is_found() -> None:
    found = trend_of(counted([(100, 1000), (120, 1000), (140, 1000), (160, 1000), (180, 1000)]))
    assert (found.marker, found.points_used) == (Marker.INCREASING, 5)
    assert found.periods == ("RY2021", "RY2022", "RY2023", "RY2024", "RY2025")
    assert found.slope == pytest.approx(2.0, abs=0.05)


def test_a_rate_is_judged_by_its_own_interval() -> None:
    rising = counted([(n, 50_000) for n in (100, 130, 160, 190, 220)], RATE)
    assert trend_of(rising, RATE).marker is Marker.INCREASING
    assert trend_of(rising, RATE).slope == pytest.approx(6.0, abs=0.1)


def test_four_points_are_too_few() -> None:
    found = trend_of(counted([(410, 470)] * 4, periods=FIVE[:4]))
    assert (found.marker, found.reason) == (None, Why.TOO_FEW_POINTS)
    assert (found.chi_square, found.slope, found.periods) == (None, None, ())


def test_no_points_at_all_are_too_few() -> None:
    nothing = np.full((1, 5), np.nan)
    found = trend_of(Series(FIVE, *(nothing,) * 5))
    assert found.reason is Why.TOO_FEW_POINTS
    assert find_trends(points_of(PERCENTAGE, Series(FIVE, *(nothing[:0],) * 5))) == ()


def test_only_the_latest_five_points_count() -> None:
    seven = tuple(parse_period(f"RY{year}") for year in range(2019, 2026))
    found = trend_of(counted([(10, 470), (900, 910), *COUNTED["falling"][0]], periods=seven))
    assert found.slope == pytest.approx(-2.849570, abs=1e-6)
    assert found.periods[0] == "RY2021"


def test_a_missing_year_stays_a_year_and_is_no_zero() -> None:
    six = tuple(parse_period(f"RY{year}") for year in range(2020, 2026))
    pairs: list[tuple[float, float]] = [(n, 1000) for n in (100, 120, 140, 160, 180, 200)]
    whole = trend_of(counted(pairs, periods=six))
    gapped = trend_of(counted([*pairs[:2], (np.nan, np.nan), *pairs[3:]], periods=six))
    assert gapped.marker is Marker.INCREASING
    assert gapped.periods == ("RY2020", "RY2021", "RY2023", "RY2024", "RY2025")
    assert gapped.slope == pytest.approx(whole.slope or 0, abs=0.05)


def test_points_older_than_seven_years_are_no_recent_trend() -> None:
    years = (2017, 2018, 2019, 2024, 2025)
    apart = tuple(parse_period(f"RY{year}") for year in years)
    assert trend_of(counted(COUNTED["falling"][0], periods=apart)).reason is Why.TOO_FEW_POINTS


def test_an_indicator_without_an_interval_has_no_trend_and_not_no_change() -> None:
    rows = [(float(n), n - 1.0, n + 1.0) for n in (1, 5, 9, 13, 17)]
    found = trend_of(printed(rows), SCORE)
    assert (found.marker, found.reason) == (None, Why.NO_INTERVAL)


def test_figures_whose_parts_are_unknown_have_no_interval() -> None:
    rows = [(50.0, np.nan, np.nan)] * 5
    assert trend_of(printed(rows)).reason is Why.NO_INTERVAL


def test_an_interval_of_no_width_gives_no_trend() -> None:
    rows = list(PRINTED["vaccinated, %"][0])
    rows[2] = (90.8, 90.8, 90.8)
    assert trend_of(printed(rows), PUBLISHED).reason is Why.ZERO_WIDTH_INTERVAL


def test_overlapping_periods_give_no_trend() -> None:
    rolling = tuple(
        Period(
            end=date(year, 3, 31),
            start=date(year - 3, 4, 1),
            id=f"three years to {year}",
            kind=PeriodKind.REPORTING_YEAR,
            label=f"three years to March {year}",
        )
        for year in range(2021, 2026)
    )
    found = trend_of(counted(COUNTED["falling"][0], periods=rolling))
    assert found.reason is Why.OVERLAPPING_PERIODS


def test_quarters_give_no_trend() -> None:
    quarters = tuple(parse_period(f"RY{y}Q{q}") for y, q in ((2024, 3), (2024, 4), (2025, 1)))
    more = (parse_period("RY2025Q2"), parse_period("RY2025Q3"))
    found = trend_of(counted(COUNTED["falling"][0], periods=quarters + more))
    assert found.reason is Why.NOT_YEARLY


def test_a_declared_break_inside_gives_no_trend() -> None:
    broken = an_indicator(breaks=[{"period": "RY2023", "note": "Counted anew"}])
    assert trend_of(counted(COUNTED["falling"][0]), broken).reason is Why.BREAK_INSIDE


def test_a_break_in_a_year_without_a_figure_still_separates() -> None:
    six = tuple(parse_period(f"RY{year}") for year in range(2020, 2026))
    pairs = [(410.0, 470.0), (405, 472), (np.nan, np.nan), (398, 480), (380, 475), (361, 478)]
    broken = an_indicator(breaks=[{"period": "RY2022", "note": "Counted anew"}])
    assert trend_of(counted(pairs, broken, six), broken).reason is Why.BREAK_INSIDE


def test_a_break_at_the_first_point_or_before_does_not_matter() -> None:
    for period in ("RY2021", "RY2015"):
        broken = an_indicator(breaks=[{"period": period, "note": "Counted anew"}])
        assert trend_of(counted(COUNTED["falling"][0]), broken).marker is Marker.DECREASING


def test_a_break_of_one_area_stops_only_its_own_trend() -> None:
    one = counted(COUNTED["falling"][0])
    both = Series(
        one.periods,
        *(
            np.repeat(column, 2, axis=0)
            for column in (one.value, one.numerator, one.denominator, one.lower, one.upper)
        ),
    )
    is_break = np.zeros((2, 5), dtype=bool)
    is_break[1, 3] = True
    first, second = find_trends(points_of(PERCENTAGE, both, is_break))
    assert first.marker is Marker.DECREASING
    assert second.reason is Why.BREAK_INSIDE


def test_a_movement_that_the_shown_figures_hide_is_no_change() -> None:
    coarse = an_indicator(decimals=0)
    pairs = [(100_000 + 300 * year, 1_000_000) for year in range(5)]
    pairs = [(top * 10, n * 10) for top, n in pairs]
    found = trend_of(counted(pairs), coarse)
    assert (found.marker, found.reason) == (Marker.NO_CHANGE, Why.TOO_SMALL_TO_SHOW)
    assert trend_of(counted(pairs), an_indicator(decimals=2)).marker is Marker.INCREASING


def test_counts_that_are_all_nought_or_all_full_do_not_move() -> None:
    for pairs in ([(0, 200)] * 5, [(200, 200)] * 5):
        found = trend_of(counted(list(pairs)))
        assert (found.marker, found.chi_square) == (Marker.NO_CHANGE, 0.0)


def test_no_children_at_all_is_no_point() -> None:
    found = trend_of(counted([*COUNTED["falling"][0][:4], (0, 0)]))
    assert found.reason is Why.TOO_FEW_POINTS


def test_better_or_worse_follows_the_direction_after_the_test() -> None:
    up, down = Marker.INCREASING, Marker.DECREASING
    assert better_or_worse(up, DirectionWord.HIGHER_IS_BETTER) == "better"
    assert better_or_worse(down, DirectionWord.HIGHER_IS_BETTER) == "worse"
    assert better_or_worse(up, DirectionWord.LOWER_IS_BETTER) == "worse"
    assert better_or_worse(down, DirectionWord.LOWER_IS_BETTER) == "better"
    assert better_or_worse(up, DirectionWord.NONE) is None
    assert better_or_worse(Marker.NO_CHANGE, DirectionWord.LOWER_IS_BETTER) is None
    assert better_or_worse(None, DirectionWord.LOWER_IS_BETTER) is None


def test_series_of_several_indicators_are_judged_together_as_alone() -> None:
    falling = points_of(PERCENTAGE, counted(COUNTED["falling"][0]))
    short = points_of(RATE, counted([(50, 10_000)] * 3, RATE, FIVE[:3]))
    noise = points_of(PUBLISHED, printed(PRINTED["noise, per 10,000"][0]))
    alone = tuple(find_trends(table)[0] for table in (falling, short, noise))
    assert find_trends(stacked([falling, short, noise])) == alone


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Why)


def test_the_proportion_test_does_not_depend_on_where_years_begin() -> None:
    top, bottom = np.array(COUNTED["falling"][0], dtype=float).T[:, None, :]
    years = np.arange(5.0)[None]
    here, there = (proportion_chi_square(t, top, bottom)[0] for t in (years, years + 2021))
    assert here == pytest.approx(there, rel=1e-9)
