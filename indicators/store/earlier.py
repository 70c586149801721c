"""What earlier releases that still stand show of returns: readers hold it already."""

from typing import Final

import numpy as np
import pandas as pd
import sqlalchemy as sa

from indicators.cells import Flag
from indicators.draft import SUBMITTED_COLUMNS, EarlierRelease
from indicators.store.contents import standing_releases
from indicators.store.history import UPDATED, cells_at
from indicators.store.return_tables import submission, submission_value

_NOTHING: Final = pd.DataFrame(columns=list(SUBMITTED_COLUMNS))


def earlier_releases(connection: sa.Connection) -> tuple[EarlierRelease, ...]:
    """Return the provisional cells of each standing release, and the counts they were made from."""
    found = []
    for facts in standing_releases(connection):
        if facts.has_submissions:
            cells = cells_at(connection, facts.sequence).drop(columns=UPDATED)
            flags = cells["flags"].astype("str")
            cells = cells[flags.str.contains(str(Flag.PROVISIONAL), regex=False)]
            sources = sorted(set(cells["source"]))
            found.append(
                EarlierRelease(
                    policy=facts.policy,
                    cells=cells.reset_index(drop=True),
                    submitted=_counts_of(connection, sources),
                )
            )
    return tuple(found)


def _counts_of(connection: sa.Connection, sources: list[str]) -> pd.DataFrame:
    joined = submission_value.join(submission, submission.c.source == submission_value.c.source)
    columns = {**submission.c, **submission_value.c}
    query = (
        sa.select(*(columns[name] for name in SUBMITTED_COLUMNS))
        .select_from(joined)
        .where(submission.c.source.in_(sources))
    )
    rows = connection.execute(query).all()
    if not rows:
        return _NOTHING
    frame = pd.DataFrame(list(map(tuple, rows)), columns=list(SUBMITTED_COLUMNS))
    frame["value"] = frame["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    return frame
