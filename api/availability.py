"""Which figures of an indicator there are: cells by period, breakdown, level and status."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from api.area_choice import choose_areas, narrow
from api.blocks import Block, blocks
from api.contract import AvailabilityRow
from api.no_areas import why_no_areas
from api.opened import KINDS, OpenRelease
from api.parameters import Parameter, Query
from api.period_choice import ALL, PERIOD, choose_periods
from api.rows import BREAKDOWNS, Pair, Selection, choose_breakdowns, latest_end
from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, Status

COLUMNS: Final = tuple(AvailabilityRow.__annotations__)
MOST_NAMED: Final = 20
"""Areas without a value that are named; of more, only their number is told."""

PERIODS: Final = replace(
    PERIOD,
    text="Period ids such as `RY2025` or `AY2024-25`, ranges such as `RY2020..RY2025`, `latest` or "
    "`all` (the default).",
)
PARTS: Final[dict[str, Parameter]] = {
    name: replace(one, text=f"Codes of {name.replace('_', ' ')}, or `all` (the default).")
    for name, one in BREAKDOWNS.items()
}
_OK: Final = STATUSES.index(Status.OK)


def availability(
    release: OpenRelease, indicator: int, query: Query
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows, and what a reader must know; raises ProblemError for anything unknown."""
    selection = _selection(release, indicator, query)
    counted = (_row for block in blocks(release, selection) for _row in _rows(release, block))
    rows = sorted(counted, key=lambda row: row.pop("_order"))
    return rows, list(selection.warnings_of(len(rows)))


def _selection(release: OpenRelease, indicator: int, query: Query) -> Selection:
    periods = choose_periods(release, query, [indicator], default=ALL)
    given = {name: ALL for name in BREAKDOWN_COLUMNS if name not in query}
    wanted = choose_breakdowns(release, query.with_values(**given))
    on = latest_end(release, periods.pairs)
    areas = narrow(release, query, choose_areas(release, query), on)
    held = release.held(indicator)
    found = ((period, tuple(sorted(held[period] & wanted))) for _, period in periods.pairs)
    return Selection(
        pairs=tuple(Pair(indicator, period, parts) for period, parts in found if parts),
        areas=areas,
        warnings=(*periods.warnings, *why_no_areas(release, query, areas, on)),
        latest_end=on,
        judged_on=on if "ofsted" in query else None,
    )


def _rows(release: OpenRelease, block: Block) -> Iterator[dict[str, Any]]:
    """Count the cells of a block; a pair of period and breakdown never stands in two blocks."""
    kinds = release.kinds[block.area].astype(np.int64)
    width = len(release.snapshot.index.breakdowns)
    groups = (block.period.astype(np.int64) * width + block.breakdown) * len(KINDS) + kinds
    for group in np.unique(groups).tolist():
        of = groups == group
        rest, kind = divmod(group, len(KINDS))
        period, breakdown = divmod(rest, width)
        counts = np.bincount(block.status[of], minlength=len(STATUSES)).tolist()
        lacking = block.area[of][block.status[of] != _OK].tolist()
        codes = [release.areas[code].code for code in lacking]
        yield {
            "release": release.id,
            "indicator": release.snapshot.indicators[int(block.indicator[0])].id,
            "period": release.snapshot.index.periods[period],
            **dict(
                zip(
                    BREAKDOWN_COLUMNS,
                    release.snapshot.index.breakdowns[breakdown].codes,
                    strict=True,
                )
            ),
            "level": KINDS[kind].value,
            "cells": int(np.count_nonzero(of)),
            "with_value": counts[_OK],
            "without_value": len(codes),
            **{f"cells_{status}": n for status, n in zip(STATUSES, counts, strict=True)},
            "areas_without": codes if len(codes) <= MOST_NAMED else None,
            "_order": group,
        }
