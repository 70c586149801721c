"""Whether published values are what their own parts give; if not, other rows were meant."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from etl.findings import Finding
from etl.published.canonical import findings_at
from etl.published.cells import CellRows
from etl.raw_tables import Mask
from indicators.arithmetic import Numbers, value_from_parts

ENOUGH_TO_JUDGE: Final = 3
_SCALE_IS_WRONG: Final = 5.0
_ROUNDED_AWAY: Final = 0.05
"""A share of a value that rounding of small totals to 10 may take away or add."""


def value_findings(read: CellRows) -> Iterator[Finding]:
    """Compare values with their parts: a file on another scale is off by a factor throughout."""
    if read.is_computed or read.indicator.arithmetic.multiplier is None:
        return
    parts = value_from_parts(
        read.indicator.arithmetic, read.numerator.number, read.denominator.number
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = read.value.number / parts
        known = np.isfinite(ratio) & (parts > 0) & (read.value.number > 0)
    if known.sum() < ENOUGH_TO_JUDGE:
        return
    middle = float(np.median(ratio[known]))
    first = np.zeros(len(known), dtype=bool)
    first[np.flatnonzero(known)[0]] = True
    if 1 / _SCALE_IS_WRONG < middle < _SCALE_IS_WRONG:
        yield from _not_its_parts(read, parts, known)
        return
    yield from picked_findings(
        read,
        first,
        "wrong_scale",
        read.source.value,
        lambda at: (
            f"values about {middle:,.3g} times what their parts give, "
            f"such as {read.value.number[at]:g}"
        ),
        f"values {read.indicator.unit}, here {parts[first][0]:.3g}",
        "check the scale of the column",
    )


def _not_its_parts(read: CellRows, parts: Numbers, known: Mask) -> Iterator[Finding]:
    """Find values most of which do not follow from their parts: other rows or columns are meant.

    Counts of totals are rounded, so a value may lie a little off; most never do.
    """
    slack = 10.0**-read.indicator.decimals + _ROUNDED_AWAY * np.abs(parts)
    with np.errstate(invalid="ignore"):
        off = known & (np.abs(read.value.number - parts) > slack)
    if 2 * off.sum() <= known.sum():
        return
    first = np.zeros(len(off), dtype=bool)
    first[np.flatnonzero(off)[0]] = True
    yield from picked_findings(
        read,
        first,
        "value_is_not_its_parts",
        read.source.value,
        lambda at: (
            f"{read.value.number[at]:g} as the value of {read.indicator.id}, like {off.sum():,} of "
            f"{known.sum():,} values"
        ),
        f"{parts[first][0]:.3g}, as {read.numerator.number[first][0]:g} and "
        f"{read.denominator.number[first][0]:g} give",
        "look at numerator, denominator and their rows in its definition",
    )


def picked_findings(
    read: CellRows, where: Mask, rule: str, column: str, found: object, expected: str, advice: str
) -> tuple[Finding, ...]:
    """Return findings at picked rows; `found` is asked with a position among them."""
    at = np.flatnonzero(where)
    rows = read.rows.file_rows[at]
    places = dict(zip(map(int, rows), map(int, at), strict=True))
    return findings_at(
        read.rows.located.table,
        rule,
        rows,
        column,
        lambda row: found(places[row]),  # type: ignore[operator]
        expected,
        advice,
    )
