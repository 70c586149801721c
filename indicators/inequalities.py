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
from indicators.comparison import METHOD_PROPORTIONS, METHOD_RATES, can_test
from indicators.comparison_columns import NO_SIDE, SIDES, Codes, for_many, judge_two
from indicators.differences import proportion_difference, rate_difference
from indicators.model import Arithmetic, Indicator
from indicators.no_gap import NO_GAP, NoGap
from indicators.position import MIN_DENOMINATOR, MIN_EXPECTED

NEARLY: Final = 0.01
"""Counts that differ by less than this share differ by rounding."""

Marks = NDArray[np.bool_]
Places = NDArray[np.int64]
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


@dataclass(frozen=True)
class LargestGaps:
    """The highest against the lowest part of each total, by place in the columns of parts."""

    highest: Places
    lowest: Places
    gaps: Gaps


def shares_denominator(bottom: Numbers, total_bottom: Numbers) -> bool:
    """Say whether parts are counted over the denominator of the total, as reasons of leaving are.

    To be asked of all areas together: in a single one, one part may be everybody.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total_bottom > 0, bottom / total_bottom, np.nan)
    known = share[np.isfinite(share)]
    return bool(len(known)) and float(np.median(known)) >= 1 - NEARLY


def method_of(indicator: Indicator) -> str:
    """Return the name of the test of a part against the rest."""
    is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
    return METHOD_PROPORTIONS if is_share else METHOD_RATES


def compare_parts(
    indicator: Indicator, parts: Parts, *, is_shared: bool
) -> tuple[Gaps, LargestGaps]:
    """Compare each part with the total that it lies in, and the highest with the lowest part.

    `is_shared` as `shares_denominator` says.
    """
    counts, whole = (parts.top, parts.bottom), _wholes(indicator, parts)
    beside = (whole[0] - counts[0], whole[1] - counts[1])
    why = _why(indicator, parts, whole, beside, is_shared=is_shared)
    own, rest = _only(counts, why < 0), _only(beside, why < 0)
    able = _only(counts, (why < 0) & parts.is_group)
    first, second = np.triu_indices(why.shape[1], 1)
    ones, others = _picked(able, first), _picked(able, second)
    # One test of all: it costs the same for few pairs as for many.
    side, p_for_many = _judged(indicator, _beside(own, ones), _beside(rest, others))
    width = why.shape[1]
    no_pair = _why_no_pair(parts, why, able)
    of_parts = (side[:, :width], p_for_many[:, :width], why)
    of_pairs = (side[:, width:], p_for_many[:, width:], no_pair)
    return (
        _gaps_to_total(indicator, own, rest, whole, of_parts),
        _largest_gaps(indicator, able, of_pairs),
    )


_Tested = tuple[Codes, Numbers, Codes]
"""Sides, p-values to look at many with, and why not."""


def _gaps_to_total(
    indicator: Indicator, own: Pair, rest: Pair, whole: Pair, tested: _Tested
) -> Gaps:
    side, p_for_many, why = tested
    with np.errstate(divide="ignore", invalid="ignore"):
        rest_share = rest[1] / whole[1]
        total = whole[0] / whole[1]
        ratio = np.where(total > 0, own[0] / own[1] / total, np.nan)
    difference, lower, upper = (rest_share * one for one in _difference(indicator, own, rest))
    return Gaps(difference, lower, upper, ratio, side, for_many(side, p_for_many), why)


def _largest_gaps(indicator: Indicator, able: Pair, tested: _Tested) -> LargestGaps:
    """Compare highest and lowest: picked after the fact, so that every pair of parts counts."""
    sides, p_for_many, why = tested
    with np.errstate(divide="ignore", invalid="ignore"):
        share = able[0] / able[1]
    rows = np.arange(len(share))
    highest = np.argmax(np.where(np.isfinite(share), share, -np.inf), axis=1)
    others = np.where(np.isfinite(share), share, np.inf)
    others[rows, highest] = np.inf
    lowest = np.argmin(others, axis=1)
    one, other = (
        _only((able[0][rows, place], able[1][rows, place]), why < 0) for place in (highest, lowest)
    )
    side, remaining = (
        np.where(why < 0, _of_pair(codes, (highest, lowest), share.shape[1]), NO_SIDE).astype(
            np.int8
        )
        for codes in (sides, for_many(sides, p_for_many))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        low = other[0] / other[1]
        ratio = np.where(low > 0, one[0] / one[1] / low, np.nan)
    found = Gaps(*_difference(indicator, one, other), ratio, side, remaining, why)
    return LargestGaps(highest, lowest, found)


def _of_pair(sides: Codes, ends: tuple[Places, Places], parts: int) -> Codes:
    """Return the side of the highest against the lowest, from those of all pairs of parts."""
    if not sides.shape[1]:
        return np.full(len(sides), NO_SIDE, dtype=np.int8)
    highest, lowest = ends
    first, second = np.triu_indices(parts, 1)
    before, after = (pick(*ends)[:, np.newaxis] for pick in (np.minimum, np.maximum))
    place = np.argmax((first == before) & (second == after), axis=1)
    found = sides[np.arange(len(sides)), place]
    turned = np.where(found == NO_SIDE, NO_SIDE, len(SIDES) - 1 - found)
    return np.where(highest < lowest, found, turned).astype(np.int8)


def _why_no_pair(parts: Parts, why: Codes, able: Pair) -> Codes:
    """Return why no two parts are compared: the reason of all parts where they share one."""
    common = np.where((why == why[:, :1]).all(axis=1), why[:, 0], -1)
    too_few = np.isfinite(able[0]).sum(axis=1) < 2
    return np.select(
        [too_few & (common >= 0), too_few, _overlaps(parts)],
        [common, NO_GAP.index(NoGap.TOO_FEW_PARTS), NO_GAP.index(NoGap.OVERLAPPING_PARTS)],
        default=-1,
    ).astype(np.int8)


def _judged(indicator: Indicator, one: Pair, other: Pair) -> tuple[Codes, Numbers]:
    """Return sides and p-values of pairs; at once where there is nothing to test."""
    if not np.isfinite(one[0] + other[0]).any():
        return np.full(one[0].shape, NO_SIDE, dtype=np.int8), np.full(one[0].shape, np.nan)
    judged = judge_two(indicator, one, other)
    return judged.side, judged.p_for_many


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


def _picked(pair: Pair, columns: Places) -> Pair:
    return pair[0][:, columns], pair[1][:, columns]


def _beside(one: Pair, other: Pair) -> Pair:
    return np.hstack([one[0], other[0]]), np.hstack([one[1], other[1]])
