"""Rows of exceptions: where an authority differs from its neighbours, or from its own past."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from api.bases import Basis
from api.comparators import Against, Comparator
from api.comparing import Compared, compare
from api.figure_table import FigureTable, Numbers, read_table
from api.group_table import difference_shown
from api.judging import family_of
from api.opened import OpenRelease
from api.profiles import latest_pairs
from api.spread import ranked_spread
from indicators.exceptions import CERTAINTIES, Certainty, certainties, in_order, sizes

SIZE_DECIMALS: Final = 2
KINDS: Final = ("neighbours", "own_past")


def exception_rows(
    release: OpenRelease,
    areas: Sequence[int],
    indicators: Sequence[int],
    comparators: Sequence[Comparator],
    judged_on: date,
    least: Certainty,
) -> list[dict[str, Any]]:
    """Return what stands out of each area: by comparator, the surest and largest first.

    Every indicator at its latest period. `least` is the last certainty that is listed.
    """
    pairs = list(latest_pairs(release, indicators))
    if not pairs or not areas:
        return []
    table = read_table(release, pairs)
    compared = compare(table, family_of(release, pairs[0]), areas, comparators, judged_on)
    return [
        row
        for place, area in enumerate(areas)
        for one in compared
        for row in _of_area(table, one, place, area, least)
    ]


def _of_area(
    table: FigureTable, compared: Compared, place: int, area: int, least: Certainty
) -> Iterator[dict[str, Any]]:
    judgement = compared.judgement
    certainty = certainties(judgement.judged.p[:, place], judgement.adjusted[:, place])
    certainty = np.where(certainty > CERTAINTIES.index(least), -1, certainty)
    spread = ranked_spread(table).summaries
    gap = _tested_difference(judgement.basis)[:, place]
    size = sizes(gap, spread.q25[:, 0], spread.q75[:, 0])
    for rank, row in enumerate(in_order(certainty, size).tolist(), start=1):
        yield _row(table, compared, row, area, rank, float(gap[row]), float(size[row]), int(certainty[row]))  # fmt: skip  # noqa: E501


def _tested_difference(basis: Basis) -> Numbers:
    """Return the differences that were tested: of a group, from all of it taken together."""
    is_group = basis.groups.comparator.against is Against.GROUP
    value = basis.table.value[:, list(basis.groups.areas)]
    return difference_shown(basis.table, value, basis.pooled if is_group else basis.figure)


def _row(
    table: FigureTable,
    compared: Compared,
    row: int,
    area: int,
    rank: int,
    gap: float,
    size: float,
    certainty: int,
) -> dict[str, Any]:
    indicator, pair = table.indicators[row], table.pairs[row]
    found = compared.row(pair, area)
    is_group = compared.judgement.basis.groups.comparator.against is Against.GROUP
    return {
        "release": found["release"],
        "area_code": found["area_code"],
        "area_name": table.release.areas[area].name,
        "with": found["with"],
        "model": found["model"],
        "rank": rank,
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
        "difference": gap,
        "size": None if np.isnan(size) else round(size, SIZE_DECIMALS),
        "outcome": found["outcome"],
        "certainty": CERTAINTIES[certainty].value,
        "p": found["p"],
        "p_adjusted": found["p_adjusted"],
        "method": found["method"],
        "flags": found["flags"],
    }
