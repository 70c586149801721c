"""Releases are listed, compared, withdrawn and handed out as files."""

import hashlib
from pathlib import Path

import pytest

from indicators.store import (
    Store,
    StoreError,
    UnknownReleaseError,
    diff_releases,
    export_release,
    list_releases,
    withdraw_release,
)
from tests.builders import a_cell, vintage
from tests.indicators.store.published import (
    ALVERBY,
    NOW,
    figure,
    listed,
    on,
    opened,
    publish,
    value,
)

THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10))
WRONG = vintage(2025, a_cell(ALVERBY, "RY2024", 99), covers=("RY2020", "RY2025"))


def publish_both(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, WRONG, release_id="wrong")


def test_the_list_has_every_release_oldest_first(store: Store) -> None:
    publish_both(store)
    assert [entry.id for entry in list_releases(store)] == ["then", "wrong"]


def test_a_withdrawn_release_keeps_its_id_and_reason_and_loses_its_figures(store: Store) -> None:
    publish_both(store)
    folder = store.snapshots / listed(store).releases[1].digest
    withdraw_release(store, "wrong", "a file was mixed up", replacement="then", now=NOW)
    entry = listed(store).releases[1]
    assert entry.withdrawn == {
        "reason": "a file was mixed up",
        "replacement": "then",
        "withdrawn_on": "2026-11-23",
    }
    assert listed(store).latest == "then"
    assert not folder.exists()


def test_the_next_release_builds_on_the_newest_that_stands(store: Store) -> None:
    publish_both(store)
    withdraw_release(store, "wrong", "a file was mixed up", now=NOW)
    right = vintage(2024, a_cell(ALVERBY, "RY2023", 5))
    publish(store, right, release_id="right")
    found = figure(opened(store, "right"), ALVERBY, "RY2024") or {}
    assert (found["value"], found["updated_release"]) == (10, "then")
    assert value(opened(store, "right"), ALVERBY, "RY2023") == 5


def test_loading_a_withdrawn_publication_again_publishes_it_again(store: Store) -> None:
    publish_both(store)
    withdraw_release(store, "wrong", "too early", now=NOW)
    publish(store, WRONG, release_id="again")
    assert value(opened(store, "again"), ALVERBY, "RY2024") == 99


def test_withdrawing_needs_a_reason_and_a_release_that_stands(store: Store) -> None:
    publish_both(store)
    with pytest.raises(StoreError, match="give the reason"):
        withdraw_release(store, "wrong", "  ", now=NOW)
    with pytest.raises(UnknownReleaseError, match="there is no release 'other'"):
        withdraw_release(store, "other", "a reason", now=NOW)
    with pytest.raises(UnknownReleaseError, match="there is no release 'other'"):
        withdraw_release(store, "wrong", "a reason", replacement="other", now=NOW)
    withdraw_release(store, "wrong", "a reason", now=NOW)
    with pytest.raises(StoreError, match="'wrong' was withdrawn: a reason"):
        withdraw_release(store, "wrong", "a reason", now=NOW)


def test_two_releases_are_compared_either_way_round(store: Store) -> None:
    publish_both(store)
    (there,) = diff_releases(store, "then", "wrong")
    (back,) = diff_releases(store, "wrong", "then")
    assert (there.kind, there.old_value, there.new_value) == ("revised", 10, 99)
    assert (back.old_value, back.new_value) == (99, 10)


def test_a_release_is_handed_out_as_files_with_their_checksums(
    store: Store, tmp_path: Path
) -> None:
    publish_both(store)
    paths = export_release(store, tmp_path / "out", "then")
    names = {path.name for path in paths}
    assert {"observations.csv.gz", "observations.parquet", "indicators.csv", "areas.csv"} <= names
    for line in (tmp_path / "out" / "checksums.sha256").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_without_a_name_the_latest_release_is_handed_out(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no release yet"):
        export_release(store, tmp_path / "out")
    publish_both(store)
    assert export_release(store, tmp_path / "out")
