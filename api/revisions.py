"""What changed with a release, counted: by kind, by indicator, and how large revisions are."""

from collections import Counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.changes import ChangeList, coded, own_changes, sizes_of, summary_of
from api.columns import OK
from api.contract import SourceKind
from api.opened import OpenRelease
from api.source_cards import kind_of
from indicators.change_table import KINDS
from indicators.revisions import find_spread

_DECIMALS_UNKNOWN: Final = 6
"""For an indicator that the release no longer defines; none of its changes has a size."""


def changes_summary(release: OpenRelease) -> dict[str, Any] | None:
    """Return the counts as the card of a release has them."""
    summary = summary_of(release)
    if summary is None:
        return None
    total: Counter[str] = Counter()
    for counts in summary.counts.values():
        total.update(counts)
    published = {
        source.id
        for source in release.snapshot.sources
        if kind_of(source) is SourceKind.PUBLICATION
    }
    return {
        "since": summary.since or None,
        "kinds": {kind: total[kind] for kind in KINDS},
        "indicators": indicator_counts(own_changes(release)),
        "new_indicators": list(summary.new_indicators),
        "new_sources": [source for source in summary.new_sources if source in published],
    }


def revision_rows(changes: ChangeList) -> list[dict[str, Any]]:
    """Return a row for each indicator of which any cell differs, in the order of changes."""
    head = {"release": changes.release.id, "since": changes.since}
    return [{**head, **row} for row in indicator_counts(changes)]


def indicator_counts(changes: ChangeList) -> list[dict[str, Any]]:
    """Return for each indicator how many cells changed, by kind, and the sizes of revisions."""
    table = changes.table
    if not table.num_rows:
        return []
    indicator, kind = coded(table, "indicator"), coded(table, "kind")
    ids, kinds = indicator.dictionary.to_pylist(), kind.dictionary.to_pylist()
    of_row, kind_of_row = indicator.indices.to_numpy(), kind.indices.to_numpy()
    change, _ = sizes_of(table)
    codes, first = np.unique(of_row, return_index=True)
    rows = []
    for code in codes[np.argsort(first)].tolist():
        is_own = of_row == code
        counts = np.bincount(kind_of_row[is_own], minlength=len(kinds)).tolist()
        by_kind = dict(zip(kinds, counts, strict=True))
        rows.append(
            {
                "indicator": ids[code],
                **{name: by_kind.get(name, 0) for name in KINDS},
                **_sizes(changes.release, ids[code], change[is_own]),
            }
        )
    return rows


def _sizes(release: OpenRelease, id: str, change: NDArray[np.float64]) -> dict[str, Any]:
    """Return how many changes have a size, the usual and the largest, and of how many figures."""
    indicator = release.snapshot.by_id.get(id)
    spread = find_spread(change, indicator.decimals if indicator else _DECIMALS_UNKNOWN)
    return {
        "with_size": spread.count,
        "median_size": spread.median,
        "largest_size": spread.largest,
        "figures": _figures(release, id),
    }


def _figures(release: OpenRelease, id: str) -> int:
    """Return how many figures of an indicator a release shows, its breakdowns included."""
    code = release.snapshot.indicator_codes.get(id)
    if code is None:
        return 0
    status = release.snapshot.columns["status"][release.snapshot.rows_of(code)]
    return int(np.count_nonzero(status == OK))
