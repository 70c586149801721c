"""Submitted counts: kept once per version, never changed, brought out by a release only."""

from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from indicators.draft import SUBMITTED_COLUMNS
from indicators.snapshot import Source
from indicators.store.records import read_sources
from indicators.store.return_tables import release_member, submission, submission_value
from indicators.store.returns import ReturnState


def accepted_submissions(
    connection: sa.Connection, *, published_only: bool = False
) -> tuple[pd.DataFrame, tuple[Source, ...]]:
    """Return the newest accepted version of every return (SUBMITTED_COLUMNS), and their sources.

    With `published_only`, the version of each that a release brought out last, whatever was
    accepted since: a newer version waits for its own release.
    """
    chosen = _published(connection) if published_only else _accepted(connection)
    newest = {(row.authority, row.collection, row.period): row.source for row in chosen}
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


def _accepted(connection: sa.Connection) -> "list[sa.Row[Any]]":
    """Return accepted versions, for each return the newest last."""
    query = sa.select(submission).where(submission.c.state == ReturnState.ACCEPTED.value)
    return list(connection.execute(query.order_by(submission.c.version)))


def _published(connection: sa.Connection) -> "list[sa.Row[Any]]":
    """Return versions that were published, for each return the last published last."""
    latest = sa.func.max(release_member.c.release)
    pins = sa.select(release_member.c.source, latest).group_by(release_member.c.source)
    pinned = {row[0]: row[1] for row in connection.execute(pins)}
    query = sa.select(submission).where(submission.c.release.is_not(None))
    rows = connection.execute(query).all()
    return sorted(rows, key=lambda row: (pinned.get(row.source) or row.release, row.version))


def mark_published(connection: sa.Connection, sources: set[str], sequence: int) -> None:
    """Note which release first brought submissions out."""
    connection.execute(
        sa.update(submission)
        .where(submission.c.source.in_(sorted(sources)), submission.c.release.is_(None))
        .values(release=sequence)
    )
