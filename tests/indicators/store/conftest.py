"""Stores to test with: the same tests run on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indicators.store import Store, open_store
from reference.places import AreaKind, PlaceSet
from reference.placesets import load_place_set
from tests.indicators.store.kept_databases import KeptPostgres, made_sqlite, put_sqlite
from tests.postgres import new_database, running_postgres

AUTHORITIES = 12
"""So many are enough for every rule here, and a release of them is written in no time."""


@pytest.fixture(scope="session")
def places() -> PlaceSet:
    """The made-up country with a few of its authorities and nothing known about them."""
    whole = load_place_set("made_up")
    authorities = whole.authorities()[:AUTHORITIES]
    above = tuple(area for area in whole.areas if area.kind is not AreaKind.AUTHORITY)
    return PlaceSet(
        id=whole.id,
        title=whole.title,
        areas=(*above, *authorities),
        area_types=whole.area_types,
        attribution=whole.attribution,
    )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def kept_postgres(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptPostgres]:
    kept = KeptPostgres(postgres_server, tmp_path_factory.mktemp("kept"))
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def kept_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_sqlite(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def postgres_url(kept_postgres: KeptPostgres) -> str:
    """Address of a database with the tables of a store and nothing in them."""
    return kept_postgres.lend()


DATABASES = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a store in which nothing is yet, of each kind in turn; SQLite's is in `home`."""
    if request.param == "sqlite":
        put_sqlite(request.getfixturevalue("kept_sqlite"), tmp_path / "home")
        return ""
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a database without any table, of each kind in turn."""
    if request.param == "sqlite":
        yield ""
        return
    with new_database(request.getfixturevalue("postgres_server")) as url:
        yield url


Opener = Callable[[], Store]


@pytest.fixture
def reopen(database_url: str, tmp_path: Path, places: PlaceSet) -> Iterator[Opener]:
    """Opens the store anew, as the next command would."""
    opened: list[Store] = []

    def open_it() -> Store:
        for store in opened:
            store.close()
        opened.append(open_store(database_url, tmp_path / "home", places))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Opener) -> Store:
    return reopen()


@pytest.fixture
def sqlite_store(tmp_path: Path, kept_sqlite: Path, places: PlaceSet) -> Iterator[Store]:
    put_sqlite(kept_sqlite, tmp_path / "home")
    store = open_store("", tmp_path / "home", places)
    yield store
    store.close()
