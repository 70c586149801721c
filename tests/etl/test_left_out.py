"""Files that hold no figures of ours are named with a reason of their own."""

from pathlib import Path

import pytest

from etl.published.left_out import reason_to_leave_out
from etl.tables import has_file_name, load_tables

NATIONAL = ("national_*", "number_and_legal_status_of_adopters*")


@pytest.fixture(scope="module")
def national(published_dir: Path) -> set[str]:
    """The names of every file of the country alone that we have."""
    folder = published_dir / "published"
    return {path.name for pattern in NATIONAL for path in folder.rglob(pattern)}


def tables_of(name: str) -> list[str]:
    return [table.id for table in load_tables() if has_file_name(table, name)]


def test_every_national_file_is_read_by_one_table_or_left_out_for_a_reason(
    national: set[str],
) -> None:
    assert len(national) > 25
    read = {name: tables_of(name) for name in national}
    assert {name: found for name, found in read.items() if len(found) > 1} == {}
    unexplained = {name for name in national if not read[name] and not reason_to_leave_out(name)}
    assert unexplained == set()


def test_no_national_file_that_is_read_is_also_named_as_left_out(national: set[str]) -> None:
    assert {name for name in national if tables_of(name) and reason_to_leave_out(name)} == set()


def test_each_kind_of_national_file_is_left_out_for_a_reason_of_its_own(
    national: set[str],
) -> None:
    reasons = [reason_to_leave_out(name) for name in national if not tables_of(name)]
    assert max(reasons.count(reason) for reason in reasons) == 2  # with the ages 22 to 25


def test_a_national_file_that_nobody_has_looked_at_is_not_explained_away() -> None:
    assert reason_to_leave_out("national_something_new.csv") == ""
