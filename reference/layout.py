"""Lay out the tile map: one hexagon for each authority, from outlines (build time only).

Run as `python -m reference.layout --outlines FILE`, where FILE holds the outline of each
authority (any format that geopandas reads) with its code in a column `la_code`.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from math import hypot
from pathlib import Path

import geopandas as gpd
import numpy as np

from reference import shapes
from reference.build_england import write_table
from reference.hexgrid import Cell, moved_to_corner, pieces, steps_between
from reference.layout_search import Board, Wishes, anneal, start
from reference.layout_spread import Points, spread
from reference.places import PlaceSet
from reference.placesets import load_place_set

_CODE = "la_code"
_METRES = 27700  # British National Grid: distances in metres, north up
_TILE = 28_000.0  # metres of ground for one tile: England comes out about 23 rows high
_GAP = 150.0  # metres: outlines simplified apart by less than this still touch
_ISLAND_TIES = 2
_LEAST_WEIGHT, _MOST_WEIGHT = 0.8, 1.2
_FOLDER = Path(__file__).parent
_SEEDS, _STEPS = 4, 500_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Write `hexagons.csv` of England; return 0, or 3 when the outlines are missing."""
    parser = argparse.ArgumentParser(description="Lay out the tile map of England.")
    parser.add_argument("--outlines", type=Path, default=_default_outlines())
    parser.add_argument("--seeds", type=int, default=_SEEDS, help="searches; the best one wins")
    parser.add_argument("--steps", type=int, default=_STEPS, help="moves tried in each search")
    parser.add_argument("--to", type=Path, default=_FOLDER / "england", help="folder to write")
    options = parser.parse_args(arguments)
    if not options.outlines.is_file():
        sys.stderr.write(f"{options.outlines}: not found; name the outlines with --outlines\n")
        return 3
    places = load_place_set("england")
    cells, pairs = lay_out(places, options.outlines, range(options.seeds), options.steps)
    rows = [(area, column, row) for area, (column, row) in sorted(cells.items())]
    write_table(options.to, shapes.HEXAGONS, rows)
    sys.stdout.write(f"{describe(places, cells, pairs)}\n")
    return 0


def _default_outlines() -> Path:
    folder = os.environ.get("OUTCOMES_PUBLISHED_DIR", _FOLDER.parent.parent / "shared" / "data")
    return Path(folder) / "reference" / "boundaries_la_2023.geojson"


def lay_out(
    places: PlaceSet, outlines: Path, seeds: Iterable[int], steps: int
) -> tuple[dict[str, Cell], set[tuple[str, str]]]:
    """Return a cell for each authority in the outlines, and the pairs that share a border."""
    frame = gpd.read_file(outlines).to_crs(_METRES).sort_values(_CODE, ignore_index=True)
    codes = [places.resolve(code).code for code in frame[_CODE]]
    pairs = borders(frame) | _island_ties(frame, borders(frame))
    wishes = _wishes(frame, pairs, [str(places.area(code).region) for code in codes])
    boards = [_search(wishes, seed, steps) for seed in seeds]
    best = min(boards, key=Board.cost)
    cells = moved_to_corner(dict(zip(codes, best.cell_of, strict=True)))
    return cells, {(codes[a], codes[b]) for a, b in pairs}


def describe(places: PlaceSet, cells: Mapping[str, Cell], pairs: Iterable[tuple[str, str]]) -> str:
    """Return one line that says how good a map is."""
    apart = [steps_between(cells[a], cells[b]) for a, b in pairs]
    regions = {area.region for area in places.authorities()}
    split = [
        region
        for region in regions
        if pieces([c for a, c in cells.items() if places.area(a).region == region]) > 1
    ]
    return (
        f"{len(cells)} tiles, {len(split)} regions in pieces; of {len(apart)} pairs of neighbours "
        f"{apart.count(1)} touch and {apart.count(2)} are one tile apart"
    )


def _search(wishes: Wishes, seed: int, steps: int) -> Board:
    board = start(wishes)
    anneal(board, steps, seed)
    return board


def borders(frame: gpd.GeoDataFrame) -> set[tuple[int, int]]:
    """Return the pairs of rows whose outlines touch."""
    wider = frame.geometry.buffer(_GAP)
    first, second = wider.sindex.query(wider, predicate="intersects")
    return {(int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b}


def _island_ties(frame: gpd.GeoDataFrame, borders: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return for each row without a border the pairs with the rows nearest to it."""
    on_land = {row for pair in borders for row in pair}
    ties: set[tuple[int, int]] = set()
    for island in set(range(len(frame))) - on_land:
        distances = frame.geometry.distance(frame.geometry.iloc[island]).drop(island)
        for nearest in distances.nsmallest(_ISLAND_TIES).index:
            ties.add((min(island, int(nearest)), max(island, int(nearest))))
    return ties


def _wishes(frame: gpd.GeoDataFrame, pairs: set[tuple[int, int]], regions: Sequence[str]) -> Wishes:
    centres: Points = np.column_stack([frame.geometry.centroid.x, frame.geometry.centroid.y])
    homes = spread(centres / _TILE, pairs)
    homes -= homes.mean(axis=0)
    directions: list[dict[int, tuple[float, float]]] = [{} for _ in regions]
    for a, b in sorted(pairs):
        east, north = (float(part) for part in centres[b] - centres[a])
        # Large rural authorities give the coast its shape: their directions weigh more.
        length = hypot(east, north)
        weight = _LEAST_WEIGHT + min(length / _TILE, _MOST_WEIGHT)
        directions[a][b] = (weight * east / length, weight * north / length)
        directions[b][a] = (-weight * east / length, -weight * north / length)
    return Wishes([(float(x), float(y)) for x, y in homes], directions, regions)


if __name__ == "__main__":
    sys.exit(main())
