"""Arithmetic of a hexagon grid in odd-r offset: odd rows stand half a tile to the east."""

from collections.abc import Collection
from math import sqrt

Cell = tuple[int, int]  # column eastwards, row southwards

ROW_HEIGHT = sqrt(3) / 2
_RADIUS = 1 / sqrt(3)
_AXES = (0, 2, 4)  # the first direction of each of the three straight lines through a cell


def around(cell: Cell) -> tuple[Cell, ...]:
    """Return the six cells that touch a cell."""
    column, row = cell
    slant = 1 if row & 1 else -1
    return (
        (column - 1, row),
        (column + 1, row),
        (column, row - 1),
        (column, row + 1),
        (column + slant, row - 1),
        (column + slant, row + 1),
    )


def centre(cell: Cell) -> tuple[float, float]:
    """Return the middle of a cell in tiles, east and north."""
    column, row = cell
    return column + 0.5 * (row & 1), -row * ROW_HEIGHT


def steps_between(first: Cell, second: Cell) -> int:
    """Return how many steps from cell to touching cell lie between two cells."""
    (x1, z1), (x2, z2) = _slanted(first), _slanted(second)
    across, down = x1 - x2, z1 - z2
    return max(abs(across), abs(down), abs(across + down))


def pieces(cells: Collection[Cell]) -> int:
    """Return into how many separate pieces the cells fall."""
    left, found = set(cells), 0
    while left:
        found += 1
        edge = [left.pop()]
        while edge:
            touching = [cell for cell in around(edge.pop()) if cell in left]
            left.difference_update(touching)
            edge.extend(touching)
    return found


def inlets(cells: Collection[Cell]) -> int:
    """Return how many free cells lie between cells of the map, in a gap at most two wide."""
    taken = set(cells)
    shore = {free for cell in taken for free in around(cell) if free not in taken}
    return sum(
        any(
            _free_steps(taken, cell, axis) + _free_steps(taken, cell, axis + 1) <= 1
            for axis in _AXES
        )
        for cell in shore
    )


def _free_steps(taken: Collection[Cell], cell: Cell, direction: int) -> int:
    """Return how many free cells follow in a direction before the map begins again, at most 2."""
    for steps in range(2):
        cell = _ahead(cell, direction)
        if cell in taken:
            return steps
    return 2


def _ahead(cell: Cell, direction: int) -> Cell:
    """Return the next cell: west, east, north-west, south-east, north-east, south-west."""
    column, row = cell
    half = row & 1
    return (
        (column - 1, row),
        (column + 1, row),
        (column - 1 + half, row - 1),
        (column + half, row + 1),
        (column + half, row - 1),
        (column - 1 + half, row + 1),
    )[direction]


def enclosed(cells: Collection[Cell]) -> int:
    """Return how many free cells cannot be reached from outside: the size of all lakes."""
    columns, rows = zip(*cells, strict=True)
    west, east = min(columns) - 1, max(columns) + 1
    north, south = min(rows) - 1, max(rows) + 1
    frame = {(x, y) for x in range(west, east + 1) for y in range(north, south + 1)}
    free = frame.difference(cells)
    edge = [(west, north)]
    free.discard((west, north))
    while edge:
        touching = [cell for cell in around(edge.pop()) if cell in free]
        free.difference_update(touching)
        edge.extend(touching)
    return len(free)


def moved_to_corner(cells: dict[str, Cell]) -> dict[str, Cell]:
    """Return the same map moved so that the first column and the first row are 0."""
    top = min(row for _, row in cells.values())
    # A move by an odd number of rows turns odd rows into even ones, half a tile further west.
    moved = {area: (column + (top & row & 1), row - top) for area, (column, row) in cells.items()}
    left = min(column for column, _ in moved.values())
    return {area: (column - left, row) for area, (column, row) in moved.items()}


def _slanted(cell: Cell) -> tuple[int, int]:
    column, row = cell
    return column - (row - (row & 1)) // 2, row


def outline(cell: Cell) -> tuple[tuple[float, float], ...]:
    """Return the corners of a cell in tiles, counter-clockwise from the top, the first again last.

    Cells are a tile wide and touch, so corners are rounded alike whichever cell they are asked of.
    """
    east, north = centre(cell)
    corners = [
        (round(east + across, 4), round(north + up, 4))
        for across, up in (
            (0.0, _RADIUS), (-0.5, _RADIUS / 2), (-0.5, -_RADIUS / 2),
            (0.0, -_RADIUS), (0.5, -_RADIUS / 2), (0.5, _RADIUS / 2),
        )
    ]  # fmt: skip
    return (*corners, corners[0])
