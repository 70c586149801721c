"""Comparisons of the figures that ship, where a trial found them wrong once."""

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows

BIRMINGHAM, DORSET, BUCKINGHAMSHIRE = "E08000025", "E06000059", "E06000060"
RUTLAND, BRISTOL, CUMBRIA, BARKING = "E06000017", "E06000023", "E10000006", "E09000002"
NEED, WORKFORCE = "cin_rate_10k", "sw_ethnic_minority_pct"
INJURIES, STARTED = "injury_admissions_0_14_rate_10k", "cla_started_rate_10k"


def test_a_judgement_is_read_on_a_day_of_the_indicator_whatever_else_is_asked_for(
    shipped: TestClient,
) -> None:
    asked = {"area": BIRMINGHAM, "with": "ofsted:leadership"}
    (alone,) = rows(shipped, Paths.COMPARISONS, indicator=NEED, **asked)
    both = rows(shipped, Paths.COMPARISONS, indicator=f"{NEED},{WORKFORCE}", **asked)
    assert alone == next(row for row in both if row["indicator"] == NEED)
    (profile,) = rows(shipped, Paths.PROFILE.format(code=BIRMINGHAM), indicator=NEED, **{"with": "ofsted:leadership"})  # fmt: skip  # noqa: E501
    assert profile["comparisons"] == [alone]


def test_a_series_is_held_against_the_same_group_throughout(shipped: TestClient) -> None:
    asked = {"area": BIRMINGHAM, "with": "ofsted:leadership", "indicator": NEED}
    earlier, later = rows(shipped, Paths.COMPARISONS, period="RY2020,RY2024", **asked)
    assert earlier["group"] == later["group"]
    (by_itself,) = rows(shipped, Paths.COMPARISONS, period="RY2020", **asked)
    assert by_itself["group"] != earlier["group"]


def test_no_difference_is_taken_across_a_break(shipped: TestClient) -> None:
    (row,) = rows(
        shipped, Paths.COMPARISONS, area=BUCKINGHAMSHIRE,
        indicator="cla_3plus_social_workers_pct", **{"with": "own_past"},
    )  # fmt: skip
    assert row["outcome"] == "cannot_compare"
    assert row["reason"].startswith("Not comparable with")
    assert row["difference"] is None


@pytest.mark.parametrize("target", [37, 38, 39, 60, 79, 80])
def test_a_target_is_held_against_the_interval_that_stands_beside_it(
    shipped: TestClient, target: int
) -> None:
    (row,) = rows(
        shipped, Paths.COMPARISONS, area=RUTLAND, indicator=INJURIES, **{"with": f"target:{target}"}
    )
    is_inside = row["ci_lower"] <= target <= row["ci_upper"]
    assert (row["outcome"] == "similar") == is_inside == (row["p"] >= 0.05)


def test_the_plain_word_is_that_of_the_published_interval(shipped: TestClient) -> None:
    found = rows(shipped, Paths.COMPARISONS, area="authority", indicator=INJURIES, **{"with": "england"})  # fmt: skip  # noqa: E501
    tested = [row for row in found if row["plain_95"] != "cannot_compare"]
    assert len(tested) > 140
    for row in tested:
        is_inside = row["ci_lower"] <= row["comparator_value"] <= row["ci_upper"]
        assert (row["plain_95"] == "similar") == is_inside, row["area_code"]


@pytest.mark.parametrize("target", ["1e19", "-5", "1_0", "1e309", "12345678901"])
def test_a_target_out_of_reach_is_refused(shipped: TestClient, target: str) -> None:
    answer = shipped.get(Paths.COMPARISONS, params={"indicator": STARTED, "with": f"target:{target}"})  # fmt: skip  # noqa: E501
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "with"


def test_a_share_has_no_target_beyond_everybody(shipped: TestClient) -> None:
    asked = {"indicator": "rereferral_12m_pct", "with": "target:101"}
    told = shipped.get(Paths.COMPARISONS, params=asked).json()
    assert "0 to 100" in told["detail"]


def test_an_authority_that_had_ended_is_no_member_of_an_own_list(shipped: TestClient) -> None:
    listed = f"areas:{CUMBRIA},E06000001,E06000002,E06000003"
    (row,) = rows(
        shipped, Paths.COMPARISONS, area=BRISTOL, indicator="care_leaver_eet_19_21_pct",
        period="RY2025", **{"with": listed},
    )  # fmt: skip
    assert (row["members"], row["coverage"], row["without_data"]) == (3, 1.0, [])


def test_too_few_others_are_told_as_that(shipped: TestClient) -> None:
    (row,) = rows(
        shipped, Paths.COMPARISONS, area=BARKING, indicator="ks2_rwm_expected_pct_cla",
        **{"with": "type"},
    )  # fmt: skip
    assert row["outcome"] == "cannot_compare"
    assert row["reason"].startswith("Fewer than three")
