"""Rows of inequalities: each part of a figure against its own total, in order of reading."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.area_choice import AreaChoice
from api.columns import OK
from api.held_parts import Held, held_in_parts, is_shared, parts_of
from api.opened import OpenRelease
from api.part_choice import FAMILY, Divided, PartChoice
from indicators.arithmetic import Numbers, plain_number, rounded
from indicators.cells import STATUSES, TOTAL, Status, flag_names
from indicators.comparison import METHOD_NONE, outcome_word, why_not
from indicators.comparison_columns import SIDES, Codes
from indicators.inequalities import Gaps, LargestGaps, compare_parts, method_of
from indicators.model import Indicator
from indicators.no_gap import NO_GAP, WORDS, NoGap
from indicators.shown_numbers import INTERVAL_DECIMALS

RATIO_DECIMALS: Final = 2


def inequality_rows(
    release: OpenRelease, choice: PartChoice, areas: AreaChoice
) -> list[dict[str, Any]]:
    """Return a row for the total and each part of every figure, then the largest gap of it."""
    keyed = [
        (divided.indicator, divided.period, area, place, rows)
        for place, divided in enumerate(choice.divided)
        for area, rows in _rows_of(release, divided, areas)
    ]
    keyed += [
        (indicator, period, area, len(choice.divided), [row])
        for indicator, sibling, period in choice.siblings
        for area, row in _sibling_rows(release, (indicator, sibling, period), areas)
    ]
    ordered = sorted(keyed, key=lambda one: one[:4])
    return [row for *_, rows in ordered for row in rows]


def _rows_of(
    release: OpenRelease, divided: Divided, areas: AreaChoice
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    held = held_in_parts(release, divided, areas)
    if held is None:
        return
    parts = parts_of(release, held)
    gaps, largest = compare_parts(held.indicator, parts, is_shared=is_shared(release, divided))
    for place, area in enumerate(held.areas.tolist()):
        columns = [n for n in range(len(divided.parts)) if held.grid[place, n + 1] >= 0]
        if not columns:
            continue
        rows = [_row(release, held, place, 0)] if held.grid[place, 0] >= 0 else []
        for column in columns:
            found = _gap_fields(held, gaps, (place, column))
            rows.append(_row(release, held, place, column + 1) | {"against": TOTAL} | found)
        if len(columns) > 1:
            rows.append(_largest_row(release, held, largest, place))
        yield area, rows


def _row(release: OpenRelease, held: Held, place: int, column: int) -> dict[str, Any]:
    """Return the row of a total or part, without anything of a gap."""
    at = int(held.grid[place, column])
    indicator, divided = held.indicator, held.divided
    part = TOTAL
    if column:
        breakdown = release.snapshot.index.breakdowns[divided.parts[column - 1]]
        part = str(getattr(breakdown, divided.column))
    title = indicator.breakdown_titles.get(divided.column, {}).get(part, part)
    total = int(held.grid[place, 0])
    return _cell_fields(release, indicator, held, at) | {
        "by": divided.column,
        "part": part,
        "part_title": title,
        "total_value": None if total < 0 else _plain(held.numbers["value"][total], indicator),
    }


def _cell_fields(release: OpenRelease, indicator: Indicator, held: Held, at: int) -> dict[str, Any]:
    """Return what a row says of its own cell; the gap is that there is none, until it is given."""
    block, numbers = held.block, held.numbers
    area = release.areas[int(block.area[at])]
    position = int(block.position[at])
    columns = release.snapshot.columns
    is_ok = int(block.status[at]) == OK
    flags = int(columns["flags"][position]) if position >= 0 else 0
    source = int(columns["source"][position]) if position >= 0 else -1
    return {
        "release": release.id,
        "indicator": indicator.id,
        "area_code": area.code,
        "area_name": area.name,
        "period": release.snapshot.index.periods[int(block.period[at])],
        "by": "",
        "part": "",
        "part_title": "",
        "against": None,
        "value": _plain(numbers["value"][at], indicator),
        "status": str(STATUSES[int(block.status[at])]),
        "ci_lower": _number(numbers["ci_lower"][at]),
        "ci_upper": _number(numbers["ci_upper"][at]),
        "numerator": _whole(numbers["numerator"][at]),
        "denominator": _whole(numbers["denominator"][at]),
        "total_value": None,
        **_no_gap(indicator, NoGap.IS_TOTAL),
        "unit": indicator.unit,
        "source": release.snapshot.source_ids[source] if source >= 0 and is_ok else "",
        "flags": list(flag_names(flags)),
    }


def _gap_fields(held: Held, gaps: Gaps, at: tuple[int, ...]) -> dict[str, Any]:
    """Return the gap at a place, or why there is none."""
    indicator = held.indicator
    why = int(gaps.why[at])
    if why >= 0:
        return _no_gap(indicator, NO_GAP[why])
    decimals = indicator.decimals + INTERVAL_DECIMALS
    difference, lower, upper = (
        _number(rounded(column[at], decimals))
        for column in (gaps.difference, gaps.lower, gaps.upper)
    )
    return {
        "difference": difference,
        "difference_lower": lower,
        "difference_upper": upper,
        "ratio": _number(rounded(gaps.ratio[at], RATIO_DECIMALS)),
        "outcome": _outcome(indicator, gaps.side, at),
        "outcome_adjusted_for_many": _outcome(indicator, gaps.remaining, at),
        "method": method_of(indicator),
        "reason_code": None,
        "reason": None,
    }


def _largest_row(
    release: OpenRelease, held: Held, largest: LargestGaps, place: int
) -> dict[str, Any]:
    """Return the row of the highest part against the lowest; of neither where there is no gap."""
    if largest.gaps.why[place] >= 0:
        row = _row(release, held, place, _first(held.grid[place]))
        blank = dict.fromkeys(("value", "ci_lower", "ci_upper", "numerator", "denominator"))
        named = {"part": None, "part_title": None, "status": str(Status.NOT_APPLICABLE)}
        row |= {**blank, **named, "against": None, "source": "", "flags": []}
    else:
        low = _row(release, held, place, int(largest.lowest[place]) + 1)
        row = _row(release, held, place, int(largest.highest[place]) + 1)
        row |= {"against": low["part"]}
    return row | _gap_fields(held, largest.gaps, (place,))


def _first(cells: NDArray[np.int64]) -> int:
    return int(np.flatnonzero(cells >= 0)[0])


def _no_gap(indicator: Indicator, why: NoGap) -> dict[str, Any]:
    words = why_not(indicator) if why is NoGap.NO_INTERVAL else WORDS[why]
    return {
        "difference": None,
        "difference_lower": None,
        "difference_upper": None,
        "ratio": None,
        "outcome": outcome_word(None, indicator.direction.good),
        "outcome_adjusted_for_many": None,
        "method": METHOD_NONE,
        "reason_code": why.value,
        "reason": words,
    }


def _outcome(indicator: Indicator, sides: Codes, at: tuple[int, ...]) -> str:
    return outcome_word(SIDES[int(sides[at])], indicator.direction.good)


def _sibling_rows(
    release: OpenRelease, what: tuple[int, int, int], areas: AreaChoice
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the figures of one sibling; they lie in no total, so there is no gap."""
    indicator, sibling, period = what
    definition = release.snapshot.indicators[sibling]
    held = held_in_parts(release, Divided(sibling, period, FAMILY, ()), areas)
    if held is None:
        return
    named = {
        "indicator": release.snapshot.indicators[indicator].id,
        "by": FAMILY,
        "part": definition.id,
        "part_title": definition.short_title,
        **_no_gap(definition, NoGap.SIBLINGS),
    }
    for place, area in enumerate(held.areas.tolist()):
        yield area, _cell_fields(release, definition, held, int(held.grid[place, 0])) | named


def _plain(value: float, indicator: Indicator) -> float | int | None:
    if np.isnan(value):
        return None
    number: float | int = plain_number(float(value), indicator.decimals)
    return number


def _whole(value: float) -> float | int | None:
    if np.isnan(value):
        return None
    number: float | int = plain_number(float(value), 0)
    return number


def _number(value: float | Numbers) -> float | None:
    return float(value) if np.isfinite(value) else None
