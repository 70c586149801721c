"""Which authorities count: in a period, in a group, and beside their own return."""

import statistics
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import Ask, client_for

PAIR = (world.TOWN, world.places().neighbours_of(world.TOWN)[0].neighbour)
"""Two neighbours that make one return between them, below."""


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A release with a figure of an authority that had ended, and a joint return of neighbours."""
    folder = tmp_path_factory.mktemp("unusual")
    cells = [made for made in world.share_cells([2025]) if made["area"] not in PAIR]
    cells.append(world.cell(world.SHARE, "RY2025", world.ENDED, 200, 1000))
    cells += [
        world.cell(world.SHARE, "RY2025", code, 777, 1000, flags="joint_return") for code in PAIR
    ]
    released = [{**made, "updated_release": world.NEW} for made in cells]
    digest = world.write_release(folder, world.NEW, released)
    world.list_releases(folder, world.NEW, world.listed(world.NEW, digest))
    return client_for(folder)


def ask(client: TestClient, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def test_a_figure_of_an_authority_that_had_ended_is_in_rows_without_a_contradiction(
    unusual: TestClient,
) -> None:
    answer = ask(unusual, f"observations?indicator=a_share_pct&area={world.ENDED}")
    assert [row["value"] for row in answer["data"]] == [20]
    assert answer["meta"]["warnings"] == []


def test_what_has_a_figure_counts_in_comparisons_groups_and_profiles_alike(
    unusual: TestClient,
) -> None:
    every = ask(unusual, "observations?indicator=a_share_pct&area=authority")["data"]
    compared = ask(unusual, "comparisons?indicator=a_share_pct&area=X06000010&with=england,region")
    country = compared["data"][0]
    assert country["members"] == len(every)
    assert country["members_with_data"] == sum(row["status"] == "ok" for row in every)
    grouped = ask(unusual, "groups?indicator=a_share_pct&grouping=region,area_type")["data"]
    for name in ("region", "area_type"):
        groups = [group for group in grouped if group["grouping"] == name]
        members = {area["code"] for group in groups for area in group["areas"]}
        assert members == {row["area_code"] for row in every}
        assert world.ENDED in members
    (profile,) = ask(unusual, "profiles/X06000010?indicator=a_share_pct")["data"]
    assert profile["comparisons"][0]["members"] == country["members"]


def test_the_children_of_an_authority_that_had_ended_are_counted_once(tmp_path: Path) -> None:
    cells = [made for made in world.share_cells([2025]) if made["area"] not in world.BEGUN]
    cells.append(world.cell(world.SHARE, "RY2025", world.ENDED, 200, 1000))
    digest = world.write_release(
        tmp_path, world.NEW, [{**made, "updated_release": world.NEW} for made in cells]
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    usual = "groups?indicator=a_share_pct&grouping=region"
    (group,) = [
        row
        for row in ask(client_for(tmp_path), usual)["data"]
        if world.ENDED in {area["code"] for area in row["areas"]}
    ]
    lacking = {area["code"] for area in group["areas"] if area["status"] != "ok"}
    assert lacking == set(world.BEGUN)
    assert group["coverage"] == 1, "the figure of the one that ended is of their children"


def test_an_authority_that_had_ended_has_no_judgement_in_force_and_is_of_no_class(
    unusual: TestClient,
) -> None:
    answer = ask(unusual, "groups?indicator=a_share_pct&grouping=ofsted,deprivation")
    of_none = [row for row in answer["data"] if row["group"] == "none"]
    assert world.ENDED in {area["code"] for area in of_none[0]["areas"]}
    told = answer["meta"]["warnings"][-1]
    assert told.startswith("1 authority is in no group of deprivation, because none is held")
    assert told.endswith(": Galdenshire")


def test_what_did_not_exist_and_has_no_figure_does_not_count(rows: Ask) -> None:
    (country,) = rows(
        "comparisons", indicator="a_share_pct", area=world.TOWN, **{"with": "england"}
    )
    every = rows(indicator="a_share_pct", area="authority")
    assert country["members"] == len(every)
    assert world.ENDED not in {row["area_code"] for row in every}


def test_neighbours_leave_out_the_return_that_the_area_itself_is_in(unusual: TestClient) -> None:
    query = f"indicator=a_share_pct&area={PAIR[0]}&with=neighbours,england"
    neighbours, country = ask(unusual, f"comparisons?{query}")["data"]
    codes = [n.neighbour for n in world.places().neighbours_of(PAIR[0]) if n.neighbour != PAIR[1]]
    found = ask(unusual, f"observations?indicator=a_share_pct&area={','.join(codes)}")["data"]
    values = [row["value"] for row in found if row["status"] == "ok"]
    assert neighbours["members_with_data"] == len(values)
    assert neighbours["median"] == pytest.approx(statistics.median(values), abs=0.0501)
    assert neighbours["mean"] == pytest.approx(statistics.mean(values), abs=0.0501)
    assert f"{PAIR[1]} joint_return" in neighbours["without_data"]
    assert not [text for text in country["without_data"] if "joint" in text], "it counts once there"


def test_another_area_counts_that_return_once(unusual: TestClient) -> None:
    (row,) = ask(unusual, "comparisons?indicator=a_share_pct&area=X06000010&with=england")["data"]
    assert row["members_with_data"] - row["units_counted"] == 2, "both joint returns count once"


@pytest.mark.parametrize("path", ["groups?grouping=ofsted", "comparisons?with=ofsted"])
def test_authorities_in_no_group_are_counted_and_named(client: TestClient, path: str) -> None:
    (told,) = ask(client, f"{path}&indicator=a_score")["meta"]["warnings"]
    assert "in no group of ofsted:leadership" in told
    assert "machine_read=include" in told
    assert told.count(", ") <= 11, "ten names and the sentence itself"
    counted = ask(client, f"{path}&indicator=a_score&machine_read=include")
    assert counted["meta"]["warnings"] == []


def test_groups_and_what_is_left_out_add_up(client: TestClient, rows: Ask) -> None:
    answer = ask(client, "groups?grouping=ofsted&indicator=a_score")
    left_out = int(answer["meta"]["warnings"][0].split()[0])
    every = rows(indicator="a_score", area="authority")
    assert sum(row["members"] for row in answer["data"]) + left_out == len(every)
