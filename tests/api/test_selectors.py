"""Which areas and periods a query means, and what it may not say."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.area_choice import NARROWING
from api.area_names import with_commas
from indicators.export_rows import shown_type
from reference.areas import AreaKind
from reference.inspections import areas_by_grade
from reference.periods import parse_period
from tests.api import world
from tests.api.conftest import Ask


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {row["area_code"] for row in found}


def now() -> set[str]:
    return {area.code for area in world.places().authorities() if area.code != world.ENDED}


@pytest.mark.parametrize("text", ["X06000061", "X10000023", "161", "Ivenderby", "ivenderby ta"])
def test_an_area_is_named_by_any_code_number_or_spelling(rows: Ask, text: str) -> None:
    (row,) = rows(indicator="a_share_pct", area=text)
    assert row["area_code"] == world.RECODED


@pytest.mark.parametrize(
    "asked",
    ["Dunmar, Port of", "dunmar,port of", f"{world.TOWN},Dunmar, Port of,england",
     "neighbours:Dunmar, Port of"],
)  # fmt: skip
def test_a_name_with_a_comma_is_one_area(rows: Ask, asked: str) -> None:
    (code,) = (area.code for area in world.places().areas if area.name == "Dunmar, Port of")
    by_code = re.sub("dunmar, ?port of", code, asked, flags=re.IGNORECASE)
    found = rows(indicator="a_share_pct", area=asked)
    assert found
    assert found == rows(indicator="a_share_pct", area=by_code)


def test_a_comma_parts_areas_that_are_known_and_what_is_unknown_is_named(problem: Ask) -> None:
    assert "'Nowhere'" in problem(area=f"{world.TOWN},Nowhere")["detail"]
    assert "'Nowhere'" in problem(area="Dunmar, Port of,Nowhere")["detail"]
    known = {"a", "b", "a, b", "c, d", "e", "e, f"}
    assert with_commas(("a", "b", "c", "d", "e", "f", "g"), known.__contains__) == (
        "a", "b", "c, d", "e, f", "g"
    )  # fmt: skip


def test_a_region_keeps_its_authorities_and_its_subregions_as_its_text_says(rows: Ask) -> None:
    assert "authorities and subregions" in NARROWING["region"].text
    of_region = {a.code: a.region for a in world.places().areas if a.kind is AreaKind.SUBREGION}
    region = of_region[world.SUBREGION]
    found = rows("areas", area="subregion", region=region)
    assert {row["code"] for row in found} == {
        code for code, its in of_region.items() if its == region
    }


def test_the_country_has_a_word(rows: Ask) -> None:
    for word in ("england", "country", world.COUNTRY):
        assert codes(rows(indicator="a_share_pct", area=word)) == {world.COUNTRY}


def test_within_means_the_authorities_of_a_region_subregion_or_country(rows: Ask) -> None:
    places = world.places()
    for whole in (world.REGION, world.SUBREGION, world.COUNTRY):
        expected = {area.code for area in places.within(whole)} & now()
        assert codes(rows(indicator="a_share_pct", area=f"within:{whole}")) == expected


def test_neighbours_are_of_the_newest_model_unless_another_is_named(rows: Ask) -> None:
    places = world.places()
    for token, model in (("", "2024"), (":2024", "2024"), (":2020", "2020")):
        expected = {row.neighbour for row in places.neighbours_of(world.TOWN, model)} & now()
        found = rows(indicator="a_share_pct", area=f"neighbours:{world.TOWN}{token}")
        assert codes(found) == expected


def test_commas_and_repetition_both_mean_or(client: TestClient) -> None:
    path = "/api/v1/observations?indicator=a_share_pct&area="
    one = client.get(f"{path}{world.TOWN},england").json()["data"]
    other = client.get(f"{path}{world.TOWN}&area=england").json()["data"]
    assert one == other
    assert len(one) == 2


def test_different_parameters_mean_and(rows: Ask) -> None:
    found = rows(indicator="a_share_pct", area="authority", region=world.REGION, area_type="city")
    places = world.places()
    expected = {area.code for area in places.within(world.REGION) if area.type == "city"}
    assert codes(found) == expected


def test_narrowing_by_class_keeps_the_authorities_of_that_class(rows: Ask) -> None:
    places = world.places()
    for name, value in (("rural_urban", "urban"), ("deprivation", "1"), ("population_band", "5")):
        expected = {code for code in now() if places.class_of(name, code) == value}
        assert codes(rows(indicator="a_share_pct", **{name: value})) == expected


def test_the_type_that_a_row_shows_can_be_asked_for(rows: Ask) -> None:
    existing = [area for area in world.places().areas if area.code != world.ENDED]
    for kind in ("town", "vale", "region", "country"):
        found = rows(indicator="a_share_pct", area_type=kind)
        assert {row["area_type"] for row in found} == {kind}
        assert codes(found) == {area.code for area in existing if shown_type(area) == kind}


def test_a_grade_is_read_at_the_end_of_the_latest_period_and_the_day_is_said(
    client: TestClient,
) -> None:
    day = parse_period("RY2025").end
    expected = areas_by_grade(world.places(), "leadership", day)["good"]
    query = "indicator=a_share_pct&ofsted=leadership:good&period=RY2024,RY2025"
    answer = client.get(f"/api/v1/observations?{query}").json()
    assert codes(answer["data"]) == set(expected)
    assert answer["meta"]["judged_on"] == "2025-03-31"


def test_a_grade_alone_means_the_default_judgement(rows: Ask) -> None:
    assert rows(indicator="a_share_pct", ofsted="good") == rows(
        indicator="a_share_pct", ofsted="leadership:good"
    )


def test_judgements_read_by_machine_count_only_if_asked_for(rows: Ask) -> None:
    day = parse_period("SEP2025").end
    places = world.places()
    official = set(areas_by_grade(places, "leadership", day)["inadequate"])
    every = set(areas_by_grade(places, "leadership", day, True)["inadequate"])
    assert official < every
    query = {"indicator": "a_score", "ofsted": "leadership:inadequate"}
    assert codes(rows(**query)) == official
    assert codes(rows(**query, machine_read="include")) == every


@pytest.mark.parametrize(
    ("name", "value", "suggestion"),
    [
        ("indicator", "a_shar_pct", "a_share_pct"),
        ("area", "Alvarby", "Alverby (X06000001)"),
        ("area", "within:Alvarby", "Alverby (X06000001)"),
        ("area", "neighbours:X06000001:2021", "2020"),
        ("area_type", "twon", "town"),
        ("ofsted", "leadership:god", "good"),
        ("ofsted", "leadreship:good", "leadership"),
        ("rural_urban", "urbane", "urban"),
        ("region", "High Fell", "High Fells (X12000001)"),
        ("period", "latst", "latest"),
        ("period", "RY2026", "RY2025"),
        ("sex", "f", "F"),
        ("machine_read", "includ", "include"),
        ("format", "cvs", "csv"),
    ],
)
def test_an_unknown_value_is_refused_with_what_was_likely_meant(
    problem: Ask, name: str, value: str, suggestion: str
) -> None:
    told = problem(**{"indicator": "a_share_pct", name: value})
    assert told["parameter"] == name
    assert suggestion in told["suggestions"]
    assert told["detail"].startswith(f"{name}: ")


def test_an_unknown_parameter_is_refused_with_what_was_likely_meant(problem: Ask) -> None:
    told = problem(indicatr="a_share_pct")
    assert (told["parameter"], told["suggestions"]) == ("indicatr", ["indicator"])


@pytest.mark.parametrize(
    "query",
    ["area=", "period=RY2025..RY2020", "period=RY2020..SEP2025", "period=..", "limit=0",
     "limit=many", "release=latest&release=2025-12-01", "region=X06000001",
     "area=within:X06000001", "period=AY2024-26"],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/observations?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0]


def test_a_very_long_query_is_refused(client: TestClient) -> None:
    answer = client.get(f"/api/v1/observations?area={'X' * 20_000}")
    assert answer.status_code == 414


def test_a_problem_is_told_in_the_shape_of_rfc_9457(problem: Ask) -> None:
    told = problem(indicator="a_shar_pct")
    assert told["type"] == "/api/docs#unknown-value"
    assert told["status"] == 400
    assert told["title"]


def test_values_of_a_query_may_be_written_with_percent_signs(client: TestClient) -> None:
    found = client.get("/api/v1/observations?indicator=a%5Fshare_pct&area=St.%20Ivender").json()
    assert codes(found["data"]) == {"X06000018"}


@pytest.mark.parametrize("area", ["england", world.REGION])
def test_only_authorities_have_neighbours(problem: Ask, area: str) -> None:
    told = problem(indicator="a_share_pct", area=f"neighbours:{area}")
    assert told["parameter"] == "area"
    assert "only authorities" in told["detail"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"area=neighbours:{world.ENDED}", "names no statistical neighbours"),
        (f"area={world.REGION}&rural_urban=urban", "meets rural_urban="),
        (f"area=region&region={world.OTHER_REGION}", "no area of area=region meets region="),
        ("area=region&indicator=a_score", "holds no figures for these areas"),
        (f"area={world.ENDED}&indicator=a_share_pct", "did not exist"),
    ],
)
@pytest.mark.parametrize("path", ["observations", "comparisons"])
def test_an_empty_answer_says_why(client: TestClient, path: str, query: str, words: str) -> None:
    answer = client.get(f"/api/v1/{path}?{query}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.json()["data"] == []
    assert words in " ".join(answer.json()["meta"]["warnings"])


def test_a_grade_that_only_a_machine_read_names_the_way_to_count_it(client: TestClient) -> None:
    day = parse_period("SEP2025").end
    official = {
        code
        for codes in areas_by_grade(world.places(), "leadership", day).values()
        for code in codes
    }
    read = next(a.code for a in world.places().authorities(day) if a.code not in official)
    grades = "outstanding,good,requires_improvement,inadequate"
    answer = client.get(f"/api/v1/observations?indicator=a_score&area={read}&ofsted={grades}")
    assert answer.json()["data"] == []
    assert "machine_read=include would give 1" in answer.json()["meta"]["warnings"][-1]


def test_a_list_of_no_areas_says_why(client: TestClient) -> None:
    for query in ("q=nowhere+at+all", f"area=neighbours:{world.ENDED}"):
        answer = client.get(f"/api/v1/areas?{query}").json()
        assert answer["data"] == []
        assert len(answer["meta"]["warnings"]) == 1


def test_advice_names_each_word_once_and_ends_as_a_sentence(problem: Ask) -> None:
    told = problem(indicator="a_share_pct", ofsted="leadership:splendid")
    assert told["detail"].count("none") == 1
    told = problem(indicator="a_share_pct", period="RY2025?")
    assert "? Write latest" in told["detail"]
    assert "?." not in told["detail"]


def test_a_limit_is_written_in_plain_digits(problem: Ask) -> None:
    assert problem(indicator="a_share_pct", limit="\u0661")["parameter"] == "limit"


def test_a_period_to_come_suggests_the_nearest_one_held_of_its_kind(problem: Ask) -> None:
    assert problem(indicator="a_share_pct", period="RY2030")["suggestions"][0] == "RY2025"


def test_a_day_in_place_of_a_period_suggests_the_period_that_ends_on_it(problem: Ask) -> None:
    told = problem(indicator="a_share_pct", period="2025-03-31")
    assert told["suggestions"][0] == "RY2025"
    assert told["detail"].startswith("period: '2025-03-31' is a day; did you mean RY2025")
    within = problem(indicator="a_share_pct", period="2024-06-01")["suggestions"]
    assert within[0] == "RY2025"
    assert problem(indicator="a_share_pct", period="2099-03-31")["parameter"] == "period"


def test_an_area_that_ended_is_told_with_the_last_period_that_has_a_figure(
    client: TestClient,
) -> None:
    asked = f"/api/v1/observations?indicator=a_share_pct&area={world.ENDED}"
    (told,) = client.get(asked).json()["meta"]["warnings"]
    assert "did not exist in the latest period" in told
    last = told.rpartition("period=")[2]
    assert client.get(f"{asked}&period={last}").json()["data"][0]["value"] is not None
    (told,) = client.get(f"{asked}&period=RY2024").json()["meta"]["warnings"]
    assert "in any of the periods asked for" in told
