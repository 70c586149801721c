"""The table that ships: small, exact, and enough to fill an empty store."""

from collections.abc import Iterator
from math import nan
from pathlib import Path

import numpy as np
import pytest

from indicators.arithmetic import published_value
from indicators.cell_frames import as_cells, cells_digest
from indicators.intervals import interval_of
from indicators.shipped.figures import (
    ShippedError,
    about_shipped,
    load_shipped,
    read_shipped,
    write_shipped,
)
from indicators.shipped.packing import packed, unpacked
from indicators.shipped.preparing import prepare
from indicators.store import Store, StoreError, list_releases, open_store, publish_load
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import Row, a_cell, cells_of, vintage
from tests.indicators.definitions import an_indicator
from tests.indicators.store.published import NOW, figure, listed, opened, publish, value

ALVERBY, BRENNOWCOMBE, COUNTRY = "X06000001", "X06000002", "X92000001"
INDICATORS = (
    an_indicator(),
    an_indicator("another_pct", order=2, decimals=0, interval={"method": "none", "reason": "none"}),
)
CATALOGUE = {indicator.id: indicator for indicator in INDICATORS}
OLD = vintage(
    2024,
    a_cell(ALVERBY, "RY2023", 33.3, numerator=1, denominator=3),
    a_cell(ALVERBY, "RY2024", 50.1, numerator=1, denominator=2),
    a_cell(BRENNOWCOMBE, "RY2024", 20, numerator=2, denominator=10),
)
NEW = vintage(
    2025,
    a_cell(ALVERBY, "RY2024", 50.0, numerator=1, denominator=2.5, is_computed=True),
    a_cell(BRENNOWCOMBE, "RY2024"),
    a_cell(ALVERBY, "RY2025", 12.345678901, ci_lower=1.25, ci_upper=20.5, ci_level=95),
    covers=("RY2020", "RY2025"),
)


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


@pytest.fixture
def loaded(tmp_path: Path, places: PlaceSet) -> Iterator[Store]:
    store = open_store("", tmp_path / "loaded", places)
    publish(store, OLD, INDICATORS)
    publish(store, NEW, INDICATORS)
    yield store
    store.close()


@pytest.fixture
def table(loaded: Store, tmp_path: Path) -> Path:
    path = tmp_path / "figures.parquet"
    write_shipped(loaded, path, with_every_indicator=False)
    return path


def test_a_release_that_lacks_an_indicator_is_not_shipped(loaded: Store, tmp_path: Path) -> None:
    path = tmp_path / "figures.parquet"
    with pytest.raises(StoreError, match="another_pct; load the files that hold them too"):
        write_shipped(loaded, path)
    assert not path.exists()


def with_interval(row: Row) -> Row:
    """The cell with the value and the interval that follow from its parts."""
    indicator = CATALOGUE[row["indicator"]]
    top, bottom = [row["numerator"]], [row["denominator"]]
    lower, upper = interval_of(indicator, top, bottom)
    return {
        **row,
        "value": float(published_value(indicator, top, bottom)[0]),
        "ci_lower": float(lower[0]),
        "ci_upper": float(upper[0]),
        "ci_level": 95.0 if np.isfinite(lower[0]) else nan,
    }


EVERY_SORT = [
    with_interval(a_cell(ALVERBY, value=1, numerator=1, denominator=3)),
    with_interval(
        a_cell(ALVERBY, "RY2024", 1, numerator=7, denominator=9, indicator="another_pct")
    ),
    a_cell(ALVERBY, "RY2023", 33.4, numerator=1, denominator=3),
    a_cell(ALVERBY, "RY2022", 0.1 + 0.2, numerator=0.125, denominator=1e12),
    a_cell(ALVERBY, "RY2021", 1e-9, numerator=2**31, denominator=-5),
    a_cell(ALVERBY, "RY2020", numerator=1, denominator=3),
    a_cell(ALVERBY, "RY2019", 0, numerator=0, denominator=0),
    a_cell(ALVERBY, "RY2018", 5, ci_lower=4.5, ci_upper=5.5, ci_level=99.8),
    a_cell(ALVERBY, "RY2017", 5, age="5_9", sex="F", flags="break;revised"),
    a_cell(ALVERBY, "RY2016", status="not_available", source_symbol="x", definition_version=3),
    a_cell(ALVERBY, "RY2015", 5, is_computed=True, held_in="a_table_2026"),
]


def test_packing_loses_nothing() -> None:
    cells = as_cells(cells_of(*EVERY_SORT))
    again = unpacked(packed(cells, CATALOGUE), CATALOGUE)
    order = ["indicator", "period"]
    left = cells.sort_values(order).reset_index(drop=True)
    right = again.sort_values(order).reset_index(drop=True)
    assert left.equals(right)
    assert (left.dtypes == right.dtypes).all()


def test_a_value_and_an_interval_that_follow_from_the_parts_take_no_room() -> None:
    table = packed(as_cells(cells_of(EVERY_SORT[0])), CATALOGUE)
    for name in ("value", "value_exact", "ci_lower", "ci_lower_exact", "ci_upper", "ci_level"):
        assert table.column(name).null_count == 1


def test_packing_nothing_gives_nothing() -> None:
    assert unpacked(packed(as_cells(cells_of()), CATALOGUE), CATALOGUE).empty


def test_the_table_holds_the_cells_that_its_digest_names(table: Path) -> None:
    about, cells = read_shipped(INDICATORS, table)
    assert about.cells_digest == cells_digest(cells)
    assert about.release == "shipped-2025-11-20"
    assert "computed" not in set(cells["source"])


def test_the_same_store_gives_the_same_table(loaded: Store, table: Path, tmp_path: Path) -> None:
    write_shipped(loaded, tmp_path / "again.parquet", with_every_indicator=False)
    assert (tmp_path / "again.parquet").read_bytes() == table.read_bytes()


def test_an_empty_store_is_filled_with_what_the_full_one_held(
    loaded: Store, table: Path, tmp_path: Path, places: PlaceSet
) -> None:
    assert prepare(tmp_path / "new", "", places, INDICATORS, shipped=table, now=NOW) == (
        "shipped-2025-11-20"
    )
    store = open_store("", tmp_path / "new", places)
    ours = opened(store, "shipped-2025-11-20")
    theirs = opened(loaded, str(listed(loaded).latest))
    for name, column in theirs.columns.items():
        if name != "updated_release":
            np.testing.assert_array_equal(column, ours.columns[name])
    assert (figure(ours, BRENNOWCOMBE, "RY2024") or {})["status"] == "suppressed"
    assert value(ours, COUNTRY, "RY2024") == 50
    store.close()


def test_files_loaded_onto_the_shipped_figures_change_only_what_is_new(
    loaded: Store, table: Path, tmp_path: Path, places: PlaceSet
) -> None:
    prepare(tmp_path / "new", "", places, INDICATORS, shipped=table, now=NOW)
    store = open_store("", tmp_path / "new", places)
    for load in (OLD, NEW):
        outcome = publish_load(store, load, INDICATORS, now=NOW)
        assert "nothing changed" in outcome.message
    store.close()


def test_preparing_again_changes_nothing(table: Path, tmp_path: Path, places: PlaceSet) -> None:
    home = tmp_path / "new"
    prepare(home, "", places, INDICATORS, shipped=table, now=NOW)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*.json")}
    assert prepare(home, "", places, INDICATORS, shipped=table) == "shipped-2025-11-20"
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*.json")} == before


def test_preparing_tells_every_step(table: Path, tmp_path: Path, places: PlaceSet) -> None:
    told: list[tuple[int, int, str]] = []
    prepare(
        tmp_path / "new", "", places, INDICATORS, shipped=table,
        progress=lambda done, total, name: told.append((done, total, name)),
    )  # fmt: skip
    assert [done for done, _, _ in told] == [0, 1, 2, 3, 4, 5]
    assert {total for _, total, _ in told} == {5}
    assert told[1][2] == "reading the figures that ship"


def test_a_store_that_holds_releases_is_not_filled(
    table: Path, tmp_path: Path, places: PlaceSet
) -> None:
    store = open_store("", tmp_path / "new", places)
    publish(store, OLD, INDICATORS, release_id="mine")
    store.close()
    assert prepare(tmp_path / "new", "", places, INDICATORS, shipped=table) == "mine"


def test_a_place_set_of_which_nothing_ships_starts_empty(table: Path, tmp_path: Path) -> None:
    england = load_place_set("england")
    assert prepare(tmp_path / "new", "", england, INDICATORS, shipped=table) == ""


def test_the_figures_of_another_place_set_are_refused(table: Path, tmp_path: Path) -> None:
    store = open_store("", tmp_path / "new", load_place_set("england"))
    with pytest.raises(ShippedError, match="are of 'made_up', not of 'england'"):
        load_shipped(store, INDICATORS, path=table)
    assert list_releases(store) == ()
    store.close()


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ShippedError, match=r"are missing: none\.parquet"):
        about_shipped(tmp_path / "none.parquet")


def test_an_indicator_that_left_the_catalogue_is_left_out(
    table: Path, tmp_path: Path, places: PlaceSet
) -> None:
    only = (INDICATORS[1],)
    _, cells = read_shipped(only, table)
    assert cells.empty


def test_there_must_be_a_release_to_ship(tmp_path: Path, places: PlaceSet) -> None:
    store = open_store("", tmp_path / "new", places)
    with pytest.raises(StoreError, match="there is no release to ship"):
        write_shipped(store, tmp_path / "figures.parquet")
    store.close()
