"""Which area and which period each row of a table is about, and what is wrong with either."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from etl.findings import Finding, quoted
from etl.published.area_rows import AreaRows
from etl.published.canonical import CanonicalTable, Rows, findings_at
from etl.published.period_rows import periods_of
from etl.raw_tables import Codes, Mask
from etl.tables import level_of, plain
from indicators.arithmetic import Numbers
from reference.areas import Area
from reference.periods import Period
from reference.places import PlaceSet

_OTHER_LEVELS: Final = frozenset(
    {
        "english devolved area",
        "institution",
        "local authority district",
        "local enterprise partnership",
        "local skills improvement plan area",
        "mat",
        "mayoral combined authority",
        "opportunity area",
        "parliamentary constituency",
        "planning area",
        "police force area",
        "provider",
        "rsc region",
        "school",
        "sponsor",
        "ward",
    }
)
"""Levels of the publishing standard that this service does not show; their rows are left out."""


@dataclass(frozen=True)
class LocatedTable:
    """Rows with their areas and periods; a joint return stands once for each of its authorities.

    `rows` are positions in `table`; `area` and `period` are positions in `areas`, `periods`.
    """

    table: CanonicalTable
    rows: Rows
    area: Codes
    areas: tuple[Area, ...]
    period: Codes
    periods: tuple[Period, ...]
    existed: Mask
    is_joint: Mask
    passed_over: Mapping[str, int] = field(default_factory=dict)
    _populations: dict[str, Numbers] = field(default_factory=dict, repr=False, compare=False)

    def populations(self, places: PlaceSet, published_on: str) -> Numbers:
        """Return the children of each period (row) and area (column), looked up once a file."""
        if published_on not in self._populations:
            grid = np.full((len(self.periods), len(self.areas)), np.nan)
            for row, period in enumerate(self.periods):
                for column, area in enumerate(self.areas):
                    year = period.end.year - 1
                    count = places.population_known_on(area.code, year, published_on)
                    grid[row, column] = np.nan if count is None else count
            self._populations[published_on] = grid
        return self._populations[published_on]

    @property
    def span(self) -> tuple[Period, Period] | None:
        """The earliest and the latest period that any row is about; None without rows."""
        used = [self.periods[code] for code in np.unique(self.period)]
        return (min(used), max(used)) if used else None


def located_table(
    table: CanonicalTable, places: PlaceSet
) -> tuple[LocatedTable, tuple[Finding, ...]]:
    """Find area and period of every row; rows with a fault or of no area are left out."""
    kept, passed_over, level_findings = _wanted_rows(table)
    table = table.taken(kept)
    period, periods, period_findings = periods_of(table)
    resolved = AreaRows(table, places)
    findings = (*level_findings, *period_findings, *resolved.findings())
    sound = (period >= 0) & resolved.is_sound
    passed_over.update(resolved.passed_over)
    rows, area, is_joint = resolved.expanded(np.flatnonzero(sound))
    held = period[rows]
    existed = _existed(resolved.areas, periods, area, held)
    used = LocatedTable(
        table,
        rows,
        area,
        resolved.areas,
        held,
        periods,
        existed,
        is_joint,
        {reason: count for reason, count in passed_over.items() if count},
    )
    return used, findings


def _wanted_rows(table: CanonicalTable) -> tuple[Mask, Counter[str], tuple[Finding, ...]]:
    """Tell rows that are figures of areas at our levels from those that are not."""
    level = table.columns[table.table.areas.level]
    known = level.mapped(lambda text: level_of(table.table, text) is not None, np.bool_)
    left_out = np.zeros(table.raw.height, dtype=bool)
    for name, values in table.table.leave_out.items():
        left_out |= table.columns[name].matches(values)
    strange = ~known & ~left_out
    if table.table.layout == "ees":
        strange &= ~level.mapped(lambda text: plain(text) in _OTHER_LEVELS, np.bool_)
    else:
        strange[:] = False
    findings = findings_at(
        table,
        "unknown_level",
        np.flatnonzero(strange),
        table.table.areas.level,
        lambda row: quoted(level[row]),
        " or ".join(table.table.areas.levels),
        "mend the level, or remove the row",
    )
    counts = Counter(
        {
            "totals and notes among the rows": int(left_out.sum()),
            "rows of other levels": int((~known & ~left_out & ~strange).sum()),
        }
    )
    return known & ~left_out, counts, findings


def _existed(
    areas: tuple[Area, ...], periods: tuple[Period, ...], area: Codes, period: Codes
) -> Mask:
    """Say for each row whether its area existed on any day of its period."""
    grid = np.array([[_overlaps(a, p) for p in periods] for a in areas], dtype=bool).reshape(
        len(areas), len(periods)
    )
    return grid[area, period] if grid.size else np.zeros(len(area), dtype=bool)


def _overlaps(area: Area, period: Period) -> bool:
    began = area.first_day is None or area.first_day <= period.end
    return began and (area.last_day is None or area.last_day >= period.start)
