"""Rows of exceptions: where an authority differs from its neighbours, or from its own past."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from api.bases import Basis
from api.comparators import Against, Comparator
from api.comparing import Compared, compare
from api.figure_table import FigureTable, Numbers, read_table
from api.group_table import difference_shown
from api.judging import family_of, latest_pairs
from api.opened import OpenRelease
from api.spread import ranked_spread
from indicators.exceptions import CERTAINTIES, NONE, Certainty, certainties, in_order, sizes

SIZE_DECIMALS: Final = 2


@dataclass(frozen=True)
class Standing:
    """One figure that stands out: the row of its table, and its rank among what stands out."""

    row: int
    rank: int
    certainty: Certainty
    difference: float
    size: float | None


def exception_rows(
    release: OpenRelease,
    areas: Sequence[int],
    indicators: Sequence[int],
    comparators: Sequence[Comparator],
    least: Certainty,
) -> list[dict[str, Any]]:
    """Return what stands out of each area: by comparator, the surest and largest first.

    Every indicator at its latest period. `least` is the last certainty that is listed.
    """
    pairs = list(latest_pairs(release, indicators))
    if not pairs or not areas:
        return []
    table = read_table(release, pairs)
    compared = compare(table, family_of(release, pairs[0]), areas, comparators)
    return [
        row
        for place, area in enumerate(areas)
        for one in compared
        for row in (
            _row(table, one, area, standing) for standing in standings(table, one, place, least)
        )
    ]


def standings(
    table: FigureTable, compared: Compared, place: int, least: Certainty
) -> list[Standing]:
    """Return what stands out of one area by one comparator, in order."""
    judgement = compared.judgement
    certainty = certainties(judgement.judged.p[:, place], judgement.adjusted[:, place])
    certainty = np.where(certainty > CERTAINTIES.index(least), NONE, certainty)
    spread = ranked_spread(table).summaries
    gap = _tested_difference(judgement.basis)[:, place]
    size = sizes(gap, spread.middle_half[:, 0])
    return [
        Standing(
            row=row,
            rank=rank,
            certainty=CERTAINTIES[int(certainty[row])],
            difference=float(gap[row]),
            size=None if np.isnan(size[row]) else round(float(size[row]), SIZE_DECIMALS),
        )
        for rank, row in enumerate(in_order(certainty, size).tolist(), start=1)
    ]


def _tested_difference(basis: Basis) -> Numbers:
    """Return the differences that were tested: of a group, from all of it taken together."""
    is_group = basis.groups.comparator.against is Against.GROUP
    value = basis.table.value[:, list(basis.groups.areas)]
    return difference_shown(basis.table, value, basis.pooled if is_group else basis.figure)


def _row(table: FigureTable, compared: Compared, area: int, standing: Standing) -> dict[str, Any]:
    indicator, pair = table.indicators[standing.row], table.pairs[standing.row]
    found = compared.row(pair, area)
    is_group = compared.judgement.basis.groups.comparator.against is Against.GROUP
    return {
        "release": found["release"],
        "area_code": found["area_code"],
        "area_name": table.release.areas[area].name,
        "with": found["with"],
        "model": found["model"],
        "rank": standing.rank,
        "indicator": indicator.id,
        "title": indicator.title,
        "short_title": indicator.short_title,
        "kind": indicator.kind.value,
        "stage": indicator.stage.value,
        "period": found["period"],
        "period_before": None if is_group else found["group"],
        "value": found["value"],
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "ci_lower": found["ci_lower"],
        "ci_upper": found["ci_upper"],
        "tested_against": found["pooled"] if is_group else found["comparator_value"],
        "median": found["median"],
        "difference": standing.difference,
        "size": standing.size,
        "outcome": found["outcome"],
        "certainty": standing.certainty.value,
        "p": found["p"],
        "p_adjusted": found["p_adjusted"],
        "method": found["method"],
        "flags": found["flags"],
    }
