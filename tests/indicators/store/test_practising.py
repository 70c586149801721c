"""A practice store is marked for good, takes no real places, and marks all that leaves it."""

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from indicators.prepared import latest_if_prepared
from indicators.store import PlaceSetMismatchError, PracticeError, Store, StoreError, open_store
from indicators.store.practising import is_for_practice, marked_source
from indicators.store.stewarding import export_release
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import a_cell, vintage
from tests.indicators.store.published import ALVERBY, NOW, listed, on, publish

LOAD = vintage(2025, a_cell(ALVERBY, "RY2025", 11))
Opening = Callable[..., Store]


@pytest.fixture
def opening(empty_database_url: str, tmp_path: Path, places: PlaceSet) -> Iterator[Opening]:
    """Opens the store of the test, for practice or not."""
    opened: list[Store] = []

    def open_it(**how: bool) -> Store:
        for store in opened:
            store.close()
        opened.append(open_store(empty_database_url, tmp_path / "home", places, **how))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def practice(opening: Opening) -> Store:
    return opening(for_practice=True)


def test_the_mark_is_set_when_the_store_is_made_and_stays(
    practice: Store, opening: Opening
) -> None:
    assert practice.is_practice
    again = opening()
    assert again.is_practice
    with again.reading() as connection:
        assert is_for_practice(connection)


def test_a_store_that_was_not_made_for_practice_never_becomes_one(opening: Opening) -> None:
    assert not opening().is_practice
    with pytest.raises(PracticeError, match="never turned into one"):
        opening(for_practice=True)
    assert not opening().is_practice


def test_nobody_practises_with_real_places(empty_database_url: str, tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="no real place carries an invented figure"):
        open_store(
            empty_database_url, tmp_path / "home", load_place_set("england"), for_practice=True
        )
    assert not (tmp_path / "home" / "outcomes.sqlite").exists()


def test_a_practice_store_cannot_be_opened_for_real_places(
    practice: Store, empty_database_url: str
) -> None:
    with pytest.raises(PlaceSetMismatchError, match="made_up"):
        open_store(empty_database_url, practice.home, load_place_set("england"))


def test_every_release_of_practice_bears_the_mark_in_its_id(practice: Store) -> None:
    publish(practice, LOAD, release_id="first")
    later = vintage(2025, a_cell(ALVERBY, "RY2025", 12), published_on=on(2026))
    publish(practice, later)
    assert [entry.id for entry in listed(practice).releases] == [
        "practice-first",
        f"practice-{NOW.date()}",
    ]
    assert listed(practice).is_practice


def test_no_other_release_may_bear_it(store: Store) -> None:
    with pytest.raises(StoreError, match="marks made-up figures"):
        publish(store, LOAD, release_id="practice-first")
    publish(store, LOAD, release_id="first")
    assert not listed(store).is_practice


def test_sources_of_returns_bear_the_mark_too(practice: Store, tmp_path: Path) -> None:
    assert marked_source(practice, "submission_x") == "practice_submission_x"
    other = open_store("", tmp_path / "other", practice.places)
    assert marked_source(other, "submission_x") == "submission_x"
    other.close()


def test_files_say_by_name_and_row_that_they_are_made_up(practice: Store, tmp_path: Path) -> None:
    publish(practice, LOAD, release_id="first")
    written = export_release(practice, tmp_path / "out")
    names = {path.name for path in written}
    assert all(name.startswith("practice-") or name == "README-practice.txt" for name in names)
    assert "made up" in (tmp_path / "out" / "README-practice.txt").read_text()
    packed = (tmp_path / "out" / "practice-observations.csv.gz").read_bytes()
    rows = list(csv.DictReader(gzip.decompress(packed).decode().splitlines()))
    table = pq.read_table(tmp_path / "out" / "practice-observations.parquet")
    assert rows
    assert {row["release"] for row in rows} == {"practice-first"}
    assert set(table["release"].to_pylist()) == {"practice-first"}


def test_the_checksums_of_practice_files_are_of_their_names(
    practice: Store, tmp_path: Path
) -> None:
    publish(practice, LOAD, release_id="first")
    export_release(practice, tmp_path / "out")
    lines = (tmp_path / "out" / "practice-checksums.sha256").read_text().splitlines()
    named = {line.partition("  ")[2] for line in lines}
    held = {path.name for path in (tmp_path / "out").iterdir()}
    assert named == held - {"practice-checksums.sha256"}


def test_files_of_other_releases_are_named_as_ever(store: Store, tmp_path: Path) -> None:
    publish(store, LOAD, release_id="first")
    names = {path.name for path in export_release(store, tmp_path / "out")}
    assert "observations.csv.gz" in names
    assert not [name for name in names if "practice" in name]


def test_the_quick_look_finds_a_practice_store_in_order(
    sqlite_store: Store, tmp_path: Path, places: PlaceSet
) -> None:
    practice = open_store("", tmp_path / "practice", places, for_practice=True)
    publish(practice, LOAD, release_id="first")
    assert latest_if_prepared(practice.home, "made_up") == "practice-first"
    text = practice.releases_file.read_text()
    practice.releases_file.write_text(text.replace('"is_practice": true', '"is_practice": false'))
    assert latest_if_prepared(practice.home, "made_up") is None
    practice.close()
