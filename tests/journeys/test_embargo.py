"""Before its moment nothing of a scheduled release is in any answer, page, file or header."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.asking import FIGURE_FORMATS
from api.resources import RESOURCES
from indicators.catalogue import load_catalogue
from indicators.store import Store, open_store, publish_due, publish_load, schedule_release
from reference.placesets import load_place_set
from tests.api.test_nothing_hidden import OPEN
from tests.builders import a_cell, vintage
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, NOW
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
    "/robots.txt",
)
PARTS = {
    "id": INDICATOR,
    "code": ALVERBY,
    "other": BRENNOWCOMBE,
    "release": "latest",
    "pair": "none",
    "place": "outcome_1",
    "dimension": "status",
    "key": "all",
}
"""What fills the braces of the resources that there are, those added later too."""


def addresses() -> Iterator[tuple[str, str]]:
    """Give every address that can be asked, in every format, with the format."""
    yield from ((query, "text") for query in QUERIES)
    for resource in RESOURCES:
        path = f"/api{resource.path.format(**{**resource.path_examples, **PARTS})}"
        query = "?period=all" if "period" in resource.parameters else ""
        for form in resource.formats if resource.method == "GET" else ():
            is_plain = bool(resource.media_types) or form == "json"
            yield f"{path}{'' if is_plain else f'.{form}'}{query}", form


OF_RELEASES = ("/api/v1/releases", "/api/v1/feeds/releases.atom", "/api/v1/catalogue")
"""Where a new release is told once it is out."""


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
    """Return the answer to every address: its status, its headers as text, its body unpacked."""
    found = {}
    for address, form in addresses():
        answer = client.get(address)
        told = {name: text for name, text in answer.headers.items() if name != "date"}
        is_packed = form in OPEN and answer.status_code == 200
        body = OPEN[form](answer.content) if is_packed else answer.content
        found[address] = (answer.status_code, repr(told), body)
    return found


def ways_in(digest: str) -> Iterator[str]:
    """Give addresses that would lead into the folder of what waits, if any did."""
    yield f"/api/v1/releases/{NAME}"
    yield f"/api/v1/releases/{NAME}/observations.csv"
    yield f"/api/v1/observations?release={NAME}"
    yield f"/api/v1/releases/latest/changes?since={NAME}"
    for name in ("observations.csv.gz", "observations.parquet", "../cells.arrow"):
        yield f"/api/v1/files/{digest}/{name}"
        yield f"/api/v1/releases/{NAME}/files/{name}"
        for up in ("..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "%252e%252e%252f"):
            climbed = up * 4
            yield f"/api/v1/releases/then/files/{climbed}embargoed/{digest}/files/{name}"
            yield f"/api/v1/files/{climbed}embargoed/{digest}/{name}"
            yield f"/api/vendor/{climbed}embargoed/{digest}/{name}"
    for name in ("outcomes.sqlite", "embargoed/releases.json", "releases.json"):
        yield f"/api/v1/releases/then/files/..%2f..%2f..%2f{name}"
        yield f"/{name}"
        yield f"/assets/..%2f..%2f{name}"


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
        for path in ways_in(digest):
            answer = client.get(path)
            assert answer.status_code in {400, 404}, path
            assert str(CANARY).encode() not in answer.content
        assert answers(client) == before
    publish_due(store, lambda: LATER)
    with public_over(store.home) as client:
        after = answers(client)
    for query in OF_RELEASES:
        assert NAME.encode() in after[query][2], query
    seen = {query for query, (_, _, body) in after.items() if str(CANARY).encode() in body}
    assert {QUERIES[0], QUERIES[1]} <= seen
    for form in FIGURE_FORMATS:
        name = "" if form == "json" else f".{form}"
        assert f"/api/v1/observations{name}?period=all" in seen, form
    assert str(CANARY).encode() in after[QUERIES[0]][2]
