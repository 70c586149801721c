"""How many figures of a release are shown or hidden, by where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from indicators.cells import STATUSES, Status
from indicators.snapshot import Snapshot, Source

RETURN_TABLE: Final = "submission_"
"""How the table of an authority's return begins; a publication never has such a one."""

_OK: Final = STATUSES.index(Status.OK)
_SUPPRESSED: Final = STATUSES.index(Status.SUPPRESSED)


@dataclass(frozen=True)
class FigureCounts:
    """How many figures have a value, how many are hidden, and how many have none otherwise."""

    shown: int = 0
    hidden: int = 0
    other: int = 0


def counts_by_source(snapshot: Snapshot) -> Mapping[str, FigureCounts]:
    """Return how many figures of each source are shown and hidden."""
    source, status = snapshot.columns["source"], snapshot.columns["status"]
    width = len(STATUSES)
    known = source >= 0
    pairs = source[known].astype(np.int64) * width + status[known]
    table = np.bincount(pairs, minlength=len(snapshot.sources) * width).reshape(-1, width)
    return {
        one.id: FigureCounts(
            shown=int(row[_OK]),
            hidden=int(row[_SUPPRESSED]),
            other=int(row.sum() - row[_OK] - row[_SUPPRESSED]),
        )
        for one, row in zip(snapshot.sources, table, strict=True)
    }


def hidden_of_returns(snapshot: Snapshot) -> int:
    """Return how many figures are hidden that this service worked out, from returns above all."""
    return _hidden(snapshot, of_publishers=False)


def hidden_by_publishers(snapshot: Snapshot) -> int:
    """Return how many figures their own publishers hide."""
    return _hidden(snapshot, of_publishers=True)


def _hidden(snapshot: Snapshot, *, of_publishers: bool) -> int:
    counts = counts_by_source(snapshot)
    return sum(
        counts[source.id].hidden
        for source in snapshot.sources
        if _is_publication(source) is of_publishers
    )


def _is_publication(source: Source) -> bool:
    return bool(source.table) and not source.table.startswith(RETURN_TABLE)
