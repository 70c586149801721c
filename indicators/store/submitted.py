"""Submitted counts of which a release speaks: how many returns are accepted, which came out."""

import sqlalchemy as sa

from indicators.store.return_tables import submission
from indicators.store.returns import ReturnState


def count_accepted(connection: sa.Connection) -> int:
    """Return how many returns have an accepted version."""
    columns = (submission.c.authority, submission.c.collection, submission.c.period)
    is_accepted = submission.c.state == ReturnState.ACCEPTED.value
    returns = sa.select(*columns).where(is_accepted).distinct().subquery()
    return connection.scalar(sa.select(sa.func.count()).select_from(returns)) or 0


def mark_published(connection: sa.Connection, sources: set[str], sequence: int) -> None:
    """Note which release first brought submissions out."""
    connection.execute(
        sa.update(submission)
        .where(submission.c.source.in_(sorted(sources)), submission.c.release.is_(None))
        .values(release=sequence)
    )
