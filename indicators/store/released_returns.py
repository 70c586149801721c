"""Which returns a release pinned, and what may be told of them to everyone."""

import sqlalchemy as sa

from indicators.permissions import Role
from indicators.store.return_tables import release_member, submission
from indicators.told_beside import ReleasedReturn


def released_returns(connection: sa.Connection, sequence: int) -> tuple[ReleasedReturn, ...]:
    """Return the returns that are members of a release; none is told of that is missing.

    Only what never changes any more of a return stands here, so that a snapshot can be built again.
    """
    query = (
        sa.select(submission)
        .join(release_member, release_member.c.source == submission.c.source)
        .where(release_member.c.release == sequence)
        .order_by(submission.c.authority, submission.c.collection, submission.c.period)
    )
    return tuple(_released(row) for row in connection.execute(query))


def _released(row: "sa.Row[tuple[object, ...]]") -> ReleasedReturn:
    return ReleasedReturn(
        authority=row.authority,
        collection=row.collection,
        period=row.period,
        version=row.version,
        source=row.source,
        received_on=row.received_at[:10],
        signed_off_on=row.signed_off_at[:10],
        signed_off_by_role=Role.APPROVER.value if row.signed_off_at else "",
        accepted_on=row.reviewed_at[:10],
        accepted_by_role=Role.STEWARD.value if row.reviewed_at else "",
        rows_received=row.row_count,
    )
