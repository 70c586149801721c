"""What differs from the release before: rows, counts, and why there is nothing."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api import contract
from api.routes import changes
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.api.test_contract import assert_shape

LATEST = "releases/latest/changes"
PATH = f"/api/v1/{LATEST}"


def keys(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["indicator"], row["area_code"], row["kind"]) for row in rows]


def test_changes_are_told_in_the_order_of_rows_with_both_numbers(rows: Ask) -> None:
    first, hidden, *_ = rows(LATEST)
    assert (first["release"], first["since"]) == (world.NEW, world.OLD)
    assert (first["area_code"], first["old_value"], first["new_value"]) == (world.TOWN, 15.5, 16.5)
    assert first["area_name"]
    assert hidden["kind"] == "newly_suppressed"
    assert (hidden["old_value"], hidden["new_value"]) == (None, None)
    assert (first["change"], first["relative_change"]) == (1, 6.5)
    assert (hidden["change"], hidden["relative_change"]) == (None, None)


def test_no_number_of_a_newly_suppressed_cell_is_told_even_if_a_file_holds_one(
    tmp_path: Path,
) -> None:
    spoilt = world.a_change("a_share_pct", "RY2024", world.TOWN, "newly_suppressed", old_value=7)
    more = {**world.new_changes(), "changes": (spoilt,)}
    digest = world.write_release(tmp_path, world.NEW, world.new_cells(), **more)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    for suffix in ("", ".csv", ".jsonl"):
        answer = client.get(f"{PATH}{suffix}")
        assert answer.status_code == 200
        assert "newly_suppressed" in answer.text
        assert "7.0" not in answer.text
    assert client.get(PATH).json()["data"][0]["change"] is None


def test_changes_are_narrowed_by_indicator_area_and_kind(rows: Ask) -> None:
    new = rows(LATEST, kind="new")
    assert keys(new) == [("a_share_pct", world.REGION, "new"), ("a_score", world.TOWN, "new")]
    assert keys(rows(LATEST, area="region")) == [("a_share_pct", world.REGION, "new")]
    assert keys(rows(LATEST, area=world.TOWN, kind="new")) == [("a_score", world.TOWN, "new")]
    assert len(rows(LATEST, indicator="a_share_pct")) == 3


def test_what_was_withdrawn_can_be_asked_for_by_its_id(rows: Ask) -> None:
    assert keys(rows(LATEST, indicator="an_old_pct")) == [("an_old_pct", world.ENDED, "withdrawn")]


@pytest.mark.parametrize(
    ("name", "value"), [("indicator", "a_shar_pct"), ("kind", "revized"), ("area", "nowhere")]
)
def test_what_is_unknown_is_refused_by_its_parameter(problem: Ask, name: str, value: str) -> None:
    assert problem(LATEST, **{name: value})["parameter"] == name


def test_every_format_holds_the_same_rows(client: TestClient, rows: Ask) -> None:
    told = rows(LATEST)
    text = client.get(f"{PATH}.csv")
    assert text.headers["content-type"].startswith("text/csv")
    read = list(csv.DictReader(StringIO(text.text)))
    assert tuple(read[0]) == tuple(contract.ChangeRow.__annotations__)
    assert keys(read) == keys(told)
    assert pq.read_table(BytesIO(client.get(f"{PATH}.parquet").content)).to_pylist() == told
    stream = pa.ipc.open_stream(client.get(f"{PATH}.arrow").content)
    assert stream.read_all().to_pylist() == told
    lines = client.get(f"{PATH}.jsonl").text.splitlines()
    assert len(lines) == len(told)


def test_the_release_before_may_be_named_and_one_that_is_unknown_may_not(
    rows: Ask, problem: Ask
) -> None:
    assert rows(LATEST, since=world.OLD) == rows(LATEST)
    told = problem(LATEST, since="2020-01-01")
    assert (told["parameter"], told["suggestions"]) == ("since", [world.OLD])
    assert "is not a release before" in told["detail"]


def test_a_first_release_says_that_there_is_none_before_it(
    client: TestClient, rows: Ask, problem: Ask
) -> None:
    path = f"releases/{world.OLD}/changes"
    answer = client.get(f"/api/v1/{path}").json()
    assert answer["data"] == []
    assert "is the first release" in answer["meta"]["warnings"][0]
    assert problem(path, since=world.NEW)["parameter"] == "since"
    told = rows(f"releases/{world.OLD}")["changes"]
    assert (told["since"], set(told["kinds"].values()), told["indicators"]) == (None, {0}, [])


def test_an_empty_answer_says_why(client: TestClient) -> None:
    answer = client.get(f"{PATH}?indicator=a_rate_10k").json()
    assert (answer["data"], len(answer["meta"]["warnings"])) == ([], 1)


def test_a_release_counts_its_changes_by_kind_and_indicator(rows: Ask) -> None:
    told = rows("releases/latest")["changes"]
    assert_shape(contract.ChangesSummary, told)
    assert told["since"] == world.OLD
    assert told["kinds"] == {
        "new": 2, "revised": 1, "newly_suppressed": 1, "no_longer_suppressed": 0, "withdrawn": 1,
    }  # fmt: skip
    first = told["indicators"][0]
    assert (first["indicator"], first["new"], first["revised"]) == ("a_share_pct", 1, 1)
    assert (told["new_indicators"], told["new_sources"]) == (["a_score"], ["a_table_2025"])


def test_a_release_from_before_changes_were_counted_says_nothing_of_them(tmp_path: Path) -> None:
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    (tmp_path / "snapshots" / digest / "changes_summary.json").unlink()
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    assert client.get("/api/v1/releases/latest").json()["data"]["changes"] is None
    assert client.get(PATH).json()["data"] == []


def test_too_many_changes_for_json_are_offered_as_a_file(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_JSON_ROWS", 2)
    answer = client.get(f"{PATH}?kind=new,revised")
    assert answer.status_code == 400
    told = answer.json()
    assert told["rows"] == 3
    assert client.get(told["suggestions"][0]).status_code == 200


def test_known_problems_name_their_areas(rows: Ask) -> None:
    first, everywhere = rows("releases/latest")["known_problems"]
    assert_shape(contract.KnownProblemRow, first)
    assert [area["code"] for area in first["areas"]] == ["X06000001", "X06000002"]
    assert all(area["name"] for area in first["areas"])
    assert everywhere["areas"] == []
