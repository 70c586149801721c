"""The codes of a row's columns, and the models of neighbours."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.code_texts import SYMBOL_TEXTS
from api.dimensions import DIMENSIONS
from api.routes import observations
from indicators.cells import BREAKDOWN_COLUMNS, SYMBOL_STATUS, Flag, Status
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.indicators.definitions import an_indicator

NOT_CODES = {
    "release", "definition_version", "area_code", "area_name", "period_start", "period_end",
    "value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level",
}  # fmt: skip


def cells_by(column: str) -> Counter[str]:
    columns = {"area": "area", "flags": "flags"}
    return Counter(str(cell[columns.get(column, column)]) for cell in world.new_cells())


def by_code(found: Collection[dict[str, Any]]) -> dict[str, int]:
    return {row["code"]: row["cells"] for row in found if row["cells"]}


def test_every_column_of_a_row_that_holds_codes_is_a_dimension(rows: Ask) -> None:
    told = {row["id"]: row for row in rows("dimensions")}
    (row,) = rows(indicator="a_share_pct", area="england")
    assert set(told) == set(row) - NOT_CODES | {"area"}
    assert set(BREAKDOWN_COLUMNS) <= set(told)
    for name, card in told.items():
        assert card["narrowed_by"] == (name if name in observations.KNOWN else "")
        assert card["codes_held"] == len(rows(f"dimensions/{name}"))


@pytest.mark.parametrize("name", ["indicator", "area", "period", "sex", "status", "source"])
def test_each_code_has_the_number_of_its_cells(rows: Ask, name: str) -> None:
    assert by_code(rows(f"dimensions/{name}")) == cells_by(name)


def test_flags_are_counted_one_by_one(rows: Ask) -> None:
    assert by_code(rows("dimensions/flags")) == {"joint_return": 8}


def test_codes_of_a_breakdown_stand_in_the_order_of_reading_the_total_first(rows: Ask) -> None:
    found = rows("dimensions/sex")
    assert [(row["code"], row["label"], row["is_total"]) for row in found] == [
        ("_T", "All", True), ("M", "Boys", False), ("F", "F", False),
    ]  # fmt: skip
    assert [row["order"] for row in found] == [1, 2, 3]
    assert [row["code"] for row in rows("dimensions/need")] == ["_T"]


def test_codes_that_are_spans_of_numbers_stand_by_number(tmp_path: Path) -> None:
    told = (
        {"_T": "All", "16": "16", "17": "17", "18_PLUS": "18 and over"},
        {"_T": "All", "UNDER_1": "Under 1", "1_4": "1 to 4", "16_17": "16 to 17"},
    )
    indicators = tuple(
        an_indicator(f"an_aged_{n}_pct", order=n, breakdown_titles={"age": titles})
        for n, titles in enumerate(told, 1)
    )
    cells = [
        world.cell(one, "RY2025", world.TOWN, 1, 10, age=code, updated_release=world.NEW)
        for one, titles in zip(indicators, told, strict=True)
        for code in titles
    ]
    digest = world.write_release(tmp_path, world.NEW, cells, indicators)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    found = client_for(tmp_path).get("/api/v1/dimensions/age").json()["data"]
    assert [row["code"] for row in found] == [
        "_T", "UNDER_1", "1_4", "16", "16_17", "17", "18_PLUS",
    ]  # fmt: skip


def test_an_authority_is_part_of_its_region_and_a_region_of_the_country(rows: Ask) -> None:
    parents = {row["code"]: row["parent"] for row in rows("dimensions/area")}
    assert parents[world.COUNTRY] is None
    assert parents[world.REGION] == world.COUNTRY
    assert parents[world.BEGUN[0]] in {world.REGION, world.OTHER_REGION}


def test_every_code_that_is_fixed_says_what_it_means(rows: Ask) -> None:
    for name in ("status", "flags"):
        assert all(
            row["about"].endswith(".") and row["label"] for row in rows(f"dimensions/{name}")
        )
    assert {row["code"] for row in rows("dimensions/status")} == set(Status)
    assert {row["code"] for row in rows("dimensions/flags")} == set(Flag)
    assert set(SYMBOL_TEXTS) == set(SYMBOL_STATUS)


def test_an_unknown_dimension_is_not_found_with_what_was_likely_meant(problem: Ask) -> None:
    assert problem("dimensions/statuss", 404)["suggestions"][0] == "status"
    assert len(DIMENSIONS) == 18


def test_a_model_of_neighbours_says_that_it_is_not_symmetric(rows: Ask) -> None:
    newest, older, own = rows("neighbour-models")
    assert (newest["model"], newest["is_default"], newest["is_official"]) == ("2024", True, True)
    assert (older["model"], older["is_default"]) == ("2020", False)
    assert (newest["is_symmetric"], newest["fewest"], newest["most"]) == (False, 10, 10)
    assert 0 < newest["mutual_pct"] < 100
    assert (own["model"], own["is_official"], own["mutual_pct"]) == ("own", False, None)


def test_a_model_leads_to_the_neighbours_of_an_authority(client: TestClient, rows: Ask) -> None:
    for row in rows("neighbour-models")[:2]:
        found = client.get(row["neighbours"].format(code=world.TOWN)).json()["data"]
        assert {one["model"] for one in found} == {row["model"]}
        mutual = [one["is_mutual"] for one in found]
        assert len(mutual) == row["most"]
