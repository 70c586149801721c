"""Before its moment nothing of a scheduled release is in any answer, page, file or header."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indicators.catalogue import load_catalogue
from indicators.store import Store, open_store, publish_due, publish_load, schedule_release
from reference.placesets import load_place_set
from tests.builders import a_cell, vintage
from tests.indicators.store.published import ALVERBY, NOW
from tests.indicators.store.test_redaction import holding
from tests.indicators.store.ways import LATER, PUBLISHER, approve, by
from tests.journeys.public import public_over

INDICATOR, CANARY, NAME = "cla_3plus_placements_pct", 73.4375, "a-name-that-nobody-knows"
THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10, indicator=INDICATOR))
NEXT = vintage(2025, a_cell(ALVERBY, "RY2025", CANARY, indicator=INDICATOR))

QUERIES = (
    f"/api/v1/observations?indicator={INDICATOR}&period=all&area=authority",
    f"/api/v1/observations.csv?indicator={INDICATOR}&period=all",
    f"/api/v1/observations?indicator={INDICATOR}&period=latest_provisional",
    f"/api/v1/rankings?indicator={INDICATOR}",
    f"/api/v1/comparisons?indicator={INDICATOR}&area={ALVERBY}&with=england",
    f"/api/v1/trends?indicator={INDICATOR}&area={ALVERBY}",
    f"/api/v1/profiles/{ALVERBY}",
    f"/api/v1/indicators/{INDICATOR}",
    "/api/v1/",
    "/api/v1/releases",
    "/api/v1/releases/latest",
    "/api/v1/releases/latest/changes",
    "/api/v1/releases/latest/files",
    "/api/v1/datapackage.json",
    "/api/v1/catalogue",
    "/api/v1/catalogue?profile=schema_org",
    "/api/v1/feeds/releases.atom",
    f"/api/v1/feeds/revisions.atom?indicator={INDICATOR}",
    f"/api/v1/boundaries.geojson?indicator={INDICATOR}&period=latest",
    "/api/v1/areas",
    "/api/openapi.json",
    "/",
    f"/indicators/{INDICATOR}",
    f"/areas/{ALVERBY}",
    "/releases",
    "/about",
    "/sitemap.xml",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one release published and the next one scheduled."""
    store = open_store("", tmp_path / "home", load_place_set("made_up"))
    catalogue = load_catalogue()
    publish_load(store, THEN, catalogue, release_id="then", now=NOW)
    publish_load(store, NEXT, catalogue, release_id=NAME, draft=True, now=NOW)
    approve(store)
    schedule_release(store, LATER, by(PUBLISHER))
    yield store
    store.close()


def answers(client: TestClient) -> dict[str, tuple[int, str, bytes]]:
    """Return the answer to every query: its status, its headers as text, its body."""
    found = {}
    for query in QUERIES:
        answer = client.get(query)
        told = {name: text for name, text in answer.headers.items() if name != "date"}
        found[query] = (answer.status_code, repr(told), answer.content)
    return found


def test_nothing_of_a_scheduled_release_is_seen_before_its_moment(store: Store) -> None:
    digest = next(p.name for p in (store.home / "embargoed").iterdir() if p.is_dir())
    planted = [str(CANARY).encode(), NAME.encode(), digest.encode(), digest[:24].encode()]
    seen_in = holding(store.home, CANARY)
    assert seen_in
    assert {name.partition("/")[0].partition(".")[0] for name in seen_in} <= {
        "embargoed",
        "outcomes",
    }
    with public_over(store.home) as client:
        before = answers(client)
        for query, (status, headers, body) in before.items():
            assert status < 500, query
            for canary in planted:
                assert canary not in body, query
                assert canary not in headers.encode(), query
        for path in (f"/api/v1/releases/{NAME}", f"/api/v1/files/{digest}/observations.csv.gz"):
            assert client.get(path).status_code == 404
        assert answers(client) == before
    publish_due(store, lambda: LATER)
    with public_over(store.home) as client:
        after = answers(client)
    assert NAME.encode() in after["/api/v1/releases"][2]
    assert str(CANARY).encode() in after[QUERIES[0]][2]
