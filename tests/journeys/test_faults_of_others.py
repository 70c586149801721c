"""Faults of the national dashboard that were verified: ours gives the right figure.

Each test fails on the figure that is shown there. B9, B10 and B12 are faults of its texts and
code and have no figure.
"""

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from reference.periods import parse_period
from tests.golden import ENGLAND, KENT, agrees
from tests.journeys.public import rows

BARNSLEY, SHEFFIELD, CUMBERLAND = "E08000016", "E08000019", "E06000063"
WEST_MIDLANDS, NORTH_WEST, SOUTH_EAST = "E12000005", "E12000002", "E12000008"
JOINT = ("E09000021", "E09000027", "E06000061", "E06000062")


def with_neighbours(
    client: TestClient, indicator: str, *areas: str
) -> dict[str, dict[str, object]]:
    found = rows(
        client,
        Paths.COMPARISONS,
        indicator=indicator,
        area=",".join(areas) or "authority",
        period="latest",
        with_="neighbours",
    )
    return {row["area_code"]: row for row in found}


def latest(client: TestClient, indicator: str, area: str) -> dict[str, dict[str, object]]:
    found = rows(client, indicator=indicator, area=area, period="latest")
    return {row["area_code"]: row for row in found}


def test_b1_authorities_with_new_codes_have_neighbours_and_are_neighbours(
    shipped: TestClient,
) -> None:
    found = with_neighbours(
        shipped, "injury_admissions_0_14_rate_10k", BARNSLEY, SHEFFIELD, CUMBERLAND
    )
    assert agrees(found[CUMBERLAND]["median"], "89")  # 94 is shown
    assert found[CUMBERLAND]["members_with_data"] == 10
    assert found[BARNSLEY]["median"] is not None
    assert found[SHEFFIELD]["median"] is not None


@pytest.mark.parametrize(
    ("region", "ours", "theirs"),
    [(WEST_MIDLANDS, "1484", "1162"), (NORTH_WEST, "1551", "1501"), (SOUTH_EAST, "1212", "1184")],
)
def test_b2_a_region_divides_the_spending_of_responders_by_the_children_of_responders(
    shipped: TestClient, region: str, ours: str, theirs: str
) -> None:
    row = latest(shipped, "csc_spend_per_child_gbp", region)[region]
    assert agrees(row["value"], ours)
    assert not agrees(row["value"], theirs)
    assert (row["source"], row["flags"]) == ("computed", ["partial_coverage"])


def test_b3_the_share_of_spending_of_the_country_is_over_authorities_with_childrens_services(
    shipped: TestClient,
) -> None:
    indicator = "csc_share_of_la_spend_pct"
    england = latest(shipped, indicator, ENGLAND)[ENGLAND]
    assert agrees(england["value"], "11.9")  # 9.5 is shown
    shares = [row["value"] for row in latest(shipped, indicator, "authority").values()]
    known = [float(str(share)) for share in shares if share is not None]
    above = sum(share > float(str(england["value"])) for share in known)
    assert len(known) == 150
    assert 50 <= above <= 100  # 126 of 150 lie above the figure shown there


@pytest.mark.parametrize(
    ("indicator", "area", "ours", "theirs"),
    [
        ("factor_domestic_abuse_child_rate_10k", KENT, "34.3", "35"),
        ("factor_domestic_abuse_person_rate_10k", KENT, "10.4", "11"),
        ("factor_faith_linked_abuse_rate_10k", KENT, "1.4", "2"),
        ("factor_neglect_rate_10k", KENT, "49.4", "50"),
        ("factor_sexual_abuse_adult_on_child_rate_10k", KENT, "12.4", "13"),
        ("factor_emotional_abuse_rate_10k", "E08000003", "113.3", "114"),
        ("factor_sexual_abuse_adult_on_child_rate_10k", "E08000003", "18.2", "19"),
    ],
)
def test_b4_a_median_is_of_values_rounded_once(
    shipped: TestClient, indicator: str, area: str, ours: str, theirs: str
) -> None:
    median = with_neighbours(shipped, indicator, area)[area]["median"]
    assert agrees(median, ours)
    assert not agrees(median, theirs)


def test_b5_a_judgement_bears_the_day_of_its_inspection_and_not_of_the_newest_table(
    shipped: TestClient,
) -> None:
    card = shipped.get(Paths.AREA.format(code=KENT)).json()["data"]
    leadership = next(j for j in card["judgements"] if j["judgement"] == "leadership")
    assert leadership["grade"] == "outstanding"
    assert leadership["inspected_on"].startswith("2022-05")  # 2025 is shown
    page = shipped.get(f"/areas/{KENT}").text
    assert "May 2022" in page


def test_b6_judgements_among_neighbours_are_a_count(shipped: TestClient) -> None:
    row = with_neighbours(shipped, "ofsted_leadership_good_n", KENT)[KENT]
    assert (row["pooled"], row["median"], row["mean"]) == (5, None, None)
    assert row["statistic_shown"] == "pooled"


def test_b7_a_median_of_few_neighbours_says_so_and_of_fewer_than_three_is_not_shown(
    shipped: TestClient,
) -> None:
    found = with_neighbours(shipped, "ks2_rwm_expected_pct_cppo").values()
    few = [row for row in found if int(str(row["units_counted"])) < 5]
    too_few = [row for row in few if int(str(row["units_counted"])) < 3]
    assert len(few) > 100  # none is marked there
    assert len(too_few) > 20
    assert all("few_members" in list(row["flags"]) for row in few)  # type: ignore[call-overload]
    assert {row["median"] for row in too_few} == {None}
    assert all(row["reason"] for row in too_few)


def test_b8_authorities_that_return_together_have_their_figure_and_neighbours(
    shipped: TestClient,
) -> None:
    values = latest(shipped, "sw_turnover_fte_pct", ",".join(JOINT))
    assert all(values[area]["value"] is not None for area in JOINT)  # blank there
    assert all("joint_return" in list(values[area]["flags"]) for area in JOINT)  # type: ignore[call-overload]
    found = with_neighbours(shipped, "sw_turnover_fte_pct", *JOINT)
    assert all(found[area]["median"] is not None for area in JOINT)


def test_b11_the_latest_period_is_the_last_in_time_and_of_the_kind_of_its_indicator(
    shipped: TestClient,
) -> None:
    cards = shipped.get(Paths.INDICATORS).json()["data"]
    assert len(cards) >= 91
    for card in cards:
        periods = [parse_period(period) for period in card["periods"]]
        assert {period.kind.value for period in periods} == {card["period_kind"]}
        assert card["latest"] == max(periods, key=lambda period: period.end).id


def test_where_nothing_happens_in_the_country_no_comparison_blames_unpublished_numbers(
    shipped: TestClient,
) -> None:
    found = rows(
        shipped,
        Paths.COMPARISONS,
        indicator="factor_physical_abuse_unknown_rate_10k",
        area=KENT,
        period="latest",
        with_="england",
    )
    assert found[0]["outcome"] == "cannot_compare"
    assert found[0]["reason"] == "No spread to judge by: England's figure is 0.0"
