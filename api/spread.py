"""How far the authorities that may be ranked lie apart, for all rows of a figure table."""

from typing import Any, Final

import numpy as np

from api.figure_table import FigureTable
from api.group_table import GroupTable, Members, group_table
from api.plain_columns import with_decimals
from indicators.comparison import TOO_FEW_MEMBERS

SPINE: Final = ("min", "q25", "median", "q75", "max")


def ranked_spread(table: FigureTable) -> GroupTable:
    """Return the authorities that may be ranked as one group."""
    return table.once("ranked spread", lambda: group_table(table, [_ranked(table)]))


def spines(table: FigureTable) -> list[dict[str, Any]]:
    """Return by row the ends, quartiles and median of these; None below three with data."""
    group = ranked_spread(table)
    counts, held = group.is_unit[:, 0, :], group.summaries
    values = table.value[:, group.place[0]]
    columns = {
        "min": np.where(counts, values, np.inf).min(axis=1),
        "q25": held.q25[:, 0],
        "median": held.median[:, 0],
        "q75": held.q75[:, 0],
        "max": np.where(counts, values, -np.inf).max(axis=1),
    }
    is_none = (group.units[:, 0] < TOO_FEW_MEMBERS) | table.is_counting
    shown = {
        name: with_decimals(np.where(is_none, np.nan, columns[name])[:, None], table.decimals)
        for name in SPINE
    }
    return [
        {name: column[row][0] for name, column in shown.items()} for row in range(len(table.pairs))
    ]


def _ranked(table: FigureTable) -> Members:
    release = table.release
    codes = release.authorities.tolist()
    return Members(tuple(code for code in codes if release.areas[code].is_rankable))
