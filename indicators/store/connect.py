"""Opening a store: SQLite inside the home folder by default, or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from indicators.store import schema
from indicators.store.errors import PlaceSetMismatchError, SchemaError, StoreError
from indicators.store.tables import store_meta
from reference.places import PlaceSet

SQLITE_NAME: Final = "outcomes.sqlite"
NO_TRANSACTION: Final = "no"
_PLACE_SET: Final = "place_set"
_LOCK: Final = 0x6F7574636F6D6573
"""Names our lock among those that others may hold in the same PostgreSQL database."""


@dataclass(frozen=True)
class Store:
    """A database of figures and the home folder in which its releases are published."""

    engine: sa.Engine
    home: Path
    places: PlaceSet

    @property
    def snapshots(self) -> Path:
        """Where the snapshot folders stand."""
        return self.home / "snapshots"

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
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection

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


def open_store(url: str, home: Path, places: PlaceSet) -> Store:
    """Open (and, if it is empty, make) the store; an empty `url` means SQLite inside `home`.

    Raises PlaceSetMismatchError when it was made for other places, SchemaError when it needs
    `outcomes db upgrade`, StoreError when the database cannot be reached.
    """
    home.mkdir(parents=True, exist_ok=True)
    store = Store(make_engine(url, home), home, places)
    try:
        _prepare_tables(store)
        _claim(store)
    except sa.exc.OperationalError as error:
        store.close()
        msg = f"the database cannot be used: {_first_line(error)}; check OUTCOMES_DATABASE_URL"
        raise StoreError(msg) from error
    except StoreError:
        store.close()
        raise
    return store


def make_engine(url: str, home: Path) -> sa.Engine:
    """Return an engine for a database address; an empty one means SQLite inside `home`."""
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    engine = sa.create_engine(url or f"sqlite:///{home / SQLITE_NAME}")
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by _begin_sqlite; the driver's own way delays them.
    connection.isolation_level = None
    for pragma in (
        "busy_timeout = 60000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    kind = connection.get_execution_options().get("begins", "DEFERRED")
    if kind != NO_TRANSACTION:
        connection.exec_driver_sql(f"BEGIN {kind}")


def _prepare_tables(store: Store) -> None:
    """Make the tables of an empty database; the embedded one is also brought up to date."""
    at = schema.status(store.engine)
    if at.is_current:
        return
    if at.current and not store.is_sqlite:
        msg = f"the database is at step {at.current} of {at.newest}: run `outcomes db upgrade`"
        raise SchemaError(msg)
    schema.upgrade(store.engine)


def _claim(store: Store) -> None:
    """Write down whose places the store is for, or check that it is for these."""
    with store.writing() as connection:
        held = connection.scalar(
            sa.select(store_meta.c.value).where(store_meta.c.name == _PLACE_SET)
        )
        if held is None:
            connection.execute(sa.insert(store_meta).values(name=_PLACE_SET, value=store.places.id))
        elif held != store.places.id:
            msg = (
                f"this store holds the place set '{held}', not '{store.places.id}': "
                "one store has one place set; use another OUTCOMES_HOME or database"
            )
            raise PlaceSetMismatchError(msg)


def _first_line(error: sa.exc.OperationalError) -> str:
    return str(error.orig).strip().partition("\n")[0]
