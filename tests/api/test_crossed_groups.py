"""Groups within each group of a second grouping."""

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Ask

SHARE = "a_share_pct"
OWN = ("across", "across_group", "across_label")


def test_a_group_within_a_class_is_the_group_of_those_that_a_filter_keeps(rows: Ask) -> None:
    crossed = rows("groups", grouping="region", across="rural_urban", indicator=SHARE)
    assert {row["across"] for row in crossed} == {"rural_urban"}
    for value in {row["across_group"] for row in crossed}:
        kept = rows("groups", grouping="region", indicator=SHARE, rural_urban=value)
        within = [row for row in crossed if row["across_group"] == value]
        assert [{**row, **dict.fromkeys(OWN)} for row in within] == kept


def test_within_each_class_groups_have_a_test_of_their_own(rows: Ask) -> None:
    crossed = rows("groups", grouping="region", across="area_type", indicator=SHARE)
    for value in {row["across_group"] for row in crossed}:
        said = {row["sentence"] for row in crossed if row["across_group"] == value}
        assert len(said) == 1


def test_without_a_second_grouping_its_columns_are_null(rows: Ask) -> None:
    found = rows("groups", grouping="region", indicator=SHARE)
    assert {row[name] for row in found for name in OWN} == {None}


def test_judgements_of_a_second_grouping_are_dated_and_come_with_the_caution(
    client: TestClient,
) -> None:
    query = {"grouping": "region", "across": "ofsted", "indicator": SHARE}
    answer = client.get("/api/v1/groups", params={**query, "as_at": "2024-03-31"}).json()
    assert {row["as_at"] for row in answer["data"]} == {"2024-03-31"}
    assert all(row["caution"] for row in answer["data"])
    assert answer["meta"]["judged_on"] == "2024-03-31"


def test_a_list_of_ones_own_is_parted_too(rows: Ask) -> None:
    (every,) = rows("groups", grouping="areas:161,162,163,164,165,166", indicator=SHARE)
    parts = rows(
        "groups", grouping="areas:161,162,163,164,165,166", across="area_type", indicator=SHARE
    )
    assert sum(part["members"] for part in parts) == every["members"]
    assert len(parts) == len({part["across_group"] for part in parts})


def test_without_a_first_grouping_it_is_all_others(rows: Ask) -> None:
    found = {row["grouping"] for row in rows("groups", across="area_type")}
    assert "region" in found
    assert "area_type" not in found


@pytest.mark.parametrize(
    "query",
    [
        {"grouping": "region", "across": "region"},
        {"grouping": "region", "across": "seaside"},
        {"grouping": "region", "across": "neighbours"},
    ],
)
def test_a_second_grouping_that_makes_no_sense_is_refused(
    problem: Ask, query: dict[str, str]
) -> None:
    assert problem("groups", **query)["parameter"] == "across"
