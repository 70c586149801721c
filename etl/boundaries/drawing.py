"""Drawing shapes for readers: as loaded, and light enough for a page; always right-hand rule."""

import json
from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import shapely

from etl.boundaries.reading import WGS84, Shapes

MOST_WEB_BYTES: Final = 400_000
"""What a page may have to fetch of one level."""

FULL_DECIMALS: Final = 5
"""About a metre; published boundaries are no better."""
WEB_DECIMALS: Final = 4
"""About ten metres."""
_FIRST_TOLERANCE: Final = 25.0
"""Metres by which a line may be moved when it is simplified for the first time."""
_MOST_TURNS: Final = 16


def draw_full(shapes: Shapes) -> bytes:
    """Return the shapes as they were loaded, their coordinates rounded."""
    return _written(list(shapes), list(shapes.values()), FULL_DECIMALS)


def draw_for_web(shapes: Shapes, most_bytes: int = MOST_WEB_BYTES) -> bytes:
    """Return the shapes simplified together, so that shared borders still meet, to a size.

    Nothing is moved further than is needed for that; no area is lost.
    """
    codes, drawn = list(shapes), list(shapes.values())
    content = _written(codes, drawn, WEB_DECIMALS)
    frame = gpd.GeoSeries(drawn, crs=WGS84)
    flat = frame.to_crs(frame.estimate_utm_crs())
    tolerance = _FIRST_TOLERANCE
    for _ in range(_MOST_TURNS):
        if len(content) <= most_bytes:
            break
        simple = shapely.coverage_simplify(flat.to_numpy(), tolerance)
        turned = gpd.GeoSeries(simple, crs=flat.crs).to_crs(WGS84)
        content = _written(codes, [_kept(new, old) for new, old in zip(turned, drawn, strict=True)],
                           WEB_DECIMALS)  # fmt: skip
        tolerance *= 1.6
    return content


def _kept(simple: Any, shape: Any) -> Any:
    """Return a simplified shape, or the shape itself where nothing of it would be left."""
    return shape if simple is None or simple.is_empty else simple


def _written(codes: Sequence[str], shapes: Sequence[Any], decimals: int) -> bytes:
    """Return shapes as a JSON object, one area a line, outer rings counter-clockwise."""
    lines = [
        f"{json.dumps(code)}:{_geometry(shape, decimals)}"
        for code, shape in zip(codes, shapes, strict=True)
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _geometry(shape: Any, decimals: int) -> str:
    rounded = shapely.set_precision(shape, 10.0**-decimals)
    kept = shape if rounded.is_empty else rounded  # smaller than a step: as fine as it was
    turned = shapely.orient_polygons(kept, exterior_cw=False)
    found = json.loads(shapely.to_geojson(turned))
    return json.dumps(_rounded(found, decimals), separators=(",", ":"))


def _rounded(part: Any, decimals: int) -> Any:
    """Return a geometry without the noise of binary numbers."""
    if isinstance(part, float):
        return round(part, max(decimals, FULL_DECIMALS))
    if isinstance(part, list):
        return [_rounded(one, decimals) for one in part]
    if isinstance(part, dict):
        return {name: _rounded(one, decimals) for name, one in part.items()}
    return part
