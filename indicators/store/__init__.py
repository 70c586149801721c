"""The store of figures: open it, publish into it, look after its releases."""

from indicators.store.amending import amend_release
from indicators.store.approving import approve_release, protect_release, reopen_release
from indicators.store.connect import Store, make_engine
from indicators.store.differences import diff_releases
from indicators.store.drafting import ReleaseOutcome, draft_release
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
from indicators.store.freezing import freeze_release
from indicators.store.making import discard_draft, publish_draft, publish_load
from indicators.store.opening import open_store
from indicators.store.previewing import preview_release
from indicators.store.scheduling import publish_due, schedule_release, wait_and_publish
from indicators.store.schema import SchemaStatus, status, upgrade
from indicators.store.stewarding import (
    RedactionOutcome,
    export_release,
    list_releases,
    redact_cells,
    withdraw_release,
)

__all__ = [
    "BusyError",
    "PlaceSetMismatchError",
    "PracticeError",
    "RedactionOutcome",
    "ReleaseOutcome",
    "SchemaError",
    "SchemaStatus",
    "StaleDraftError",
    "Store",
    "StoreError",
    "UnknownReleaseError",
    "UnprotectedError",
    "amend_release",
    "approve_release",
    "diff_releases",
    "discard_draft",
    "draft_release",
    "export_release",
    "freeze_release",
    "list_releases",
    "make_engine",
    "open_store",
    "preview_release",
    "protect_release",
    "publish_draft",
    "publish_due",
    "publish_load",
    "redact_cells",
    "reopen_release",
    "schedule_release",
    "status",
    "upgrade",
    "wait_and_publish",
    "withdraw_release",
]
