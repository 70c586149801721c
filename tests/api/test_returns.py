"""What became of what an authority sent, and how a release says that it protects small counts."""

from pathlib import Path

from starlette.testclient import TestClient

from indicators.snapshot import Source
from tests.api import said, world
from tests.api.conftest import Ask, client_for


def test_a_return_of_the_release_is_told_of_with_days_and_roles(rows: Ask) -> None:
    (row,) = rows(f"areas/{world.TOWN}/returns")
    assert (row["version"], row["rows_received"]) == (3, 190)
    assert (row["received_on"], row["signed_off_on"]) == ("2025-10-01", "2025-10-03")
    assert (row["accepted_on"], row["accepted_by_role"]) == ("2025-10-09", "steward")


def test_a_release_from_before_there_were_returns_reads_as_having_none(
    rows: Ask, client: TestClient
) -> None:
    assert rows(f"areas/{world.TOWN}/returns", release=world.OLD) == []
    answer = client.get(f"/api/v1/areas/{world.SUPPRESSED}/returns").json()
    assert answer["data"] == []
    assert "holds no return" in answer["meta"]["warnings"][0]
    assert client.get("/api/v1/areas/nowhere/returns").status_code == 404


def test_the_card_of_an_area_says_how_many_returns_there_are(client: TestClient) -> None:
    counts = [
        client.get(f"/api/v1/areas/{code}").json()["data"]["returns"]
        for code in (world.TOWN, world.SUPPRESSED)
    ]
    assert counts == [1, 0]


def test_figures_of_a_return_are_counted_as_shown_and_hidden(tmp_path: Path) -> None:
    source = Source(said.RETURN.source, "submission_cla", "RY2025_v3", "A town", "A return",
                    "2025-12-01")  # fmt: skip
    cells = [
        {**made, "source": source.id} if made["area"] in {world.TOWN, world.SUPPRESSED} else made
        for made in world.new_cells()
        if made["period"] == "RY2025"
    ]
    digest = world.write_release(
        tmp_path, world.NEW, cells, returns=(said.RETURN,), sources=(*world.SOURCES, source)
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    (row,) = client.get(f"/api/v1/areas/{world.TOWN}/returns").json()["data"]
    own = [made for made in cells if made["source"] == source.id]
    hidden = [made for made in own if made["status"] == "suppressed"]
    assert row["figures_hidden"] == len(hidden) == 1
    assert row["figures_shown"] == len(own) - 1
    assert row["indicators"] == ["a_share_pct", "a_rate_10k"]
    told = client.get("/api/v1/releases/latest").json()["data"]["disclosure"]
    assert (told["hidden"], told["hidden_by_publishers"]) == (1, 0)


def test_a_release_with_returns_says_what_its_policy_protects_and_why_it_was_chosen(
    client: TestClient,
) -> None:
    told = client.get("/api/v1/releases/latest").json()["data"]["disclosure"]
    assert (told["policy"], told["reason"]) == ("strict", "The publisher asked for it")
    assert [one["is_protected"] for one in told["statements"]] == [True, False]
    assert "disclosure.txt" in client.get("/api/v1/releases/latest/files").text
    text = client.get("/api/v1/releases/latest/files/disclosure.txt").text
    assert "It does not protect:\n- Authorities that share what they know" in text


def test_a_release_without_returns_is_under_no_policy(client: TestClient) -> None:
    told = client.get(f"/api/v1/releases/{world.OLD}").json()["data"]["disclosure"]
    assert (told["policy"], told["statements"], told["hidden"]) == ("", [], 0)
    assert told["hidden_by_publishers"] > 0
