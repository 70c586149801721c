"""The tile map: one hexagon for each authority, regions whole, neighbours near."""

from itertools import combinations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from reference import layout
from reference.hexgrid import (
    Cell,
    around,
    centre,
    enclosed,
    inlets,
    moved_to_corner,
    pieces,
    steps_between,
)
from reference.layout_search import Board, Wishes, anneal, start
from reference.layout_spread import spread
from reference.places import AreaKind, PlaceSet

Cells = dict[str, Cell]


def cells_of(places: PlaceSet) -> Cells:
    return {hexagon.area: (hexagon.column, hexagon.row) for hexagon in places.hexagons}


@pytest.mark.parametrize("name", ["england", "made_up"])
def test_every_authority_that_exists_has_one_tile_of_its_own(
    request: pytest.FixtureRequest, name: str
) -> None:
    places: PlaceSet = request.getfixturevalue(name)
    cells = cells_of(places)
    assert set(cells) == {a.code for a in places.authorities() if a.last_day is None}
    assert len(places.hexagons) == len(cells) == len(set(cells.values())) == 153
    assert min(column for column, _ in cells.values()) == 0
    assert min(row for _, row in cells.values()) == 0


@pytest.mark.parametrize("name", ["england", "made_up"])
def test_every_region_is_one_piece_and_so_is_the_country(
    request: pytest.FixtureRequest, name: str
) -> None:
    places: PlaceSet = request.getfixturevalue(name)
    cells = cells_of(places)
    for region in places.of_kind(AreaKind.REGION):
        inside = [cell for code, cell in cells.items() if places.area(code).region == region.code]
        assert pieces(inside) == 1, region.name
    assert pieces(cells.values()) == 1
    assert enclosed(cells.values()) == 0


def test_the_map_of_england_looks_like_england(england: PlaceSet) -> None:
    at = {england.area(code).name: centre(cell) for code, cell in cells_of(england).items()}
    norths = {name: north for name, (_, north) in at.items()}
    easts = {name: east for name, (east, _) in at.items()}
    assert easts["Isles of Scilly"] == min(easts.values())
    assert norths["Isles of Scilly"] < norths["Devon"] + 0.1
    assert norths["Northumberland"] > max(norths["Leeds"], norths["Westmorland and Furness"])
    assert easts["Kent"] > easts["Hampshire"] > easts["Devon"] > easts["Cornwall"]
    assert easts["Norfolk"] > easts["Leicester"] > easts["Shropshire"]
    assert norths["Camden"] > norths["Croydon"]
    assert easts["Havering"] > easts["Hillingdon"]


def test_london_is_compact(england: PlaceSet) -> None:
    london = [cells_of(england)[area.code] for area in england.within("E12000007")]
    assert max(steps_between(a, b) for a, b in combinations(london, 2)) <= 9


def test_most_neighbours_on_the_ground_touch_on_the_map(
    england: PlaceSet, published_dir: Path
) -> None:
    frame = gpd.read_file(published_dir / "reference" / "boundaries_la_2023.geojson")
    frame = frame.to_crs(27700)
    cells = cells_of(england)
    apart = [
        steps_between(cells[frame["la_code"][a]], cells[frame["la_code"][b]])
        for a, b in layout.borders(frame)
    ]
    assert len(apart) == 373
    assert sum(steps == 1 for steps in apart) / len(apart) > 0.62
    assert sum(steps <= 2 for steps in apart) / len(apart) > 0.88


def test_a_small_search_lays_every_outline_out(england: PlaceSet, published_dir: Path) -> None:
    outlines = published_dir / "reference" / "boundaries_la_2023.geojson"
    cells, pairs = layout.lay_out(england, outlines, range(1), steps=1500)
    again, _ = layout.lay_out(england, outlines, range(1), steps=1500)
    assert len(set(cells.values())) == 153
    assert len(pairs) == 377
    assert again == cells
    assert layout.describe(england, cells, pairs).startswith("153 tiles, ")


def test_the_command_writes_the_tiles_and_says_how_good_they_are(
    published_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outlines = published_dir / "reference" / "boundaries_la_2023.geojson"
    options = ["--seeds", "1", "--steps", "10", "--to", str(tmp_path)]
    assert layout.main(["--outlines", str(outlines), *options]) == 0
    lines = (tmp_path / "hexagons.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "area,column,row"
    assert len(lines) == 154
    assert capsys.readouterr().out.startswith("153 tiles, ")


def test_missing_outlines_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert layout.main(["--outlines", str(tmp_path / "none.geojson")]) == 3
    assert "none.geojson: not found; name the outlines with --outlines" in capsys.readouterr().err


@pytest.mark.parametrize("cell", [(0, 0), (3, 5), (-2, -3)])
def test_six_cells_touch_a_cell_and_all_are_as_far_away(cell: Cell) -> None:
    assert len(set(around(cell))) == 6
    x, y = centre(cell)
    for other in around(cell):
        assert np.hypot(centre(other)[0] - x, centre(other)[1] - y) == pytest.approx(1.0)
        assert cell in around(other)
        assert steps_between(cell, other) == 1


@pytest.mark.parametrize(
    ("first", "second", "steps"),
    [((0, 0), (0, 0), 0), ((0, 0), (3, 0), 3), ((0, 0), (0, 2), 2), ((0, 0), (2, 4), 4),
     ((1, 1), (0, 3), 2), ((5, 2), (0, 0), 6)],
)  # fmt: skip
def test_steps_are_counted_from_cell_to_touching_cell(
    first: Cell, second: Cell, steps: int
) -> None:
    assert steps_between(first, second) == steps_between(second, first) == steps


def test_pieces_and_lakes_are_counted() -> None:
    ring = set(around((5, 5)))
    assert (pieces(ring), enclosed(ring)) == (1, 1)
    assert (pieces({(0, 0), (2, 0)}), enclosed({(0, 0), (2, 0)})) == (2, 0)
    assert enclosed(ring - {(4, 5)}) == 0


@pytest.mark.parametrize(("width", "counted"), [(1, 1), (2, 2), (3, 0)])
def test_a_gap_is_an_inlet_while_it_is_at_most_two_wide(width: int, counted: int) -> None:
    assert inlets({(0, 0), (width + 1, 0)}) == counted


@pytest.mark.parametrize("rows", [-3, -2, 1, 4])
def test_moving_a_map_to_the_corner_keeps_who_touches_whom(rows: int) -> None:
    cells = {"a": (2, rows), "b": (3, rows), "c": (3, rows + 1), "d": (2, rows + 3)}
    moved = moved_to_corner(cells)
    assert min(column for column, _ in moved.values()) == 0
    assert min(row for _, row in moved.values()) == 0
    for one, other in combinations(cells, 2):
        assert steps_between(moved[one], moved[other]) == steps_between(cells[one], cells[other])


def test_a_crowd_is_spread_until_each_has_room() -> None:
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    crowd = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.2
    placed = spread(crowd, {(i, (i + 1) % 12) for i in range(12)})
    apart = [float(np.hypot(*(placed[a] - placed[b]))) for a, b in combinations(range(12), 2)]
    assert min(apart) > 0.75


def test_a_search_mends_a_region_in_pieces() -> None:
    homes = [(float(i % 4), -float(i // 4)) for i in range(12)]
    regions = ["west" if i % 4 < 2 else "east" for i in range(12)]
    directions: list[dict[int, tuple[float, float]]] = [{} for _ in homes]
    for i in range(12):
        for step, arrow in ((1, (1.0, 0.0)), (4, (0.0, -1.0))):
            if i + step < 12 and (step == 4 or i % 4 < 3):
                directions[i][i + step] = arrow
                directions[i + step][i] = (-arrow[0], -arrow[1])
    board = start(Wishes(homes, directions, regions))
    board.put(0, board.cell_of[11])
    spoilt = Board(board.wishes, list(board.cell_of)).cost()
    anneal(board, steps=4000, seed=1)
    assert board.cost() < spoilt
    for region in ("west", "east"):
        assert pieces([board.cell_of[i] for i in range(12) if regions[i] == region]) == 1
