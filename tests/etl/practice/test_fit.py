"""Made-up figures lie as published ones do: level, spread, persistence, company, small counts."""

from itertools import pairwise

import numpy as np
import pytest

from etl.practice.recipe import load_recipe
from tests.etl.practice.country import (
    deprivation,
    national,
    rank_correlation,
    rates,
    share,
    small,
)

LEVELS = load_recipe().levels


@pytest.mark.parametrize(
    ("collection", "measure", "level"),
    [
        ("CLA", "CLA_OPEN", "cla_open"),
        ("CLA", "CLA_START", "cla_start"),
        ("CIN", "CIN_OPEN", "cin_open"),
        ("CIN", "REF", "ref"),
        ("CIN", "S47", "s47"),
        ("CIN", "CPP_OPEN", "cpp_open"),
    ],
)
@pytest.mark.parametrize("year", [2019, 2021, 2023, 2025])
def test_national_rates_are_those_of_the_recipe(
    collection: str, measure: str, level: str, year: int
) -> None:
    wanted = LEVELS[level].national_in([year])[0]
    # Stocks follow flows, so they keep to their level less closely than flows do.
    tolerance = 0.05 if measure.endswith("OPEN") else 0.03
    assert national(collection, measure, year) == pytest.approx(wanted, rel=tolerance)


@pytest.mark.parametrize(
    ("collection", "part", "whole", "level"),
    [
        ("CLA", "CLA_PLC3", "CLA_OPEN", "cla_plc3"),
        ("CLA", "OC2_DENT", "CLA_12M", "oc2_dent"),
        ("CLA", "CLA_12M", "CLA_OPEN", "cla_12m"),
        ("CLA", "MIS_CH", "CLA_ANY", "missing"),
        ("CIN", "REF_RE12", "REF", "ref_re12"),
        ("CIN", "ASS_45", "ASS", "ass_45"),
        ("CIN", "CPP_REPEAT", "CPP_START", "cpp_repeat"),
    ],
)
@pytest.mark.parametrize("year", [2021, 2025])
def test_national_shares_are_those_of_the_recipe(
    collection: str, part: str, whole: str, level: str, year: int
) -> None:
    wanted = LEVELS[level].national_in([year])[0]
    assert share(collection, part, whole, year) == pytest.approx(wanted, rel=0.06)


def test_rates_of_children_looked_after_spread_as_published_ones_do() -> None:
    low, middle, high = np.percentile(rates("CLA", "CLA_OPEN")[-1], [5, 50, 95])
    assert low == pytest.approx(35, abs=6)
    assert middle == pytest.approx(67, abs=6)
    assert high == pytest.approx(128, abs=22)


@pytest.mark.parametrize(
    ("collection", "measure", "spread", "again", "yearly"),
    [
        ("CLA", "CLA_OPEN", 0.39, 0.98, 0.08),
        ("CLA", "CLA_START", 0.34, 0.84, 0.21),
        ("CLA", "CLA_CEASE", 0.36, 0.88, 0.18),
        ("CIN", "CIN_OPEN", 0.25, 0.91, 0.12),
        ("CIN", "REF", 0.34, 0.84, 0.19),
        ("CIN", "S47", 0.38, 0.86, 0.22),
    ],
)
def test_authorities_differ_and_change_as_much_as_in_published_series(
    collection: str, measure: str, spread: float, again: float, yearly: float
) -> None:
    logs = np.log(np.maximum(rates(collection, measure), 0.5))
    lagged = [np.corrcoef(one, other)[0, 1] for one, other in pairwise(logs)]
    assert logs[-1].std() == pytest.approx(spread, abs=0.06)
    assert np.mean(lagged) == pytest.approx(again, abs=0.15)
    assert np.diff(logs, axis=0).std() == pytest.approx(yearly, abs=0.09)


@pytest.mark.parametrize(
    ("collection", "measure", "wanted"),
    [("CLA", "CLA_OPEN", 0.70), ("CIN", "CIN_OPEN", 0.48), ("CIN", "CPP_OPEN", 0.46)],
)
def test_rates_go_with_deprivation(collection: str, measure: str, wanted: float) -> None:
    found = rank_correlation(rates(collection, measure)[-1], deprivation())
    assert found == pytest.approx(wanted, abs=0.13)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("CIN", "CIN_OPEN"), ("CIN", "S47"), 0.71),
        (("CIN", "REF"), ("CIN", "S47"), 0.77),
        (("CIN", "S47"), ("CIN", "CPP_OPEN"), 0.72),
        (("CIN", "CIN_OPEN"), ("CLA", "CLA_OPEN"), 0.68),
        (("CLA", "CLA_OPEN"), ("CLA", "CLA_START"), 0.75),
        (("CIN", "CPP_OPEN"), ("CLA", "CLA_OPEN"), 0.60),
    ],
)
def test_measures_of_demand_go_together(
    one: tuple[str, str], other: tuple[str, str], wanted: float
) -> None:
    found = rank_correlation(rates(*one)[-1], rates(*other)[-1])
    assert found == pytest.approx(wanted, abs=0.15)


@pytest.mark.parametrize(
    ("collection", "key", "wanted"),
    [
        ("CIN", ("CPP_OPEN_2Y", "TOTAL", "ALL"), 0.36),
        ("CLA", ("CONV", "TOTAL", "ALL"), 0.40),
        ("CIN", ("FAC", "factor", "FGM"), 0.36),
        ("CL", ("CL_ACT_NK", "clage", "19_21"), 0.22),
    ],
)
def test_about_as_many_counts_are_small_as_publishers_hide(
    collection: str, key: tuple[str, str, str], wanted: float
) -> None:
    assert small(collection, key) == pytest.approx(wanted, abs=0.16)


def test_the_year_of_the_shock_stands_out() -> None:
    teeth = [share("CLA", "OC2_DENT", "CLA_12M", year) for year in (2020, 2021, 2022)]
    asked = [national("CIN", "REF", year) for year in (2020, 2021, 2022)]
    assert teeth[1] < 0.6 * teeth[0]
    assert teeth[1] < teeth[2] < teeth[0]
    assert asked[1] == pytest.approx(0.92 * asked[0], rel=0.04)
    assert asked[2] > asked[1]
