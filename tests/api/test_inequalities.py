"""Inequalities: parts of a figure against their own total, and nothing of what is withheld."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.indicators.definitions import an_indicator

TITLES = {
    "sex": {"_T": "All", "F": "Female", "M": "Male"},
    "ethnicity": {"_T": "All ethnic groups", "WHITE": "White", "ASIAN": "Asian", "NK": "Not known"},
}
DIVIDED = an_indicator(
    "divided_pct", order=1, family="kin", short_title="Kin: one", breakdown_titles=TITLES,
    sources=[{"table": "a_table", "levels": ["country", "region", "authority"]}],
)  # fmt: skip
SIBLING = an_indicator("sibling_pct", order=2, family="kin", short_title="Kin: two")
SCORED = an_indicator(
    "scored_pct", order=3, breakdown_titles=TITLES,
    interval={"method": "none", "reason": "The spread is not published"},
)  # fmt: skip
ALONE = an_indicator("alone_pct", order=4)
ID = DIVIDED.id


def divided_cells() -> Iterator[world.Cell]:
    """England, a town with a withheld sex and two ethnic groups, and one with one group alone."""
    yield world.cell(DIVIDED, "RY2025", world.COUNTRY, 400, 1600)
    yield world.cell(DIVIDED, "RY2025", world.TOWN, 100, 400)
    yield world.cell(DIVIDED, "RY2024", world.TOWN, 90, 400)
    for sex, top, bottom in (("F", 120, 700), ("M", 280, 900)):
        yield world.cell(DIVIDED, "RY2025", world.COUNTRY, top, bottom, sex=sex)
    yield world.cell(DIVIDED, "RY2025", world.TOWN, 60, 210, sex="M")
    yield withheld("RY2025", world.TOWN, sex="F")
    for code, top, bottom in (("WHITE", 60, 250), ("ASIAN", 31, 104), ("NK", 9, 46)):
        yield world.cell(DIVIDED, "RY2024", world.COUNTRY, top * 4, bottom * 4, ethnicity=code)
    yield world.cell(DIVIDED, "RY2024", world.COUNTRY, 400, 1600)


def withheld(period: str, area: str, **part: str) -> world.Cell:
    return world.without_value(DIVIDED, period, area, "suppressed", "c") | part


def other_cells() -> Iterator[world.Cell]:
    for indicator in (SCORED, SIBLING):
        yield world.cell(indicator, "RY2025", world.COUNTRY, 300, 1600)
        yield world.cell(indicator, "RY2025", world.TOWN, 70, 400)
    for sex, top in (("F", 100), ("M", 200)):
        yield world.cell(SCORED, "RY2025", world.COUNTRY, top, 800, sex=sex)
    yield world.cell(ALONE, "RY2025", world.COUNTRY, 300, 1600)


def made(cells: list[world.Cell], home: Path, **more: Any) -> TestClient:
    indicators = (DIVIDED, SIBLING, SCORED, ALONE)
    released = [{"updated_release": world.NEW, **cell} for cell in cells]
    digest = world.write_release(home, world.NEW, released, indicators, **more)
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return made([*divided_cells(), *other_cells()], tmp_path_factory.mktemp("parts"))


def answer(client: TestClient, **query: str) -> dict[str, Any]:
    got = client.get("/api/v1/inequalities", params=query)
    assert got.status_code == 200, got.text[:300]
    body: dict[str, Any] = got.json()
    return body


def found(client: TestClient, **query: str) -> dict[tuple[str, str | None], dict[str, Any]]:
    """Return the rows against the total by breakdown and part."""
    rows = answer(client, indicator=ID, **query)["data"]
    return {(row["by"], row["part"]): row for row in rows if row["against"] == "_T"}


def test_the_default_is_the_whole_country_by_every_breakdown_in_the_order_of_reading(
    divided: TestClient,
) -> None:
    rows = answer(divided, indicator=ID)["data"]
    assert {row["area_code"] for row in rows} == {world.COUNTRY}
    assert [(row["by"], row["part"], row["against"]) for row in rows] == [
        ("ethnicity", "_T", None),
        ("ethnicity", "WHITE", "_T"),
        ("ethnicity", "ASIAN", "_T"),
        ("ethnicity", "NK", "_T"),
        ("ethnicity", "ASIAN", "WHITE"),
        ("sex", "_T", None),
        ("sex", "F", "_T"),
        ("sex", "M", "_T"),
        ("sex", "M", "F"),
    ]  # by period, and ethnicity is held of an earlier one


def test_a_part_has_its_gap_with_an_interval_a_ratio_and_a_word(divided: TestClient) -> None:
    row = found(divided)["sex", "M"]
    assert (row["value"], row["total_value"]) == (31.1, 25.0)
    assert row["difference"] == pytest.approx(6.11)
    assert 0 < row["difference_lower"] < row["difference"] < row["difference_upper"]
    assert row["ratio"] == pytest.approx(1.24)
    assert (row["outcome"], row["outcome_adjusted_for_many"]) == ("worse", "worse")
    assert (row["method"], row["reason_code"]) == ("newcombe_difference", None)
    assert found(divided)["sex", "F"]["outcome"] == "better"


def test_latest_is_the_last_period_with_parts_and_a_period_named_is_that_one(
    divided: TestClient,
) -> None:
    rows = answer(divided, indicator=ID, by="ethnicity")["data"]
    assert {row["period"] for row in rows} == {"RY2024"}
    named = answer(divided, indicator=ID, by="ethnicity", period="RY2025")
    assert named["data"] == []
    assert named["meta"]["warnings"] == [f"{ID} has no parts by ethnicity for RY2025"]


def test_a_withheld_part_has_its_status_and_no_number_and_nothing_is_said_of_the_rest(
    divided: TestClient,
) -> None:
    rows = found(divided, area=world.TOWN, by="sex")
    withheld_row, shown = rows["sex", "F"], rows["sex", "M"]
    numbers = ("value", "numerator", "ci_lower", "ci_upper", "difference", "ratio")
    assert withheld_row["status"] == "suppressed"
    assert {withheld_row[name] for name in (*numbers, "denominator")} <= {None, 1000}
    assert withheld_row["reason_code"] == "part_missing"
    assert (shown["value"], shown["reason_code"]) == (28.6, "rest_withheld")
    assert {shown[name] for name in ("difference", "difference_lower", "ratio")} == {None}
    assert shown["outcome"] == "cannot_compare"


@pytest.mark.parametrize("by", ["sex", "ethnicity", "family", "sex,ethnicity,family"])
def test_the_estimate_of_the_work_is_never_lower_than_the_rows_there_are(
    divided: TestClient, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    query = {"by": by, "area": "england,authority", "period": "all"}
    count = answer(divided, **query)["meta"]["count"]
    assert count
    monkeypatch.setattr("api.cost.MOST_COMPUTED_ROWS", count - 1)
    refused = divided.get("/api/v1/inequalities", params={**query, "release": "latest"})
    assert (refused.status_code, refused.json()["most_rows"]) == (400, count - 1)


def test_another_hidden_number_changes_nothing_in_the_answer(tmp_path: Path) -> None:
    bodies = []
    for name, count in (("one", 3.0), ("other", 41.0)):
        cells = [
            cell | {"numerator": count} if cell["status"] == "suppressed" else cell
            for cell in divided_cells()
        ]
        bodies.append(answer(made(cells, tmp_path / name), area="england,authority")["data"])
    assert bodies[0] == bodies[1]


def test_the_largest_gap_names_highest_and_lowest_and_no_one_not_recorded(
    divided: TestClient,
) -> None:
    rows = answer(divided, indicator=ID, by="ethnicity")["data"]
    last = rows[-1]
    assert (last["part"], last["against"], last["part_title"]) == ("ASIAN", "WHITE", "Asian")
    assert last["difference"] == pytest.approx(29.81 - 24.0, abs=0.01)
    town = answer(divided, indicator=ID, by="sex", area=world.TOWN)["data"][-1]
    assert (town["part"], town["against"], town["value"]) == (None, None, None)
    assert town["reason_code"] == "too_few_parts"


def test_without_a_valid_interval_values_stand_side_by_side_without_a_word(
    divided: TestClient,
) -> None:
    rows = answer(divided, indicator=SCORED.id, by="sex")["data"]
    assert [row["value"] for row in rows[:3]] == [18.8, 12.5, 25.0]
    assert {row["outcome"] for row in rows} == {"cannot_compare"}
    assert rows[1]["reason"] == "No valid interval: The spread is not published"


def test_parts_over_the_denominator_of_the_total_are_told_as_such(rows: Ask) -> None:
    found_rows = rows("inequalities", indicator=world.RATE.id, area="england,region")
    parts = [row for row in found_rows if row["against"] == "_T"]
    assert {row["reason_code"] for row in parts} == {"shares_denominator"}
    assert {row["difference"] for row in parts} == {None}


def test_siblings_stand_side_by_side_when_asked_for(divided: TestClient) -> None:
    rows = answer(divided, indicator=ID, by="family", area=world.TOWN)["data"]
    assert [(row["part"], row["part_title"], row["value"]) for row in rows] == [
        (ID, "Kin: one", 25.0),
        (SIBLING.id, "Kin: two", 17.5),
    ]
    assert {row["reason_code"] for row in rows} == {"siblings"}


def test_parts_of_an_earlier_edition_are_compared_among_themselves(tmp_path: Path) -> None:
    """The total was revised; what it has gained is not the difference between its parts."""
    cells = [
        cell | ({"source": "a_table_2024"} if cell["sex"] != "_T" else {})
        for cell in divided_cells()
    ]
    plain = found(made(list(divided_cells()), tmp_path / "plain"), by="sex")["sex", "M"]
    moved = [
        cell | {"numerator": 403.0, "denominator": 1612.0}
        if cell["area"] == world.COUNTRY and cell["denominator"] == 1600
        else cell
        for cell in cells
    ]
    later = found(made(moved, tmp_path / "later"), by="sex")["sex", "M"]
    assert later["difference"] == plain["difference"]
    far = [
        cell | {"value": 26.0, "numerator": 416.0, "ci_lower": 24.0, "ci_upper": 28.0}
        if cell["area"] == world.COUNTRY and cell["denominator"] == 1600
        else cell
        for cell in cells
    ]
    refused = found(made(far, tmp_path / "far"), by="sex")["sex", "M"]
    assert (refused["reason_code"], refused["difference"]) == ("other_edition", None)


def test_parts_held_only_together_are_named_and_not_given(tmp_path: Path) -> None:
    crossed = world.cell(DIVIDED, "RY2025", world.COUNTRY, 9, 90, sex="F", ethnicity="NK")
    client = made([*divided_cells(), crossed], tmp_path)
    got = answer(client, indicator=ID)
    assert got["meta"]["crossed"] == ["sex,ethnicity"]
    assert all(row["denominator"] != 90 for row in got["data"])


def test_an_area_without_parts_says_why_when_it_was_named(divided: TestClient) -> None:
    named = found(divided, by="ethnicity", area=world.TOWN)
    assert {row["status"] for row in named.values()} == {"not_collected"}
    assert {row["reason_code"] for row in named.values()} == {"part_missing"}
    every = answer(divided, indicator=ID, by="ethnicity", area="authority")
    assert every["data"] == []
    assert every["meta"]["warnings"]


@pytest.mark.parametrize(
    ("query", "parameter", "suggestion"),
    [
        ({"by": "etnicity"}, "by", "ethnicity"),
        ({"indicator": "divided"}, "indicator", ID),
        ({"period": "RY2052"}, "period", "RY2025"),
        ({"area": "nowhere"}, "area", None),
    ],
)
def test_what_is_unknown_is_refused_with_what_was_likely_meant(
    divided: TestClient, query: dict[str, str], parameter: str, suggestion: str | None
) -> None:
    got = divided.get("/api/v1/inequalities", params=query)
    assert got.status_code == 400
    assert got.json()["parameter"] == parameter
    assert suggestion is None or suggestion in got.json()["suggestions"]


def test_an_indicator_that_is_not_broken_down_so_says_so(divided: TestClient) -> None:
    got = answer(divided, indicator=ALONE.id, by="sex")
    assert got["data"] == []
    assert got["meta"]["warnings"] == [f"{ALONE.id} is not broken down by sex"]


def test_every_format_has_the_same_rows(divided: TestClient) -> None:
    query = {"indicator": ID, "area": f"england,{world.TOWN}"}
    rows = answer(divided, **query)["data"]
    lines = divided.get("/api/v1/inequalities.csv", params=query).text.splitlines()
    assert lines[0].split(",") == list(rows[0])
    assert len(lines) == 1 + len(rows)
    table = pq.read_table(
        BytesIO(divided.get("/api/v1/inequalities.parquet", params=query).content)
    )
    assert table.column("difference").to_pylist() == [row["difference"] for row in rows]


def test_two_authorities_that_return_jointly_each_have_their_flag(tmp_path: Path) -> None:
    cells = list(divided_cells())
    for code in world.JOINT:
        joint = {"flags": "joint_return"}
        cells.append(world.cell(DIVIDED, "RY2025", code, 100, 400, **joint))
        for sex, top, bottom in (("F", 20, 200), ("M", 80, 200)):
            cells.append(world.cell(DIVIDED, "RY2025", code, top, bottom, sex=sex, **joint))
    rows = answer(made(cells, tmp_path), area=",".join(world.JOINT), by="sex")["data"]
    assert {row["area_code"] for row in rows} == set(world.JOINT)
    assert {tuple(row["flags"]) for row in rows} == {("joint_return",)}
    assert {row["difference"] for row in rows if row["part"] == "M"} == {15.0, 30.0}
