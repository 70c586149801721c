"""The tile map: one hexagon of equal size for every authority.

A value is told by the colour of its hexagon and by the size of the dot inside it, so that it can
be read without seeing colours; a missing value is a cross.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element, link
from dashboard.svg.scale import class_of, cut_points

CLASSES: Final = 5
RADIUS: Final = 13.0
"""From the middle of a tile to its tips."""
_WIDTH: Final = RADIUS * math.sqrt(3)
_STEP: Final = RADIUS * 1.5
_DOTS: Final = (0.0, 1.8, 3.2, 4.6, 6.0)
_MARGIN: Final = 3.0
_KEY_MIDDLE: Final = (_WIDTH / 2 + 1, RADIUS + 1)


@dataclass(frozen=True)
class Tile:
    """One authority on the map: odd rows stand half a hexagon to the right."""

    code: str
    column: int
    row: int
    label: str
    value: float | None
    address: str
    is_chosen: bool = False
    is_neighbour: bool = False
    is_pointed: bool = False
    """Whether the reader pointed it out beside the chosen one."""

    is_ranked: bool = True
    """Whether its value has a say in where classes begin and end."""


@dataclass(frozen=True)
class MapClass:
    """One class of values on the map, for the key: from the lowest to the highest held."""

    place: int
    low: float
    high: float
    count: int


def tile_map(id: str, title: str, description: str, tiles: Sequence[Tile]) -> str:
    """Return the map; chosen and neighbouring authorities are drawn last, over the others."""
    ranked = [tile.value for tile in tiles if tile.is_ranked and tile.value is not None]
    points = cut_points(ranked, CLASSES)
    left = min((tile.column for tile in tiles), default=0)
    top = min((tile.row for tile in tiles), default=0)
    right = max((tile.column for tile in tiles), default=0)
    bottom = max((tile.row for tile in tiles), default=0)
    size = size_of(right - left, bottom - top)
    ordered = sorted(tiles, key=lambda tile: (tile.row, tile.column))
    reading = [_tile(tile, left, top, points) for tile in ordered]
    outlines = [_outline(tile, left, top) for tile in ordered if tile.is_neighbour]
    outlines += [_outline(tile, left, top) for tile in ordered if tile.is_pointed]
    outlines += [_outline(tile, left, top) for tile in ordered if tile.is_chosen]
    return drawing(
        id, title, description, size, [*reading, *outlines], class_="tilemap", has_links=True
    )


def size_of(columns: int, rows: int) -> tuple[float, float]:
    """Return width and height of a map that reaches over so many steps across and down."""
    return (
        (columns + 1.5) * _WIDTH + 2 * _MARGIN,
        rows * _STEP + 2 * RADIUS + 2 * _MARGIN,
    )


def map_classes(values: Sequence[float | None]) -> tuple[MapClass, ...]:
    """Return the classes that `tile_map` draws for these ranked values, lowest first."""
    known = [value for value in values if value is not None]
    points = cut_points(known, CLASSES)
    held: dict[int, list[float]] = {}
    for value in known:
        held.setdefault(class_of(value, points), []).append(value)
    return tuple(
        MapClass(shade_of(place, len(points)), min(group), max(group), len(group))
        for place, group in sorted(held.items())
    )


def key_tile(place: int | None) -> str:
    """Return the small hexagon that stands before a class in the key; None for a missing value."""
    return _key(_shape(_KEY_MIDDLE, place))


def key_outline(kind: str) -> str:
    """Return the small hexagon that stands in the key for an outline."""
    plain = element("path", d=hexagon_path(*_KEY_MIDDLE, RADIUS), class_="tile shade-0")
    around = element("path", d=hexagon_path(*_KEY_MIDDLE, RADIUS - 0.5), class_=f"outline {kind}")
    return _key(plain + around)


def _key(shape: str) -> str:
    return element(
        "svg",
        shape,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH + 2:.1f} {2 * RADIUS + 2:.0f}",
        class_="tilemap key-tile",
        aria_hidden="true",
        focusable="false",
    )


def _tile(tile: Tile, left: int, top: int, points: Sequence[float]) -> str:
    place = None if tile.value is None else shade_of(class_of(tile.value, points), len(points))
    return link(tile.address, tile.label, _shape(_middle(tile, left, top), place))


def shade_of(place: int, cuts: int) -> int:
    """Return the shade of a class: fewer classes than there are shades spread over all of them."""
    return place if cuts == CLASSES - 1 or not cuts else round(place * (CLASSES - 1) / cuts)


def _shape(middle: tuple[float, float], place: int | None) -> str:
    x, y = middle
    hexagon = element(
        "path",
        d=hexagon_path(x, y, RADIUS),
        class_="tile none" if place is None else f"tile shade-{place}",
    )
    if place is None:
        return hexagon + element(
            "path", d=f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8", class_="cross"
        )
    if not _DOTS[place]:
        return hexagon
    return hexagon + element("circle", cx=x, cy=y, r=_DOTS[place], class_=f"dot-{place}")


def _outline(tile: Tile, left: int, top: int) -> str:
    x, y = _middle(tile, left, top)
    kind = "chosen" if tile.is_chosen else "pointed" if tile.is_pointed else "neighbour"
    return element("path", d=hexagon_path(x, y, RADIUS - 0.5), class_=f"outline {kind}")


def _middle(tile: Tile, left: int, top: int) -> tuple[float, float]:
    return middle_of(tile.column, tile.row, left, top)


def middle_of(column: int, row: int, left: int, top: int) -> tuple[float, float]:
    """Return where the middle of a tile lies in a map that begins at a column and row."""
    x = (column - left + 0.5 + 0.5 * (row % 2)) * _WIDTH + _MARGIN
    return x, (row - top) * _STEP + RADIUS + _MARGIN


def hexagon_path(x: float, y: float, radius: float) -> str:
    """Return the path of a hexagon that stands on its tip."""
    half = radius * math.sqrt(3) / 2
    return (
        f"M{x:.1f} {y - radius:.1f}l{half:.1f} {radius / 2:.1f}v{radius:.1f}"
        f"l{-half:.1f} {radius / 2:.1f}l{-half:.1f} {-radius / 2:.1f}v{-radius:.1f}z"
    )
