"""Databases as the first opening of a store leaves them: made once, and the same for every test.

Making the tables takes longer than most tests; only tests of opening need an empty database.
"""

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from indicators.store import open_store
from indicators.store.connect import SQLITE_NAME
from indicators.store.tables import metadata, store_meta
from reference.placesets import load_place_set
from tests.postgres import new_database

MADE_UP: Final = "made_up"
KEPT: Final = (store_meta.fullname, "store_version")

# Whatever a test may do to tables: others, other columns, rules or rights, or another version.
# Once rights were given and taken back, those of the owner are written out: that is no change.
_SHAPE: Final = """
SELECT md5(string_agg(concat_ws('|', n.nspname, c.relname, c.relkind,
    nullif(n.nspacl, acldefault('n', n.nspowner)),
    nullif(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner)),
    c.relchecks, c.relhastriggers, c.relhasrules,
    (SELECT string_agg(a.attname || a.atttypid || a.attnotnull, ',' ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped)
), ';' ORDER BY c.oid)) || (SELECT version_num FROM store_version)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
"""
_END_OTHERS: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def made_sqlite(folder: Path) -> Path:
    """Make the database of a store in a folder, and return its file."""
    open_store("", folder, load_place_set(MADE_UP)).close()
    return folder / SQLITE_NAME


def put_sqlite(made: Path, home: Path) -> None:
    """Put a database that was made into a home folder."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(made, home / SQLITE_NAME)


class KeptPostgres:
    """A PostgreSQL database with a store's tables, lent to one test after the other."""

    def __init__(self, server_url: str, folder: Path) -> None:
        self._server_url, self._folder = server_url, folder
        self._until_closed = ExitStack()
        self._url = ""
        self._shape = ""

    def lend(self) -> str:
        """Return its address; what the last test wrote is gone, and so is what it still held."""
        if not self._url or not self._is_emptied():
            self.close()
            self._make()
        return self._url

    def close(self) -> None:
        """Drop the database."""
        self._until_closed.close()

    def _make(self) -> None:
        self._url = self._until_closed.enter_context(new_database(self._server_url))
        open_store(self._url, self._folder, load_place_set(MADE_UP)).close()
        self._engine = sa.create_engine(
            self._url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        with self._engine.connect() as connection:
            self._shape = connection.exec_driver_sql(_SHAPE).scalar_one()
            assert _filled(connection) == []

    def _is_emptied(self) -> bool:
        """Empty all tables; False if they are no longer those that were made."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql(_END_OTHERS)
            try:
                if connection.exec_driver_sql(_SHAPE).scalar() != self._shape:
                    return False
            except sa.exc.ProgrammingError:  # there is no table of the version any more
                return False
            if filled := _filled(connection):
                names = ", ".join(filled)
                connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            connection.execute(sa.delete(store_meta).where(store_meta.c.name != "place_set"))
            return connection.scalar(sa.select(store_meta.c.value)) == MADE_UP


def _filled(connection: sa.Connection) -> list[str]:
    """Return the tables that hold a row, but those that every store has."""
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})"
        for name in (table.fullname for table in metadata.sorted_tables)
        if name not in KEPT
    )
    return list(connection.exec_driver_sql(asked).scalars())
