"""Keeping what the rules made of something that was received: a version of a return, or none.

Everything in one transaction, and only while the receipt waits: done again, it changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from indicators.permissions import Action, require
from indicators.snapshot import Source
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.explaining import (
    FindingEntry,
    carry_over,
    keep_findings,
    state_by_queries,
)
from indicators.store.occasions import Occasion
from indicators.store.practising import marked_source
from indicators.store.receiving import ReceiptEntry, ReceiptState, receipt_in
from indicators.store.records import store_sources
from indicators.store.return_tables import receipt, submission, submission_value
from indicators.store.returns import (
    CLOSED,
    CountRow,
    ReturnEntry,
    ReturnState,
    Step,
    data_digest,
    return_in,
    set_state,
    versions_of,
)
from indicators.store.rows import insert_rows
from indicators.store.steps import reached


@dataclass(frozen=True)
class SentCount:
    """One count as it was sent; `value` is None where there is none."""

    measure: str
    breakdown_type: str
    breakdown: str
    value: float | None
    status: str
    note: str = ""

    @property
    def row(self) -> CountRow:
        """What the digest is made of: everything but the note."""
        return (self.measure, self.breakdown_type, self.breakdown, self.value, self.status)


@dataclass(frozen=True)
class CheckedUpload:
    """What the rules made of something received; not `is_taken`: it has errors, and no version.

    Authority, collection and period are empty where not even they could be told.
    """

    is_taken: bool
    authority: str = ""
    collection: str = ""
    period: str = ""
    title: str = ""
    counts: tuple[SentCount, ...] = ()
    findings: tuple[FindingEntry, ...] = ()
    submission_reason: str = ""
    replaces: str = ""
    ruleset: str = ""
    detail: str = ""
    """For a failed upload, a few words without a figure that say what is wrong."""


_VALUE_COLUMNS: Final = tuple(column.name for column in submission_value.c)


def keep_checked(
    store: Store, receipt_id: str, checked: CheckedUpload, at: Occasion
) -> ReceiptEntry:
    """Keep a version of a return with its counts and findings, whole, or say why there is none.

    A receipt that was dealt with stays as it is. The same figures as a version that is held are
    a duplicate; if that version was returned, withdrawn or superseded, it is open again.
    """
    with store.writing() as connection:
        entry = receipt_in(connection, receipt_id)
        require(at.actor, Action.SUBMIT, entry.for_authority)
        if entry.state != ReceiptState.RECEIVED:
            return entry
        if not checked.is_taken:
            keep_findings(connection, receipt_id, checked.findings)
            return _settled(connection, entry, checked, ReceiptState.FAILED, "", at)
        digest = data_digest(count.row for count in checked.counts)
        held = versions_of(connection, checked.authority, checked.collection, checked.period)
        same = next((one for one in held if one.digest == digest), None)
        if same is not None:
            _sent_again(connection, same, entry, checked, at)
            done = _settled(connection, entry, checked, ReceiptState.DUPLICATE, same.source, at)
        else:
            version = 1 + max((one.version for one in held), default=0)
            source = _new_version(store, connection, entry, checked, digest, version, at)
            done = _settled(connection, entry, checked, ReceiptState.STORED, source, at)
        reached("load:written")
    reached("load:committed")
    return done


def _settled(
    connection: sa.Connection,
    entry: ReceiptEntry,
    checked: CheckedUpload,
    state: ReceiptState,
    source: str,
    at: Occasion,
) -> ReceiptEntry:
    """Write down what became of a receipt."""
    changes = {
        "state": state.value,
        "source": source,
        "detail": checked.detail,
        "authority": checked.authority,
        "collection": checked.collection,
        "period": checked.period,
    }
    connection.execute(sa.update(receipt).where(receipt.c.id == entry.id).values(**changes))
    note(connection, at, f"find a file {state}", entry.id, source or checked.detail)
    return receipt_in(connection, entry.id)


def _sent_again(
    connection: sa.Connection,
    same: ReturnEntry,
    entry: ReceiptEntry,
    checked: CheckedUpload,
    at: Occasion,
) -> None:
    """Open a version again that was out of the running; any other stays as it is."""
    if same.state not in CLOSED:
        return
    keep_findings(connection, entry.id, checked.findings)
    _point_to(connection, same.source, entry)
    again = return_in(connection, same.source)
    carry_over(connection, again)
    cleared = dict.fromkeys(_SIGNATURES, "")
    state = state_by_queries(connection, same.source)
    set_state(connection, again, Step.REOPEN, state, **cleared)
    note(connection, at, "open a return again", same.source, f"was {same.state}")


_SIGNATURES: Final = (
    "signed_off_by",
    "signed_off_at",
    "signed_digest",
    "reviewed_by",
    "reviewed_at",
    "review_reason",
)


def _point_to(connection: sa.Connection, source: str, entry: ReceiptEntry) -> None:
    connection.execute(
        sa.update(submission)
        .where(submission.c.source == source)
        .values(
            receipt=entry.id,
            channel=entry.channel,
            submitted_by=entry.submitted_by,
            received_at=entry.received_at,
        )
    )


def _new_version(
    store: Store,
    connection: sa.Connection,
    entry: ReceiptEntry,
    checked: CheckedUpload,
    digest: str,
    version: int,
    at: Occasion,
) -> str:
    """Insert a version with counts, findings and what was explained before; return its id."""
    source = source_of(store, checked, version, entry.received_at[:10])
    store_sources(connection, [source])
    connection.execute(
        sa.insert(submission).values(
            source=source.id,
            authority=checked.authority,
            collection=checked.collection,
            period=checked.period,
            version=version,
            digest=digest,
            state=ReturnState.READY.value,
            received_at=entry.received_at,
            release=None,
            receipt=entry.id,
            channel=entry.channel,
            submitted_by=entry.submitted_by,
            submission_reason=checked.submission_reason,
            replaces=checked.replaces,
            ruleset=checked.ruleset,
            row_count=len(checked.counts),
        )
    )
    reached("load:version")
    rows = [(source.id, *count.row, count.note) for count in checked.counts]
    insert_rows(connection, submission_value, _VALUE_COLUMNS, rows)
    reached("load:values")
    keep_findings(connection, entry.id, checked.findings)
    carry_over(connection, return_in(connection, source.id))
    state = state_by_queries(connection, source.id)
    connection.execute(
        sa.update(submission).where(submission.c.source == source.id).values(state=state.value)
    )
    check_whole(connection, source.id, [count.row for count in checked.counts])
    note(connection, at, "store a return", source.id, f"{len(rows)} rows, {state}")
    return source.id


def check_whole(connection: sa.Connection, source: str, rows: Sequence[CountRow]) -> None:
    """Refuse to commit unless the rows that are there are those that were sent."""
    query = sa.select(sa.func.count(), sa.func.sum(submission_value.c.value))
    count, total = connection.execute(query.where(submission_value.c.source == source)).one()
    if (count, total or 0) != (len(rows), sum(value or 0 for *_, value, _ in rows)):
        msg = f"{source}: the rows stored are not those that were sent; nothing was kept"
        raise StoreError(msg)


def source_of(store: Store, checked: CheckedUpload, version: int, day: str) -> Source:
    """Return the publication that a version of a return counts as."""
    scope = f"{checked.collection}_{checked.authority}_{checked.period}"
    title = f"Return {checked.collection} for {checked.period}, version {version}"
    return Source(
        id=marked_source(store, f"submission_{scope}_v{version}".lower()),
        table=f"submission_{checked.collection}".lower(),
        vintage=f"{checked.period}_v{version}",
        publisher=store.places.area(checked.authority).name,
        title=checked.title or title,
        published_on=day,
    )
