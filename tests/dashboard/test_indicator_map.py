"""The map of real boundaries: offered where they are loaded, drawn to scale, named and light."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.prerender import to_html
from dashboard.views.boundaries import WIDTH, outlines_of
from etl.boundaries.commands import Origin, load_boundaries
from etl.settings import Settings
from reference.placesets import load_place_set
from tests.dashboard.reading import text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT
from tests.shapes import DAY, write_squares

PAGE = f"/indicators/cla_31mar_rate_10k?area={KENT}&view=map"
WORDS = "Source: A survey. Contains A survey's data."


@pytest.fixture(scope="module")
def mapped(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> RealPages:
    """Pages over the figures that ship, with a made-up square for each authority."""
    home = tmp_path_factory.mktemp("mapped") / "home"
    shutil.copytree(shipped_home, home)
    path = write_squares(tmp_path_factory.mktemp("shapes"), load_place_set("england"))
    settings = Settings(home=home, place_set="england")
    load_boundaries(path, settings, Origin(DAY, "A survey", "A licence", WORDS))
    return RealPages(home)


def collection(*rings: list[list[float]]) -> bytes:
    features = [
        {"id": f"X{n}", "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for n, ring in enumerate(rings)
    ]
    note = {"as_at": "2025-03-31", "attribution": WORDS}
    content: dict[str, Any] = {"features": features, "meta": {"boundaries": note}}
    return json.dumps(content).encode()


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_a_degree_across_is_drawn_as_long_as_it_is_in_the_middle() -> None:
    made = outlines_of(collection(box(0, 59, 2, 61)))
    assert made.height == pytest.approx(2 * WIDTH, rel=0.02)  # at 60° north half as long


def test_borders_that_two_areas_share_still_meet() -> None:
    made = outlines_of(collection(box(0, 50, 1.003, 51), box(1.003, 50, 2, 51)))
    first = re.match(r"M(\d+) (\d+)l(\d+) 0", made.paths["X0"])
    second = re.match(r"M(\d+) ", made.paths["X1"])
    assert first is not None
    assert second is not None
    assert int(first[1]) + int(first[3]) == int(second[1])


def test_what_is_smaller_than_a_unit_is_left_out() -> None:
    speck = box(0.5, 50.5, 0.5001, 50.5001)
    assert outlines_of(collection(box(0, 50, 2, 51), speck)).paths["X1"] == ""


def test_without_boundaries_none_are_offered(real: RealPages) -> None:
    assert "map=boundaries" not in to_html(real.page(PAGE).content)
    asked = real.page(f"{PAGE}&map=boundaries")
    assert "No boundaries are loaded here, so that the map has tiles." in text_of(asked.content)
    assert 'class="drawing tilemap"' in to_html(asked.content)


def test_loaded_boundaries_are_a_choice_with_their_source(mapped: RealPages) -> None:
    tiles = to_html(mapped.page(PAGE).content)
    assert "map=boundaries" in tiles
    assert 'class="drawing tilemap"' in tiles
    page = mapped.page(f"{PAGE}&map=boundaries")
    html = to_html(page.content)
    assert 'class="drawing tilemap boundaries"' in html
    assert html.count('class="outline chosen"') == 2  # on the map and in its key
    assert "Kent: 53 per 10,000" in html
    assert "Boundaries as at 31 March 2025. Source: A survey." in text_of(page.content)
    assert len(re.findall(r'<path d="[^"]+" class="tile', html)) >= 153


def test_a_map_without_boundaries_asked_for_does_not_fetch_them(mapped: RealPages) -> None:
    mapped.page(PAGE)
    asked = [url for url in mapped.asked if "/boundaries.geojson" in url]
    assert len(asked) == 1
    assert "area=england" in asked[0]
