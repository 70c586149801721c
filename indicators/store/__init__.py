"""The store of figures: open it, publish into it, look after its releases."""

from indicators.store.connect import Store, make_engine, open_store
from indicators.store.errors import (
    PlaceSetMismatchError,
    SchemaError,
    StaleDraftError,
    StoreError,
    UnknownReleaseError,
    UnprotectedError,
)
from indicators.store.making import (
    ReleaseOutcome,
    discard_draft,
    draft_release,
    publish_draft,
    publish_load,
)
from indicators.store.schema import SchemaStatus, status, upgrade
from indicators.store.submitted import Receipt, accept_submission

__all__ = [
    "PlaceSetMismatchError",
    "Receipt",
    "ReleaseOutcome",
    "SchemaError",
    "SchemaStatus",
    "StaleDraftError",
    "Store",
    "StoreError",
    "UnknownReleaseError",
    "UnprotectedError",
    "accept_submission",
    "discard_draft",
    "draft_release",
    "make_engine",
    "open_store",
    "publish_draft",
    "publish_load",
    "status",
    "upgrade",
]
