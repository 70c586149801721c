"""Rows that count: how many areas differ from a comparator, indicator by indicator."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from api.comparators import Comparator
from api.comparing import Cell, comparison_rows
from api.contract import Outcome, Status
from api.opened import OpenRelease

DIFFERENT: Final = (Outcome.BETTER, Outcome.WORSE, Outcome.HIGHER, Outcome.LOWER)


def standing_rows(
    release: OpenRelease, cells: Iterable[Cell], comparators: Sequence[Comparator]
) -> list[dict[str, Any]]:
    """Return one row for each indicator, period and comparator, in the order of the cells."""
    rows = list(comparison_rows(release, cells, comparators))
    made = []
    for (id, period), held in groupby(rows, key=lambda row: (row["indicator"], row["period"])):
        of_pair = list(held)
        made += [
            _row(release, id, period, of_pair[place :: len(comparators)])
            for place in range(len(comparators))
        ]
    return made


def _row(
    release: OpenRelease, id: str, period: str, compared: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    indicator = release.snapshot.by_id[id]
    first = compared[0]
    remaining = Counter(row["outcome_adjusted_for_many"] for row in compared)
    alone = Counter(row["outcome"] for row in compared)
    untold = Counter(
        row["reason"]
        for row in compared
        if row["status"] == Status.OK and row["outcome"] == Outcome.CANNOT_COMPARE
    )
    return {
        "release": release.id,
        "indicator": id,
        "title": indicator.title,
        "short_title": indicator.short_title,
        "kind": indicator.kind.value,
        "stage": indicator.stage.value,
        "period": period,
        "with": first["with"],
        "model": first["model"],
        "areas": len(compared),
        "without_value": sum(row["status"] != Status.OK for row in compared),
        **{word.value: remaining[word] for word in Outcome},
        "differ": sum(remaining[word] for word in DIFFERENT),
        "differ_alone": sum(alone[word] for word in DIFFERENT),
        "reason": untold.most_common(1)[0][0] if untold else None,
    }
