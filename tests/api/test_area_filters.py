"""Which areas a list means: as at a day, by words, level, children, and by any code."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from reference.inspections import judgement_in_force
from tests.api import world
from tests.api.conftest import Ask


def codes(found: list[dict[str, str]]) -> set[str]:
    return {row["code"] for row in found}


def test_as_at_a_day_the_list_has_the_areas_codes_and_grades_of_then(rows: Ask) -> None:
    then, now = (rows("areas", kind="authority", as_at=day) for day in ("2019-03-31", "2025-03-31"))
    assert codes(then) - codes(now) == {world.ENDED}
    in_force = {row["code"]: row["code_in_force"] for row in then}
    assert in_force[world.RECODED] == world.ITS_OLD_CODE
    assert {row["code"]: row["code_in_force"] for row in now}[world.RECODED] == world.RECODED
    assert codes(then) == codes(rows("areas", kind="authority", on="2019-03-31"))


@pytest.mark.parametrize("day", ["2017-06-30", "2020-01-01", "2025-03-31"])
def test_the_grades_of_a_day_are_those_of_the_inspections_in_force(rows: Ask, day: str) -> None:
    places = world.places()
    for row in rows("areas", kind="authority", as_at=day):
        held = {
            judgement: (found.grade, found.published_on.isoformat())
            for judgement in places.judgements
            if (
                found := judgement_in_force(places, row["code"], judgement, date.fromisoformat(day))
            )
            and found.basis == "official"
        }
        assert row["grades"] == {judgement: grade for judgement, (grade, _) in held.items()}
        assert row["grades_published_on"] == {
            judgement: day for judgement, (_, day) in held.items()
        }


def test_the_list_says_the_day_it_is_read_on(client: TestClient) -> None:
    assert client.get("/api/v1/areas").json()["meta"]["judged_on"] == "2025-09-30"
    asked = client.get("/api/v1/areas?as_at=2020-01-01").json()["meta"]
    assert asked["judged_on"] == "2020-01-01"
    card = client.get(f"/api/v1/areas/{world.ENDED}?as_at=2025-01-01").json()["data"]
    assert (card["code_in_force"], card["grades"]) == (None, {})


def test_authorities_are_found_by_region_country_and_subregion(rows: Ask) -> None:
    assert codes(rows("areas", within=world.REGION)) == codes(rows("areas", region=world.REGION))
    assert codes(rows("areas", within="england")) == codes(rows("areas", kind="authority"))
    inside = rows("areas", within=world.SUBREGION)
    assert inside
    assert {row["subregion"] for row in inside} == {world.SUBREGION}


def test_authorities_are_found_by_the_number_of_their_children(rows: Ask) -> None:
    every = rows("areas", kind="authority")
    counts = sorted(row["children_0_17"] for row in every if row["children_0_17"] is not None)
    least, most = counts[len(counts) // 3], counts[2 * len(counts) // 3]
    found = rows("areas", population_min=str(least), population_max=str(most))
    expected = {
        r["code"] for r in every if r["children_0_17"] and least <= r["children_0_17"] <= most
    }
    assert codes(found) == expected
    assert 1 < len(expected) < len(every)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"population_min": "many"}, "population_min"),
        ({"population_max": "-1"}, "population_max"),
        ({"population_min": "5", "population_max": "4"}, "population_min"),
        ({"within": world.TOWN}, "within"),
        ({"within": "Nowhere"}, "within"),
        ({"as_at": "then"}, "as_at"),
        ({"as_at": "2025-01-01", "on": "2025-01-01"}, "on"),
        ({"kind": "regoin"}, "kind"),
    ],
)
def test_what_cannot_be_read_is_refused(
    problem: Ask, query: dict[str, str], parameter: str
) -> None:
    assert problem("areas", **query)["parameter"] == parameter


def test_every_spelling_of_a_code_leads_to_the_same_area(rows: Ask, client: TestClient) -> None:
    (card,) = (row for row in rows("areas") if row["code"] == world.RECODED)
    number, name = card["number"], card["name"]
    spellings = (card["code"], world.ITS_OLD_CODE, number, f"la:{number}", f"LA:{number}", name)
    for text in spellings:
        assert client.get(f"/api/v1/areas/{text}").json()["data"]["code"] == world.RECODED
        (row,) = rows(indicator="a_rate_10k", area=text)
        assert row["area_code"] == world.RECODED
        assert codes(rows(f"areas/{text}/neighbours"))
        assert rows(indicator="a_rate_10k", area=f"neighbours:{text}:2024")
    assert client.get("/api/v1/areas/la:nothing").status_code == 404


def test_the_nearest_few_of_each_model_are_given(rows: Ask, problem: Ask) -> None:
    path = f"areas/{world.TOWN}/neighbours"
    found = rows(path, model="all", n="3")
    assert [(row["model"], row["rank"]) for row in found] == [
        (model, rank) for model in ("2024", "2020") for rank in (1, 2, 3)
    ]
    assert len(rows(path, by="density:1", count="5", n="2")) == 2
    assert problem(path, n="0")["parameter"] == "n"
    assert "n= takes" in problem(path, count="3")["detail"]


def test_the_description_types_the_columns_whose_names_the_release_decides(
    client: TestClient,
) -> None:
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    more = schemas["NeighbourRow"]["additionalProperties"]
    assert {"type": "number"} in more["anyOf"]
    (row, *_) = client.get(f"/api/v1/areas/{world.TOWN}/neighbours").json()["data"]
    further = set(row) - set(schemas["NeighbourRow"]["properties"])
    assert further
    assert {type(row[name]) for name in further} <= {int, float, type(None)}
