"""An indicator that counts authorities: one is counted or not, and a group is how many of it are.

The national dashboard shows such a count under the heading of a median; here nothing calls it so.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reference.areas import AreaKind
from reference.periods import parse_period
from tests.api import world
from tests.api.conftest import client_for
from tests.indicators.definitions import an_indicator

Ask = Callable[..., list[dict[str, Any]]]

END = parse_period("RY2025").end
COUNT = an_indicator(
    "judged_good_n",
    arithmetic="count",
    unit="authorities",
    decimals=0,
    direction={"good": "none", "reason": "It depends", "source": "A source"},
    interval={"method": "none", "reason": "A full count of authorities has none"},
    measured="snapshot",
)
NOT_SUMS = ("mean", "median", "q25", "q75", "difference")


def is_counted(code: str) -> int:
    return int(code[-1]) % 3 == 0


def cells() -> list[world.Cell]:
    """Return 1 or 0 for each authority, and sums for each region and the country."""
    places = world.places()
    there = {a.code: int(is_counted(a.code)) for a in places.authorities(END)}
    made = [world.cell(COUNT, "RY2025", code, held, 1) for code, held in there.items()]
    for whole in (places.country, *places.of_kind(AreaKind.REGION, END)):
        inside = [there[area.code] for area in places.within(whole.code, END)]
        made.append(world.cell(COUNT, "RY2025", whole.code, sum(inside), len(inside)))
    return [{**cell, "updated_release": world.NEW} for cell in made]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    home: Path = tmp_path_factory.mktemp("counts")
    digest = world.write_release(home, world.NEW, cells(), (COUNT,))
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)


@pytest.fixture(scope="module")
def rows(client: TestClient) -> Ask:
    def ask(path: str, **query: str) -> list[dict[str, Any]]:
        answer = client.get(f"/api/v1/{path}", params={"indicator": COUNT.id, **query})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found

    return ask


def test_neighbours_are_shown_by_how_many_of_them_are_counted(rows: Ask) -> None:
    (row,) = rows("comparisons", area=world.TOWN, **{"with": "neighbours"})
    of = [held.neighbour for held in world.places().neighbours_of(world.TOWN)]
    assert row["statistic_shown"] == "pooled"
    assert row["pooled"] == row["comparator_value"] == sum(map(is_counted, of))
    assert row["members_with_data"] == len(of) == 10


def test_a_group_is_shown_by_how_many_others_in_it_are_counted(rows: Ask) -> None:
    (row,) = rows("comparisons", area=world.TOWN, **{"with": "type"})
    own = world.places().area(world.TOWN).type
    others = [a.code for a in world.places().authorities(END) if a.type == own]
    others.remove(world.TOWN)
    assert (row["statistic_shown"], row["pooled"]) == ("pooled", sum(map(is_counted, others)))


def test_no_count_is_called_a_mean_or_a_median_nor_taken_from_another(rows: Ask) -> None:
    tokens = "england,region,neighbours,neighbours:2020,type,ofsted,deprivation"
    for row in rows("comparisons", area="authority,region", **{"with": tokens}):
        assert [row[name] for name in NOT_SUMS] == [None] * len(NOT_SUMS)
        assert row["statistic_shown"] in {"value", "pooled"}
        assert (row["pooled_ci_lower"], row["pooled_ci_upper"]) == (None, None)


def test_a_count_cannot_be_compared_and_the_definition_says_why(rows: Ask) -> None:
    for row in rows("comparisons", area=world.TOWN, **{"with": "england,neighbours,type"}):
        assert row["outcome"] == "cannot_compare"
        assert row["reason"] == "No valid interval: A full count of authorities has none"


def test_the_country_is_the_sum_of_its_authorities(rows: Ask) -> None:
    (row,) = rows("comparisons", area=world.TOWN, **{"with": "england"})
    every = [area.code for area in world.places().authorities(END)]
    assert (row["comparator_value"], row["members"]) == (sum(map(is_counted, every)), len(every))


@pytest.mark.parametrize("grouping", ["region", "area_type", "ofsted:leadership"])
def test_each_group_gives_the_sum_of_its_members_and_no_median(rows: Ask, grouping: str) -> None:
    for group in rows("groups", grouping=grouping):
        known = [area["value"] for area in group["areas"] if area["status"] == "ok"]
        assert group["pooled"] == (sum(known) if len(known) >= 3 else None)
        assert [group[name] for name in NOT_SUMS[:-1]] == [None] * 4


def test_the_spine_of_a_profile_has_no_quartiles_of_yes_and_no(client: TestClient) -> None:
    (row,) = client.get(f"/api/v1/profiles/{world.TOWN}").json()["data"]
    assert set(row["spine"].values()) == {None}
    assert row["value"] == is_counted(world.TOWN)
