"""The catalogue: a graph that data portals read, and the words of search engines."""

import json
import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import client_for
from tests.api.live import serving

# rdflib reads JSON-LD by a class of its own that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

CATALOGUE = "/api/v1/catalogue"
HERE = "https://example.org"
SPDX = Namespace("http://spdx.org/rdf/terms#")
SERIES = URIRef("http://www.w3.org/ns/dcat#DatasetSeries")


@pytest.fixture(scope="module")
def public(home: Path) -> TestClient:
    """A client of a service that knows where its readers find it."""
    return client_for(home, public_url=HERE)


@pytest.fixture(scope="module")
def graph(public: TestClient) -> Graph:
    answer = public.get(CATALOGUE)
    assert answer.headers["content-type"] == "application/ld+json"
    return Graph().parse(data=answer.text, format="json-ld")


def release(id: str) -> URIRef:
    return URIRef(f"{HERE}/api/v1/releases/{id}")


def test_the_catalogue_holds_a_series_and_every_release_as_a_data_set(graph: Graph) -> None:
    catalogue = URIRef(f"{HERE}{CATALOGUE}")
    series = URIRef(f"{HERE}/api/v1/releases")
    assert (catalogue, RDF.type, DCAT.Catalog) in graph
    assert set(graph.objects(catalogue, DCAT.dataset)) == {
        series, release(world.OLD), release(world.NEW),
    }  # fmt: skip
    assert (series, RDF.type, SERIES) in graph
    for id in (world.OLD, world.NEW):
        assert (release(id), URIRef(f"{DCAT}inSeries"), series) in graph
    assert (release(world.NEW), URIRef(f"{DCAT}prev"), release(world.OLD)) in graph


def test_every_data_set_says_what_portals_ask_for(graph: Graph) -> None:
    for id in (world.OLD, world.NEW):
        for term in (
            DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.issued,
            DCTERMS.modified, DCTERMS.publisher, DCTERMS.accrualPeriodicity, DCTERMS.temporal,
            DCTERMS.spatial, DCTERMS.license, DCAT.theme, DCAT.keyword, DCAT.distribution,
        ):  # fmt: skip
            assert list(graph.objects(release(id), term)), (id, term)


def test_a_data_set_covers_the_time_and_place_of_its_figures(graph: Graph) -> None:
    (period,) = graph.objects(release(world.NEW), DCTERMS.temporal)
    days = [str(graph.value(period, term)) for term in (DCAT.startDate, DCAT.endDate)]
    assert days == ["2018-04-01", "2025-09-30"]
    (place,) = graph.objects(release(world.NEW), DCTERMS.spatial)
    assert graph.value(place, DCTERMS.identifier) == Literal(world.COUNTRY)


def test_every_file_is_a_distribution_with_its_size_digest_and_type(
    graph: Graph, client: TestClient
) -> None:
    rows = client.get(f"/api/v1/releases/{world.NEW}/files").json()["data"]
    found = set(graph.objects(release(world.NEW), DCAT.distribution))
    assert found == {URIRef(f"{HERE}{row['lasting_url']}") for row in rows}
    for row in rows:
        one = URIRef(f"{HERE}{row['lasting_url']}")
        assert graph.value(one, DCAT.downloadURL) == one
        assert int(cast(Any, graph.value(one, DCAT.byteSize))) == row["bytes"]
        checksum = graph.value(one, SPDX.checksum)
        if row["sha256"] is None:
            assert checksum is None
        else:
            value = cast(Literal, graph.value(checksum, SPDX.checksumValue))
            assert str(value).lower() == row["sha256"]


def test_packed_figures_are_named_as_what_they_are_when_unpacked(graph: Graph) -> None:
    (packed,) = (
        one for one in graph.objects(release(world.NEW), DCAT.distribution)
        if str(one).endswith("observations.csv.gz")
    )  # fmt: skip
    assert str(graph.value(packed, DCAT.mediaType)).endswith("/text/csv")
    assert str(graph.value(packed, DCAT.compressFormat)).endswith("/application/gzip")


def test_the_publisher_has_a_name(graph: Graph) -> None:
    (publisher,) = set(graph.objects(release(world.NEW), DCTERMS.publisher))
    assert graph.value(publisher, FOAF.name) == Literal("CSC Outcomes")


def test_every_address_in_the_graph_is_whole_and_nothing_is_unknown(graph: Graph) -> None:
    for part in {part for triple in graph for part in triple}:
        if isinstance(part, URIRef):
            assert "://" in str(part), part
        assert str(part) not in {"None", "null"}


def test_what_the_catalogue_points_to_is_there(graph: Graph, client: TestClient) -> None:
    found = set(graph.objects(None, DCAT.downloadURL)) | set(graph.objects(None, DCAT.endpointURL))
    assert len(found) > 20
    for address in found:
        assert client.head(str(address).removeprefix(HERE)).status_code == 200


def test_rdflib_reads_the_catalogue_by_address(home: Path) -> None:
    with serving(home) as address:
        graph = Graph().parse(f"{address}{CATALOGUE}", format="json-ld")
        catalogue = URIRef(f"{address}{CATALOGUE}")
        assert len(list(graph.objects(catalogue, DCAT.dataset))) == 3


def test_a_withdrawn_release_is_not_in_the_catalogue(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    listed = json.loads((folder / "releases.json").read_bytes())
    told = {"reason": "It was wrong", "withdrawn_on": "2026-01-05"}
    listed["releases"][0] |= {"withdrawn": told, "digest": ""}
    (folder / "releases.json").write_text(json.dumps(listed))
    assert world.OLD not in client_for(folder).get(CATALOGUE).text


@pytest.fixture(scope="module")
def words(public: TestClient) -> dict[str, Any]:
    return cast(dict[str, Any], public.get(CATALOGUE, params={"profile": "schema_org"}).json())


def test_search_engines_get_the_latest_release_with_all_that_they_ask_for(
    words: dict[str, Any],
) -> None:
    assert (words["@context"], words["@type"]) == ("https://schema.org", "Dataset")
    assert 50 <= len(words["description"]) <= 5000
    assert words["version"] == world.NEW
    assert words["temporalCoverage"] == "2018-04-01/2025-09-30"
    assert [one["propertyID"] for one in words["variableMeasured"]] == [
        one.id for one in world.INDICATORS
    ]
    for wanted in ("name", "license", "creator", "identifier", "keywords", "spatialCoverage"):
        assert words[wanted]


def test_search_engines_are_led_to_the_files(words: dict[str, Any], client: TestClient) -> None:
    names = {one["name"] for one in words["distribution"]}
    assert names == {"observations.csv.gz", "observations.parquet", "datapackage.zip"}
    for one in words["distribution"]:
        assert client.head(one["contentUrl"].removeprefix(HERE)).status_code == 200


def test_an_unknown_profile_is_refused_with_those_that_are_known(client: TestClient) -> None:
    answer = client.get(CATALOGUE, params={"profile": "dublin"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "profile"
