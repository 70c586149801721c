"""Groups of the figures that ship are those that the page on method works out."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows
from tests.tree import ROOT

RATE, OCCUPIED, REFERRALS = "cla_31mar_rate_10k", "care_leaver_eet_19_21_pct", "referral_rate_10k"
YEAR = "RY2025"
KENT, LEEDS, BRISTOL = "E10000016", "E08000035", "E06000023"
CITY_OF_LONDON, SCILLY = "E09000001", "E06000053"


@pytest.fixture(scope="module")
def page() -> str:
    text = (ROOT / "docs" / "methods" / "groups.md").read_text("utf-8")
    return " ".join(text.replace("\n> ", "\n").split())


def groups(client: TestClient, grouping: str, indicator: str, **query: str) -> list[dict[str, Any]]:
    asked = {"grouping": grouping, "indicator": indicator, "period": YEAR, **query}
    return rows(client, Paths.GROUPS, **asked)


@pytest.mark.parametrize(
    ("grouping", "indicator"), [("deprivation", RATE), ("ofsted:leadership", OCCUPIED)]
)
def test_the_tables_and_sentences_of_the_page(
    shipped: TestClient, page: str, grouping: str, indicator: str
) -> None:
    found = groups(shipped, grouping, indicator)
    for row in found:
        middle_half = f"{row['q25']} to {row['q75']}"
        cells = (row["label"], row["units_counted"], row["median"], middle_half, row["sd"])
        assert f"| {' | '.join(map(str, cells))} |" in page
    assert found[0]["sentence"] in page


def test_the_share_by_region_and_the_steps_of_the_formula(shipped: TestClient, page: str) -> None:
    by_region = groups(shipped, "region", RATE)[0]
    assert f"By region it is {100 * by_region['share_between']:.0f}%" in page
    found = groups(shipped, "deprivation", RATE)[0]
    statistic, count = found["test_statistic"], found["authorities_tested"]
    assert f"By deprivation, H is {statistic:.2f}." in page
    share = (statistic - 5 + 1) / (count - 5)
    assert found["share_between"] == pytest.approx(share, abs=1e-4)
    assert f"({statistic:.2f} − 5 + 1) / ({count} − 5) = {share:.2f}" in page
    eta = (by_region["groups_tested"] - 1) / (by_region["authorities_tested"] - 1)
    assert f"(9 − 1) / (151 − 1) = {100 * eta:.1f} %" in page


def test_two_authorities_halve_the_share_by_values_and_not_the_one_by_ranks(
    shipped: TestClient, page: str
) -> None:
    found = groups(shipped, "deprivation", REFERRALS)
    assert f"By ranks {100 * found[0]['share_between']:.0f} % lies" in page
    assert f"it is {100 * share_by_values(found):.0f} %; without the Isle of Wight" in page
    without = share_by_values(found, "Isle of Wight", "Hampshire")
    assert f"would be {100 * without:.0f} %" in page
    held = {area["name"]: area["value"] for row in found for area in row["areas"]}
    assert f"{held['Isle of Wight']:,.0f} per 10,000, four times the median" in page
    known = [value for value in held.values() if value is not None]
    assert round(held["Isle of Wight"] / float(np.median(known))) == 4


def share_by_values(found: list[dict[str, Any]], *without: str) -> float:
    """Epsilon squared of the values of authorities that can be ranked."""
    left = {CITY_OF_LONDON, SCILLY}
    of_group = [
        np.array(
            [
                area["value"]
                for area in row["areas"]
                if area["value"] is not None
                and area["code"] not in left
                and area["name"] not in without
            ]
        )
        for row in found
    ]
    every = np.concatenate(of_group)
    within = sum(((one - one.mean()) ** 2).sum() for one in of_group)
    within /= len(every) - len(of_group)
    return float(1 - within / every.var(ddof=1))


def test_the_table_of_the_caution(shipped: TestClient, page: str) -> None:
    found = groups(shipped, "ofsted:leadership", RATE)
    for row in found:
        assert f"| {row['label']} | {row['units_counted']} | {row['median']} |" in page
    assert found[0]["test_p"] < 0.001
    assert f"{100 * found[0]['share_between']:.0f}% of the variation in the order lies" in page
    assert found[0]["caution"]


@pytest.mark.unmeasured
def test_how_many_indicators_have_groups_that_differ(shipped: TestClient, page: str) -> None:
    ids = [card["id"] for card in rows(shipped, Paths.INDICATORS)]
    results: dict[str, list[bool]] = {}
    for row in every_grouping(shipped, ids):
        if row["groups_differ"] is not None:
            results.setdefault(row["grouping"], []).append(row["groups_differ"])
            if row["groups_differ"]:
                assert row["share_between"] > 0
                assert row["test_p"] < 0.05
    regions, fifths = results["region"], results["deprivation"]
    grades = results["ofsted:leadership"]
    assert f"differ on {sum(regions)} of the {len(regions)} indicators" in page
    assert len(fifths) == len(regions)
    assert f"deprivation on {sum(fifths)}, and the grades" in page
    assert f"for leaders on {sum(grades)} of {len(grades)}." in page
    assert round(0.05 * len(regions)) == 4


def every_grouping(client: TestClient, ids: list[str]) -> Iterator[dict[str, Any]]:
    """One row of each grouping of each indicator."""
    for id in ids:
        found = rows(client, Paths.GROUPS, indicator=id, grouping="region,deprivation,ofsted")
        yield from {row["grouping"]: row for row in found}.values()


def test_the_neighbours_of_one_authority_are_a_group_as_they_are_a_comparator(
    shipped: TestClient,
) -> None:
    for token in ("neighbours", "neighbours:2021"):
        own, others = groups(shipped, token, RATE, of="Kent", others="include")
        (compared,) = rows(
            shipped, Paths.COMPARISONS, indicator=RATE, area=KENT, period=YEAR, with_=token
        )
        for name in ("mean", "median", "members_with_data", "pooled"):
            assert own[name] == compared[name]
        assert own["members"] == 10
        assert own["members"] + others["members"] == 152


def test_a_list_of_names_numbers_and_codes_is_one_group(shipped: TestClient) -> None:
    named = f"areas:Bristol, City of,383,{KENT},Leeds"
    (own,) = groups(shipped, named, RATE)
    assert own["grouping"] == f"areas:{BRISTOL},{LEEDS},{KENT}"
    assert own["members_with_data"] == 3
    assert own["flags"] == ["few_members"]


def test_judgements_of_another_day_are_those_of_the_inspectorate_s_own_snapshot(
    shipped: TestClient,
) -> None:
    now = groups(shipped, "ofsted", OCCUPIED)
    then = groups(shipped, "ofsted", OCCUPIED, as_at="2024-03-31")
    assert [row["members"] for row in now][:4] == [45, 60, 33, 15]
    assert [row["members"] for row in then][:4] == [40, 54, 41, 16]
