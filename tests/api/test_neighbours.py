"""Neighbours explained: how alike, in which models, and sets of one's own that say so."""

import csv
from dataclasses import replace
from io import StringIO
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from api.contract import NeighbourRow
from reference.places import PlaceSet
from tests.api import world
from tests.api.conftest import Ask, client_for

PATH = f"areas/{world.TOWN}/neighbours"
OTHER = world.SUPPRESSED
TINY = {"X06000053", "X09000001"}
VARIABLES = [
    "children", "population", "area_km2", "density", "deprivation", "income_deprivation",
    "child_income_deprivation", "rural_population",
]  # fmt: skip


def answer(client: TestClient, path: str = PATH, **query: str) -> Any:
    found = client.get(f"/api/v1/{path}", params=query)
    assert found.status_code == 200, found.text[:300]
    return found.json()


def by_hand(places: PlaceSet, one: str, other: str) -> float:
    """Return the default distance worked out step by step."""
    squares = []
    for name, is_log in (("children", True), ("density", True), ("deprivation", False)):
        held = {
            a.code: places.context_of(name, a.code)
            for a in places.authorities()
            if a.is_rankable and a.last_day is None
        }
        scaled = {code: log(value) if is_log else value for code, value in held.items() if value}
        width = float(np.std(list(scaled.values())))
        squares.append(((scaled[one] - scaled[other]) / width) ** 2)
    return sqrt(sum(squares) / 3)


def test_the_columns_of_before_come_first_and_three_of_each_variable_last(rows: Ask) -> None:
    columns = list(rows(PATH)[0])
    assert columns[:5] == ["model", "rank", "code", "name", "closeness"]
    fixed = len(NeighbourRow.__annotations__)
    assert columns[fixed:] == [
        f"{name}{ending}" for name in VARIABLES for ending in ("", "_difference", "_standardised")
    ]


def test_no_variable_has_the_name_of_another_column() -> None:
    assert not set(VARIABLES) & set(NeighbourRow.__annotations__)


def test_the_distance_is_the_one_worked_out_by_hand(rows: Ask) -> None:
    for row in rows(PATH):
        assert row["distance"] == pytest.approx(
            by_hand(world.places(), world.TOWN, row["code"]), abs=0.0006
        )
        assert 0 <= row["distance_percentile"] < 100
        assert row["reason"] is None


def test_a_difference_is_the_neighbours_value_above_that_of_the_area(client: TestClient) -> None:
    found = answer(client)
    own = {card["id"]: card["value"] for card in found["meta"]["variables"]}
    row = found["data"][0]
    assert own["children"] == answer(client, f"areas/{world.TOWN}")["data"]["context"][0]["value"]
    assert row["children_difference"] == row["children"] - own["children"]
    assert row["deprivation"] == pytest.approx(own["deprivation"] + row["deprivation_difference"])
    assert row["density_difference"] * row["density_standardised"] >= 0


def test_two_models_stand_one_after_the_other_in_the_order_asked_for(rows: Ask) -> None:
    found = rows(PATH, model="2020,2024")
    assert [row["model"] for row in found] == ["2020"] * 10 + ["2024"] * 10
    assert [row["model"] for row in rows(PATH, model="all")] == ["2024"] * 10 + ["2020"] * 10


def test_each_neighbour_says_in_which_other_models_it_is_and_whether_it_names_back(
    rows: Ask,
) -> None:
    found = rows(PATH, model="all")
    places = world.places()
    codes = {m: {row["code"] for row in found if row["model"] == m} for m in ("2024", "2020")}
    for row in found:
        other = "2020" if row["model"] == "2024" else "2024"
        assert row["also_in"] == ([other] if row["code"] in codes[other] else [])
        back = {n.neighbour for n in places.neighbours_of(row["code"], row["model"])}
        assert row["is_mutual"] == (world.TOWN in back)
    others = [row for code in codes["2024"] for row in rows(f"areas/{code}/neighbours")]
    assert {row["is_mutual"] for row in others} == {True, False}


def test_an_abolished_neighbour_has_no_distance_and_the_reason(rows: Ask) -> None:
    places = world.places()
    area = next(n.area for n in places.neighbours
                if n.model == "2020" and n.neighbour == world.ENDED)  # fmt: skip
    row = next(r for r in rows(f"areas/{area}/neighbours", model="2020")
               if r["code"] == world.ENDED)  # fmt: skip
    assert (row["distance"], row["distance_percentile"], row["children"]) == (None, None, None)
    assert row["reason"] == "Galdenshire has no value of children, density, deprivation"
    assert row["closeness"]


def test_an_own_set_is_the_nearest_by_the_chosen_weights_and_says_what_it_is(
    client: TestClient,
) -> None:
    found = answer(client, by="population:1,deprivation:2,density:1", count="5")
    assert [(row["model"], row["rank"]) for row in found["data"]] == [
        ("own", n + 1) for n in range(5)
    ]
    assert {row["closeness"] for row in found["data"]} == {None}
    distances = [row["distance"] for row in found["data"]]
    assert distances == sorted(distances)
    assert "not an official model" in " ".join(found["meta"]["warnings"])
    weights = {card["id"]: card["weight"] for card in found["meta"]["variables"]}
    assert {name: weight for name, weight in weights.items() if weight} == {
        "population": 1, "deprivation": 2, "density": 1,
    }  # fmt: skip
    codes = ",".join(row["code"] for row in found["data"])
    assert found["links"]["comparisons"].endswith(f"area={world.TOWN}&with=areas:{codes}")


def test_the_tiny_and_the_abolished_set_no_scale_and_are_nobodys_nearest(
    client: TestClient, rows: Ask
) -> None:
    for code in (world.TOWN, "X06000010", *TINY):
        found = answer(client, f"areas/{code}/neighbours", by="children", count="30")
        assert len(found["data"]) == 30
        assert not {row["code"] for row in found["data"]} & {*TINY, world.ENDED, code}
    said = found["meta"]["distances"]
    assert "standardised over 151 authorities" in said
    assert all(world.places().area(code).name in said for code in TINY)


def test_an_own_set_beside_a_model_has_the_rows_of_both(rows: Ask) -> None:
    found = rows(PATH, model="2024", by="deprivation")
    assert [row["model"] for row in found] == ["2024"] * 10 + ["own"] * 10
    official = {row["code"] for row in found[:10]}
    for row in found[10:]:
        assert row["also_in"] == [
            m for m in ("2024", "2020")
            if row["code"] in official or m == "2020"
            if any(n.neighbour == row["code"]
                   for n in world.places().neighbours_of(world.TOWN, m))
        ]  # fmt: skip


def test_mutual_in_an_own_set_means_among_as_many_nearest_of_the_other(rows: Ask) -> None:
    for row in rows(PATH, by="deprivation,children", count="7"):
        back = rows(f"areas/{row['code']}/neighbours", by="deprivation,children", count="7")
        assert row["is_mutual"] == (world.TOWN in {other["code"] for other in back})


def test_one_authority_is_answered_for_whether_it_is_a_neighbour_or_not(rows: Ask) -> None:
    named = rows(PATH)[0]["code"]
    found = rows(PATH, to=named)
    assert [row["code"] for row in found] == [named] * len(found)
    assert [row["model"] for row in found][:: len(found) - 1] == ["2024", "own"]
    every = {n.neighbour for m in ("2024", "2020")
             for n in world.places().neighbours_of(world.TOWN, m)}  # fmt: skip
    current = (a for a in world.places().authorities() if a.is_rankable and not a.last_day)
    far = next(a.code for a in current if a.code not in {*every, world.TOWN})
    (row,) = rows(PATH, to=far)
    assert (row["model"], row["also_in"]) == ("own", [])
    assert row["rank"] >= 1
    (tiny,) = [row for row in rows(PATH, to="X09000001") if row["model"] == "own"]
    assert tiny["rank"] is None
    assert tiny["distance"] > 0


def test_a_pair_has_one_row_for_each_variable_and_the_distance_in_meta(client: TestClient) -> None:
    found = answer(client, f"{PATH}/{OTHER}")
    assert [row["variable"] for row in found["data"]] == VARIABLES
    assert sum(row["contribution"] for row in found["data"]) == pytest.approx(100, abs=0.2)
    assert found["meta"]["distance"] == pytest.approx(
        by_hand(world.places(), world.TOWN, OTHER), abs=0.0006
    )
    back = answer(client, f"areas/{OTHER}/neighbours/{world.TOWN}")
    assert back["meta"]["distance"] == found["meta"]["distance"]
    assert back["meta"]["named_by"] == found["meta"]["names"]
    assert [row["difference"] for row in back["data"]] == [
        -row["difference"] for row in found["data"]
    ]
    assert [r["percentile"] for r in back["data"]] == [r["percentile"] for r in found["data"]]


def test_a_pair_with_a_missing_value_has_no_difference_there_and_a_distance_without_it(
    client: TestClient,
) -> None:
    found = answer(client, f"{PATH}/X09000001")
    row = found["data"][VARIABLES.index("child_income_deprivation")]
    assert (row["other_value"], row["difference"], row["standardised"]) == (None, None, None)
    assert row["percentile"] is None
    assert row["reason"] == f"No value is held of {row['other_name']}"
    assert found["meta"]["distance"] > 0
    found = answer(client, f"{PATH}/X09000001", by="child_income_deprivation")
    assert found["meta"]["distance"] is None
    assert "child_income_deprivation" in found["meta"]["warnings"][0]


@pytest.mark.parametrize(
    ("query", "parameter", "part"),
    [
        ({"by": "populaton:1"}, "by", "did you mean population"),
        ({"by": "population:0"}, "by", "above 0"),
        ({"by": "population:-1"}, "by", "above 0"),
        ({"by": "population:much"}, "by", "above 0"),
        ({"by": "population:nan"}, "by", "above 0"),
        ({"by": "population:inf"}, "by", "above 0"),
        ({"by": "population:1,population:2"}, "by", "twice"),
        ({"by": "population", "count": "0"}, "count", "1 to 30"),
        ({"by": "population", "count": "31"}, "count", "1 to 30"),
        ({"by": "population", "count": "ten"}, "count", "1 to 30"),
        ({"count": "5"}, "count", "goes with by="),
        ({"model": "2023"}, "model", "did you mean"),
        ({"to": world.REGION}, "to", "only authorities"),
        ({"to": "nowhere"}, "to", "nowhere"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(
    problem: Ask, query: dict[str, str], parameter: str, part: str
) -> None:
    found = problem(PATH, **query)
    assert found["parameter"] == parameter
    assert part in found["detail"]


def test_a_pair_is_of_two_different_authorities(problem: Ask) -> None:
    assert "once more" in problem(f"{PATH}/{world.TOWN}")["detail"]
    assert "only authorities" in problem(f"{PATH}/{world.REGION}")["detail"]
    assert problem(f"{PATH}/nowhere", 404)["status"] == 404


def test_a_region_has_no_neighbours_and_no_own_set_and_is_told_so(client: TestClient) -> None:
    found = answer(client, f"areas/{world.REGION}/neighbours", by="children", model="all")
    assert found["data"] == []
    assert [w for w in found["meta"]["warnings"] if "it is a region" in w]


def test_csv_has_the_same_flat_columns(client: TestClient, rows: Ask) -> None:
    text = client.get(f"/api/v1/{PATH}.csv?model=all").text
    lines = list(csv.DictReader(StringIO(text)))
    found = rows(PATH, model="all")
    assert list(lines[0]) == list(found[0])
    assert [line["children"] for line in lines] == [
        "" if row["children"] is None else str(row["children"]) for row in found
    ]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "arrow"])
def test_pairs_and_neighbours_come_in_every_format(client: TestClient, form: str) -> None:
    for path in (f"{PATH}?by=density&format={form}", f"{PATH}/{OTHER}?format={form}"):
        assert client.get(f"/api/v1/{path}").status_code == 200


def test_the_card_of_an_area_says_what_it_is_like_with_unit_date_and_source(rows: Ask) -> None:
    cards = rows(f"areas/{world.TOWN}")["context"]
    assert [card["id"] for card in cards] == VARIABLES
    assert all(card["unit"] and card["as_at"] and card["source"] for card in cards)
    assert all(card["value"] is not None for card in cards)
    assert {card["value"] for card in rows(f"areas/{world.ENDED}")["context"]} == {None}


def test_a_release_from_before_there_was_context_answers_without_distances(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = replace(world.places(), context=(), context_variables=())
    monkeypatch.setattr(world, "places", lambda: bare)
    digest = world.write_release(tmp_path, world.OLD, world.old_cells())
    world.list_releases(tmp_path, world.OLD, world.listed(world.OLD, digest))
    older = client_for(tmp_path)
    found = answer(older)
    assert len(found["data"]) == 10
    assert list(found["data"][0]) == list(NeighbourRow.__annotations__)
    assert {row["distance"] for row in found["data"]} == {None}
    assert {row["reason"] for row in found["data"]} == {
        "This release holds nothing to measure a distance by"
    }
    assert found["data"][0]["closeness"]
    assert answer(older, f"{PATH}/{OTHER}")["data"] == []
    refused = older.get(f"/api/v1/{PATH}?by=density:1").json()
    assert "this release holds none" in refused["detail"]
