"""A release beside any earlier one: what differs, by how much, and nothing that was withheld."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from indicators.change_table import KINDS
from indicators.store import Store, diff_releases, open_store, withdraw_release
from reference.placesets import load_place_set
from tests.api.conftest import client_for
from tests.builders import a_cell, vintage
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, COUNTRY, on, publish

NEXT = "X06000003"
ANOTHER = "another_pct"
CANARY = 73.4375

ONE = vintage(
    2023,
    a_cell(ALVERBY, "RY2023", 10),
    a_cell(BRENNOWCOMBE, "RY2023", CANARY),
    a_cell(NEXT, "RY2023", 5),
    a_cell(ALVERBY, "RY2022", 40),
    a_cell(COUNTRY, "RY2023", 0),
    a_cell(ALVERBY, "RY2023", 30, indicator=ANOTHER),
)
TWO = vintage(
    2024,
    a_cell(ALVERBY, "RY2023", 12),
    a_cell(BRENNOWCOMBE, "RY2023"),
    a_cell(NEXT, "RY2023", 5),
    a_cell(COUNTRY, "RY2023", 0),
    a_cell(ALVERBY, "RY2024", 11),
    a_cell(BRENNOWCOMBE, "RY2024", 21),
    covers=("RY2023", "RY2024"),
)
THREE = vintage(
    2025,
    a_cell(ALVERBY, "RY2023", 15),
    a_cell(BRENNOWCOMBE, "RY2023"),
    a_cell(COUNTRY, "RY2023", 2),
    a_cell(ALVERBY, "RY2024", 10.5),
    a_cell(BRENNOWCOMBE, "RY2024"),
    a_cell(ALVERBY, "RY2022", 42),
    a_cell(ALVERBY, "RY2025", 16, sex="F"),
    covers=("RY2022", "RY2025"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three releases; nobody changes them."""
    opened = open_store("", tmp_path_factory.mktemp("since"), load_place_set("made_up"))
    publish(opened, ONE, release_id="one", published_on=on(2023))
    publish(opened, TWO, release_id="two", published_on=on(2024))
    publish(opened, THREE, release_id="three", published_on=on(2025))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(store: Store) -> TestClient:
    return client_for(store.home)


def data(client: TestClient, path: str, **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/releases/{path}", params=query)
    assert answer.status_code == 200, answer.text[:300]
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def told(rows: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[Any, ...]]:
    numbers = ("kind", "old_value", "new_value", "change", "relative_change")
    return {(row["area_code"], row["period"]): tuple(row[name] for name in numbers) for row in rows}


def test_a_release_is_compared_with_one_two_before(client: TestClient) -> None:
    rows = data(client, "three/changes", since="one")
    assert {(row["release"], row["since"]) for row in rows} == {("three", "one")}
    assert told([row for row in rows if row["area_code"] != "X12000001"]) == {
        (ALVERBY, "RY2022"): ("revised", 40, 42, 2, 5),
        (COUNTRY, "RY2023"): ("revised", 0, 2, 2, None),
        (ALVERBY, "RY2023"): ("revised", 10, 15, 5, 50),
        (BRENNOWCOMBE, "RY2023"): ("newly_suppressed", None, None, None, None),
        (NEXT, "RY2023"): ("withdrawn", 5, None, None, None),
        (ALVERBY, "RY2024"): ("new", None, 10.5, None, None),
        (BRENNOWCOMBE, "RY2024"): ("new", None, None, None, None),
        (ALVERBY, "RY2025"): ("new", None, 16, None, None),
    }


def test_a_figure_withheld_on_the_way_is_told_without_a_number(client: TestClient) -> None:
    (hidden,) = data(client, "three/changes", since="one", kind="newly_suppressed")
    assert (hidden["area_code"], hidden["old_status"], hidden["new_status"]) == (
        BRENNOWCOMBE, "ok", "suppressed",
    )  # fmt: skip
    for suffix in ("", ".csv", ".jsonl", ".arrow", ".parquet"):
        answer = client.get(f"/api/v1/releases/three/changes{suffix}?since=one")
        assert answer.status_code == 200
        assert str(CANARY).encode() not in answer.content


def test_what_came_and_was_withheld_between_is_new_and_has_no_number(client: TestClient) -> None:
    rows = data(client, "three/changes", since="one", area=BRENNOWCOMBE, kind="new")
    assert [(row["period"], row["new_value"], row["new_status"]) for row in rows] == [
        ("RY2024", None, "suppressed")
    ]


def test_the_release_before_is_compared_as_its_own_list_has_it(client: TestClient) -> None:
    assert data(client, "three/changes", since="two") == data(client, "three/changes")
    revised = told(data(client, "three/changes", kind="revised", area=ALVERBY))
    assert revised[(ALVERBY, "RY2024")] == ("revised", 11, 10.5, -0.5, -4.5)


def test_the_command_line_says_the_same_as_the_api(store: Store, client: TestClient) -> None:
    for old in ("one", "two"):
        rows = data(client, "three/changes", since=old)
        assert [
            (c.indicator, c.period, c.area, c.kind, c.old_value, c.new_value, c.old_status)
            for c in diff_releases(store, old, "three")
        ] == [
            (
                row["indicator"], row["period"], row["area_code"], row["kind"],
                row["old_value"], row["new_value"], row["old_status"],
            )
            for row in rows
        ]  # fmt: skip


def test_the_largest_change_of_each_indicator_stands_first_on_request(client: TestClient) -> None:
    plain = data(client, "three/changes", since="one")
    rows = data(client, "three/changes", since="one", order="size")
    assert [row["change"] for row in rows[:3]] == [5, 2, 2]
    assert {row["change"] for row in rows[3:]} == {None}
    assert sorted(map(str, rows)) == sorted(map(str, plain))
    problem = client.get("/api/v1/releases/three/changes?order=largest").json()
    assert (problem["status"], problem["parameter"]) == (400, "order")


def test_revisions_are_counted_and_measured_by_indicator(client: TestClient) -> None:
    (row,) = data(client, "three/revisions", since="one")
    counts = {kind: row[kind] for kind in KINDS}
    assert counts == {
        "new": 3, "revised": 3, "newly_suppressed": 1, "no_longer_suppressed": 0, "withdrawn": 1,
    }  # fmt: skip
    assert (row["with_size"], row["median_size"], row["largest_size"]) == (3, 2, 5)
    assert row["figures"] == 5
    assert (row["release"], row["since"], row["indicator"]) == ("three", "one", "an_indicator_pct")


def test_the_card_of_a_release_has_the_same_counts(client: TestClient) -> None:
    card = client.get("/api/v1/releases/three").json()["data"]["changes"]["indicators"]
    rows = data(client, "three/revisions")
    assert card == [{k: v for k, v in row.items() if k not in {"release", "since"}} for row in rows]


def test_revisions_come_in_every_format_and_by_indicator(client: TestClient) -> None:
    for suffix in (".csv", ".jsonl", ".arrow", ".parquet"):
        assert client.get(f"/api/v1/releases/three/revisions{suffix}?since=one").status_code == 200
    answer = client.get(f"/api/v1/releases/three/revisions?indicator={ANOTHER}").json()
    assert (answer["data"], len(answer["meta"]["warnings"])) == ([], 1)


@pytest.mark.parametrize(
    ("release", "since", "said"),
    [
        ("two", "three", "'three' is not a release before two"),
        ("two", "two", "'two' is not a release before two"),
        ("three", "nothing", "use one, two"),
        ("one", "two", "has no release before it"),
    ],
)
def test_only_an_earlier_release_can_be_compared_with(
    client: TestClient, release: str, since: str, said: str
) -> None:
    for resource in ("changes", "revisions"):
        answer = client.get(f"/api/v1/releases/{release}/{resource}", params={"since": since})
        problem = answer.json()
        assert (problem["status"], problem["parameter"]) == (400, "since")
        assert said in problem["detail"]


def test_a_release_that_was_withdrawn_is_not_compared_with(tmp_path: Any) -> None:
    store = open_store("", tmp_path, load_place_set("made_up"))
    for name, load, year in (("one", ONE, 2023), ("two", TWO, 2024), ("three", THREE, 2025)):
        publish(store, load, release_id=name, published_on=on(year))
    withdraw_release(store, "one", "a file was mixed up")
    answer = client_for(tmp_path).get("/api/v1/releases/three/changes?since=one")
    assert (answer.status_code, "mixed up" in answer.text) == (410, True)
