"""Shapes of areas: tiles of our own map, or boundaries that were loaded, as features of GeoJSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson

from api.opened import OpenRelease
from indicators.export_rows import shown_type
from reference.areas import Area
from reference.boundaries import BoundarySet, shapes_path
from reference.hexgrid import outline

TILES: Final = "tiles"
BOUNDARIES: Final = "boundaries"
KINDS: Final = (TILES, BOUNDARIES)
TILE_NOTE: Final = (
    "Tiles of a map on which every authority has the same room: coordinates are steps on that "
    "map, eastwards and northwards, and not places on Earth, whatever a program makes of them."
)
DEGREES_NOTE: Final = "Longitude and latitude in degrees (WGS 84)."

Geometries = Mapping[str, orjson.Fragment]
"""Code of an area to its geometry, written out."""

_HELD: Final = 6
"""Sets of shapes kept in memory, by level and detail; each is half a megabyte or so."""


@dataclass(frozen=True)
class Shapes:
    """The shapes that a request means, and what a reader must know of them."""

    geometries: Geometries
    note: Mapping[str, str]

    @property
    def of_areas(self) -> Mapping[str, str]:
        """What every feature says of the origin of its shape."""
        return {f"boundary_{name}": self.note[name] for name in ("source", "as_at", "licence")}


def tiles_of(release: OpenRelease) -> Shapes:
    """Return one hexagon for each authority on the tile map of a release."""
    places = release.snapshot.places
    geometries = {
        tile.area: orjson.Fragment(
            orjson.dumps({"type": "Polygon", "coordinates": [outline((tile.column, tile.row))]})
        )
        for tile in places.hexagons
    }
    source = next((one for one in places.sources if one.table == "hexagons"), None)
    return Shapes(
        geometries,
        {
            "kind": TILES,
            "level": "authority",
            "as_at": "",
            "detail": "",
            "source": source.title if source else "",
            "licence": source.licence if source else "",
            "attribution": places.attribution,
            "coordinates": TILE_NOTE,
        },
    )


def boundaries_of(home: Path, held: BoundarySet, detail: str) -> Shapes:
    """Return the shapes of a set; raises OSError where its files are gone."""
    return Shapes(
        _read_shapes(shapes_path(home, held.digest, detail)),
        {
            "kind": BOUNDARIES,
            "level": held.level,
            "as_at": held.as_at,
            "detail": detail,
            "source": held.source,
            "licence": held.licence,
            "attribution": held.attribution,
            "coordinates": DEGREES_NOTE,
        },
    )


@lru_cache(maxsize=_HELD)
def _read_shapes(path: Path) -> Geometries:
    """Read shapes from a file named by its digest, which never changes."""
    content: dict[str, Any] = orjson.loads(path.read_bytes())
    return {code: orjson.Fragment(orjson.dumps(geometry)) for code, geometry in content.items()}


def feature_of(
    release: OpenRelease, area: Area, shapes: Shapes, figure: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the feature of an area, with its figure where there is one to show."""
    region = release.snapshot.places.by_code.get(area.region or "")
    return {
        "type": "Feature",
        "id": area.code,
        "geometry": shapes.geometries[area.code],
        "properties": {
            "code": area.code,
            "name": area.name,
            "type": shown_type(area),
            "region": area.region,
            "region_name": region.name if region else None,
            **shapes.of_areas,
            **figure,
        },
    }


def collection(features: Sequence[Any], meta: Mapping[str, Any], links: Mapping[str, str]) -> bytes:
    """Return features as GeoJSON that says what every answer says."""
    return orjson.dumps(
        {"type": "FeatureCollection", "meta": meta, "links": links, "features": features}
    )
