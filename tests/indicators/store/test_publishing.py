"""Loads become releases: all or nothing, once, and readable ever after."""

from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest
import sqlalchemy as sa

from indicators.change_table import read_changes
from indicators.store import Store, StoreError, open_store
from indicators.store.tables import cell
from reference.places import PlaceSet
from tests.builders import a_cell, cells_of, vintage
from tests.indicators.definitions import an_indicator
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    INDICATORS,
    figure,
    folder_of,
    listed,
    on,
    opened,
    publish,
    value,
)

OLD = vintage(2024, a_cell(ALVERBY, "RY2023", 9), a_cell(ALVERBY, "RY2024", 10))
NEW = vintage(2025, a_cell(ALVERBY, "RY2024", 11), a_cell(ALVERBY, "RY2025", 12))


def cell_rows(store: Store) -> int:
    with store.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(cell)) or 0


def test_a_load_is_published_under_todays_date(store: Store) -> None:
    outcome = publish(store, NEW)
    assert outcome.release_id == "2026-11-23"
    assert listed(store).latest == "2026-11-23"
    assert listed(store).releases[0].published_at == "2026-11-23T09:30:00Z"
    assert value(opened(store, "2026-11-23"), ALVERBY, "RY2025") == 12


def test_a_second_release_of_a_day_gets_a_number(store: Store) -> None:
    publish(store, OLD)
    assert publish(store, NEW).release_id == "2026-11-23.1"


def test_loading_the_same_files_again_makes_no_new_release(store: Store) -> None:
    publish(store, NEW)
    before = listed(store)
    outcome = publish(store, NEW)
    assert "nothing changed" in outcome.message
    assert outcome.digest == ""
    assert listed(store) == before


def test_an_older_publication_loaded_later_changes_nothing_that_the_newer_one_says(
    store: Store,
) -> None:
    publish(store, NEW)
    publish(store, OLD)
    latest = opened(store, str(listed(store).latest))
    assert value(latest, ALVERBY, "RY2024") == 11
    assert value(latest, ALVERBY, "RY2023") == 9


def test_both_releases_stay_readable(store: Store) -> None:
    publish(store, OLD, release_id="then", published_on=on(2024))
    publish(store, NEW, release_id="now")
    assert value(opened(store, "then"), ALVERBY, "RY2024") == 10
    assert value(opened(store, "now"), ALVERBY, "RY2024") == 11
    assert figure(opened(store, "then"), ALVERBY, "RY2025") is None


def test_a_cell_is_stored_once_per_change(store: Store) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, value=1), a_cell(BRENNOWCOMBE, value=2)))
    assert cell_rows(store) == 2
    publish(store, vintage(2024, a_cell(ALVERBY, value=3)))
    assert cell_rows(store) == 3


def test_rebuilt_history_bears_the_day_of_its_publication(store: Store) -> None:
    publish(store, OLD, published_on=on(2024))
    (entry,) = listed(store).releases
    assert (entry.kind, entry.published_on) == ("rebuilt_history", "2024-11-21")
    assert opened(store, entry.id).card.kind == "rebuilt_history"


@pytest.mark.parametrize("year", [2024, 2030])
def test_history_is_rebuilt_oldest_first_and_not_in_the_future(store: Store, year: int) -> None:
    publish(store, OLD, published_on=on(2025))
    with pytest.raises(StoreError, match=r"oldest first|lies in the future"):
        publish(store, NEW, published_on=on(year))
    assert len(listed(store).releases) == 1


@pytest.mark.parametrize("name", ["latest", "../there", "", "a b", "2026-11-23"])
def test_a_release_id_is_plain_and_used_once(store: Store, name: str) -> None:
    publish(store, OLD)
    with pytest.raises(StoreError, match=r"cannot be a release id|exists already"):
        publish(store, NEW, release_id=name)


def test_updated_release_is_that_in_which_a_figure_last_changed(store: Store) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, value=1)), release_id="one")
    publish(store, vintage(2025, a_cell(ALVERBY, value=1)), release_id="two")
    publish(store, vintage(2026, a_cell(ALVERBY, value=2)), release_id="three")
    updated = {
        name: (figure(opened(store, name), ALVERBY, "RY2025") or {})["updated_release"]
        for name in ("one", "two", "three")
    }
    assert updated == {"one": "one", "two": "one", "three": "three"}
    newest = figure(opened(store, "two"), ALVERBY, "RY2025") or {}
    assert newest["source"] == "a_table_2025"


def test_a_new_definition_alone_makes_a_release(store: Store) -> None:
    publish(store, NEW, release_id="one")
    reworded = tuple(i.model_copy(update={"title": "In other words"}) for i in INDICATORS)
    outcome = publish(store, NEW, reworded, release_id="two")
    assert (outcome.release_id, outcome.changed_cells) == ("two", 0)
    assert opened(store, "one").indicators[0].title == "A percentage"
    assert opened(store, "two").indicators[0].title == "In other words"


def test_an_indicator_that_left_the_catalogue_leaves_the_next_release(store: Store) -> None:
    publish(store, NEW, release_id="one")
    only = (an_indicator("another_pct", order=2),)
    load = vintage(2025, a_cell(ALVERBY, value=5, indicator="another_pct"))
    publish(store, load, only, release_id="two")
    assert opened(store, "two").index.row_count == 1
    assert opened(store, "one").index.row_count == 2


def test_a_load_with_a_fault_leaves_the_store_as_it_was(store: Store) -> None:
    publish(store, OLD)
    before, rows = listed(store), cell_rows(store)
    bad = replace(NEW, cells=cells_of(a_cell("X00000000", value=1)))
    with pytest.raises(ValueError, match="area 'X00000000' is not known"):
        publish(store, bad)
    assert (listed(store), cell_rows(store)) == (before, rows)


def test_changes_tell_what_differs_from_the_release_before(store: Store) -> None:
    publish(
        store,
        vintage(
            2024,
            a_cell(ALVERBY, "RY2022", 1),
            a_cell(ALVERBY, "RY2023"),
            a_cell(ALVERBY, "RY2024", 3),
            a_cell(BRENNOWCOMBE, "RY2024", 4),
        ),
        published_on=on(2024),
    )
    publish(
        store,
        vintage(
            2025,
            a_cell(ALVERBY, "RY2022", 1.5),
            a_cell(ALVERBY, "RY2023", 2),
            a_cell(ALVERBY, "RY2024"),
            a_cell(ALVERBY, "RY2025", 6),
        ),
        release_id="now",
    )
    changes = read_changes(folder_of(store, "now"))
    assert [(c.area, c.period, c.kind, c.old_value, c.new_value) for c in changes] == [
        (ALVERBY, "RY2022", "revised", 1, 1.5),
        (ALVERBY, "RY2023", "no_longer_suppressed", None, 2),
        (ALVERBY, "RY2024", "newly_suppressed", None, None),
        (BRENNOWCOMBE, "RY2024", "withdrawn", 4, None),
        (ALVERBY, "RY2025", "new", None, 6),
    ]


def test_totals_that_nobody_publishes_are_computed(store: Store) -> None:
    load = vintage(2025, a_cell(ALVERBY, value=50, numerator=1, denominator=2))
    publish(store, load, release_id="now")
    total = figure(opened(store, "now"), store.places.country.code, "RY2025") or {}
    assert (total["value"], total["source"]) == (50, "computed")
    assert total["flags"] == ["partial_coverage"]


def test_a_value_is_null_in_the_snapshot_where_it_is_suppressed(store: Store) -> None:
    publish(store, vintage(2025, a_cell(ALVERBY)), release_id="now")
    found = figure(opened(store, "now"), ALVERBY, "RY2025") or {}
    assert isnan(found["value"])
    assert found["status"] == "suppressed"


def test_sqlite_and_postgresql_give_the_same_bytes(
    tmp_path: Path, places: PlaceSet, postgres_url: str
) -> None:
    digests = []
    for url, home in (("", "one"), (postgres_url, "two")):
        store = open_store(url, tmp_path / home, places)
        publish(store, OLD, published_on=on(2024))
        publish(store, NEW)
        digests.append([entry.digest for entry in listed(store).releases])
        store.close()
    assert digests[0] == digests[1]


def test_a_release_keeps_whether_the_day_of_a_publication_is_confirmed(store: Store) -> None:
    load = vintage(2025, a_cell(ALVERBY, "RY2025", 1))
    sources = tuple(replace(one, published_on_basis="not confirmed") for one in load.sources)
    publish(store, replace(load, sources=sources), release_id="now")
    held = {source.id: source.published_on_basis for source in opened(store, "now").sources}
    assert held["a_table_2025"] == "not confirmed"
