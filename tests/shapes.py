"""Made-up boundaries: a square for each area, side by side, as files of shapes."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from reference.areas import Area, AreaKind
from reference.places import PlaceSet

DAY = date(2025, 3, 31)
_IN_A_ROW = 12


def squares(areas: Iterable[Area], **columns: Any) -> Any:
    """Return a frame of one square for each area, wound the wrong way round as Shapefiles are."""
    codes = [area.code for area in areas]
    made = [
        shapely.box(0.1 * (i % _IN_A_ROW), 50 + 0.1 * (i // _IN_A_ROW),
                    0.1 * (i % _IN_A_ROW + 1), 50 + 0.1 * (i // _IN_A_ROW + 1), ccw=False)
        for i in range(len(codes))
    ]  # fmt: skip
    return gpd.GeoDataFrame({"CODE": codes, **columns}, geometry=made, crs="EPSG:4326")


def write_squares(folder: Path, places: PlaceSet, kind: AreaKind = AreaKind.AUTHORITY) -> Path:
    """Write the squares of all areas of a level that existed on DAY; return the file."""
    path = folder / f"{kind}.geojson"
    squares(places.of_kind(kind, DAY)).to_file(path, driver="GeoJSON")
    return path
