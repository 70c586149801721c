"""The pages over the API itself, with the made-up releases of its tests."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.main import create_api
from api.settings import ApiSettings
from dashboard.app import create_dashboard
from tests.api import world


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole public process over an old and a new release."""
    home = tmp_path_factory.mktemp("home")
    old = world.write_release(home, world.OLD, world.old_cells())
    new = world.write_release(home, world.NEW, world.new_cells())
    listed = (world.listed(world.OLD, old), world.listed(world.NEW, new))
    world.list_releases(home, world.NEW, *listed)
    server = FastAPI(openapi_url=None)
    server.mount("/api", create_api(ApiSettings(home=home, rate_limit="off")))
    transport = httpx.ASGITransport(app=server)
    create_dashboard(server, httpx.AsyncClient(transport=transport, base_url="http://in-process"))
    with TestClient(server, follow_redirects=False) as client:
        yield client


def texts(web: TestClient, address: str) -> str:
    answer = web.get(address)
    assert answer.status_code == 200, address
    return answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/areas",
        "/about",
        *(f"/areas/{code}" for code in (world.TOWN, world.ENDED, world.BEGUN[0], world.REGION)),
        *(f"/areas/{code}" for code in (world.ITS_OLD_CODE, world.COUNTRY)),
    ],
)
def test_every_kind_of_area_has_its_page(web: TestClient, address: str) -> None:
    assert texts(web, address).count("<h1") == 1


@pytest.mark.parametrize("area", ["", world.TOWN, world.SUPPRESSED, world.ENDED, world.COUNTRY])
@pytest.mark.parametrize("release", ["", world.OLD])
def test_every_pair_has_its_page(web: TestClient, area: str, release: str) -> None:
    assert "share_and_score" in texts(web, "/pairs")
    for pair in world.PAIRS:
        text = texts(web, f"/pairs/{pair.id}?area={area}&release={release}")
        assert (release or world.NEW) in text
        assert pair.reason in text


@pytest.mark.parametrize("release", ["", world.OLD])
@pytest.mark.parametrize("area", ["", world.TOWN, world.SUPPRESSED, world.MISSING, world.ZERO])
def test_every_indicator_has_its_page(web: TestClient, area: str, release: str) -> None:
    for card in web.get("/api/v1/indicators", params={"release": release or "latest"}).json()[
        "data"
    ]:
        query = f"?area={area}&release={release}"
        text = texts(web, f"/indicators/{card['id']}{query}")
        assert (release or world.NEW) in text


def test_every_way_to_group_has_its_page(web: TestClient) -> None:
    indicator = web.get("/api/v1/indicators").json()["data"][0]["id"]
    for row in web.get("/api/v1/groups").json()["data"]:
        for area in ("", world.TOWN):
            text = texts(web, f"/indicators/{indicator}?compare={row['grouping']}&area={area}")
            assert row["title"] in text


def test_the_links_to_the_same_numbers_lead_to_them(web: TestClient) -> None:
    indicator = web.get("/api/v1/indicators").json()["data"][0]["id"]
    pages = ["/", "/sources", f"/areas/{world.TOWN}", f"/indicators/{indicator}?area={world.TOWN}"]
    pages += ["/pairs", f"/pairs/share_and_rate?area={world.TOWN}"]
    for page in pages:
        links = [
            part.partition('"')[0].replace("&amp;", "&")
            for part in texts(web, page).split('href="/api/v1/')[1:]
        ]
        assert links
        for link in links:
            assert web.get(f"/api/v1/{link}").status_code == 200, link


def test_an_older_code_of_an_authority_is_understood(web: TestClient) -> None:
    indicator = web.get("/api/v1/indicators").json()["data"][0]["id"]
    text = texts(web, f"/indicators/{indicator}?area={world.ITS_OLD_CODE}")
    assert f'<option value="{world.RECODED}" selected>' in text
