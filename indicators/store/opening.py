"""Opening a store: tables are made, its place set is checked, what broke off is mended."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from indicators.practice import PRACTICE_PLACES
from indicators.store import schema
from indicators.store.auditing import check_audit
from indicators.store.connect import Store, make_engine
from indicators.store.errors import PlaceSetMismatchError, PracticeError, SchemaError, StoreError
from indicators.store.occasions import Occasion
from indicators.store.practising import is_for_practice, mark_for_practice
from indicators.store.reconciling import check_home, reconcile
from indicators.store.tables import store_meta
from reference.places import PlaceSet

_PLACE_SET: Final = "place_set"
_NOT_FOR_PRACTICE: Final = (
    "this store was not made for practice, and a store is never turned into one: "
    "use another home folder or an empty database"
)


def open_store(url: str, home: Path, places: PlaceSet, *, for_practice: bool = False) -> Store:
    """Open (and, if it is empty, make) the store; an empty `url` means SQLite inside `home`.

    Raises PlaceSetMismatchError when it was made for other places, SchemaError when it needs
    `outcomes db upgrade`, StoreError when the database cannot be reached or the home folder
    was published from another one. With `for_practice` a new store is marked as one for made-up
    figures, for good; raises PracticeError for real places or a store that is not marked.
    """
    if for_practice and places.id != PRACTICE_PLACES:
        msg = (
            f"practice is for the place set '{PRACTICE_PLACES}' only, not for '{places.id}': "
            "no real place carries an invented figure"
        )
        raise PracticeError(msg)
    home.mkdir(parents=True, exist_ok=True)
    store = Store(make_engine(url, home), home, places)
    try:
        _prepare_tables(store)
        store = replace(store, is_practice=_claim(store, for_practice=for_practice))
        check_home(store)
        check_audit(store)
        reconcile(store, Occasion(datetime.now(UTC)))
    except sa.exc.OperationalError as error:
        store.close()
        msg = f"the database cannot be used: {_first_line(error)}; check OUTCOMES_DATABASE_URL"
        raise StoreError(msg) from error
    except StoreError:
        store.close()
        raise
    return store


def _prepare_tables(store: Store) -> None:
    """Make the tables of an empty database; the embedded one is also brought up to date."""
    at = schema.status(store.engine)
    if at.is_current:
        return
    if at.current and not store.is_sqlite:
        msg = f"the database is at step {at.current} of {at.newest}: run `outcomes db upgrade`"
        raise SchemaError(msg)
    schema.upgrade(store.engine)


def _claim(store: Store, *, for_practice: bool) -> bool:
    """Write down what a new store is for, or check that it is for this; return if for practice."""
    query = sa.select(store_meta.c.value).where(store_meta.c.name == _PLACE_SET)
    with store.reading() as connection:
        held, is_practice = connection.scalar(query), is_for_practice(connection)
    if held == store.places.id:
        if for_practice and not is_practice:
            raise PracticeError(_NOT_FOR_PRACTICE)
        return is_practice
    with store.writing() as connection:
        held = connection.scalar(query)
        if held is None:
            connection.execute(sa.insert(store_meta).values(name=_PLACE_SET, value=store.places.id))
            if for_practice:
                mark_for_practice(connection)
        elif held != store.places.id:
            msg = (
                f"this store holds the place set '{held}', not '{store.places.id}': "
                "one store has one place set; use another OUTCOMES_HOME or database"
            )
            raise PlaceSetMismatchError(msg)
        return is_for_practice(connection)


def _first_line(error: sa.exc.OperationalError) -> str:
    return str(error.orig).strip().partition("\n")[0]
