"""Comparisons: who is compared with whom, what is shown, and when nothing can be said."""

import statistics
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.contract import COMPARISON_COLUMNS
from indicators.comparison import outcome_word
from reference.inspections import areas_by_grade
from reference.periods import parse_period
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.indicators.singly import against_group, rate_ratio

END = parse_period("RY2025").end


def values_of(rows: Ask, areas: list[str], indicator: str = "a_share_pct") -> list[float]:
    found = rows(indicator=indicator, area=",".join(areas))
    return [row["value"] for row in found if row["status"] == "ok"]


def compare(rows: Ask, area: str, token: str, indicator: str = "a_share_pct") -> dict[str, Any]:
    (row,) = rows("comparisons", indicator=indicator, area=area, **{"with": token})
    found: dict[str, Any] = row
    return found


def test_a_row_has_the_promised_columns_in_their_order(rows: Ask) -> None:
    assert tuple(compare(rows, world.TOWN, "england")) == COMPARISON_COLUMNS


def test_comparators_stand_in_the_order_in_which_they_were_asked_for(rows: Ask) -> None:
    tokens = ["neighbours:2020", "england", "deprivation", "region", "ofsted:in_care", "type"]
    found = rows("comparisons", indicator="a_share_pct", area=world.TOWN, **{"with": ",".join(tokens)})  # fmt: skip  # noqa: E501
    assert [row["with"] for row in found] == tokens


def test_without_a_word_it_is_the_country_the_region_and_the_neighbours(rows: Ask) -> None:
    found = rows("comparisons", indicator="a_share_pct", area=world.TOWN)
    assert [row["with"] for row in found] == ["england", "region", "neighbours"]


def test_the_country_is_compared_by_its_published_figure(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "england")
    (country,) = rows(indicator="a_share_pct", area="england")
    assert row["statistic_shown"] == "value"
    assert row["comparator_value"] == row["pooled"] == country["value"]
    assert row["difference"] == round(row["value"] - country["value"], 1)
    assert row["group"] == "Made-up country"
    assert row["method"] == "standardised_difference_overdispersed"
    assert row["phi"] >= 1


def test_the_region_is_that_of_the_authority(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "region")
    (region,) = rows(indicator="a_share_pct", area=world.REGION)
    assert (row["comparator_value"], row["group"]) == (region["value"], "High Fells")
    assert row["members"] == len(world.places().within(world.REGION, END))


def test_both_country_and_region_are_judged_by_the_same_spread_of_authorities(rows: Ask) -> None:
    england, region = rows(
        "comparisons", indicator="a_share_pct", area=world.TOWN, **{"with": "england,region"}
    )
    assert england["phi"] == region["phi"]


def test_neighbours_are_shown_by_their_median_and_judged_by_their_pooled_value(rows: Ask) -> None:
    places = world.places()
    for model in ("2024", "2020"):
        row = compare(rows, world.TOWN, f"neighbours:{model}")
        values = values_of(rows, [n.neighbour for n in places.neighbours_of(world.TOWN, model)])
        assert row["model"] == model
        assert row["statistic_shown"] == "median"
        assert row["median"] == pytest.approx(statistics.median(values), abs=0.0501)
        assert row["mean"] == pytest.approx(statistics.mean(values), abs=0.0501)
        assert row["members"] == 10
        assert row["method"] == "newcombe_difference"


def test_the_newest_model_of_neighbours_is_the_default(rows: Ask) -> None:
    default, named = (compare(rows, world.TOWN, t) for t in ("neighbours", "neighbours:2024"))
    assert {**default, "with": ""} == {**named, "with": ""}


@pytest.mark.parametrize("name", ["rural_urban", "deprivation", "population_band"])
def test_a_class_means_the_authorities_of_the_same_class(rows: Ask, name: str) -> None:
    places = world.places()
    own = places.class_of(name, world.TOWN)
    alike = [a.code for a in places.authorities(END) if places.class_of(name, a.code) == own]
    row = compare(rows, world.TOWN, name)
    assert (row["group"], row["members"]) == (own, len(alike))
    assert row["median"] == pytest.approx(statistics.median(values_of(rows, alike)), abs=0.3)


def test_a_type_means_the_authorities_of_the_same_type(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "type")
    alike = [area for area in world.places().authorities(END) if area.type == "town"]
    assert (row["group"], row["members"]) == ("town", len(alike))


def test_a_grade_means_those_who_held_it_at_the_end_of_the_latest_period(
    client: TestClient,
) -> None:
    query = f"indicator=a_share_pct&period=RY2024,RY2025&area={world.TOWN}&with=ofsted:leadership"
    answer = client.get(f"/api/v1/comparisons?{query}").json()
    grades = areas_by_grade(world.places(), "leadership", END)
    own = next(grade for grade, codes in grades.items() if world.TOWN in codes)
    assert answer["meta"]["judged_on"] == END.isoformat()
    for row in answer["data"]:
        assert (row["group"], row["members"]) == (own, len(grades[own]))


def test_a_grade_read_by_machine_makes_no_group_unless_asked_for(rows: Ask) -> None:
    day = parse_period("SEP2025").end
    places = world.places()
    official = {c for codes in areas_by_grade(places, "leadership", day).values() for c in codes}
    read = next(a.code for a in places.authorities(day) if a.code not in official and a.code not in world.BEGUN)  # fmt: skip  # noqa: E501
    query = {"indicator": "a_score", "area": read, "with": "ofsted"}
    (left_out,) = rows("comparisons", **query)
    (counted,) = rows("comparisons", **query, machine_read="include")
    assert left_out["members"] == 0
    assert "machine_read=include" in left_out["reason"]
    assert counted["members"] > 0


def test_the_pooled_value_of_a_group_leaves_the_authority_itself_out(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "type")
    alike = [a.code for a in world.places().authorities(END) if a.type == "town"]
    found = rows(indicator="a_share_pct", area=",".join(alike))
    counted = [
        (r["numerator"], r["denominator"])
        for r in found
        if r["status"] == "ok" and r["area_code"] not in {world.TOWN, world.JOINT[1]}
    ]
    top, bottom = (sum(parts) for parts in zip(*counted, strict=True))
    assert row["pooled"] == pytest.approx(100 * top / bottom, abs=0.0501)
    assert row["comparator_value"] == row["pooled"]
    own = next(r for r in found if r["area_code"] == world.TOWN)
    verdict = against_group(world.SHARE, (own["numerator"], own["denominator"]), (top, bottom))
    assert row["outcome"] == outcome_word(verdict.side, world.SHARE.direction.good)


def test_a_joint_return_is_counted_once(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "type")
    assert row["members_with_data"] - row["units_counted"] == 1
    own = compare(rows, world.JOINT[0], "type")
    others = compare(rows, world.JOINT[1], "type")
    assert own["pooled"] == others["pooled"], "neither is compared with its own return"
    assert own["flags"] == ["joint_return"]


def test_members_without_a_value_are_listed_with_the_reason(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "england")
    assert f"{world.SUPPRESSED} suppressed" in row["without_data"]
    assert f"{world.MISSING} not_available" in row["without_data"]
    assert row["members"] - row["members_with_data"] == len(row["without_data"]) == 2
    assert 0.9 < row["coverage"] < 1


def test_an_indicator_without_a_good_direction_is_higher_similar_or_lower(rows: Ask) -> None:
    found = rows(
        "comparisons",
        indicator="a_rate_10k",
        area=f"within:{world.REGION}",
        **{"with": "neighbours"},
    )
    outcomes = {row["outcome"] for row in found}
    assert outcomes <= {"higher", "similar", "lower"}
    assert {"higher", "lower"} <= outcomes
    assert {row["method"] for row in found} == {"rate_ratio"}


def test_a_good_direction_makes_better_or_worse(rows: Ask) -> None:
    found = rows("comparisons", indicator="a_share_pct", area="authority", **{"with": "neighbours"})
    for row in found:
        if row["outcome"] == "better":
            assert row["value"] < row["pooled"]
        if row["outcome"] == "worse":
            assert row["value"] > row["pooled"]
    assert {"better", "worse", "similar", "cannot_compare"} == {row["outcome"] for row in found}


def test_a_true_zero_is_compared_like_any_other_count(rows: Ask) -> None:
    row = compare(rows, world.ZERO, "neighbours", "a_rate_10k")
    assert (row["value"], row["outcome"]) == (0, "lower")
    assert rate_ratio((0, 1000), (50, 10_000))[1] < 1


@pytest.mark.parametrize(
    ("area", "token", "indicator", "words"),
    [
        (world.SUPPRESSED, "england", "a_share_pct", "suppressed"),
        (world.MISSING, "neighbours", "a_share_pct", "not available"),
        (world.COUNTRY, "england", "a_share_pct", "not compared with itself"),
        (world.COUNTRY, "region", "a_share_pct", "no region"),
        (world.REGION, "neighbours", "a_share_pct", "no statistical neighbours"),
        (world.REGION, "type", "a_share_pct", "not an authority"),
        (world.REGION, "deprivation", "a_share_pct", "no class of deprivation"),
        (world.REGION, "ofsted", "a_share_pct", "no judgement"),
        (world.TOWN, "england", "a_score", "No valid interval: The spread is not published"),
    ],
)
def test_what_cannot_be_compared_says_why(
    rows: Ask, area: str, token: str, indicator: str, words: str
) -> None:
    row = compare(rows, area, token, indicator)
    assert row["outcome"] == "cannot_compare"
    assert words in row["reason"]
    assert row["z"] is None


def test_a_region_is_compared_with_the_country(rows: Ask) -> None:
    assert compare(rows, world.REGION, "england")["outcome"] != "cannot_compare"


def test_values_without_parts_still_have_median_and_mean(rows: Ask) -> None:
    row = compare(rows, world.TOWN, "type", "a_score")
    assert row["statistic_shown"] == "median"
    assert row["comparator_value"] == row["median"] is not None
    assert row["pooled"] is None


@pytest.mark.parametrize(
    ("token", "suggestion"),
    [("englnd", "england"), ("neighbours:2023", "2024"), ("ofsted:leadreship", "leadership"),
     ("deprivaton", "deprivation"), ("type:town", "type")],
)  # fmt: skip
def test_an_unknown_comparator_is_refused(problem: Ask, token: str, suggestion: str) -> None:
    told = problem("comparisons", indicator="a_share_pct", **{"with": token})
    assert told["parameter"] == "with"
    assert suggestion in told["suggestions"]


def test_too_many_comparisons_at_once_are_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.comparisons.MOST_ROWS", 10)
    answer = client.get("/api/v1/comparisons?indicator=a_share_pct&with=region,england,type")
    assert answer.status_code == 400
    told = answer.json()
    assert told["rows"] > told["most_rows"] == 10
    assert (told["type"], told["parameter"]) == ("/api/docs#too-large", "area")
    assert f"up to {told['rows']} comparisons" in told["detail"]


def test_too_many_comparisons_are_refused_before_any_is_made(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.comparisons.comparison_rows", None)
    monkeypatch.setattr("api.routes.comparisons.MOST_ROWS", 5_000)
    tokens = (
        "england,region,neighbours,neighbours:2020,type,rural_urban,deprivation,population_band"
    )
    query = f"period=all&with={tokens},ofsted,ofsted:in_care,ofsted:overall"
    answer = client.get(f"/api/v1/comparisons?{query}")
    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["most_rows"]) == ("period", 5_000)
    assert "Ask period by period" in answer.json()["detail"]


@pytest.mark.parametrize(("responders", "flags"), [(4, ["few_members"]), (2, ["few_members"])])
def test_few_members_with_data_are_flagged_and_fewer_than_three_say_nothing(
    tmp_path: Path, responders: int, flags: list[str]
) -> None:
    nearest = [n.neighbour for n in world.places().neighbours_of(world.TOWN)][:responders]
    cells = [
        {**made, "updated_release": world.NEW}
        for made in world.share_cells([2025])
        if made["area"] in {world.TOWN, world.COUNTRY, *nearest}
    ]
    digest = world.write_release(tmp_path, world.NEW, cells)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    query = f"indicator=a_share_pct&area={world.TOWN}&with=neighbours"
    (row,) = client_for(tmp_path).get(f"/api/v1/comparisons?{query}").json()["data"]
    assert row["members_with_data"] == responders
    assert row["flags"] == flags
    if responders < 3:
        names = ("mean", "median", "q25", "q75", "pooled", "difference", "comparator_value")
        assert [row[name] for name in names] == [None] * len(names)
        assert row["reason"] == "Fewer than three returns with data"
        assert row["outcome"] == "cannot_compare"
    else:
        assert row["median"] is not None
