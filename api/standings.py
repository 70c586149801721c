"""Rows that count: how many areas differ from a comparator, indicator by indicator."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from api.comparators import Comparator
from api.comparing import Cell, Compared, compare_pairs
from api.contract import Outcome, Status
from api.figure_table import Pair
from api.opened import OpenRelease

DIFFERENT: Final = (Outcome.BETTER, Outcome.WORSE, Outcome.HIGHER, Outcome.LOWER)


def standing_rows(
    release: OpenRelease, cells: Iterable[Cell], comparators: Sequence[Comparator]
) -> list[dict[str, Any]]:
    """Return one row for each indicator, period and comparator, in the order of the cells."""
    held = list(cells)
    compared = compare_pairs(release, held, comparators) if held else {}
    return [
        _row(release, pair, areas, one)
        for pair, of_pair in groupby(held, key=lambda cell: cell[:2])
        for areas in [[area for _, _, area in of_pair]]
        for one in compared[pair]
    ]


def _row(
    release: OpenRelease, pair: Pair, areas: Sequence[int], compared: Compared
) -> dict[str, Any]:
    indicator = release.snapshot.indicators[pair[0]]
    comparator = compared.judgement.basis.groups.comparator
    results = list(compared.results(pair, areas))
    remaining = Counter(adjusted for _, _, adjusted, _ in results)
    alone = Counter(outcome for _, outcome, _, _ in results)
    untold = Counter(
        reason
        for status, outcome, _, reason in results
        if status == Status.OK and outcome == Outcome.CANNOT_COMPARE
    )
    return {
        "release": release.id,
        "indicator": indicator.id,
        "title": indicator.title,
        "short_title": indicator.short_title,
        "kind": indicator.kind.value,
        "stage": indicator.stage.value,
        "period": release.snapshot.index.periods[pair[1]],
        "with": comparator.token,
        "model": comparator.model,
        "areas": len(results),
        "without_value": sum(status != Status.OK for status, _, _, _ in results),
        **{word.value: remaining[word] for word in Outcome},
        "differ": sum(remaining[word] for word in DIFFERENT),
        "differ_alone": sum(alone[word] for word in DIFFERENT),
        "reason": untold.most_common(1)[0][0] if untold else None,
    }
