"""No published file and no indicator is overlooked: each is read, or left out for a reason."""

import csv
import gzip
from pathlib import Path

import pytest

from etl.published.left_out import reason_to_leave_out
from etl.published.loaded import PublishedReading
from indicators.catalogue import load_catalogue
from indicators.cells import Status
from indicators.model import Indicator
from tests.etl.made_up_files import good_referrals
from tests.etl.readings import is_whole
from tests.golden import ENGLAND

each_indicator = pytest.mark.parametrize("one", load_catalogue(), ids=lambda one: one.id)


def test_every_file_that_has_a_table_is_read_without_a_finding(read: PublishedReading) -> None:
    assert [str(finding) for finding in read.findings] == []
    used = [record for record in read.report.files if record.is_used]
    assert len(used) >= 82
    assert [record.path for record in used if not record.cells] == []


def test_every_other_file_is_left_out_for_a_reason_that_is_written_down(
    read: PublishedReading, published_dir: Path
) -> None:
    left_out = {
        Path(record.path).name: record.not_used
        for record in read.report.files
        if not record.is_used
    }
    assert all(left_out.values())
    assert left_out == {name: reason_to_leave_out(name) for name in left_out}
    folders = [published_dir / part for part in ("published", "reconstructed")]
    there = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert {Path(record.path) for record in read.report.files} == there


@each_indicator
def test_every_indicator_has_values_of_england_or_of_most_authorities(
    read: PublishedReading, one: Indicator
) -> None:
    cells = read.cells[read.cells["indicator"] == one.id]
    known = cells[(cells["status"] == Status.OK) & is_whole(cells)]
    authorities = known[~known["area"].str.match("E92|E12|E13")]
    most = authorities.groupby("period")["area"].nunique().max()
    assert ENGLAND in set(known["area"]) or most >= 140


@each_indicator
def test_every_indicator_is_read_from_all_tables_that_its_definition_names(
    read: PublishedReading, one: Indicator
) -> None:
    vintages = {
        source.id: source.vintage
        for source in read.sources
        for rows in one.sources
        if source.table == rows.table
    }
    absent = {f"{rows.table}_{vintage}" for rows in one.sources for vintage in rows.absent_from}
    found = set(read.cells["source"][read.cells["indicator"] == one.id])
    assert found <= set(vintages)
    assert set(vintages) - absent <= found


def test_made_up_referrals_have_the_columns_of_the_newest_real_file(published_dir: Path) -> None:
    newest = max(published_dir.rglob("c1_*.csv.gz"), key=lambda path: path.name)
    with gzip.open(newest, "rt", encoding="utf-8-sig", newline="") as lines:
        assert next(csv.reader(lines)) == list(good_referrals(1)[0])
