"""Which figures of an indicator there are: counted as /observations gives them."""

import csv
from collections import Counter
from io import StringIO

import pytest
from starlette.testclient import TestClient

from indicators.cells import BREAKDOWN_COLUMNS, STATUSES
from tests.api import world
from tests.api.conftest import Ask

ALL_PARTS = dict.fromkeys(BREAKDOWN_COLUMNS, "all")


@pytest.mark.parametrize("indicator", ["a_share_pct", "a_rate_10k", "a_score"])
@pytest.mark.parametrize("area", ["england,region,authority", f"{world.TOWN},{world.SUPPRESSED}"])
def test_the_counts_are_those_of_the_rows_of_observations(
    rows: Ask, indicator: str, area: str
) -> None:
    kinds = {one["code"]: one["kind"] for one in rows("areas")}
    told = rows(f"indicators/{indicator}/availability", area=area)
    found = rows(indicator=indicator, area=area, period="all", **ALL_PARTS)
    counted = Counter(
        (
            row["period"],
            *(row[name] for name in BREAKDOWN_COLUMNS),
            kinds[row["area_code"]],
            row["status"],
        )
        for row in found
    )
    for row in told:
        key = (row["period"], *(row[name] for name in BREAKDOWN_COLUMNS), row["level"])
        for status in STATUSES:
            assert row[f"cells_{status}"] == counted.pop((*key, status), 0)
        assert row["cells"] == row["with_value"] + row["without_value"]
        assert row["with_value"] == row["cells_ok"]
        assert row["cells"] == sum(row[f"cells_{status}"] for status in STATUSES)
    assert not counted


def test_rows_stand_by_period_breakdown_and_level(rows: Ask) -> None:
    told = rows("indicators/a_rate_10k/availability")
    places = [(row["period"], row["sex"], row["level"]) for row in told]
    of_2024 = [
        ("RY2024", "_T", "country"), ("RY2024", "_T", "region"), ("RY2024", "_T", "subregion"),
        ("RY2024", "_T", "authority"), ("RY2024", "F", "country"), ("RY2024", "F", "region"),
        ("RY2024", "M", "country"), ("RY2024", "M", "region"),
    ]  # fmt: skip
    assert places[:8] == of_2024
    assert {period for period, _, _ in places[8:]} == {"RY2025"}


def test_the_few_areas_without_a_value_are_named(rows: Ask) -> None:
    (row,) = rows("indicators/a_share_pct/availability", area="authority", period="RY2025")
    assert set(row["areas_without"]) == {world.MISSING, world.SUPPRESSED}
    assert (row["cells_suppressed"], row["cells_not_available"]) == (1, 1)


def test_periods_breakdowns_and_areas_narrow_what_is_counted(rows: Ask) -> None:
    told = rows("indicators/a_rate_10k/availability", period="latest", sex="F", area="england")
    assert [(row["period"], row["sex"], row["cells"]) for row in told] == [("RY2025", "F", 1)]
    narrowed = rows("indicators/a_share_pct/availability", region=world.REGION, period="latest")
    assert {row["level"] for row in narrowed} == {"authority"}


def test_an_indicator_without_figures_says_so(client: TestClient, problem: Ask) -> None:
    answer = client.get("/api/v1/indicators/a_quiet_pct/availability").json()
    assert answer["data"] == []
    assert "no figures" in answer["meta"]["warnings"][0]
    problem("indicators/a_quit_pct/availability", 404)
    assert problem("indicators/a_share_pct/availability", period="RY2026")["suggestions"]


def test_the_same_counts_stand_in_the_file_for_spreadsheets(client: TestClient, rows: Ask) -> None:
    text = client.get("/api/v1/indicators/a_share_pct/availability.csv").text
    read = list(csv.DictReader(StringIO(text)))
    told = rows("indicators/a_share_pct/availability")
    assert [int(row["cells"]) for row in read] == [row["cells"] for row in told]
