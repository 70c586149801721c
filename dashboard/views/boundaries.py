"""Outlines of areas on the ground, made into paths of a drawing once for each set loaded."""

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

import orjson

from api.contract import COUNTRY_WORD, Meta, Paths
from dashboard.answers import ApiError
from dashboard.client import ApiClient

WIDTH: Final = 920
"""Units across; a point lies on whole ones, so that borders that two areas share still meet."""
_MARGIN: Final = 4
_SETS_HELD: Final = 2

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Outlines:
    """The paths of areas by their code, the size of the whole, and where they come from."""

    paths: Mapping[str, str]
    height: int
    as_at: str
    attribution: str


async def has_boundaries(client: ApiClient, meta: Meta) -> bool:
    """Return whether outlines of authorities are loaded, by an answer that holds none of them."""
    asked = {"kind": "boundaries", "area": COUNTRY_WORD, "release": meta["release"]}
    return await _content(client, asked) is not None


async def load_outlines(client: ApiClient, meta: Meta) -> Outlines | None:
    """Return the outlines of authorities; None where none are loaded."""
    content = await _content(client, {"kind": "boundaries", "release": meta["release"]})
    # What was loaded anew is other bytes, so that nothing old is shown.
    return None if content is None else await asyncio.to_thread(outlines_of, content)


async def _content(client: ApiClient, asked: Mapping[str, str]) -> bytes | None:
    try:
        return await client.content(Paths.BOUNDARIES, **asked)
    except ApiError as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        return None


@lru_cache(maxsize=_SETS_HELD)
def outlines_of(content: bytes) -> Outlines:
    """Return the outlines of a GeoJSON: degrees across are as long as at the middle latitude."""
    found: dict[str, Any] = orjson.loads(content)
    rings = {one["id"]: list(_rings(one["geometry"])) for one in found["features"]}
    points = [point for of_area in rings.values() for ring in of_area for point in ring]
    note = found["meta"]["boundaries"]
    if not points:
        return Outlines({}, 1, note["as_at"], note["attribution"])
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * shrink or 1)

    def placed(point: Sequence[float]) -> tuple[int, int]:
        x, y = (point[0] - west) * shrink * scale, (north - point[1]) * scale
        return round(x) + _MARGIN, round(y) + _MARGIN

    paths = {
        code: "".join(_path([placed(point) for point in ring]) for ring in of_area)
        for code, of_area in rings.items()
    }
    height = round((north - south) * scale) + 2 * _MARGIN
    return Outlines(paths, height, note["as_at"], note["attribution"])


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield from polygon


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Return a closed path in steps from point to point; islands smaller than a unit are left."""
    x, y = points[0]
    steps = [f"M{x} {y}"]
    for to_x, to_y in points[1:]:
        if (to_x, to_y) != (x, y):
            steps.append(f"l{to_x - x} {to_y - y}")
            x, y = to_x, to_y
    return "".join([*steps, "z"]) if len(steps) > len("abc") else ""
