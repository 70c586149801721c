"""Comparing two snapshots finds what comparing their cells finds, whatever their codes are."""

from pathlib import Path
from random import Random

import pandas as pd
import pyarrow as pa
import pytest

from indicators.change_table import NEWLY_SUPPRESSED, SCHEMA, as_changes, open_changes
from indicators.changes import changes_between
from indicators.snapshot import Change, Snapshot
from indicators.snapshot_comparison import compare_snapshots
from indicators.store import Store, open_store
from indicators.store.contents import row_order
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import Row, a_cell, cells_of, vintage
from tests.indicators.definitions import an_indicator
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, on, opened, publish

NOTHING = SCHEMA.empty_table()


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


def compared(old: Snapshot, new: Snapshot, withheld: pa.Table = NOTHING) -> tuple[Change, ...]:
    return as_changes(compare_snapshots(old, new, withheld))


def some_cells(random: Random, areas: list[str], indicators: list[str], years: range) -> list[Row]:
    """Cells of every status; about a third of all that there could be is missing."""
    words = ("suppressed", "not_available", "withdrawn", "low")
    return [
        a_cell(area, f"RY{year}", value, indicator=indicator, sex=sex, source="a_table_2024",
               **({} if value is not None else {"status": random.choice(words)}))
        for indicator in indicators
        for year in years
        for area in areas
        for sex in ("_T", "F")
        if random.random() < 0.7
        for value in [random.choice([None, 1.0, 2.0, 3.5])]
    ]  # fmt: skip


def cells_in(snapshot: Snapshot) -> list[Row]:
    """The cells that a snapshot holds, which may be more or fewer than were loaded."""
    columns = snapshot.columns
    return [
        a_cell(
            snapshot.index.areas[columns["area"][row]],
            snapshot.index.periods[columns["period"][row]],
            None if columns["value"][row] != columns["value"][row] else columns["value"][row],
            indicator=snapshot.indicators[columns["indicator"][row]].id,
            status=str(snapshot.index.statuses[columns["status"][row]]),
            sex=snapshot.index.breakdowns[columns["breakdown"][row]].sex,
        )
        for row in range(snapshot.index.row_count)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_it_finds_what_comparing_cells_finds(seed: int, tmp_path: Path, places: PlaceSet) -> None:
    random = Random(seed)
    areas = [area.code for area in places.authorities()[:5]]
    sides = []
    for name, order, years, some in (
        ("old", (1, 2), range(2021, 2024), areas[:4]),
        ("new", (2, 1), range(2022, 2026), areas[1:]),
    ):
        ids = ["an_indicator_pct", "another_pct", f"only_{name}_pct"]
        catalogue = tuple(
            an_indicator(id, order=place) for id, place in zip(ids, (*order, 3), strict=True)
        )
        catalogue = tuple(sorted(catalogue, key=lambda one: one.order))
        store = open_store("", tmp_path / name, places)
        load = vintage(2024, *some_cells(random, some, ids, years))
        publish(store, load, catalogue, release_id=name)
        sides.append(opened(store, name))
        store.close()
    old, new = sides
    order_of_rows = row_order(new.indicators, places)
    nothing = pd.DataFrame(columns=cells_of().columns)
    expected = changes_between(
        cells_of(*cells_in(old)), cells_of(*cells_in(new)), nothing, order_of_rows
    )
    assert len(expected) > 60
    assert compared(old, new) == expected


@pytest.fixture
def store(tmp_path: Path, places: PlaceSet) -> Store:
    return open_store("", tmp_path, places)


def releases(store: Store, *values: float | None) -> list[Snapshot]:
    """Release after release with one value of one cell, None where it is suppressed."""
    for place, value in enumerate(values):
        load = vintage(
            2020 + place,
            a_cell(ALVERBY, "RY2020", value),
            a_cell(BRENNOWCOMBE, "RY2020", place),
        )
        publish(store, load, release_id=f"r{place}", published_on=on(2020 + place))
    return [opened(store, f"r{place}") for place in range(len(values))]


def told_by(*snapshots: Snapshot) -> pa.Table:
    return pa.concat_tables([open_changes(one.folder) for one in snapshots])


def of_alverby(changes: tuple[Change, ...]) -> list[tuple[str, float | None, float | None]]:
    return [(c.kind, c.old_value, c.new_value) for c in changes if c.area == ALVERBY]


def test_what_both_hide_by_now_is_newly_suppressed_if_it_was_shown(store: Store) -> None:
    one, two, three = releases(store, 9, 8, None)
    assert of_alverby(compared(one, three, told_by(two, three))) == [(NEWLY_SUPPRESSED, None, None)]
    assert of_alverby(compared(one, two, told_by(two))) == []


def test_what_was_hidden_all_the_time_is_no_change(store: Store) -> None:
    one, two, three = releases(store, None, None, None)
    assert of_alverby(compared(one, three, told_by(two, three))) == []


def test_what_was_hidden_between_and_is_shown_again_is_no_longer_suppressed(store: Store) -> None:
    one, two, three = releases(store, 9, None, 7)
    assert of_alverby(compared(one, three, told_by(two, three))) == [
        ("no_longer_suppressed", None, 7)
    ]


def test_the_same_release_has_no_changes(store: Store) -> None:
    (one,) = releases(store, 9)
    assert compared(one, one) == ()
