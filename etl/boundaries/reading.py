"""From a file of shapes to one shape for each area of a level, found by code, none missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import shapely

from reference.areas import Area, AreaKind
from reference.places import PlaceSet

WGS84: Final = "EPSG:4326"
_MOST_NAMED: Final = 12
_SURFACES: Final = ("Polygon", "MultiPolygon")

Shapes = dict[str, Any]
"""Code of an area to its shape, in degrees."""


class ShapesError(Exception):
    """A file of shapes that cannot be taken: `findings` say what is to be mended."""

    def __init__(self, *findings: str) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


class UnreadableError(ShapesError):
    """A file that is no file of shapes."""


@dataclass(frozen=True)
class Reading:
    """What a file gave: a shape for each area, by which column, and how many rows were not ours."""

    level: AreaKind
    shapes: Shapes
    column: str
    left_out: int


def read_shapes(
    path: Path, places: PlaceSet, on: date, level: AreaKind | None = None, column: str = ""
) -> Reading:
    """Return the shape of every area of a level that existed on a day; raises ShapesError.

    Level and column are found by their codes unless they are named.
    """
    frame = _frame(path)
    levels = (level,) if level else (AreaKind.AUTHORITY, AreaKind.REGION, AreaKind.COUNTRY)
    found = _column_of_codes(frame, places, levels, column)
    if found is None:
        kinds = " or ".join(f"{kind}" for kind in levels)
        where = f"column '{column}'" if column else f"a column of {', '.join(_texts(frame))}"
        msg = f"{path.name}: no code of an area of {places.title} ({kinds}) found in {where}"
        raise ShapesError(msg)
    name, kind = found
    areas = [_coded(places).get(_clean(text)) for text in frame[name]]
    mine = [area is not None and area.kind is kind for area in areas]
    kept = [area for area in areas if area is not None and area.kind is kind]
    _check_areas(kept, places, kind, on)
    shapes = _surfaces(path.name, kept, frame.geometry[mine])
    return Reading(kind, shapes, str(name), len(frame) - len(kept))


def _frame(path: Path) -> Any:
    """Return the rows of a file as a frame in degrees; raises UnreadableError."""
    if not path.is_file():
        msg = f"{path}: there is no such file"
        raise UnreadableError(msg)
    address = f"/vsigzip/{path.resolve()}" if path.suffix == ".gz" else str(path)
    try:
        frame = gpd.read_file(address)
    except (RuntimeError, ValueError) as error:  # what its library raises, and what it is
        msg = f"{path.name}: cannot be read as GeoJSON, GeoPackage or Shapefile ({error})"
        raise UnreadableError(msg) from None
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        msg = f"{path.name}: holds no shapes"
        raise UnreadableError(msg)
    if frame.crs is None:
        msg = (
            f"{path.name}: does not say in which coordinates its shapes are; a Shapefile says it "
            "in a .prj file beside it, so pass the whole .zip"
        )
        raise ShapesError(msg)
    return frame.to_crs(WGS84)


def _texts(frame: Any) -> list[str]:
    return [str(name) for name in frame.columns if name != frame.geometry.name]


def _column_of_codes(
    frame: Any, places: PlaceSet, levels: Sequence[AreaKind], named: str
) -> tuple[str, AreaKind] | None:
    """Return the column and level with the most codes of areas; None where there are none."""
    if named and named not in frame.columns:
        msg = f"there is no column '{named}'; the file has {', '.join(_texts(frame))}"
        raise ShapesError(msg)
    known = _coded(places)
    counts: Counter[tuple[str, AreaKind]] = Counter()
    for name in [named] if named else _texts(frame):
        areas = {known.get(_clean(text)) for text in frame[name]}
        counts.update((name, area.kind) for area in areas if area and area.kind in levels)
    # Regions stand beside authorities in many files: each level counts its distinct areas.
    return max(counts, key=lambda key: counts[key], default=None)


def _coded(places: PlaceSet) -> Mapping[str, Area]:
    return {
        code: area
        for area in places.areas
        for code in (area.code, *(dated.code for dated in area.codes))
    }


def _clean(text: object) -> str:
    return str(text).strip().upper()


def _check_areas(found: Sequence[Area], places: PlaceSet, kind: AreaKind, on: date) -> None:
    """Hold what was found to the areas that existed on the day: each of them, once."""
    wanted = {area.code: area for area in places.of_kind(kind, on)}
    counts = Counter(area.code for area in found)
    by_code = {area.code: area for area in found}
    findings = (
        (f"without a shape: {{}}; a file as at {on.isoformat()} has all", wanted.keys() - counts),
        ("with more than one shape: {}; join them into one", {c for c in counts if counts[c] > 1}),
        (f"that did not exist on {on.isoformat()}: {{}}; is --date right?", counts - wanted.keys()),
    )
    faults = [
        f"{len(codes)} {kind} areas {text.format(_named(codes, {**wanted, **by_code}))}"
        for text, codes in ((text, set(codes)) for text, codes in findings)
        if codes
    ]
    if faults:
        raise ShapesError(*faults)


def _named(codes: Iterable[str], areas: Mapping[str, Area]) -> str:
    names = [f"{areas[code].name} ({code})" for code in sorted(codes)]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}"


def _surfaces(name: str, areas: Sequence[Area], geometry: Iterable[Any]) -> Shapes:
    """Return the shapes by code, mended where they cross themselves; raises ShapesError."""
    shapes: Shapes = {}
    for area, found in zip(areas, geometry, strict=True):
        shape = found if found is None or found.is_valid else shapely.make_valid(found)
        if shape is None or shape.is_empty or shape.geom_type not in _SURFACES:
            msg = f"{name}: {area.name} ({area.code}) has no surface; every area needs a polygon"
            raise ShapesError(msg)
        shapes[area.code] = shapely.force_2d(shape)
    return dict(sorted(shapes.items()))
