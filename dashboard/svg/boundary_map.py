"""The map of real boundaries: a shade for each class of values, white where there is none."""

from collections.abc import Mapping, Sequence

from dashboard.svg.element import drawing, element, link
from dashboard.svg.scale import class_of, cut_points
from dashboard.svg.tilemap import CLASSES, Tile, shade_of


def boundary_map(
    id: str,
    title: str,
    description: str,
    tiles: Sequence[Tile],
    paths: Mapping[str, str],
    size: tuple[float, float],
) -> str:
    """Return the map; chosen and neighbouring authorities are outlined last, over the others."""
    ranked = [tile.value for tile in tiles if tile.is_ranked and tile.value is not None]
    points = cut_points(ranked, CLASSES)
    drawn = [tile for tile in tiles if paths.get(tile.code)]
    shapes = [_shape(tile, paths[tile.code], points) for tile in drawn]
    outlines = [
        element("path", d=paths[tile.code], class_=f"outline {kind}")
        for kind, is_meant in (
            ("neighbour", [tile for tile in drawn if tile.is_neighbour]),
            ("pointed", [tile for tile in drawn if tile.is_pointed]),
            ("chosen", [tile for tile in drawn if tile.is_chosen]),
        )
        for tile in is_meant
    ]
    content = [*shapes, *outlines]
    return drawing(
        id, title, description, size, content, class_="tilemap boundaries", has_links=True
    )


def _shape(tile: Tile, path: str, points: Sequence[float]) -> str:
    if tile.value is None:
        look = "tile none"
    else:
        look = f"tile shade-{shade_of(class_of(tile.value, points), len(points))}"
    return link(tile.address, tile.label, element("path", d=path, class_=look))
