"""Shapes of areas by address: tiles, loaded boundaries, and the programs that read them."""

import json
import math
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api import contract
from etl.boundaries.commands import Origin, load_boundaries
from etl.settings import Settings
from reference.areas import AreaKind
from reference.hexgrid import outline
from reference.placesets import load_place_set
from tests.api import world
from tests.api.conftest import Clock, client_for
from tests.api.live import serving
from tests.api.mapping import (
    FIGURE,
    WORDS,
    asked,
    codes,
    load,
    properties,
    refused,
    write_release_of,
)
from tests.shapes import DAY


@pytest.fixture(scope="module")
def live(mapped_home: Path) -> Iterator[str]:
    with serving(mapped_home) as address:
        yield address


# Tiles


def test_without_boundaries_the_tile_map_is_given_and_says_that_it_is_no_place_on_earth(
    client: TestClient,
) -> None:
    found = asked(client)
    assert found["meta"]["boundaries"]["kind"] == "tiles"
    assert "not places on Earth" in found["meta"]["boundaries"]["coordinates"]
    assert set(codes(found)) == {tile.area for tile in world.places().hexagons}


def test_tiles_touch_and_never_overlap_and_run_counter_clockwise(client: TestClient) -> None:
    tiles = [shapely.geometry.shape(one["geometry"]) for one in asked(client)["features"]]
    assert all(tile.exterior.is_ccw and tile.is_valid for tile in tiles)
    assert shapely.union_all(tiles).area == pytest.approx(sum(tile.area for tile in tiles))
    assert tiles[0].area == pytest.approx(math.sqrt(3) / 2, rel=1e-3)


def test_tiles_beside_each_other_share_their_corners() -> None:
    here, east, below = (set(outline(cell)) for cell in ((3, 4), (4, 4), (3, 5)))
    assert len(here & east) == len(here & below) == 2


def test_tiles_are_given_on_request_where_boundaries_are_loaded(mapped: TestClient) -> None:
    assert asked(mapped)["meta"]["boundaries"]["kind"] == "boundaries"
    assert asked(mapped, kind="tiles")["meta"]["boundaries"]["kind"] == "tiles"


def test_the_tile_map_has_no_regions(mapped: TestClient) -> None:
    assert "a level of the tile map" in refused(mapped, kind="tiles", level="region")["detail"]


# Boundaries


@pytest.mark.parametrize("kind", [AreaKind.AUTHORITY, AreaKind.REGION])
def test_every_area_of_a_level_has_its_boundary(mapped: TestClient, kind: AreaKind) -> None:
    found = asked(mapped, level=str(kind))
    assert set(codes(found)) == {area.code for area in world.places().of_kind(kind, DAY)}


def test_a_boundary_says_whose_it_is_in_the_answer_and_on_every_area(mapped: TestClient) -> None:
    found = asked(mapped, area=world.TOWN)
    note = found["meta"]["boundaries"]
    assert (note["attribution"], note["as_at"]) == (WORDS, DAY.isoformat())
    (told,) = properties(found).values()
    assert told["name"] == "Alverby"
    assert told["region"] == world.REGION
    assert [told[f"boundary_{name}"] for name in ("source", "as_at", "licence")] == [
        "A survey", DAY.isoformat(), "A licence",
    ]  # fmt: skip


def test_areas_are_chosen_as_everywhere_else(mapped: TestClient) -> None:
    within = asked(mapped, area=f"within:{world.REGION}")
    known = {row["code"] for row in mapped.get("/api/v1/areas?kind=authority").json()["data"]
             if row["region"] == world.REGION and row["last_day"] is None}  # fmt: skip
    assert set(codes(within)) == known
    assert codes(asked(mapped, area="X06000001,X06000002")) == ["X06000001", "X06000002"]


def test_the_collection_has_the_shape_of_the_contract(mapped: TestClient) -> None:
    for query in ({}, FIGURE):
        found = asked(mapped, **query)
        TypeAdapter(contract.BoundaryCollection).validate_python(found, strict=True)
        shape: Any = contract.FigureProperties if query else contract.BoundaryProperties
        for told in properties(found).values():
            TypeAdapter(shape).validate_python(told, strict=True)
            assert list(told) == list(shape.__annotations__)


def test_boundaries_of_a_day_are_the_newest_by_then(mapped_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    shutil.copytree(mapped_home, folder)
    load(folder, tmp_path, day=date(2024, 3, 31))
    client = client_for(folder)
    for day, as_at in (("2024-06-30", "2024-03-31"), ("2026-01-01", "2025-03-31")):
        assert asked(client, as_at=day)["meta"]["boundaries"]["as_at"] == as_at
    assert "as at 2024-03-31" in refused(client, as_at="1999-01-01")["detail"]
    assert "not a date" in refused(client, as_at="soon")["detail"]


def test_a_level_that_was_not_loaded_is_told_with_what_there_is(mapped: TestClient) -> None:
    problem = refused(mapped, 404, level="country")
    assert problem["suggestions"] == ["/api/v1/boundaries.geojson?kind=tiles"]


@pytest.mark.parametrize("query", [{"level": "ward"}, {"detail": "fine"}, {"kind": "hexes"}])
def test_an_unknown_word_is_refused_with_those_that_are_known(
    mapped: TestClient, query: dict[str, Any]
) -> None:
    assert refused(mapped, **query)["parameter"] in query


def test_boundaries_loaded_while_serving_are_noticed_and_nothing_old_is_kept(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    clock = Clock()
    client = client_for(folder, clock)
    before = client.get("/api/v1/boundaries")
    load(folder, tmp_path)
    clock.now += 2
    after = client.get("/api/v1/boundaries", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["meta"]["boundaries"]["kind"] == "boundaries"


def test_an_index_that_cannot_be_read_leaves_the_tiles(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    (folder / "boundaries").mkdir()
    (folder / "boundaries" / "index.json").write_text("nothing")
    assert asked(client_for(folder))["meta"]["boundaries"]["kind"] == "tiles"


def test_boundaries_of_another_country_are_not_shown(mapped_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    shutil.copytree(mapped_home, folder)
    index = folder / "boundaries" / "index.json"
    index.write_text(index.read_text().replace('"made_up"', '"elsewhere"'))
    assert asked(client_for(folder))["meta"]["boundaries"]["kind"] == "tiles"


def test_an_answer_of_one_release_is_not_kept_for_a_day_as_shapes_may_be_loaded_anew(
    mapped: TestClient,
) -> None:
    pinned = mapped.get("/api/v1/boundaries", params={"release": world.NEW})
    assert "max-age=60" in pinned.headers["cache-control"]
    twin = mapped.get(f"/api/v1/releases/{world.NEW}/boundaries.geojson")
    assert codes(twin.json()) == codes(pinned.json())


# Programs of others


@pytest.mark.parametrize("kind", ["tiles", "boundaries"])
def test_geopandas_makes_a_map_by_one_address(live: str, kind: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in FIGURE.items())
    frame = gpd.read_file(f"{live}/api/v1/boundaries.geojson?kind={kind}&{query}")
    assert len(frame) == frame["code"].nunique() > 100
    assert frame.geometry.is_valid.all()
    assert frame["value"].notna().sum() == (frame["status"] == "ok").sum() > 0


def test_geopandas_reads_the_real_boundaries_with_no_authority_missing(
    published_dir: Path, tmp_path: Path
) -> None:
    england = load_place_set("england")
    day = date(2023, 12, 31)
    origin = Origin(day, "Office for National Statistics", "Open Government Licence v3.0")
    for name in ("boundaries_la_2023", "boundaries_regions_2023"):
        path = published_dir / "reference" / f"{name}.geojson"
        load_boundaries(path, Settings(home=tmp_path, place_set="england"), origin)
    write_release_of(tmp_path, england)
    with serving(tmp_path) as address:
        authorities = gpd.read_file(f"{address}/api/v1/boundaries.geojson")
        regions = gpd.read_file(f"{address}/api/v1/boundaries.geojson?level=region")
        city = gpd.read_file(f"{address}/api/v1/boundaries.geojson?area=E09000001&detail=full")
    assert set(authorities["code"]) == {area.code for area in england.authorities(day)}
    assert len(regions) == 9
    assert authorities.crs.to_epsg() == 4326
    for polygon in authorities.geometry.explode():
        assert polygon.exterior.is_ccw
    assert city["name"].tolist() == ["City of London"]


def test_the_tile_map_of_england_has_all_authorities_of_today() -> None:
    england = load_place_set("england")
    assert {tile.area for tile in england.hexagons} == {
        area.code for area in england.authorities() if area.last_day is None
    }


def test_shapes_are_valid_geojson_text(mapped: TestClient) -> None:
    text = mapped.get("/api/v1/boundaries").text
    assert json.loads(text)["type"] == "FeatureCollection"
