"""An authority that was made from others keeps their history apart from its own."""

from collections.abc import Sequence

import numpy as np
import pytest

from indicators.boundary_history import (
    BoundaryHistory,
    Standing,
    Whose,
    existed_during,
    find_history,
)
from indicators.position import NoPosition, find_positions
from indicators.trend import Why, find_trends
from indicators.trend_points import Series, points_of
from reference.areas import UnknownAreaError
from reference.periods import Period, parse_period
from reference.placesets import load_place_set
from tests.indicators import shipped_columns
from tests.indicators.definitions import an_indicator
from tests.indicators.shipped_columns import catalogue, england

YEARLY = an_indicator()
SNAPSHOT = an_indicator(measured="snapshot")
ACADEMIC = an_indicator(period_kind="AY")
YEARS = tuple(parse_period(f"RY{year}") for year in range(2019, 2026))
# The made-up county became two authorities on 1 April 2021.
COUNTY, NORTH, SOUTH = "X10000022", "X06000062", "X06000063"
# England, with the days of the changes: 1 April 2019 and 1 April 2023.
BOURNEMOUTH, POOLE, OLD_DORSET = "E06000028", "E06000029", "E10000009"
MERGED, CUMBRIA, CUMBERLAND, WESTMORLAND = "E06000058", "E10000006", "E06000063", "E06000064"
BARNSLEY, BUCKINGHAMSHIRE = "E08000016", "E06000060"


def whose(history: BoundaryHistory) -> str:
    return "".join(str(one.whose)[0] for one in history.standings)


def at(history: BoundaryHistory, period: str) -> Standing:
    return next(one for one in history.standings if one.period == period)


def test_periods_before_an_authority_existed_belong_to_its_predecessor() -> None:
    history = find_history(load_place_set("made_up"), NORTH, YEARLY, YEARS)
    assert whose(history) == "pppoooo"
    assert at(history, "RY2021").areas == (COUNTY,)
    assert at(history, "RY2022").areas == (NORTH,)


def test_the_first_own_period_is_a_break_and_no_other() -> None:
    history = find_history(load_place_set("made_up"), NORTH, YEARLY, YEARS)
    assert [one.period for one in history.standings if one.is_break] == ["RY2022"]


def test_an_abolished_authority_has_successors_after_its_end() -> None:
    history = find_history(load_place_set("made_up"), COUNTY, YEARLY, YEARS)
    assert whose(history) == "ooossss"
    assert at(history, "RY2022").areas == (NORTH, SOUTH)
    assert {change.successor for change in history.became} == {NORTH, SOUTH}


def test_a_share_of_a_split_is_told_and_used_for_nothing() -> None:
    history = find_history(england(), CUMBERLAND, YEARLY, YEARS)
    (change,) = history.made_from
    assert (change.predecessor, change.successor_share) == (CUMBRIA, 0.5704)
    assert at(history, "RY2023").areas == (CUMBRIA,)


def test_a_merged_authority_has_all_of_its_predecessors() -> None:
    history = find_history(england(), MERGED, YEARLY, YEARS)
    assert at(history, "RY2019").areas == (BOURNEMOUTH, POOLE, OLD_DORSET)
    assert whose(history) == "poooooo"


def test_an_unchanged_authority_has_only_its_own_periods_and_no_break() -> None:
    history = find_history(england(), "E09000003", YEARLY, YEARS)
    assert history.is_own.all()
    assert not history.is_break.any()
    assert (history.made_from, history.became) == ((), ())


def test_a_new_code_for_the_same_area_is_no_break() -> None:
    history = find_history(england(), BUCKINGHAMSHIRE, YEARLY, YEARS)
    assert history.is_own.all()
    assert not history.is_break.any()


def test_a_small_change_is_told_and_the_series_goes_on() -> None:
    years = (*YEARS, parse_period("RY2026"))
    history = find_history(england(), BARNSLEY, YEARLY, years)
    assert history.is_own.all()
    assert not history.is_break.any()
    told = [one.period for one in history.standings if one.small_change]
    assert told == ["RY2026"]


def test_a_snapshot_in_the_year_of_a_change_belongs_to_who_was_there_on_the_day() -> None:
    september = [parse_period(f"SEP{year}") for year in (2022, 2023)]
    history = find_history(england(), CUMBERLAND, SNAPSHOT, september)
    assert whose(history) == "po"


ACADEMIC_YEARS = [parse_period(name) for name in ("AY2021-22", "AY2022-23", "AY2023-24")]


def test_a_year_with_a_change_inside_belongs_to_whoever_has_the_figure() -> None:
    of_old = find_history(
        england(), CUMBERLAND, ACADEMIC, ACADEMIC_YEARS, held={(CUMBRIA, "AY2022-23")}
    )
    assert whose(of_old) == "ppo"
    assert at(of_old, "AY2022-23").areas == (CUMBRIA,)
    of_new = find_history(
        england(), CUMBERLAND, ACADEMIC, ACADEMIC_YEARS, held={(CUMBERLAND, "AY2022-23")}
    )
    assert whose(of_new) == "poo"


def test_a_year_with_a_change_inside_that_nobody_reported_is_left_to_the_new_authority() -> None:
    assert whose(find_history(england(), CUMBERLAND, ACADEMIC, ACADEMIC_YEARS)) == "poo"
    assert whose(find_history(england(), CUMBRIA, ACADEMIC, ACADEMIC_YEARS)) == "oss"


def test_the_old_authority_keeps_the_last_year_that_it_reported() -> None:
    held = {(CUMBRIA, "AY2022-23")}
    assert whose(find_history(england(), CUMBRIA, ACADEMIC, ACADEMIC_YEARS, held)) == "oos"


@pytest.mark.parametrize("indicator", ["absence_overall_pct_cla", "sw_turnover_fte_pct"])
@pytest.mark.parametrize("code", [MERGED, CUMBERLAND, WESTMORLAND, BOURNEMOUTH, CUMBRIA])
def test_every_cell_that_ships_stands_in_a_period_of_its_own_area(
    indicator: str, code: str
) -> None:
    held = shipped_columns.held(indicator)
    periods = shipped_columns.periods_of(indicator)
    history = find_history(england(), code, catalogue()[indicator], periods, held)
    own = {one.period for one in history.standings if one.whose is Whose.OWN}
    with_cell = {period for area, period in held if area == code}
    assert with_cell
    assert with_cell <= own


def test_an_area_may_be_ranked_in_a_year_in_which_it_ended_but_not_after() -> None:
    cumbria = england().area(CUMBRIA)
    within, after = ACADEMIC_YEARS[1:]
    assert existed_during(cumbria, within, "during")
    assert not existed_during(cumbria, within, "snapshot")
    assert not existed_during(cumbria, after, "during")


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(UnknownAreaError):
        find_history(england(), "X99999999", YEARLY, YEARS)


def joined(periods: Sequence[Period]) -> Series:
    """A steady fall, by whoever had it: the predecessor's figures and then its own."""
    value = np.linspace(60, 30, len(periods))[None, :]
    denominator = np.full_like(value, 1_000)
    top = value * 10
    return Series(tuple(periods), value, top, denominator, value - 2, value + 2)


def test_a_history_that_is_drawn_through_a_reorganisation_has_no_trend() -> None:
    history = find_history(england(), CUMBERLAND, YEARLY, YEARS)
    table = points_of(YEARLY, joined(YEARS), history.is_break)
    (found,) = find_trends(table)
    assert (found.marker, found.reason) == (None, Why.BREAK_INSIDE)


def test_before_it_existed_an_authority_has_no_rank_and_is_no_nought() -> None:
    indicator, period = "cla_3plus_placements_pct", parse_period("RY2023")
    areas = (*shipped_columns.authorities(period), CUMBERLAND)
    field = shipped_columns.field(indicator, period, areas)
    found = find_positions(catalogue()[indicator], field).of(len(areas) - 1)
    assert found.reason is NoPosition.NO_VALUE
    assert found.rank is None
