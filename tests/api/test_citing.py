"""Every answer says how to cite it, and the resource /citation says it to reference managers."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from api import contract
from tests.api import world
from tests.api.conftest import client_for
from tests.api.test_contract import SHAPES, assert_shape

RELEASE = f"/api/v1/releases/{world.NEW}"


@pytest.mark.parametrize("path", SHAPES)
def test_every_answer_says_how_to_cite_it(client: TestClient, path: str) -> None:
    block = client.get(f"/api/v1/{path}").json()["meta"]["citation"]
    assert_shape(contract.Citation, block)
    assert (block["release"], block["published_on"]) == (world.NEW, world.NEW)
    assert world.NEW in block["how_to_cite"]
    assert block["doi"] is None


def test_an_answer_of_an_older_release_cites_that_one(client: TestClient) -> None:
    meta = client.get(f"/api/v1/observations?release={world.OLD}").json()["meta"]
    assert meta["citation"]["release"] == world.OLD
    assert meta["citation"]["digest"] == meta["digest"]
    assert client.get(meta["citation"]["url"]).json()["data"]["id"] == world.OLD


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet", "arrow", "xlsx", "jsonstat"])
def test_a_plain_file_says_what_to_cite_by_its_links(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/observations.{name}")
    assert answer.links["cite-as"]["url"] == RELEASE
    assert f'<{RELEASE}/citation>; rel="describedby"' in answer.headers["link"]
    assert client.get(f"{RELEASE}/citation").json()["data"]["release"] == world.NEW


def test_the_citation_of_a_release_is_had_as_bibtex_cff_and_ris(client: TestClient) -> None:
    block = client.get(f"{RELEASE}/citation").json()["data"]
    bibtex = client.get(f"{RELEASE}/citation.bib")
    assert bibtex.text == block["bibtex"]
    assert bibtex.headers["content-type"].startswith("application/x-bibtex")
    assert yaml.safe_load(client.get(f"{RELEASE}/citation.cff").text)["version"] == world.NEW
    assert client.get(f"{RELEASE}/citation?format=ris").text.startswith("TY  - DATA")


def test_the_citation_says_which_formats_it_has(client: TestClient) -> None:
    problem = client.get(f"{RELEASE}/citation.csv").json()
    assert (problem["status"], problem["parameter"]) == (400, "format")
    assert "bib, cff, ris" in problem["detail"]
    assert "bib" not in client.get("/api/v1/areas.bib").json()["detail"].split("use ")[1]


def test_a_cited_address_is_whole_where_the_service_knows_its_own(home: Path) -> None:
    client = client_for(home, public_url="https://example.org")
    meta = client.get("/api/v1/observations").json()["meta"]
    assert meta["citation"]["url"] == f"https://example.org{RELEASE}"
    links = client.get("/api/v1/observations").links
    assert links["cite-as"]["url"] == f"https://example.org{RELEASE}"


def test_another_address_of_the_service_gives_another_tag(home: Path, client: TestClient) -> None:
    other = client_for(home, public_url="https://example.org")
    asked = "/api/v1/observations?indicator=a_share_pct"
    assert client.get(asked).headers["etag"] != other.get(asked).headers["etag"]


@pytest.mark.parametrize("address", ["example.org", "https://example.org/", "ftp://example.org"])
def test_an_address_of_the_service_that_cannot_stand_before_a_path_is_refused(
    home: Path, address: str
) -> None:
    with pytest.raises(ValueError, match="public_url"):
        client_for(home, public_url=address)


def test_nothing_is_cited_before_there_is_a_release(tmp_path: Path) -> None:
    answer: dict[str, Any] = client_for(tmp_path).get("/api/v1/releases").json()
    assert answer["meta"]["citation"] is None
