"""Statistics of many groups at once: mean, median and quartiles as shown, and pooled parts.

A block has a row for each indicator and period, a column for each group, and a third axis for the
members; NaN marks who has no value and the places that a smaller group leaves empty. Results are
exact: values are decimals as published, held as whole numbers, and rounded once, half up.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.arithmetic import Numbers
from indicators.comparison import TOO_FEW_MEMBERS

Wholes = NDArray[np.int64]

_MOST_DECIMALS: Final = 8
"""No published value has more digits after the point; values stay below ten million."""
_NEAR: Final = 1e-6
_NOWHERE: Final = np.iinfo(np.int64).max
"""Stands for a missing value: it comes last in order."""


@dataclass(frozen=True)
class GroupSummaries:
    """Mean, median and quartiles by row and group; NaN below three members with data."""

    mean: Numbers
    median: Numbers
    q25: Numbers
    q75: Numbers
    middle_half: Numbers
    """From the lower to the upper quartile, not rounded: for use in further sums."""


def summarise_groups(values: Numbers, decimals: Wholes) -> GroupSummaries:
    """Summarise a block of values; `decimals` are those of each row's indicator."""
    digits = _digits_needed(values, decimals)
    known = np.isfinite(values)
    scale = (10.0**digits)[:, None, None]
    wholes = np.where(known, np.rint(np.where(known, values, 0.0) * scale), 0).astype(np.int64)
    count = known.sum(axis=2)
    finer = 10 ** (digits - decimals)[:, None]
    ordered = np.sort(np.where(known, wholes, _NOWHERE), axis=2)

    def shown(top: Wholes, bottom: Wholes) -> Numbers:
        rounded = _half_up(top, bottom * finer) / (10.0**decimals)[:, None]
        return np.where(count >= TOO_FEW_MEMBERS, rounded, np.nan)

    quarters = [_quartile(ordered, count, place) for place in (1, 2, 3)]
    four = np.full(count.shape, 4)
    width = (quarters[2] - quarters[0]) / 4 / (10.0**digits)[:, None]
    return GroupSummaries(
        mean=shown(wholes.sum(axis=2), np.maximum(count, 1)),
        q25=shown(quarters[0], four),
        median=shown(quarters[1], four),
        q75=shown(quarters[2], four),
        middle_half=np.where(count >= TOO_FEW_MEMBERS, width, np.nan),
    )


def pooled_parts(top: Numbers, bottom: Numbers) -> tuple[Numbers, Numbers, Wholes]:
    """Return the sums of the members with both parts by row and group, and how many they are."""
    known = np.isfinite(top) & np.isfinite(bottom)
    first, second = (np.where(known, part, 0.0).sum(axis=2) for part in (top, bottom))
    return first, second, known.sum(axis=2)


def is_repeated(unit: Wholes, counts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which counted members stand in the return of one before them in their group."""
    members = unit.shape[2]
    # Those that do not count get a number of their own, so that they repeat nobody.
    own = -1 - np.arange(members)
    keys = np.where(counts, unit, own)
    order = np.argsort(keys, axis=2, kind="stable")
    ordered = np.take_along_axis(keys, order, axis=2)
    follows = np.zeros(keys.shape, dtype=np.bool_)
    follows[:, :, 1:] = ordered[:, :, 1:] == ordered[:, :, :-1]
    found = np.zeros_like(follows)
    np.put_along_axis(found, order, follows, axis=2)
    return found


def _digits_needed(values: Numbers, decimals: Wholes) -> Wholes:
    """Return for each row how many decimals hold its values exactly, at least its own."""
    scaled = np.nan_to_num(values) * (10.0**decimals)[:, None, None]
    is_fine = (np.abs(scaled - np.rint(scaled)) < _NEAR).all(axis=(1, 2))
    return np.where(is_fine, decimals, np.maximum(decimals, _MOST_DECIMALS))


def _quartile(ordered: Wholes, count: Wholes, place: int) -> Wholes:
    """Return four times the quartile between neighbouring ranks (type 7); 0 of no values."""
    fourths = place * np.maximum(count - 1, 0)
    below = (fourths // 4)[:, :, None]
    above = np.minimum(below + 1, np.maximum(count - 1, 0)[:, :, None])
    low = np.take_along_axis(ordered, below, axis=2)[:, :, 0]
    high = np.take_along_axis(ordered, above, axis=2)[:, :, 0]
    is_any = count > 0
    low, high = np.where(is_any, low, 0), np.where(is_any, high, 0)
    return np.asarray(4 * low + (high - low) * (fourths % 4), dtype=np.int64)


def _half_up(top: Wholes, bottom: Wholes) -> Wholes:
    """Divide whole numbers, rounding halves away from zero as publishers do."""
    away = (2 * np.abs(top) + bottom) // (2 * bottom)
    return np.asarray(np.sign(top) * away, dtype=np.int64)
