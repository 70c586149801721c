"""Is a part of a figure different from its own total? Gaps, over columns of areas and parts.

A part lies inside its total, so the two are not independent. With w for the part's share of the
denominator, part - total = (1 - w)(part - rest): the interval of a gap is 1 - w times that of the
part against the rest, and a part differs from its total exactly where it differs from the rest.
docs/methods/inequalities.md explains this, and what is never stated about withheld parts.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.arithmetic import Numbers, published_value
from indicators.comparison import can_test
from indicators.comparison_columns import NO_SIDE, Codes, Judged, for_many, judge_two
from indicators.differences import proportion_difference, rate_difference
from indicators.model import Arithmetic, Indicator
from indicators.no_gap import NO_GAP, NoGap
from indicators.position import MIN_DENOMINATOR, MIN_EXPECTED

NEARLY: Final = 0.01
"""Counts that differ by less than this share differ by rounding."""

Marks = NDArray[np.bool_]
Pair = tuple[Numbers, Numbers]
"""Numerators and denominators."""


@dataclass(frozen=True)
class Parts:
    """Totals and their parts: a row for each total, a column for each part.

    Numbers are NaN unless they are published; those of the totals are columns of width one.
    `is_withheld` marks parts that somebody keeps back; `is_other_edition` those published before
    their total was revised; `is_group` (by part) those that are a group of children and not the
    ones of whom nothing is recorded.
    """

    is_ok: Marks
    is_withheld: Marks
    top: Numbers
    bottom: Numbers
    total_is_ok: Marks
    total_value: Numbers
    total_top: Numbers
    total_bottom: Numbers
    is_other_edition: Marks
    is_group: Marks


@dataclass(frozen=True)
class Gaps:
    """What differs, on the scale of the indicator; NaN and NO_SIDE where `why` says why not.

    `why` is a place in NO_GAP, or -1. `remaining` is the side that remains when all parts of a
    total are looked at together.
    """

    difference: Numbers
    lower: Numbers
    upper: Numbers
    ratio: Numbers
    side: Codes
    remaining: Codes
    why: Codes
    method: str


@dataclass(frozen=True)
class LargestGaps:
    """The highest against the lowest part of each total, by place in the columns of parts."""

    highest: NDArray[np.int64]
    lowest: NDArray[np.int64]
    gaps: Gaps


def shares_denominator(bottom: Numbers, total_bottom: Numbers) -> bool:
    """Say whether parts are counted over the denominator of the total, as reasons of leaving are.

    To be asked of all areas together: in a single one, one part may be everybody.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total_bottom > 0, bottom / total_bottom, np.nan)
    known = share[np.isfinite(share)]
    return bool(len(known)) and float(np.median(known)) >= 1 - NEARLY


def gaps_to_total(indicator: Indicator, parts: Parts, *, is_shared: bool) -> Gaps:
    """Compare each part with the total that it lies in; `is_shared` as `shares_denominator`."""
    counts, whole = (parts.top, parts.bottom), _wholes(indicator, parts)
    beside = (whole[0] - counts[0], whole[1] - counts[1])
    why = _why(indicator, parts, whole, beside, is_shared=is_shared)
    own, rest = _only(counts, why < 0), _only(beside, why < 0)
    judged = judge_two(indicator, own, rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        rest_share = rest[1] / whole[1]
        total = whole[0] / whole[1]
        ratio = np.where(total > 0, own[0] / own[1] / total, np.nan)
    difference, lower, upper = (rest_share * one for one in _difference(indicator, own, rest))
    return _gaps(judged, for_many(judged.side, judged.p_for_many), why, ratio, (
        difference, lower, upper
    ))  # fmt: skip


def largest_gaps(indicator: Indicator, parts: Parts, gaps: Gaps) -> LargestGaps:
    """Compare the highest with the lowest part of each total, of those that have a gap to it.

    The two are picked after the fact, so that `remaining` counts every pair that could have been.
    """
    is_able = (gaps.why < 0) & parts.is_group
    top, bottom = _only((parts.top, parts.bottom), is_able)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = top / bottom
    rows = np.arange(len(share))
    highest = np.argmax(np.where(is_able, share, -np.inf), axis=1)
    others = np.where(is_able, share, np.inf)
    others[rows, highest] = np.inf
    lowest = np.argmin(others, axis=1)
    why = _why_no_pair(parts, gaps.why, is_able)
    one, other = (
        _only((top[rows, place], bottom[rows, place]), why < 0) for place in (highest, lowest)
    )
    judged = judge_two(indicator, one, other)
    remaining = _among_pairs(indicator, (top, bottom), judged, highest, lowest)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = other[0] / other[1]
        ratio = np.where(low > 0, one[0] / one[1] / low, np.nan)
    found = _gaps(judged, remaining, why, ratio, _difference(indicator, one, other))
    return LargestGaps(highest, lowest, found)


def _why_no_pair(parts: Parts, why: Codes, is_able: Marks) -> Codes:
    """Return why no two parts are compared: the reason of all parts where they share one."""
    common = np.where((why == why[:, :1]).all(axis=1), why[:, 0], -1)
    too_few = is_able.sum(axis=1) < 2
    return np.select(
        [too_few & (common >= 0), too_few, _overlaps(parts)],
        [common, NO_GAP.index(NoGap.TOO_FEW_PARTS), NO_GAP.index(NoGap.OVERLAPPING_PARTS)],
        default=-1,
    ).astype(np.int8)


def _among_pairs(
    indicator: Indicator,
    counts: Pair,
    judged: Judged,
    highest: NDArray[np.int64],
    lowest: NDArray[np.int64],
) -> Codes:
    """Return the side of highest against lowest that remains among all pairs of parts."""
    top, bottom = counts
    first, second = np.triu_indices(top.shape[1], 1)
    if not len(first):
        return judged.side
    every = judge_two(
        indicator, (top[:, first], bottom[:, first]), (top[:, second], bottom[:, second])
    )
    remaining = for_many(every.side, every.p_for_many)
    low, high = np.minimum(highest, lowest), np.maximum(highest, lowest)
    picked = np.argmax((first == low[:, np.newaxis]) & (second == high[:, np.newaxis]), axis=1)
    still = remaining[np.arange(len(top)), picked] == every.side[np.arange(len(top)), picked]
    is_kept = still | (judged.side == NO_SIDE)
    return np.where(is_kept, judged.side, 1).astype(np.int8)


def _wholes(indicator: Indicator, parts: Parts) -> Pair:
    """Return what each part lies in: its total, or all parts added up where that was revised.

    A total revised by half a per cent moves the rest of a large part by far more. NaN where a part
    is not known, where parts overlap, or where they do not come to the total that is shown.
    """
    top, bottom = (part.sum(axis=1, keepdims=True) for part in (parts.top, parts.bottom))
    with np.errstate(invalid="ignore"):
        is_whole = published_value(indicator, top, bottom) == parts.total_value
        is_whole &= bottom <= (1 + NEARLY) * parts.total_bottom
    added = _only((top, bottom), is_whole)
    return (
        np.where(parts.is_other_edition, added[0], parts.total_top),
        np.where(parts.is_other_edition, added[1], parts.total_bottom),
    )


def _why(indicator: Indicator, parts: Parts, whole: Pair, rest: Pair, *, is_shared: bool) -> Codes:
    """Return the place in NO_GAP of the first reason that applies; -1 where there is a gap."""
    shape = parts.top.shape
    is_known = np.isfinite(parts.top + parts.bottom + parts.total_top + parts.total_bottom)
    with np.errstate(invalid="ignore"):
        is_nothing = parts.bottom >= (1 - NEARLY) * whole[1]
        is_outside = (rest[0] < 0) | (rest[1] <= 0) | (parts.bottom <= 0)
        if indicator.arithmetic is Arithmetic.PERCENTAGE:
            is_outside |= (parts.top > parts.bottom) | (rest[0] > rest[1])
    faults = {
        NoGap.PART_MISSING: ~parts.is_ok,
        NoGap.TOTAL_MISSING: ~np.broadcast_to(parts.total_is_ok, shape),
        NoGap.NO_INTERVAL: np.full(shape, not can_test(indicator)),
        NoGap.SHARES_DENOMINATOR: np.full(shape, is_shared),
        NoGap.COUNTS_UNKNOWN: ~is_known,
        NoGap.OTHER_EDITION: ~np.isfinite(whole[0] + whole[1]),
        NoGap.NOTHING_ELSE: is_nothing,
        NoGap.NOT_INSIDE: is_outside,
        NoGap.REST_WITHHELD: _rest_is_withheld(parts),
        NoGap.FEW: _few(indicator, parts, whole, rest),
    }
    places = [NO_GAP.index(why) for why in faults]
    return np.select(list(faults.values()), places, default=-1).astype(np.int8)


def _rest_is_withheld(parts: Parts) -> Marks:
    """Mark parts beside which there are withheld ones and none that is shown with anybody in it."""
    is_shown = parts.is_ok & (parts.bottom > 0)
    withheld, shown = (
        marks.sum(axis=1, keepdims=True) - marks for marks in (parts.is_withheld, is_shown)
    )
    return np.asarray((withheld > 0) & (shown == 0))


def _few(indicator: Indicator, parts: Parts, whole: Pair, rest: Pair) -> Marks:
    with np.errstate(divide="ignore", invalid="ignore"):
        smaller = np.minimum(parts.bottom, rest[1])
        if indicator.arithmetic is Arithmetic.PERCENTAGE:
            return np.asarray(smaller < MIN_DENOMINATOR)
        return np.asarray(smaller * whole[0] / whole[1] < MIN_EXPECTED)


def _overlaps(parts: Parts) -> Marks:
    """Mark the totals whose parts have more in their denominators than the total has."""
    known = np.where(np.isfinite(parts.bottom), parts.bottom, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(known > (1 + NEARLY) * parts.total_bottom[:, 0], dtype=np.bool_)


def _only(pair: Pair, marks: Marks) -> Pair:
    top, bottom = (np.where(marks, part, np.nan) for part in pair)
    return top, bottom


def _difference(indicator: Indicator, one: Pair, other: Pair) -> tuple[Numbers, Numbers, Numbers]:
    """Return how far two shares or rates lie apart, and the limits of that, on the scale."""
    is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
    lower, upper = (proportion_difference if is_share else rate_difference)(one, other)
    scale = indicator.arithmetic.multiplier or 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = one[0] / one[1] - other[0] / other[1]
    return scale * difference, scale * lower, scale * upper


def _gaps(
    judged: Judged,
    remaining: Codes,
    why: Codes,
    ratio: Numbers,
    difference: tuple[Numbers, Numbers, Numbers],
) -> Gaps:
    middle, lower, upper = difference
    return Gaps(middle, lower, upper, ratio, judged.side, remaining, why, judged.method)
