"""Roles of a PostgreSQL database: each process may do what it needs and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from indicators.store import Store, StoreError, open_store
from indicators.store.grants import Process, apply_grants, privileges
from indicators.store.return_tables import RESTRICTED_TABLES
from indicators.store.tables import metadata
from reference.places import PlaceSet

pytestmark = pytest.mark.postgres

_NUMBERS = count(1)
ONCE = ("received_file", "incident", "finding", "explanation", "submission_value", "audit")
UNPROTECTED = [str(table) for table in RESTRICTED_TABLES]
NOT_YET_PUBLISHED = ["draft", "draft_cell", "release_member", "submission", "source", "document"]


@pytest.fixture
def owned(postgres_url: str, tmp_path: Path, places: PlaceSet) -> Iterator[Store]:
    store = open_store(postgres_url, tmp_path / "home", places)
    yield store
    store.close()


@contextmanager
def connected_as(store: Store, process: Process) -> Iterator[sa.Connection]:
    """Give a connection as a role that was given what a process needs."""
    role = f"outcomes_{process}_{next(_NUMBERS)}"
    with store.writing() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{role}"')
    apply_grants(store, process, role)
    with store.engine.connect() as connection:
        connection.exec_driver_sql(f'SET SESSION AUTHORIZATION "{role}"')
        yield connection
        connection.rollback()
        connection.exec_driver_sql("RESET SESSION AUTHORIZATION")
    with store.writing() as connection:
        connection.exec_driver_sql(f'DROP OWNED BY "{role}"')
        connection.exec_driver_sql(f'DROP ROLE "{role}"')


def is_refused(connection: sa.Connection, statement: str) -> bool:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(statement)
    except sa.exc.ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_a_reader_sees_published_figures(owned: Store) -> None:
    with connected_as(owned, Process.READER) as connection:
        assert not is_refused(connection, "SELECT * FROM cell")
        assert not is_refused(connection, 'SELECT * FROM "release"')


@pytest.mark.parametrize("table", UNPROTECTED + NOT_YET_PUBLISHED)
def test_a_reader_sees_nothing_that_is_not_protected_or_not_published(
    owned: Store, table: str
) -> None:
    with connected_as(owned, Process.READER) as connection:
        assert is_refused(connection, f"SELECT * FROM {table}")


@pytest.mark.parametrize("process", list(Process))
def test_nobody_but_the_owner_changes_what_is_written_once(owned: Store, process: Process) -> None:
    schemas = {str(table.name): table.schema or "public" for table in metadata.sorted_tables}
    with connected_as(owned, process) as connection:
        for name in ONCE:
            assert is_refused(connection, f'DELETE FROM {schemas[name]}."{name}"')
            assert is_refused(connection, f'TRUNCATE {schemas[name]}."{name}"')


def test_the_desk_changes_no_published_figure_and_no_token(owned: Store) -> None:
    with connected_as(owned, Process.DESK) as connection:
        assert is_refused(connection, "UPDATE cell SET value = 0")
        assert is_refused(connection, "DELETE FROM restricted.token")
        assert is_refused(connection, "SELECT * FROM restricted.suppression_decision")
        assert not is_refused(connection, "SELECT * FROM restricted.received_file")


def test_the_worker_reads_and_writes_every_table(owned: Store) -> None:
    with connected_as(owned, Process.WORKER) as connection:
        for table in metadata.sorted_tables:
            assert not is_refused(
                connection, f'SELECT * FROM {table.schema or "public"}."{table.name}"'
            )


def test_granting_again_takes_away_what_was_given_beyond(owned: Store) -> None:
    with connected_as(owned, Process.READER) as connection:
        pass
    with owned.writing() as connection:
        connection.exec_driver_sql('CREATE ROLE "outcomes_once"')
        connection.exec_driver_sql('GRANT SELECT ON draft_cell TO "outcomes_once"')
    apply_grants(owned, Process.READER, "outcomes_once")
    with owned.reading() as connection:
        query = "SELECT has_table_privilege('outcomes_once', 'draft_cell', 'SELECT')"
        assert connection.exec_driver_sql(query).scalar() is False
    with owned.writing() as connection:
        connection.exec_driver_sql('DROP OWNED BY "outcomes_once"')
        connection.exec_driver_sql('DROP ROLE "outcomes_once"')


def test_a_role_that_is_not_there_is_told_so(owned: Store) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        apply_grants(owned, Process.READER, "nobody of that name")


def test_the_embedded_database_has_no_roles(tmp_path: Path, places: PlaceSet) -> None:
    store = open_store("", tmp_path / "home", places)
    with pytest.raises(StoreError, match="has no roles"):
        apply_grants(store, Process.READER, "anybody")
    store.close()


def test_every_table_that_is_granted_exists() -> None:
    known = {str(table.name) for table in metadata.sorted_tables} | {"store_version"}
    for process in Process:
        assert set(privileges(process)) <= known
