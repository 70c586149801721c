"""The mark of a store in which every figure is made up; it is set when the store is made."""

from typing import Final

import sqlalchemy as sa

from indicators.practice import RELEASE_PREFIX, SOURCE_PREFIX, is_practice_release
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.tables import store_meta

_PRACTICE: Final = "practice"
_YES: Final = "yes"


def mark_for_practice(connection: sa.Connection) -> None:
    """Mark a new store; there is no way to take the mark away."""
    connection.execute(sa.insert(store_meta).values(name=_PRACTICE, value=_YES))


def is_for_practice(connection: sa.Connection) -> bool:
    """Say whether the store is one for practice."""
    query = sa.select(store_meta.c.value).where(store_meta.c.name == _PRACTICE)
    return connection.scalar(query) == _YES


def marked_release(connection: sa.Connection, release_id: str) -> str:
    """Return the id that a release bears in this store; raises StoreError for one not its own.

    In a practice store every id begins with the mark; in no other store may one.
    """
    if is_for_practice(connection):
        return release_id if is_practice_release(release_id) else RELEASE_PREFIX + release_id
    if is_practice_release(release_id):
        msg = f"'{release_id}' cannot be a release id: '{RELEASE_PREFIX}' marks made-up figures"
        raise StoreError(msg)
    return release_id


def marked_source(store: Store, source_id: str) -> str:
    """Return the id that the source of a return bears in this store."""
    return SOURCE_PREFIX + source_id if store.is_practice else source_id
