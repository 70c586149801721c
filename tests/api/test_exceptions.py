"""What stands out of an authority, asked of the API."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.contract import ExceptionRow
from tests.api import world
from tests.api.conftest import Ask

ORDER = {"certain": 0, "among_many": 1, "alone": 2}


def test_a_row_has_the_promised_columns_in_their_order(rows: Ask) -> None:
    found = rows("exceptions", area="authority", certainty="alone")
    assert found
    assert tuple(found[0]) == tuple(ExceptionRow.__annotations__)


def test_what_stands_out_is_what_comparisons_call_different(rows: Ask) -> None:
    asked = {"area": "authority", "with": "neighbours,own_past"}
    compared = rows("comparisons", **asked)
    alone = {
        (row["area_code"], row["indicator"], row["with"], row["outcome"])
        for row in compared
        if row["outcome"] not in {"similar", "cannot_compare"}
    }
    remaining = {
        (row["area_code"], row["indicator"], row["with"], row["outcome"])
        for row in compared
        if row["outcome_adjusted_for_many"] not in {"similar", "cannot_compare"}
    }
    assert told(rows("exceptions", **asked, certainty="alone")) == alone
    assert told(rows("exceptions", **asked)) == remaining
    assert remaining < alone


def told(found: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    return {(row["area_code"], row["indicator"], row["with"], row["outcome"]) for row in found}


def test_the_surest_come_first_and_among_them_the_largest(rows: Ask) -> None:
    found = rows("exceptions", area="authority", certainty="alone")
    lists: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in found:
        lists.setdefault((row["area_code"], row["with"]), []).append(row)
    assert max(map(len, lists.values())) > 1
    for held in lists.values():
        assert [row["rank"] for row in held] == list(range(1, len(held) + 1))
        keys = [(ORDER[row["certainty"]], -abs(row["size"] or -1)) for row in held]
        assert keys == sorted(keys)


def test_the_difference_of_neighbours_is_from_all_of_them_taken_together(rows: Ask) -> None:
    for row in rows("exceptions", area="authority", certainty="alone"):
        assert row["difference"] == pytest.approx(row["value"] - row["tested_against"])
        assert (row["period_before"] is None) == (row["with"] != "own_past")


def test_without_an_area_it_is_every_authority(rows: Ask) -> None:
    assert rows("exceptions") == rows("exceptions", area="authority")


def test_an_unknown_certainty_is_refused(problem: Ask) -> None:
    told = problem("exceptions", area=world.TOWN, certainty="certainly")
    assert (told["parameter"], told["suggestions"][0]) == ("certainty", "certain")


def test_of_no_authority_and_of_nothing_unusual_the_answer_says_why(client: TestClient) -> None:
    ended = client.get(f"/api/v1/exceptions?area={world.ENDED}").json()["meta"]["warnings"]
    assert "existed on" in ended[0]
    country = client.get("/api/v1/exceptions?area=england").json()["meta"]["warnings"]
    assert "none of these is an authority" in country[0]
    quiet = client.get(f"/api/v1/exceptions?area={world.TOWN}&indicator=a_score").json()
    assert quiet["data"] == []
    assert "nothing stands out" in quiet["meta"]["warnings"][0]
