"""Reorganised authorities in the figures that ship: no false zero, rank or change, and the page."""

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows
from tests.tree import ROOT

PLACEMENTS, SOCIAL_WORKERS = "cla_3plus_placements_pct", "cla_3plus_social_workers_pct"
CUMBRIA, CUMBERLAND, WESTMORLAND = "E10000006", "E06000063", "E06000064"
BUCKINGHAMSHIRE, BARNSLEY, BOURNEMOUTH = "E06000060", "E08000016", "E06000058"
MADE_ANEW = {
    CUMBERLAND: "2023-04-01", WESTMORLAND: "2023-04-01", "E06000061": "2021-04-01",
    "E06000062": "2021-04-01", BOURNEMOUTH: "2019-04-01", "E06000059": "2019-04-01",
}  # fmt: skip
ENDED = (CUMBRIA, "E10000021", "E06000028", "E06000029", "E10000009")
RECODED = (BUCKINGHAMSHIRE, "E06000065", "E06000066", BARNSLEY, "E08000019")


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "boundaries.md").read_text("utf-8").split())


def profile(client: TestClient, code: str, **query: str) -> list[dict[str, object]]:
    return rows(client, Paths.PROFILE.format(code=code), **query)


def test_the_table_of_the_page_is_what_was_published(shipped: TestClient, page: str) -> None:
    areas = (CUMBRIA, CUMBERLAND, WESTMORLAND)
    found = rows(shipped, indicator=PLACEMENTS, area=",".join(areas), period="all")
    held = {(row["area_code"], row["period"]): row["value"] for row in found}
    for year in range(2021, 2026):
        cells = [held.get((area, f"RY{year}")) for area in areas]
        line = " | ".join("" if value is None else f"{value} %" for value in cells)
        assert " ".join(f"| {year} | {line} |".split()) in page


def test_the_ranks_of_the_page_are_those_of_the_service(shipped: TestClient, page: str) -> None:
    for period, words in (
        ("RY2023", {CUMBRIA: "Cumbria has rank {} of {}"}),
        ("RY2024", {CUMBERLAND: "Cumberland has rank {}", WESTMORLAND: "Furness rank {} of {}"}),
    ):
        ranking = {
            r["area_code"]: r
            for r in rows(shipped, Paths.RANKINGS, indicator=PLACEMENTS, period=period)
        }
        assert {CUMBRIA, CUMBERLAND, WESTMORLAND} & set(ranking) == set(words)
        for code, text in words.items():
            assert text.format(ranking[code]["rank"], ranking[code]["ranked"]) in page


def test_the_shares_and_the_change_of_the_page_are_those_of_the_service(
    shipped: TestClient, page: str
) -> None:
    answer = shipped.get(f"{Paths.AREAS}/{CUMBRIA}").json()["data"]
    shares = {one["successor"]: round(100 * one["successor_share"]) for one in answer["changes"]}
    assert f"{shares[CUMBERLAND]} % lived in Cumberland and {shares[WESTMORLAND]} %" in page
    (row,) = profile(shipped, CUMBERLAND, indicator=PLACEMENTS)
    assert f"From 2024 to 2025 it is {row['change']} points" in page


def test_the_break_of_definition_of_the_page_is_no_change(shipped: TestClient, page: str) -> None:
    (row,) = profile(shipped, BUCKINGHAMSHIRE, indicator=SOCIAL_WORKERS)
    assert row["change"] is None
    assert str(row["change_reason"]).startswith("Not comparable with RY2020")
    assert f"had {row['previous_value']} % in 2020 and {row['value']} % in 2024" in page


@pytest.mark.parametrize(("code", "first_day"), MADE_ANEW.items())
def test_a_new_authority_has_nothing_from_before_it_began(
    shipped: TestClient, code: str, first_day: str
) -> None:
    found = [row for row in rows(shipped, area=code, period="all") if row["status"] == "ok"]
    assert found
    assert min(row["period_end"] for row in found) >= first_day
    for row in profile(shipped, code):
        if row["previous_value"] is None:
            assert row["change"] is None
            assert row["change_reason"]


@pytest.mark.parametrize("code", ENDED)
def test_an_authority_that_ended_has_no_latest_figure_change_or_rank(
    shipped: TestClient, code: str
) -> None:
    for row in profile(shipped, code):
        assert (row["value"], row["previous_value"] and row["change"]) == (None, None)
        assert "ended on" in str(row["change_reason"])
    ranked = rows(shipped, Paths.RANKINGS, area=code, indicator=PLACEMENTS, period="RY2025")
    assert [row["rank"] for row in ranked if row["rank"] is not None] == []


@pytest.mark.parametrize("code", RECODED)
def test_a_recoded_authority_has_one_series(shipped: TestClient, code: str) -> None:
    found = rows(shipped, indicator=PLACEMENTS, area=code, period="RY2018..RY2025")
    assert [row["status"] for row in found] == ["ok"] * 8
    (trend,) = rows(shipped, Paths.TRENDS, indicator=PLACEMENTS, area=code, period="RY2025")
    assert [told for told in trend["breaks"] if "boundary" in told] == []
    assert trend["points_used"] == 5


def test_no_period_has_figures_of_an_authority_and_of_what_it_was_made_from(
    shipped: TestClient,
) -> None:
    codes = ",".join([*MADE_ANEW, *ENDED])
    held: dict[str, set[tuple[str, str]]] = {}
    for row in rows(shipped, area=codes, period="all"):
        if row["status"] == "ok":
            held.setdefault(row["area_code"], set()).add((row["indicator"], row["period"]))
    for code in MADE_ANEW:
        for old in shipped.get(f"{Paths.AREAS}/{code}").json()["data"]["predecessors"]:
            assert not held[code] & held[old]


def test_no_change_of_a_profile_runs_over_a_break(shipped: TestClient) -> None:
    for code in ("E92000001", BUCKINGHAMSHIRE, CUMBERLAND):
        trends = {row["indicator"]: row for row in rows(shipped, Paths.TRENDS, area=code)}
        for row in profile(shipped, code):
            told = trends.get(str(row["indicator"]), {"breaks": []})["breaks"]
            breaks = {one.split()[0] for one in told if "small" not in one}
            if row["change"] is not None:
                assert not any(
                    str(row["previous_period"]) < one <= str(row["period"]) for one in breaks
                )
