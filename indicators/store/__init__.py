"""The store of figures: open it, publish into it, look after its releases."""

from indicators.store.connect import Store, make_engine
from indicators.store.differences import diff_releases
from indicators.store.errors import (
    BusyError,
    PlaceSetMismatchError,
    PracticeError,
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
from indicators.store.opening import open_store
from indicators.store.schema import SchemaStatus, status, upgrade
from indicators.store.stewarding import (
    RedactionOutcome,
    export_release,
    list_releases,
    redact_cells,
    withdraw_release,
)
from indicators.store.submitted import Receipt, accept_submission

__all__ = [
    "BusyError",
    "PlaceSetMismatchError",
    "PracticeError",
    "Receipt",
    "RedactionOutcome",
    "ReleaseOutcome",
    "SchemaError",
    "SchemaStatus",
    "StaleDraftError",
    "Store",
    "StoreError",
    "UnknownReleaseError",
    "UnprotectedError",
    "accept_submission",
    "diff_releases",
    "discard_draft",
    "draft_release",
    "export_release",
    "list_releases",
    "make_engine",
    "open_store",
    "publish_draft",
    "publish_load",
    "redact_cells",
    "status",
    "upgrade",
    "withdraw_release",
]
