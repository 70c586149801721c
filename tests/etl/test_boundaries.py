"""Loading boundaries: every area once, right way round, small enough for a page."""

import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from etl.boundaries.commands import Origin, load_boundaries
from etl.boundaries.drawing import draw_for_web, draw_full
from etl.boundaries.reading import ShapesError, UnreadableError, read_shapes
from etl.command_line import app
from etl.findings import ExitCode
from etl.settings import Settings
from reference.areas import AreaKind
from reference.boundaries import (
    FULL,
    WEB,
    BoundariesError,
    in_force,
    index_path,
    read_index,
    shapes_path,
)
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.shapes import DAY, squares, write_squares

ORIGIN = Origin(DAY, "A survey", "A licence v1.0")
ONS = "Office for National Statistics"


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


def settings_of(home: Path, place_set: str = "made_up") -> Settings:
    return Settings(home=home, place_set=place_set)


def drawn(home: Path, detail: str = WEB, level: str = "authority") -> dict[str, Any]:
    held = in_force(read_index(index_path(home)), level, None)
    assert held is not None
    content = shapes_path(home, held.digest, detail).read_bytes()
    return cast(dict[str, Any], json.loads(content))


def refusal(path: Path, places: PlaceSet, on: date = DAY, **how: Any) -> str:
    with pytest.raises(ShapesError) as error:
        read_shapes(path, places, on, **how)
    return str(error.value)


def saved(frame: Any, folder: Path) -> Path:
    path = folder / "shapes.geojson"
    frame.to_file(path, driver="GeoJSON")
    return path


@pytest.mark.parametrize("kind", [AreaKind.AUTHORITY, AreaKind.REGION])
def test_every_area_of_a_level_has_its_shape_found_by_its_code(
    tmp_path: Path, places: PlaceSet, kind: AreaKind
) -> None:
    found = read_shapes(write_squares(tmp_path, places, kind), places, DAY)
    assert (found.level, found.column, found.left_out) == (kind, "CODE", 0)
    assert set(found.shapes) == {area.code for area in places.of_kind(kind, DAY)}


@pytest.mark.parametrize(("name", "driver"), [("a.gpkg", "GPKG"), ("a.shp", "ESRI Shapefile")])
def test_geopackage_and_shapefile_in_other_coordinates_are_read_too(
    tmp_path: Path, places: PlaceSet, name: str, driver: str
) -> None:
    frame = squares(places.authorities(DAY)).to_crs("EPSG:3857")
    frame.to_file(tmp_path / name, driver=driver)
    found = read_shapes(tmp_path / name, places, DAY)
    first = places.authorities(DAY)[0].code
    assert found.shapes[first].bounds == pytest.approx((0, 50, 0.1, 50.1), abs=1e-6)


def test_a_former_code_finds_its_area(tmp_path: Path, places: PlaceSet) -> None:
    recoded = next(
        area for area in places.authorities(DAY) if any(d.code != area.code for d in area.codes)
    )
    older = next(dated.code for dated in recoded.codes if dated.code != recoded.code)
    frame = squares(places.authorities(DAY)).replace({"CODE": {recoded.code: older}})
    assert recoded.code in read_shapes(saved(frame, tmp_path), places, DAY).shapes


def test_rows_of_other_countries_are_left_out_and_counted(tmp_path: Path, places: PlaceSet) -> None:
    frame = squares(places.authorities(DAY))
    other = frame.head(2).assign(CODE=["Z01", "Z02"])
    path = saved(pd.concat([frame, other]), tmp_path)
    assert read_shapes(path, places, DAY).left_out == 2


def test_areas_without_a_shape_are_named(tmp_path: Path, places: PlaceSet) -> None:
    areas = places.authorities(DAY)
    message = refusal(saved(squares(areas[2:]), tmp_path), places)
    assert message.startswith("2 authority areas without a shape")
    assert f"{areas[0].name} ({areas[0].code})" in message


def test_an_area_with_two_shapes_is_named(tmp_path: Path, places: PlaceSet) -> None:
    areas = places.authorities(DAY)
    message = refusal(saved(squares([*areas, areas[0]]), tmp_path), places)
    assert f"more than one shape: {areas[0].name}" in message


def test_areas_that_did_not_exist_on_the_day_are_named(tmp_path: Path, places: PlaceSet) -> None:
    message = refusal(write_squares(tmp_path, places), places, date(2018, 1, 1))
    assert "did not exist on 2018-01-01" in message
    assert "is --date right?" in message


def test_a_file_without_codes_says_where_they_were_looked_for(
    tmp_path: Path, places: PlaceSet
) -> None:
    frame = squares(places.authorities(DAY)).assign(CODE="nothing")
    assert "found in a column of CODE" in refusal(saved(frame, tmp_path), places)


def test_a_named_column_that_is_not_there_is_refused_with_those_that_are(
    tmp_path: Path, places: PlaceSet
) -> None:
    path = write_squares(tmp_path, places)
    assert "no column 'GSS'; the file has CODE" in refusal(path, places, column="GSS")


def test_an_area_that_is_a_line_is_refused(tmp_path: Path, places: PlaceSet) -> None:
    frame = squares(places.authorities(DAY))
    frame.loc[0, "geometry"] = shapely.LineString([(0, 50), (1, 51)])
    assert "has no surface" in refusal(saved(frame, tmp_path), places)


def test_a_shape_that_crosses_itself_is_mended(tmp_path: Path, places: PlaceSet) -> None:
    frame = squares(places.authorities(DAY))
    frame.loc[0, "geometry"] = shapely.Polygon([(0, 50), (1, 51), (1, 50), (0, 51)])
    found = read_shapes(saved(frame, tmp_path), places, DAY)
    assert found.shapes[frame["CODE"][0]].is_valid


def test_a_shapefile_without_its_coordinates_is_refused(tmp_path: Path, places: PlaceSet) -> None:
    squares(places.authorities(DAY)).to_file(tmp_path / "a.shp", driver="ESRI Shapefile")
    (tmp_path / "a.prj").unlink()
    assert "does not say in which coordinates" in refusal(tmp_path / "a.shp", places)


@pytest.mark.parametrize("content", [b"", b"PK nothing", b'{"type": "nothing"}'])
def test_what_is_no_file_of_shapes_is_unreadable(
    tmp_path: Path, places: PlaceSet, content: bytes
) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        read_shapes(path, places, DAY)


def test_outer_rings_run_counter_clockwise(tmp_path: Path, places: PlaceSet) -> None:
    shapes = read_shapes(write_squares(tmp_path, places), places, DAY).shapes
    for content in (draw_full(shapes), draw_for_web(shapes)):
        for geometry in json.loads(content).values():
            assert shapely.geometry.shape(geometry).exterior.is_ccw


def test_shapes_are_simplified_to_a_size_and_none_is_lost() -> None:
    def circle(x: float) -> Any:
        return shapely.Point(x, 51).buffer(0.1, quad_segs=400)

    shapes = {f"X{i}": circle(0.3 * i) for i in range(5)} | {
        "X9": shapely.box(3, 51, 3.001, 51.001)
    }
    light = draw_for_web(shapes, 12_000)
    assert len(light) <= 12_000 < len(draw_for_web(shapes))
    assert list(json.loads(light)) == list(shapes)
    for geometry in json.loads(light).values():
        drawn_again = shapely.geometry.shape(geometry)
        assert drawn_again.is_valid
        assert drawn_again.area > 0


def test_borders_that_are_shared_still_meet_when_simplified(
    published_dir: Path, tmp_path: Path
) -> None:
    england = load_place_set("england")
    path = published_dir / "reference" / "boundaries_la_2023_full.geojson.gz"
    shapes = read_shapes(path, england, date(2023, 12, 31)).shapes
    light = json.loads(draw_for_web(shapes, 150_000))
    geometries = [shapely.geometry.shape(one) for one in light.values()]
    whole = shapely.union_all(geometries)
    gaps = shapely.union_all(list(shapes.values())).area - whole.area
    assert abs(gaps) / whole.area < 0.01
    overlap = sum(one.area for one in geometries) - whole.area
    assert overlap / whole.area < 0.001


def test_the_real_boundaries_are_loaded_with_no_authority_or_region_missing(
    published_dir: Path, tmp_path: Path
) -> None:
    england = load_place_set("england")
    origin = Origin(date(2023, 12, 31), ONS, "Open Government Licence v3.0")
    for name, count in (("boundaries_la_2023", 153), ("boundaries_regions_2023", 9)):
        path = published_dir / "reference" / f"{name}.geojson"
        text, code = load_boundaries(path, settings_of(tmp_path, "england"), origin)
        assert (code, f"{count} " in text) == (ExitCode.OK, True)
    assert set(drawn(tmp_path)) == {a.code for a in england.authorities(date(2023, 12, 31))}
    assert len(drawn(tmp_path, level="region")) == 9
    sizes = [one.sizes[WEB] for one in read_index(index_path(tmp_path))]
    assert max(sizes) <= 400_000


def test_loading_again_for_the_same_day_replaces_what_was_loaded(
    tmp_path: Path, places: PlaceSet
) -> None:
    path = write_squares(tmp_path, places)
    home = tmp_path / "home"
    load_boundaries(path, settings_of(home), ORIGIN)
    first = read_index(index_path(home))[0].digest
    moved = squares(places.authorities(DAY))
    moved["geometry"] = moved.geometry.translate(1, 0)
    load_boundaries(saved(moved, tmp_path), settings_of(home), ORIGIN)
    (held,) = read_index(index_path(home))
    assert held.digest != first
    assert {one.name for one in (home / "boundaries").iterdir()} == {held.digest, "index.json"}


def test_sets_of_several_days_stand_beside_each_other(tmp_path: Path, places: PlaceSet) -> None:
    home = tmp_path / "home"
    earlier = date(2024, 3, 31)
    for day in (earlier, DAY):
        load_boundaries(
            write_squares(tmp_path, places), settings_of(home), Origin(day, "A survey", "A licence")
        )
    held = read_index(index_path(home))
    assert [one.as_at for one in held] == ["2024-03-31", "2025-03-31"]
    found = in_force(held, "authority", "2024-12-31")
    assert found is not None
    assert found.as_at == "2024-03-31"
    assert in_force(held, "authority", "2020-01-01") is None


def test_the_same_file_gives_the_same_bytes(tmp_path: Path, places: PlaceSet) -> None:
    path = write_squares(tmp_path, places)
    for home in ("one", "two"):
        load_boundaries(path, settings_of(tmp_path / home), ORIGIN)
    first, second = (read_index(index_path(tmp_path / home)) for home in ("one", "two"))
    assert first == second
    assert drawn(tmp_path / "one", FULL) == drawn(tmp_path / "two", FULL)


def test_the_command_refuses_with_the_codes_of_the_others(tmp_path: Path, places: PlaceSet) -> None:
    path = write_squares(tmp_path, places)
    settings = settings_of(tmp_path / "home")
    assert load_boundaries(path, settings, ORIGIN, level="ward")[1] == ExitCode.USAGE
    absent = load_boundaries(tmp_path / "none.geojson", settings, ORIGIN)
    assert absent[1] == ExitCode.UNREADABLE
    text, code = load_boundaries(path, settings, ORIGIN, level="region")
    assert code == ExitCode.REFUSED
    assert "no code of an area" in text
    assert not index_path(tmp_path / "home").exists()


def test_boundaries_are_loaded_from_the_command_line(tmp_path: Path, places: PlaceSet) -> None:
    given = ["load", "boundaries", str(write_squares(tmp_path, places)), "--date", "2025-03-31"]
    env = {"OUTCOMES_HOME": str(tmp_path / "home"), "OUTCOMES_PLACE_SET": "made_up"}
    done = CliRunner().invoke(app, [*given, "--source", "A survey"], env=env)
    assert done.exit_code == 0, done.output
    assert "served within seconds" in done.output
    (held,) = read_index(index_path(tmp_path / "home"))
    assert held.attribution.startswith("Source: A survey. Licensed under the Open Government")


def test_an_index_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"format": 99}')
    with pytest.raises(BoundariesError, match="load the boundaries again"):
        read_index(tmp_path / "index.json")
