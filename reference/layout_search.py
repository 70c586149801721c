"""Search for the tile map on which most neighbours still touch (simulated annealing, build time).

The cost of a map adds up, in this order of weight: a region in several pieces; holes and bays in
the coast; neighbours far apart, or in the wrong direction; tiles far from where they would like
to be; tiles that touch another region.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, log
from random import Random

from reference.hexgrid import (
    ROW_HEIGHT,
    Cell,
    around,
    centre,
    enclosed,
    inlets,
    pieces,
    steps_between,
)

_HOME = 0.3
_APART, _APART_IN_REGION = 1.3, 1.3
_DIRECTION = 1.0
_PIECE = 15.0
_HOLE = 3.0
_BAY = 4.0
_LONELY = 10.0
_COAST = 0.12
_OTHER_REGION = 0.15
_HOT, _COLD = 6.0, 0.1


@dataclass(frozen=True)
class Wishes:
    """What the map should respect: where each tile would like to be, its neighbours, its region.

    The direction of a neighbour is an arrow east and north, the longer the more it matters.
    """

    homes: Sequence[tuple[float, float]]
    directions: Sequence[Mapping[int, tuple[float, float]]]
    regions: Sequence[str]


@dataclass
class Board:
    """Tiles on cells; changed in place by the search."""

    wishes: Wishes
    cell_of: list[Cell]
    tile_on: dict[Cell, int] = field(init=False)

    def __post_init__(self) -> None:
        self.tile_on = {cell: tile for tile, cell in enumerate(self.cell_of)}

    def put(self, tile: int, cell: Cell) -> None:
        """Move a tile to a cell; what stood there takes its old place."""
        old, other = self.cell_of[tile], self.tile_on.get(cell)
        self.cell_of[tile], self.tile_on[cell] = cell, tile
        if other is None:
            del self.tile_on[old]
        else:
            self.cell_of[other], self.tile_on[old] = old, other

    def cost_of_tiles(self, tiles: Sequence[int]) -> float:
        """Return the cost of where some tiles stand, towards home and towards neighbours."""
        total, seen = 0.0, set[tuple[int, int]]()
        for tile in tiles:
            x, y = centre(self.cell_of[tile])
            home_x, home_y = self.wishes.homes[tile]
            total += _HOME * hypot(x - home_x, y - home_y) ** 1.5
            for other in self.wishes.directions[tile]:
                if (other, tile) not in seen:
                    seen.add((tile, other))
                    total += self._cost_of_pair(tile, other)
        return total

    def _cost_of_pair(self, tile: int, other: int) -> float:
        here, there = self.cell_of[tile], self.cell_of[other]
        (x1, y1), (x2, y2) = centre(here), centre(there)
        east, north = self.wishes.directions[tile][other]
        weight = hypot(east, north)
        turned = weight - ((x2 - x1) * east + (y2 - y1) * north) / hypot(x2 - x1, y2 - y1)
        is_same = self.wishes.regions[tile] == self.wishes.regions[other]
        apart = _APART_IN_REGION if is_same else _APART
        return apart * (steps_between(here, there) - 1) + _DIRECTION * turned

    def cost_of_shape(self, cells: Sequence[Cell]) -> float:
        """Return the cost of holes, coast and mixed regions in and around some cells."""
        return sum(map(self._cost_of_cell, {c for cell in cells for c in (cell, *around(cell))}))

    def _cost_of_cell(self, cell: Cell) -> float:
        tile = self.tile_on.get(cell)
        touching = [self.tile_on[c] for c in around(cell) if c in self.tile_on]
        if tile is None:
            return _BAY * max(0, len(touching) - 3)
        if not touching:
            return _LONELY
        regions = self.wishes.regions
        others = sum(regions[other] != regions[tile] for other in touching)
        return _OTHER_REGION * others + _COAST * (6 - len(touching))

    def cost_of_wholes(self, regions: Collection[str], is_coast_changed: bool) -> float:
        """Return the cost of regions in pieces and, if the coast changed, of land and lakes."""
        separate = sum(
            pieces([c for c, tile in self.tile_on.items() if self.wishes.regions[tile] == region])
            for region in regions
        )
        if not is_coast_changed:
            return _PIECE * separate
        holes = enclosed(self.tile_on) + inlets(self.tile_on)
        return _PIECE * (separate + pieces(self.tile_on)) + _HOLE * holes

    def cost(self) -> float:
        """Return the cost of the whole map."""
        wholes = self.cost_of_wholes(set(self.wishes.regions), is_coast_changed=True)
        tiles = range(len(self.cell_of))
        return self.cost_of_tiles(tiles) + self.cost_of_shape(list(self.tile_on)) + wholes


def start(wishes: Wishes) -> Board:
    """Put each tile on the free cell nearest its home, the tiles at the edge of the map first."""
    cells: dict[int, Cell] = {}
    taken: set[Cell] = set()
    by_distance = sorted(range(len(wishes.homes)), key=lambda tile: -hypot(*wishes.homes[tile]))
    for tile in by_distance:
        cells[tile] = _nearest_free(wishes.homes[tile], taken)
        taken.add(cells[tile])
    return Board(wishes, [cells[tile] for tile in range(len(cells))])


def _nearest_free(home: tuple[float, float], taken: set[Cell]) -> Cell:
    column, row = round(home[0]), round(-home[1] / ROW_HEIGHT)
    nearby = [(column + i, row + j) for i in range(-8, 9) for j in range(-8, 9)]
    free = (cell for cell in nearby if cell not in taken)
    return min(free, key=lambda cell: (_distance(cell, home), cell))


def _distance(cell: Cell, home: tuple[float, float]) -> float:
    x, y = centre(cell)
    return hypot(x - home[0], y - home[1])


def anneal(board: Board, steps: int, seed: int) -> None:
    """Improve a map in place by random moves, fewer and fewer of them for the worse."""
    draw = Random(seed)  # noqa: S311 - a repeatable search, nothing secret
    for step in range(steps):
        heat = _HOT * (_COLD / _HOT) ** (step / steps)
        tile, cell = _some_move(board, draw)
        if cell != board.cell_of[tile]:
            _move_if_worth_it(board, tile, cell, heat, draw)


def _some_move(board: Board, draw: Random) -> tuple[int, Cell]:
    """Draw a tile and a cell beside it, or beside one of its neighbours."""
    tile = draw.randrange(len(board.cell_of))
    near = tile if draw.random() < 0.5 else draw.choice(tuple(board.wishes.directions[tile]))
    return tile, draw.choice(around(board.cell_of[near]))


def _move_if_worth_it(board: Board, tile: int, cell: Cell, heat: float, draw: Random) -> None:
    old, other = board.cell_of[tile], board.tile_on.get(cell)
    tiles = [tile] if other is None else [tile, other]
    luck = -heat * log(1 - draw.random())  # accepts a worse map with chance exp(-worse / heat)
    before = board.cost_of_tiles(tiles) + board.cost_of_shape((old, cell))
    board.put(tile, cell)
    worse = board.cost_of_tiles(tiles) + board.cost_of_shape((old, cell)) - before
    # Counting pieces is slow, so it waits until the rest of the cost allows the move.
    if worse <= luck:
        worse += _wholes_worsened(board, tiles, old, cell)
    if worse > luck:
        board.put(tile, old)


def _wholes_worsened(board: Board, tiles: Sequence[int], old: Cell, cell: Cell) -> float:
    """Return what the last move added to the cost of regions, land and lakes."""
    regions = {board.wishes.regions[tile] for tile in tiles}
    is_coast_changed = len(tiles) == 1
    if len(regions) == 1 and not is_coast_changed:
        return 0.0
    now = board.cost_of_wholes(regions, is_coast_changed)
    board.put(tiles[0], old)
    before = board.cost_of_wholes(regions, is_coast_changed)
    board.put(tiles[0], cell)
    return now - before
