"""Groups that a reader chooses: statistical neighbours, and a list in the address."""

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import Ask

SHARE = "a_share_pct"


@pytest.mark.parametrize("token", ["neighbours", "neighbours:2020"])
def test_neighbours_are_a_group_with_the_statistics_of_a_comparison(rows: Ask, token: str) -> None:
    (group,) = rows("groups", grouping=token, of=world.TOWN, indicator=SHARE)
    (compared,) = rows("comparisons", indicator=SHARE, area=world.TOWN, **{"with": token})
    for name in (
        "members", "members_with_data", "units_counted", "coverage", "mean", "median", "q25",
        "q75", "pooled", "pooled_ci_lower", "pooled_ci_upper",
    ):  # fmt: skip
        assert group[name] == compared[name], name
    assert group["grouping"] == f"neighbours:{compared['model']}"
    assert (group["members"], group["groups_differ"]) == (10, None)
    assert group["test_reason_code"] == "one_group"


def test_neighbours_may_be_held_against_all_others_the_authority_itself_left_out(
    client: TestClient,
) -> None:
    query = {"grouping": "neighbours", "of": world.TOWN, "others": "include", "indicator": SHARE}
    answer = client.get("/api/v1/groups", params=query).json()
    neighbours, others = answer["data"]
    members = {area["code"] for row in (neighbours, others) for area in row["areas"]}
    there = {area.code for area in world.places().authorities() if area.last_day is None}
    assert members == there - {world.TOWN}
    assert neighbours["groups_differ"] in {True, False}
    assert answer["meta"]["warnings"] == [
        f"Alverby is in neither group of {neighbours['grouping']}"
    ]


def test_the_neighbour_in_the_authority_s_own_return_is_not_counted(rows: Ask) -> None:
    for subject in world.JOINT:
        (group,) = rows("groups", grouping="neighbours", of=subject, indicator=SHARE)
        (compared,) = rows("comparisons", indicator=SHARE, area=subject, **{"with": "neighbours"})
        assert group["median"] == compared["median"]
        assert group["units_counted"] == compared["units_counted"]


def test_an_authority_without_neighbours_gives_a_reason_and_no_group(client: TestClient) -> None:
    answer = client.get(f"/api/v1/groups?grouping=neighbours&of={world.ENDED}").json()
    assert answer["data"] == []
    assert "no statistical neighbours" in answer["meta"]["warnings"][0]


def test_a_list_takes_codes_old_codes_numbers_and_names_each_authority_once(rows: Ask) -> None:
    listed = f"areas:{world.TOWN},Ivenderby,{world.ITS_OLD_CODE},161,{world.ZERO}"
    (group,) = rows("groups", grouping=listed, indicator=SHARE)
    codes = sorted([world.TOWN, world.RECODED, world.ZERO])
    assert [area["code"] for area in group["areas"]] == codes
    assert group["members"] == 3
    assert group["grouping"] == f"areas:{','.join(codes)}"


def test_the_token_of_a_list_gives_the_same_list_again(rows: Ask) -> None:
    first = rows("groups", grouping=f"areas:Ivenderby,{world.TOWN}", indicator=SHARE)
    assert rows("groups", grouping=first[0]["grouping"], indicator=SHARE) == first


def test_a_list_ends_where_another_grouping_begins(rows: Ask) -> None:
    found = rows("groups", grouping=f"area_type,areas:{world.TOWN},{world.ZERO},region,ofsted")
    order = list(dict.fromkeys(row["grouping"] for row in found))
    assert order == [
        "area_type", f"areas:{world.TOWN},{world.ZERO}", "region", "ofsted:leadership",
    ]  # fmt: skip


def test_all_others_are_a_second_group_to_hold_a_list_against(rows: Ask) -> None:
    listed = f"areas:{','.join(area.code for area in world.places().authorities()[10:20])}"
    own, others = rows("groups", grouping=listed, others="include", indicator=SHARE)
    members = [{area["code"] for area in row["areas"]} for row in (own, others)]
    assert not members[0] & members[1]
    assert (own["members"], others["group"], others["label"]) == (
        10, "others", "All other authorities",
    )  # fmt: skip
    assert own["groups_differ"] in {True, False}


def test_a_list_of_a_few_has_few_members_and_of_two_no_statistics(rows: Ask) -> None:
    (two,) = rows("groups", grouping=f"areas:{world.TOWN},{world.ZERO}", indicator=SHARE)
    assert (two["mean"], two["pooled"], two["sd"], two["iqr"]) == (None, None, None, None)
    assert two["flags"] == ["few_members"]


def test_a_withheld_figure_of_a_list_stays_withheld(rows: Ask) -> None:
    listed = f"areas:{world.SUPPRESSED},{world.MISSING},{world.TOWN},{world.ZERO}"
    (group,) = rows("groups", grouping=listed, indicator=SHARE)
    assert (group["members"], group["members_with_data"], group["pooled"]) == (4, 2, None)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"grouping": "neighbours"}, "of"),
        ({"grouping": "neighbours", "of": "Alvarby"}, "of"),
        ({"grouping": "neighbours", "of": world.REGION}, "of"),
        ({"grouping": "neighbours:1999", "of": world.TOWN}, "grouping"),
        ({"grouping": "region", "of": world.TOWN}, "of"),
        ({"of": world.TOWN}, "of"),
        ({"grouping": "region", "others": "include"}, "others"),
        ({"grouping": f"areas:{world.TOWN}", "others": "yes"}, "others"),
        ({"grouping": "areas:"}, "grouping"),
        ({"grouping": f"areas:{world.TOWN},{world.REGION}"}, "grouping"),
        ({"grouping": f"areas:{world.TOWN},areas:{world.ZERO}"}, "grouping"),
        ({"grouping": f"{world.TOWN},{world.ZERO}"}, "grouping"),
    ],
)
def test_what_names_no_group_is_refused(
    problem: Ask, query: dict[str, str], parameter: str
) -> None:
    assert problem("groups", **query)["parameter"] == parameter


def test_a_misspelt_name_in_a_list_is_refused_with_what_was_likely_meant(problem: Ask) -> None:
    told = problem("groups", grouping=f"areas:{world.TOWN},Alvarby")
    assert "Alverby (X06000001)" in told["suggestions"]


def test_the_list_of_groupings_is_still_given_for_nothing_else(client: TestClient) -> None:
    assert len(client.get("/api/v1/groups").json()["data"]) == 10
    token = quote(f"areas:{world.TOWN}")
    assert len(client.get(f"/api/v1/groups?grouping={token}").json()["data"]) == 1
