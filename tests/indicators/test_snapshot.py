"""A snapshot gives back what was written, under a name that is its content."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indicators.cells import FLAGS, STATUSES, Breakdown
from indicators.change_table import read_changes
from indicators.snapshot import (
    Change,
    ReleaseCard,
    SnapshotError,
    open_snapshot,
)
from indicators.snapshot_writer import ReleaseContents, folder_digest, write_snapshot
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import Row, a_cell, a_source, cells_of
from tests.indicators.definitions import an_indicator

ALVERBY, BRENNOWCOMBE, COUNTRY = "X06000001", "X06000002", "X92000001"
INDICATORS = (an_indicator(), an_indicator("another_pct", order=2))


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


def contents(places: PlaceSet, *rows: Row) -> ReleaseContents:
    cells = cells_of(*rows).assign(updated_release="now")
    return ReleaseContents(
        card=ReleaseCard(id="now", place_set=places.id),
        places=places,
        indicators=INDICATORS,
        sources=(a_source(),),
        cells={str(name): cells[name].to_list() for name in cells},
    )


def test_figures_are_read_back_by_indicator_period_area_and_breakdown(
    tmp_path: Path, places: PlaceSet
) -> None:
    rows = (
        a_cell(BRENNOWCOMBE, "RY2025", 3, age="5_9"),
        a_cell(ALVERBY, "RY2024", 1, indicator="another_pct"),
        a_cell(ALVERBY, "RY2025", 2),
    )
    snapshot = open_snapshot(tmp_path / write_snapshot(tmp_path, contents(places, *rows)))
    areas = [snapshot.area_codes[code] for code in (ALVERBY, BRENNOWCOMBE)]
    age = snapshot.breakdown_codes[Breakdown(age="5_9")]
    assert snapshot.positions(0, snapshot.period_codes["RY2025"], areas).tolist() == [0, -1]
    assert snapshot.positions(0, snapshot.period_codes["RY2025"], areas, age).tolist() == [-1, 1]
    assert snapshot.columns["value"].tolist() == [2, 3, 1]
    assert [snapshot.periods_of(code) for code in (0, 1)] == [(1,), (0,)]
    assert (np.diff(snapshot.keys) > 0).all()


def test_places_definitions_sources_and_changes_come_back_equal(
    tmp_path: Path, places: PlaceSet
) -> None:
    change = Change(
        indicator="an_indicator_pct", period="RY2025", area=ALVERBY, breakdown=Breakdown(),
        kind="revised", old_value=1.5, new_value=None, old_status="ok", new_status="not_available",
    )  # fmt: skip
    written = replace(contents(places, a_cell(ALVERBY, value=1)), changes=(change,))
    snapshot = open_snapshot(tmp_path / write_snapshot(tmp_path, written))
    assert snapshot.places == places
    assert snapshot.indicators == INDICATORS
    assert snapshot.sources == written.sources
    assert read_changes(snapshot.folder) == (change,)


def test_the_name_of_a_folder_is_the_digest_of_its_content(
    tmp_path: Path, places: PlaceSet
) -> None:
    one = write_snapshot(tmp_path, contents(places, a_cell(ALVERBY, value=1)))
    assert folder_digest(tmp_path / one) == one
    assert write_snapshot(tmp_path, contents(places, a_cell(ALVERBY, value=1))) == one
    assert write_snapshot(tmp_path, contents(places, a_cell(ALVERBY, value=2))) != one
    assert {path.name[0] for path in tmp_path.iterdir()} & {"."} == set()


def test_every_status_and_flag_keeps_its_code(tmp_path: Path, places: PlaceSet) -> None:
    rows = [
        a_cell(ALVERBY, f"RY{2000 + place}", status=str(status), flags=str(FLAGS[place]))
        for place, status in enumerate(STATUSES)
    ]
    snapshot = open_snapshot(tmp_path / write_snapshot(tmp_path, contents(places, *rows)))
    assert snapshot.columns["status"].tolist() == list(range(len(STATUSES)))
    assert snapshot.columns["flags"].tolist() == [1 << place for place in range(len(STATUSES))]


def test_areas_stand_country_first_then_regions_then_authorities_by_code(
    tmp_path: Path, places: PlaceSet
) -> None:
    rows = [a_cell(code, value=1) for code in (BRENNOWCOMBE, ALVERBY, "X12000002", COUNTRY)]
    snapshot = open_snapshot(tmp_path / write_snapshot(tmp_path, contents(places, *rows)))
    found = [snapshot.index.areas[code] for code in snapshot.columns["area"]]
    assert found == [COUNTRY, "X12000002", ALVERBY, BRENNOWCOMBE]


def test_two_figures_for_one_cell_are_refused(tmp_path: Path, places: PlaceSet) -> None:
    with pytest.raises(ValueError, match="two figures for one cell"):
        write_snapshot(tmp_path, contents(places, a_cell(ALVERBY), a_cell(ALVERBY)))
    assert list(tmp_path.iterdir()) == []


def test_an_incomplete_folder_is_refused_by_the_name_of_what_is_missing(
    tmp_path: Path, places: PlaceSet
) -> None:
    folder = tmp_path / write_snapshot(tmp_path, contents(places, a_cell(ALVERBY)))
    (folder / "cells.arrow").unlink()
    with pytest.raises(SnapshotError, match=r"incomplete: cells\.arrow is missing"):
        open_snapshot(folder)


def test_a_snapshot_of_a_later_format_is_refused(tmp_path: Path, places: PlaceSet) -> None:
    folder = tmp_path / write_snapshot(tmp_path, contents(places, a_cell(ALVERBY)))
    index = folder / "index.json"
    index.write_bytes(index.read_bytes().replace(b'"format":1', b'"format":9'))
    with pytest.raises(SnapshotError, match="has format 9; this version reads 1"):
        open_snapshot(folder)
