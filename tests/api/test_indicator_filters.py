"""Which indicators are found by words, places, kinds, sources and news, and what a card tells."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from indicators.catalogue import load_catalogue
from tests.api import said, world
from tests.api.conftest import Ask, client_for
from tests.indicators.definitions import an_indicator

ALL = ["a_share_pct", "a_rate_10k", "a_score", "a_quiet_pct"]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in found]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("framework", "beside", ["a_rate_10k", "a_score", "a_quiet_pct"]),
        ("framework", "outcome_1_1,beside", ALL),
        ("outcome", "4", []),
        ("outcome", "outcome_4", []),
        ("enabler", "1", []),
        ("status", "without_figures", ["a_quiet_pct"]),
        ("status", "active", ALL[:3]),
        ("source", "another_table", ["a_score"]),
        ("source", "a_table_2025", ALL[:3]),
        ("period_kind", "SEP", ["a_score"]),
        ("updated_since", world.OLD, ALL[:3]),
        ("updated_since", world.NEW, []),
        ("updated_since", "2025-11-30", ALL[:3]),
        ("updated_since", "2025-12-02", []),
        ("q", "SHARE hand", ["a_share_pct"]),
    ],
)
def test_a_filter_keeps_the_indicators_that_meet_it(
    rows: Ask, name: str, value: str, found: list[str]
) -> None:
    assert ids(rows("indicators", **{name: value})) == found


def test_filters_hold_together(rows: Ask) -> None:
    assert ids(rows("indicators", framework="beside", kind="outcome")) == ["a_score"]


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("framework", "besides", "beside"),
        ("outcome", "outcom_1", "outcome_1"),
        ("kind", "context_", "context"),
        ("source", "a_tabel", "a_table"),
        ("period_kind", "ry", "RY"),
        ("updated_since", "2025-12-0", world.NEW),
    ],
)
def test_an_unknown_value_is_refused_with_what_was_likely_meant(
    problem: Ask, name: str, value: str, meant: str
) -> None:
    told = problem("indicators", **{name: value})
    assert told["parameter"] == name
    assert meant in told["suggestions"]


def test_an_unknown_status_is_refused(client: TestClient) -> None:
    assert client.get("/api/v1/indicators?status=activ").json()["suggestions"] == ["active"]


def test_a_search_that_finds_nothing_says_which_words_are_close(client: TestClient) -> None:
    answer = client.get("/api/v1/indicators?q=chidlren").json()
    assert answer["data"] == []
    assert answer["meta"]["suggestions"] == ["children"]
    assert "did you mean children?" in answer["meta"]["warnings"][0]
    nothing = client.get("/api/v1/indicators?q=zzzzzz").json()["meta"]
    assert "suggestions" not in nothing
    assert len(nothing["warnings"]) == 1


def test_the_full_card_says_how_the_value_is_made_and_where_all_else_is(
    client: TestClient,
) -> None:
    answer = client.get("/api/v1/indicators/a_rate_10k").json()
    card = answer["data"]
    assert card["unit_card"] == {
        "code": "per_10000", "label": "per 10,000", "decimals": 0, "multiplier": 10000.0,
    }  # fmt: skip
    assert card["formula"] == "numerator / denominator * 10000"
    assert (card["interval"], card["interval_level"]) == ("poisson", 95)
    assert (card["first_period"], card["latest"]) == ("RY2024", "RY2025")
    assert card["levels"] == ["country", "region", "subregion", "authority"]
    assert card["last_updated"] == world.NEW
    assert card["licence"] == "A licence v1.0"
    assert card["suppression"]["policy"] == ""
    assert (card["indicator_status"], card["superseded_by"]) == ("active", "")
    assert answer["links"]["csv"].startswith("/api/v1/observations.csv?indicator=a_rate_10k")
    for name, address in answer["links"].items():
        assert client.get(address).status_code == 200, name
    quiet = client.get("/api/v1/indicators/a_quiet_pct").json()["data"]
    assert (quiet["first_period"], quiet["last_updated"], quiet["levels"]) == (None, None, [])
    score = client.get("/api/v1/indicators/a_score").json()["data"]
    assert (score["interval_level"], score["unit_card"]["multiplier"]) == (None, None)


def test_a_card_of_a_release_with_returns_names_the_policy_that_hides_counts(
    tmp_path: Path,
) -> None:

    fed = an_indicator(
        "a_fed_pct",
        order=9,
        submission={
            "collection": "CLA",
            "numerator": {"measure": "A"},
            "denominator": {"measure": "B"},
        },
    )
    digest = world.write_release(
        tmp_path, world.NEW, world.new_cells(), (*world.INDICATORS, fed), disclosure=said.DISCLOSURE
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    card = client.get("/api/v1/indicators/a_fed_pct").json()["data"]
    assert card["suppression"]["policy"] == "strict"
    assert "rounded to 5" in card["suppression"]["says"]
    other = client.get("/api/v1/indicators/a_share_pct").json()["data"]
    assert other["suppression"]["policy"] == ""


def test_one_place_of_the_framework_is_found_by_its_id(client: TestClient, problem: Ask) -> None:
    listed = client.get("/api/v1/framework").json()["data"]
    assert len({place["id"] for place in listed}) == len(listed)
    for place in listed:
        answer = client.get(f"/api/v1/framework/{place['id']}").json()
        assert answer["data"] == place
        held = [id for domain in place["domains"] for id in domain["indicators"]]
        assert ids(client.get(answer["links"]["indicators"]).json()["data"]) == held
    assert problem("framework/outcome_9", 404)["suggestions"][0].startswith("outcome_")


SEARCHED = (
    an_indicator("a_first_pct", order=11, definition="Of children in care homes", title="Any"),
    an_indicator("a_second_pct", order=12, title="Homes with care", synonyms=["CH", "SSDA903"]),
    an_indicator("a_third_pct", order=13, title="Children of care homes"),
    an_indicator("ch_pct", order=14, title="Care homes that closed"),
    an_indicator("a_fifth_pct", order=15, title="Blanche", short_title="Care: homes"),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("care homes", ["ch_pct", "a_third_pct", "a_second_pct", "a_fifth_pct", "a_first_pct"]),
        ("Care-home", ["ch_pct", "a_third_pct", "a_second_pct", "a_fifth_pct", "a_first_pct"]),
        ("ch", ["ch_pct", "a_second_pct", "a_third_pct", "a_first_pct", "a_fifth_pct"]),
        ("ssda903", ["a_second_pct"]),
        ("lanche", []),
    ],
)
def test_a_search_gives_the_closest_first(tmp_path: Path, words: str, found: list[str]) -> None:
    digest = world.write_release(
        tmp_path, world.NEW, world.new_cells(), (*world.INDICATORS, *SEARCHED)
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    answer = client_for(tmp_path).get("/api/v1/indicators", params={"q": words})
    mine = {one.id for one in SEARCHED}
    assert [id for id in ids(answer.json()["data"]) if id in mine] == found


@pytest.mark.parametrize(
    ("word", "start"),
    [("SSDA903", "cla_"), ("LAC", "cla_"), ("CIN", "cin_"), ("CPP", "cpp_"), ("NEET", "care_")],
)
def test_words_that_users_know_are_in_the_catalogue(word: str, start: str) -> None:
    held = [one for one in load_catalogue() if one.id.startswith(start)]
    assert any(word in one.synonyms for one in held)
