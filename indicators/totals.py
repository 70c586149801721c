"""Totals that nobody publishes: sums over the authorities that responded, and what they cover."""

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Final

import numpy as np
import pandas as pd

from indicators.arithmetic import published_value
from indicators.cell_frames import codes_together
from indicators.cells import BREAKDOWN_COLUMNS, CELL_COLUMNS, Flag, Status
from indicators.intervals import interval_of
from indicators.model import Indicator
from reference.periods import parse_period
from reference.places import Area, AreaKind, PlaceSet

COMPUTED_SOURCE: Final = "computed"
FULL_COVERAGE: Final = 0.98
"""At least this share of the 0-17 population responded: nothing needs saying."""

_GROUP: Final = ["indicator", "period", *BREAKDOWN_COLUMNS]
_LEVELS: Final = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.SUBREGION)


def add_totals(
    cells: pd.DataFrame, indicators: Mapping[str, Indicator], places: PlaceSet
) -> pd.DataFrame:
    """Add country, region and subregion cells where a level has none in that period.

    Only for indicators whose value follows from its parts. Responders are in the numerator
    and the denominator; below 98 % of the 0-17 population the cell is flagged
    `partial_coverage`. A joint return is counted once.
    """
    if cells.empty:
        return cells
    lacking = _lacking(cells, indicators, places)
    added = [
        total
        for key, group in _by_key(_with_parts(cells, lacking, places))
        for kind in lacking[key[:2]]
        for total in _level_totals(key, group, kind, indicators[key[0]], places)
    ]
    if not added:
        return cells
    return pd.concat([cells, pd.DataFrame(added, columns=list(CELL_COLUMNS))], ignore_index=True)


def _lacking(
    cells: pd.DataFrame, indicators: Mapping[str, Indicator], places: PlaceSet
) -> Mapping[tuple[str, ...], list[AreaKind]]:
    """Return the levels that have no cell of an indicator in a period, where there can be one."""
    level = cells["area"].map({area.code: str(area.kind) for area in places.areas})
    columns = [cells["indicator"], cells["period"], level]
    first = np.unique(codes_together(columns), return_index=True)[1]
    held: dict[tuple[str, ...], set[AreaKind]] = {}
    for indicator, period, kind in zip(*(column.iloc[first] for column in columns), strict=True):
        held.setdefault((indicator, period), set()).add(AreaKind(kind))
    return {
        key: [kind for kind in _LEVELS if kind not in kinds]
        for key, kinds in held.items()
        if indicators[key[0]].arithmetic.adds_up and not kinds.issuperset(_LEVELS)
    }


def _with_parts(
    cells: pd.DataFrame, lacking: Mapping[tuple[str, ...], list[AreaKind]], places: PlaceSet
) -> pd.DataFrame:
    """Return the cells of authorities that totals which are lacking can be made from."""
    pair = codes_together([cells["indicator"], cells["period"]])
    first = np.unique(pair, return_index=True)[1]
    keys = zip(cells["indicator"].iloc[first], cells["period"].iloc[first], strict=True)
    wanted = np.array([key in lacking for key in keys], dtype=bool)[pair]
    few = cells[wanted & (cells["status"] == Status.OK).to_numpy(dtype=bool)]
    is_authority = few["area"].map({area.code: area.kind for area in places.areas})
    return few[
        (is_authority == AreaKind.AUTHORITY) & few["numerator"].notna() & few["denominator"].notna()
    ]


def _by_key(cells: pd.DataFrame) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    for key, group in cells.groupby(_GROUP, sort=True):
        yield tuple(map(str, key)), group


def coverage(places: PlaceSet, whole: Area, period: str, responders: set[str]) -> float:
    """Return the share of a whole's 0-17 population that lives in the authorities named.

    Of the mid-year before the period's end, as rates use; equal weights where none is held.
    """
    end = parse_period(period).end
    members = [area.code for area in places.within(whole.code, on=end)]
    counts = [places.population_of(code, end.year - 1) for code in members]
    weights = [1 if count is None else count for count in counts]
    if None in counts:
        weights = [1] * len(members)
    covered = sum(w for code, w in zip(members, weights, strict=True) if code in responders)
    return covered / sum(weights) if members else 0.0


def _level_totals(
    key: tuple[str, ...],
    group: pd.DataFrame,
    kind: AreaKind,
    indicator: Indicator,
    places: PlaceSet,
) -> list[dict[str, object]]:
    end = parse_period(key[1]).end
    totals = []
    for whole in places.of_kind(kind, on=end):
        members = {area.code for area in places.within(whole.code, on=end)}
        inside = group[group["area"].isin(members)]
        if not inside.empty:
            share = coverage(places, whole, key[1], set(inside["area"]))
            totals.append(_total(key, inside, whole, share, indicator))
    return totals


def _total(
    key: tuple[str, ...], inside: pd.DataFrame, whole: Area, share: float, indicator: Indicator
) -> dict[str, object]:
    units = once_per_return(inside)
    # Exact sums: the same total whatever the order in which files were read.
    numerator, denominator = fsum(units["numerator"]), fsum(units["denominator"])
    value = float(published_value(indicator, [numerator], [denominator])[0])
    lower, upper = interval_of(indicator, [numerator], [denominator])
    has_value = bool(np.isfinite(value))
    return {
        **dict(zip(_GROUP, key, strict=True)),
        "area": whole.code,
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "ci_lower": float(lower[0]),
        "ci_upper": float(upper[0]),
        "ci_level": 95.0 if np.isfinite(lower[0]) else np.nan,
        "status": Status.OK if has_value else Status.NOT_APPLICABLE,
        "flags": "" if share >= FULL_COVERAGE else str(Flag.PARTIAL_COVERAGE),
        "source_symbol": "",
        "source": COMPUTED_SOURCE,
        "definition_version": indicator.version,
    }


def once_per_return(cells: pd.DataFrame) -> pd.DataFrame:
    """Keep one of each pair of joint-return cells: the two authorities hold the same figures."""
    is_joint = cells["flags"].str.contains(str(Flag.JOINT_RETURN))
    if not is_joint.any():
        return cells
    repeated = cells.duplicated(["value", "numerator", "denominator"])
    return cells[~(is_joint & repeated)]
