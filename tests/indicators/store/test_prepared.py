"""A start that finds everything in order does nothing, and notices when it is not."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from indicators.prepared import NEWEST_STEP, latest_if_prepared
from indicators.store import Store, status, withdraw_release
from tests.builders import a_cell, vintage
from tests.indicators.store.published import ALVERBY, NOW, folder_of, on, publish

THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10))
NEXT = vintage(2025, a_cell(ALVERBY, "RY2025", 11))


@pytest.fixture
def full(sqlite_store: Store) -> Store:
    publish(sqlite_store, THEN, release_id="then", published_on=on(2024))
    publish(sqlite_store, NEXT, release_id="next")
    return sqlite_store


def look(store: Store) -> str | None:
    return latest_if_prepared(store.home, "made_up")


def test_the_step_that_it_looks_for_is_the_newest(sqlite_store: Store) -> None:
    assert status(sqlite_store.engine).newest == NEWEST_STEP


def test_a_store_in_order_gives_its_latest_release(full: Store) -> None:
    assert look(full) == "next"
    withdraw_release(full, "next", "a reason", now=NOW)
    assert look(full) == "then"


def test_an_empty_or_absent_store_needs_preparing(sqlite_store: Store, tmp_path: Path) -> None:
    assert look(sqlite_store) is None
    assert latest_if_prepared(tmp_path / "nowhere", "made_up") is None


def test_another_place_set_needs_a_closer_look(full: Store) -> None:
    assert latest_if_prepared(full.home, "england") is None


def execute(store: Store, statement: str) -> None:
    with store.writing() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    "damage",
    [
        lambda store: shutil.rmtree(folder_of(store, "then")),
        lambda store: (store.snapshots / ".draft-x").mkdir(),
        lambda store: store.releases_file.write_text("{"),
        lambda store: store.releases_file.unlink(),
        lambda store: execute(store, "UPDATE release SET digest = 'x' WHERE id = 'next'"),
        lambda store: execute(store, "INSERT INTO store_meta VALUES ('purge_due', 'yes')"),
        lambda store: execute(store, "UPDATE store_version SET version_num = '0000'"),
        lambda store: execute(store, "DROP TABLE store_version"),
    ],
)
def test_whatever_is_amiss_needs_a_closer_look(
    full: Store, damage: Callable[[Store], object]
) -> None:
    damage(full)
    assert look(full) is None


def test_looking_loads_nothing_heavy() -> None:
    code = (
        "import sys, indicators.prepared;"
        "print(sorted({'pandas', 'pyarrow', 'numpy', 'sqlalchemy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
