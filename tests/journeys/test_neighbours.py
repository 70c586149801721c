"""Neighbours of real authorities are those that the page on method tells of."""

from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows

KENT, ESSEX, BEXLEY, CUMBERLAND, RUTLAND = (
    "E10000016", "E10000012", "E09000004", "E06000063", "E06000017",
)  # fmt: skip
CITY_OF_LONDON, SCILLY, CUMBRIA, LANCASHIRE = "E09000001", "E06000053", "E10000006", "E10000017"
OF_KENT = Paths.NEIGHBOURS.format(code=KENT)


def test_the_neighbours_of_the_page_on_method_are_those_of_the_service(
    shipped: TestClient,
) -> None:
    found = {row["code"]: row for row in rows(shipped, OF_KENT, model="2025")}
    assert len(found) == 10
    assert (found[ESSEX]["closeness"], found[ESSEX]["distance"]) == ("Very close", 0.233)
    assert (found[BEXLEY]["closeness"], found[BEXLEY]["distance"]) == ("Very close", 1.995)
    assert found[ESSEX]["distance_percentile"] == 0.9
    assert found[BEXLEY]["children_standardised"] == -2.97
    assert sum(bool(row["also_in"]) for row in found.values()) == 4
    assert sum(row["is_mutual"] for row in found.values()) == 8


def test_a_pair_that_no_model_names_is_explained_too(shipped: TestClient) -> None:
    path = Paths.LIKENESS.format(code=KENT, other=BEXLEY)
    shares = {row["variable"]: row["contribution"] for row in rows(shipped, path)}
    assert (shares["children"], shares["density"], shares["deprivation"]) == (74.0, 22.0, 4.0)
    meta = shipped.get(Paths.LIKENESS.format(code=RUTLAND, other=KENT)).json()["meta"]
    assert (meta["names"], meta["named_by"]) == ([], [])
    assert meta["distance"] > 2


def test_an_own_set_of_kent_is_by_size_deprivation_and_density(shipped: TestClient) -> None:
    query = {"by": "population:1,deprivation:2,density:1", "count": "30"}
    found = rows(shipped, OF_KENT, **query)
    assert [row["code"] for row in found[:2]] == [ESSEX, LANCASHIRE]
    assert not {row["code"] for row in found} & {CITY_OF_LONDON, SCILLY, KENT}
    for row in found:
        assert row["model"] == "own"
        assert row["closeness"] is None


def test_an_authority_that_began_since_has_neighbours_in_one_model_alone(
    shipped: TestClient,
) -> None:
    answer = shipped.get(Paths.NEIGHBOURS.format(code=CUMBERLAND), params={"model": "all"}).json()
    assert {row["model"] for row in answer["data"]} == {"2025"}
    assert any("no neighbours in model 2021" in told for told in answer["meta"]["warnings"])


def test_an_abolished_authority_has_old_neighbours_and_no_distance(shipped: TestClient) -> None:
    found = rows(shipped, Paths.NEIGHBOURS.format(code=CUMBRIA), model="2021")
    assert len(found) == 10
    assert {row["distance"] for row in found} == {None}
    assert all("Cumbria has no value of children" in row["reason"] for row in found)
    answer = shipped.get(Paths.NEIGHBOURS.format(code=CUMBRIA), params={"by": "deprivation"}).json()
    assert answer["data"] == []
    assert "Cumbria" in answer["meta"]["warnings"][0]


def test_the_smallest_authorities_have_a_distance_and_rank_for_nobody(
    shipped: TestClient,
) -> None:
    (row,) = [r for r in rows(shipped, OF_KENT, to=CITY_OF_LONDON) if r["model"] == "own"]
    assert row["rank"] is None
    assert row["distance"] > 3
    own = rows(shipped, Paths.NEIGHBOURS.format(code=CITY_OF_LONDON), by="density,deprivation")
    assert SCILLY not in {r["code"] for r in own}
