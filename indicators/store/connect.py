"""A store: its database, SQLite inside the home folder or PostgreSQL, and its folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from indicators.store.errors import BusyError
from reference.places import PlaceSet

SQLITE_NAME: Final = "outcomes.sqlite"
BUSY_MILLISECONDS: Final = 60_000
"""How long a command waits for another that is writing."""
CACHE_KILOBYTES: Final = 65_536
"""Of SQLite: a load touches more pages than the 2 MB it keeps by itself, and writes them twice."""

PUBLIC_FOLDER: Final = "snapshots"
NO_TRANSACTION: Final = "no"
RESTRICTED: Final = "restricted"
"""Schema of what is not protected; on PostgreSQL no public role may read it."""

_LOCK: Final = 0x6F7574636F6D6573
"""Names our lock among those that others may hold in the same PostgreSQL database."""


@dataclass(frozen=True)
class Store:
    """A database of figures and the home folder in which its releases are published."""

    engine: sa.Engine
    home: Path
    places: PlaceSet
    folder: str = PUBLIC_FOLDER
    is_practice: bool = False
    """Whether every figure in it is made up, for training: settled when it is made."""

    @property
    def snapshots(self) -> Path:
        """Where the snapshot folders stand, or are prepared."""
        return self.home / self.folder

    @property
    def releases_file(self) -> Path:
        """What the public process reads to know the releases."""
        return self.home / "releases.json"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the embedded one."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the database throughout."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the one connection that may write now; commits at the end, or nothing happens."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection = connection.execution_options(begins="IMMEDIATE")
            with self._begun(connection):
                if not self.is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection

    def _begun(self, connection: sa.Connection) -> sa.RootTransaction:
        try:
            return connection.begin()
        except sa.exc.OperationalError as error:
            msg = "another command is writing to the store; wait until it has ended and try again"
            raise BusyError(msg) from error

    @contextmanager
    def outside_transactions(self) -> Iterator[sa.Connection]:
        """Give a connection for statements that are not part of any transaction."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                yield connection.execution_options(begins=NO_TRANSACTION)
            else:
                yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def make_engine(url: str, home: Path) -> sa.Engine:
    """Return an engine for a database address; an empty one means SQLite inside `home`."""
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    if not url:
        # Counts that are not protected lie in it: nobody but its owner reads the file.
        (home / SQLITE_NAME).touch(mode=0o600)
    engine = sa.create_engine(url or f"sqlite:///{home / SQLITE_NAME}")
    if engine.dialect.name != "sqlite":
        return engine
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    # SQLite has no schemas: there, who may read the file may read all of it.
    return engine.execution_options(schema_translate_map={RESTRICTED: None})


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by _begin_sqlite; the driver's own way delays them.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"cache_size = -{CACHE_KILOBYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    kind = connection.get_execution_options().get("begins", "DEFERRED")
    if kind != NO_TRANSACTION:
        connection.exec_driver_sql(f"BEGIN {kind}")
