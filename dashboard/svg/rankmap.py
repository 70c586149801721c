"""The tile map of some authorities among all: each of them marked with its place in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.svg.element import drawing, element, mark, text
from dashboard.svg.tilemap import RADIUS, hexagon_path, middle_of, size_of


@dataclass(frozen=True)
class MarkedTile:
    """One authority on the map; `mark` is written on it, such as its rank, where there is any."""

    column: int
    row: int
    label: str
    address: str
    mark: str = ""
    is_chosen: bool = False


def rank_map(id: str, title: str, description: str, tiles: Sequence[MarkedTile]) -> str:
    """Return the map: plain tiles, dark ones with their marks, and the chosen one as a diamond."""
    left = min((tile.column for tile in tiles), default=0)
    top = min((tile.row for tile in tiles), default=0)
    right = max((tile.column for tile in tiles), default=0)
    bottom = max((tile.row for tile in tiles), default=0)
    ordered = sorted(tiles, key=lambda tile: (tile.row, tile.column))
    return drawing(
        id,
        title,
        description,
        size_of(right - left, bottom - top),
        [_tile(tile, left, top) for tile in ordered],
        class_="tilemap rankmap",
    )


def _tile(tile: MarkedTile, left: int, top: int) -> str:
    x, y = middle_of(tile.column, tile.row, left, top)
    kind = "chosen" if tile.is_chosen else "marked" if tile.mark else "plain"
    shape = element("path", d=hexagon_path(x, y, RADIUS), class_="tile")
    return mark(tile.address, tile.label, shape, _mark(tile, x, y), class_=kind)


def _mark(tile: MarkedTile, x: float, y: float) -> str:
    if tile.is_chosen:
        return element("path", d=f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z", class_="own")
    return text(tile.mark, x, y + 4, class_="rank", text_anchor="middle") if tile.mark else ""


def rank_key(kind: str, mark: str = "") -> str:
    """Return the small tile that stands in the key for a kind: chosen, marked or plain."""
    x = y = RADIUS + 1
    tile = MarkedTile(0, 0, "", "", mark, is_chosen=kind == "chosen")
    return element(
        "svg",
        element(
            "g",
            element("path", d=hexagon_path(x, y, RADIUS), class_="tile"),
            _mark(tile, x, y),
            class_=kind,
        ),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {2 * x:.0f} {2 * y:.0f}",
        class_="drawing tilemap rankmap key-tile",
        aria_hidden="true",
        focusable="false",
    )
