"""The ten first indicators give the values that the national dashboard prints."""

from decimal import Decimal

import pytest

from etl.published.loaded import PublishedReading
from indicators.arithmetic import as_decimal, decimal_quantile, round_half_up
from indicators.catalogue import load_catalogue
from indicators.cells import Status
from reference.places import PlaceSet
from tests.etl.readings import ENGLAND, KENT, MANCHESTER, newest

# Indicator, period, then as printed for England, Kent, the median of Kent's neighbours,
# Manchester and the median of its neighbours (national dashboard, April 2026).
GOLDEN = [
    ("cin_rate_10k", "RY2025", "330", "316", "286", "441", "374"),
    ("rereferral_12m_pct", "RY2025", "22.6", "21.6", "21.0", "18.4", "21.9"),
    ("cla_31mar_rate_10k", "RY2025", "67", "53", "56", "97", "91"),
    ("cla_3plus_placements_pct", "RY2025", "10", "12", "11", "12", "10"),
    ("cla_sdq_avg_score", "RY2025", "14.9", "15.7", "15.9", "12.9", "13.6"),
    ("ks2_rwm_expected_pct_cla", "AY2024-25", "35", "27", "33", "36", "39"),
    ("care_leaver_eet_19_21_pct", "RY2025", "54", "51", "53", "60", "54"),
    ("csc_spend_per_child_gbp", "FY2024-25", "1385", "1067", "1289", "1651", "1618"),
    ("sw_agency_fte_pct", "SEP2025", "13.0", "13.2", "6.7", "5.9", "11.4"),
    ("injury_admissions_0_14_rate_10k", "FY2023-24", "73", "71", "72", "79", "79"),
]


def is_as_printed(value: Decimal, printed: str) -> bool:
    """Say whether a value is within half a unit of the last digit printed."""
    half_unit = Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent)) / 2
    return abs(value - Decimal(printed)) <= half_unit


@pytest.mark.parametrize(
    ("indicator", "period", "country", "kent", "_1", "manchester", "_2"), GOLDEN
)
def test_values_are_those_of_the_national_dashboard(
    read: PublishedReading,
    indicator: str,
    period: str,
    country: str,
    kent: str,
    _1: str,
    manchester: str,
    _2: str,
) -> None:
    values = newest(read, indicator, period)["value"]
    assert is_as_printed(as_decimal(values[ENGLAND]), country)
    assert is_as_printed(as_decimal(values[KENT]), kent)
    assert is_as_printed(as_decimal(values[MANCHESTER]), manchester)


@pytest.mark.parametrize(("indicator", "period", "_1", "_2", "kent", "_3", "manchester"), GOLDEN)
def test_neighbour_medians_are_those_of_the_national_dashboard(
    read: PublishedReading,
    england: PlaceSet,
    indicator: str,
    period: str,
    _1: str,
    _2: str,
    kent: str,
    _3: str,
    manchester: str,
) -> None:
    cells = newest(read, indicator, period)
    decimals = next(i.decimals for i in load_catalogue() if i.id == indicator)
    for area, printed in ((KENT, kent), (MANCHESTER, manchester)):
        shown = [
            round_half_up(cells["value"][neighbour.neighbour], decimals)
            for neighbour in england.neighbours_of(area, "2025")
            if cells["status"].get(neighbour.neighbour) == Status.OK
        ]
        median = decimal_quantile(shown, "0.5")
        assert median is not None
        assert is_as_printed(median, printed)
