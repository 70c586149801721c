"""Opening a store: for one place set, with the tables that this version expects."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from indicators.store import (
    PlaceSetMismatchError,
    SchemaError,
    Store,
    StoreError,
    make_engine,
    open_store,
    status,
    upgrade,
)
from indicators.store.tables import metadata
from reference.places import PlaceSet
from reference.placesets import load_place_set


def test_a_store_is_for_one_place_set_and_refuses_another(store: Store, database_url: str) -> None:
    with pytest.raises(PlaceSetMismatchError, match="holds the place set 'made_up'"):
        open_store(database_url, store.home, load_place_set("england"))


def test_the_migrations_make_exactly_the_tables_of_the_code(store: Store) -> None:
    expected = _as_sqlite_has_them(metadata) if store.is_sqlite else metadata
    options = {
        "version_table": "store_version",
        "compare_type": True,
        "include_schemas": not store.is_sqlite,
    }
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, expected) == []


def _as_sqlite_has_them(tables: sa.MetaData) -> sa.MetaData:
    """Leave the schemas out: SQLite has none."""
    plain = sa.MetaData(naming_convention=tables.naming_convention)
    for table in tables.sorted_tables:
        table.to_metadata(plain, schema=None)  # type: ignore[arg-type]
    return plain


def test_opening_an_empty_database_makes_the_tables(
    empty_database_url: str, tmp_path: Path, places: PlaceSet
) -> None:
    store = open_store(empty_database_url, tmp_path / "home", places)
    test_the_migrations_make_exactly_the_tables_of_the_code(store)
    store.close()


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    assert status(store.engine).is_current
    assert upgrade(store.engine) == status(store.engine)


def test_a_failed_migration_leaves_an_empty_database_empty(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(empty_database_url, tmp_path)

    made = op.create_table

    def broken(name: str, *parts: Any, **more: Any) -> Any:
        if name == "release":
            raise RuntimeError
        return made(name, *parts, **more)

    monkeypatch.setattr(op, "create_table", broken)
    with pytest.raises(RuntimeError):
        upgrade(engine)
    assert status(engine).current == ""
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_server_database_of_an_older_version_is_not_changed_unasked(
    postgres_url: str, tmp_path: Path, places: PlaceSet
) -> None:
    open_store(postgres_url, tmp_path, places).close()
    engine = make_engine(postgres_url, tmp_path)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE store_version SET version_num = '0000'"))
    engine.dispose()
    with pytest.raises(SchemaError, match="run `outcomes db upgrade`"):
        open_store(postgres_url, tmp_path, places)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_of_postgresql_means_psycopg(scheme: str, tmp_path: Path) -> None:
    engine = make_engine(f"{scheme}://someone@127.0.0.1/outcomes", tmp_path)
    assert engine.url.drivername == "postgresql+psycopg"


def test_a_database_that_does_not_answer_is_told_without_a_password(
    tmp_path: Path, places: PlaceSet
) -> None:
    url = "postgresql://someone:secret@127.0.0.1:1/outcomes?connect_timeout=2"
    with pytest.raises(StoreError, match="check OUTCOMES_DATABASE_URL") as refused:
        open_store(url, tmp_path, places)
    assert "secret" not in str(refused.value)


def test_without_an_address_the_database_lies_in_the_home_folder(sqlite_store: Store) -> None:
    assert (sqlite_store.home / "outcomes.sqlite").is_file()
    with sqlite_store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
