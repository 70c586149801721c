"""One area over all indicators, and authorities in groups."""

import statistics
from typing import Any

import pytest
from starlette.testclient import TestClient

from reference.inspections import areas_by_grade
from reference.periods import parse_period
from tests.api import world
from tests.api.conftest import Ask

END = parse_period("RY2025").end


def test_a_profile_has_every_indicator_with_figures_in_catalogue_order(rows: Ask) -> None:
    found = rows(f"profiles/{world.TOWN}")
    assert [row["indicator"] for row in found] == ["a_share_pct", "a_rate_10k", "a_score"]


def test_a_profile_holds_what_observations_and_comparisons_say(rows: Ask) -> None:
    for row in rows(f"profiles/{world.TOWN}"):
        (observed,) = rows(indicator=row["indicator"], area=world.TOWN)
        for name in ("value", "status", "flags", "ci_lower", "ci_upper", "period"):
            assert row[name] == observed[name]
        assert row["comparisons"] == rows(
            "comparisons", indicator=row["indicator"], area=world.TOWN
        )


def test_a_profile_holds_what_trends_say_and_the_points_that_they_rest_on(rows: Ask) -> None:
    for row in rows(f"profiles/{world.TOWN}"):
        (trend,) = rows("trends", indicator=row["indicator"], area=world.TOWN)
        assert row["trend"] == {name: trend[name] for name in row["trend"]}
        assert {"marker", "periods", "values"} <= set(row["trend"])


def test_a_profile_gives_the_plain_change_since_the_period_before(rows: Ask) -> None:
    share = rows(f"profiles/{world.TOWN}")[0]
    (before,) = rows(indicator="a_share_pct", area=world.TOWN, period="RY2024")
    assert (share["previous_period"], share["previous_value"]) == ("RY2024", before["value"])
    assert share["change"] == round(share["value"] - before["value"], 1)
    score = rows(f"profiles/{world.TOWN}")[2]
    assert (score["previous_period"], score["change"]) == (None, None)


def test_a_profile_says_the_period_in_words(rows: Ask) -> None:
    labels = [row["period_label"] for row in rows(f"profiles/{world.TOWN}")]
    assert labels == [
        "year ending 31 March 2025", "31 March 2025", "year ending 30 September 2025",
    ]  # fmt: skip


def test_the_spine_runs_over_authorities_that_may_be_ranked(rows: Ask) -> None:
    spine = rows(f"profiles/{world.TOWN}")[0]["spine"]
    ranked = [a.code for a in world.places().authorities(END) if a.is_rankable]
    values = [
        row["value"]
        for row in rows(indicator="a_share_pct", area=",".join(ranked))
        if row["status"] == "ok"
    ]
    assert (spine["min"], spine["max"]) == (min(values), max(values))
    assert spine["median"] == pytest.approx(statistics.median(values), abs=0.3)


def test_the_model_of_neighbours_may_be_chosen(rows: Ask, problem: Ask) -> None:
    compared = rows(f"profiles/{world.TOWN}", model="2020")[0]["comparisons"]
    assert [row["with"] for row in compared] == ["england", "region", "neighbours:2020"]
    told = problem(f"profiles/{world.TOWN}", model="2020", **{"with": "england"})
    assert told["parameter"] == "model"


def test_a_profile_is_found_by_any_code_or_number(client: TestClient) -> None:
    one = client.get(f"/api/v1/profiles/{world.RECODED}").json()["data"]
    for name in (world.ITS_OLD_CODE, "161", "Ivenderby"):
        assert client.get(f"/api/v1/profiles/{name}").json()["data"] == one


def test_a_profile_of_nobody_is_not_found(problem: Ask) -> None:
    assert "Alverby (X06000001)" in problem("profiles/Alvarby", 404)["suggestions"]


def test_the_groupings_are_listed_with_one_for_each_judgement(rows: Ask) -> None:
    found = rows("groups")
    assert [row["grouping"] for row in found] == [
        "region", "area_type", "ofsted:overall", "ofsted:leadership",
        "ofsted:help_and_protection", "ofsted:in_care", "ofsted:leaving_care",
        "rural_urban", "deprivation", "population_band",
    ]  # fmt: skip
    assert [row["grouping"] for row in found if row["is_default"]] == ["ofsted:leadership"]


@pytest.mark.parametrize("grouping", ["region", "area_type", "deprivation", "ofsted:in_care"])
def test_a_grouping_puts_each_authority_into_one_group(rows: Ask, grouping: str) -> None:
    members = [area["code"] for row in rows("groups", grouping=grouping) for area in row["areas"]]
    assert len(members) == len(set(members)) > 130


def test_without_an_indicator_groups_have_members_and_no_statistics(rows: Ask) -> None:
    row = rows("groups", grouping="region")[0]
    assert (row["members"], row["median"], row["members_with_data"]) == (
        len(row["areas"]), None, None,
    )  # fmt: skip
    assert row["areas"][0]["value"] is None


def test_regions_show_the_published_figure_beside_their_own_sums(rows: Ask) -> None:
    for row in rows("groups", grouping="region", indicator="a_share_pct"):
        (published,) = rows(indicator="a_share_pct", area=row["group"])
        assert row["published_value"] == published["value"]
        assert row["pooled"] is not None


def test_groups_by_grade_are_of_the_end_of_the_period(rows: Ask) -> None:
    found = rows("groups", grouping="ofsted", indicator="a_share_pct")
    grades = areas_by_grade(world.places(), "leadership", END)
    assert {row["group"]: row["members"] for row in found} == {
        grade: len(codes) for grade, codes in grades.items() if codes
    }
    assert {row["as_at"] for row in found} == {"2025-03-31"}


def test_the_members_of_a_group_bring_their_values(rows: Ask) -> None:
    group = rows("groups", grouping="area_type", indicator="a_share_pct")[0]
    by_code: dict[str, dict[str, Any]] = {area["code"]: area for area in group["areas"]}
    assert by_code[world.SUPPRESSED]["value"] is None
    assert by_code[world.SUPPRESSED]["status"] == "suppressed"
    with_data = [area for area in group["areas"] if area["status"] == "ok"]
    assert group["members_with_data"] == len(with_data)
    assert group["units_counted"] == len(with_data) - 1, "the joint return is one unit"


def test_groups_are_of_one_period(problem: Ask) -> None:
    told = problem("groups", grouping="region", indicator="a_share_pct", period="RY2024..RY2025")
    assert told["parameter"] == "period"


def test_an_indicator_alone_gives_every_grouping(rows: Ask) -> None:
    found = rows("groups", indicator="a_share_pct")
    assert {row["grouping"] for row in found} == {row["grouping"] for row in rows("groups")}


def test_an_unknown_grouping_is_refused(problem: Ask) -> None:
    assert "region" in problem("groups", grouping="regoin")["suggestions"]


def test_groups_are_of_one_indicator_and_say_so(problem: Ask) -> None:
    told = problem("groups", grouping="region", indicator="a_share_pct,a_rate_10k")
    assert told["detail"].startswith("indicator: groups are of one indicator")
    assert (told["parameter"], told["suggestions"][0]) == ("indicator", "a_share_pct")


def test_a_group_without_figures_gives_a_warning(client: TestClient) -> None:
    answer = client.get("/api/v1/groups?grouping=region&indicator=a_quiet_pct").json()
    assert answer["meta"]["warnings"] == ["a_quiet_pct has no figures in this release"]
    assert len(answer["data"]) == 9
