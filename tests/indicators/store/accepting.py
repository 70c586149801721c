"""The whole way of a return through the store, in one call: sent, signed off, accepted."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from indicators.permissions import Actor, Role
from indicators.store import Store
from indicators.store.explaining import explain, read_findings
from indicators.store.keeping import CheckedUpload, SentCount, keep_checked
from indicators.store.occasions import Occasion
from indicators.store.receiving import Upload, receive
from indicators.store.returns import ReturnState, list_returns
from indicators.store.reviewing import accept, sign_off

STEWARD = Actor("Steward", Role.STEWARD)


@dataclass(frozen=True)
class Receipt:
    """What became of it: its source id, version, and whether it was held already."""

    source: str
    version: int
    is_duplicate: bool


def submitter(authority: str) -> Actor:
    """Whoever sends for an authority."""
    return Actor(f"Submitter of {authority}", Role.SUBMITTER, authority)


def approver(authority: str) -> Actor:
    """Whoever signs off for an authority."""
    return Actor(f"Approver of {authority}", Role.APPROVER, authority)


def sent_counts(values: pd.DataFrame) -> tuple[SentCount, ...]:
    """Counts out of a frame; NaN is no value."""
    return tuple(
        SentCount(m, t, b, None if pd.isna(v) else float(v), s)
        for m, t, b, v, s in zip(
            *(values[n] for n in ("measure", "breakdown_type", "breakdown", "value", "status")),
            strict=True,
        )
    )


def store_submission(
    store: Store,
    values: pd.DataFrame,
    *,
    authority: str,
    collection: str,
    period: str,
    title: str = "",
    now: datetime | None = None,
) -> Receipt:
    """Send a return and have it stored; the same figures again are a duplicate."""
    moment = now or datetime.now(UTC)
    counts = sent_counts(values)
    body = repr((authority, collection, period, counts)).encode()
    at = Occasion(moment, submitter(authority))
    waiting = receive(store, Upload(body, "data.csv", "command_line", authority), at)
    upload = CheckedUpload(True, authority, collection, period, title, counts)
    kept = keep_checked(store, waiting.id, upload, at)
    version = int(kept.source.rpartition("_v")[2])
    return Receipt(kept.source, version, kept.state == "duplicate")


def accept_submission(
    store: Store,
    values: pd.DataFrame,
    *,
    authority: str,
    collection: str,
    period: str,
    title: str = "",
    now: datetime | None = None,
) -> Receipt:
    """Send a return, have it signed off by its authority and accepted by a steward."""
    moment = now or datetime.now(UTC)
    kept = store_submission(
        store,
        values,
        authority=authority,
        collection=collection,
        period=period,
        title=title,
        now=moment,
    )
    if not kept.is_duplicate:
        sign_off(store, kept.source, Occasion(moment, approver(authority)))
        accept(store, kept.source, Occasion(moment, STEWARD))
    return kept


def explain_all(store: Store, now: datetime) -> int:
    """Have every query of every return explained by its authority."""
    waiting = list_returns(store, STEWARD, state=ReturnState.NEEDS_EXPLANATION)
    for entry in waiting:
        at = Occasion(now, submitter(entry.authority))
        for found in read_findings(store, entry.receipt, at):
            if found.severity == "query":
                explain(store, entry.source, found.place, at, reason="genuine")
    return len(waiting)


def sign_off_all_ready(store: Store, now: datetime) -> tuple[str, ...]:
    """Have every return that is ready signed off by its authority."""
    ready = list_returns(store, STEWARD, state=ReturnState.READY)
    for entry in ready:
        sign_off(store, entry.source, Occasion(now, approver(entry.authority)))
    return tuple(entry.source for entry in ready)


def accept_all_ready(store: Store, now: datetime) -> int:
    """Have every return explained and signed off by its authority, and accepted."""
    explain_all(store, now)
    signed = sign_off_all_ready(store, now)
    for source in signed:
        accept(store, source, Occasion(now, STEWARD))
    return len(signed)
