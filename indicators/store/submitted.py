"""Submitted counts: kept once per version, never changed, brought out by a release only."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pandas as pd
import sqlalchemy as sa

from indicators.draft import SUBMITTED_COLUMNS
from indicators.snapshot import Source
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.practising import marked_source
from indicators.store.records import read_sources, store_sources
from indicators.store.return_tables import submission, submission_value
from indicators.store.rows import insert_rows

ACCEPTED: Final = "accepted"
_VALUE_COLUMNS: Final = ("measure", "breakdown_type", "breakdown", "value", "status")


@dataclass(frozen=True)
class Receipt:
    """What became of a submission: its source id, version, and whether it was held already."""

    source: str
    version: int
    is_duplicate: bool


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
    """Keep an authority's return whole, or not at all; the same figures again make no version.

    `values` has measure, breakdown_type, breakdown, value (NaN = none) and status; its
    collection and period are ids. Published only by `release draft` and `release publish`.
    """
    at = Occasion(now or datetime.now(UTC))
    rows = _value_rows(values)
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    mine = (
        (submission.c.authority == authority)
        & (submission.c.collection == collection)
        & (submission.c.period == period)
    )
    with store.writing() as connection:
        held = connection.execute(sa.select(submission).where(mine)).all()
        for row in held:
            if row.digest == digest:
                return Receipt(row.source, row.version, is_duplicate=True)
        version = 1 + max((row.version for row in held), default=0)
        source = _source(store, authority, collection, period, version, title, at)
        store_sources(connection, [source])
        connection.execute(
            sa.insert(submission).values(
                source=source.id,
                authority=authority,
                collection=collection,
                period=period,
                version=version,
                digest=digest,
                state=ACCEPTED,
                received_at=at.moment,
                release=None,
            )
        )
        columns = ("source", *_VALUE_COLUMNS)
        insert_rows(connection, submission_value, columns, [(source.id, *row) for row in rows])
        _check_whole(connection, source.id, rows)
        note(connection, at, "accept submission", source.id, f"{len(rows)} rows")
    return Receipt(source.id, version, is_duplicate=False)


def _check_whole(
    connection: sa.Connection, source: str, rows: Sequence[tuple[str, str, str, float | None, str]]
) -> None:
    """Refuse to commit unless the rows that are there are those that were sent."""
    query = sa.select(sa.func.count(), sa.func.sum(submission_value.c.value))
    count, total = connection.execute(query.where(submission_value.c.source == source)).one()
    if (count, total or 0) != (len(rows), sum(value or 0 for *_, value, _ in rows)):
        msg = f"{source}: the rows stored are not those that were sent; nothing was kept"
        raise StoreError(msg)


def _value_rows(values: pd.DataFrame) -> list[tuple[str, str, str, float | None, str]]:
    """Return the rows in order of their key, as plain values."""
    numbers = pd.to_numeric(values["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
    texts = (values[name].astype("str") for name in _VALUE_COLUMNS if name != "value")
    rows = [
        (measure, kind, code, None if np.isnan(number) else float(number), status)
        for (measure, kind, code, status), number in zip(
            zip(*texts, strict=True), numbers, strict=True
        )
    ]
    return sorted(rows, key=lambda row: row[:3])


def _source(
    store: Store,
    authority: str,
    collection: str,
    period: str,
    version: int,
    title: str,
    at: Occasion,
) -> Source:
    name = store.places.area(authority).name
    plain = f"submission_{collection}_{authority}_{period}_v{version}".lower()
    return Source(
        id=marked_source(store, plain),
        table=f"submission_{collection}".lower(),
        vintage=f"{period}_v{version}",
        publisher=name,
        title=title or f"Return {collection} for {period}, version {version}",
        published_on=at.today.isoformat(),
    )


def accepted_submissions(
    connection: sa.Connection, *, published_only: bool = False
) -> tuple[pd.DataFrame, tuple[Source, ...]]:
    """Return the newest accepted version of every return (SUBMITTED_COLUMNS), and their sources.

    With `published_only`, only versions that a release has brought out already.
    """
    query = sa.select(submission).where(submission.c.state == ACCEPTED)
    if published_only:
        query = query.where(submission.c.release.is_not(None))
    newest: dict[tuple[str, str, str], str] = {}
    for row in connection.execute(query.order_by(submission.c.version)):
        newest[row.authority, row.collection, row.period] = row.source
    wanted = sorted(newest.values())
    joined = submission_value.join(submission, submission.c.source == submission_value.c.source)
    columns = {**submission.c, **submission_value.c}
    values = connection.execute(
        sa.select(*(columns[name] for name in SUBMITTED_COLUMNS))
        .select_from(joined)
        .where(submission.c.source.in_(wanted))
        .order_by(
            submission_value.c.source,
            submission_value.c.measure,
            submission_value.c.breakdown_type,
            submission_value.c.breakdown,
        )
    ).all()
    frame = pd.DataFrame(list(map(tuple, values)), columns=list(SUBMITTED_COLUMNS))
    frame["value"] = frame["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    kept = set(wanted)
    return frame, tuple(source for source in read_sources(connection) if source.id in kept)


def mark_published(connection: sa.Connection, sources: set[str], sequence: int) -> None:
    """Note which release first brought submissions out."""
    connection.execute(
        sa.update(submission)
        .where(submission.c.source.in_(sorted(sources)), submission.c.release.is_(None))
        .values(release=sequence)
    )
