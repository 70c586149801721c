"""Stores to test with: the same tests run on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indicators.store import Store, open_store
from reference.places import AreaKind, PlaceSet
from reference.placesets import load_place_set
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


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    with new_database(postgres_server) as url:
        yield url


DATABASES = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return ""
    url: str = request.getfixturevalue("postgres_url")
    return url


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
def sqlite_store(tmp_path: Path, places: PlaceSet) -> Iterator[Store]:
    store = open_store("", tmp_path / "home", places)
    yield store
    store.close()
