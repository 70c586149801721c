"""Parts that only the tables of the country give belong to the whole that other tables give."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from etl.published.loaded import PublishedReading
from etl.published.recognised import by_columns
from etl.raw_tables import FileContent, RawTable
from etl.tables import load_tables
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from tests.etl.readings import is_whole
from tests.golden import ENGLAND

NOT_THE_WHOLE = {
    # The file has the single ages 19 and 20 of a group that begins at 18.
    ("care_leaver_staying_put_pct", "age"),
}
ROUNDED = 5


@pytest.fixture(scope="module")
def national(read: PublishedReading) -> pd.DataFrame:
    """The cells that were read from the tables of the country."""
    cells = read.cells
    found: pd.DataFrame = cells[cells["source"].str.startswith("dfe_national_")]
    return found


def parts_of(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """The cells that are broken down by one thing only."""
    others = [column for column in BREAKDOWN_COLUMNS if column != name]
    is_part = (cells[name] != TOTAL) & (cells[others] == TOTAL).all(axis=1)
    found: pd.DataFrame = cells[is_part]
    return found


def wholes(read: PublishedReading) -> dict[tuple[str, str, str], float]:
    """England's own counts: of the release of 2024, where it has none of another."""
    cells = read.cells
    held = cells[(cells["area"] == ENGLAND) & is_whole(cells)]
    found: dict[tuple[str, str, str], float] = {}
    for row in held.to_dict("records"):
        for column in ("numerator", "denominator"):
            key = (str(row["indicator"]), str(row["period"]), column)
            if key not in found or str(row["source"]).endswith("_2024"):
                found[key] = float(row[column])
    return found


def gaps(read: PublishedReading, national: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Yield where parts do not add up to the whole within the rounding of each to 10.

    Where a part is suppressed the others must not be more than the whole.
    """
    known = wholes(read)
    for name in BREAKDOWN_COLUMNS:
        for key, cells in parts_of(national, name).groupby(["indicator", "period"]):
            indicator, period = map(str, key)
            if (indicator, name) in NOT_THE_WHOLE or period == "RY2024":
                continue  # some wholes of 2024 are known only as they were revised a year later
            for column in ("numerator", "denominator"):
                whole, counts = known.get((indicator, period, column)), cells[column]
                if whole is None or counts.nunique() < 2:
                    continue  # a rate has the same denominator in every part
                gap, allowed = float(counts.sum()) - whole, ROUNDED * (len(counts) + 3)
                if gap > allowed or (gap < -allowed and not counts.isna().any()):
                    yield indicator, period, column, name, gap


def test_the_parts_of_the_country_add_up_to_the_figure_of_england(
    read: PublishedReading, national: pd.DataFrame
) -> None:
    found = {
        (indicator, name)
        for name in BREAKDOWN_COLUMNS
        for indicator in parts_of(national, name)["indicator"].unique()
    }
    assert len(found) > 50
    assert list(gaps(read, national)) == []


def test_tables_of_the_country_give_parts_and_no_whole(national: pd.DataFrame) -> None:
    assert set(national["area"]) == {ENGLAND}
    assert not is_whole(national).any()


@pytest.mark.parametrize(
    ("indicator", "period", "breakdown", "value"),
    [
        ("cla_3plus_placements_pct", "RY2024", {"ethnicity": "ASIAN"}, 8),
        ("cla_3plus_placements_pct", "RY2024", {"placement": "OTHER_RESIDENTIAL"}, 23),
        ("cla_3plus_placements_2yr_pct", "RY2020", {"age": "16_PLUS"}, 31),
        ("cla_same_placement_2yr_pct", "RY2024", {"placement": "FOSTER"}, 76),
        ("cla_health_assessment_pct", "RY2024", {"sex": "M", "age": "5_9"}, 94),
        ("cla_immunisations_pct", "RY2024", {"sex": "F", "age": "16_PLUS"}, 78),
        ("cla_dental_check_pct", "RY2024", {"age": "UNDER_5"}, 82),
        ("cla_development_check_0_4_pct", "RY2024", {"sex": "F", "age": "2"}, 89),
        ("cla_sdq_received_pct", "RY2024", {"age": "16"}, 73),
        ("cla_sdq_concern_pct", "RY2024", {"sex": "F"}, 39),
        ("cla_sdq_avg_score", "RY2024", {"sex": "M", "age": "8"}, 16.4),
        ("cla_convicted_10_17_pct", "RY2024", {"sex": "M", "age": "16_17"}, 5),
        ("cla_substance_misuse_pct", "RY2024", {"age": "16_17"}, 7),
        ("cla_31mar_uasc_rate_10k", "RY2024", {"sex": "M"}, 6),
        ("cla_over_20_miles_pct", "RY2024", {"placement": "HOMES"}, 49),
        ("cla_placement_change_care_plan_pct", "RY2024", {"age": "UNDER_1"}, 52),
        ("care_leaver_neet_19_21_pct", "RY2024", {"ethnicity": "WHITE"}, 46),
        ("care_leaver_neet_17_18_pct", "RY2024", {"age": "17"}, 24),
        ("care_leaver_suitable_accom_17_18_pct", "RY2024", {"age": "17"}, 65),
        ("care_leaver_unsuitable_accom_19_21_pct", "RY2024", {"age": "21"}, 6),
        ("care_leaver_in_touch_19_21_pct", "RY2024", {"age": "21"}, 89),
        # worked out, from counts as the file gives them
        ("care_leaver_eet_19_21_pct", "RY2020", {"age": "20"}, 52),  # 2010 + 640 + 2830 of 10460
        ("care_leaver_eet_19_21_pct", "RY2024", {"ethnicity": "ASIAN"}, 64),  # 2180 of 3380
        ("care_leaver_staying_put_pct", "RY2024", {"age": "20"}, 27),  # 970 of 3630, printed 27%
    ],
)
def test_parts_are_those_that_the_file_prints(
    national: pd.DataFrame, indicator: str, period: str, breakdown: dict[str, str], value: float
) -> None:
    cells = national[(national["indicator"] == indicator) & (national["period"] == period)]
    for name in BREAKDOWN_COLUMNS:
        cells = cells[cells[name] == breakdown.get(name, TOTAL)]
    assert cells["value"].tolist() == [value]


@pytest.mark.parametrize(
    ("indicator", "period", "breakdown", "count"),
    [
        ("cla_31mar_rate_10k", "RY2020", {"placement": "FOSTER"}, 56950),
        ("cla_started_rate_10k", "RY2024", {"ethnicity": "BLACK"}, 4150),
        ("cla_ceased_rate_10k", "RY2024", {"need": "ABSENT_PARENTING"}, 7120),
    ],
)
def test_rates_of_parts_are_worked_out_from_the_printed_counts(
    national: pd.DataFrame, indicator: str, period: str, breakdown: dict[str, str], count: float
) -> None:
    cells = national[(national["indicator"] == indicator) & (national["period"] == period)]
    for name in BREAKDOWN_COLUMNS:
        cells = cells[cells[name] == breakdown.get(name, TOTAL)]
    assert cells["numerator"].tolist() == [count]
    rate = 10_000 * count / cells["denominator"].iloc[0]
    assert abs(cells["value"].iloc[0] - rate) <= 0.5


def test_a_file_with_codes_of_authorities_is_not_taken_for_a_table_of_the_country() -> None:
    plain = ("time_period", "geographic_level", "country_code", "country_name")
    figures = ("cla_group", "characteristic", "number", "percentage")
    tables = [one for one in load_tables() if one.id == "dfe_national_cla_started"]

    def table_of(*more: str) -> str:
        raw = RawTable((*plain, *more, *figures), ())
        found, reason = by_columns(Path("a.csv"), FileContent("csv", 1, (raw,)), tables)
        return found.id if found else reason

    assert table_of() == "dfe_national_cla_started"
    assert table_of("region_code", "new_la_code").startswith("neither its name nor its columns")
