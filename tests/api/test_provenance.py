"""What the API tells of where figures come from: files, their own words, totals, columns."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import contract
from api.source_cards import kind_of
from indicators.snapshot import Source
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.api.test_contract import assert_shape
from tests.indicators.definitions import an_indicator

PATHS = ("releases/latest", "indicators/a_share_pct")


def sources(client: TestClient, path: str) -> dict[str, Any]:
    found = client.get(f"/api/v1/{path}").json()["data"]["sources"]
    return {source["id"]: source for source in found}


@pytest.mark.parametrize("path", PATHS)
def test_sources_have_the_shape_of_the_contract_down_to_their_files(
    client: TestClient, path: str
) -> None:
    for source in sources(client, path).values():
        assert_shape(contract.SourceCard, source)
        assert_shape(contract.TotalsRow, source["totals"])
    newest = sources(client, path)["a_table_2025"]
    assert_shape(contract.SourceFileRow, newest["files"][0])
    assert_shape(contract.TotalsMismatch, newest["totals"]["mismatches"][0])


@pytest.mark.parametrize("path", PATHS)
def test_a_source_names_its_files_with_their_digest_and_their_own_words(
    client: TestClient, path: str
) -> None:
    assert sources(client, path)["a_table_2025"]["files"] == [
        {
            "name": "a.csv",
            "sha256": "ab" * 32,
            "rows": 9,
            "columns": {"share": "Share (%)"},
            "spellings": {"group": {"all": "All"}},
        }
    ]
    assert sources(client, "releases/latest")["a_table_2024"]["files"] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_source_says_how_its_totals_compare_with_the_authorities(
    client: TestClient, path: str
) -> None:
    assert sources(client, path)["a_table_2025"]["totals"] == {
        "compared": 8,
        "agreed": 7,
        "mismatches": [
            {
                "indicator": "a_share_pct",
                "period": "RY2025",
                "areas": [world.REGION],
                "missing": [world.MISSING],
            }
        ],
    }


def test_a_source_lists_the_indicators_that_have_a_figure_of_it(client: TestClient) -> None:
    found = sources(client, "releases/latest")
    assert found["a_table_2025"]["indicators"] == ["a_share_pct", "a_rate_10k", "a_score"]
    assert found["a_table_2024"]["indicators"] == []
    older = sources(client, f"releases/{world.OLD}")
    assert older["a_table_2024"]["indicators"] == ["a_share_pct", "a_rate_10k"]


def test_lists_of_indicators_stay_light(client: TestClient) -> None:
    for card in client.get("/api/v1/indicators").json()["data"]:
        assert not {"sources", "read_from", "submission"} & set(card)


@pytest.mark.parametrize(
    ("table", "kind"),
    [("", "computed"), ("submission_cla", "submission"), ("a_table", "publication")],
)
def test_a_source_says_what_it_is(table: str, kind: str) -> None:
    assert kind_of(Source("an_id", table, "", "Who", "What", "2025-01-01")) == kind


ENTRY = {
    "table": "a_table",
    "rows": {"group": ["all"]},
    "numerator": "number",
    "denominator": "number",
    "denominator_rows": {"kind": ["Total", "Whole"]},
    "is_complement": True,
    "breakdowns": {"sex": {"column": "sex", "codes": {"Boys": "M"}}},
    "levels": ["authority"],
    "last_period": "RY2024",
    "flags": ["definition_differs"],
    "note": "By hand.",
}


def test_an_indicator_says_from_which_rows_and_columns_it_is_read(tmp_path: Path) -> None:
    counted = {"collection": "CLA", "numerator": {"measure": "A"}, "denominator": {"measure": "B"}}
    indicator = an_indicator("a_share_pct", sources=[ENTRY], submission=counted)
    cells = [world.cell(indicator, "RY2025", world.TOWN, 1, 8)]
    digest = world.write_release(
        tmp_path,
        world.NEW,
        [{**made, "updated_release": world.NEW} for made in cells],
        (indicator,),
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    card = client_for(tmp_path).get("/api/v1/indicators/a_share_pct").json()["data"]
    (entry,) = card["read_from"]
    assert_shape(contract.ReadFrom, entry)
    assert {name: entry[name] for name in ENTRY} == ENTRY
    assert (entry["value"], entry["numerator_rows"], entry["counted_where"]) == ("", {}, {})
    assert card["submission"]["numerator"]["measure"] == "A"


def test_an_indicator_that_no_return_feeds_says_so(client: TestClient) -> None:
    card = client.get("/api/v1/indicators/a_share_pct").json()["data"]
    assert card["submission"] is None


def test_a_profile_names_the_source_of_each_figure(rows: Ask) -> None:
    for row in rows(f"profiles/{world.TOWN}"):
        (observed,) = rows(indicator=row["indicator"], area=world.TOWN)
        assert row["source"] == observed["source"] == "a_table_2025"
    assert rows(f"profiles/{world.MISSING}")[0]["source"] == ""


def test_the_description_holds_the_shapes_of_provenance(client: TestClient) -> None:
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    for name in ("SourceCard", "SourceFileRow", "TotalsRow", "TotalsMismatch", "ReadFrom"):
        shape = getattr(contract, name)
        assert list(schemas[name]["properties"]) == list(shape.__annotations__)
