"""What a return is compared with, read from a store of each kind."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from etl.practice.packages import table_bytes
from etl.submissions.across import figures_of_rows
from etl.submissions.check import Setting, check_package
from etl.submissions.code_lists import Scope
from etl.submissions.history import StoreHistory
from etl.submissions.manifest import build_manifest
from etl.submissions.process import Replacing
from etl.submissions.wire import WireRow
from indicators.measures import Key, load_measures
from indicators.store import Store, open_store
from indicators.store.return_tables import submission
from reference.periods import parse_period
from tests.etl.submissions.returns import (
    AUTHORITY,
    PERIOD,
    TODAY,
    places,
    rows_of,
    rules_of,
    written,
)
from tests.indicators.store.accepting import accept_submission
from tests.indicators.store.conftest import (  # noqa: F401
    database_url,
    kept_postgres,
    kept_sqlite,
    postgres_server,
    postgres_url,
)

NOW = datetime(2025, 9, 1, 9, tzinfo=UTC)
OTHER = "X06000002"


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:  # noqa: F811
    opened = open_store(database_url, tmp_path / "home", places())
    yield opened
    opened.close()


def scope_of(authority: str, collection: str, period: str) -> Scope:
    held = load_measures().collection(collection)
    return Scope(places().area(authority), held, parse_period(period))


def keep(
    store: Store,
    authority: str = AUTHORITY,
    collection: str = "CLA",
    period: str = PERIOD.id,
    counts: Mapping[str, int] | None = None,
) -> str:
    changed: dict[Key, int] = {(name, "TOTAL", "ALL"): n for name, n in (counts or {}).items()}
    rows = rows_of(collection, changed)
    return accept_submission(
        store,
        frame_of(rows),
        authority=authority,
        collection=collection,
        period=period,
        now=NOW,
    ).source


def frame_of(rows: Sequence[WireRow]) -> pd.DataFrame:
    return pd.DataFrame(
        [(*row.key, row.number, row.status) for row in rows],
        columns=["measure", "breakdown_type", "breakdown", "value", "status"],
    )


def check(store: Store, folder: Path, rows: list[WireRow], **how: Replacing) -> set[str]:
    table = table_bytes(rows)
    path = written(folder, table, build_manifest("data.csv", table, rows, "2025.1"))
    setting = Setting(places(), TODAY, history=StoreHistory(store), **how)  # type: ignore[arg-type]
    return rules_of(check_package(path, setting))


def test_last_years_return_is_what_a_change_is_from(store: Store, tmp_path: Path) -> None:
    keep(store, period="RY2024", counts={"CLA_OPEN": 300})
    assert check(store, tmp_path, rows_of()) == {"X02", "Y01", "Y08"}


def test_only_an_accepted_return_counts_as_last_years(store: Store, tmp_path: Path) -> None:
    keep(store, period="RY2024", counts={"CLA_OPEN": 300})
    with store.writing() as connection:
        connection.execute(sa.update(submission).values(state="withdrawn"))
    assert check(store, tmp_path, rows_of()) == set()


def test_another_collection_of_the_same_period_is_beside(store: Store) -> None:
    keep(store, collection="CIN")
    past = StoreHistory(store).past(scope_of(AUTHORITY, "CLA", PERIOD.id))
    assert past.beside["CIN_OPEN", "TOTAL", "ALL"] == 2000
    assert past.versions == ()


def test_the_same_figures_again_are_known_and_others_must_say_what_they_replace(
    store: Store, tmp_path: Path
) -> None:
    source = keep(store)
    assert check(store, tmp_path, rows_of()) == {"P02"}
    other = rows_of("CLA", {("AWAY_INC", "TOTAL", "ALL"): 41})
    assert check(store, tmp_path, other) == {"P01"}
    again = Replacing("correction", source)
    assert check(store, tmp_path, other, replacing=again) == set()


def test_a_copy_of_another_authoritys_return_is_noticed_and_not_named(
    store: Store, tmp_path: Path
) -> None:
    keep(store, authority=OTHER)
    past = StoreHistory(store).past(scope_of(AUTHORITY, "CLA", PERIOD.id))
    assert list(past.copies.values()) == ["another authority's return"]
    assert check(store, tmp_path, rows_of()) == {"X17"}


def test_a_held_return_has_its_figures_as_they_were_sent(store: Store) -> None:
    keep(store)
    [held] = StoreHistory(store).past(scope_of(AUTHORITY, "CLA", PERIOD.id)).versions
    assert held.figures == figures_of_rows(rows_of())
    assert (held.version, held.received_on, held.is_accepted) == (1, "2025-09-01", True)
